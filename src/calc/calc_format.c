/* See calc.h: reading and writing rules of formats (formats/). */
#include "calc/calc.h"

#include "base/formula_guard.h"
#include "base/ics_text.h"
#include "base/stamp.h"
#include "importers/comment_cell.h"
#include "importers/jira_date.h"
#include "importers/slack_ts.h"
#include "importers/tracker_date.h"

/* --- iCalendar --- */

static const struct calc_input ics_fold_inputs[] = {
    CALC_INPUT("property", CALC_TEXT),
    CALC_INPUT("text", CALC_TEXT),
    { 0 },
};

/* The name, and parameters behind it whose quotes may hold a colon. */
static bool check_property(struct call *call, const struct calc_values *in)
{
    text property = calc_text(in, "property");
    bool is_quoted = false, is_fine = property.size > 0;
    for (size_t i = 0; is_fine && i < property.size; i++) {
        char c = property.at[i];
        if (c == '"')
            is_quoted = !is_quoted;
        is_fine = (unsigned char)c >= ' ' && c != '\x7f' && (is_quoted || (c != ':' && c != ' '));
    }
    return (is_fine && !is_quoted) ||
           calc_refuse(call, in, "property", "must be a property's name, such as SUMMARY");
}

static bool run_ics_fold(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    if (!check_property(call, in))
        return false;
    text value = ics_text_escape(call, calc_text(in, "text"));
    text content =
        call_format(call, "%.*s:%.*s", TEXT_FMT(calc_text(in, "property")), TEXT_FMT(value));
    int64_t *octets = call_array(call, content.size / 16 + 1, sizeof *octets);
    size_t count = 0;
    if (!value.at || !content.at || !octets)
        return false;
    json_key(out, "lines");
    json_list(out);
    for (text rest = content; rest.size;) {
        text piece = ics_text_fold(&rest, count == 0);
        text line = count == 0 ? piece : call_format(call, " %.*s", TEXT_FMT(piece));
        if (!line.at)
            return false;
        octets[count++] = (int64_t)line.size;
        json_text(out, line);
    }
    json_list_end(out);
    calc_put_counts(out, "octets", octets, count);
    return true;
}

static const struct calc_input ics_text_unescape_inputs[] = {
    CALC_INPUT("raw", CALC_TEXT),
    { 0 },
};

static bool run_ics_text_unescape(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    text plain = ics_text_unescape(call, calc_text(in, "raw"));
    json_put_text(out, "value", plain);
    return plain.at != NULL;
}

/* --- CSV --- */

static const struct calc_input text_inputs[] = {
    CALC_INPUT("text", CALC_TEXT),
    { 0 },
};

static bool run_csv_formula_unguard(struct call *call, const struct calc_values *in,
                                    struct json_writer *out)
{
    (void)call;
    json_put_text(out, "value", formula_guard_strip(calc_text(in, "text")));
    return true;
}

/* --- Slack --- */

static bool check_ts(struct call *call, const struct calc_values *in, const char *name)
{
    struct slack_ts ts;
    return slack_ts_read(calc_text(in, name), &ts) ||
           calc_refuse(call, in, name, "is '%.*s': a ts is seconds, a point and six digits",
                       TEXT_FMT(calc_text(in, name)));
}

/* What stands in an address as it is. */
static bool check_word(struct call *call, const struct calc_values *in, const char *name)
{
    text word = calc_text(in, name);
    bool is_word = word.size > 0;
    for (size_t i = 0; is_word && i < word.size; i++) {
        char c = word.at[i];
        is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.';
    }
    return is_word ||
           calc_refuse(call, in, name, "is '%.*s': it must be letters and digits", TEXT_FMT(word));
}

static const struct calc_input slack_permalink_inputs[] = {
    CALC_INPUT("workspace", CALC_TEXT),
    CALC_INPUT("channel", CALC_TEXT),
    CALC_INPUT("ts", CALC_TEXT),
    CALC_INPUT("thread_ts", CALC_TEXT, .fallback = "null"),
    { 0 },
};

static bool run_slack_permalink(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    if (!check_word(call, in, "workspace") || !check_word(call, in, "channel") ||
        !check_ts(call, in, "ts") ||
        (calc_given(in, "thread_ts") && !check_ts(call, in, "thread_ts")))
        return false;
    text link = slack_ts_permalink(call, calc_text(in, "workspace"), calc_text(in, "channel"),
                                   calc_text(in, "ts"), calc_text(in, "thread_ts"));
    json_put_text(out, "value", link);
    return link.at != NULL;
}

