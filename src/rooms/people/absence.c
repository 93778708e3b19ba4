/*
 * Room people: days on which somebody is away. Everybody reads that and until when; why is read by
 * the person and by owners of the person's teams, which the store itself sees to.
 */
#include "base/stamp.h"
#include "rooms/people/people.h"
#include "store/find.h"

enum { DAYS_MAX = 3660 };

/* "holiday" is a public one here: days that somebody takes off are a vacation. */
static const char *const absence_kinds[] = { "vacation", "leave", "illness", "other", NULL };

static const struct field absence_fields[] = {
    [ABSENCE_TITLE] = { .name = "title",
                        .label = "Title",
                        .kind = FIELD_TEXT,
                        .flags = FIELD_COUNTED,
                        .help = "Its days." },
    [ABSENCE_PERSON] = { .name = "person",
                         .label = "Person",
                         .kind = FIELD_REF,
                         .refers = "person",
                         .flags = FIELD_FIXED | FIELD_OWNED | FIELD_BY_NAME,
                         .help = "Who is away; empty: who writes it." },
    [ABSENCE_FIRST_DAY] = { .name = "first_day",
                            .label = "First day",
                            .kind = FIELD_DATE,
                            .flags = FIELD_NEEDED | FIELD_INDEXED,
                            .help = "The first day away, in the person's zone." },
    [ABSENCE_LAST_DAY] = { .name = "last_day",
                           .label = "Last day",
                           .kind = FIELD_DATE,
                           .flags = FIELD_INDEXED,
                           .help = "The last day away; empty: the first day alone." },
    [ABSENCE_KIND] = { .name = "kind",
                       .label = "Kind",
                       .kind = FIELD_CHOICE,
                       .flags = FIELD_PRIVATE,
                       .choices = absence_kinds,
                       .help = "Why; read by the person and by owners of the person's teams." },
    [ABSENCE_NOTE] = { .name = "note",
                       .label = "Note",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_PRIVATE,
                       .help = "What else is to be known; read by whoever reads the kind." },
};

static bool absence_settle(struct call *call, const struct row *before, struct row *after)
{
    struct value *last = &after->value[ABSENCE_LAST_DAY];
    char first_words[DATE_TEXT_SIZE], last_words[DATE_TEXT_SIZE];
    if (!before && value_is_null(after->value[ABSENCE_PERSON]) && call->actor.person)
        after->value[ABSENCE_PERSON] = value_ref(call->actor.person);
    if (value_is_null(after->value[ABSENCE_FIRST_DAY]))
        return true; /* refused for that */
    if (value_is_null(*last))
        *last = after->value[ABSENCE_FIRST_DAY];
    date_write(value_as_int(after->value[ABSENCE_FIRST_DAY]), first_words);
    date_write(value_as_int(*last), last_words);
    bool is_one = value_equal(after->value[ABSENCE_FIRST_DAY], *last);
    text title = call_format(call, is_one ? "away %s" : "away %s to %s", first_words, last_words);
    after->value[ABSENCE_TITLE] = value_text(title);
    return title.at != NULL;
}

/* --- whose it is --- */

/* An owner of the workspace, or of a team that the person is in. */
static bool is_owner_of(struct call *call, rid person, bool *is_owner)
{
    const struct actor *actor = &call->actor;
    struct rows memberships;
    struct query query;
    *is_owner = false;
    if (!(actor->roles & ROLE_OWNER))
        return true;
    query_init(&query, &membership_record);
    if (!query_add(call, &query, MEMBERSHIP_PERSON, FILTER_IS, value_ref(person)) ||
        !find_rows(call, &query, &memberships))
        return false;
    for (size_t i = 0; i < actor->team_count; i++) {
        if (!(actor->team[i].roles & ROLE_OWNER))
            continue;
        *is_owner |= actor->team[i].team == 0;
        for (size_t n = 0; n < memberships.count; n++)
            *is_owner |=
                value_as_int(memberships.row[n].value[MEMBERSHIP_TEAM]) == actor->team[i].team;
    }
    return true;
}

static bool absence_is_mine(struct call *call, const struct row *row, bool *is_mine)
{
    rid person = value_as_int(row->value[ABSENCE_PERSON]);
    *is_mine = person == call->actor.person;
    return *is_mine || is_owner_of(call, person, is_mine);
}

static bool check_mine(struct call *call, const struct row *row)
{
    bool is_mine = call->all_rows;
    if (!is_mine && !absence_is_mine(call, row, &is_mine))
        return false;
    return is_mine || fail(call, FAIL_FORBIDDEN,
                           "this is somebody else's absence: that person writes it, or an owner "
                           "of a team of that person");
}

/* --- its days --- */

static bool check_days(struct call *call, const struct row *row)
{
    int64_t first = value_as_int(row->value[ABSENCE_FIRST_DAY]);
    int64_t last = value_as_int(row->value[ABSENCE_LAST_DAY]);
    char words[DATE_TEXT_SIZE];
    date_write(first, words);
    if (last < first)
        return fail_at(call, "last_day",
                       "the last day is before the first, %s: give the first day first", words);
    return last - first < DAYS_MAX ||
           fail_at(call, "last_day", "nobody is away for more than ten years: see the year");
}

/* Days are told once: another one that has any of them is named. */
static bool check_alone(struct call *call, const struct row *row)
{
    struct query query;
    struct rows rows;
    query_init(&query, &absence_record);
    if (!query_add(call, &query, ABSENCE_PERSON, FILTER_IS, row->value[ABSENCE_PERSON]) ||
        !query_add(call, &query, ABSENCE_FIRST_DAY, FILTER_AT_MOST, row->value[ABSENCE_LAST_DAY]) ||
        !query_add(call, &query, ABSENCE_LAST_DAY, FILTER_AT_LEAST,
                   row->value[ABSENCE_FIRST_DAY]) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.row[i].id == row->id)
            continue;
        text id = row_public_id(call, &absence_record, rows.row[i].id);
        return fail_at(call, "first_day",
                       "some of these days are in %.*s already, %.*s: change that one",
                       TEXT_FMT(id), TEXT_FMT(value_as_text(rows.row[i].value[ABSENCE_TITLE])));
    }
    return true;
}

static bool absence_check(struct call *call, const struct row *before, const struct row *after)
{
    if (value_is_null(after->value[ABSENCE_PERSON]))
        return fail_at(call, "person", "say who is away: --person NAME");
    return check_mine(call, after) && people_check_here(call, before, after, ABSENCE_PERSON) &&
           check_days(call, after) && check_alone(call, after);
}

static bool absence_check_drop(struct call *call, const struct row *row)
{
    return check_mine(call, row);
}

static const char *const absence_listed[] = { "person", "first_day", "last_day", NULL };

const struct record absence_record = {
    .name = "absence",
    .plural = "absences",
    .prefix = "ABS",
    .label = "absence",
    .help = "Days on which somebody is away: 'rondo absence add --first-day DAY --last-day DAY'.",
    .field = absence_fields,
    .field_count = ABSENCE_FIELDS,
    .title = ABSENCE_TITLE,
    .listed = absence_listed,
    .settle = absence_settle,
    .check = absence_check,
    .check_drop = absence_check_drop,
    .reads_private = absence_is_mine,
    .writers = ROLE_VIEWER | ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};
