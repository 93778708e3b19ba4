/*
 * See calendar_feed_doors.h. The address of a feed is its key: it stands in no log and no audit
 * line, and a wrong one reads like a revoked one. What goes wrong is told as a failure, never as a
 * calendar without events, for a client would forget all it has.
 */
#include "rooms/calendar/calendar_feed_doors.h"

#include "base/hash.h"
#include "http/reply.h"
#include "http/request.h"
#include "offers/body_words.h"
#include "offers/refs.h"
#include "rooms/calendar/calendar_feed.h"
#include "rooms/calendar/calendar_view.h"
#include "rooms/people/people.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"

#define ICS_TYPE "text/calendar; charset=utf-8"

/* --- what is asked --- */

/* What was named: nothing, a team, a person, a ritual, or a pack, of which a team may be named. */
struct wanted {
    text team, person, ritual, pack;
};

static bool ask_of_ritual(struct call *call, rid ritual, struct calendar_ask *ask)
{
    rid *rows = call_new(call, rid);
    if (!rows)
        return false;
    *rows = ritual;
    ask->record = &ritual_record;
    ask->rows = rows;
    ask->row_count = 1;
    return true;
}

static bool ask_of_pack(struct call *call, text pack, struct calendar_ask *ask)
{
    rid *rows;
    ask->record = &ritual_record;
    if (!ritual_pack_rows(call, pack, ask->team, &rows, &ask->row_count))
        return false;
    ask->rows = rows;
    return true;
}

static bool ask_of(struct call *call, const struct wanted *wanted, struct calendar_ask *ask)
{
    rid ritual;
    *ask = (struct calendar_ask){ .person = 0 };
    if (((wanted->team.size || wanted->pack.size) != 0) + (wanted->person.size != 0) +
            (wanted->ritual.size != 0) > 1)
        return fail(call, FAIL_INVALID,
                    "a calendar is of a team, a person, a ritual or a pack: name one of them");
    return (!wanted->team.size || refs_find(call, &team_record, wanted->team, &ask->team)) &&
           (!wanted->person.size ||
            refs_find(call, &person_record, wanted->person, &ask->person)) &&
           (!wanted->ritual.size || (refs_find(call, &ritual_record, wanted->ritual, &ritual) &&
                                     ask_of_ritual(call, ritual, ask))) &&
           (!wanted->pack.size || ask_of_pack(call, wanted->pack, ask)) &&
           people_person_zone(call, call->actor.person, &ask->zone);
}

static bool ask_of_feed(struct call *call, const struct row *feed, struct calendar_ask *ask)
{
    const struct value *value = feed->value;
    text scope = value_as_text(value[CALENDAR_FEED_SCOPE]);
    rid person = value_as_int(value[CALENDAR_FEED_PERSON]);
    *ask = (struct calendar_ask){ .team = value_as_int(value[CALENDAR_FEED_TEAM]) };
    if (text_is(scope, "person"))
        ask->person = person;
    if (text_is(scope, "ritual") &&
        !ask_of_ritual(call, value_as_int(value[CALENDAR_FEED_RITUAL]), ask))
        return false;
    if (text_is(scope, "pack") &&
        !ask_of_pack(call, value_as_text(value[CALENDAR_FEED_PACK]), ask))
        return false;
    calendar_view_of_feed(call, ask);
    return ask->team ? people_team_zone(call, ask->team, &ask->zone)
                     : people_person_zone(call, person, &ask->zone);
}

/* --- the feed itself --- */

/* Where the pages are, as the client has found the feed. */
static text origin_of(struct call *call, const struct request *request)
{
    text host = request_header(request, "host");
    text scheme = text_trim(request_header(request, "x-forwarded-proto"));
    if (!host.size)
        return TEXT_NONE;
    return CALL_JOIN(call, text_same_word(scheme, TEXT("https")) ? TEXT("https") : TEXT("http"),
                     TEXT("://"), host);
}

static text http_date(struct call *call, stamp at)
{
    char room[STAMP_TEXT_SIZE];
    stamp_write_internet(at, room);
    return call_format(call, "%s GMT", room);
}

/* A date that is ours is the one that we said: others are answered in full. */
static bool is_known(const struct request *request, text etag, text modified)
{
    text names = request_header(request, "if-none-match");
    if (names.at)
        return request_names_etag(request, etag);
    return text_equal(text_trim(request_header(request, "if-modified-since")), modified);
}

static bool answer_feed(struct call *call, const struct request *request,
                        struct calendar_feed_key *key, struct reply *reply)
{
    uint64_t hash = hash_quick(out_view(&reply->body), 0);
    text said = call_format(call, "%016llx", (unsigned long long)hash);
    if (!said.at || !calendar_feed_said(call, key, said))
        return false;
    text etag = CALL_JOIN(call, TEXT("\""), said, TEXT("\""));
    text modified = http_date(call, key->since);
    reply->type = ICS_TYPE;
    reply_header(reply, "ETag", etag);
    reply_header(reply, "Last-Modified", modified);
    reply_header(reply, "Cache-Control", TEXT("private, no-cache"));
    reply_header(reply, "Referrer-Policy", TEXT("no-referrer"));
    if (!is_known(request, etag, modified))
        return true;
    reply->status = 304;
    out_init(&reply->body, call);
    return true;
}

