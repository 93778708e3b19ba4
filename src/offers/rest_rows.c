/*
 * See rest_rows.h. What changes runs inside one change (idempotency.h), which holds
 * the store's one writer from its first look at the row: nobody can change the row
 * between the check of If-Match and the writing.
 */
#include "offers/rest_rows.h"

#include "ledger/ledger.h"
#include "ledger/link.h"
#include "ledger/state.h"
#include "offers/history_page.h"
#include "offers/idempotency.h"
#include "offers/listing.h"
#include "offers/refs.h"

enum { WORD_SHOWN_BYTES = 80, HISTORY_LIMIT_DEFAULT = 50, HISTORY_LIMIT_MAX = 200 };

static const struct record *record_of(const struct request *request)
{
    return request->route->context;
}

static bool find_addressed(struct call *call, const struct request *request, struct row *row)
{
    const struct record *record = record_of(request);
    rid id;
    if (row_id_read(record, request->part[0], &id))
        return find_row(call, record, id, row);
    text word = text_until_character(request->part[0], WORD_SHOWN_BYTES);
    return fail(call, FAIL_NOT_FOUND, "there is no %s '%.*s'", record->label, TEXT_FMT(word));
}

static text etag_of(struct call *call, const struct row *row)
{
    return call_format(call, "\"%lld\"", (long long)row->version);
}

static void put_etag(struct call *call, const struct row *row, struct reply *reply)
{
    reply_header(reply, "ETag", etag_of(call, row));
}

static bool reply_row(struct call *call, const struct row *row, struct reply *reply)
{
    put_etag(call, row, reply);
    return row_show_json(call, row, refs_name, &reply->json);
}

/* Read again, as this reader sees it: what was written may hold values that are not his to read. */
static bool reply_stored(struct call *call, const struct record *record, rid id,
                         struct reply *reply)
{
    struct row row;
    return find_row(call, record, id, &row) && reply_row(call, &row, reply);
}

static bool change_row(struct call *call, const struct request *request, struct reply *reply,
                       const char *verb, route_handler inside)
{
    text what = call_format(call, "%s %s", verb, record_of(request)->label);
    return what.at && idempotency_run(call, request, reply, what, inside);
}

/* --- reading --- */

bool rest_list(struct call *call, const struct request *request, struct reply *reply)
{
    struct listing listing;
    struct rows rows;
    return listing_read(call, record_of(request), request->query, request->query_count,
                        &listing) &&
           listing_rows(call, &listing, &rows) && listing_write_json(call, &rows, &reply->json);
}

bool rest_show(struct call *call, const struct request *request, struct reply *reply)
{
    struct row row;
    stamp as_of;
    if (!listing_read_as_of(call, request_query(request, "as_of"), &as_of) ||
        !find_addressed(call, request, &row) ||
        (as_of != LISTING_NOW && !ledger_row_at(call, row.record, row.id, as_of, &row)))
        return false;
    if (!request_names_etag(request, etag_of(call, &row)))
        return reply_row(call, &row, reply);
    put_etag(call, &row, reply);
    reply->status = 304;
    return true;
}

bool rest_history(struct call *call, const struct request *request, struct reply *reply)
{
    struct row row;
    struct versions versions;
    int64_t limit = HISTORY_LIMIT_DEFAULT, before = 0;
    return find_addressed(call, request, &row) &&
           request_int(call, request, "limit", 1, HISTORY_LIMIT_MAX, &limit) &&
           request_int(call, request, "before", 1, INT64_MAX, &before) &&
           history_read(call, row.record, row.id, before, (int)limit, &versions) &&
           history_page_write(call, &versions, &reply->json);
}

bool rest_links(struct call *call, const struct request *request, struct reply *reply)
{
    struct row row;
    if (!find_addressed(call, request, &row))
        return false;
    json_object(&reply->json);
    json_key(&reply->json, "items");
    if (!link_write_json(call, row.record, row.id, &reply->json))
        return false;
    json_put_null(&reply->json, "next");
    json_object_end(&reply->json);
    return true;
}

/* --- making --- */

static bool fail_unreadable(struct call *call, const struct record *record)
{
    fail_clear(call);
    return fail(call, FAIL_FORBIDDEN,
                "you could not read this %s once it is made: it belongs to others", record->label);
}

