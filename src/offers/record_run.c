/*
 * See record_run.h. What changes runs inside one change, opened before the row
 * is read: nobody can change it in between.
 */
#include "offers/record_run.h"

#include "base/visible.h"
#include "ledger/ledger.h"
#include "ledger/state.h"
#include "offers/listing.h"
#include "offers/record_page.h"
#include "offers/refs.h"

#include <ctype.h>

static const struct record_context *context_of(const struct invocation *invocation)
{
    return invocation->command->context;
}

static const struct record *record_of(const struct invocation *invocation)
{
    return context_of(invocation)->record;
}

static bool find_argument(struct call *call, const struct invocation *invocation, size_t n,
                          struct row *row)
{
    rid id;
    return refs_find(call, record_of(invocation), invocation->argument[n], &id) &&
           find_row(call, record_of(invocation), id, row);
}

/* Options of the command itself; --as, --json and their like stand among the others. */
static bool is_own(const struct given_option *given)
{
    for (int i = 0; i < EVERYWHERE_COUNT; i++)
        if (given->option == &command_everywhere[i])
            return false;
    return true;
}

static bool has_own_options(const struct invocation *invocation)
{
    for (size_t i = 0; i < invocation->given_count; i++)
        if (is_own(&invocation->given[i]))
            return true;
    return false;
}

/* --- writing to the terminal --- */

static bool print_json_row(struct call *call, const struct invocation *invocation,
                           const struct row *row)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
    if (!row_show_json(call, row, refs_name, &writer))
        return false;
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

/* "GAD-1 Lamp", with words before and after for people; the row for programs. */
static bool print_row(struct call *call, const struct invocation *invocation, rid id,
                      const char *before, text after)
{
    struct row row;
    struct out *out = invocation->out;
    if (!find_row(call, record_of(invocation), id, &row))
        return false;
    if (invocation->as_json)
        return print_json_row(call, invocation, &row);
    out_string(out, before);
    paint(out, &invocation->terminal, PAINT_BOLD, row_public_id(call, row.record, row.id));
    text title = record_page_title(&row);
    out_string(out, title.size ? " " : "");
    visible_write(out, title);
    out_text(out, after);
    out_char(out, '\n');
    return call->fail.kind == FAIL_NONE && !out->failed;
}

/* --- fields from options --- */

static bool is_option_of(const char *option, const char *field)
{
    for (; *option && *field; option++, field++)
        if (*option != *field && !(*option == '-' && *field == '_'))
            return false;
    return *option == *field;
}

static int field_of_option(const struct record *record, const struct option *option)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (is_option_of(option->name, record->field[i].name))
            return (int)i;
    return -1;
}

static bool read_dimensions(struct call *call, text words, unsigned *bits)
{
    *bits = 0;
    while (words.at) {
        text word = text_trim(text_cut(words, ',', &words));
        unsigned i = 0;
        while (i < DIMENSION_COUNT && !text_same_word(word, text_of(dimension_facts[i].word)))
            i++;
        if (i == DIMENSION_COUNT && word.size)
            return fail_at(call, "dimensions",
                           "'dimensions' takes the words data, ai, it, governance, business "
                           "and people, not '%.*s'",
                           TEXT_FMT(text_until_character(word, FAIL_FIELD_SIZE)));
        *bits |= i < DIMENSION_COUNT ? 1u << i : 0;
    }
    return true;
}

/* Of a list, an option that is given several times adds up. */
static text all_words(struct call *call, const struct invocation *invocation,
                      const struct option *option)
{
    struct out words;
    text word;
    out_init(&words, call);
    for (size_t n = 0; option_next(invocation, option->name, n, &word); n++)
        out_format(&words, "%s%.*s", n ? "," : "", TEXT_FMT(word));
    return out_view(&words);
}

static bool read_option(struct call *call, const struct invocation *invocation,
                        const struct given_option *given, struct row *row)
{
    int i = field_of_option(row->record, given->option);
    if (i < 0)
        return read_dimensions(call, given->value, &row->dimensions);
    const struct field *field = &row->record->field[i];
    text word = given->value;
    if (field_kind_fact(field->kind)->is_list)
        word = all_words(call, invocation, given->option);
    return word.at && value_read_text(call, field, word, refs_resolve, &row->value[i]);
}

static bool read_options(struct call *call, const struct invocation *invocation, struct row *row)
{
    for (size_t i = 0; i < invocation->given_count; i++)
        if (is_own(&invocation->given[i]) &&
            !read_option(call, invocation, &invocation->given[i], row))
            return false;
    return true;
}

/* --- reading --- */

static bool read_filters(struct call *call, const struct invocation *invocation,
                         struct listing *listing)
{
    const struct query_parameter *filter = context_of(invocation)->filter;
    struct pair *pair = call_array(call, invocation->given_count + 1, sizeof *pair);
    if (!pair)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < invocation->given_count; i++) {
        const struct given_option *given = &invocation->given[i];
        if (!is_own(given))
            continue;
        pair[count].name = text_of(filter[given->option - invocation->command->option].name);
        pair[count++].value = given->value.at ? given->value : TEXT("yes");
    }
    return listing_read(call, record_of(invocation), pair, count, listing);
}

