/* See day_draft.h. */
#include "rooms/day/day_draft.h"

#include "ledger/ledger.h"
#include "ledger/moved.h"
#include "ledger/state.h"
#include "rooms/actions/actions.h"
#include "rooms/day/day.h"
#include "store/find.h"

enum { TODAY_MAX = 10 };

static text person_name(struct call *call)
{
    return find_title(call, catalog_record(call->catalog, TEXT("person")), call->actor.person);
}

/* "- ACT-1 Fix the prompt" */
static void put_line(struct call *call, const struct row *row, struct out *out)
{
    out_format(out, "%s- %.*s %.*s", out->size ? "\n" : "",
               TEXT_FMT(row_public_id(call, row->record, row->id)),
               TEXT_FMT(row_title(call, row)));
}

static void put_moved(struct call *call, const struct moved *moved, struct out *out)
{
    put_line(call, &moved->row, out);
    if (moved->from.at)
        out_format(out, ": %.*s (was %.*s)", TEXT_FMT(moved->to), TEXT_FMT(moved->from));
    else
        out_format(out, ": new, %.*s", TEXT_FMT(moved->to));
}

/* The actor's open actions, what is due first at the top, what has no time last. */
static bool open_actions(struct call *call, bool has_due, struct rows *rows)
{
    struct query query;
    query_init(&query, &action_record);
    query.sort = ACTION_DUE;
    return query_add(call, &query, ACTION_OWNER, FILTER_IS, value_ref(call->actor.person)) &&
           query_add(call, &query, ACTION_STATE, FILTER_IS, value_choice("open")) &&
           query_add(call, &query, ACTION_DUE, has_due ? FILTER_IS_NOT : FILTER_IS, VALUE_NONE) &&
           find_rows(call, &query, rows);
}

static bool draft_today(struct call *call, struct out *out)
{
    size_t count = 0;
    for (int without = 0; without < 2; without++) {
        struct rows rows;
        if (!open_actions(call, !without, &rows))
            return false;
        for (size_t i = 0; i < rows.count && count < TODAY_MAX; i++, count++)
            put_line(call, &rows.row[i], out);
    }
    return true;
}

/* --- the standup --- */

/* The actor's newest standup before that day, or the one of it. False without failure: none. */
static bool find_standup(struct call *call, int64_t day, enum filter_op op, struct row *standup)
{
    struct query query;
    query_init(&query, &standup_record);
    query.sort = STANDUP_DAY;
    query.is_descending = true;
    query.limit = 1;
    return query_add(call, &query, STANDUP_PERSON, FILTER_IS, value_ref(call->actor.person)) &&
           query_add(call, &query, STANDUP_DAY, op, value_int(day)) &&
           find_first(call, &query, standup);
}

/* The first public id in the line leads to the row; one that may not be read is none. */
static bool read_promise(struct call *call, text line, struct day_promise *promise)
{
    *promise = (struct day_promise){ .words = line };
    for (text rest = line; rest.at;) {
        const struct record *record;
        struct row row;
        rid id;
        text word = text_cut(rest, ' ', &rest);
        while (word.size && strchr(".,;:!?)", word.at[word.size - 1]))
            word.size--;
        if (!catalog_id_read(call->catalog, word, &record, &id) ||
            !find_may_read(call, record, id))
            continue;
        if (!find_row(call, record, id, &row))
            return false;
        promise->id = row_public_id(call, record, id);
        promise->state = row.archived ? TEXT("dropped")
                         : record->states ? state_of(&row)
                                          : TEXT_NONE;
        break;
    }
    return call->fail.kind == FAIL_NONE;
}

static bool read_promises(struct call *call, text today, struct standup_draft *draft)
{
    size_t room = 0;
    while (today.at) {
        text line = text_trim(text_cut(today, '\n', &today));
        if (text_starts(line, TEXT("- ")))
            line = text_trim(text_from(line, 2));
        if (line.size == 0)
            continue;
        draft->promise =
            call_more(call, draft->promise, draft->promise_count, &room, sizeof *draft->promise);
        if (!draft->promise ||
            !read_promise(call, line, &draft->promise[draft->promise_count++]))
            return false;
    }
    return true;
}

