/* See digest_send.h. */
#include "rooms/day/digest_send.h"

#include "base/stamp.h"
#include "ledger/ledger.h"
#include "rooms/day/day.h"
#include "rooms/messages/messages.h"
#include "rooms/people/people.h"
#include "store/sql.h"

static const struct column told_columns[] = {
    { "person", COLUMN_INT, true },
    { "day", COLUMN_INT, true },
    { "decided_until", COLUMN_INT, true },
    { 0 },
};

const struct table digest_told_table = {
    .name = "digest_told",
    .column = told_columns,
    .key = { "person" },
};

/* --- what was told --- */

static bool read_told(struct call *call, rid person, struct digest_told *told)
{
    struct sql *sql = SQL(call, "SELECT day, decided_until FROM digest_told WHERE person = ?1");
    *told = (struct digest_told){ .is_known = false };
    if (!sql)
        return false;
    sql_bind_int(sql, 1, person);
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        *told = (struct digest_told){ true, sql_int(sql, 0), sql_int(sql, 1) };
    sql_done(sql);
    return step != SQL_FAILED;
}

static bool write_told(struct call *call, rid person, const struct digest *digest)
{
    struct sql *sql =
        SQL(call, "INSERT INTO digest_told (person, day, decided_until) VALUES (?1, ?2, ?3) ON "
                  "CONFLICT (person) DO UPDATE SET day = excluded.day, decided_until = "
                  "excluded.decided_until");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, person);
    sql_bind_int(sql, 2, digest->day);
    sql_bind_int(sql, 3, digest->told_until);
    return sql_run(call, sql);
}

/* --- whose is due --- */

static bool find_persons(struct call *call, struct rows *persons)
{
    struct query query;
    query_init(&query, &person_record);
    return query_add(call, &query, PERSON_IS_ROBOT, FILTER_IS_NOT, value_bool(true)) &&
           find_rows(call, &query, persons);
}

static bool is_time(struct call *call, rid person, stamp by, const struct digest_told *told,
                    bool *is)
{
    struct message_setting setting;
    stamp morning, quiet_ends;
    int64_t today;
    text zone;
    if (!message_setting_read(call, person, &setting) ||
        !day_today(call, person, &today, &zone) ||
        !message_morning(call, &setting, today, &morning) ||
        !message_quiet_ends(call, &setting, by, &quiet_ends))
        return false;
    *is = morning <= by && quiet_ends == by && (!told->is_known || told->day < today);
    /* what is left out today is in the next one, which tells all since the last */
    return !*is || !setting.skips_days_off || people_is_there(call, person, today, is);
}

/* Who is reached by nothing is left alone, and told when that changes in the course of the day. */
static bool is_due(struct call *call, rid person, stamp by, const struct digest_told *told,
                   bool *is)
{
    struct row channel;
    stamp now = call->now;
    call->now = by;
    bool is_known = is_time(call, person, by, told, is) &&
                    (!*is || message_channel_of(call, person, 0, is, &channel));
    call->now = now;
    return is_known;
}

/* --- one digest in parts, one for each channel --- */

struct parts {
    struct digest_part *part;
    size_t count, room;
};

static struct digest_part *part_of(struct call *call, struct parts *parts,
                                   const struct row *channel)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->part[i].channel.id == channel->id)
            return &parts->part[i];
    parts->part =
        call_more(call, parts->part, parts->count, &parts->room, sizeof *parts->part);
    if (!parts->part)
        return NULL;
    parts->part[parts->count] = (struct digest_part){ .channel = *channel };
    return &parts->part[parts->count++];
}

/* Where a kind of thing is told; NULL without a failure: nowhere. */
static struct digest_part *part_for(struct call *call, const struct digest *digest,
                                    const char *kind, struct parts *parts)
{
    struct message_setting setting;
    struct row channel;
    rid person = call->actor.person, wish = digest_channel(digest, kind);
    bool has;
    if (!message_setting_read(call, person, &setting) ||
        !message_channel_of(call, person, wish ? wish : setting.channel, &has, &channel))
        return NULL;
    return has ? part_of(call, parts, &channel) : NULL;
}

