/* See week_doors.h. */
#include "rooms/rituals/week_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/grid.h"
#include "offers/idempotency.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/rituals/rhythm.h"
#include "rooms/rituals/ritual_packs.h"
#include "rooms/rituals/ritual_week.h"
#include "rooms/rituals/rituals.h"

/* --- what was asked --- */

/* The team that the word means; without one the only team there is, else 0: the workspace. */
static bool read_team(struct call *call, text word, rid *team)
{
    struct query query;
    struct rows teams;
    *team = 0;
    if (word.at)
        return refs_find(call, &team_record, word, team);
    query_init(&query, &team_record);
    query.limit = 2;
    if (!find_rows(call, &query, &teams))
        return false;
    if (teams.count == 1)
        *team = teams.row[0].id;
    return true;
}

static bool read_weeks(struct call *call, const struct request *request, int64_t *weeks)
{
    *weeks = RHYTHM_WEEKS_DEFAULT;
    return request_int(call, request, "weeks", 1, RHYTHM_WEEKS_MAX, weeks);
}

/* --- the week --- */

static bool read_week(struct call *call, text week_word, text team_word,
                      struct ritual_week *result)
{
    rid team;
    iso_week week;
    return read_team(call, team_word, &team) && week_check(call, week_word, &week) &&
           ritual_week_read(call, team, week_word.at ? &week : NULL, result);
}

