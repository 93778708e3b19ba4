/* See catalog_page.h. */
#include "offers/catalog_page.h"

#include "ledger/state.h"
#include "offers/made_of.h"
#include "offers/room.h"

static const struct {
    unsigned flag;
    const char *word;
} flag_words[] = {
    { FIELD_NEEDED, "needed" },   { FIELD_UNIQUE, "unique" },   { FIELD_INDEXED, "indexed" },
    { FIELD_SEARCHED, "searched" }, { FIELD_SORTED, "sorted" }, { FIELD_FOLDED, "folded" },
    { FIELD_FIXED, "fixed" },     { FIELD_SECRET, "secret" },   { FIELD_PRIVATE, "private" },
    { FIELD_OWNED, "owned" },     { FIELD_BY_NAME, "by_name" }, { FIELD_COUNTED, "counted" },
    { FIELD_COMPUTED, "computed" },
};

static const char *const privacy_words[] = {
    [PRIVACY_PUBLIC] = "public", [PRIVACY_TEAM] = "team",
    [PRIVACY_NAMED] = "named",   [PRIVACY_PRIVATE] = "private",
};

static const char *const undo_words[] = {
    [UNDO_YES] = "yes", [UNDO_COUNTER] = "counter", [UNDO_NO] = "no",
};

/* Snake case as words, with a capital when it stands alone. TEXT_NONE: memory ran out. */
static text label_of_word(struct call *call, const char *word, bool is_capital)
{
    size_t size = strlen(word);
    char *label = call_take(call, size + 1);
    for (size_t i = 0; label && i < size; i++)
        label[i] = word[i] == '_' ? ' ' : word[i];
    if (label && is_capital && label[0] >= 'a' && label[0] <= 'z')
        label[0] = (char)(label[0] - 'a' + 'A');
    return (text){ label, label ? size : 0 };
}

static void write_flags(unsigned flags, struct json_writer *writer)
{
    json_key(writer, "flags");
    json_list(writer);
    for (size_t i = 0; i < sizeof flag_words / sizeof flag_words[0]; i++)
        if (flags & flag_words[i].flag)
            json_string(writer, flag_words[i].word);
    json_list_end(writer);
}

static void write_words(const char *key, const char *const *words, struct json_writer *writer)
{
    json_key(writer, key);
    json_list(writer);
    for (int i = 0; words[i]; i++)
        json_string(writer, words[i]);
    json_list_end(writer);
}

/* "in_progress" to people is "In progress". */
static void write_choice_labels(const char *const *words, struct json_writer *writer)
{
    json_key(writer, "choice_labels");
    json_object(writer);
    for (int i = 0; words[i]; i++)
        json_put_text(writer, words[i], label_of_word(writer->out->call, words[i], true));
    json_object_end(writer);
}

static void write_field(const struct field *field, struct json_writer *writer)
{
    json_object(writer);
    json_put_string(writer, "name", field->name);
    json_put_string(writer, "label", field->label);
    json_put_string(writer, "help", field->help);
    json_put_string(writer, "kind", field_kind_fact(field->kind)->name);
    write_flags(field->flags, writer);
    if (field->choices)
        write_words("choices", field->choices, writer);
    if (field->choices)
        write_choice_labels(field->choices, writer);
    if (field->refers)
        json_put_string(writer, "refers", field->refers);
    if (field->fallback)
        json_put_string(writer, "fallback", field->fallback);
    if (field->min < 0 || field->min > 0 || field->max < 0 || field->max > 0) {
        json_put_real(writer, "min", field->min);
        json_put_real(writer, "max", field->max);
    }
    json_object_end(writer);
}

static void write_roles(const char *key, unsigned roles, struct json_writer *writer)
{
    json_key(writer, key);
    json_list(writer);
    for (unsigned role = ROLE_VIEWER; role <= ROLE_ROBOT; role <<= 1)
        if (roles & role)
            json_string(writer, role_words(role));
    json_list_end(writer);
}

/* Whether the caller may write somewhere with one of these roles; which rows, the ledger says. */
static bool caller_holds(const struct call *call, unsigned roles)
{
    return call->actor.person && (call->actor.scopes & SCOPE_WRITE) && (call->actor.roles & roles);
}

static unsigned writers_of(const struct record *record)
{
    return record->writers ? record->writers : ROLE_MEMBER;
}

static bool has_changeable_field(const struct record *record)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (!(record->field[i].flags & (FIELD_FIXED | FIELD_COUNTED)))
            return true;
    return false;
}

