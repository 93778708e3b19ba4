/* See rhythm.h. */
#include "rooms/rituals/rhythm.h"

#include "offers/grid.h"
#include "rooms/people/people.h"
#include "rooms/rituals/occurrence_outputs.h"
#include "rooms/rituals/rituals.h"

enum { DAYS_OF_WEEK = 7, ZOMBIE_WINDOW = 4, ZOMBIE_THRESHOLD = 3, STREAK_ESCALATES = 2 };

/* --- one ritual --- */

static bool is_held(const struct occurrence_slot *slot)
{
    return text_is(slot->state, "closed") || text_is(slot->state, "held_incomplete");
}

/* What was called off is not expected, nor what lay before there was the ritual. */
static bool is_expected(const struct occurrence_slot *slot)
{
    return text_is(slot->state, "skipped") || slot->is_missed;
}

/* An action is closed when nobody has to do it any more. */
static bool is_closed_action(const struct row *row)
{
    int state = record_field(row->record, TEXT("state"));
    return state >= 0 && !text_is(value_as_text(row->value[state]), "open");
}

/* What came out of one occurrence, added to the line. */
static void count_outputs(const struct outputs *outputs, struct rhythm_line *line,
                          struct ritual_occurrence *one)
{
    for (size_t i = 0; i < outputs->count; i++) {
        const struct output *output = &outputs->output[i];
        if (output->is_dropped)
            continue;
        if (text_is(output->kind, "action")) {
            one->actions++;
            line->closure.of++;
            line->closure.part += is_closed_action(&output->row);
        } else if (text_is(output->kind, "decision")) {
            one->decisions++;
        } else {
            one->artifacts++;
        }
    }
}

static bool count_held(struct call *call, const struct occurrence_slot *slot,
                       struct rhythm_line *line, struct ritual_occurrence *one)
{
    struct requirements requirements;
    struct outputs outputs;
    const struct row *row = slot->stored;
    int64_t minutes = value_as_int(slot->ritual->value[RITUAL_MINUTES]);
    *one = (struct ritual_occurrence){ .attended = row->value[OCCURRENCE_ATTENDEES].count };
    if (!occurrence_requirements_read(call, slot, &requirements) ||
        !occurrence_outputs_read(call, row->id, &outputs))
        return false;
    count_outputs(&outputs, line, one);
    one->artifacts += text_trim(value_as_text(row->value[OCCURRENCE_PARAGRAPH])).size > 0;
    line->held++;
    line->incomplete += text_is(slot->state, "held_incomplete");
    line->completeness.part += (int64_t)requirements.met;
    line->completeness.of += (int64_t)requirements.count;
    line->person_hours += rituals_hours_per_week((double)one->attended, (double)minutes, 1);
    line->decisions += one->decisions;
    line->actions += one->actions;
    line->artifacts += one->artifacts;
    return true;
}

static bool count_slots(struct call *call, const struct occurrence_slots *slots,
                        struct rhythm_line *line)
{
    struct ritual_occurrence *held = call_array(call, slots->count + 1, sizeof *held);
    size_t count = 0;
    if (!held)
        return false;
    for (size_t i = 0; i < slots->count; i++) {
        const struct occurrence_slot *slot = &slots->slot[i];
        bool is_over = slot->until < call->now && !text_is(slot->state, "open");
        if (is_held(slot)) {
            if (!count_held(call, slot, line, &held[count++]))
                return false;
        } else if (!is_over || !is_expected(slot)) {
            continue;
        }
        line->expected++;
        line->skipped += text_is(slot->state, "skipped");
        line->missed += slot->is_missed;
        line->silent_streak = slot->is_missed ? line->silent_streak + 1 : 0;
    }
    line->zombie = rituals_zombie(held, count, ZOMBIE_WINDOW, ZOMBIE_THRESHOLD);
    return true;
}

static void settle_health(struct rhythm_line *line)
{
    line->adherence = (struct share){ line->held, line->expected };
    const struct share *parts[] = { &line->adherence, &line->completeness, &line->closure };
    line->health = 1;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i]->of)
            line->health *= (double)parts[i]->part / (double)parts[i]->of;
    line->has_health = line->expected > 0;
}