static bool create_inside(struct call *call, const struct request *request, struct reply *reply)
{
    const struct record *record = record_of(request);
    struct json object;
    struct row row;
    if (!request_object(call, request, &object) || !row_init(call, record, &row) ||
        !row_read_json(call, &object, refs_resolve, true, &row) ||
        !ledger_create(call, &row))
        return false;
    text address = record_address(call, record), id = row_public_id(call, record, row.id);
    reply_header(reply, "Location",
                 call_format(call, "/api/v1/%.*s/%.*s", TEXT_FMT(address), TEXT_FMT(id)));
    reply->status = 201;
    return reply_stored(call, record, row.id, reply) ||
           (call->fail.kind == FAIL_NOT_FOUND && fail_unreadable(call, record));
}

bool rest_create(struct call *call, const struct request *request, struct reply *reply)
{
    return change_row(call, request, reply, "add", create_inside);
}

/* The usual refusal of a method would not say how such a row is made. */
bool rest_refuse_create(struct call *call, const struct request *request, struct reply *reply)
{
    const struct record *record = record_of(request);
    fail(call, FAIL_USAGE, "%s %s is not made by POST: %s", record_article(record), record->label,
         record->help);
    reply->status = 405;
    reply_header(reply, "Allow", TEXT("GET, HEAD"));
    reply_problem_open(reply, call);
    json_object_end(&reply->json);
    fail_clear(call);
    return true;
}

/* --- changing --- */

/* The version that the client has seen; left alone when it does not say. */
static bool read_if_match(struct call *call, const struct request *request, int64_t *version)
{
    text word = text_trim(request_header(request, "if-match"));
    int64_t seen;
    if (!word.at || text_is(word, "*"))
        return true;
    bool is_quoted = word.size > 2 && word.at[0] == '"' && word.at[word.size - 1] == '"';
    if (!is_quoted || !text_to_int((text){ word.at + 1, word.size - 2 }, &seen))
        return fail(call, FAIL_USAGE,
                    "the header 'If-Match' takes the ETag of the row, such as \"3\", not '%.*s'",
                    TEXT_FMT(text_until_character(word, WORD_SHOWN_BYTES)));
    *version = seen;
    return true;
}

/* A row about to change, as it is and as it will be. */
struct edit {
    struct row now, after;
    struct json object; /* the body; no members when there is none */
    int64_t seen;       /* the version that the client has seen */
};

static bool edit_read(struct call *call, const struct request *request, bool needs_body,
                      struct edit *edit)
{
    edit->object = (struct json){ .kind = JSON_OBJECT };
    if (!find_addressed(call, request, &edit->now) || !row_copy(call, &edit->now, &edit->after))
        return false;
    edit->seen = edit->now.version;
    if ((needs_body || request->body.size) && !request_object(call, request, &edit->object))
        return false;
    return read_if_match(call, request, &edit->seen) &&
           row_read_json(call, &edit->object, refs_resolve, false, &edit->after);
}

/* Given, changed by somebody else since the client looked, and not to the same value. */
static bool is_in_conflict(const struct edit *edit, const struct row *seen, size_t i)
{
    const struct field *field = &edit->now.record->field[i];
    return json_get(&edit->object, field->name) &&
           !value_equal(seen->value[i], edit->now.value[i]) &&
           !value_equal(edit->now.value[i], edit->after.value[i]);
}

static bool write_conflicts(struct call *call, const struct edit *edit, const struct row *seen,
                            struct json_writer *writer)
{
    for (size_t i = 0; i < edit->now.record->field_count; i++) {
        const struct field *field = &edit->now.record->field[i];
        if (!is_in_conflict(edit, seen, i))
            continue;
        bool is_shown = history_page_shows(field);
        json_object(writer);
        json_put_string(writer, "field", field->name);
        json_key(writer, "yours");
        if (!value_write_json(call, field, is_shown ? edit->after.value[i] : VALUE_NONE, refs_name,
                              writer))
            return false;
        json_key(writer, "theirs");
        if (!value_write_json(call, field, is_shown ? edit->now.value[i] : VALUE_NONE, refs_name,
                              writer))
            return false;
        json_object_end(writer);
    }
    return true;
}

