/*
 * Whether the catalogue keeps the rules that everything derived from it stands on. It runs at every
 * start, so that a mistake in a table of fields is found by whoever made it and not by a row. All
 * failures are our own.
 */
#include "catalog/row.h"
#include "catalog/table.h"

/* Identifiers longer than this are cut by PostgreSQL, silently. */
enum { NAME_BYTES_MAX = 63, PREFIX_LETTERS_MIN = 2, PREFIX_LETTERS_MAX = 6 };

static const char *const command_words[] = {
    "init",     "serve",  "demo",       "import",     "export",  "move",   "backup",  "restore",
    "verify",   "undo",   "audit",      "quarantine", "search",  "review", "compare", "calc",
    "gate",     "today",  "week",       "deck",       "council", "triage", "watch",   "calendar",
    "forecast", "doctor", "completion", "help",       "version", "job",    NULL,
};

static const char *const built_in_names[] = {
    "id", "version", "created", "changed", "archived", "dimensions", "change", NULL,
};

/* Which kinds a flag makes sense on: bits of kinds. */
#define KIND(kind) (1u << (kind))
#define KINDS_LIST (KIND(FIELD_REFS) | KIND(FIELD_TAGS))
#define KINDS_ALL (KIND(FIELD_KIND_COUNT) - 1)

static const struct flag_rule {
    unsigned flag;
    unsigned kinds;
    const char *name;
} flag_rules[] = {
    { FIELD_UNIQUE, KINDS_ALL & ~KINDS_LIST, "FIELD_UNIQUE" },
    { FIELD_INDEXED, KINDS_ALL & ~KINDS_LIST, "FIELD_INDEXED" },
    { FIELD_OWNED, KIND(FIELD_REF), "FIELD_OWNED" },
    { FIELD_BY_NAME, KIND(FIELD_REF) | KIND(FIELD_REFS), "FIELD_BY_NAME" },
};

static bool is_listed(const char *const *list, const char *word)
{
    for (; *list; list++)
        if (text_is(text_of(*list), word))
            return true;
    return false;
}

static bool is_snake_case(const char *name)
{
    size_t size = name ? strlen(name) : 0;
    if (size == 0 || size > NAME_BYTES_MAX || name[0] < 'a' || name[0] > 'z' ||
        name[size - 1] == '_')
        return false;
    for (size_t i = 0; i < size; i++) {
        bool is_word = (name[i] >= 'a' && name[i] <= 'z') || (name[i] >= '0' && name[i] <= '9');
        if (!is_word && (name[i] != '_' || name[i - 1] == '_'))
            return false;
    }
    return true;
}

static bool is_prefix(const char *prefix)
{
    size_t size = prefix ? strlen(prefix) : 0;
    for (size_t i = 0; i < size; i++)
        if (prefix[i] < 'A' || prefix[i] > 'Z')
            return false;
    return size >= PREFIX_LETTERS_MIN && size <= PREFIX_LETTERS_MAX;
}

static bool is_said(const char *words)
{
    return words && words[0];
}

/* --- fields --- */

static bool fail_field(struct call *call, const struct record *record, const struct field *field,
                       const char *what)
{
    return fail(call, FAIL_INTERNAL, "the field '%s' of the record '%s' %s", field->name,
                record->name, what);
}

static bool verify_field_name(struct call *call, const struct record *record, size_t at)
{
    const struct field *field = &record->field[at];
    if (!is_snake_case(field->name))
        return fail(call, FAIL_INTERNAL,
                    "field %zu of the record '%s' needs a snake_case name, not '%s'", at,
                    record->name, field->name ? field->name : "");
    if (is_listed(built_in_names, field->name))
        return fail_field(call, record, field, "has the name of a built-in field");
    if (record_field(record, text_of(field->name)) != (int)at)
        return fail_field(call, record, field, "is there twice");
    if (!is_said(field->label) || !is_said(field->help))
        return fail_field(call, record, field, "needs a label and a help sentence");
    return true;
}

