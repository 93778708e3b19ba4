/* See cli.h. */
#include "app/cli.h"

#include "app/environment.h"
#include "app/house_build.h"
#include "app/rooms.h"
#include "engine/stats/quiet.h"
#include "ledger/audit.h"
#include "ledger/ledger.h"
#include "offers/command_parse.h"
#include "offers/help.h"
#include "offers/progress.h"
#include "rooms/people/people.h"
#include "store/store.h"

#include <signal.h>
#include <unistd.h>

/*
 * The house's tables, and what long work may use; the second is
 * also the most that an import holds at once.
 */
enum { HOUSE_MEMORY = 64 * 1024 * 1024 };
#define COMMAND_MEMORY ((size_t)256 * 1024 * 1024)
#define LONG_MEMORY ((size_t)16 * 1024 * 1024 * 1024)

/* Opens the store and attaches the call. `*store` is for store_close. */
static bool open_store(struct call *call, const struct house *house,
                       const struct invocation *invocation, struct store **store)
{
    unsigned flags = invocation->command->flags;
    const struct store_options options = { .where = environment_store(invocation),
                                           .create = flags & COMMAND_MAKES_STORE,
                                           .rehearses = option_flag(invocation, "dry-run"),
                                           .is_of_one_call = !(flags & COMMAND_SERVES),
                                           .reads_once = !(flags & COMMAND_SERVES),
                                           .opens_beside = flags & COMMAND_PARALLEL,
                                           .catalog = &house->catalog };
    *store = store_open(call, &options);
    return *store && store_attach(call, *store);
}

static bool find_actor(struct call *call, const struct invocation *invocation)
{
    text named = environment_person(invocation);
    return named.at ? people_act_as(call, named) : people_act_unnamed(call);
}

/* A store that an import has just made belongs to whoever ran it. */
static bool found_if_empty(struct call *call, const struct invocation *invocation)
{
    bool is_new;
    if (!(invocation->command->flags & COMMAND_MAKES_STORE) ||
        (invocation->command->flags & COMMAND_WITHOUT_PERSON))
        return true;
    if (!people_found(call, environment_user(), &is_new))
        return false;
    if (store_is_rehearsal(call->store))
        out_format(invocation->err,
                   "there is no store at '%s' yet: without --dry-run this makes one\n",
                   store_where(call->store));
    else if (is_new)
        out_format(invocation->err, "made a new store at '%s'\n", store_where(call->store));
    return true;
}

static bool run_on_store(struct call *call, const struct house *house,
                         struct invocation *invocation)
{
    struct store *store = NULL;
    unsigned flags = invocation->command->flags;
    if (invocation->command->check && !invocation->command->check(call, invocation))
        return false;
    bool done = open_store(call, house, invocation, &store) && found_if_empty(call, invocation) &&
                ((flags & COMMAND_WITHOUT_PERSON) || find_actor(call, invocation)) &&
                invocation->command->run(call, invocation);
    /* What was written is sealed at once; a seal that has to wait is no failure of the command. */
    if (done && change_id(call) && !audit_seal(call))
        fail_clear(call);
    store_leave(call);
    if (store)
        store_close(store);
    return done;
}

static void say_failure(struct out *err, const struct call *call)
{
    const struct fail *reason = &call->fail;
    out_format(err, "rondo: %s\n", reason->sentence);
    for (int i = 0; i < reason->missing_count; i++)
        out_format(err, "  missing: %s\n", reason->missing[i]);
}

static void say_warnings(struct out *err, const struct call *call)
{
    for (int i = 0; i < call->warnings.count; i++)
        out_format(err, "rondo: warning: %s\n", call->warnings.sentence[i]);
}

static bool run_command(struct call *call, const struct house *house, struct invocation *invocation)
{
    bool is_fixed;
    if (!environment_clock(call, &call->now, &is_fixed))
        return false;
    if (invocation->wants_help) {
        help_write(invocation, house->command, house->command_count);
        return true;
    }
    const struct command *command = invocation->command;
    bool is_elsewhere = command->is_elsewhere && command->is_elsewhere(invocation);
    if (is_elsewhere || (command->flags & COMMAND_WITHOUT_STORE))
        return command->run(call, invocation);
    return run_on_store(call, house, invocation);
}

/* The sinks live in memory of their own: a command that uses up its memory can still say so. */
static int run(struct call *sinks, const struct house *house, const struct invocation *parsed)
{
    struct call call;
    struct out out, err;
    struct invocation invocation = *parsed;
    struct progress progress;
    struct terminal error_terminal = terminal_of(STDERR_FILENO, invocation.no_colour);
    bool is_long = invocation.command && (invocation.command->flags & COMMAND_LONG);
    call_init(&call, is_long ? LONG_MEMORY : COMMAND_MEMORY);
    arena_expect_much(&call.arena);
    out_init_stream(&out, &call, stdout);
    out_init_stream(&err, sinks, stderr);
    invocation.out = &out;
    invocation.err = &err;
    invocation.terminal = terminal_of(STDOUT_FILENO, invocation.no_colour);
    progress_init(&progress, stderr, &error_terminal, stamp_ticks);
    call.progress = is_long ? progress_update : NULL;
    call.progress_to = &progress;
    bool done = run_command(&call, house, &invocation);
    progress_end(&progress);
    done = done && out_flush(&out);
    if (done)
        say_warnings(&err, &call);
    else
        say_failure(&err, &call);
    out_flush(&err);
    int code = done ? (int)invocation.exit : fail_fact(call.fail.kind)->exit_code;
    call_release(&call);
    return code;
}

static bool open_doors(struct call *call, struct house *house, const struct invocation *invocation)
{
    bool serves = invocation->command && (invocation->command->flags & COMMAND_SERVES);
    return !serves || house_open_doors(call, house);
}

int cli_main(int argc, char **argv)
{
    struct call start;
    struct house house;
    struct invocation invocation;
    struct out err;
    int code;
    /* A full disk and a closed pipe are failures with a sentence, not the end of the process. */
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    quiet_gsl();
    call_init(&start, HOUSE_MEMORY);
    arena_expect_much(&start.arena);
    out_init_stream(&err, &start, stderr);
    if (house_build(&start, rooms, &house) &&
        command_parse(&start, house.command, house.command_count, argc, argv, &invocation) &&
        open_doors(&start, &house, &invocation)) {
        code = run(&start, &house, &invocation);
    } else {
        say_failure(&err, &start);
        out_flush(&err);
        code = fail_fact(start.fail.kind)->exit_code;
    }
    call_release(&start);
    return code;
}
