/* See ritual_clone.h. */
#include "rooms/rituals/ritual_clone.h"

#include "ledger/ledger.h"
#include "rooms/people/people.h"
#include "rooms/rituals/ritual_offers.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"

/* --- where to --- */

static rid team_of(const struct clone_wish *wish, const struct row *original)
{
    return wish->to_team ? wish->to_team : (rid)value_as_int(original->value[RITUAL_TEAM]);
}

/* The live clone of that ritual for that team and surface. */
static bool find_clone(struct call *call, rid original, rid team, rid surface, struct row *clone)
{
    struct query query;
    query_init(&query, &ritual_record);
    return query_add(call, &query, RITUAL_CLONE_OF, FILTER_IS, value_ref(original)) &&
           query_add(call, &query, RITUAL_TEAM, FILTER_IS, value_ref(team)) &&
           query_add(call, &query, RITUAL_SURFACE, FILTER_IS, value_ref(surface)) &&
           find_first(call, &query, clone);
}

/* A clone that is where its original is would be the same meeting twice. */
static bool check_original(struct call *call, const struct clone_wish *wish,
                           const struct row *original)
{
    text state = value_as_text(original->value[RITUAL_STATE]);
    bool is_elsewhere =
        team_of(wish, original) != value_as_int(original->value[RITUAL_TEAM]) ||
        (wish->surface && wish->surface != value_as_int(original->value[RITUAL_SURFACE]));
    if (original->archived || !text_is(state, "active"))
        return fail_at(call, "rituals", "'%.*s' is %.*s: clone one that is held",
                       TEXT_FMT(row_title(call, original)),
                       TEXT_FMT(original->archived ? TEXT("dropped") : state));
    return is_elsewhere ||
           fail_at(call, "to_team",
                   "'%.*s' is that team's already: clone it for another team, or for a surface",
                   TEXT_FMT(row_title(call, original)));
}

/* --- what is its own --- */

static bool is_in_team(struct call *call, rid person, rid team, bool *is_in)
{
    bool is_here = false;
    *is_in = false;
    if (!person)
        return true;
    if (!people_is_here(call, person, &is_here) || !people_is_member(call, person, team, is_in))
        return false;
    *is_in = *is_in && is_here;
    return true;
}

static bool set_owner(struct call *call, const struct row *original, rid team, struct row *clone)
{
    bool is_in;
    rid lead, owner = value_as_int(original->value[RITUAL_OWNER]);
    if (!is_in_team(call, owner, team, &is_in) || !people_team_lead(call, team, &lead))
        return false;
    rid other = lead ? lead : call->actor.person;
    clone->value[RITUAL_OWNER] = value_ref(is_in ? owner : other);
    return true;
}

static bool set_attendees(struct call *call, const struct row *original, rid team,
                          struct row *clone)
{
    struct value all = original->value[RITUAL_ATTENDEES];
    rid *ids = call_array(call, all.count + 1, sizeof *ids);
    uint32_t count = 0;
    if (!ids)
        return false;
    for (uint32_t i = 0; i < all.count; i++) {
        bool is_in;
        if (!is_in_team(call, all.ids[i], team, &is_in))
            return false;
        if (is_in)
            ids[count++] = all.ids[i];
    }
    if (count)
        clone->value[RITUAL_ATTENDEES] =
            (struct value){ .kind = VALUE_IDS, .count = count, .ids = ids };
    return true;
}

/* "Never the day after planning" means the planning of the clone's own team. */
static bool set_not_after(struct call *call, const struct row *original, rid team, rid surface,
                          struct row *clone)
{
    struct value all = original->value[RITUAL_NOT_AFTER];
    rid *ids = call_array(call, all.count + 1, sizeof *ids);
    bool is_same_team = team == value_as_int(original->value[RITUAL_TEAM]);
    uint32_t count = 0;
    if (!ids)
        return false;
    for (uint32_t i = 0; i < all.count; i++) {
        struct row other;
        if (find_clone(call, all.ids[i], team, surface, &other))
            ids[count++] = other.id;
        else if (call->fail.kind != FAIL_NONE)
            return false;
        else if (is_same_team)
            ids[count++] = all.ids[i];
    }
    if (count)
        clone->value[RITUAL_NOT_AFTER] =
            (struct value){ .kind = VALUE_IDS, .count = count, .ids = ids };
    return true;
}

/* The ledger would refuse it as well, but could not say what to do. */
static bool check_name_free(struct call *call, const struct row *clone)
{
    struct query query;
    struct row other;
    query_init(&query, &ritual_record);
    if (!query_add(call, &query, RITUAL_NAME, FILTER_IS, clone->value[RITUAL_NAME]) ||
        !query_add(call, &query, RITUAL_TEAM, FILTER_IS, clone->value[RITUAL_TEAM]) ||
        !find_first(call, &query, &other))
        return call->fail.kind == FAIL_NONE;
    return fail(call, FAIL_CONFLICT,
                "there is a ritual '%.*s' already, %.*s, which is no clone of this one: give the "
                "clones another ending, 'name_suffix'",
                TEXT_FMT(value_as_text(clone->value[RITUAL_NAME])),
                TEXT_FMT(row_public_id(call, &ritual_record, other.id)));
}