static bool verify_field_flags(struct call *call, const struct record *record,
                               const struct field *field)
{
    for (size_t i = 0; i < sizeof flag_rules / sizeof flag_rules[0]; i++)
        if ((field->flags & flag_rules[i].flag) && !(flag_rules[i].kinds & KIND(field->kind)))
            return fail(call, FAIL_INTERNAL,
                        "the field '%s' of the record '%s' is a %s, which cannot be %s",
                        field->name, record->name, field_kind_fact(field->kind)->name,
                        flag_rules[i].name);
    if (field->flags & FIELD_COMPUTED)
        return fail_field(call, record, field, "has a column and cannot be FIELD_COMPUTED");
    if ((field->flags & FIELD_SECRET) && (field->flags & FIELD_SEARCHED))
        return fail_field(call, record, field, "is secret and cannot be searched");
    if (field->min > field->max)
        return fail_field(call, record, field, "has a min above its max");
    if (field->since > 0 && (field->flags & FIELD_NEEDED) && !field->fallback)
        return fail_field(call, record, field,
                          "was added later and is needed: it must have a fallback");
    return true;
}

static bool verify_field_choices(struct call *call, const struct record *record,
                                 const struct field *field)
{
    const char *const *choice = field->choices;
    if (field->kind != FIELD_CHOICE)
        return !choice || fail_field(call, record, field, "has choices and is no choice");
    if (!choice || !choice[0])
        return fail_field(call, record, field, "is a choice and needs choices");
    for (int i = 0; choice[i]; i++)
        if (!choice[i][0] || field_choice(field, text_of(choice[i])) != i)
            return fail_field(call, record, field, "has a choice that is empty or there twice");
    return true;
}

static bool verify_field_target(struct call *call, const struct catalog *catalog,
                                const struct record *record, const struct field *field)
{
    if (field->kind != FIELD_REF && field->kind != FIELD_REFS)
        return !field->refers ||
               fail_field(call, record, field, "refers to a record and is no ref");
    if (!field->refers || !catalog_record(catalog, text_of(field->refers)))
        return fail_field(call, record, field, "refers to a record that is not known");
    return !field->fallback ||
           fail_field(call, record, field, "is a ref and cannot have a fallback");
}

/* A fallback that its own field refuses would make every creation fail. */
static bool verify_field_fallback(struct call *call, const struct record *record,
                                  const struct field *field)
{
    struct value value;
    if (!field->fallback)
        return true;
    if (value_read_text(call, field, text_of(field->fallback), NULL, &value) &&
        !value_is_null(value) && value_check(call, field, value))
        return true;
    fail_clear(call);
    return fail_field(call, record, field, "has a fallback that it would refuse");
}

static bool verify_field(struct call *call, const struct catalog *catalog,
                         const struct record *record, size_t at)
{
    const struct field *field = &record->field[at];
    return verify_field_name(call, record, at) && verify_field_flags(call, record, field) &&
           verify_field_choices(call, record, field) &&
           verify_field_target(call, catalog, record, field) &&
           verify_field_fallback(call, record, field);
}

/* --- states --- */

static bool fail_record(struct call *call, const struct record *record, const char *what)
{
    return fail(call, FAIL_INTERNAL, "the record '%s' %s", record->name, what);
}

static bool verify_transition(struct call *call, const struct record *record,
                              const struct transition *transition)
{
    const struct field *state = &record->field[record->state];
    if (!transition->verb[0])
        return fail_record(call, record, "has a transition whose verb is empty");
    bool has_from = transition->from &&
                    (!transition->from[0] || field_choice(state, text_of(transition->from)) >= 0);
    if (!has_from || !transition->to || field_choice(state, text_of(transition->to)) < 0)
        return fail(call, FAIL_INTERNAL,
                    "the transition '%s' of the record '%s' joins states that '%s' does not have",
                    transition->verb, record->name, state->name);
    for (const struct transition *before = record->states; before < transition; before++)
        if (text_is(text_of(before->verb), transition->verb) &&
            text_is(text_of(before->from), transition->from))
            return fail(call, FAIL_INTERNAL,
                        "the transition '%s' of the record '%s' is there twice from '%s'",
                        transition->verb, record->name, transition->from);
    return true;
}

/* Grows the set of states that can be reached until it grows no more. */
static uint64_t reachable_states(const struct record *record)
{
    const struct field *state = &record->field[record->state];
    uint64_t reached = UINT64_C(1) << field_choice(state, text_of(state->fallback));
    for (uint64_t before = 0; before != reached;) {
        before = reached;
        for (const struct transition *step = record->states; step->verb; step++) {
            int from = field_choice(state, text_of(step->from));
            if (from < 0 || (reached >> from & 1))
                reached |= UINT64_C(1) << field_choice(state, text_of(step->to));
        }
    }
    return reached;
}