static const struct calc_input slack_ts_to_utc_inputs[] = {
    CALC_INPUT("ts", CALC_TEXT),
    { 0 },
};

static bool run_slack_ts_to_utc(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    text utc;
    if (!check_ts(call, in, "ts") || !slack_ts_to_utc(call, calc_text(in, "ts"), &utc))
        return false;
    json_put_text(out, "value", utc);
    return true;
}

/* --- dates of tickets --- */

/* A day; a local time without a zone; an instant. Fractions of a second are left out. */
static void put_time(struct json_writer *out, enum stamp_form form, stamp at)
{
    char room[STAMP_TEXT_SIZE];
    text words = { room, (size_t)stamp_write(stamp_to_second(at), room) };
    if (form == STAMP_DATE_ONLY)
        words = text_cut(words, 'T', &(text){ 0 });
    else if (form == STAMP_WITHOUT_ZONE)
        words = text_until(words, words.size - 1);
    json_put_text(out, "value", words);
}

static bool run_jira_date(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    stamp at;
    bool is_ambiguous;
    text words = calc_text(in, "text");
    enum stamp_form form = jira_date_read(words, &at, &is_ambiguous);
    if (is_ambiguous)
        return calc_refuse(call, in, "text",
                           "is '%.*s': it is not clear which number is the day and which the month",
                           TEXT_FMT(words));
    if (form == STAMP_NOT)
        return calc_refuse(call, in, "text", "is '%.*s', which is no date of Jira's",
                           TEXT_FMT(words));
    put_time(out, form, at);
    return true;
}

static bool run_tracker_date(struct call *call, const struct calc_values *in,
                             struct json_writer *out)
{
    int64_t days;
    text words = calc_text(in, "text");
    if (text_trim(words).size == 0) {
        json_put_null(out, "value");
        return true;
    }
    if (!tracker_date_read(words, &days))
        return calc_refuse(call, in, "text", "is '%.*s', which is no date of Tracker's",
                           TEXT_FMT(words));
    put_time(out, STAMP_DATE_ONLY, days * STAMP_DAY);
    return true;
}

/* --- comments of tickets --- */

static const struct calc_input cell_inputs[] = {
    CALC_INPUT("cell", CALC_TEXT),
    { 0 },
};

static bool run_jira_csv_comment(struct call *call, const struct calc_values *in,
                                 struct json_writer *out)
{
    (void)call;
    struct comment_cell comment = comment_cell_jira(calc_text(in, "cell"));
    json_put_text(out, "created", comment.date);
    json_put_text(out, "author", comment.author);
    json_put_text(out, "body", comment.body);
    return true;
}

static bool run_tracker_csv_comment(struct call *call, const struct calc_values *in,
                                    struct json_writer *out)
{
    (void)call;
    struct comment_cell comment = comment_cell_tracker(calc_text(in, "cell"));
    json_put_text(out, "body", comment.body);
    json_put_text(out, "author", comment.author);
    json_put_text(out, "date", comment.date);
    return true;
}

const struct calc_function calc_format_functions[] = {
    { "ics_fold",
      "format",
      "one folded content line",
      ics_fold_inputs,
      { "lines", "octets" },
      run_ics_fold },
    { "ics_text_unescape",
      "format",
      "TEXT value to plain text",
      ics_text_unescape_inputs,
      { "value" },
      run_ics_text_unescape },
    { "csv_formula_unguard",
      "format",
      "strip a leading formula guard",
      text_inputs,
      { "value" },
      run_csv_formula_unguard },
    { "slack_permalink",
      "format",
      "permalink of a message",
      slack_permalink_inputs,
      { "value" },
      run_slack_permalink },
    { "slack_ts_to_utc",
      "format",
      "Slack ts to UTC text",
      slack_ts_to_utc_inputs,
      { "value" },
      run_slack_ts_to_utc },
    { "jira_date", "format", "Jira CSV or REST date", text_inputs, { "value" }, run_jira_date },
    { "tracker_date",
      "format",
      "Pivotal Tracker date; null for an empty text",
      text_inputs,
      { "value" },
      run_tracker_date },
    { "jira_csv_comment",
      "format",
      "Jira comment cell",
      cell_inputs,
      { "created", "author", "body" },
      run_jira_csv_comment },
    { "tracker_csv_comment",
      "format",
      "Tracker comment cell",
      cell_inputs,
      { "body", "author", "date" },
      run_tracker_csv_comment },
    { 0 },
};
