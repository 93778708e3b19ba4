/* See store_commands.h. */
#include "app/store_commands.h"

#include "app/environment.h"
#include "base/json_write.h"
#include "ledger/audit.h"
#include "ledger/verify_ledger.h"
#include "store/backup.h"
#include "store/sql.h"
#include "store/store.h"

#include <sys/stat.h>

enum { SAFETY_NAMES_MAX = 1000 };

static const struct catalog *catalog_of(const struct invocation *invocation)
{
    const struct house *house = invocation->command->context;
    return &house->catalog;
}

static void begin_json(const struct invocation *invocation, struct json_writer *writer)
{
    json_writer_init(writer, invocation->out, invocation->terminal.is_terminal);
}

static bool end_json(const struct invocation *invocation)
{
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

static void put_counts(const struct copy_report *report, struct json_writer *writer)
{
    json_put_int(writer, "rows", report->rows);
    json_key(writer, "tables");
    json_object(writer);
    for (size_t i = 0; i < report->tables; i++)
        json_put_int(writer, report->count[i].table, report->count[i].rows);
    json_object_end(writer);
}

static void print_counts(const struct copy_report *report, struct out *out)
{
    for (size_t i = 0; i < report->tables; i++)
        if (report->count[i].rows)
            out_format(out, "%10lld  %s\n", (long long)report->count[i].rows,
                       report->count[i].table);
}

/* Fills the call's store, and verifies the audit of what came in before it is kept. */
static bool fill_store(struct call *from, struct call *call, struct copy_report *copied,
                       struct audit_report *audit)
{
    return copy_rows(from, call, copied) && audit_verify(call, audit);
}

/* Ends the transaction in which the store was looked at and filled: nobody wrote in between. */
static bool keep(struct call *call, bool done)
{
    if (done)
        return store_commit(call);
    store_rollback(call);
    return false;
}

/* A break in the chain came with the rows: it is told, and they are kept as they are. */
static void say_audit(struct invocation *invocation, const struct audit_report *audit)
{
    paint(invocation->out, &invocation->terminal, audit->is_intact ? PAINT_GREEN : PAINT_RED,
          audit->sentence);
    out_char(invocation->out, '\n');
}

/* --- move --- */

static bool is_empty(struct call *call)
{
    struct copy_report counted;
    if (!copy_count(call, &counted))
        return false;
    return counted.rows == 0 ||
           fail(call, FAIL_CONFLICT,
                "the store '%s' has %lld rows already: a move needs a new or an empty one",
                store_where(call->store), (long long)counted.rows);
}

/* Places are named as stores name themselves: an address may hold a password. */
static bool say_moved(struct invocation *invocation, const char *from, const char *to,
                      const struct copy_report *copied, const struct audit_report *audit)
{
    struct json_writer writer;
    invocation->exit = audit->is_intact ? EXIT_DONE : EXIT_NO;
    if (invocation->as_json) {
        begin_json(invocation, &writer);
        json_object(&writer);
        json_put_string(&writer, "from", from);
        json_put_string(&writer, "to", to);
        put_counts(copied, &writer);
        json_put_text(&writer, "audit", audit->sentence);
        json_object_end(&writer);
        return end_json(invocation);
    }
    print_counts(copied, invocation->out);
    out_format(invocation->out, "Copied %lld rows to %s; %s is as it was.\n",
               (long long)copied->rows, to, from);
    say_audit(invocation, audit);
    return !invocation->out->failed;
}

static bool move_into(struct call *from, struct call *call, struct invocation *invocation,
                      struct store **store)
{
    const struct store_options options = { .where = option_text(invocation, "to"),
                                           .create = true,
                                           .catalog = catalog_of(invocation) };
    struct copy_report copied;
    struct audit_report audit;
    *store = store_open(call, &options);
    return *store && store_attach(call, *store) && store_begin(call) &&
           keep(call, is_empty(call) && fill_store(from, call, &copied, &audit)) &&
           say_moved(invocation, store_where(from->store), store_where(*store), &copied, &audit);
}

static bool check_move(struct call *call, struct invocation *invocation)
{
    static const char *const names[] = { "from", "to" };
    const char *place[2];
    for (int i = 0; i < 2; i++) {
        text given = option_text(invocation, names[i]);
        if (!given.at || given.size == 0)
            return fail_at(call, names[i], "a move needs both stores: --from PLACE --to PLACE");
        if (!(place[i] = call_string(call, given)))
            return false;
    }
    return !backup_is_same(place[0], place[1]) ||
           fail_at(call, "to", "that is the store that is moved: name another place with --to");
}

static bool run_move(struct call *call, struct invocation *invocation)
{
    struct call from;
    struct store *source = NULL, *target = NULL;
    if (!check_move(call, invocation))
        return false;
    bool done = backup_open(call, option_text(invocation, "from"), catalog_of(invocation), &from,
                            &source) &&
                move_into(&from, call, invocation, &target);
    backup_close(&from, source);
    store_leave(call);
    if (target)
        store_close(target);
    return done;
}

static const struct option move_options[] = {
    { .name = "from",
      .kind = OPTION_TEXT,
      .placeholder = "PLACE",
      .help = "The store that is there; it is only read." },
    { .name = "to",
      .kind = OPTION_TEXT,
      .placeholder = "PLACE",
      .help = "Where everything goes: a new store, or one without rows." },
    { 0 },
};

/* --- backup --- */

static bool run_backup(struct call *call, struct invocation *invocation)
{
    text path = invocation->argument[0];
    struct json_writer writer;
    if (!backup_write(call, path))
        return false;
    if (!invocation->as_json) {
        out_format(invocation->out, "Wrote all of %s to %.*s.\n", store_where(call->store),
                   TEXT_FMT(path));
        return !invocation->out->failed;
    }
    begin_json(invocation, &writer);
    json_object(&writer);
    json_put_string(&writer, "store", store_where(call->store));
    json_put_text(&writer, "file", path);
    json_object_end(&writer);
    return end_json(invocation);
}

/* --- restore --- */

/* How far a store is: its rows, and its last change. */
struct extent {
    struct copy_report counted;
    int64_t changes;
    stamp last;
};

static bool extent_read(struct call *call, struct extent *extent)
{
    if (!copy_count(call, &extent->counted))
        return false;
    struct sql *sql = SQL(call, "SELECT count(*), max(at) FROM change");
    enum sql_step step = sql ? sql_step(call, sql) : SQL_FAILED;
    if (step == SQL_ROW) {
        extent->changes = sql_int(sql, 0);
        extent->last = sql_int(sql, 1);
    }
    sql_done(sql);
    return step == SQL_ROW;
}

static void print_extent(struct out *out, const char *where, const struct extent *extent)
{
    char at[STAMP_TEXT_SIZE];
    stamp_write(stamp_to_second(extent->last), at);
    out_format(out, "%s: %lld rows, %lld change%s", where, (long long)extent->counted.rows,
               (long long)extent->changes, extent->changes == 1 ? "" : "s");
    if (extent->changes)
        out_format(out, ", the last at %s", at);
    out_char(out, '\n');
}

/* An instant in a file's name: 20261116T070000Z. */
static void write_compact(stamp at, char words[STAMP_TEXT_SIZE])
{
    char full[STAMP_TEXT_SIZE];
    stamp_write(stamp_to_second(at), full);
    for (const char *from = full; *from; from++)
        if (*from != '-' && *from != ':')
            *words++ = *from;
    *words = '\0';
}

/* Beside the store, where it is a file; else beside the backup. A name that is free. */
static text safety_path(struct call *call, const char *backup)
{
    struct stat facts;
    const char *where = store_where(call->store);
    char at[STAMP_TEXT_SIZE];
    if (stat(where, &facts) != 0)
        where = backup;
    write_compact(call->now, at);
    text path = call_format(call, "%s.before-restore-%s", where, at);
    for (int i = 2; i < SAFETY_NAMES_MAX && path.at && lstat(path.at, &facts) == 0; i++)
        path = call_format(call, "%s.before-restore-%s-%d", where, at, i);
    return path;
}

static bool write_safety(struct call *call, struct invocation *invocation, const char *backup)
{
    text path = safety_path(call, backup);
    if (!path.at || !backup_write(call, path))
        return false;
    out_format(
        invocation->err,
        "what was in the store is kept in '%.*s': 'rondo restore FILE --yes' brings it back\n",
        TEXT_FMT(path));
    return out_flush(invocation->err);
}

/* Inside the transaction: what is written to the safety copy is what is replaced. */
static bool ask_first(struct call *call, struct invocation *invocation, struct call *from,
                      const char *backup)
{
    struct extent now, then;
    if (!extent_read(call, &now))
        return false;
    if (!extent_read(from, &then))
        return fail(call, from->fail.kind, "%s", from->fail.sentence);
    if (now.counted.rows == 0)
        return true;
    if (option_flag(invocation, "yes"))
        return write_safety(call, invocation, backup);
    print_extent(invocation->err, store_where(call->store), &now);
    print_extent(invocation->err, backup, &then);
    return fail(call, FAIL_CONFLICT,
                "nothing was restored: all that is in '%s' would be replaced by what is in '%s'; "
                "say --yes to do it",
                store_where(call->store), backup);
}

static bool say_restored(struct invocation *invocation, const char *where, const char *backup,
                         const struct copy_report *copied, const struct audit_report *audit)
{
    struct json_writer writer;
    invocation->exit = audit->is_intact ? EXIT_DONE : EXIT_NO;
    if (invocation->as_json) {
        begin_json(invocation, &writer);
        json_object(&writer);
        json_put_string(&writer, "store", where);
        json_put_string(&writer, "file", backup);
        put_counts(copied, &writer);
        json_put_text(&writer, "audit", audit->sentence);
        json_object_end(&writer);
        return end_json(invocation);
    }
    print_counts(copied, invocation->out);
    out_format(invocation->out, "Restored %lld rows from %s.\n", (long long)copied->rows, backup);
    say_audit(invocation, audit);
    return !invocation->out->failed;
}

/* The file is looked at before a store is opened or made: a bad one leaves everything as it is. */
static bool check_restore(struct call *call, struct invocation *invocation)
{
    struct call from;
    struct store *source;
    char *path = call_string(call, invocation->argument[0]);
    char *store = call_string(call, environment_store(invocation));
    if (!path || !store)
        return false;
    if (strstr(path, "://"))
        return fail(call, FAIL_USAGE,
                    "a backup is a file: copy what is at an address with 'rondo move'");
    if (backup_is_same(path, store))
        return fail(call, FAIL_USAGE, "the file is the store itself: name a backup of it");
    bool done = backup_open(call, text_of(path), catalog_of(invocation), &from, &source);
    backup_close(&from, source);
    return done;
}

static bool run_restore(struct call *call, struct invocation *invocation)
{
    struct call from;
    struct store *source = NULL;
    struct copy_report copied;
    struct audit_report audit;
    char *path = call_string(call, invocation->argument[0]);
    if (!path)
        return false;
    bool done = backup_open(call, text_of(path), call->catalog, &from, &source) &&
                store_begin(call) &&
                keep(call, ask_first(call, invocation, &from, path) &&
                               fill_store(&from, call, &copied, &audit)) &&
                say_restored(invocation, store_where(call->store), path, &copied, &audit);
    backup_close(&from, source);
    return done;
}

static const struct option restore_options[] = {
    { .name = "yes",
      .kind = OPTION_FLAG,
      .help = "Replace all that is in the store; it is kept in a file beside it first." },
    { 0 },
};

/* --- verify --- */

static void print_check(const struct verify_check *check, const struct invocation *invocation)
{
    struct out *out = invocation->out;
    out_format(out, "%-12s %10lld  ", check->what, (long long)check->checked);
    if (check->wrong == 0) {
        paint(out, &invocation->terminal, PAINT_GREEN, TEXT("sound"));
        out_char(out, '\n');
        return;
    }
    char words[32];
    snprintf(words, sizeof words, "%lld wrong", (long long)check->wrong);
    paint(out, &invocation->terminal, PAINT_RED, text_of(words));
    out_char(out, '\n');
    for (int i = 0; i < check->shown_count; i++)
        out_format(out, "  %.*s\n", TEXT_FMT(check->shown[i]));
    if (check->wrong > check->shown_count)
        out_format(out, "  and %lld more\n", (long long)(check->wrong - check->shown_count));
}

static bool verify_database(struct call *call, struct verify_report *report)
{
    struct verify_check *check = verify_add(call, report, "database");
    if (!check)
        return false;
    check->checked = 1;
    if (backup_check(call))
        return true;
    if (call->fail.kind != FAIL_STORE)
        return false;
    text words = call_format(call, "%s", call->fail.sentence);
    fail_clear(call);
    return verify_wrong(call, check, words);
}

static bool verify_rooms(struct call *call, const struct house *house, struct verify_report *report)
{
    for (const struct room *const *room = house->rooms; *room; room++)
        if ((*room)->verify && !(*room)->verify(call, report))
            return false;
    return true;
}

static bool run_verify(struct call *call, struct invocation *invocation)
{
    struct verify_report report = { .count = 0 };
    struct json_writer writer;
    call->all_rows = true;
    if (!verify_database(call, &report) || !verify_ledger(call, &report) ||
        !verify_rooms(call, invocation->command->context, &report))
        return false;
    invocation->exit = verify_is_sound(&report) ? EXIT_DONE : EXIT_NO;
    if (invocation->as_json) {
        begin_json(invocation, &writer);
        verify_write_json(&report, &writer);
        return end_json(invocation);
    }
    for (size_t i = 0; i < report.count; i++)
        print_check(&report.check[i], invocation);
    return !invocation->out->failed;
}

static const struct command store_commands[] = {
    { .name = "backup",
      .arguments = "FILE",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Keeping",
      .run = run_backup,
      .help = "Write the whole store to a new file, as it is at one moment, while it is in use.",
      .flags = COMMAND_WITHOUT_PERSON | COMMAND_LONG },
    { .name = "restore",
      .arguments = "FILE",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Keeping",
      .option = restore_options,
      .check = check_restore,
      .run = run_restore,
      .help = "Replace the store by a backup, also while it is in use.",
      .flags = COMMAND_MAKES_STORE | COMMAND_WITHOUT_PERSON | COMMAND_LONG },
    { .name = "move",
      .arguments = "",
      .group = "Keeping",
      .option = move_options,
      .run = run_move,
      .help = "Copy everything from one store to another, whatever keeps them.",
      .flags = COMMAND_WITHOUT_STORE | COMMAND_WITHOUT_PERSON | COMMAND_LONG },
    { .name = "verify",
      .arguments = "",
      .group = "Keeping",
      .run = run_verify,
      .help = "Check that the store holds together; exit code 1 when something is wrong.",
      .flags = COMMAND_WITHOUT_PERSON | COMMAND_LONG },
    { 0 },
};

const struct command *store_command_table(struct call *call, const struct house *house)
{
    return command_table_with(call, store_commands, house);
}
