/* See digest.h. */
#include "rooms/day/digest.h"

#include "base/stamp.h"
#include "base/visible.h"
#include "offers/refs.h"
#include "rooms/day/day.h"
#include "rooms/knowledge/knowledge.h"

enum { WEEK_DAYS = 7 };

enum frequency { DAILY, WEEKLY, NEVER };

/* Days are counted from a Thursday, 1970-01-01. */
static bool is_monday(int64_t day)
{
    return ((day - 4) % WEEK_DAYS + WEEK_DAYS) % WEEK_DAYS == 0;
}

/* --- what was chosen --- */

/* Nobody's rows but the actor's own are read of a private record. */
static bool choices_of(struct call *call, struct rows *choices)
{
    struct query query;
    query_init(&query, &digest_choice_record);
    return find_rows(call, &query, choices);
}

static enum frequency frequency_of(const struct rows *choices, const char *kind)
{
    for (size_t i = 0; i < choices->count; i++) {
        const struct value *value = choices->row[i].value;
        if (!text_is(value_as_text(value[DIGEST_CHOICE_KIND]), kind))
            continue;
        text word = value_as_text(value[DIGEST_CHOICE_FREQUENCY]);
        return text_is(word, "never") ? NEVER : text_is(word, "weekly") ? WEEKLY : DAILY;
    }
    return DAILY;
}

/* --- what is told --- */

static void keep_wanted(const struct rows *choices, struct digest *digest)
{
    size_t kept = 0;
    for (size_t i = 0; i < digest->needs.count; i++) {
        enum frequency frequency = frequency_of(choices, digest->needs.need[i].kind);
        if (frequency == NEVER)
            digest->unwanted++;
        else if (frequency == WEEKLY && !is_monday(digest->day))
            digest->until_monday++;
        else
            digest->needs.need[kept++] = digest->needs.need[i];
    }
    digest->needs.count = kept;
}

/* Days of decisions are the workspace's: one that has not ended there is told the next time. */
static bool set_stretch(struct call *call, enum frequency frequency, struct digest *digest)
{
    int days = frequency == DAILY                                  ? 1
               : frequency == WEEKLY && is_monday(digest->day) ? WEEK_DAYS
                                                                   : 0;
    if (!decision_day(call, call->now, &digest->decided_until))
        return false;
    digest->decided_from = digest->decided_until - days;
    return true;
}

/* A proposal that has a day is not decided yet. */
static bool find_decided(struct call *call, struct digest *digest)
{
    struct query query;
    query_init(&query, &decision_record);
    return digest->decided_from == digest->decided_until ||
           (query_add(call, &query, DECISION_DECIDED, FILTER_AT_LEAST,
                      value_int(digest->decided_from)) &&
            query_add(call, &query, DECISION_DECIDED, FILTER_LESS,
                      value_int(digest->decided_until)) &&
            query_add(call, &query, DECISION_STATE, FILTER_IS_NOT, value_choice("proposed")) &&
            find_rows(call, &query, &digest->decided));
}

bool digest_read(struct call *call, struct digest *digest)
{
    struct inbox inbox;
    struct rows choices;
    text zone;
    *digest = (struct digest){ .day = 0 };
    if (!day_today(call, call->actor.person, &digest->day, &zone) || !inbox_read(call, &inbox) ||
        !choices_of(call, &choices))
        return false;
    digest->needs = inbox.needs;
    keep_wanted(&choices, digest);
    return set_stretch(call, frequency_of(&choices, "decided"), digest) &&
           find_decided(call, digest);
}

/* --- JSON and words --- */

static void write_day(struct json_writer *writer, const char *name, int64_t day)
{
    char room[DATE_TEXT_SIZE];
    date_write(day, room);
    json_put_text(writer, name, text_of(room));
}

static bool write_decided(struct call *call, const struct digest *digest,
                          struct json_writer *writer)
{
    json_key(writer, "decided");
    json_list(writer);
    for (size_t i = 0; i < digest->decided.count; i++)
        if (!row_show_json(call, &digest->decided.row[i], refs_name, writer))
            return false;
    json_list_end(writer);
    return true;
}

bool digest_write_json(struct call *call, const struct digest *digest, struct json_writer *writer)
{
    json_object(writer);
    write_day(writer, "day", digest->day);
    json_key(writer, "waits");
    needs_write_json(call, &digest->needs, writer);
    write_day(writer, "decided_from", digest->decided_from);
    write_day(writer, "decided_until", digest->decided_until);
    if (!write_decided(call, digest, writer))
        return false;
    json_put_int(writer, "until_monday", digest->until_monday);
    json_put_int(writer, "unwanted", digest->unwanted);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static void write_line(struct call *call, const struct record *record, rid id, text title,
                       struct out *out)
{
    out_format(out, "%.*s  ", TEXT_FMT(row_public_id(call, record, id)));
    visible_write(out, title);
}

static void write_needs(struct call *call, const struct digest *digest, struct out *out)
{
    for (size_t i = 0; i < digest->needs.count; i++) {
        const struct need *need = &digest->needs.need[i];
        write_line(call, need->record, need->row, need->title, out);
        out_string(out, "  (");
        visible_write(out, need->why);
        out_format(out, ")%s\n", need->is_late ? "  late" : "");
    }
    if (digest->needs.count == 0)
        out_string(out, "Nothing waits for you.\n");
}

bool digest_write_words(struct call *call, const struct digest *digest, struct out *out)
{
    char day[DATE_TEXT_SIZE];
    date_write(digest->day, day);
    out_format(out, "%s\n\n", day);
    write_needs(call, digest, out);
    if (digest->until_monday)
        out_format(out, "%lld told on Monday\n", (long long)digest->until_monday);
    if (digest->unwanted)
        out_format(out, "%lld of kinds that you are never told of\n", (long long)digest->unwanted);
    if (digest->decided.count)
        out_string(out, "\nDecided:\n");
    for (size_t i = 0; i < digest->decided.count; i++) {
        const struct row *decision = &digest->decided.row[i];
        write_line(call, &decision_record, decision->id, row_title(call, decision), out);
        out_format(out, "  (%.*s)\n", TEXT_FMT(value_as_text(decision->value[DECISION_STATE])));
    }
    return call->fail.kind == FAIL_NONE && !out->failed;
}
