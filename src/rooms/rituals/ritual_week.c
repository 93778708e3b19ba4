/* See ritual_week.h. */
#include "rooms/rituals/ritual_week.h"

#include "rooms/people/people.h"
#include "rooms/rituals/occurrence_agenda.h"
#include "rooms/rituals/occurrence_outputs.h"
#include "rooms/rituals/ritual_roles.h"
#include "rooms/rituals/rituals.h"

enum { DAYS_OF_WEEK = 7 };

/* The sources that tell what is late in the whole team. */
static const char *const late_sources[] = { "actions.overdue", "knowledge.revisit" };

text occurrence_slot_state(const struct occurrence_slot *slot)
{
    return slot->is_missed ? TEXT("missed") : slot->state;
}

/* The preparations of all rituals, to be counted by ritual. */
static bool read_preparations(struct call *call, struct rows *preparations)
{
    struct query query;
    query_init(&query, &ritual_preparation_record);
    return find_rows(call, &query, preparations);
}

static bool is_prepared(const struct row *occurrence, rid preparation)
{
    struct value done = occurrence->value[OCCURRENCE_PREPARED];
    for (uint32_t i = 0; i < done.count; i++)
        if (done.ids[i] == preparation)
            return true;
    return false;
}

static void count_preparations(const struct rows *preparations, struct ritual_week_line *line)
{
    for (size_t i = 0; i < preparations->count; i++) {
        const struct row *row = &preparations->row[i];
        if (value_as_int(row->value[RITUAL_PREPARATION_RITUAL]) != line->slot.ritual->id)
            continue;
        line->preparations++;
        line->prepared += line->slot.stored && is_prepared(line->slot.stored, row->id);
    }
}

static bool fill_line(struct call *call, const struct rows *preparations,
                      const struct ritual_roles *roles, struct ritual_week_line *line)
{
    rid owner = value_as_int(line->slot.ritual->value[RITUAL_OWNER]);
    rid leader = ritual_roles_leader(roles, &line->slot);
    struct requirements requirements;
    line->key = occurrence_slot_key(call, &line->slot);
    line->owner = owner ? find_title(call, &person_record, owner) : TEXT_NONE;
    line->leader = leader == owner ? line->owner : find_title(call, &person_record, leader);
    count_preparations(preparations, line);
    if (!occurrence_requirements_read(call, &line->slot, &requirements))
        return false;
    line->have = (int64_t)requirements.met;
    line->need = (int64_t)requirements.count;
    return line->key.at != NULL;
}

static bool read_lines(struct call *call, stamp from, stamp until, struct ritual_week *result)
{
    struct ritual_calendar *calendar = call_new(call, struct ritual_calendar);
    struct occurrence_slots slots;
    struct ritual_roles roles;
    struct rows preparations;
    int64_t monday = week_monday_days(result->week);
    if (!calendar ||
        !ritual_calendar_read(call, monday - 1, monday + DAYS_OF_WEEK, calendar) ||
        !occurrence_slots_read(call, calendar, result->team, from, until, &slots) ||
        !read_preparations(call, &preparations) || !ritual_roles_read(call, 0, &roles))
        return false;
    result->line = call_array(call, slots.count + 1, sizeof *result->line);
    if (!result->line)
        return false;
    for (size_t i = 0; i < slots.count; i++) {
        struct ritual_week_line *line = &result->line[result->count++];
        line->slot = slots.slot[i];
        if (!fill_line(call, &preparations, &roles, line) ||
            !ritual_roles_leader_away(call, &roles, &line->slot, result->away_anywhere,
                                      result->away_anywhere_count, &line->leader_away))
            return false;
    }
    return true;
}

static bool read_late(struct call *call, stamp from, stamp until, struct ritual_week *result)
{
    struct agenda_ask ask = {
        .team = result->team, .week = result->week, .from = from,
        .until = until < call->now ? until : call->now,
    };
    for (size_t i = 0; i < sizeof late_sources / sizeof *late_sources; i++) {
        text name = text_of(late_sources[i]);
        if (!agenda_compile(call, &ask, &name, 1, &result->overdue))
            return false;
    }
    return true;
}

static bool read_away(struct call *call, rid team, struct ritual_week *result)
{
    int64_t monday = week_monday_days(result->week), sunday = monday + DAYS_OF_WEEK - 1;
    return people_away_between(call, team, monday, sunday, &result->away, &result->away_count) &&
           people_away_between(call, 0, monday, sunday, &result->away_anywhere,
                               &result->away_anywhere_count);
}

static bool read_conflicts(struct call *call, stamp from, stamp until, struct ritual_week *result)
{
    const struct calendar_ask ask = {
        .team = result->team, .zone = result->zone, .from = from, .until = until,
    };
    return conflicts_collect(call, &ask, &result->conflicts);
}

bool ritual_week_read(struct call *call, rid team, const iso_week *week,
                      struct ritual_week *result)
{
    stamp from, until;
    *result = (struct ritual_week){ .team = team };
    if (team)
        result->team_name = find_title(call, &team_record, team);
    if (!people_team_zone(call, team, &result->zone))
        return false;
    if (week)
        result->week = *week;
    else if (!week_of_stamp(call, result->zone, call->now, &result->week))
        return false;
    return week_monday(call, result->zone, result->week, &from) &&
           week_monday(call, result->zone, result->week + 1, &until) &&
           read_away(call, team, result) && read_lines(call, from, until, result) &&
           needs_collect(call, call->actor.person, &result->needs) &&
           read_late(call, from, until, result) &&
           promises_collect(call, team, result->zone, result->week, &result->promises) &&
           read_conflicts(call, from, until, result);
}
