/* See ritual_parts.h. */
#include "rooms/rituals/ritual_parts.h"

#include "ledger/ledger.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"

enum { PARENT = 0, NO_FIELD = -1 };

#define FIELD_PART(its_name, its_label, its_field)                                                 \
    {                                                                                              \
        .name = its_name, .label = its_label, .field = its_field                                   \
    }

const struct ritual_part ritual_parts[] = {
    FIELD_PART("purpose", "Purpose", RITUAL_PURPOSE),
    FIELD_PART("rule", "Rule", RITUAL_RULE),
    FIELD_PART("starts", "First day", RITUAL_STARTS),
    FIELD_PART("at", "Time of day", RITUAL_AT),
    FIELD_PART("minutes", "Minutes", RITUAL_MINUTES),
    FIELD_PART("agenda", "Agenda", RITUAL_AGENDA),
    FIELD_PART("condition", "Only when", RITUAL_CONDITION),
    FIELD_PART("on_holidays", "On holidays, too", RITUAL_ON_HOLIDAYS),
    { .name = "steps", .label = "Steps", .field = NO_FIELD, .record = &ritual_step_record,
      .copied = { RITUAL_STEP_NAME, RITUAL_STEP_MINUTES, RITUAL_STEP_PLACE },
      .order = RITUAL_STEP_PLACE },
    { .name = "artifacts", .label = "Required artifacts", .field = NO_FIELD,
      .record = &ritual_artifact_record,
      .copied = { RITUAL_ARTIFACT_KIND, RITUAL_ARTIFACT_LEAST, RITUAL_ARTIFACT_MOST,
                  RITUAL_ARTIFACT_OR_REASON } },
    { .name = "preparation", .label = "Preparation", .field = NO_FIELD,
      .record = &ritual_preparation_record, .copied = { RITUAL_PREPARATION_TASK } },
    { .name = "roles", .label = "Roles", .field = NO_FIELD, .record = &ritual_role_record,
      .copied = { RITUAL_ROLE_NAME, RITUAL_ROLE_ROTATES } },
    { .name = NULL },
};

const struct ritual_part *ritual_part_find(text name)
{
    for (const struct ritual_part *part = ritual_parts; part->name; part++)
        if (text_is(name, part->name))
            return part;
    return NULL;
}

static bool read_list(struct call *call, const struct ritual_part *part, rid ritual,
                      struct rows *rows)
{
    struct query query;
    query_init(&query, part->record);
    return query_add(call, &query, PARENT, FILTER_IS, value_ref(ritual)) &&
           find_rows(call, &query, rows);
}

/* --- as words --- */

static bool stands_before(const struct ritual_part *part, const struct row *a, const struct row *b)
{
    int64_t x = part->order ? value_as_int(a->value[part->order]) : 0;
    int64_t y = part->order ? value_as_int(b->value[part->order]) : 0;
    return x != y ? x < y
                  : text_compare(value_as_text(a->value[part->copied[0]]),
                                 value_as_text(b->value[part->copied[0]])) < 0;
}

/* In an order of its own, so that two lists that say the same read the same; lists are short. */
static void sort_list(const struct ritual_part *part, struct rows *rows)
{
    for (size_t i = 1; i < rows->count; i++)
        for (size_t at = i; at && stands_before(part, &rows->row[at], &rows->row[at - 1]); at--) {
            struct row other = rows->row[at];
            rows->row[at] = rows->row[at - 1];
            rows->row[at - 1] = other;
        }
}

static bool put_row(struct call *call, const struct ritual_part *part, const struct row *row,
                    struct out *out)
{
    const char *between = ": ";
    out_text(out, row_title(call, row));
    for (int i = 1; i < RITUAL_PART_FIELDS_MAX && part->copied[i]; i++) {
        const struct field *field = &part->record->field[part->copied[i]];
        struct value value = row->value[part->copied[i]];
        if (value_is_null(value))
            continue;
        out_format(out, "%s%s ", between, field->label);
        if (!value_write_text(call, field, value, refs_name, out))
            return false;
        between = ", ";
    }
    return true;
}