bool calendar_feed_get(struct call *call, const struct request *request, struct reply *reply)
{
    text file = request->part[0];
    text secret = text_ends(file, TEXT(".ics")) ? text_until(file, file.size - 4) : TEXT("");
    struct calendar_feed_key key;
    struct calendar_ask ask;
    struct row feed;
    return calendar_feed_open(call, secret, &key, &feed) && ask_of_feed(call, &feed, &ask) &&
           calendar_view_write_ics(call, &ask, value_as_text(feed.value[CALENDAR_FEED_NAME]),
                                   origin_of(call, request), &reply->body) &&
           answer_feed(call, request, &key, reply);
}

/* --- making and listing --- */

static text path_of(struct call *call, text secret)
{
    return CALL_JOIN(call, TEXT("/calendar/"), secret, TEXT(".ics"));
}

static bool wish_of(struct call *call, text name, const struct wanted *wanted,
                    struct calendar_feed_wish *wish)
{
    text team = wanted->team, ritual = wanted->ritual;
    *wish = (struct calendar_feed_wish){ .name = name, .pack = wanted->pack };
    return (!team.size || refs_find(call, &team_record, team, &wish->team)) &&
           (!ritual.size || refs_find(call, &ritual_record, ritual, &wish->ritual));
}

static void put_feed(struct call *call, const struct row *feed, struct json_writer *writer)
{
    const struct value *value = feed->value;
    rid team = value_as_int(value[CALENDAR_FEED_TEAM]);
    rid ritual = value_as_int(value[CALENDAR_FEED_RITUAL]);
    json_put_text(writer, "id", row_public_id(call, &calendar_feed_record, feed->id));
    json_put_text(writer, "name", value_as_text(value[CALENDAR_FEED_NAME]));
    json_put_text(writer, "scope", value_as_text(value[CALENDAR_FEED_SCOPE]));
    json_put_text(writer, "team", team ? find_title(call, &team_record, team) : TEXT_NONE);
    json_put_text(writer, "ritual",
                  ritual ? find_title(call, &ritual_record, ritual) : TEXT_NONE);
    json_put_text(writer, "pack", value_as_text(value[CALENDAR_FEED_PACK]));
}

static void write_made(struct call *call, const struct row *feed, text secret,
                       struct json_writer *writer)
{
    json_object(writer);
    put_feed(call, feed, writer);
    json_put_text(writer, "path", path_of(call, secret));
    json_object_end(writer);
}

bool calendar_feed_post(struct call *call, const struct request *request, struct reply *reply)
{
    text name, secret;
    struct wanted wanted = { .team = TEXT_NONE };
    const struct body_word known[] = { { "name", &name },
                                       { "team", &wanted.team },
                                       { "ritual", &wanted.ritual },
                                       { "pack", &wanted.pack } };
    struct calendar_feed_wish wish;
    struct row feed;
    if (!body_words_read(call, request, known, sizeof known / sizeof *known) ||
        !wish_of(call, name, &wanted, &wish) || !calendar_feed_make(call, &wish, &feed, &secret))
        return false;
    write_made(call, &feed, secret, &reply->json);
    reply->status = 201;
    return call->fail.kind == FAIL_NONE;
}

static bool put_listed(struct call *call, const struct row *feed, struct json_writer *writer)
{
    stamp asked_at;
    if (!calendar_feed_asked(call, feed->id, &asked_at))
        return false;
    json_object(writer);
    put_feed(call, feed, writer);
    json_put_stamp(writer, "asked_at", asked_at);
    json_put_stamp(writer, "created", feed->created);
    json_put_int(writer, "version", feed->version);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

bool calendar_feed_list(struct call *call, const struct request *request, struct reply *reply)
{
    struct query query;
    struct rows rows;
    (void)request;
    query_init(&query, &calendar_feed_record);
    if (!query_add(call, &query, CALENDAR_FEED_PERSON, FILTER_IS,
                   value_ref(call->actor.person)) ||
        !find_rows(call, &query, &rows))
        return false;
    json_object(&reply->json);
    json_key(&reply->json, "feeds");
    json_list(&reply->json);
    for (size_t i = 0; i < rows.count; i++)
        if (!put_listed(call, &rows.row[i], &reply->json))
            return false;
    json_list_end(&reply->json);
    json_object_end(&reply->json);
    return true;
}

/* --- the page, and a file of it --- */

static bool ask_of_request(struct call *call, const struct request *request,
                           struct calendar_ask *ask)
{
    const struct wanted wanted = { request_query(request, "team"),
                                   request_query(request, "person"),
                                   request_query(request, "ritual"),
                                   request_query(request, "pack") };
    return ask_of(call, &wanted, ask) &&
           calendar_view_days(call, request_query(request, "from"), request_query(request, "to"),
                              ask);
}

bool calendar_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct calendar_ask ask;
    return ask_of_request(call, request, &ask) &&
           calendar_view_write_json(call, &ask, &reply->json);
}

