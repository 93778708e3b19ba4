/* The week as JSON, on a terminal, as Markdown. See ritual_week.h. */
#include "base/markdown_words.h"
#include "base/visible.h"
#include "offers/grid.h"
#include "rooms/rituals/ritual_week.h"
#include "rooms/rituals/rituals.h"

enum { DAYS_OF_WEEK = 7, NEEDS_SHOWN = 10 };

text ritual_clock(struct call *call, text zone, stamp at)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int seconds, year, month, day;
    int64_t days_since;
    if (!zone_offset(call, zone, at, &seconds) || !day_of_stamp(call, zone, at, &days_since))
        return TEXT_NONE;
    int minute = (int)((at + seconds * STAMP_SECOND - days_since * STAMP_DAY) / STAMP_MINUTE);
    date_from_days(days_since, &year, &month, &day);
    int64_t weekday = ((days_since + 3) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK;
    return call_format(call, "%s %d %s %02d:%02d", days[weekday], day, months[month - 1],
                       minute / 60, minute % 60);
}

/* --- JSON --- */

static text id_of(struct call *call, const struct record *record, rid row)
{
    return record ? row_public_id(call, record, row) : TEXT_NONE;
}

static void write_pair(struct json_writer *writer, const char *key, const char *first,
                       int64_t first_value, const char *second, int64_t second_value)
{
    json_key(writer, key);
    json_object(writer);
    json_put_int(writer, first, first_value);
    json_put_int(writer, second, second_value);
    json_object_end(writer);
}

static void write_dimensions(struct json_writer *writer, unsigned dimensions)
{
    json_key(writer, "dimensions");
    json_list(writer);
    for (int i = 0; i < DIMENSION_COUNT; i++)
        if (dimensions & (1u << i))
            json_string(writer, dimension_facts[i].word);
    json_list_end(writer);
}

static void write_line(struct call *call, const struct ritual_week_line *line,
                       struct json_writer *writer)
{
    const struct row *ritual = line->slot.ritual;
    json_object(writer);
    json_put_text(writer, "ritual", row_title(call, ritual));
    json_put_text(writer, "ritual_id", row_public_id(call, &ritual_record, ritual->id));
    json_put_text(writer, "occurrence", line->key);
    json_put_stamp(writer, "at", line->slot.at);
    json_put_stamp(writer, "until", line->slot.until);
    json_put_text(writer, "state", occurrence_slot_state(&line->slot));
    json_put_text(writer, "reason", line->slot.reason);
    json_put_text(writer, "owner", line->owner);
    json_put_text(writer, "leader", line->leader);
    json_put_bool(writer, "leader_is_away", line->leader_away != NULL);
    write_pair(writer, "prep", "done", line->prepared, "of", line->preparations);
    write_pair(writer, "artifacts", "have", line->have, "need", line->need);
    write_dimensions(writer, ritual->dimensions);
    json_object_end(writer);
}

static void write_late(struct call *call, const struct ritual_week *week,
                       struct json_writer *writer)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    json_list(writer);
    for (size_t i = 0; i < week->count; i++) {
        const struct ritual_week_line *line = &week->line[i];
        if (!line->slot.is_missed)
            continue;
        json_object(writer);
        json_put_text(writer, "id", line->key);
        json_put_string(writer, "record", occurrence_record.name);
        json_put_text(writer, "title", row_title(call, line->slot.ritual));
        json_put_string(writer, "why", "it was not held, and nobody said why");
        json_put_text(writer, "owner", line->owner);
        json_object_end(writer);
    }
    for (size_t i = 0; i < week->overdue.count; i++) {
        const struct agenda_point *point = &week->overdue.point[i];
        json_object(writer);
        json_put_text(writer, "id", id_of(call, point->record, point->row));
        json_put_string(writer, "record", point->record ? point->record->name : NULL);
        json_put_text(writer, "title", point->title);
        json_put_text(writer, "why", point->why);
        json_put_text(writer, "owner",
                      point->owner ? find_title(call, person, point->owner) : TEXT_NONE);
        json_object_end(writer);
    }
    json_list_end(writer);
}

