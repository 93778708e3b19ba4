/*
 * The team of the demo, and what it answers for: made before its results come in, as a team does
 * that knows what it will measure.
 */
#include "app/demo_world.h"

#include "ledger/ledger.h"
#include "rooms/evals/evals.h"
#include "rooms/people/people.h"

const struct demo_person demo_persons[DEMO_PERSON_COUNT] = {
    { .role = { "member" } },
    { "Mina Okafor", "mina@assistant.example", { "member" } },
    { "Jonas Weber", "jonas@assistant.example", { "member" } },
    { "Priya Raman", "priya@assistant.example", { "member", "council" } },
    { "Tomas Lind", "tomas@assistant.example", { "executive" } },
    { "Elif Demir", "elif@assistant.example", { "viewer" } },
};

bool demo_person_find(struct call *call, size_t person, struct row *row)
{
    return demo_find(call, &person_record, PERSON_NAME, text_of(demo_persons[person].name), 0, 0,
                     row);
}

bool demo_act_as(struct call *call, size_t person)
{
    struct row row;
    return demo_person_find(call, person, &row) && people_act_for(call, row.id, SCOPE_ALL);
}

static bool join(struct call *call, rid person, rid team, const char *const *role)
{
    struct row row;
    text *words = call_array(call, 2, sizeof *words);
    uint32_t count = 0;
    if (!words || !row_init(call, &membership_record, &row))
        return false;
    for (; count < 2 && role[count]; count++)
        words[count] = text_of(role[count]);
    row.value[MEMBERSHIP_PERSON] = value_ref(person);
    row.value[MEMBERSHIP_TEAM] = value_ref(team);
    row.value[MEMBERSHIP_ROLES] =
        (struct value){ .kind = VALUE_TEXTS, .count = count, .texts = words };
    return ledger_create(call, &row);
}

static bool person_make(struct call *call, const struct demo_person *person, rid *id)
{
    struct row row;
    if (!row_init(call, &person_record, &row))
        return false;
    row.value[PERSON_NAME] = value_text(text_of(person->name));
    row.value[PERSON_EMAIL] = value_text(text_of(person->email));
    if (!ledger_create(call, &row))
        return false;
    *id = row.id;
    return true;
}

static bool team_make(struct call *call, rid *team, rid *person)
{
    struct row row;
    if (!row_init(call, &team_record, &row))
        return false;
    row.value[TEAM_NAME] = value_text(DEMO_TEAM);
    row.value[TEAM_ZONE] = value_text(TEXT("Europe/Berlin"));
    if (!ledger_create(call, &row))
        return false;
    *team = row.id;
    person[0] = call->actor.person;
    for (size_t i = 0; i < DEMO_PERSON_COUNT; i++)
        if ((i && !person_make(call, &demo_persons[i], &person[i])) ||
            !join(call, person[i], *team, demo_persons[i].role))
            return false;
    return true;
}

static bool suite_make(struct call *call, rid *suite)
{
    struct row row;
    if (!row_init(call, &suite_record, &row))
        return false;
    row.value[SUITE_NAME] = value_text(DEMO_SUITE);
    row.value[SUITE_KEEPS_TEXTS] = value_bool(true);
    if (!ledger_create(call, &row))
        return false;
    *suite = row.id;
    return true;
}

static bool surface_make(struct call *call, const struct demo_surface *surface, rid suite,
                         rid team, rid owner)
{
    struct row row;
    if (!row_init(call, &surface_record, &row))
        return false;
    row.value[SURFACE_NAME] = value_text(text_of(surface->name));
    row.value[SURFACE_SUITE] = value_ref(suite);
    row.value[SURFACE_TEAM] = value_ref(team);
    row.value[SURFACE_OWNER] = value_ref(owner);
    row.value[SURFACE_FLOOR] = value_real(surface->floor / 100.0);
    return ledger_create(call, &row);
}

static bool make_all(struct call *call)
{
    rid team, suite, person[DEMO_PERSON_COUNT];
    if (!team_make(call, &team, person) || !suite_make(call, &suite))
        return false;
    for (size_t i = 0; i < DEMO_SURFACE_COUNT; i++)
        if (!surface_make(call, &demo_surfaces[i], suite, team, person[demo_surfaces[i].owner]))
            return false;
    return true;
}

bool demo_people(struct call *call)
{
    return change_open(call, TEXT("demo team")) && demo_change_end(call, make_all(call));
}