bool week_doors_run_week(struct call *call, struct invocation *invocation)
{
    struct ritual_week week;
    struct json_writer writer;
    if (!read_week(call, option_text(invocation, "week"), option_text(invocation, "team"), &week))
        return false;
    if (option_flag(invocation, "md"))
        return ritual_week_write_markdown(call, &week, invocation->out);
    if (!invocation->as_json)
        return ritual_week_write_terminal(call, &week, &invocation->terminal, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    ritual_week_write_json(call, &week, &writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

bool week_doors_get_week(struct call *call, const struct request *request, struct reply *reply)
{
    struct ritual_week week;
    if (!read_week(call, request_query(request, "week"), request_query(request, "team"), &week))
        return false;
    ritual_week_write_json(call, &week, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

/* --- health --- */

bool week_doors_run_health(struct call *call, struct invocation *invocation)
{
    struct rhythm rhythm;
    struct json_writer writer;
    rid team;
    if (!read_team(call, option_text(invocation, "team"), &team) ||
        !rhythm_read(call, team, option_int(invocation, "weeks", RHYTHM_WEEKS_DEFAULT), &rhythm))
        return false;
    if (!invocation->as_json)
        return rhythm_write_terminal(call, &rhythm, &invocation->terminal, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    rhythm_write_json(call, &rhythm, &writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

bool week_doors_get_rhythm(struct call *call, const struct request *request, struct reply *reply)
{
    struct rhythm rhythm;
    rid team;
    int64_t weeks;
    if (!read_team(call, request_query(request, "team"), &team) ||
        !read_weeks(call, request, &weeks) || !rhythm_read(call, team, weeks, &rhythm))
        return false;
    rhythm_write_json(call, &rhythm, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

/* --- packs --- */

static void write_installed(struct call *call, const struct installed_pack *installed,
                            struct json_writer *writer)
{
    json_object(writer);
    json_put_string(writer, "pack", installed->pack->name);
    json_key(writer, "rituals");
    json_list(writer);
    for (size_t i = 0; i < installed->count; i++) {
        const struct installed_ritual *one = &installed->ritual[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, &ritual_record, one->ritual));
        json_put_text(writer, "name", find_title(call, &ritual_record, one->ritual));
        json_put_bool(writer, "new", one->is_new);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
}

/* Rules count from the week of that day; without one from this week. */
static bool read_first_day(struct call *call, text word, rid team, int64_t *day)
{
    text zone;
    if (word.at)
        return date_read(word, day) ||
               fail_at(call, "starts", "'%.*s' is not a day: write it like 2026-11-23",
                       TEXT_FMT(word));
    return people_team_zone(call, team, &zone) && day_of_stamp(call, zone, call->now, day);
}

static bool install(struct call *call, text pack, text team_word, text starts,
                    struct installed_pack *installed)
{
    rid team;
    int64_t day;
    return read_team(call, team_word, &team) && read_first_day(call, starts, team, &day) &&
           ritual_pack_install(call, pack, team, day, installed);
}

bool week_doors_run_install(struct call *call, struct invocation *invocation)
{
    struct installed_pack installed;
    struct json_writer writer;
    size_t fresh = 0;
    if (!install(call, invocation->argument[0], option_text(invocation, "team"),
                 option_text(invocation, "starts"), &installed))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_installed(call, &installed, &writer);
        out_char(invocation->out, '\n');
        return call->fail.kind == FAIL_NONE;
    }
    for (size_t i = 0; i < installed.count; i++)
        fresh += installed.ritual[i].is_new;
    out_format(invocation->out, "%s: %zu of %zu rituals are new%s\n", installed.pack->label, fresh,
               installed.count,
               fresh ? "; 'rondo week' shows them." : ", what was there stays as it is.");
    return call->fail.kind == FAIL_NONE;
}

static bool read_install_body(struct call *call, const struct json *body, text *values)
{
    static const char *const keys[] = { "pack", "team", "starts" };
    size_t known = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct json *json = json_get(body, keys[i]);
        values[i] = json && json->kind == JSON_TEXT ? json->text : TEXT_NONE;
        known += json != NULL;
        if (json && json->kind != JSON_TEXT && json->kind != JSON_NULL)
            return fail_at(call, keys[i], "'%s' is a text", keys[i]);
    }
    if (known != body->count)
        return fail(call, FAIL_INVALID,
                    "the body of an installation is {\"pack\", \"team\", \"starts\"}");
    return values[0].at || fail_at(call, "pack", "name the pack: ai-week, ipm-week");
}

static bool install_inside(struct call *call, const struct request *request, struct reply *reply)
{
    struct json body;
    struct installed_pack installed;
    text values[3];
    if (!request_object(call, request, &body) || !read_install_body(call, &body, values) ||
        !install(call, values[0], values[1], values[2], &installed))
        return false;
    write_installed(call, &installed, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

bool week_doors_post_install(struct call *call, const struct request *request,
                             struct reply *reply)
{
    return idempotency_run(call, request, reply, TEXT("install rituals"), install_inside);
}

bool week_doors_get_packs(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    json_list(&reply->json);
    for (const struct ritual_pack *pack = ritual_packs; pack->name; pack++) {
        json_object(&reply->json);
        json_put_string(&reply->json, "name", pack->name);
        json_put_string(&reply->json, "label", pack->label);
        json_put_string(&reply->json, "help", pack->help);
        json_key(&reply->json, "rituals");
        json_list(&reply->json);
        for (const struct pack_ritual *ritual = pack->ritual; ritual->name; ritual++)
            json_string(&reply->json, ritual->name);
        json_list_end(&reply->json);
        json_object_end(&reply->json);
    }
    json_list_end(&reply->json);
    return call->fail.kind == FAIL_NONE;
}

/* --- agenda sources --- */

static void write_sources(const struct agenda_source *const *source, struct json_writer *writer)
{
    json_list(writer);
    for (; *source; source++) {
        json_object(writer);
        json_put_string(writer, "name", (*source)->name);
        json_put_string(writer, "label", (*source)->label);
        json_put_string(writer, "help", (*source)->help);
        json_object_end(writer);
    }
    json_list_end(writer);
}

bool week_doors_get_sources(struct call *call, const struct request *request, struct reply *reply)
{
    const struct agenda_source *const *sources = agenda_sources(call);
    (void)request;
    if (sources)
        write_sources(sources, &reply->json);
    return sources && call->fail.kind == FAIL_NONE;
}

bool week_doors_run_sources(struct call *call, struct invocation *invocation)
{
    static const struct grid_column columns[] = {
        { "Name", GRID_LEFT }, { "What it brings", GRID_LEFT }, { NULL, GRID_LEFT }
    };
    const struct agenda_source *const *sources = agenda_sources(call);
    struct json_writer writer;
    struct grid grid;
    if (!sources)
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_sources(sources, &writer);
        out_char(invocation->out, '\n');
        return call->fail.kind == FAIL_NONE;
    }
    grid_init(&grid, call, columns);
    for (; *sources; sources++) {
        grid_push(&grid, text_of((*sources)->name));
        grid_push(&grid, text_of((*sources)->help));
    }
    return grid_write(&grid, invocation->out, &invocation->terminal);
}