/* The lightest thing that would help, most urgent first. */
static text advice_for(const struct rhythm_line *line)
{
    if (line->zombie.is_zombie && line->zombie.empty >= ZOMBIE_THRESHOLD)
        return TEXT("3 of the last 4 left nothing behind: pause it, or write it instead");
    if (line->zombie.is_zombie)
        return TEXT("3 of the last 4 had fewer than two people: pause it, or merge it");
    if (line->silent_streak >= STREAK_ESCALATES)
        return TEXT("not held twice in a row and nobody said why: ask its owner's lead");
    if (line->silent_streak)
        return TEXT("not held the last time and nobody said why: ask its owner");
    if (line->has_health && line->held == 0)
        return TEXT("never held: pause it, or hold it every second week");
    return TEXT_NONE;
}

/* "paused by Ada: summer; look again on 2026-12-01" */
static text rest_words(struct call *call, const struct row *ritual)
{
    rid by = value_as_int(ritual->value[RITUAL_RESTED_BY]);
    text name = by ? find_title(call, &person_record, by) : TEXT_NONE;
    char day[DATE_TEXT_SIZE];
    date_write(value_as_int(ritual->value[RITUAL_REVIEW_DATE]), day);
    return call_format(call, "%.*s%s%.*s: %.*s; look again on %s",
                       TEXT_FMT(value_as_text(ritual->value[RITUAL_STATE])), name.at ? " by " : "",
                       TEXT_FMT(name), TEXT_FMT(value_as_text(ritual->value[RITUAL_REASON])), day);
}

/* --- all of them --- */

static bool read_line(struct call *call, const struct ritual_calendar *calendar,
                      const struct row *ritual, stamp from, struct rhythm_line *line)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    rid owner = value_as_int(ritual->value[RITUAL_OWNER]);
    struct occurrence_slots slots;
    *line = (struct rhythm_line){ .ritual = ritual };
    line->owner = owner ? find_title(call, person, owner) : TEXT_NONE;
    if (!occurrence_slots_of(call, calendar, ritual, from, call->now, &slots) ||
        !count_slots(call, &slots, line))
        return false;
    settle_health(line);
    bool is_active = text_is(value_as_text(ritual->value[RITUAL_STATE]), "active");
    line->advice = is_active ? advice_for(line) : rest_words(call, ritual);
    return call->fail.kind == FAIL_NONE;
}

bool rhythm_read(struct call *call, rid team, int64_t weeks, struct rhythm *rhythm)
{
    struct ritual_calendar *calendar = call_new(call, struct ritual_calendar);
    int64_t today = call->now / STAMP_DAY;
    stamp from = call->now - weeks * DAYS_OF_WEEK * STAMP_DAY;
    *rhythm = (struct rhythm){ .weeks = weeks };
    if (!calendar ||
        !ritual_calendar_read(call, today - weeks * DAYS_OF_WEEK - 1, today + 1, calendar))
        return false;
    rhythm->line = call_array(call, calendar->rituals.count + 1, sizeof *rhythm->line);
    if (!rhythm->line)
        return false;
    for (size_t i = 0; i < calendar->rituals.count; i++) {
        const struct row *ritual = &calendar->rituals.row[i];
        rid of = value_as_int(ritual->value[RITUAL_TEAM]);
        bool is_wanted = (!team || !of || of == team) &&
                         !text_is(value_as_text(ritual->value[RITUAL_STATE]), "retired");
        if (is_wanted && !read_line(call, calendar, ritual, from, &rhythm->line[rhythm->count++]))
            return false;
    }
    return true;
}

/* --- shown --- */

static void write_share(struct json_writer *writer, const char *key, struct share share)
{
    if (share.of)
        json_put_real(writer, key, (double)share.part / (double)share.of);
    else
        json_put_null(writer, key);
}

static const char *verdict_of(const struct rhythm_line *line)
{
    if (line->zombie.is_zombie)
        return "zombie";
    if (line->zombie.is_too_few)
        return "too_few";
    return "alive";
}

