/* See note_doors.h. */
#include "rooms/day/note_doors.h"

#include "base/source.h"
#include "base/visible.h"
#include "http/reply.h"
#include "http/request.h"
#include "ledger/ledger.h"
#include "offers/idempotency.h"
#include "offers/refs.h"
#include "rooms/day/day.h"
#include "rooms/day/day_balance.h"
#include "rooms/day/day_body.h"
#include "rooms/day/note_page.h"
#include "rooms/day/note_turn.h"

static bool print_row_json(struct call *call, struct invocation *invocation, const struct row *row)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
    if (!row_write_json(call, row, refs_name, &writer))
        return false;
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

/* --- capture --- */

/* The words of the line with blanks between them; standard input for a single hyphen. */
static bool read_words(struct call *call, const struct invocation *invocation, text *words)
{
    struct out out;
    if (invocation->argument_count == 1 && text_is(invocation->argument[0], "-")) {
        struct source *source = source_open(call, "-", TEXT_NONE);
        bool done = source && source_rest(call, source, PROSE_BYTES_MAX, words);
        if (done)
            *words = call_text(call, text_trim(*words));
        if (source)
            source_close(source);
        return done && words->at;
    }
    out_init(&out, call);
    for (size_t i = 0; i < invocation->argument_count; i++)
        out_format(&out, "%s%.*s", i ? " " : "", TEXT_FMT(invocation->argument[i]));
    *words = text_trim(out_view(&out));
    return call->fail.kind == FAIL_NONE;
}

static void put_dimensions(unsigned bits, struct out *out)
{
    const char *between = ": ";
    for (int i = 0; i < DIMENSION_COUNT; i++) {
        if (!(bits >> i & 1))
            continue;
        out_format(out, "%s%s", between, dimension_facts[i].label);
        between = ", ";
    }
    if (!bits)
        out_string(out, ": unsorted");
}

bool note_doors_capture(struct call *call, struct invocation *invocation)
{
    struct row note;
    text words;
    if (!read_words(call, invocation, &words) || !row_init(call, &note_record, &note))
        return false;
    if (words.size == 0)
        return fail(call, FAIL_USAGE, "a note needs words: 'rondo note TEXT', or '-' to read them");
    note.value[NOTE_BODY] = value_text(words);
    if (!ledger_create(call, &note) || !find_row(call, &note_record, note.id, &note))
        return false;
    if (invocation->as_json)
        return print_row_json(call, invocation, &note);
    struct out *out = invocation->out;
    text reason = value_as_text(note.value[NOTE_DIMENSION_REASON]);
    paint(out, &invocation->terminal, PAINT_BOLD, row_public_id(call, &note_record, note.id));
    put_dimensions(note.dimensions, out);
    if (reason.size) {
        out_string(out, " (");
        visible_write(out, reason);
        out_char(out, ')');
    }
    out_char(out, '\n');
    return call->fail.kind == FAIL_NONE && !out->failed;
}

/* --- turn --- */

static bool find_note(struct call *call, text word, struct row *note)
{
    rid id;
    return refs_find(call, &note_record, word, &id) && find_row(call, &note_record, id, note);
}

bool note_doors_turn(struct call *call, struct invocation *invocation)
{
    struct row note, made;
    struct note_turn turn = { .into = option_text(invocation, "into"),
                              .owner = option_text(invocation, "owner"),
                              .due = option_text(invocation, "due") };
    if (!turn.into.at)
        return fail(call, FAIL_USAGE, "say what it becomes: --into action");
    if (!find_note(call, invocation->argument[0], &note) || !note_turn(call, &note, &turn, &made) ||
        !find_row(call, made.record, made.id, &made))
        return false;
    if (invocation->as_json)
        return print_row_json(call, invocation, &made);
    paint(invocation->out, &invocation->terminal, PAINT_BOLD,
          row_public_id(call, made.record, made.id));
    out_char(invocation->out, ' ');
    visible_write(invocation->out, row_title(call, &made));
    out_format(invocation->out, ", from %.*s\n",
               TEXT_FMT(row_public_id(call, &note_record, note.id)));
    return call->fail.kind == FAIL_NONE && !invocation->out->failed;
}

/* {"into", "owner", "due"}, all texts; the last two may be left out or null. */
static bool read_turn(struct call *call, const struct request *request, struct note_turn *turn)
{
    struct json body;
    const struct day_key keys[] = {
        { "into", &turn->into }, { "owner", &turn->owner }, { "due", &turn->due }, { 0 }
    };
    if (!request_object(call, request, &body) || !day_body_read(call, &body, keys))
        return false;
    return turn->into.size || fail_at(call, "into", "say what the note becomes: 'into' is missing");
}

static bool turn_inside(struct call *call, const struct request *request, struct reply *reply)
{
    struct note_turn turn = { .into = TEXT_NONE };
    struct row note, made;
    rid id;
    if (!row_id_read(&note_record, request->part[0], &id))
        return fail(call, FAIL_NOT_FOUND, "there is no note '%.*s'",
                    TEXT_FMT(text_until_character(request->part[0], FAIL_FIELD_SIZE)));
    if (!find_row(call, &note_record, id, &note) || !read_turn(call, request, &turn) ||
        !note_turn(call, &note, &turn, &made) || !find_row(call, made.record, made.id, &made))
        return false;
    reply->status = 201;
    json_object(&reply->json);
    json_put_string(&reply->json, "record", made.record->name);
    json_key(&reply->json, "row");
    if (!row_write_json(call, &made, refs_name, &reply->json))
        return false;
    json_object_end(&reply->json);
    return true;
}

bool note_doors_post_turn(struct call *call, const struct request *request, struct reply *reply)
{
    return idempotency_run(call, request, reply, TEXT("turn note"), turn_inside);
}

/* --- balance, and notes by dimension --- */

static bool read_balance(struct call *call, text week, text person, int64_t days,
                         struct day_balance *balance)
{
    iso_week monday = 0;
    rid id = call->actor.person;
    const struct record *persons = catalog_record(call->catalog, TEXT("person"));
    return week_check(call, week, &monday) &&
           (!person.at || refs_find(call, persons, person, &id)) &&
           day_balance_read(call, id, week.at ? &monday : NULL, days, balance);
}

bool note_doors_balance(struct call *call, struct invocation *invocation)
{
    struct day_balance balance;
    struct json_writer writer;
    if (!read_balance(call, option_text(invocation, "week"), option_text(invocation, "person"),
                      option_int(invocation, "days", NEGLECTED_DAYS_DEFAULT), &balance))
        return false;
    if (!invocation->as_json)
        return day_balance_write_words(call, &balance, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    if (!day_balance_write_json(call, &balance, &writer))
        return false;
    out_char(invocation->out, '\n');
    return true;
}

bool note_doors_get_balance(struct call *call, const struct request *request, struct reply *reply)
{
    struct day_balance balance;
    int64_t days = NEGLECTED_DAYS_DEFAULT;
    return request_int(call, request, "days", 1, 365, &days) &&
           read_balance(call, request_query(request, "week"), request_query(request, "person"),
                        days, &balance) &&
           day_balance_write_json(call, &balance, &reply->json);
}

bool note_doors_by_dimension(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    if (!invocation->as_json)
        return note_page_markdown(call, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    if (!note_page_write_json(call, &writer))
        return false;
    out_char(invocation->out, '\n');
    return true;
}

bool note_doors_get_by_dimension(struct call *call, const struct request *request,
                                 struct reply *reply)
{
    (void)request;
    return note_page_write_json(call, &reply->json);
}
