/* See digest.h. */
#include "rooms/day/digest.h"

#include "base/stamp.h"
#include "base/visible.h"
#include "offers/refs.h"
#include "rooms/day/day.h"
#include "rooms/knowledge/knowledge.h"

enum { WEEK_DAYS = 7 };

enum frequency { DAILY, WEEKLY, NEVER };

/* --- what was chosen --- */

/* Nobody's rows but the actor's own are read of a private record. */
static bool choices_of(struct call *call, struct rows *choices)
{
    struct query query;
    query_init(&query, &digest_choice_record);
    return find_rows(call, &query, choices);
}

static const struct row *choice_of(const struct rows *choices, const char *kind)
{
    for (size_t i = 0; i < choices->count; i++)
        if (text_is(value_as_text(choices->row[i].value[DIGEST_CHOICE_KIND]), kind))
            return &choices->row[i];
    return NULL;
}

static enum frequency frequency_of(const struct rows *choices, const char *kind)
{
    const struct row *choice = choice_of(choices, kind);
    text word = choice ? value_as_text(choice->value[DIGEST_CHOICE_FREQUENCY]) : TEXT_NONE;
    return text_is(word, "never") ? NEVER : text_is(word, "weekly") ? WEEKLY : DAILY;
}

rid digest_channel(const struct digest *digest, const char *kind)
{
    const struct row *choice = choice_of(&digest->choices, kind);
    return choice ? value_as_int(choice->value[DIGEST_CHOICE_CHANNEL]) : 0;
}

/* --- what is told --- */

/* On Mondays; after one that was sent, with the first that is sent in a week. */
static bool tells_weekly(const struct digest_told *last, int64_t day)
{
    int64_t monday = day - ((day - 4) % WEEK_DAYS + WEEK_DAYS) % WEEK_DAYS;
    return last->is_known ? last->day < monday : day == monday;
}

static void keep_wanted(struct digest *digest, bool is_weekly_told)
{
    size_t kept = 0;
    for (size_t i = 0; i < digest->needs.count; i++) {
        enum frequency frequency = frequency_of(&digest->choices, digest->needs.need[i].kind);
        if (frequency == NEVER)
            digest->unwanted++;
        else if (frequency == WEEKLY && !is_weekly_told)
            digest->until_monday++;
        else
            digest->needs.need[kept++] = digest->needs.need[i];
    }
    digest->needs.count = kept;
}

/* Days of decisions are the workspace's: one that has not ended there is told the next time. */
static bool set_stretch(struct call *call, const struct digest_told *last, bool is_weekly_told,
                        struct digest *digest)
{
    enum frequency frequency = frequency_of(&digest->choices, "decided");
    bool is_told = frequency == DAILY || (frequency == WEEKLY && is_weekly_told);
    if (!decision_day(call, call->now, &digest->decided_until))
        return false;
    int64_t until = digest->decided_until;
    int64_t from = last->is_known ? last->decided_until
                                  : until - (frequency == WEEKLY && is_told ? WEEK_DAYS : 1);
    from = from < until ? from : until;
    digest->decided_from = is_told ? from : until;
    digest->told_until = is_told || frequency == NEVER ? until : from;
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

/* Cards are another room's: they are asked for by the name of their record. */
static bool query_learned(struct call *call, const struct digest *digest, struct query *query)
{
    /* Days of the zone are within a day of those of UTC; which day it was is asked of each. */
    stamp from = (digest->decided_from - 1) * STAMP_DAY;
    stamp until = (digest->decided_until + 1) * STAMP_DAY;
    query_init(query, catalog_record(call->catalog, TEXT("insight")));
    return query_add(call, query, FIND_CREATED, FILTER_AT_LEAST, value_stamp(from)) &&
           query_add(call, query, FIND_CREATED, FILTER_LESS, value_stamp(until));
}

static bool find_learned(struct call *call, struct digest *digest)
{
    struct query query;
    size_t kept = 0;
    if (digest->decided_from == digest->decided_until)
        return true;
    if (!query_learned(call, digest, &query) || !find_rows(call, &query, &digest->learned))
        return false;
    for (size_t i = 0; i < digest->learned.count; i++) {
        int64_t day;
        if (!decision_day(call, digest->learned.row[i].created, &day))
            return false;
        if (day >= digest->decided_from && day < digest->decided_until)
            digest->learned.row[kept++] = digest->learned.row[i];
    }
    digest->learned.count = kept;
    return true;
}

bool digest_read_after(struct call *call, const struct digest_told *last, struct digest *digest)
{
    struct inbox inbox;
    text zone;
    *digest = (struct digest){ .day = 0 };
    if (!day_today(call, call->actor.person, &digest->day, &zone) || !inbox_read(call, &inbox) ||
        !choices_of(call, &digest->choices))
        return false;
    bool is_weekly_told = tells_weekly(last, digest->day);
    digest->needs = inbox.needs;
    keep_wanted(digest, is_weekly_told);
    return set_stretch(call, last, is_weekly_told, digest) && find_decided(call, digest) &&
           find_learned(call, digest);
}

bool digest_read(struct call *call, struct digest *digest)
{
    const struct digest_told none = { .is_known = false };
    return digest_read_after(call, &none, digest);
}

/* --- JSON and words --- */

static void write_day(struct json_writer *writer, const char *name, int64_t day)
{
    char room[DATE_TEXT_SIZE];
    date_write(day, room);
    json_put_text(writer, name, text_of(room));
}

static bool write_rows(struct call *call, const char *key, const struct rows *rows,
                       struct json_writer *writer)
{
    json_key(writer, key);
    json_list(writer);
    for (size_t i = 0; i < rows->count; i++)
        if (!row_show_json(call, &rows->row[i], refs_name, writer))
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
    if (!write_rows(call, "decided", &digest->decided, writer) ||
        !write_rows(call, "learned", &digest->learned, writer))
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
    if (digest->learned.count)
        out_string(out, "\nLearned:\n");
    for (size_t i = 0; i < digest->learned.count; i++) {
        const struct row *card = &digest->learned.row[i];
        write_line(call, card->record, card->id, row_title(call, card), out);
        out_char(out, '\n');
    }
    return call->fail.kind == FAIL_NONE && !out->failed;
}
