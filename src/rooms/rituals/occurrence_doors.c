/* See occurrence_doors.h. Every verb answers with the whole page: several people are at work. */
#include "rooms/rituals/occurrence_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "ledger/change.h"
#include "offers/refs.h"
#include "rooms/rituals/agenda_words.h"
#include "rooms/rituals/minutes.h"
#include "rooms/rituals/occurrence_page.h"
#include "rooms/rituals/ritual_week.h"
#include "rooms/rituals/rituals.h"

/* --- bodies --- */

static bool fail_unknown(struct call *call, text key, const char *const *known)
{
    struct out words;
    out_init(&words, call);
    for (size_t i = 0; known[i]; i++)
        out_format(&words, "%s%s", i ? ", " : "", known[i]);
    return fail_at(call, call_string(call, key), "'%.*s' is not known here: this takes %.*s",
                   TEXT_FMT(key), TEXT_FMT(words.size ? out_view(&words) : TEXT("nothing")));
}

/* The body as an object of which only these keys are known; without a body it is empty. */
static bool read_body(struct call *call, const struct request *request, const char *const *known,
                      struct json *body)
{
    *body = (struct json){ .kind = JSON_OBJECT };
    if (request->body.size && !request_object(call, request, body))
        return false;
    for (size_t i = 0; i < body->count; i++) {
        bool is_known = false;
        for (size_t k = 0; known[k]; k++)
            is_known = is_known || text_is(body->member[i].key, known[k]);
        if (!is_known)
            return fail_unknown(call, body->member[i].key, known);
    }
    return true;
}

/* A text of the body; TEXT_NONE when it is not there or null. */
static bool read_text(struct call *call, const struct json *body, const char *key, text *value)
{
    const struct json *json = json_get(body, key);
    *value = TEXT_NONE;
    if (!json || json->kind == JSON_NULL)
        return true;
    if (json->kind != JSON_TEXT)
        return fail_at(call, key, "'%s' is a text", key);
    *value = json->text;
    return true;
}

static bool read_flag(struct call *call, const struct json *body, const char *key, bool *value)
{
    const struct json *json = json_get(body, key);
    if (!json)
        return true;
    if (json->kind != JSON_BOOL)
        return fail_at(call, key, "'%s' is true or false", key);
    *value = json->boolean;
    return true;
}

/* An instant with its zone, or a local time where the ritual is. */
static bool read_when(struct call *call, text key, text word, stamp *at)
{
    struct occurrence_slot slot;
    text zone;
    enum stamp_form form = word.at ? stamp_read(word, at, NULL) : STAMP_NOT;
    if (form == STAMP_NOT || form == STAMP_DATE_ONLY)
        return fail_at(call, "to",
                       "'%.*s' is not a time: write it like 2026-11-24T10:00, as it is where the "
                       "ritual is",
                       TEXT_FMT(word));
    if (form == STAMP_WITH_ZONE)
        return true;
    return occurrence_find(call, key, &slot) && ritual_zone(call, slot.ritual, &zone) &&
           stamp_from_local(call, zone, *at, at);
}

/* --- routes --- */

static text key_of(const struct request *request)
{
    return request->part[0];
}

static bool answer(struct call *call, text key, struct reply *reply)
{
    return occurrence_page_write(call, key, &reply->json);
}

/* The page of what is stored now, whatever key it was asked for by, and what undo takes back. */
static bool answer_row(struct call *call, const struct row *occurrence, struct reply *reply)
{
    if (change_id(call))
        reply_header(reply, "Rondo-Change", call_format(call, "%lld", (long long)change_id(call)));
    return answer(call, row_public_id(call, &occurrence_record, occurrence->id), reply);
}

bool occurrence_get_run(struct call *call, const struct request *request, struct reply *reply)
{
    return answer(call, key_of(request), reply);
}

bool occurrence_post_open(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { NULL };
    struct json body;
    struct row row;
    return read_body(call, request, known, &body) &&
           occurrence_open(call, key_of(request), &row) && answer_row(call, &row, reply);
}

bool occurrence_post_close(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { "incomplete", "reason", NULL };
    struct json body;
    struct row row;
    text reason;
    bool incomplete = false;
    return read_body(call, request, known, &body) &&
           read_flag(call, &body, "incomplete", &incomplete) &&
           read_text(call, &body, "reason", &reason) &&
           occurrence_close(call, key_of(request), incomplete, reason, &row) &&
           answer_row(call, &row, reply);
}

