/* See app_commands.h. */
#include "app/app_commands.h"

#include "app/demo.h"
#include "app/environment.h"
#include "app/serve.h"
#include "offers/completion.h"
#include "rooms/evals/evals_week.h"
#include "rooms/people/people.h"
#include "store/find.h"
#include "store/setting.h"
#include "store/store.h"
#include "store/transaction.h"

#include <math.h>

enum { DEMO_WEEKS = 12 };

/* --- init --- */

static bool keep_zone(struct call *call, text zone)
{
    if (!store_begin(call))
        return false;
    if (store_setting_set(call, "zone", zone))
        return store_commit(call);
    store_rollback(call);
    return false;
}

static void say_workspace(struct call *call, struct invocation *invocation, bool is_new)
{
    const char *where = store_where(call->store);
    struct json_writer writer;
    if (!invocation->as_json) {
        out_format(invocation->out,
                   is_new ? "Made a workspace in %s. Bring in results with 'rondo import FILE'.\n"
                          : "%s is a workspace already; nothing was changed.\n",
                   where);
        return;
    }
    json_writer_init(&writer, invocation->out, false);
    json_object(&writer);
    json_put_string(&writer, "store", where);
    json_put_bool(&writer, "new", is_new);
    json_object_end(&writer);
    out_char(invocation->out, '\n');
}

static bool check_init(struct call *call, struct invocation *invocation)
{
    return zone_check(call, option_text(invocation, "zone"));
}

static bool run_init(struct call *call, struct invocation *invocation)
{
    bool is_new;
    text name = option_text(invocation, "person"), zone = option_text(invocation, "zone");
    if (!people_found(call, name.at ? name : environment_user(), &is_new) ||
        (is_new && zone.at && !keep_zone(call, zone)))
        return false;
    say_workspace(call, invocation, is_new);
    return true;
}

static const struct option init_options[] = {
    { .name = "person",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "The first person; else your user name." },
    { .name = "zone",
      .kind = OPTION_TEXT,
      .placeholder = "Z",
      .help = "The workspace's time zone; else UTC." },
    { 0 },
};

/* --- serve --- */

static bool run_serve(struct call *call, struct invocation *invocation)
{
    return serve(call, invocation->command->context, invocation);
}

static const struct option serve_options[] = {
    { .name = "listen",
      .kind = OPTION_TEXT,
      .placeholder = "HOST:PORT",
      .help = "Where to listen, else 127.0.0.1:8080; port 0 is any free one." },
    { 0 },
};

/* --- demo --- */

static bool demo_read(struct call *call, const struct invocation *invocation,
                      struct demo_options *options)
{
    text now = option_text(invocation, "now");
    bool is_fixed;
    *options = (struct demo_options){ .seed = (uint64_t)option_int(invocation, "seed",
                                                                   DEMO_SEED_DEFAULT) };
    if (!environment_clock(call, &options->now, &is_fixed))
        return false;
    if (now.at && stamp_read(now, &options->now, NULL) != STAMP_WITH_ZONE &&
        stamp_read(now, &options->now, NULL) != STAMP_DATE_ONLY)
        return fail_at(call, "now", "'%.*s' is not an instant: write it like 2026-11-16T07:00:00Z",
                       TEXT_FMT(now));
    call->now = options->now;
    return demo_plant_read(call, option_text(invocation, "plant"), &options->plant);
}

static bool store_has_runs(struct call *call, const struct house *house, bool *has_runs)
{
    struct query query;
    int64_t count;
    query_init(&query, catalog_record(&house->catalog, TEXT("eval_run")));
    if (!find_count(call, &query, &count))
        return false;
    *has_runs = count > 0;
    return true;
}

static void say_next(struct invocation *invocation)
{
    bool is_named = invocation->store.at != NULL;
    text store = is_named ? invocation->store : TEXT("");
    const char *option = is_named ? " --store " : "";
    out_format(invocation->err,
               "\nGo on with 'rondo serve%s%.*s', which shows it as pages, or with 'rondo week', "
               "'rondo ritual health', 'rondo review --open' and 'rondo case CASE'.\n",
               option, TEXT_FMT(store));
}