static bool verify_reachable(struct call *call, const struct record *record)
{
    const struct field *state = &record->field[record->state];
    uint64_t reached = reachable_states(record);
    for (int i = 0; state->choices[i]; i++)
        if (!(reached >> i & 1))
            return fail(call, FAIL_INTERNAL,
                        "the state '%s' of the record '%s' cannot be reached from '%s'",
                        state->choices[i], record->name, state->fallback);
    return true;
}

static bool verify_state_field(struct call *call, const struct record *record)
{
    if (record->state < 0 || (size_t)record->state >= record->field_count)
        return fail_record(call, record, "has states and no state field");
    const struct field *state = &record->field[record->state];
    if (state->kind != FIELD_CHOICE || !(state->flags & FIELD_NEEDED) || !state->fallback)
        return fail_field(call, record, state,
                          "holds the state: it must be a needed choice with a fallback");
    size_t count = 0;
    while (state->choices[count])
        count++;
    return count <= 64 || fail_field(call, record, state, "has more than 64 states");
}

static bool verify_states(struct call *call, const struct record *record)
{
    const struct transition *step = record->states;
    if (!step)
        return true;
    if (!verify_state_field(call, record))
        return false;
    for (; step->verb; step++)
        if (!verify_transition(call, record, step))
            return false;
    if (step->from || step->to)
        return fail_record(call, record, "has a transition without a verb");
    return verify_reachable(call, record);
}

/* --- records --- */

static bool verify_record_names(struct call *call, const struct record *record)
{
    if (!is_snake_case(record->name) || !is_snake_case(record->plural))
        return fail(call, FAIL_INTERNAL,
                    "the record '%s' needs a snake_case name and plural, not '%s'",
                    record->name ? record->name : "", record->plural ? record->plural : "");
    if (is_listed(command_words, record->name) || is_listed(command_words, record->plural))
        return fail_record(call, record, "has the name of a command");
    if (!is_prefix(record->prefix))
        return fail_record(call, record, "needs a prefix of 2 to 6 upper-case letters");
    if (!is_said(record->label) || !is_said(record->help))
        return fail_record(call, record, "needs a label and a help sentence");
    if (record->field_count == 0 || record->field_count > ROW_FIELDS_MAX)
        return fail_record(call, record, "needs 1 to 64 fields");
    return true;
}

static bool verify_title(struct call *call, const struct record *record)
{
    bool is_field = record->title >= 0 && (size_t)record->title < record->field_count;
    enum field_kind kind = is_field ? record->field[record->title].kind : FIELD_KIND_COUNT;
    return kind == FIELD_TEXT || kind == FIELD_PROSE ||
           fail_record(call, record, "needs a title: the index of a text field");
}

static bool verify_parent(struct call *call, const struct record *record)
{
    int parent = record_parent(record);
    for (size_t i = 0; i < record->field_count; i++)
        if ((record->field[i].flags & FIELD_OWNED) && (int)i != parent)
            return fail_record(call, record, "is owned by two parents");
    return true;
}

/* Rows are sought by when they were made, too: a column that every record has. */
static bool verify_combination(struct call *call, const struct record *record, const char *how,
                               const char *const name[UNIQUE_FIELDS_MAX])
{
    for (int i = 0; i < UNIQUE_FIELDS_MAX && name[i]; i++) {
        int field = record_field(record, text_of(name[i]));
        if (name == record->sought && strcmp(name[i], "created") == 0)
            continue;
        if (field < 0 || field_kind_fact(record->field[field].kind)->is_list)
            return fail(call, FAIL_INTERNAL,
                        "the record '%s' is %s by '%s', which is not a field with a column",
                        record->name, how, name[i]);
    }
    return true;
}

static bool verify_combinations(struct call *call, const struct record *record)
{
    return verify_combination(call, record, "unique", record->unique[0]) &&
           verify_combination(call, record, "unique", record->unique[1]) &&
           verify_combination(call, record, "sought", record->sought);
}