/* Answers 412 with what a page needs to let a person choose. */
static bool reply_stale(struct call *call, struct edit *edit, struct reply *reply)
{
    struct row stale = edit->now, seen;
    stale.version = edit->seen;
    struct row refused;
    if (!row_copy(call, &edit->now, &refused) || ledger_update(call, &stale, &refused) ||
        call->fail.kind != FAIL_STALE)
        return false;
    reply->status = 412;
    put_etag(call, &edit->now, reply);
    reply_problem_open(reply, call);
    fail_clear(call);
    json_put_int(&reply->json, "version", edit->now.version);
    json_key(&reply->json, "conflicts");
    json_list(&reply->json);
    bool is_known = history_row(call, edit->now.record, edit->now.id, edit->seen, &seen);
    if (!is_known && call->fail.kind == FAIL_NOT_FOUND)
        fail_clear(call); /* a version that never was: nothing to compare with */
    if (is_known && !write_conflicts(call, edit, &seen, &reply->json))
        return false;
    json_list_end(&reply->json);
    json_object_end(&reply->json);
    return call->fail.kind == FAIL_NONE;
}

static bool edit_write(struct call *call, struct edit *edit, struct reply *reply)
{
    return ledger_update(call, &edit->now, &edit->after) &&
           reply_stored(call, edit->now.record, edit->now.id, reply);
}

static bool update_inside(struct call *call, const struct request *request, struct reply *reply)
{
    struct edit edit;
    if (!edit_read(call, request, true, &edit))
        return false;
    return edit.seen != edit.now.version ? reply_stale(call, &edit, reply)
                                         : edit_write(call, &edit, reply);
}

bool rest_update(struct call *call, const struct request *request, struct reply *reply)
{
    return change_row(call, request, reply, "set", update_inside);
}

static bool archive_inside(struct call *call, const struct request *request, struct reply *reply)
{
    struct edit edit;
    if (!edit_read(call, request, false, &edit))
        return false;
    if (edit.seen != edit.now.version)
        return reply_stale(call, &edit, reply);
    reply->status = 204;
    return ledger_archive(call, edit.now.record, edit.now.id);
}

bool rest_archive(struct call *call, const struct request *request, struct reply *reply)
{
    return change_row(call, request, reply, "drop", archive_inside);
}

static bool undo_inside(struct call *call, const struct request *request, struct reply *reply)
{
    struct row row;
    return find_addressed(call, request, &row) && ledger_undo_row(call, row.record, row.id) &&
           reply_stored(call, row.record, row.id, reply);
}

bool rest_undo(struct call *call, const struct request *request, struct reply *reply)
{
    return change_row(call, request, reply, "undo", undo_inside);
}

/* --- verbs of states --- */

static bool fail_no_verb(struct call *call, const struct record *record, text verb)
{
    struct out verbs;
    out_init(&verbs, call);
    for (const struct transition *step = record->states; step->verb; step++)
        out_format(&verbs, "%s'%s'", verbs.size ? ", " : "", step->verb);
    text view = out_view(&verbs);
    return fail(call, FAIL_NOT_FOUND, "'%.*s' is nothing that %s %s can do: there are %.*s",
                TEXT_FMT(text_until_character(verb, WORD_SHOWN_BYTES)), record_article(record),
                record->label, TEXT_FMT(view));
}

static const char *verb_of(const struct request *request)
{
    for (const struct transition *step = record_of(request)->states; step->verb; step++)
        if (text_is(request->part[1], step->verb))
            return step->verb;
    return NULL;
}

/* Fields may come with the verb: what its guard asks for is given in the same request. */
static bool move_inside(struct call *call, const struct request *request, struct reply *reply)
{
    struct edit edit;
    if (!edit_read(call, request, false, &edit))
        return false;
    if (edit.seen != edit.now.version)
        return reply_stale(call, &edit, reply);
    edit.after.value[edit.now.record->state] = edit.now.value[edit.now.record->state];
    return state_move(call, &edit.after, verb_of(request)) && edit_write(call, &edit, reply);
}

bool rest_move(struct call *call, const struct request *request, struct reply *reply)
{
    const char *verb = verb_of(request);
    if (!verb)
        return fail_no_verb(call, record_of(request), request->part[1]);
    return change_row(call, request, reply, verb, move_inside);
}