void ritual_week_write_json(struct call *call, const struct ritual_week *week,
                            struct json_writer *writer)
{
    char word[WEEK_TEXT_SIZE];
    week_write(week->week, word);
    json_object(writer);
    json_put_string(writer, "week", word);
    json_put_text(writer, "team", week->team_name);
    json_put_text(writer, "zone", week->zone);
    json_key(writer, "rituals");
    json_list(writer);
    for (size_t i = 0; i < week->count; i++)
        write_line(call, &week->line[i], writer);
    json_list_end(writer);
    json_key(writer, "needs_me");
    needs_write_json(call, &week->needs, writer);
    json_key(writer, "late");
    write_late(call, week, writer);
    json_key(writer, "promises");
    promises_write_json(call, &week->promises, writer);
    json_key(writer, "away");
    people_away_write_json(call, week->away, week->away_count, writer);
    json_key(writer, "conflicts");
    conflicts_write_json(call, &week->conflicts, writer);
    json_object_end(writer);
}

/* --- for people --- */

static text of_words(struct call *call, int64_t have, int64_t need)
{
    return need ? call_format(call, "%lld of %lld", (long long)have, (long long)need) : TEXT("-");
}

static enum paint paint_of(text state)
{
    static const struct {
        const char *state;
        enum paint paint;
    } paints[] = { { "missed", PAINT_RED },       { "held_incomplete", PAINT_YELLOW },
                   { "open", PAINT_BLUE },        { "closed", PAINT_GREEN },
                   { "skipped", PAINT_YELLOW },   { "cancelled", PAINT_DIM } };
    for (size_t i = 0; i < sizeof paints / sizeof *paints; i++)
        if (text_is(state, paints[i].state))
            return paints[i].paint;
    return PAINT_NONE;
}

/* "held, incomplete": a state as people say it. */
static text state_words(text state)
{
    return text_is(state, "held_incomplete") ? TEXT("held, incomplete") : state;
}

/* "Ada", "Ada, led by Bert (away)" or "nobody". */
static text owner_words(struct call *call, const struct ritual_week_line *line)
{
    text owner = line->owner.at ? line->owner : TEXT("nobody");
    const char *away = line->leader_away ? " (away)" : "";
    return !line->leader.at || text_equal(line->leader, owner)
               ? call_format(call, "%.*s%s", TEXT_FMT(owner), away)
               : call_format(call, "%.*s, led by %.*s%s", TEXT_FMT(owner), TEXT_FMT(line->leader),
                             away);
}

static bool write_grid(struct call *call, const struct ritual_week *week,
                       const struct terminal *terminal, struct out *out)
{
    static const struct grid_column columns[] = {
        { "When", GRID_LEFT },     { "Ritual", GRID_LEFT },    { "State", GRID_LEFT },
        { "Owner", GRID_LEFT },    { "Prepared", GRID_LEFT },  { "Artifacts", GRID_LEFT },
        { "Occurrence", GRID_LEFT }, { NULL, GRID_LEFT },
    };
    struct grid grid;
    grid_init(&grid, call, columns);
    for (size_t i = 0; i < week->count; i++) {
        const struct ritual_week_line *line = &week->line[i];
        text state = occurrence_slot_state(&line->slot);
        grid_push(&grid, ritual_clock(call, week->zone, line->slot.at));
        grid_push(&grid, row_title(call, line->slot.ritual));
        grid_push_painted(&grid, paint_of(state), state_words(state));
        grid_push(&grid, owner_words(call, line));
        grid_push(&grid, of_words(call, line->prepared, line->preparations));
        grid_push(&grid, of_words(call, line->have, line->need));
        grid_push(&grid, line->key);
    }
    return grid_write(&grid, out, terminal);
}

/* The inbox has all of them. */
static void write_needs(struct call *call, const struct ritual_week *week, struct out *out)
{
    for (size_t i = 0; i < week->needs.count && i < NEEDS_SHOWN; i++) {
        const struct need *need = &week->needs.need[i];
        out_format(out, "- %s", need->is_late ? "late: " : "");
        visible_write(out, need->title);
        out_format(out, " (%.*s)", TEXT_FMT(row_public_id(call, need->record, need->row)));
        if (need->why.at)
            out_format(out, ": %.*s", TEXT_FMT(need->why));
        out_char(out, '\n');
    }
    if (week->needs.count > NEEDS_SHOWN)
        out_format(out, "- %zu more: 'rondo inbox'\n", week->needs.count - NEEDS_SHOWN);
}

static const char *kept_word(enum promise_kept kept)
{
    static const char *const words[] = { "undecided", "kept", "not kept" };
    return words[kept];
}