static void write_came_out(const struct rhythm_line *line, struct json_writer *writer)
{
    json_key(writer, "came_out");
    json_object(writer);
    json_put_int(writer, "decisions", line->decisions);
    json_put_int(writer, "actions", line->actions);
    json_put_int(writer, "artifacts", line->artifacts);
    json_object_end(writer);
}

static void write_json_line(struct call *call, const struct rhythm_line *line,
                            struct json_writer *writer)
{
    struct value rate = line->ritual->value[RITUAL_HOUR_RATE];
    json_object(writer);
    json_put_text(writer, "ritual", row_title(call, line->ritual));
    json_put_text(writer, "ritual_id", row_public_id(call, &ritual_record, line->ritual->id));
    json_put_text(writer, "state", value_as_text(line->ritual->value[RITUAL_STATE]));
    json_put_text(writer, "owner", line->owner);
    json_put_int(writer, "expected", line->expected);
    json_put_int(writer, "held", line->held);
    json_put_int(writer, "held_incomplete", line->incomplete);
    json_put_int(writer, "skipped", line->skipped);
    json_put_int(writer, "missed", line->missed);
    json_put_int(writer, "silent_streak", line->silent_streak);
    write_share(writer, "adherence", line->adherence);
    write_share(writer, "artifact_completeness", line->completeness);
    write_share(writer, "action_closure", line->closure);
    if (line->has_health)
        json_put_real(writer, "health", line->health);
    else
        json_put_null(writer, "health");
    json_put_real(writer, "person_hours", line->person_hours);
    if (value_is_null(rate))
        json_put_null(writer, "cost");
    else
        json_put_real(writer, "cost", line->person_hours * value_as_real(rate));
    write_came_out(line, writer);
    json_put_int(writer, "empty", line->zombie.empty);
    json_put_int(writer, "unattended", line->zombie.unattended);
    json_put_string(writer, "verdict", verdict_of(line));
    json_put_text(writer, "advice", line->advice);
    json_object_end(writer);
}

void rhythm_write_json(struct call *call, const struct rhythm *rhythm, struct json_writer *writer)
{
    json_object(writer);
    json_put_int(writer, "weeks", rhythm->weeks);
    json_key(writer, "rituals");
    json_list(writer);
    for (size_t i = 0; i < rhythm->count; i++)
        write_json_line(call, &rhythm->line[i], writer);
    json_list_end(writer);
    json_object_end(writer);
}

static void push_share(struct grid *grid, struct share share)
{
    if (share.of)
        grid_format(grid, "%.0f %%", 100.0 * (double)share.part / (double)share.of);
    else
        grid_push(grid, TEXT("unknown"));
}

bool rhythm_write_terminal(struct call *call, const struct rhythm *rhythm,
                           const struct terminal *terminal, struct out *out)
{
    static const struct grid_column columns[] = {
        { "Ritual", GRID_LEFT },     { "Held", GRID_RIGHT },    { "Adherence", GRID_RIGHT },
        { "Artifacts", GRID_RIGHT }, { "Actions", GRID_RIGHT }, { "Health", GRID_RIGHT },
        { "Hours", GRID_RIGHT },     { "Advice", GRID_LEFT },   { NULL, GRID_LEFT },
    };
    struct grid grid;
    grid_init(&grid, call, columns);
    for (size_t i = 0; i < rhythm->count; i++) {
        const struct rhythm_line *line = &rhythm->line[i];
        grid_push(&grid, row_title(call, line->ritual));
        grid_format(&grid, "%lld of %lld", (long long)line->held, (long long)line->expected);
        push_share(&grid, line->adherence);
        push_share(&grid, line->completeness);
        push_share(&grid, line->closure);
        if (line->has_health)
            grid_format(&grid, "%.0f %%", 100 * line->health);
        else
            grid_push(&grid, TEXT("unknown"));
        grid_format(&grid, "%.1f", line->person_hours);
        grid_push(&grid, line->advice.at ? line->advice : TEXT("-"));
    }
    if (rhythm->count == 0)
        out_string(out, "There is no ritual: 'rondo ritual install ai-week' makes a week.\n");
    return rhythm->count == 0 ? !out->failed : grid_write(&grid, out, terminal);
}
