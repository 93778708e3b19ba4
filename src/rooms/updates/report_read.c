/* See report_read.h. */
#include "rooms/updates/report_read.h"

#include "ledger/ledger.h"
#include "offers/listing.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/updates/frozen.h"
#include "rooms/updates/told_text.h"
#include "store/find.h"

static void write_at(struct out *out, stamp at)
{
    char word[STAMP_TEXT_SIZE];
    stamp_write(stamp_to_second(at), word);
    out_string(out, word);
}

static bool read_scope(struct call *call, const struct row *report, text as_of,
                       struct figure_scope *scope, stamp *at)
{
    text zone;
    *scope = (struct figure_scope){ .team = value_as_int(report->value[REPORT_TEAM]) };
    if (!listing_read_as_of(call, as_of, &scope->as_of))
        return false;
    *at = scope->as_of == LISTING_NOW ? call->now : scope->as_of;
    if (*at > call->now)
        return fail_at(call, "as_of", "'%.*s' is still to come: a report is of now or of the past",
                       TEXT_FMT(as_of));
    return people_team_zone(call, scope->team, &zone) &&
           week_of_stamp(call, zone, *at, &scope->week);
}

/* A line: its title, its figure, and the query behind it. */
static bool read_card(struct call *call, const struct figure_scope *scope,
                      struct report_reading *reading, struct report_card *card, struct out *out)
{
    struct figure_text *filled = &reading->filled;
    size_t figures = filled->figure_count, errors = filled->error_count;
    text written = value_as_text(card->row.value[REPORT_CARD_FIGURE]);
    text line = call_format(call, "- **%.*s:** {{figure %.*s}} (`%.*s`)\n",
                            TEXT_FMT(row_title(call, &card->row)), TEXT_FMT(written),
                            TEXT_FMT(written));
    if (!line.at || !figure_text_fill(call, line, scope, filled))
        return false;
    out_text(out, filled->markdown);
    card->figure = filled->figure_count > figures ? figures : SIZE_MAX;
    card->mistake = filled->error_count > errors ? filled->error[errors] : TEXT_NONE;
    return true;
}

static bool read_cards(struct call *call, const struct figure_scope *scope,
                       struct report_reading *reading, struct out *out)
{
    struct query query;
    struct rows rows;
    query_init(&query, &report_card_record);
    if (!query_add(call, &query, REPORT_CARD_REPORT, FILTER_IS, value_ref(reading->report.id)) ||
        !find_rows(call, &query, &rows))
        return false;
    reading->card_count = rows.count;
    reading->card = call_array(call, rows.count + 1, sizeof *reading->card);
    for (size_t i = 0; reading->card && i < rows.count; i++) {
        reading->card[i].row = rows.row[i];
        if (!read_card(call, scope, reading, &reading->card[i], out))
            return false;
    }
    if (rows.count == 0)
        out_string(out, "It has no cards yet: 'rondo report-card add' adds one.\n");
    return reading->card != NULL;
}

bool report_read(struct call *call, text word, text as_of, struct report_reading *reading)
{
    struct figure_scope scope;
    struct out out;
    rid id;
    *reading = (struct report_reading){ .as_of = 0 };
    if (!refs_find(call, &report_record, word, &id) ||
        !find_row(call, &report_record, id, &reading->report) ||
        !read_scope(call, &reading->report, as_of, &scope, &reading->as_of))
        return false;
    text owner =
        find_title(call, &person_record, value_as_int(reading->report.value[REPORT_OWNER]));
    out_init(&out, call);
    out_format(&out, "# %.*s\n\nAs of ", TEXT_FMT(row_title(call, &reading->report)));
    write_at(&out, reading->as_of);
    out_format(&out, ", by %.*s\n\n", TEXT_FMT(owner.at ? owner : TEXT("nobody")));
    if (!read_cards(call, &scope, reading, &out))
        return false;
    reading->filled.markdown = out_view(&out);
    return call->fail.kind == FAIL_NONE;
}

/* --- as JSON --- */

static bool write_card(struct call *call, const struct report_reading *reading,
                       const struct report_card *card, struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &report_card_record, card->row.id));
    json_put_text(writer, "title", row_title(call, &card->row));
    json_put_text(writer, "written", value_as_text(card->row.value[REPORT_CARD_FIGURE]));
    json_key(writer, "figure");
    if (card->figure == SIZE_MAX)
        json_null(writer);
    else if (!figure_write_json(call, &reading->filled.figure[card->figure], writer))
        return false;
    json_put_text(writer, "mistake", card->mistake);
    json_object_end(writer);
    return true;
}

bool report_write_json(struct call *call, const struct report_reading *reading,
                       struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "report");
    if (!row_show_json(call, &reading->report, refs_name, writer))
        return false;
    json_put_stamp(writer, "as_of", reading->as_of);
    json_key(writer, "cards");
    json_list(writer);
    for (size_t i = 0; i < reading->card_count; i++)
        if (!write_card(call, reading, &reading->card[i], writer))
            return false;
    json_list_end(writer);
    if (!told_text_write_json(call, reading->filled.markdown, writer))
        return false;
    json_key(writer, "figures");
    bool is_written = figure_text_write_json(call, &reading->filled, writer);
    json_object_end(writer);
    return is_written;
}

bool report_keep(struct call *call, const struct report_reading *reading, struct row *snapshot)
{
    struct out title;
    text figures = frozen_figures(call, &reading->filled);
    if (!figures.at || !row_init(call, &report_snapshot_record, snapshot))
        return false;
    out_init(&title, call);
    out_format(&title, "%.*s, ", TEXT_FMT(row_title(call, &reading->report)));
    write_at(&title, reading->as_of);
    struct value *value = snapshot->value;
    value[REPORT_SNAPSHOT_TITLE] = value_text(out_view(&title));
    value[REPORT_SNAPSHOT_REPORT] = value_ref(reading->report.id);
    value[REPORT_SNAPSHOT_AS_OF] = value_stamp(reading->as_of);
    value[REPORT_SNAPSHOT_MARKDOWN] = value_text(reading->filled.markdown);
    value[REPORT_SNAPSHOT_FIGURES] = value_text(figures);
    value[REPORT_SNAPSHOT_CONTENT_HASH] =
        value_text(frozen_hash(call, reading->filled.markdown, figures));
    value[REPORT_SNAPSHOT_PERSON] = value_ref(call->actor.person);
    return ledger_create(call, snapshot);
}
