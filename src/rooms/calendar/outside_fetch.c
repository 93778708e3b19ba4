/* See outside_fetch.h. */
#include "rooms/calendar/outside_fetch.h"

#include "base/hash.h"
#include "base/secret.h"
#include "ledger/ledger.h"
#include "links/pull.h"
#include "store/find.h"
#include "store/sql.h"
#include "store/store.h"

enum { FAILURE_BYTES_MAX = 900 };

static const stamp every = STAMP_HOUR, first_wait = 15 * STAMP_MINUTE, longest_wait = STAMP_DAY;

static const struct column fetch_columns[] = {
    { "calendar", COLUMN_INT, true },  { "address", COLUMN_TEXT, true },
    { "asked_at", COLUMN_INT, true },  { "next_at", COLUMN_INT, true },
    { "failures", COLUMN_INT, true },  { "read_at", COLUMN_INT, true },
    { "content", COLUMN_TEXT, false }, { "etag", COLUMN_TEXT, false },
    { "modified", COLUMN_TEXT, false }, { .name = NULL },
};

const struct table outside_fetch_table = {
    .name = "outside_fetch",
    .column = fetch_columns,
    .key = { "calendar" },
};

/* --- what is known of the last time --- */

struct state {
    text address;        /* the digest of the one that was asked */
    stamp asked_at, next_at;
    int64_t failures;    /* one after the other */
    stamp read_at;       /* of the row, when it was read by us */
    text content;        /* a digest of what was read */
    text etag, modified; /* of the same */
};

static text kept(struct call *call, struct sql *sql, int column)
{
    return sql_is_null(sql, column) ? TEXT_NONE : call_text(call, sql_text(sql, column));
}

static bool read_state(struct call *call, rid calendar, struct state *state)
{
    struct sql *sql = SQL(call, "SELECT address, asked_at, next_at, failures, read_at, content, "
                                "etag, modified FROM outside_fetch WHERE calendar = ?1");
    *state = (struct state){ .address = TEXT_NONE };
    if (!sql)
        return false;
    sql_bind_int(sql, 1, calendar);
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        *state = (struct state){ .address = kept(call, sql, 0),
                                 .asked_at = sql_int(sql, 1),
                                 .next_at = sql_int(sql, 2),
                                 .failures = sql_int(sql, 3),
                                 .read_at = sql_int(sql, 4),
                                 .content = kept(call, sql, 5),
                                 .etag = kept(call, sql, 6),
                                 .modified = kept(call, sql, 7) };
    sql_done(sql);
    return step != SQL_FAILED && call->fail.kind == FAIL_NONE;
}

/*
 * What was said of another address says nothing of this one; and what a file has taken the place
 * of since is to come again, changed or not.
 */
static bool find_state(struct call *call, const struct row *calendar, struct state *state)
{
    text address = secret_digest(call, value_as_text(calendar->value[OUTSIDE_CALENDAR_ADDRESS]));
    if (!address.at || !read_state(call, calendar->id, state))
        return false;
    if (!text_equal(address, state->address))
        *state = (struct state){ .address = address };
    if (state->read_at != value_as_int(calendar->value[OUTSIDE_CALENDAR_READ_AT]))
        state->content = state->etag = state->modified = TEXT_NONE;
    return true;
}

static bool put_state(struct call *call, rid calendar, const struct state *state)
{
    struct sql *sql =
        SQL(call, "INSERT INTO outside_fetch (calendar, address, asked_at, next_at, failures, "
                  "read_at, content, etag, modified) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
                  "ON CONFLICT (calendar) DO UPDATE SET address = excluded.address, asked_at = "
                  "excluded.asked_at, next_at = excluded.next_at, failures = excluded.failures, "
                  "read_at = excluded.read_at, content = excluded.content, etag = excluded.etag, "
                  "modified = excluded.modified");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, calendar);
    sql_bind_text(sql, 2, state->address);
    sql_bind_int(sql, 3, state->asked_at);
    sql_bind_int(sql, 4, state->next_at);
    sql_bind_int(sql, 5, state->failures);
    sql_bind_int(sql, 6, state->read_at);
    sql_bind_text(sql, 7, state->content);
    sql_bind_text(sql, 8, state->etag);
    sql_bind_text(sql, 9, state->modified);
    return sql_run(call, sql);
}

static bool write_state(struct call *call, rid calendar, const struct state *state)
{
    if (!store_begin(call))
        return false;
    if (put_state(call, calendar, state) && store_commit(call))
        return true;
    if (store_in_transaction(call))
        store_rollback(call);
    return false;
}

/* --- what came --- */

static void put_part(struct out *out, text part)
{
    out_format(out, "%zu:", part.size);
    out_text(out, part);
}

