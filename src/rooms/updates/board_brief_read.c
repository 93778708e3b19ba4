/* See board_brief_read.h. */
#include "rooms/updates/board_brief_read.h"

#include "offers/listing.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/updates/told_text.h"

bool board_brief_is_sent(const struct row *brief)
{
    return text_is(value_as_text(brief->value[BOARD_BRIEF_STATE]), "sent");
}

static bool risks_of(struct call *call, rid brief, struct rows *risks)
{
    struct query query;
    *risks = (struct rows){ .row = NULL };
    if (brief == 0)
        return true;
    query_init(&query, &board_risk_record);
    return query_add(call, &query, BOARD_RISK_BRIEF, FILTER_IS, value_ref(brief)) &&
           find_rows(call, &query, risks);
}

/* --- what is missing --- */

static bool is_blank(struct value value)
{
    return value_is_null(value) ||
           (value.kind == VALUE_TEXT && text_trim(value_as_text(value)).size == 0);
}

static bool check_risk(struct call *call, const struct row *risk, struct figure_text *filled)
{
    static const struct {
        int field;
        const char *word;
    } needed[] = { { BOARD_RISK_MITIGATION, "mitigation" }, { BOARD_RISK_OWNER, "owner" } };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (is_blank(risk->value[needed[i].field]) &&
            !figure_text_error(call, filled,
                               call_format(call, "the risk '%.*s' has no %s",
                                           TEXT_FMT(row_title(call, risk)), needed[i].word)))
            return false;
    return true;
}

static bool check(struct call *call, const struct row *brief, const struct rows *risks,
                  struct figure_text *filled)
{
    if (is_blank(brief->value[BOARD_BRIEF_WINS]) &&
        !figure_text_error(call, filled, TEXT("it tells no wins")))
        return false;
    for (size_t i = 0; i < risks->count; i++)
        if (!check_risk(call, &risks->row[i], filled))
            return false;
    return true;
}

/* --- its text --- */

static void write_risk(struct call *call, const struct row *risk, struct out *out)
{
    text owner = find_title(call, &person_record, value_as_int(risk->value[BOARD_RISK_OWNER]));
    out_format(out, "- **%.*s** %.*s (%.*s)\n",
               TEXT_FMT(value_as_text(risk->value[BOARD_RISK_RISK])),
               TEXT_FMT(value_as_text(risk->value[BOARD_RISK_MITIGATION])),
               TEXT_FMT(owner.at ? owner : TEXT("nobody")));
}

static void write_source(struct call *call, const struct row *brief, const struct rows *risks,
                         struct out *out)
{
    out_format(out, "# %.*s\n\n## Wins\n\n%.*s\n\n## Risks\n\n", TEXT_FMT(row_title(call, brief)),
               TEXT_FMT(value_as_text(brief->value[BOARD_BRIEF_WINS])));
    for (size_t i = 0; i < risks->count; i++)
        write_risk(call, &risks->row[i], out);
    if (risks->count == 0)
        out_string(out, "None were named.\n");
}

bool board_brief_read(struct call *call, const struct row *brief,
                      struct board_brief_reading *reading)
{
    struct figure_scope scope = { .as_of = LISTING_NOW };
    struct out out;
    *reading = (struct board_brief_reading){ .filled = { .markdown = TEXT_NONE } };
    out_init(&out, call);
    if (!week_check(call, value_as_text(brief->value[BOARD_BRIEF_WEEK]), &scope.week) ||
        !risks_of(call, brief->id, &reading->risks) ||
        !check(call, brief, &reading->risks, &reading->filled))
        return false;
    write_source(call, brief, &reading->risks, &out);
    return figure_text_fill(call, out_view(&out), &scope, &reading->filled);
}

/* --- as it is shown --- */

text board_brief_markdown(const struct row *brief, const struct board_brief_reading *reading)
{
    text sent = value_as_text(brief->value[BOARD_BRIEF_MARKDOWN]);
    return sent.size ? sent : reading->filled.markdown;
}

static bool write_figures(struct call *call, const struct row *brief,
                          const struct board_brief_reading *reading, struct json_writer *writer)
{
    text sent = value_as_text(brief->value[BOARD_BRIEF_FIGURES]);
    if (!sent.size)
        return figure_text_write_json(call, &reading->filled, writer);
    json_raw(writer, sent);
    return true;
}

static void write_missing(const struct row *brief, const struct figure_text *filled,
                          struct json_writer *writer)
{
    bool is_sent = board_brief_is_sent(brief);
    json_list(writer);
    for (size_t i = 0; !is_sent && i < filled->error_count; i++)
        json_text(writer, filled->error[i]);
    json_list_end(writer);
}

bool board_brief_write_json(struct call *call, const struct row *brief,
                            const struct board_brief_reading *reading, struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "brief");
    if (!row_show_json(call, brief, refs_name, writer))
        return false;
    json_key(writer, "risks");
    json_list(writer);
    for (size_t i = 0; i < reading->risks.count; i++)
        if (!row_show_json(call, &reading->risks.row[i], refs_name, writer))
            return false;
    json_list_end(writer);
    json_key(writer, "missing");
    write_missing(brief, &reading->filled, writer);
    if (!told_text_write_json(call, board_brief_markdown(brief, reading), writer))
        return false;
    json_key(writer, "figures");
    bool is_written = write_figures(call, brief, reading, writer);
    json_object_end(writer);
    return is_written;
}