static void write_promises(struct call *call, const struct ritual_week *week, struct out *out)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    for (size_t i = 0; i < week->promises.count; i++) {
        const struct promise *promise = &week->promises.promise[i];
        text owner = promise->owner ? find_title(call, person, promise->owner) : TEXT("nobody");
        out_format(out, "- %s: ", kept_word(promise->kept));
        visible_write(out, promise->title);
        out_format(out, " (%.*s, %.*s): ",
                   TEXT_FMT(row_public_id(call, promise->record, promise->row)),
                   TEXT_FMT(promise->state));
        visible_write(out, owner);
        out_char(out, '\n');
    }
}

static bool write_conflicts(struct call *call, const struct ritual_week *week, struct out *out)
{
    for (size_t i = 0; i < week->conflicts.count; i++) {
        out_string(out, "- ");
        if (!conflict_write_words(call, week->zone, &week->conflicts.conflict[i], out))
            return false;
        out_char(out, '\n');
    }
    return true;
}

/* Rituals that fall in no day of this week are there all the same: nothing is to be made. */
static bool write_no_ritual(struct call *call, struct out *out)
{
    struct query query;
    int64_t count;
    query_init(&query, &ritual_record);
    if (!find_count(call, &query, &count))
        return false;
    out_string(out, count ? "No ritual falls in this week: 'rondo ritual list' shows their rules.\n"
                          : "There is no ritual: 'rondo ritual install ai-week' makes a week.\n");
    return true;
}

bool ritual_week_write_terminal(struct call *call, const struct ritual_week *week,
                                const struct terminal *terminal, struct out *out)
{
    char word[WEEK_TEXT_SIZE];
    week_write(week->week, word);
    out_format(out, "%s, times in %.*s\n\n", word, TEXT_FMT(week->zone));
    if (!(week->count ? write_grid(call, week, terminal, out) : write_no_ritual(call, out)))
        return false;
    if (week->conflicts.count)
        out_string(out, "\nRituals that meet something else\n");
    if (!write_conflicts(call, week, out))
        return false;
    if (week->away_count)
        out_string(out, "\nAway\n");
    people_away_write_lines(week->away, week->away_count, out);
    if (week->needs.count)
        out_string(out, "\nNeeds you\n");
    write_needs(call, week, out);
    if (week->promises.count)
        out_string(out, "\nPromised for the week before\n");
    write_promises(call, week, out);
    return !out->failed && call->fail.kind == FAIL_NONE;
}

static void write_markdown_table(struct call *call, const struct ritual_week *week, struct out *out)
{
    out_format(out, "| When (%.*s) | Ritual | State | Owner | Artifacts |\n|---|---|---|---|---|\n",
               TEXT_FMT(week->zone));
    for (size_t i = 0; i < week->count; i++) {
        const struct ritual_week_line *line = &week->line[i];
        out_format(out, "| %.*s | ", TEXT_FMT(ritual_clock(call, week->zone, line->slot.at)));
        markdown_write_words(call, row_title(call, line->slot.ritual), out);
        out_format(out, " | %.*s%s", TEXT_FMT(state_words(occurrence_slot_state(&line->slot))),
                   line->slot.reason.size ? ": " : "");
        markdown_write_words(call, line->slot.reason, out);
        out_string(out, " | ");
        markdown_write_words(call, owner_words(call, line), out);
        out_format(out, " | %.*s |\n", TEXT_FMT(of_words(call, line->have, line->need)));
    }
}

bool ritual_week_write_markdown(struct call *call, const struct ritual_week *week, struct out *out)
{
    char word[WEEK_TEXT_SIZE];
    week_write(week->week, word);
    out_format(out, "# Week %s\n\n", word);
    if (week->count)
        write_markdown_table(call, week, out);
    else if (!write_no_ritual(call, out))
        return false;
    if (week->conflicts.count)
        out_string(out, "\n## Rituals that meet something else\n\n");
    if (!write_conflicts(call, week, out))
        return false;
    if (week->away_count)
        out_string(out, "\n## Away\n\n");
    people_away_write_lines(week->away, week->away_count, out);
    if (week->needs.count)
        out_string(out, "\n## Needs you\n\n");
    write_needs(call, week, out);
    if (week->promises.count)
        out_string(out, "\n## Promised for the week before\n\n");
    write_promises(call, week, out);
    return !out->failed && call->fail.kind == FAIL_NONE;
}
