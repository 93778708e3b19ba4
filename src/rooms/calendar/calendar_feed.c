/* See calendar_feed.h. */
#include "rooms/calendar/calendar_feed.h"

#include "base/secret.h"
#include "base/stamp.h"
#include "ledger/ledger.h"
#include "rooms/people/people.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"
#include "store/sql.h"

/* How often it is written down that a feed is asked for. */
#define ASKED_EVERY STAMP_HOUR

static const char *const scope_words[] = { "person", "team", "ritual", "pack", NULL };

static const struct field calendar_feed_fields[] = {
    [CALENDAR_FEED_NAME] = { .name = "name",
                             .label = "Name",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_NEEDED,
                             .max = 200,
                             .help = "What the calendar is called where it is shown." },
    [CALENDAR_FEED_PERSON] = { .name = "person",
                               .label = "Person",
                               .kind = FIELD_REF,
                               .refers = "person",
                               .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                               .help = "Whose it is: it shows what this person may read." },
    [CALENDAR_FEED_SCOPE] = { .name = "scope",
                              .label = "Of what",
                              .kind = FIELD_CHOICE,
                              .choices = scope_words,
                              .flags = FIELD_NEEDED | FIELD_FIXED,
                              .fallback = "person",
                              .help = "What it shows: what concerns the person, a team, one "
                                      "ritual, or the rituals of a pack." },
    [CALENDAR_FEED_TEAM] = { .name = "team",
                             .label = "Team",
                             .kind = FIELD_REF,
                             .refers = "team",
                             .flags = FIELD_FIXED | FIELD_BY_NAME,
                             .help = "The team that it is of." },
    [CALENDAR_FEED_RITUAL] = { .name = "ritual",
                               .label = "Ritual",
                               .kind = FIELD_REF,
                               .refers = "ritual",
                               .flags = FIELD_FIXED | FIELD_BY_NAME,
                               .help = "The ritual that it is of." },
    [CALENDAR_FEED_PACK] = { .name = "pack",
                             .label = "Pack",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_FIXED,
                             .max = 60,
                             .help = "The pack whose rituals it is of, such as 'ai-week'." },
};

static const char *const calendar_feed_listed[] = { "scope", "team", "ritual", "pack", NULL };

const struct record calendar_feed_record = {
    .name = "calendar_feed",
    .plural = "calendar_feeds",
    .prefix = "CFD",
    .label = "calendar feed",
    .help = "A secret address for a calendar program: 'rondo calendar-feed add'; dropping it "
            "revokes the address.",
    .field = calendar_feed_fields,
    .field_count = CALENDAR_FEED_FIELDS,
    .title = CALENDAR_FEED_NAME,
    .listed = calendar_feed_listed,
    .privacy = PRIVACY_NAMED,
    .writers = ROLE_VIEWER | ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
    .made_by_program = true,
};

static const struct column key_columns[] = {
    { "digest", COLUMN_TEXT, true },  { "feed", COLUMN_INT, true },
    { "person", COLUMN_INT, true },   { "asked_at", COLUMN_INT, true },
    { "said", COLUMN_TEXT, false },   { "since", COLUMN_INT, true },
    { 0 },
};

const struct table calendar_feed_key_table = {
    .name = "calendar_feed_key",
    .column = key_columns,
    .key = { "digest" },
    .index = { { .column = { "feed" } } },
};

/* --- making --- */

static bool write_key(struct call *call, text digest, rid feed)
{
    struct sql *sql = SQL(call, "INSERT INTO calendar_feed_key (digest, feed, person, asked_at, "
                                "since) VALUES (?1, ?2, ?3, 0, 0)");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, digest);
    sql_bind_int(sql, 2, feed);
    sql_bind_int(sql, 3, call->actor.person);
    return sql_run(call, sql);
}

static text usual_name(struct call *call, const struct calendar_feed_wish *wish)
{
    struct row row;
    if (wish->pack.size)
        return CALL_JOIN(call, TEXT("Rondo: "), wish->pack);
    if (!wish->team && !wish->ritual)
        return CALL_JOIN(call, TEXT("Rondo: "), call->actor.name);
    if (!(wish->team ? find_row(call, &team_record, wish->team, &row)
                     : find_row(call, &ritual_record, wish->ritual, &row)))
        return TEXT_NONE;
    return CALL_JOIN(call, TEXT("Rondo: "), row_title(call, &row));
}

static const char *scope_of(const struct calendar_feed_wish *wish)
{
    return scope_words[wish->pack.size ? 3 : wish->ritual ? 2 : wish->team ? 1 : 0];
}

/* What was installed later comes into the feed; but one that shows nothing is a mistake. */
static bool check_pack(struct call *call, const struct calendar_feed_wish *wish)
{
    rid *rows;
    size_t count;
    if (!wish->pack.size)
        return true;
    return ritual_pack_rows(call, wish->pack, wish->team, &rows, &count) &&
           (count > 0 ||
            fail_at(call, "pack", "nothing of the pack '%.*s' is here: 'rondo ritual install "
                    "%.*s' makes its rituals",
                    TEXT_FMT(wish->pack), TEXT_FMT(wish->pack)));
}