static bool verify_listed(struct call *call, const struct record *record)
{
    for (const char *const *name = record->listed; name && *name; name++) {
        int field = record_shown(record, text_of(*name));
        if (field < 0 || field == record->title)
            return fail(call, FAIL_INTERNAL,
                        "the record '%s' lists '%s', which is its title or no field", record->name,
                        *name);
    }
    return true;
}

static bool verify_usual_sort(struct call *call, const struct record *record)
{
    if (!record->usual_sort)
        return true;
    text name = text_of(record->usual_sort);
    int field = record_field(record, text_from(name, text_starts(name, TEXT("-"))));
    unsigned kind = field >= 0 ? KIND(record->field[field].kind) : 0;
    unsigned unordered = KINDS_LIST | KIND(FIELD_JSON) | KIND(FIELD_BLOB);
    if (kind && !(kind & unordered) &&
        !(record->field[field].flags & (FIELD_SECRET | FIELD_PRIVATE)))
        return true;
    return fail(call, FAIL_INTERNAL,
                "the record '%s' is sorted by '%s', which is no field or has no order",
                record->name, record->usual_sort);
}

static bool verify_readers(struct call *call, const struct record *record)
{
    if (!record->readers)
        return true;
    int field = record_field(record, text_of(record->readers));
    bool is_persons = field >= 0 && record->field[field].kind == FIELD_REFS &&
                      text_is(text_of(record->field[field].refers), "person");
    return (is_persons && record->privacy == PRIVACY_NAMED) ||
           fail_record(call, record,
                       "takes its readers from a field: it must be a named record, and the field "
                       "a list of persons");
}

static bool verify_computed(struct call *call, const struct record *record)
{
    for (size_t i = record->field_count; i < record_shown_count(record); i++) {
        const struct field *field = record_shown_field(record, i);
        if (!is_snake_case(field->name) || is_listed(built_in_names, field->name) ||
            record_shown(record, text_of(field->name)) != (int)i)
            return fail_field(call, record, field,
                              "is computed and needs a snake_case name of its own");
        if (!is_said(field->label) || !is_said(field->help))
            return fail_field(call, record, field, "needs a label and a help sentence");
        unsigned flags = field->flags & ~(unsigned)FIELD_NEEDED;
        if (flags != (FIELD_COUNTED | FIELD_COMPUTED) || field->kind == FIELD_REF ||
            field->kind == FIELD_REFS || !record->computed[i - record->field_count].value)
            return fail_field(call, record, field,
                              "is computed: it needs a function, the flags FIELD_COUNTED and "
                              "FIELD_COMPUTED, and a kind that is no ref");
    }
    return true;
}

static bool verify_privacy(struct call *call, const struct record *record)
{
    if (record->privacy != PRIVACY_TEAM)
        return true;
    int team = record_field(record, TEXT("team"));
    bool is_team = team >= 0 && record->field[team].kind == FIELD_REF &&
                   text_is(text_of(record->field[team].refers), "team");
    if (!is_team)
        return fail_record(call, record, "is read by its team and needs a ref 'team' to a team");
    return (record->field[team].flags & FIELD_NEEDED) ||
           fail_field(call, record, &record->field[team],
                      "says who reads the row: it must be needed");
}

static bool verify_record(struct call *call, const struct catalog *catalog,
                          const struct record *record)
{
    if (!verify_record_names(call, record))
        return false;
    for (size_t i = 0; i < record->field_count; i++)
        if (!verify_field(call, catalog, record, i))
            return false;
    return verify_title(call, record) && verify_parent(call, record) &&
           verify_combinations(call, record) && verify_listed(call, record) &&
           verify_usual_sort(call, record) && verify_computed(call, record) &&
           verify_privacy(call, record) && verify_readers(call, record) &&
           verify_states(call, record);
}

static bool verify_apart(struct call *call, const struct record *a, const struct record *b)
{
    if (text_is(text_of(a->name), b->name) || text_is(text_of(a->plural), b->plural) ||
        text_is(text_of(a->name), b->plural) || text_is(text_of(a->plural), b->name))
        return fail(call, FAIL_INTERNAL, "the records '%s' and '%s' share a name or plural",
                    a->name, b->name);
    if (text_is(text_of(a->prefix), b->prefix))
        return fail(call, FAIL_INTERNAL, "the records '%s' and '%s' share the prefix '%s'", a->name,
                    b->name, a->prefix);
    return true;
}