static bool put_list(struct call *call, const struct ritual_part *part, rid ritual,
                     struct out *out)
{
    struct rows rows;
    if (!read_list(call, part, ritual, &rows))
        return false;
    sort_list(part, &rows);
    for (size_t i = 0; i < rows.count; i++) {
        if (i)
            out_string(out, "; ");
        if (!put_row(call, part, &rows.row[i], out))
            return false;
    }
    return true;
}

bool ritual_part_read(struct call *call, const struct ritual_part *part, const struct row *ritual,
                      text *words)
{
    struct out out;
    out_init(&out, call);
    bool done = part->field == NO_FIELD
                    ? put_list(call, part, ritual->id, &out)
                    : value_write_text(call, &ritual_record.field[part->field],
                                       ritual->value[part->field], refs_name, &out);
    *words = out_view(&out);
    return done && !out.failed;
}

/* --- from one to the other --- */

void ritual_part_set(const struct ritual_part *part, const struct row *from, struct row *to)
{
    if (part->field != NO_FIELD)
        to->value[part->field] = from->value[part->field];
}

static bool same_title(const struct ritual_part *part, const struct row *a, const struct row *b)
{
    return text_equal(value_as_text(a->value[part->copied[0]]),
                      value_as_text(b->value[part->copied[0]]));
}

static void set_copied(const struct ritual_part *part, const struct row *from, struct row *to)
{
    for (int i = 0; i < RITUAL_PART_FIELDS_MAX && part->copied[i]; i++)
        to->value[part->copied[i]] = from->value[part->copied[i]];
}

/* Whoever has the role there has it here only as one of the team. */
static bool set_person(struct call *call, const struct row *from, rid team, struct row *to)
{
    bool is_member, is_here;
    rid person = value_as_int(from->value[RITUAL_ROLE_PERSON]);
    if (!person)
        return true;
    if (!people_is_member(call, person, team, &is_member) ||
        !people_is_here(call, person, &is_here))
        return false;
    if (is_member && is_here)
        to->value[RITUAL_ROLE_PERSON] = value_ref(person);
    return true;
}

static bool make_row(struct call *call, const struct ritual_part *part, const struct row *from,
                     rid to, rid team)
{
    struct row row;
    if (!row_init(call, part->record, &row))
        return false;
    row.value[PARENT] = value_ref(to);
    set_copied(part, from, &row);
    return (part->record != &ritual_role_record || set_person(call, from, team, &row)) &&
           ledger_create(call, &row);
}

static bool change_row(struct call *call, const struct ritual_part *part, const struct row *from,
                       const struct row *before)
{
    struct row after;
    if (!row_copy(call, before, &after))
        return false;
    set_copied(part, from, &after);
    return ledger_update(call, before, &after);
}

/* The first row of the title that is not taken yet; the count when there is none. */
static size_t find_like(const struct ritual_part *part, const struct rows *rows,
                        const bool *is_taken, const struct row *like)
{
    size_t i = 0;
    while (i < rows->count && (is_taken[i] || !same_title(part, &rows->row[i], like)))
        i++;
    return i;
}

bool ritual_part_copy(struct call *call, const struct ritual_part *part, rid from, rid to,
                      rid team)
{
    struct rows theirs, ours;
    if (part->field != NO_FIELD)
        return true;
    if (!read_list(call, part, from, &theirs) || !read_list(call, part, to, &ours))
        return false;
    bool *is_taken = call_array(call, ours.count + 1, sizeof *is_taken);
    if (!is_taken)
        return false;
    for (size_t i = 0; i < theirs.count; i++) {
        size_t at = find_like(part, &ours, is_taken, &theirs.row[i]);
        if (at == ours.count ? !make_row(call, part, &theirs.row[i], to, team)
                             : !change_row(call, part, &theirs.row[i], &ours.row[at]))
            return false;
        is_taken[at] = true; /* the place past the last one is there for that */
    }
    for (size_t i = 0; i < ours.count; i++)
        if (!is_taken[i] && !ledger_archive(call, part->record, ours.row[i].id))
            return false;
    return true;
}