/* Verbs that need a reason and nothing else. */
static bool post_reason(struct call *call, const struct request *request, struct reply *reply,
                        bool (*verb)(struct call *, text, text, struct row *))
{
    static const char *const known[] = { "reason", NULL };
    struct json body;
    struct row row;
    text reason;
    return read_body(call, request, known, &body) && read_text(call, &body, "reason", &reason) &&
           verb(call, key_of(request), reason, &row) && answer_row(call, &row, reply);
}

bool occurrence_post_skip(struct call *call, const struct request *request, struct reply *reply)
{
    return post_reason(call, request, reply, occurrence_skip);
}

bool occurrence_post_cancel(struct call *call, const struct request *request, struct reply *reply)
{
    return post_reason(call, request, reply, occurrence_cancel);
}

bool occurrence_post_move(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { "to", NULL };
    struct json body;
    struct row row;
    text word;
    stamp to;
    return read_body(call, request, known, &body) && read_text(call, &body, "to", &word) &&
           read_when(call, key_of(request), word, &to) &&
           occurrence_move(call, key_of(request), to, &row) && answer_row(call, &row, reply);
}

bool occurrence_post_item(struct call *call, const struct request *request, struct reply *reply)
{
    struct json body;
    struct row occurrence, item;
    return request_object(call, request, &body) && row_init(call, &agenda_item_record, &item) &&
           row_read_json(call, &body, refs_resolve, true, &item) &&
           occurrence_item_add(call, key_of(request), &item, &occurrence) &&
           answer_row(call, &occurrence, reply);
}

/* By id, or as it is called in the ritual of that day: clones call theirs alike. */
static bool find_preparation(struct call *call, text key, text word, rid *preparation)
{
    struct occurrence_slot slot;
    struct query query;
    struct row row;
    if (text_trim(word).size == 0)
        return fail_at(call, "preparation",
                       "say what is prepared: a preparation of the ritual, by its task or its id");
    if (!occurrence_find(call, key, &slot))
        return false;
    query_init(&query, &ritual_preparation_record);
    if (!query_add(call, &query, RITUAL_PREPARATION_RITUAL, FILTER_IS,
                   value_ref(slot.ritual->id)) ||
        !query_add(call, &query, RITUAL_PREPARATION_TASK, FILTER_IS, value_text(word)))
        return false;
    if (!find_first(call, &query, &row))
        return call->fail.kind == FAIL_NONE &&
               refs_find(call, &ritual_preparation_record, word, preparation);
    *preparation = row.id;
    return true;
}

bool occurrence_post_prepare(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { "preparation", "done", NULL };
    struct json body;
    struct row row;
    text word;
    rid preparation;
    bool is_done = true;
    return read_body(call, request, known, &body) &&
           read_text(call, &body, "preparation", &word) &&
           find_preparation(call, key_of(request), word, &preparation) &&
           read_flag(call, &body, "done", &is_done) &&
           occurrence_prepare(call, key_of(request), preparation, is_done, &row) &&
           answer_row(call, &row, reply);
}

bool occurrence_post_attend(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { "person", "there", NULL };
    const struct record *persons = catalog_record(call->catalog, TEXT("person"));
    struct json body;
    struct row row;
    text word;
    rid person = call->actor.person;
    bool is_there = true;
    return read_body(call, request, known, &body) && read_text(call, &body, "person", &word) &&
           (!word.at || refs_find(call, persons, word, &person)) &&
           read_flag(call, &body, "there", &is_there) &&
           occurrence_attend(call, key_of(request), person, is_there, &row) &&
           answer_row(call, &row, reply);
}

bool occurrence_post_note(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { "text", NULL };
    struct json body;
    struct row note;
    text words;
    return read_body(call, request, known, &body) && read_text(call, &body, "text", &words) &&
           occurrence_note_add(call, key_of(request), words, &note) &&
           answer(call, key_of(request), reply);
}