/* Of what is kept of each event: many servers give everything a new DTSTAMP at each asking. */
static text content_of(struct call *call, const struct ics_calendar *read)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < read->count; i++) {
        const struct ics_event *event = &read->event[i];
        const text part[] = { event->uid, event->summary, event->location, event->status,
                              event->zone, event->rrule };
        for (size_t k = 0; k < sizeof part / sizeof *part; k++)
            put_part(&out, part[k]);
        out_format(&out, "%lld %lld %d%d%d", (long long)event->start.at, (long long)event->end.at,
                   event->start.is_day, event->is_private, event->is_free);
        for (size_t k = 0; k < event->exdate_count; k++)
            out_format(&out, " %lld", (long long)event->exdate[k].at);
        for (size_t k = 0; k < event->override_count; k++) {
            const struct ics_override *override = &event->override[k];
            out_format(&out, " %lld %lld %lld ", (long long)override->recurrence_id.at,
                       (long long)override->start.at, (long long)override->end.at);
            put_part(&out, override->summary);
            put_part(&out, override->status);
        }
    }
    return out.failed ? TEXT_NONE : secret_digest(call, out_view(&out));
}

static bool is_whole(text body)
{
    text end = TEXT("END:VCALENDAR"), words = text_trim(body);
    return words.size >= end.size &&
           text_same_word(text_from(words, words.size - end.size), end);
}

/* What is wrong with it is a failure like any other; trouble of ours is not. */
static bool read_body(struct call *call, text body, struct ics_calendar *read, text *failure)
{
    if (ics_read(call, body, read)) {
        if (!is_whole(body))
            *failure = TEXT("it is cut off: a line 'END:VCALENDAR' is missing at its end");
        return true;
    }
    if (call->fail.kind != FAIL_INVALID && call->fail.kind != FAIL_TOO_LARGE)
        return false;
    *failure = call_text(call, text_of(call->fail.sentence));
    fail_clear(call);
    return failure->at != NULL;
}

static bool take_body(struct call *call, struct row *calendar, const struct pulled *pulled,
                      struct state *state, struct outside_fetched *fetched, text *failure)
{
    if (!read_body(call, pulled->body, &fetched->read, failure) || failure->at)
        return call->fail.kind == FAIL_NONE;
    text content = content_of(call, &fetched->read);
    fetched->is_same = content.at && state->content.at && text_equal(content, state->content);
    if (!content.at ||
        (!fetched->is_same && !outside_calendar_take(call, calendar, &fetched->read)))
        return false;
    state->content = content;
    state->etag = pulled->etag;
    state->modified = pulled->modified;
    state->read_at = value_as_int(calendar->value[OUTSIDE_CALENDAR_READ_AT]);
    return true;
}

/* --- how it went --- */

/* Each wait is twice the one before; the other side may ask for more. None is over a day. */
static stamp wait_of(int64_t failures, int64_t asked_seconds)
{
    stamp wait = first_wait;
    for (int64_t i = 1; i < failures && wait < longest_wait; i++)
        wait *= 2;
    if (asked_seconds > longest_wait / STAMP_SECOND)
        asked_seconds = longest_wait / STAMP_SECOND;
    if (wait < asked_seconds * STAMP_SECOND)
        wait = asked_seconds * STAMP_SECOND;
    return wait < longest_wait ? wait : longest_wait;
}

/* The row says the failure that it is now, and since when there is one. */
static bool tell(struct call *call, struct row *calendar, text failure)
{
    struct row after;
    text was = value_as_text(calendar->value[OUTSIDE_CALENDAR_FAILURE]);
    if (text_equal(was, failure) || !row_copy(call, calendar, &after))
        return call->fail.kind == FAIL_NONE;
    after.value[OUTSIDE_CALENDAR_FAILURE] = failure.at ? value_text(failure) : VALUE_NONE;
    if (!failure.at)
        after.value[OUTSIDE_CALENDAR_FAILED_AT] = VALUE_NONE;
    else if (!was.at)
        after.value[OUTSIDE_CALENDAR_FAILED_AT] = value_stamp(call->now);
    if (!ledger_update(call, calendar, &after))
        return false;
    *calendar = after;
    return true;
}

static bool settle(struct call *call, struct row *calendar, struct state *state, text failure,
                   int64_t asked_seconds)
{
    state->failures = failure.at ? state->failures + 1 : 0;
    state->next_at = call->now + (failure.at ? wait_of(state->failures, asked_seconds) : every);
    if (failure.at)
        failure = text_until_character(failure, FAILURE_BYTES_MAX);
    return write_state(call, calendar->id, state) && tell(call, calendar, failure);
}