static bool fill(struct call *call, const struct calendar_feed_wish *wish, struct row *feed)
{
    if (call->actor.person == 0)
        return fail(call, FAIL_UNKNOWN_USER,
                    "nobody acts, and a feed is somebody's: name a person");
    if (wish->ritual && (wish->team || wish->pack.size))
        return fail_at(call, "ritual",
                       "a feed is of a ritual alone, or of a team or a pack: name one of them");
    if (!check_pack(call, wish))
        return false;
    text name = wish->name.size ? wish->name : usual_name(call, wish);
    if (!name.at || !row_init(call, &calendar_feed_record, feed))
        return false;
    feed->value[CALENDAR_FEED_NAME] = value_text(name);
    feed->value[CALENDAR_FEED_PERSON] = value_ref(call->actor.person);
    feed->value[CALENDAR_FEED_SCOPE] = value_choice(scope_of(wish));
    feed->value[CALENDAR_FEED_TEAM] = value_ref(wish->team);
    feed->value[CALENDAR_FEED_RITUAL] = value_ref(wish->ritual);
    feed->value[CALENDAR_FEED_PACK] = wish->pack.size ? value_text(wish->pack) : VALUE_NONE;
    return true;
}

bool calendar_feed_make(struct call *call, const struct calendar_feed_wish *wish, struct row *feed,
                        text *secret)
{
    text digest;
    if (!fill(call, wish, feed) || !secret_new(call, "", secret, &digest) ||
        !change_open(call, TEXT("add a calendar feed")))
        return false;
    if (ledger_create(call, feed) && write_key(call, digest, feed->id) && change_commit(call))
        return true;
    change_rollback(call);
    return false;
}

/* --- opening --- */

static bool fail_unknown(struct call *call)
{
    if (call->fail.kind == FAIL_NOT_FOUND || call->fail.kind == FAIL_UNKNOWN_USER)
        fail_clear(call);
    return call->fail.kind == FAIL_NONE &&
           fail(call, FAIL_NOT_FOUND,
                "there is no calendar at this address (any more): make a new feed");
}

/* One question whether it was revoked or never made, so that their answers take equally long. */
static bool find_key(struct call *call, text secret, struct calendar_feed_key *key)
{
    *key = (struct calendar_feed_key){ .digest = secret_digest(call, secret) };
    struct sql *sql =
        key->digest.at ? SQL(call, "SELECT k.feed, k.person, k.asked_at, k.said, k.since "
                                   "FROM calendar_feed_key k JOIN calendar_feeds f "
                                   "ON f.id = k.feed WHERE k.digest = ?1 AND f.archived = 0")
                       : NULL;
    if (!sql)
        return false;
    sql_bind_text(sql, 1, key->digest);
    bool is_found = sql_step(call, sql) == SQL_ROW;
    if (is_found) {
        key->feed = sql_int(sql, 0);
        key->person = sql_int(sql, 1);
        key->asked_at = sql_int(sql, 2);
        key->hash = sql_is_null(sql, 3) ? TEXT_NONE : call_text(call, sql_text(sql, 3));
        key->since = sql_int(sql, 4);
    }
    sql_done(sql);
    return is_found;
}

bool calendar_feed_open(struct call *call, text secret, struct calendar_feed_key *key,
                        struct row *feed)
{
    return (find_key(call, secret, key) && people_act_for(call, key->person, SCOPE_READ) &&
            find_row(call, &calendar_feed_record, key->feed, feed)) ||
           fail_unknown(call);
}

/* --- what it said --- */

static bool write_said(struct call *call, const struct calendar_feed_key *key)
{
    struct sql *sql = SQL(call, "UPDATE calendar_feed_key SET asked_at = ?2, said = ?3, "
                                "since = ?4 WHERE digest = ?1");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, key->digest);
    sql_bind_int(sql, 2, key->asked_at);
    sql_bind_text(sql, 3, key->hash);
    sql_bind_int(sql, 4, key->since);
    return sql_run(call, sql);
}

bool calendar_feed_said(struct call *call, struct calendar_feed_key *key, text hash)
{
    bool is_new = !key->hash.at || !text_equal(key->hash, hash);
    if (!is_new && call->now - key->asked_at < ASKED_EVERY)
        return true;
    if (is_new)
        key->since = stamp_to_second(call->now);
    key->hash = hash;
    key->asked_at = call->now;
    if (store_begin(call) && !(write_said(call, key) && store_commit(call)) &&
        store_in_transaction(call))
        store_rollback(call);
    if (call->fail.kind == FAIL_BUSY)
        fail_clear(call);
    return call->fail.kind == FAIL_NONE;
}

bool calendar_feed_asked(struct call *call, rid feed, stamp *asked_at)
{
    struct sql *sql = SQL(call, "SELECT asked_at FROM calendar_feed_key WHERE feed = ?1");
    *asked_at = 0;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, feed);
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        *asked_at = sql_int(sql, 0);
    sql_done(sql);
    return step != SQL_FAILED;
}