/* {"record", "values"}: a new row; {"row"}: one that is there. */
static bool add_output(struct call *call, const struct row *occurrence, const struct json *body)
{
    text record_word, row_word;
    const struct record *record;
    const struct json *values = json_get(body, "values");
    struct row row;
    rid id;
    if (!read_text(call, body, "record", &record_word) || !read_text(call, body, "row", &row_word))
        return false;
    if (row_word.at)
        return (catalog_id_read(call->catalog, row_word, &record, &id) ||
                fail_at(call, "row", "there is no record '%.*s'", TEXT_FMT(row_word))) &&
               occurrence_output_link(call, occurrence, record, id);
    record = record_word.at ? catalog_record_word(call->catalog, record_word) : NULL;
    if (!record || record->made_by_program)
        return fail_at(call, "record",
                       "'%.*s' is nothing that a ritual can make: name a record such as action, "
                       "decision or document",
                       TEXT_FMT(record_word));
    if (!values || values->kind != JSON_OBJECT)
        return fail_at(call, "values", "say what the new %s is: an object of its fields",
                       record->label);
    return row_init(call, record, &row) && row_read_json(call, values, refs_resolve, true, &row) &&
           occurrence_output_create(call, occurrence, &row);
}

static bool fail_not_begun(struct call *call, text key)
{
    return fail(call, FAIL_CONFLICT,
                "%.*s has not begun: something comes out of a ritual while it is open",
                TEXT_FMT(key));
}

bool occurrence_post_output(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { "record", "values", "row", NULL };
    struct json body;
    struct occurrence_slot slot;
    if (!read_body(call, request, known, &body) ||
        !occurrence_find(call, key_of(request), &slot))
        return false;
    if (!slot.stored)
        return fail_not_begun(call, key_of(request));
    reply->status = 201;
    return add_output(call, slot.stored, &body) && answer(call, key_of(request), reply);
}

bool occurrence_get_minutes(struct call *call, const struct request *request, struct reply *reply)
{
    struct row row;
    rid id;
    if (!refs_find(call, &minutes_record, request->part[0], &id) ||
        !find_row(call, &minutes_record, id, &row))
        return false;
    reply->type = "text/markdown; charset=utf-8";
    out_text(&reply->body, value_as_text(row.value[MINUTES_BODY]));
    return true;
}

/* --- commands --- */

/* The page as JSON, the same as GET .../run gives. */
static bool print_page(struct call *call, struct invocation *invocation, text key)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, true);
    if (!occurrence_page_write(call, key, &writer))
        return false;
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

/* "Skipped Standup of 2026-11-26: OCC-2." */
static bool say(struct call *call, struct invocation *invocation, const struct row *row,
                const char *what)
{
    text id = row_public_id(call, &occurrence_record, row->id);
    char day[DATE_TEXT_SIZE];
    struct row ritual, minutes;
    if (invocation->as_json)
        return print_page(call, invocation, id);
    if (!find_row(call, &ritual_record, value_as_int(row->value[OCCURRENCE_RITUAL]), &ritual))
        return false;
    date_write(value_as_int(row->value[OCCURRENCE_DAY]), day);
    out_format(invocation->out, "%s %.*s of %s: %.*s.\n", what,
               TEXT_FMT(row_title(call, &ritual)), day, TEXT_FMT(id));
    if (minutes_find(call, row->id, &minutes))
        out_format(invocation->out, "Its minutes are %.*s: 'rondo ritual minutes %.*s'.\n",
                   TEXT_FMT(row_public_id(call, &minutes_record, minutes.id)),
                   TEXT_FMT(row_public_id(call, &minutes_record, minutes.id)));
    return call->fail.kind == FAIL_NONE;
}

bool occurrence_run_agenda(struct call *call, struct invocation *invocation)
{
    struct occurrence_slot slot;
    text key = invocation->argument[0];
    if (invocation->as_json)
        return print_page(call, invocation, key);
    return occurrence_find(call, key, &slot) && agenda_words_write(call, &slot, invocation->out);
}

bool occurrence_run_open(struct call *call, struct invocation *invocation)
{
    struct row row;
    return occurrence_open(call, invocation->argument[0], &row) &&
           say(call, invocation, &row, "Opened");
}

bool occurrence_run_close(struct call *call, struct invocation *invocation)
{
    struct row row;
    bool incomplete = option_flag(invocation, "incomplete");
    return occurrence_close(call, invocation->argument[0], incomplete,
                            option_text(invocation, "reason"), &row) &&
           say(call, invocation, &row, incomplete ? "Closed incomplete" : "Closed");
}