static bool demo_show(struct call *call, struct invocation *invocation)
{
    const struct review_options options = { .weeks = DEMO_WEEKS,
                                            .surface = TEXT_NONE,
                                            .model = TEXT_NONE };
    struct review review;
    struct json_writer writer;
    if (!evals_review(call, &options, &review))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
        review_write_json(&review, &writer);
        out_char(invocation->out, '\n');
    } else {
        review_write_terminal(call, &review, invocation->terminal.width,
                              invocation->terminal.has_colours, invocation->out);
        say_next(invocation);
    }
    return call->fail.kind == FAIL_NONE;
}

/* A store that is made for the demo is as old as the demo: history does not go back in time. */
static bool check_demo(struct call *call, struct invocation *invocation)
{
    struct demo_options options;
    return demo_read(call, invocation, &options) && demo_begin(call, &options);
}

static bool run_demo(struct call *call, struct invocation *invocation)
{
    const struct house *house = invocation->command->context;
    struct demo_options options;
    bool has_runs;
    if (!demo_read(call, invocation, &options) || !store_has_runs(call, house, &has_runs))
        return false;
    if (has_runs)
        return fail(
            call, FAIL_CONFLICT,
            "the store '%s' has eval runs already: give the demo a store of its own with --store",
            store_where(call->store));
    return demo_make(call, house->importers, &options) && demo_show(call, invocation);
}

static const struct option demo_options[] = {
    { .name = "seed",
      .kind = OPTION_INT,
      .placeholder = "N",
      .help = "Another seed makes other cases; else 1.",
      .min = 0,
      .max = INFINITY },
    { .name = "now",
      .kind = OPTION_TEXT,
      .placeholder = "INSTANT",
      .help = "The demo's present; else the clock's." },
    { .name = "plant",
      .kind = OPTION_TEXT,
      .placeholder = "LIST",
      .help = "Faults to plant: regression, flaky, provider, tail; or none." },
    { 0 },
};

/* --- completion, version --- */

static bool run_completion(struct call *call, struct invocation *invocation)
{
    const struct house *house = invocation->command->context;
    (void)call;
    return completion_write(invocation->out, invocation->argument[0], house->command,
                            house->command_count);
}

static bool run_version(struct call *call, struct invocation *invocation)
{
    (void)call;
    out_string(invocation->out, invocation->as_json ? "{\"version\":\"" RONDO_VERSION "\"}\n"
                                                    : "rondo " RONDO_VERSION "\n");
    return true;
}

static const struct command app_commands[] = {
    { .name = "init",
      .arguments = "",
      .group = "Workspace",
      .option = init_options,
      .check = check_init,
      .run = run_init,
      .help = "Make a workspace; does no harm to one that is there.",
      .flags = COMMAND_MAKES_STORE | COMMAND_WITHOUT_PERSON },
    { .name = "serve",
      .arguments = "",
      .group = "Workspace",
      .option = serve_options,
      .run = run_serve,
      .help = "Serve the web pages and the JSON API until Ctrl-C or SIGTERM.",
      .flags = COMMAND_WITHOUT_PERSON | COMMAND_SERVES },
    { .name = "demo",
      .arguments = "",
      .group = "Workspace",
      .option = demo_options,
      .check = check_demo,
      .run = run_demo,
      .help = "Fill a new workspace with twelve weeks of a made-up product, and show its review.",
      .flags = COMMAND_MAKES_STORE | COMMAND_LONG },
    { .name = "completion",
      .arguments = "SHELL",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Workspace",
      .run = run_completion,
      .help = "Write the completion script of a shell: bash, zsh or fish.",
      .flags = COMMAND_WITHOUT_STORE },
    { .name = "version",
      .arguments = "",
      .group = "Workspace",
      .run = run_version,
      .help = "Print the version.",
      .flags = COMMAND_WITHOUT_STORE },
    { 0 },
};

const struct command *app_command_table(struct call *call, const struct house *house)
{
    struct command *command = call_take(call, sizeof app_commands);
    if (!command)
        return NULL;
    memcpy(command, app_commands, sizeof app_commands);
    for (size_t i = 0; command[i].name; i++)
        command[i].context = house;
    return command;
}
