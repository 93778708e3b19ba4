/* See backup.h. */
#include "store/backup.h"

#include "store/session.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_file(struct call *call, const char *path, const char *why)
{
    return fail(call, FAIL_STORE,
                "cannot write the backup '%s': %s; check the folder, its rights and its room", path,
                why);
}

static bool refuse_existing(struct call *call, const char *path)
{
    struct stat facts;
    if (lstat(path, &facts) != 0)
        return true;
    return fail(call, FAIL_CONFLICT,
                "'%s' is there already: a backup replaces nothing, so name a new file", path);
}

/* What was acknowledged survives a power cut. */
static bool sync_path(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    bool done = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return done;
}

/* A link refuses a name that was taken meanwhile; where there are no links, renaming has to do. */
static bool give_name(struct call *call, const char *partial, const char *path)
{
    if (!sync_path(partial, O_RDWR))
        return fail_file(call, path, strerror(errno));
    if (link(partial, path) != 0) {
        if (errno == EEXIST)
            return refuse_existing(call, path);
        if (rename(partial, path) != 0)
            return fail_file(call, path, strerror(errno));
    }
    unlink(partial);
    char *folder = call_string(call, text_of(path));
    if (!folder)
        return false;
    sync_path(dirname(folder), O_RDONLY | O_DIRECTORY);
    return true;
}

/* On a connection of its own, so that nobody waits for it. */
static bool write_native(struct call *call, const char *partial, const char *path)
{
    struct store *store = call->store;
    struct slot *slot = slot_open(call, store, false, true);
    if (!slot)
        return false;
    enum driver_result result = store->driver->copy(slot->connection, partial);
    if (result == DRIVER_NOT_A_STORE)
        store_fail(call, store, slot->connection, result);
    else if (result != DRIVER_OK)
        fail_file(call, path, store->driver->message(slot->connection));
    slot_close(store, slot);
    return result == DRIVER_OK;
}

static bool fill_and_commit(struct call *from, struct call *to)
{
    struct copy_report report;
    return store_begin(to) && copy_rows(from, to, &report) && store_commit(to);
}

static bool write_rows(struct call *call, const char *partial, const char *path)
{
    const struct store_options options = { .where = text_of(partial),
                                           .create = true,
                                           .catalog = call->catalog,
                                           .driver = &sqlite_driver };
    struct call to;
    call_init(&to, CALL_MEMORY_DEFAULT);
    struct store *store = store_open(&to, &options);
    bool done = store && store_attach(&to, store) && fill_and_commit(call, &to);
    store_leave(&to);
    if (store)
        store_close(store);
    if (!done && call->fail.kind == FAIL_NONE)
        fail_file(call, path, to.fail.sentence);
    call_release(&to);
    return done;
}

/* A half written store may have files beside it. */
static void remove_partial(struct call *call, const char *partial)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        text path = call_format(call, "%s%s", partial, ends[i]);
        if (path.at)
            unlink(path.at);
    }
}

/* A name beside the backup's that is nobody else's: two backups may be on their way to one name. */
static char *make_partial(struct call *call, const char *path)
{
    text partial = call_format(call, "%s.partial-XXXXXX", path);
    char *name = partial.at ? call_string(call, partial) : NULL;
    int file = name ? mkstemp(name) : -1;
    if (file >= 0) {
        close(file);
        return name;
    }
    if (name)
        fail_file(call, path, strerror(errno));
    return NULL;
}

bool backup_write(struct call *call, text where)
{
    char *path = call_string(call, where);
    if (!path || !refuse_existing(call, path))
        return false;
    char *partial = make_partial(call, path);
    if (!partial)
        return false;
    bool done = (call->store->driver->copy ? write_native(call, partial, path)
                                           : write_rows(call, partial, path)) &&
                give_name(call, partial, path);
    if (!done)
        remove_partial(call, partial);
    return done;
}

bool backup_check(struct call *call)
{
    struct store *store = call->store;
    char message[DRIVER_MESSAGE_SIZE] = "";
    struct slot *slot = store->driver->check ? slot_open(call, store, false, true) : NULL;
    if (!slot)
        return call->fail.kind == FAIL_NONE;
    enum driver_result result = store->driver->check(slot->connection, message);
    if (result != DRIVER_OK)
        store_fail(call, store, slot->connection, result);
    else if (message[0])
        fail(call, FAIL_STORE, "the store '%s' is damaged: %s", store->where, message);
    slot_close(store, slot);
    return call->fail.kind == FAIL_NONE;
}

bool backup_open(struct call *call, text where, const struct catalog *catalog, struct call *from,
                 struct store **store)
{
    const struct store_options options = { .where = where, .read_only = true, .catalog = catalog };
    call_init(from, CALL_MEMORY_DEFAULT);
    from->now = call->now;
    from->all_rows = true;
    *store = store_open(from, &options);
    if (*store && store_attach(from, *store) && backup_check(from))
        return true;
    return fail(call, from->fail.kind, "%s", from->fail.sentence);
}

void backup_close(struct call *from, struct store *store)
{
    store_leave(from);
    if (store)
        store_close(store);
    call_release(from);
}

bool backup_is_same(const char *a, const char *b)
{
    struct stat one, other;
    if (strcmp(a, b) == 0)
        return true;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}