static void write_dashed(struct out *out, const char *name)
{
    for (; *name; name++)
        out_char(out, *name == '_' ? '-' : *name);
}

/* Where the record's help names no command: the one that makes a row, with all that it needs. */
static void teach_adding(struct out *out, const struct record *record)
{
    if (record->made_by_program || strstr(record->help, "'rondo "))
        return;
    out_string(out, "Make one: 'rondo ");
    write_dashed(out, record->name);
    out_string(out, " add");
    for (size_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        if (!(field->flags & FIELD_NEEDED) || field->flags & FIELD_COMPUTED || field->fallback)
            continue;
        out_string(out, " --");
        write_dashed(out, field->name);
        out_char(out, ' ');
        for (const char *at = field->name; *at; at++)
            out_char(out, (char)toupper((unsigned char)*at));
    }
    out_string(out, "'\n");
}

/* An empty list teaches how it is filled; one that was filtered says that nothing fits. */
static bool print_empty(struct call *call, const struct invocation *invocation)
{
    const struct record *record = record_of(invocation);
    if (!has_own_options(invocation)) {
        out_format(invocation->out, "%s\n", record->help);
        teach_adding(invocation->out, record);
    } else
        out_format(invocation->out, "no %s is like that\n", record->label);
    (void)call;
    return !invocation->out->failed;
}

static bool print_list(struct call *call, const struct invocation *invocation,
                       const struct rows *rows)
{
    if (rows->count == 0)
        return print_empty(call, invocation);
    if (!record_page_list(call, record_of(invocation), rows, invocation->out,
                          &invocation->terminal))
        return false;
    if (rows->next.at)
        out_format(invocation->err, "there are more: --after '%.*s'\n",
                   TEXT_FMT(visible_text(call, rows->next)));
    return call->fail.kind == FAIL_NONE;
}