static bool set_name(struct call *call, const struct clone_wish *wish, const struct row *original,
                     struct row *clone)
{
    text name = value_as_text(original->value[RITUAL_NAME]);
    const struct record *surface = catalog_record(call->catalog, TEXT("surface"));
    if (wish->suffix.at)
        name = call_format(call, "%.*s %.*s", TEXT_FMT(name), TEXT_FMT(wish->suffix));
    else if (wish->surface)
        name = call_format(call, "%.*s (%.*s)", TEXT_FMT(name),
                           TEXT_FMT(find_title(call, surface, wish->surface)));
    clone->value[RITUAL_NAME] = value_text(name);
    return name.at && check_name_free(call, clone);
}

/* --- one --- */

static bool make_clone(struct call *call, const struct clone_wish *wish,
                       const struct row *original, struct row *clone)
{
    rid team = team_of(wish, original);
    bool is_same_team = team == value_as_int(original->value[RITUAL_TEAM]);
    if (!row_init(call, &ritual_record, clone))
        return false;
    for (const struct ritual_part *part = ritual_parts; part->name; part++)
        ritual_part_set(part, original, clone);
    clone->value[RITUAL_TEAM] = value_ref(team);
    clone->value[RITUAL_SURFACE] = value_ref(wish->surface);
    clone->value[RITUAL_CLONE_OF] = value_ref(original->id);
    clone->value[RITUAL_TEMPLATE] = original->value[RITUAL_TEMPLATE];
    clone->value[RITUAL_HOUR_RATE] = original->value[RITUAL_HOUR_RATE];
    /* Its time of day is meant where its own team is. */
    clone->value[RITUAL_ZONE] = is_same_team ? original->value[RITUAL_ZONE] : VALUE_NONE;
    clone->dimensions = original->dimensions;
    if (!set_name(call, wish, original, clone) || !set_owner(call, original, team, clone) ||
        !set_attendees(call, original, team, clone) ||
        !set_not_after(call, original, team, wish->surface, clone) ||
        !ritual_offers_settle(call, original, clone, NULL, 0) || !ledger_create(call, clone))
        return false;
    for (const struct ritual_part *part = ritual_parts; part->name; part++)
        if (!ritual_part_copy(call, part, original->id, clone->id, team))
            return false;
    return true;
}

static bool clone_one(struct call *call, const struct clone_wish *wish, rid id,
                      struct clone_made *made)
{
    struct row original, clone;
    if (!find_row(call, &ritual_record, id, &original) ||
        !check_original(call, wish, &original))
        return false;
    *made = (struct clone_made){ .original = id };
    made->is_new = !find_clone(call, id, team_of(wish, &original), wish->surface, &clone);
    if (call->fail.kind != FAIL_NONE ||
        (made->is_new && !make_clone(call, wish, &original, &clone)))
        return false;
    made->ritual = clone.id;
    return true;
}

/* --- all --- */

/* What is cloned for itself is not cloned again with the team that it came to. */
static bool rituals_of(struct call *call, rid team, rid **ids, size_t *count)
{
    struct query query;
    struct rows rows;
    query_init(&query, &ritual_record);
    if (!query_add(call, &query, RITUAL_TEAM, FILTER_IS, value_ref(team)) ||
        !query_add(call, &query, RITUAL_STATE, FILTER_IS, value_choice("active")) ||
        !query_add(call, &query, RITUAL_SURFACE, FILTER_IS, VALUE_NONE) ||
        !find_rows(call, &query, &rows))
        return false;
    *ids = call_array(call, rows.count + 1, sizeof **ids);
    *count = rows.count;
    for (size_t i = 0; *ids && i < rows.count; i++)
        (*ids)[i] = rows.row[i].id;
    return *ids && (rows.count > 0 ||
                    fail_at(call, "from_team", "'%.*s' has no ritual that is held: 'rondo ritual "
                                               "list' shows whose they are",
                            TEXT_FMT(find_title(call, &team_record, team))));
}

static bool read_originals(struct call *call, const struct clone_wish *wish, rid **ids,
                           size_t *count)
{
    if ((wish->count > 0) == (wish->from_team != 0))
        return fail_at(call, "rituals",
                       "name the rituals that are cloned, or the team whose all are");
    if (!wish->to_team && !wish->surface)
        return fail_at(call, "to_team", "say for whom they are: a team, a surface, or both");
    if (wish->from_team)
        return rituals_of(call, wish->from_team, ids, count);
    *count = wish->count;
    *ids = call_array(call, wish->count + 1, sizeof **ids);
    for (size_t i = 0; *ids && i < wish->count; i++)
        (*ids)[i] = wish->ritual[i];
    return *ids != NULL;
}

static bool clone_inside(struct call *call, const struct clone_wish *wish,
                         struct clones_made *made)
{
    rid *ids = NULL;
    size_t count = 0;
    *made = (struct clones_made){ .count = 0 };
    if (!read_originals(call, wish, &ids, &count))
        return false;
    made->made = call_array(call, count + 1, sizeof *made->made);
    if (!made->made)
        return false;
    for (; made->count < count; made->count++)
        if (!clone_one(call, wish, ids[made->count], &made->made[made->count]))
            return false;
    return true;
}

bool ritual_clone(struct call *call, const struct clone_wish *wish, struct clones_made *made)
{
    bool own = !call->change.is_open;
    if (own && !change_open(call, TEXT("clone rituals")))
        return false;
    bool done = clone_inside(call, wish, made);
    if (own && done)
        return change_commit(call);
    if (own)
        change_rollback(call);
    return done;
}