bool occurrence_run_skip(struct call *call, struct invocation *invocation)
{
    struct row row;
    return occurrence_skip(call, invocation->argument[0], option_text(invocation, "reason"),
                           &row) &&
           say(call, invocation, &row, "Skipped");
}

bool occurrence_run_cancel(struct call *call, struct invocation *invocation)
{
    struct row row;
    return occurrence_cancel(call, invocation->argument[0], option_text(invocation, "reason"),
                             &row) &&
           say(call, invocation, &row, "Cancelled");
}

/* Links a row that is there: `rondo incident add` and its like make one. */
bool occurrence_run_made(struct call *call, struct invocation *invocation)
{
    text word = invocation->argument[1];
    struct occurrence_slot slot;
    const struct record *record;
    rid id;
    if (!occurrence_find(call, invocation->argument[0], &slot))
        return false;
    if (!slot.stored)
        return fail_not_begun(call, invocation->argument[0]);
    if (!catalog_id_read(call->catalog, word, &record, &id))
        return fail(call, FAIL_USAGE, "'%.*s' is no row: name one by its id, such as INC-3",
                    TEXT_FMT(word));
    return occurrence_output_link(call, slot.stored, record, id) &&
           say(call, invocation, slot.stored, "Came out of");
}

bool occurrence_run_move(struct call *call, struct invocation *invocation)
{
    struct row row;
    stamp to;
    return read_when(call, invocation->argument[0], option_text(invocation, "to"), &to) &&
           occurrence_move(call, invocation->argument[0], to, &row) &&
           say(call, invocation, &row, "Moved");
}

bool occurrence_run_prepare(struct call *call, struct invocation *invocation)
{
    struct row row;
    rid preparation;
    text key = invocation->argument[0];
    bool is_done = !option_flag(invocation, "undo");
    return find_preparation(call, key, invocation->argument[1], &preparation) &&
           occurrence_prepare(call, key, preparation, is_done, &row) &&
           say(call, invocation, &row, is_done ? "Prepared for" : "Not prepared for");
}

/* Whoever asks, or whom they name. */
bool occurrence_run_attend(struct call *call, struct invocation *invocation)
{
    const struct record *persons = catalog_record(call->catalog, TEXT("person"));
    struct row row;
    rid person = call->actor.person;
    bool is_there = !option_flag(invocation, "undo");
    return (invocation->argument_count < 2 ||
            refs_find(call, persons, invocation->argument[1], &person)) &&
           occurrence_attend(call, invocation->argument[0], person, is_there, &row) &&
           say(call, invocation, &row, is_there ? "There at" : "Not there at");
}

/* The words that follow are one note, as those of `rondo note`. */
bool occurrence_run_say(struct call *call, struct invocation *invocation)
{
    struct row note, row;
    struct out words;
    out_init(&words, call);
    for (size_t i = 1; i < invocation->argument_count; i++)
        out_format(&words, "%s%.*s", i > 1 ? " " : "", TEXT_FMT(invocation->argument[i]));
    return occurrence_note_add(call, invocation->argument[0], out_view(&words), &note) &&
           find_row(call, &occurrence_record,
                    value_as_int(note.value[OCCURRENCE_NOTE_OCCURRENCE]), &row) &&
           say(call, invocation, &row, "Noted at");
}

/* The Markdown as it was written when the occurrence closed: of an id of either. */
bool occurrence_run_minutes(struct call *call, struct invocation *invocation)
{
    struct row row;
    rid id;
    text word = invocation->argument[0];
    bool is_of_occurrence = row_id_read(&occurrence_record, word, &id) && !text_to_int(word, &id);
    if (is_of_occurrence && !minutes_find(call, id, &row))
        return call->fail.kind == FAIL_NONE &&
               fail(call, FAIL_NOT_FOUND, "%.*s has no minutes: closing it writes them",
                    TEXT_FMT(word));
    if (!is_of_occurrence && (!refs_find(call, &minutes_record, word, &id) ||
                              !find_row(call, &minutes_record, id, &row)))
        return false;
    out_text(invocation->out, value_as_text(row.value[MINUTES_BODY]));
    return !invocation->out->failed;
}
