/*
 * See plain_value.h. A row of `readers` per kind of field; every refusal names the key, shows the
 * value and says what was expected.
 */
#include "importers/plain_value.h"

#include <math.h>

enum { SHOWN_MAX = 60 };

/* One value on its way into the line. */
struct reading {
    struct plain_rules *rules;
    const struct plain_row *row;
    const struct json *value;
    bool is_loose; /* a cell or a mapped value: texts may stand for numbers and verdicts */
    void *member;
    struct eval_line *line;
};

/* ---- refusals ---- */

/* The value as a person would point at it; large ones only by kind, so that a refusal stays small.
 */
static text value_shown(struct call *call, const struct json *value)
{
    struct out out;
    struct json_writer writer;
    if (value->kind == JSON_LIST)
        return TEXT("a list");
    if (value->kind == JSON_OBJECT)
        return TEXT("an object");
    struct json short_value = *value;
    if (value->kind == JSON_TEXT || value->kind == JSON_BIG_INT)
        short_value.text = text_until_character(value->text, SHOWN_MAX);
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_tree(&writer, &short_value);
    return out_view(&out);
}

static bool refuse(struct call *call, const struct reading *at, const char *wanted)
{
    text shown = value_shown(call, at->value);
    return fail_at(call, at->row->name, "'%s' is %.*s; it must be %s", at->row->name,
                   TEXT_FMT(shown), wanted);
}

/* Stores keep texts without NUL bytes. */
static bool holds_nul(text value)
{
    return value.size && memchr(value.at, '\0', value.size);
}

static bool text_accept(struct call *call, const struct reading *at, text value, text *into)
{
    if (holds_nul(value))
        return fail_at(call, at->row->name, "'%s' holds a NUL character: leave it out",
                       at->row->name);
    if (value.size == 0 && at->row->refuses_empty)
        return fail_at(call, at->row->name, "'%s' is empty: it must be a text", at->row->name);
    *into = value.size ? value : TEXT_NONE;
    return true;
}

/* ---- one reader per kind ---- */

static bool read_text(struct call *call, const struct reading *at)
{
    if (at->value->kind != JSON_TEXT)
        return refuse(call, at, "a text");
    return text_accept(call, at, at->value->text, at->member);
}

static bool read_label(struct call *call, const struct reading *at)
{
    text *member = at->member;
    if (at->value->kind == JSON_INT) {
        *member = call_format(call, "%lld", (long long)at->value->integer);
        return member->at != NULL;
    }
    if (at->value->kind != JSON_TEXT && at->value->kind != JSON_BIG_INT)
        return refuse(call, at, "a text or an integer");
    return text_accept(call, at, at->value->text, member);
}

/* The zone as it was written behind the time of day: "Z", "-04:00". */
static text zone_written(text source)
{
    for (size_t i = source.size; i-- > sizeof "2026-11-16" - 1;)
        if (memchr("Zz+-", source.at[i], 4))
            return text_from(source, i);
    return TEXT_NONE;
}

/* Lines of a run share their time: asking ICU once for each new one is enough. */
static bool local_to_utc(struct call *call, struct plain_rules *rules, stamp local, stamp *at)
{
    if (!rules->has_zone_memory || rules->zone_local != local) {
        if (!stamp_from_local(call, rules->options->zone, local, &rules->zone_utc))
            return false;
        rules->zone_local = local;
        rules->has_zone_memory = true;
    }
    *at = rules->zone_utc;
    return true;
}

bool plain_value_started(struct call *call, struct plain_rules *rules, text source,
                         struct plain_started *started)
{
    stamp at = 0;
    text trimmed = text_trim(source);
    int size = (int)text_until_character(trimmed, SHOWN_MAX).size;
    enum stamp_form form = stamp_read(trimmed, &at, NULL);
    *started = (struct plain_started){ .is_dated = true, .at = at };
    switch (form) {
    case STAMP_NOT:
        return fail_at(call, "started_at",
                       "'started_at' is '%.*s', which must be a date or a time with its "
                       "zone",
                       size, trimmed.at ? trimmed.at : "");
    case STAMP_DATE_ONLY:
        return true;
    case STAMP_WITH_ZONE:
        started->zone = zone_written(trimmed);
        return true;
    case STAMP_WITHOUT_ZONE:
        if (!rules->options->zone.at)
            return fail_at(call, "started_at",
                           "'started_at' is '%.*s', a time without zone: give one with --zone",
                           size, trimmed.at);
        started->zone = rules->options->zone;
        return local_to_utc(call, rules, at, &started->at);
    }
    return true;
}

