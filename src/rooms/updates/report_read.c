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

/* A line for each card: its title, its figure, and the query behind it. */
static bool write_cards(struct call *call, const struct row *report, struct out *out)
{
    struct query query;
    struct rows cards;
    query_init(&query, &report_card_record);
    if (!query_add(call, &query, REPORT_CARD_REPORT, FILTER_IS, value_ref(report->id)) ||
        !find_rows(call, &query, &cards))
        return false;
    for (size_t i = 0; i < cards.count; i++) {
        text written = value_as_text(cards.row[i].value[REPORT_CARD_FIGURE]);
        out_format(out, "- **%.*s:** {{figure %.*s}} (`%.*s`)\n",
                   TEXT_FMT(row_title(call, &cards.row[i])), TEXT_FMT(written), TEXT_FMT(written));
    }
    if (cards.count == 0)
        out_string(out, "It has no cards yet: 'rondo report-card add' adds one.\n");
    return true;
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
    return write_cards(call, &reading->report, &out) &&
           figure_text_fill(call, out_view(&out), &scope, &reading->filled);
}

bool report_write_json(struct call *call, const struct report_reading *reading,
                       struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "report");
    if (!row_show_json(call, &reading->report, refs_name, writer))
        return false;
    json_put_stamp(writer, "as_of", reading->as_of);
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