static bool split(struct call *call, const struct digest *digest, struct parts *parts)
{
    *parts = (struct parts){ .count = 0 };
    for (size_t i = 0; i < digest->needs.count; i++) {
        const struct need *need = &digest->needs.need[i];
        struct digest_part *part = part_for(call, digest, need->kind, parts);
        if (part && !needs_add(call, &part->needs, *need))
            return false;
    }
    bool is_news = digest->decided.count || digest->learned.count;
    struct digest_part *part = is_news ? part_for(call, digest, "decided", parts) : NULL;
    if (part) {
        part->decided = digest->decided;
        part->learned = digest->learned;
    }
    return call->fail.kind == FAIL_NONE;
}

/* --- sending --- */

static bool queue_part(struct call *call, const struct digest *digest,
                       const struct digest_part *part)
{
    char day[DATE_TEXT_SIZE];
    rid person = call->actor.person;
    date_write(digest->day, day);
    const struct message message = {
        .key = call_format(call, "digest %.*s %s",
                           TEXT_FMT(row_public_id(call, &person_record, person)), day),
        .subject = call_format(call, "Your digest of %s", day),
        .markdown = digest_part_markdown(call, part),
        .person = person,
    };
    return message.key.at && message.subject.at && message.markdown.at &&
           message_queue(call, &part->channel, &message);
}

/* Another server may have told the day since it was found due: it is asked again by the writer. */
static bool queue_inside(struct call *call, const struct digest *digest, const struct parts *parts,
                         int *queued)
{
    struct digest_told told;
    if (!read_told(call, call->actor.person, &told))
        return false;
    if (told.is_known && told.day >= digest->day)
        return true;
    for (size_t i = 0; i < parts->count; i++)
        if (!queue_part(call, digest, &parts->part[i]))
            return false;
    *queued += (int)parts->count;
    return write_told(call, call->actor.person, digest);
}

static bool queue(struct call *call, const struct digest *digest, const struct parts *parts,
                  int *queued)
{
    if (!change_open(call, TEXT("send the digest")))
        return false;
    if (queue_inside(call, digest, parts, queued))
        return change_commit(call);
    change_rollback(call);
    return false;
}

/* As it was due then, said now. */
static bool read_as_of(struct call *call, stamp by, const struct digest_told *last,
                       struct digest *digest)
{
    stamp now = call->now;
    call->now = by;
    bool is_read = digest_read_after(call, last, digest);
    call->now = now;
    return is_read;
}

static bool tell(struct call *call, rid person, stamp by, int *queued)
{
    struct digest_told last;
    struct digest digest;
    struct parts parts;
    bool is;
    if (!read_told(call, person, &last) || !is_due(call, person, by, &last, &is) || !is)
        return call->fail.kind == FAIL_NONE;
    return people_act_for(call, person, SCOPE_ALL) && read_as_of(call, by, &last, &digest) &&
           split(call, &digest, &parts) && queue(call, &digest, &parts, queued);
}

/* Trouble that the next one would have as well. */
static bool is_of_the_store(const struct fail *fail)
{
    return fail->kind == FAIL_BUSY || fail->kind == FAIL_STORE;
}

/*
 * What one person's digest took is given back before the next: there may be many. One that cannot
 * be made keeps nobody else from theirs; the first reason is told at the end.
 */
static bool tell_each(struct call *call, const struct rows *persons, stamp by, int *queued)
{
    const struct actor sender = call->actor;
    struct fail first = { .kind = FAIL_NONE };
    for (size_t i = 0; i < persons->count && !is_of_the_store(&first); i++) {
        struct arena_mark mark = arena_mark(&call->arena);
        call_forget(call);
        if (!tell(call, persons->row[i].id, by, queued) && first.kind == FAIL_NONE)
            first = call->fail;
        fail_clear(call);
        call->actor = sender; /* the roles of the person lie in what is given back */
        call_forget(call);
        arena_rewind(&call->arena, mark);
    }
    call->fail = first;
    return first.kind == FAIL_NONE;
}

/* Each digest is read as its person, without the rights of whoever sends. */
bool digests_send(struct call *call, stamp by, int *queued)
{
    bool all_rows = call->all_rows, has;
    struct rows persons;
    *queued = 0;
    if (!message_has_personal(call, &has) || !has || !find_persons(call, &persons))
        return call->fail.kind == FAIL_NONE;
    call->all_rows = false;
    bool is_done = tell_each(call, &persons, by, queued);
    call->all_rows = all_rows;
    return is_done;
}