/* Nor is what the last line said read again. */
static bool started_read(struct call *call, struct plain_rules *rules, text source,
                         struct plain_started *started)
{
    struct plain_last_started *last = &rules->last_started;
    if (source.size > sizeof last->source)
        return plain_value_started(call, rules, source, started);
    if (last->size == 0 || !text_equal(source, (text){ last->source, last->size })) {
        last->size = 0;
        if (source.size)
            memcpy(last->source, source.at, source.size);
        if (!plain_value_started(call, rules, (text){ last->source, source.size }, &last->started))
            return false;
        last->size = source.size;
    }
    *started = last->started;
    return true;
}

static bool read_instant(struct call *call, const struct reading *at)
{
    struct plain_started started;
    if (at->value->kind != JSON_TEXT)
        return refuse(call, at, "a date or a time with zone, as text");
    if (!started_read(call, at->rules, at->value->text, &started))
        return false;
    at->line->is_dated = started.is_dated;
    at->line->started_at = started.at;
    at->line->started_zone = started.zone;
    return true;
}

static const struct verdict_word {
    const char *word;
    enum eval_verdict verdict;
} verdict_words[] = {
    { "true", EVAL_PASS },       { "false", EVAL_FAIL },    { "1", EVAL_PASS },
    { "0", EVAL_FAIL },          { "yes", EVAL_PASS },      { "no", EVAL_FAIL },
    { "pass", EVAL_PASS },       { "fail", EVAL_FAIL },     { "passed", EVAL_PASS },
    { "failed", EVAL_FAIL },     { "null", EVAL_UNSCORED }, { "error", EVAL_ERROR },
    { "skipped", EVAL_SKIPPED }, { NULL, EVAL_UNSCORED },
};

static bool word_to_verdict(text word, enum eval_verdict *verdict)
{
    for (const struct verdict_word *row = verdict_words; row->word; row++)
        if (text_same_word(word, text_of(row->word))) {
            *verdict = row->verdict;
            return true;
        }
    return false;
}

static bool read_verdict(struct call *call, const struct reading *at)
{
    const struct json *value = at->value;
    if (value->kind == JSON_BOOL) {
        at->line->verdict = value->boolean ? EVAL_PASS : EVAL_FAIL;
        return true;
    }
    if (!at->is_loose)
        return refuse(call, at, "true, false or null");
    if (json_is_number(value) && (json_number(value) == 0 || json_number(value) == 1)) {
        at->line->verdict = json_number(value) == 1 ? EVAL_PASS : EVAL_FAIL;
        return true;
    }
    if (value->kind == JSON_TEXT && word_to_verdict(text_trim(value->text), &at->line->verdict))
        return true;
    return refuse(call, at,
                  "true, false, 1, 0, yes, no, pass, fail, passed, failed, null, error or skipped");
}

/* What programs print where they have no number. */
static bool is_no_number(text word)
{
    if (text_starts(word, TEXT("-")) || text_starts(word, TEXT("+")))
        word = text_from(word, 1);
    return text_same_word(word, TEXT("nan")) || text_same_word(word, TEXT("inf")) ||
           text_same_word(word, TEXT("infinity"));
}

/* NAN: the source says that there is none. */
static bool number_read(struct call *call, const struct reading *at, const char *wanted,
                        double *number)
{
    const struct json *value = at->value;
    if (json_is_number(value)) {
        *number = json_number(value);
        return true;
    }
    if (value->kind == JSON_BIG_INT && text_to_real(value->text, number))
        return true;
    if (value->kind != JSON_TEXT || !at->is_loose)
        return refuse(call, at, wanted);
    text word = text_trim(value->text);
    *number = NAN;
    if (is_no_number(word))
        at->rules->notes.no_number = true;
    else if (word.size && !text_to_real(word, number))
        return refuse(call, at, wanted);
    return true;
}

static bool read_number(struct call *call, const struct reading *at)
{
    return number_read(call, at, at->is_loose ? "a number with a point" : "a number or null",
                       at->member);
}