bool standup_draft_read(struct call *call, struct standup_draft *draft)
{
    struct row last, written;
    struct moved_rows moved;
    struct out progress, today;
    text zone;
    *draft = (struct standup_draft){ .standup = 0 };
    out_init(&progress, call);
    out_init(&today, call);
    if (!day_today(call, call->actor.person, &draft->day, &zone) ||
        !day_begin(call, zone, draft->day - 1, &draft->since))
        return false;
    if (find_standup(call, draft->day, FILTER_IS, &written))
        draft->standup = written.id;
    if (find_standup(call, draft->day, FILTER_LESS, &last)) {
        draft->since = last.created;
        if (!read_promises(call, value_as_text(last.value[STANDUP_TODAY]), draft))
            return false;
    }
    if (call->fail.kind != FAIL_NONE ||
        !moved_list(call, call->actor.person, draft->since, INT64_MAX, &moved))
        return false;
    for (size_t i = 0; i < moved.count; i++)
        put_moved(call, &moved.moved[i], &progress);
    if (!draft_today(call, &today))
        return false;
    draft->progress = out_view(&progress);
    draft->today = out_view(&today);
    return call->fail.kind == FAIL_NONE;
}

bool standup_draft_write_json(struct call *call, const struct standup_draft *draft,
                              struct json_writer *writer)
{
    char day[DATE_TEXT_SIZE];
    date_write(draft->day, day);
    json_object(writer);
    json_put_text(writer, "person", person_name(call));
    json_put_string(writer, "day", day);
    json_put_stamp(writer, "since", draft->since);
    json_put_text(writer, "standup",
                  draft->standup ? row_public_id(call, &standup_record, draft->standup)
                                 : TEXT_NONE);
    json_put_text(writer, "progress", draft->progress);
    json_put_text(writer, "today", draft->today);
    json_key(writer, "promises");
    json_list(writer);
    for (size_t i = 0; i < draft->promise_count; i++) {
        json_object(writer);
        json_put_text(writer, "text", draft->promise[i].words);
        json_put_text(writer, "id", draft->promise[i].id);
        json_put_text(writer, "state", draft->promise[i].state);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static void put_part(struct out *out, const char *head, text words)
{
    out_format(out, "## %s\n\n%.*s\n\n", head, TEXT_FMT(words.size ? words : TEXT("Nothing.")));
}

bool standup_draft_write_words(const struct standup_draft *draft, struct out *out)
{
    put_part(out, "Progress", draft->progress);
    put_part(out, "Today", draft->today);
    if (draft->promise_count)
        out_string(out, "## Said last time\n\n");
    for (size_t i = 0; i < draft->promise_count; i++)
        out_format(out, "- %.*s%s%.*s\n", TEXT_FMT(draft->promise[i].words),
                   draft->promise[i].state.at ? " - now " : "",
                   TEXT_FMT(draft->promise[i].state));
    return !out->failed;
}

static struct value prose(text words)
{
    return words.size ? value_text(words) : VALUE_NONE;
}

bool standup_draft_store(struct call *call, const struct standup_draft *draft, rid *id)
{
    struct row standup;
    if (!row_init(call, &standup_record, &standup))
        return false;
    standup.value[STANDUP_DAY] = value_int(draft->day);
    standup.value[STANDUP_PROGRESS] = prose(draft->progress);
    standup.value[STANDUP_TODAY] = prose(draft->today);
    bool done = ledger_create(call, &standup);
    *id = standup.id;
    return done;
}

/* --- the week's review --- */

static bool find_written(struct call *call, text week, rid *id)
{
    struct query query;
    struct row row;
    query_init(&query, &week_review_record);
    bool is_found = query_add(call, &query, WEEK_REVIEW_PERSON, FILTER_IS,
                              value_ref(call->actor.person)) &&
                    query_add(call, &query, WEEK_REVIEW_WEEK, FILTER_IS, value_text(week)) &&
                    find_first(call, &query, &row);
    *id = is_found ? row.id : 0;
    return call->fail.kind == FAIL_NONE;
}

/* Own actions that were due before and are open still. */
static bool draft_missed(struct call *call, stamp until, struct out *out)
{
    struct rows rows;
    if (!open_actions(call, true, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (value_as_int(rows.row[i].value[ACTION_DUE]) < until)
            put_line(call, &rows.row[i], out);
    return true;
}

bool week_review_draft_read(struct call *call, const iso_week *week,
                            struct week_review_draft *draft)
{
    struct moved_rows moved;
    struct out done, achievements, missed;
    int64_t today;
    text zone;
    stamp from, until;
    char word[WEEK_TEXT_SIZE];
    *draft = (struct week_review_draft){ .week_review = 0 };
    if (!day_today(call, call->actor.person, &today, &zone) ||
        !week_of_stamp(call, zone, call->now, &draft->week))
        return false;
    draft->week = week ? *week : draft->week;
    week_write(draft->week, word);
    out_init(&done, call);
    out_init(&achievements, call);
    out_init(&missed, call);
    if (!week_monday(call, zone, draft->week, &from) ||
        !week_monday(call, zone, draft->week + 1, &until) ||
        !find_written(call, text_of(word), &draft->week_review) ||
        !moved_list(call, call->actor.person, from, until, &moved) ||
        !draft_missed(call, until < call->now ? until : call->now, &missed))
        return false;
    for (size_t i = 0; i < moved.count; i++) {
        bool is_action = moved.moved[i].row.record == &action_record;
        if (is_action && text_is(moved.moved[i].to, "done"))
            put_line(call, &moved.moved[i].row, &done);
        else if (!is_action)
            put_moved(call, &moved.moved[i], &achievements);
    }
    draft->done = out_view(&done);
    draft->achievements = out_view(&achievements);
    draft->missed = out_view(&missed);
    return call->fail.kind == FAIL_NONE;
}

bool week_review_draft_write_json(struct call *call, const struct week_review_draft *draft,
                                  struct json_writer *writer)
{
    char week[WEEK_TEXT_SIZE];
    week_write(draft->week, week);
    json_object(writer);
    json_put_text(writer, "person", person_name(call));
    json_put_string(writer, "week", week);
    json_put_text(writer, "week_review",
                  draft->week_review
                      ? row_public_id(call, &week_review_record, draft->week_review)
                      : TEXT_NONE);
    json_put_text(writer, "done", draft->done);
    json_put_text(writer, "achievements", draft->achievements);
    json_put_text(writer, "missed", draft->missed);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

bool week_review_draft_write_words(const struct week_review_draft *draft, struct out *out)
{
    put_part(out, "Done", draft->done);
    put_part(out, "Achievements", draft->achievements);
    put_part(out, "Missed", draft->missed);
    return !out->failed;
}

bool week_review_draft_store(struct call *call, const struct week_review_draft *draft, rid *id)
{
    struct row review;
    char week[WEEK_TEXT_SIZE];
    week_write(draft->week, week);
    if (!row_init(call, &week_review_record, &review))
        return false;
    review.value[WEEK_REVIEW_WEEK] = value_text(call_text(call, text_of(week)));
    review.value[WEEK_REVIEW_DONE] = prose(draft->done);
    review.value[WEEK_REVIEW_ACHIEVEMENTS] = prose(draft->achievements);
    review.value[WEEK_REVIEW_MISSED] = prose(draft->missed);
    bool done = call->fail.kind == FAIL_NONE && ledger_create(call, &review);
    *id = review.id;
    return done;
}