static void write_can(const struct call *call, const struct record *record,
                      struct json_writer *writer)
{
    bool may_write = caller_holds(call, writers_of(record));
    json_key(writer, "can");
    json_object(writer);
    json_put_bool(writer, "create", may_write && !record->made_by_program);
    json_put_bool(writer, "patch", may_write && has_changeable_field(record));
    json_put_bool(writer, "delete", may_write);
    json_object_end(writer);
}

static void write_made_of(const struct call *call, const struct made_of *made,
                          struct json_writer *writer)
{
    json_object(writer);
    json_put_string(writer, "label", made->label);
    json_put_string(writer, "address", made->address);
    json_put_string(writer, "record", made->made->name);
    json_put_bool(writer, "can", caller_holds(call, writers_of(made->made)));
    json_object_end(writer);
}

/* What rooms make of a row of it. */
static void write_makes(const struct call *call, const struct catalog *catalog,
                        const struct record *record, struct json_writer *writer)
{
    json_key(writer, "makes");
    json_list(writer);
    for (const struct room *const *room = catalog->rooms; room && *room; room++)
        for (const struct made_of *made = (*room)->makes; made && made->label; made++)
            if (made->is_for(record))
                write_made_of(call, made, writer);
    json_list_end(writer);
}

static void write_states(const struct call *call, const struct record *record,
                         struct json_writer *writer)
{
    json_put_string(writer, "state", record->states ? record->field[record->state].name : NULL);
    json_key(writer, "transitions");
    json_list(writer);
    for (const struct transition *step = record->states; step && step->verb; step++) {
        json_object(writer);
        json_put_string(writer, "verb", step->verb);
        json_put_string(writer, "from", step->from[0] ? step->from : NULL); /* null: from any */
        json_put_string(writer, "to", step->to);
        write_roles("roles", step->roles, writer);
        json_put_bool(writer, "can",
                      caller_holds(call, writers_of(record)) &&
                          (!step->roles || caller_holds(call, step->roles)));
        json_put_string(writer, "undo", undo_words[step->undo]);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void write_unique(const struct record *record, struct json_writer *writer)
{
    json_key(writer, "unique");
    json_list(writer);
    for (int set = 0; set < 2 && record->unique[set][0]; set++) {
        json_list(writer);
        for (int i = 0; i < UNIQUE_FIELDS_MAX && record->unique[set][i]; i++)
            json_string(writer, record->unique[set][i]);
        json_list_end(writer);
    }
    json_list_end(writer);
}

static bool write_record(struct call *call, const struct catalog *catalog,
                         const struct record *record, struct json_writer *writer)
{
    text address = record_address(call, record);
    if (!address.at)
        return false;
    json_object(writer);
    json_put_string(writer, "name", record->name);
    json_put_string(writer, "plural", record->plural);
    json_put_string(writer, "prefix", record->prefix);
    json_put_string(writer, "label", record->label);
    json_put_text(writer, "plural_label", label_of_word(call, record->plural, false));
    json_put_string(writer, "help", record->help);
    json_put_text(writer, "address", call_format(call, "/api/v1/%.*s", TEXT_FMT(address)));
    json_put_string(writer, "privacy", privacy_words[record->privacy]);
    write_roles("writers", writers_of(record), writer);
    json_put_bool(writer, "made_by_program", record->made_by_program);
    write_can(call, record, writer);
    write_makes(call, catalog, record, writer);
    json_put_string(writer, "title", record->field[record->title].name);
    if (record->listed)
        write_words("listed", record->listed, writer);
    if (record->usual_sort)
        json_put_string(writer, "usual_sort", record->usual_sort);
    json_key(writer, "fields");
    json_list(writer);
    for (size_t i = 0; i < record_shown_count(record); i++)
        write_field(record_shown_field(record, i), writer);
    json_list_end(writer);
    write_unique(record, writer);
    write_states(call, record, writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static void write_dimensions(struct json_writer *writer)
{
    json_key(writer, "dimensions");
    json_list(writer);
    for (int i = 0; i < DIMENSION_COUNT; i++) {
        json_object(writer);
        json_put_string(writer, "word", dimension_facts[i].word);
        json_put_string(writer, "label", dimension_facts[i].label);
        json_object_end(writer);
    }
    json_list_end(writer);
}

bool catalog_page_write(struct call *call, const struct catalog *catalog,
                        struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "records");
    json_list(writer);
    for (size_t i = 0; i < catalog->record_count; i++)
        if (!write_record(call, catalog, catalog->record[i], writer))
            return false;
    json_list_end(writer);
    write_dimensions(writer);
    json_object_end(writer);
    return !writer->out->failed;
}

bool catalog_page_show(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return catalog_page_write(call, call->catalog, &reply->json);
}