static bool read_seconds(struct call *call, const struct reading *at)
{
    double seconds;
    double *latency_ms = at->member;
    if (!number_read(call, at, "a number of seconds", &seconds))
        return false;
    if (isnan(*latency_ms))
        *latency_ms = seconds * 1000;
    return true;
}

static bool whole_read(struct call *call, const struct reading *at, double least, double most,
                       const char *wanted, double *number)
{
    if (!number_read(call, at, wanted, number))
        return false;
    if (!isnan(*number) && (*number != floor(*number) || *number < least || *number > most))
        return refuse(call, at, wanted);
    return true;
}

static bool read_whole(struct call *call, const struct reading *at)
{
    return whole_read(call, at, 0, INFINITY, "a whole number from 0", at->member);
}

static bool read_trial(struct call *call, const struct reading *at)
{
    double number;
    int *trial = at->member;
    if (!whole_read(call, at, 1, INT32_MAX, "a whole number from 1", &number))
        return false;
    *trial = isnan(number) ? 0 : (int)number;
    return true;
}

static bool tag_add(struct call *call, const struct reading *at, text tag, text *into)
{
    if (holds_nul(tag))
        return fail_at(call, at->row->name, "'%s' holds a NUL character: leave it out",
                       at->row->name);
    if (tag.size)
        into[at->line->tag_count++] = tag;
    return true;
}

static bool tags_from_cell(struct call *call, const struct reading *at)
{
    text rest = at->value->text;
    size_t count = 1;
    for (size_t i = 0; i < rest.size; i++)
        count += rest.at[i] == ';';
    text *tag = call_array(call, count, sizeof *tag);
    if (!tag)
        return false;
    while (rest.at)
        if (!tag_add(call, at, text_trim(text_cut(rest, ';', &rest)), tag))
            return false;
    at->line->tag = tag;
    return true;
}

static bool read_tags(struct call *call, const struct reading *at)
{
    const struct json *value = at->value;
    if (value->kind == JSON_TEXT && at->is_loose)
        return tags_from_cell(call, at);
    if (value->kind != JSON_LIST)
        return refuse(call, at, "a list of texts");
    text *tag = call_array(call, value->count, sizeof *tag);
    if (!tag)
        return false;
    for (uint32_t i = 0; i < value->count; i++) {
        if (value->item[i].kind != JSON_TEXT)
            return fail_at(call, at->row->name, "item %u of '%s' must be a text", i + 1,
                           at->row->name);
        if (!tag_add(call, at, value->item[i].text, tag))
            return false;
    }
    at->line->tag = tag;
    return true;
}

static bool read_any(struct call *call, const struct reading *at)
{
    struct out out;
    struct json_writer writer;
    text *member = at->member;
    if (at->value->kind == JSON_TEXT) {
        *member = at->value->text;
        return true;
    }
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_tree(&writer, at->value);
    *member = out_view(&out);
    return member->at != NULL;
}

typedef bool read_kind(struct call *, const struct reading *);

static read_kind *const readers[PLAIN_KIND_COUNT] = {
    [PLAIN_KIND_TEXT] = read_text,       [PLAIN_KIND_LABEL] = read_label,
    [PLAIN_KIND_INSTANT] = read_instant, [PLAIN_KIND_VERDICT] = read_verdict,
    [PLAIN_KIND_NUMBER] = read_number,   [PLAIN_KIND_SECONDS] = read_seconds,
    [PLAIN_KIND_WHOLE] = read_whole,     [PLAIN_KIND_TRIAL] = read_trial,
    [PLAIN_KIND_TAGS] = read_tags,       [PLAIN_KIND_ANY] = read_any,
};

bool plain_value_read(struct call *call, struct plain_rules *rules, size_t field,
                      const struct json *value, struct eval_line *line)
{
    const struct plain_row *row = &plain_rows[field];
    if (value->kind == JSON_NO_NUMBER)
        rules->notes.no_number = true;
    if (value->kind == JSON_NULL || value->kind == JSON_NO_NUMBER)
        return true;
    struct reading at = {
        .rules = rules,
        .row = row,
        .value = value,
        .is_loose = rules->is_table || rules->keys.is_mapped[field],
        .member = (char *)line + row->member,
        .line = line,
    };
    return readers[row->kind](call, &at);
}
