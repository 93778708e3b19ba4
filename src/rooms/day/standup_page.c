/* See day_draft.h: everybody's standups of a day as one page. */
#include "offers/refs.h"
#include "rooms/day/day.h"
#include "rooms/day/day_draft.h"
#include "rooms/people/people.h"
#include "store/find.h"

static bool standups_of(struct call *call, int64_t day, struct rows *rows)
{
    struct query query;
    query_init(&query, &standup_record);
    return query_add(call, &query, STANDUP_DAY, FILTER_IS, value_int(day)) &&
           find_rows(call, &query, rows);
}

/* Who is to write one: the team's members, or all persons; no robots. */
static bool persons_of(struct call *call, rid team, struct rows *persons, bool **is_in)
{
    struct query query;
    struct rows memberships;
    query_init(&query, &person_record);
    if (!find_rows(call, &query, persons))
        return false;
    query_init(&query, &membership_record);
    *is_in = call_array(call, persons->count + 1, sizeof **is_in);
    if (!*is_in ||
        (team && !query_add(call, &query, MEMBERSHIP_TEAM, FILTER_IS, value_ref(team))) ||
        !find_rows(call, &query, &memberships))
        return false;
    for (size_t i = 0; i < persons->count; i++) {
        (*is_in)[i] = team == 0;
        for (size_t m = 0; m < memberships.count; m++)
            if (value_as_int(memberships.row[m].value[MEMBERSHIP_PERSON]) == persons->row[i].id)
                (*is_in)[i] = true;
        if (value_as_bool(persons->row[i].value[PERSON_IS_ROBOT]))
            (*is_in)[i] = false;
    }
    return true;
}

static const struct row *standup_by(const struct rows *standups, rid person)
{
    for (size_t i = 0; i < standups->count; i++)
        if (value_as_int(standups->row[i].value[STANDUP_PERSON]) == person)
            return &standups->row[i];
    return NULL;
}

static void put_markdown(const struct row *standup, text name, struct out *out)
{
    out_format(out, "\n## %.*s\n", TEXT_FMT(name));
    for (int i = STANDUP_PROGRESS; i <= STANDUP_LEARNED; i++)
        if (!value_is_null(standup->value[i]))
            out_format(out, "\n**%s**\n\n%.*s\n", standup_record.field[i].label,
                       TEXT_FMT(value_as_text(standup->value[i])));
}

/* Who has not written. */
struct absentees {
    text *missing, *not_there; /* names: who is at work that day, and who is not */
    size_t missing_count, not_there_count;
};

static bool read_absentees(struct call *call, const struct rows *persons, const bool *is_in,
                           const struct rows *standups, int64_t day, struct absentees *absentees)
{
    *absentees = (struct absentees){
        .missing = call_array(call, persons->count + 1, sizeof *absentees->missing),
        .not_there = call_array(call, persons->count + 1, sizeof *absentees->not_there),
    };
    if (!absentees->missing || !absentees->not_there)
        return false;
    for (size_t i = 0; i < persons->count; i++) {
        text name = value_as_text(persons->row[i].value[PERSON_NAME]);
        bool is_there;
        if (!is_in[i] || standup_by(standups, persons->row[i].id))
            continue;
        if (!people_is_there(call, persons->row[i].id, day, &is_there))
            return false;
        if (is_there)
            absentees->missing[absentees->missing_count++] = name;
        else
            absentees->not_there[absentees->not_there_count++] = name;
    }
    return true;
}

static void put_names(const char *key, const char *words, const text *names, size_t count,
                      struct json_writer *writer, struct out *markdown)
{
    json_key(writer, key);
    json_list(writer);
    for (size_t i = 0; i < count; i++) {
        json_text(writer, names[i]);
        out_format(markdown, "%s%.*s", i ? ", " : words, TEXT_FMT(names[i]));
    }
    json_list_end(writer);
    if (count)
        out_char(markdown, '\n');
}

static void put_absentees(const struct absentees *of, struct json_writer *writer,
                          struct out *markdown)
{
    put_names("missing", "\nNot yet: ", of->missing, of->missing_count, writer, markdown);
    put_names("not_there", "\nNot there: ", of->not_there, of->not_there_count, writer, markdown);
}

bool standup_page_write_json(struct call *call, int64_t day, rid team, struct json_writer *writer)
{
    struct rows standups, persons;
    struct absentees absentees;
    bool *is_in;
    struct out markdown;
    char word[DATE_TEXT_SIZE];
    date_write(day, word);
    out_init(&markdown, call);
    if (!standups_of(call, day, &standups) || !persons_of(call, team, &persons, &is_in) ||
        !read_absentees(call, &persons, is_in, &standups, day, &absentees))
        return false;
    out_format(&markdown, "# Standup of %s\n", word);
    json_object(writer);
    json_put_string(writer, "day", word);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < persons.count; i++) {
        const struct row *standup = standup_by(&standups, persons.row[i].id);
        if (!is_in[i] || !standup)
            continue;
        put_markdown(standup, value_as_text(persons.row[i].value[PERSON_NAME]), &markdown);
        if (!row_write_json(call, standup, refs_name, writer))
            return false;
    }
    json_list_end(writer);
    put_absentees(&absentees, writer, &markdown);
    json_put_text(writer, "markdown", out_view(&markdown));
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}