static bool verify_records(struct call *call, const struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->record_count; i++) {
        if (!verify_record(call, catalog, catalog->record[i]))
            return false;
        for (size_t j = 0; j < i; j++)
            if (!verify_apart(call, catalog->record[j], catalog->record[i]))
                return false;
    }
    return true;
}

/* --- tables --- */

static bool has_column(const struct table *table, const char *name)
{
    for (const struct column *column = table->column; column->name; column++)
        if (text_is(text_of(column->name), name))
            return true;
    return false;
}

static bool verify_columns(struct call *call, const struct table *table,
                           const char *const name[INDEX_COLUMNS_MAX])
{
    for (int i = 0; i < INDEX_COLUMNS_MAX && name[i]; i++)
        if (!has_column(table, name[i]))
            return fail(call, FAIL_INTERNAL,
                        "the table '%s' is keyed or indexed by '%s', which it does not have",
                        table->name, name[i]);
    return true;
}

static size_t index_name_size(const struct table *table, const struct table_index *index)
{
    size_t size = strlen(table->name) + strlen("_by");
    for (int i = 0; i < INDEX_COLUMNS_MAX && index->column[i]; i++)
        size += 1 + strlen(index->column[i]);
    return size;
}

static bool verify_table(struct call *call, const struct table *table)
{
    if (!is_snake_case(table->name))
        return fail(call, FAIL_INTERNAL,
                    "the table '%s' needs a snake_case name of at most %d letters",
                    table->name ? table->name : "", NAME_BYTES_MAX);
    for (const struct column *column = table->column; column->name; column++)
        if (!is_snake_case(column->name))
            return fail(call, FAIL_INTERNAL,
                        "the column '%s' of the table '%s' needs a snake_case name", column->name,
                        table->name);
    if (!verify_columns(call, table, table->key))
        return false;
    for (int i = 0; i < TABLE_INDEXES_MAX && table->index[i].column[0]; i++) {
        const struct table_index *index = &table->index[i];
        if (!verify_columns(call, table, index->column))
            return false;
        if (index->live_only && !has_column(table, "archived"))
            return fail(call, FAIL_INTERNAL,
                        "the table '%s' has an index of live rows and no 'archived'", table->name);
        if (index_name_size(table, index) > NAME_BYTES_MAX)
            return fail(call, FAIL_INTERNAL,
                        "an index of the table '%s' needs a name of more than %d letters",
                        table->name, NAME_BYTES_MAX);
    }
    return true;
}

/* The names that are taken in the store: those of records, of their refs, of plain tables. */
struct names {
    const char **name;
    size_t count;
};

static bool take_name(struct call *call, struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (text_is(text_of(names->name[i]), name))
            return fail(call, FAIL_INTERNAL, "two tables or records are called '%s'", name);
    names->name[names->count++] = name;
    return true;
}

static bool verify_record_tables(struct call *call, const struct record *record,
                                 struct names *names)
{
    struct table table;
    bool is_alike = text_is(text_of(record->name), record->plural); /* one series, two series */
    if (!table_of_record(call, record, &table) || !verify_table(call, &table) ||
        !take_name(call, names, record->name) ||
        (!is_alike && !take_name(call, names, record->plural)))
        return false;
    for (size_t i = 0; i < record->field_count; i++) {
        if (record->field[i].kind != FIELD_REFS)
            continue;
        if (!table_of_refs(call, record, &record->field[i], &table) ||
            !verify_table(call, &table) || !take_name(call, names, table.name))
            return false;
    }
    return true;
}

static bool verify_tables(struct call *call, const struct catalog *catalog)
{
    size_t most = catalog->record_count * (2 + ROW_FIELDS_MAX) + catalog->table_count;
    struct names names = { .name = call_array(call, most, sizeof *names.name) };
    if (!names.name)
        return false;
    for (size_t i = 0; i < catalog->record_count; i++)
        if (!verify_record_tables(call, catalog->record[i], &names))
            return false;
    for (size_t i = 0; i < catalog->table_count; i++)
        if (!verify_table(call, catalog->table[i]) ||
            !take_name(call, &names, catalog->table[i]->name))
            return false;
    return true;
}

bool catalog_verify(struct call *call, const struct catalog *catalog)
{
    return verify_records(call, catalog) && verify_tables(call, catalog);
}