bool calendar_get_file(struct call *call, const struct request *request, struct reply *reply)
{
    struct calendar_ask ask;
    reply->type = ICS_TYPE;
    reply_header(reply, "Content-Disposition", TEXT("attachment; filename=\"rondo.ics\""));
    return ask_of_request(call, request, &ask) &&
           calendar_view_write_ics(call, &ask, TEXT("Rondo"), origin_of(call, request),
                                   &reply->body);
}

/* --- the command line --- */

const struct option calendar_feed_options[] = {
    { .name = "name",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "What the calendar is called where it is shown." },
    { .name = "team",
      .kind = OPTION_TEXT,
      .placeholder = "TEAM",
      .help = "Of this team; else of the person who asks." },
    { .name = "ritual",
      .kind = OPTION_TEXT,
      .placeholder = "RITUAL",
      .help = "Of this ritual alone." },
    { .name = "pack",
      .kind = OPTION_TEXT,
      .placeholder = "PACK",
      .help = "Of the rituals of this pack, such as ai-week; with --team, that team's." },
    { 0 },
};

const struct option calendar_show_options[] = {
    { .name = "from",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "The first day, such as 2026-11-23; else that of this month." },
    { .name = "to",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "The last day; else that of the month." },
    { .name = "team",
      .kind = OPTION_TEXT,
      .placeholder = "TEAM",
      .help = "Of this team and of the whole workspace; else of all teams." },
    { .name = "person",
      .kind = OPTION_TEXT,
      .placeholder = "PERSON",
      .help = "What this person takes part in or owes." },
    { .name = "ritual",
      .kind = OPTION_TEXT,
      .placeholder = "RITUAL",
      .help = "Of this ritual alone." },
    { .name = "pack",
      .kind = OPTION_TEXT,
      .placeholder = "PACK",
      .help = "Of the rituals of this pack, such as ai-week; with --team, that team's." },
    { 0 },
};

/* Of the options of a feed. */
static struct wanted wanted_of(const struct invocation *invocation)
{
    return (struct wanted){ .team = option_text(invocation, "team"),
                            .ritual = option_text(invocation, "ritual"),
                            .pack = option_text(invocation, "pack") };
}

bool calendar_feed_run_add(struct call *call, struct invocation *invocation)
{
    const struct wanted wanted = wanted_of(invocation);
    struct calendar_feed_wish wish;
    struct json_writer writer;
    struct row feed;
    text secret;
    if (!wish_of(call, option_text(invocation, "name"), &wanted, &wish) ||
        !calendar_feed_make(call, &wish, &feed, &secret))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_made(call, &feed, secret, &writer);
        out_char(invocation->out, '\n');
        return true;
    }
    out_format(invocation->out, "%.*s\n", TEXT_FMT(path_of(call, secret)));
    out_format(invocation->err,
               "Subscribe to this place on your server; whoever has it reads it, and it is shown "
               "once. Revoke it with 'rondo calendar-feed drop %.*s'.\n",
               TEXT_FMT(row_public_id(call, &calendar_feed_record, feed.id)));
    return true;
}

/* A feed that is there, or what a new one of these options would show. */
static bool ask_of_invocation(struct call *call, const struct invocation *invocation,
                              struct calendar_ask *ask, text *name)
{
    const struct wanted wanted = wanted_of(invocation);
    struct row feed;
    rid id;
    *name = option_text(invocation, "name");
    if (invocation->argument_count) {
        if (!refs_find(call, &calendar_feed_record, invocation->argument[0], &id) ||
            !find_row(call, &calendar_feed_record, id, &feed))
            return false;
        *name = value_as_text(feed.value[CALENDAR_FEED_NAME]);
        return ask_of_feed(call, &feed, ask);
    }
    if (!ask_of(call, &wanted, ask))
        return false;
    if (!wanted.team.size && !ask->record)
        ask->person = call->actor.person;
    if (!name->size)
        *name = TEXT("Rondo");
    calendar_view_of_feed(call, ask);
    return true;
}

bool calendar_feed_run_write(struct call *call, struct invocation *invocation)
{
    struct calendar_ask ask;
    text name;
    return ask_of_invocation(call, invocation, &ask, &name) &&
           calendar_view_write_ics(call, &ask, name, TEXT_NONE, invocation->out);
}

bool calendar_run_show(struct call *call, struct invocation *invocation)
{
    const struct wanted wanted = { option_text(invocation, "team"),
                                   option_text(invocation, "person"),
                                   option_text(invocation, "ritual"),
                                   option_text(invocation, "pack") };
    struct calendar_ask ask;
    struct json_writer writer;
    if (!ask_of(call, &wanted, &ask) ||
        !calendar_view_days(call, option_text(invocation, "from"), option_text(invocation, "to"),
                            &ask))
        return false;
    if (!invocation->as_json)
        return calendar_view_write_lines(call, &ask, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    if (!calendar_view_write_json(call, &ask, &writer))
        return false;
    out_char(invocation->out, '\n');
    return true;
}