bool record_run_list(struct call *call, struct invocation *invocation)
{
    struct listing listing;
    struct rows rows;
    if (!read_filters(call, invocation, &listing) || !listing_rows(call, &listing, &rows))
        return false;
    if (!invocation->as_json)
        return print_list(call, invocation, &rows);
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
    if (!listing_write_json(call, &rows, &writer))
        return false;
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

bool record_run_show(struct call *call, struct invocation *invocation)
{
    struct row row;
    text remark = TEXT_NONE;
    stamp as_of;
    if (!listing_read_as_of(call, option_text(invocation, "as-of"), &as_of) ||
        !find_argument(call, invocation, 0, &row) ||
        (as_of != LISTING_NOW && !ledger_row_at(call, row.record, row.id, as_of, &row)))
        return false;
    if (invocation->as_json)
        return print_json_row(call, invocation, &row);
    bool is_now = as_of == LISTING_NOW && !row.archived;
    if (is_now && row.record->remark && !row.record->remark(call, &row, &remark))
        return false;
    return record_page_show(call, &row, remark, invocation->out, &invocation->terminal);
}

/* --- changing --- */

/* Changes the row that the n-th argument names. */
typedef bool (*change_work)(struct call *call, const struct invocation *invocation, size_t n,
                            rid *id);

/* A row may be named by its id here and by its title there. */
static bool check_twins(struct call *call, const struct invocation *invocation, rid *id)
{
    for (size_t n = 0; n < invocation->argument_count; n++) {
        text word = invocation->argument[n];
        if (!refs_find(call, record_of(invocation), word, &id[n]))
            return false;
        for (size_t before = 0; before < n; before++)
            if (id[before] == id[n])
                return fail(call, FAIL_USAGE, "'%.*s' is named twice",
                            TEXT_FMT(text_until_character(word, FAIL_FIELD_SIZE)));
    }
    return true;
}

/* With several rows the sentence has to say of which it speaks; what is not there, it names. */
static bool change_each(struct call *call, const struct invocation *invocation, change_work work,
                        rid *id)
{
    if (!check_twins(call, invocation, id))
        return false;
    for (size_t n = 0; n < invocation->argument_count; n++) {
        if (work(call, invocation, n, &id[n]))
            continue;
        if (invocation->argument_count > 1 && call->fail.kind != FAIL_NOT_FOUND)
            fail_about(call, invocation->argument[n]);
        return false;
    }
    return true;
}

/*
 * Runs the work on all rows that are named, as one change. The ids, or NULL: the call has failed.
 */
static const rid *change_rows(struct call *call, const struct invocation *invocation,
                              const char *verb, change_work work)
{
    rid *id = call_array(call, invocation->argument_count + 1, sizeof *id);
    text what = call_format(call, "%s %s", verb, record_of(invocation)->label);
    if (!id || !what.at || !change_open(call, what))
        return NULL;
    if (change_each(call, invocation, work, id))
        return change_commit(call) ? id : NULL;
    change_rollback(call);
    return NULL;
}

static bool add_inside(struct call *call, const struct invocation *invocation, rid *id)
{
    struct row row;
    if (!row_init(call, record_of(invocation), &row) || !read_options(call, invocation, &row) ||
        !ledger_create(call, &row))
        return false;
    *id = row.id;
    return find_may_read(call, row.record, row.id) ||
           (call->fail.kind == FAIL_NONE &&
            fail(call, FAIL_FORBIDDEN,
                 "you could not read this %s once it is made: it belongs to others",
                 row.record->label));
}

bool record_run_add(struct call *call, struct invocation *invocation)
{
    rid id;
    text what = call_format(call, "add %s", record_of(invocation)->label);
    if (!what.at || !change_open(call, what))
        return false;
    if (!add_inside(call, invocation, &id)) {
        change_rollback(call);
        return false;
    }
    return change_commit(call) && print_row(call, invocation, id, "", TEXT(""));
}

static bool update_inside(struct call *call, const struct invocation *invocation, size_t n, rid *id)
{
    const char *verb = context_of(invocation)->verb;
    struct row before, after;
    if (!find_argument(call, invocation, n, &before) || !row_copy(call, &before, &after) ||
        !read_options(call, invocation, &after))
        return false;
    *id = before.id;
    if (verb)
        after.value[before.record->state] = before.value[before.record->state];
    return (!verb || state_move(call, &after, verb)) && ledger_update(call, &before, &after);
}

/* A row as it is, or {"change":n|null,"items":[rows]} of several: the same as the API gives. */
static bool print_json_rows(struct call *call, const struct invocation *invocation, const rid *id)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
    json_object(&writer);
    if (change_id(call))
        json_put_int(&writer, "change", change_id(call));
    else
        json_put_null(&writer, "change");
    json_key(&writer, "items");
    json_list(&writer);
    for (size_t n = 0; n < invocation->argument_count; n++) {
        struct row row;
        if (!find_row(call, record_of(invocation), id[n], &row) ||
            !row_show_json(call, &row, refs_name, &writer))
            return false;
    }
    json_list_end(&writer);
    json_object_end(&writer);
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

/* `before` and `after` stand around each row; how all of it is undone is said once. */
static bool print_rows(struct call *call, const struct invocation *invocation, const rid *id,
                       const char *before, text after)
{
    if (invocation->argument_count == 1)
        return print_row(call, invocation, id[0], before, after);
    if (invocation->as_json)
        return print_json_rows(call, invocation, id);
    for (size_t n = 0; n < invocation->argument_count; n++)
        if (!print_row(call, invocation, id[n], before, TEXT("")))
            return false;
    if (change_id(call))
        out_format(invocation->err, "'rondo undo %lld' takes all of it back\n",
                   (long long)change_id(call));
    return true;
}

bool record_run_set(struct call *call, struct invocation *invocation)
{
    if (!has_own_options(invocation)) {
        text words = command_words(call, invocation->command);
        return fail(call, FAIL_USAGE, "nothing to set: give a field, as '%.*s --help' shows them",
                    TEXT_FMT(words));
    }
    const rid *id = change_rows(call, invocation, "set", update_inside);
    return id && print_rows(call, invocation, id, "", TEXT(""));
}

bool record_run_move(struct call *call, struct invocation *invocation)
{
    struct row row;
    const rid *id = change_rows(call, invocation, context_of(invocation)->verb, update_inside);
    if (!id || !find_row(call, record_of(invocation), id[0], &row))
        return false;
    return print_row(call, invocation, id[0], "",
                     call_format(call, ": %.*s", TEXT_FMT(state_of(&row))));
}

static bool drop_inside(struct call *call, const struct invocation *invocation, size_t n, rid *id)
{
    struct row row;
    if (!find_argument(call, invocation, n, &row))
        return false;
    *id = row.id;
    return ledger_archive(call, row.record, row.id);
}

bool record_run_drop(struct call *call, struct invocation *invocation)
{
    const rid *id = change_rows(call, invocation, "drop", drop_inside);
    if (!id)
        return false;
    text public_id = row_public_id(call, record_of(invocation), id[0]);
    return print_rows(call, invocation, id, "dropped ",
                      call_format(call, "; 'rondo %s undo %.*s' brings it back",
                                  invocation->command->name, TEXT_FMT(public_id)));
}

static bool undo_inside(struct call *call, const struct invocation *invocation, size_t n, rid *id)
{
    struct row row;
    if (!find_argument(call, invocation, n, &row))
        return false;
    *id = row.id;
    return ledger_undo_row(call, row.record, row.id);
}

bool record_run_undo(struct call *call, struct invocation *invocation)
{
    struct row row;
    const rid *id = change_rows(call, invocation, "undo", undo_inside);
    if (!id || !find_row(call, record_of(invocation), id[0], &row))
        return false;
    return print_row(call, invocation, id[0], "undone: ",
                     row.archived ? TEXT(" is out of the lists") : TEXT(" is as it was before"));
}