static bool ask(struct call *call, struct row *calendar, struct state *state,
                struct outside_fetched *fetched)
{
    const struct pull pull = {
        .url = outside_address_url(call,
                                   value_as_text(calendar->value[OUTSIDE_CALENDAR_ADDRESS])),
        .accept = TEXT("text/calendar"),
        .etag = state->etag,
        .modified = state->modified,
        .size_max = ICS_BYTES_MAX,
        .may_be_inside = value_as_bool(calendar->value[OUTSIDE_CALENDAR_INSIDE]),
    };
    struct pulled pulled;
    if (!pull.url.at || !pull_document(call, &pull, &pulled))
        return false;
    text failure = pulled.failure;
    fetched->is_same = pulled.is_same;
    if (!failure.at && !pulled.is_same &&
        !take_body(call, calendar, &pulled, state, fetched, &failure))
        return false;
    fetched->has_failed = failure.at != NULL;
    return settle(call, calendar, state, failure, pulled.retry_after);
}

/* The next time is written before it is asked, so that no other server asks meanwhile. */
bool outside_fetch(struct call *call, struct row *calendar, struct outside_fetched *fetched)
{
    struct state state;
    *fetched = (struct outside_fetched){ .has_failed = false };
    if (!outside_calendar_check_owner(call, calendar))
        return false;
    if (!value_as_text(calendar->value[OUTSIDE_CALENDAR_ADDRESS]).size)
        return fail(call, FAIL_CONFLICT,
                    "the outside calendar '%.*s' has no address: 'rondo outside-calendar set' "
                    "gives it one, or 'rondo calendar import' reads a file",
                    TEXT_FMT(value_as_text(calendar->value[OUTSIDE_CALENDAR_NAME])));
    if (!find_state(call, calendar, &state))
        return false;
    state.asked_at = call->now;
    state.next_at = call->now + first_wait;
    return write_state(call, calendar->id, &state) && ask(call, calendar, &state, fetched);
}

/* --- those that are due --- */

struct due {
    rid *calendar;
    int count, most;
};

/* Those that were never asked come first. */
static struct sql *ask_due(struct call *call)
{
    return SQL(call, "SELECT c.id, c.address, f.address, f.next_at FROM outside_calendars c LEFT "
                     "JOIN outside_fetch f ON f.calendar = c.id WHERE c.archived = 0 AND c.address "
                     "IS NOT NULL ORDER BY COALESCE(f.next_at, 0), c.id");
}

static bool find_due(struct call *call, struct due *due)
{
    due->calendar = call_array(call, (size_t)due->most, sizeof *due->calendar);
    struct sql *sql = due->calendar ? ask_due(call) : NULL;
    enum sql_step step = SQL_FAILED;
    while (sql && due->count < due->most && (step = sql_step(call, sql)) == SQL_ROW) {
        text address = secret_digest(call, sql_text(sql, 1));
        if (sql_is_null(sql, 2) || sql_int(sql, 3) <= call->now ||
            !text_equal(address, sql_text(sql, 2)))
            due->calendar[due->count++] = sql_int(sql, 0);
    }
    if (sql)
        sql_done(sql);
    return sql && step != SQL_FAILED && call->fail.kind == FAIL_NONE;
}

bool outside_fetch_is_due(struct call *call, bool *is_due)
{
    struct due due = { .most = 1 };
    *is_due = find_due(call, &due) && due.count > 0;
    return call->fail.kind == FAIL_NONE;
}

/* One that somebody changed just now is asked the next time. */
static bool fetch_one(struct call *call, rid id, int *asked)
{
    struct outside_fetched fetched;
    struct row calendar;
    bool is_done = find_row(call, &outside_calendar_record, id, &calendar) &&
                   outside_fetch(call, &calendar, &fetched);
    ++*asked;
    if (!is_done && (call->fail.kind == FAIL_STALE || call->fail.kind == FAIL_CONFLICT ||
                     call->fail.kind == FAIL_NOT_FOUND))
        fail_clear(call);
    return call->fail.kind == FAIL_NONE;
}

bool outside_fetch_due(struct call *call, int most, int *asked)
{
    struct due due = { .most = most };
    bool all_rows = call->all_rows;
    *asked = 0;
    call->all_rows = true;
    bool is_done = find_due(call, &due);
    for (int i = 0; is_done && i < due.count; i++)
        is_done = fetch_one(call, due.calendar[i], asked);
    call->all_rows = all_rows;
    return is_done;
}

bool outside_fetch_when(struct call *call, rid calendar, stamp *asked_at, stamp *next_at)
{
    struct state state;
    if (!read_state(call, calendar, &state))
        return false;
    *asked_at = state.asked_at;
    *next_at = state.next_at;
    return true;
}
