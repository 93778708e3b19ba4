/*
 * The SQLite driver: a file in WAL mode with synchronous=FULL, so that an acknowledged
 * commit survives a power cut. Connections are opened without SQLite's own mutex: the store
 * above gives each to one thread at a time.
 */
#include "base/thread.h"
#include "store/driver.h"
#include "store/store_sqlite_ahead.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SQLITE_BUSY_TIMEOUT_MS = 10000, SQLITE_RETRY_MS = 5 };

/* What was read ahead, at which state of the store. */
struct ahead {
    struct ahead_wish wish;
    uint32_t version;
};

enum { AHEAD_TABLES = 16, AHEAD_TREES_MAX = 8 };

struct connection {
    sqlite3 *native;
    struct ahead ahead[AHEAD_TABLES];
    size_t ahead_next;   /* the place that is given to the next table */
    bool refuses_writes; /* it only reads now, as one that only reads at all */
    bool reads_once;     /* and keeps few pages */
};

struct statement {
    sqlite3_stmt *native;
    struct connection *owner;
    bool writes;
    int refused; /* why a value could not be bound; it must not be stored as null */
};

/* What the system said of the last failure on the log of changes; 0 when it said nothing. */
static int log_errno(sqlite3 *native)
{
    sqlite3_file *log = NULL;
    int reason = 0;
    if (sqlite3_file_control(native, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK &&
        log && log->pMethods)
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &reason);
    return reason;
}

/*
 * A file that may not grow shows up as an I/O error with the system's reason behind it, which
 * SQLite passes on in one place or another, depending on the file and on the call.
 */
static enum driver_result classify_io(sqlite3 *native)
{
    const int last = errno;
    const int reasons[] = { last, native ? sqlite3_system_errno(native) : 0,
                            native ? log_errno(native) : 0 };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (reasons[i] == ENOSPC || reasons[i] == EFBIG || reasons[i] == EDQUOT)
            return DRIVER_FULL;
        if (reasons[i] == EROFS || reasons[i] == EACCES)
            return DRIVER_READ_ONLY;
    }
    return DRIVER_BROKEN;
}

/* A value that another row has is the person's to change; any other rule says that it is no fit. */
static enum driver_result classify_constraint(sqlite3 *native)
{
    switch (sqlite3_extended_errcode(native)) {
    case SQLITE_CONSTRAINT_NOTNULL:
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_DATATYPE:
        return DRIVER_INVALID;
    default:
        return DRIVER_CONFLICT;
    }
}

static enum driver_result classify(sqlite3 *native, int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
        return DRIVER_OK;
    case SQLITE_ROW:
        return DRIVER_ROW;
    case SQLITE_DONE:
        return DRIVER_DONE;
    case SQLITE_CONSTRAINT:
        return classify_constraint(native);
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return DRIVER_INVALID;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DRIVER_BUSY;
    case SQLITE_FULL:
        return DRIVER_FULL;
    case SQLITE_READONLY:
        return DRIVER_READ_ONLY;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return DRIVER_CANNOT_OPEN;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return DRIVER_NOT_A_STORE;
    case SQLITE_IOERR:
        return classify_io(native);
    default:
        return DRIVER_BROKEN;
    }
}

static enum driver_result sqlite_script(struct connection *connection, const char *statements)
{
    errno = 0; /* what is there afterwards is this failure's */
    return classify(connection->native,
                    sqlite3_exec(connection->native, statements, NULL, NULL, NULL));
}

static void sqlite_close_connection(struct connection *connection)
{
    sqlite3_close_v2(connection->native);
    free(connection);
}

/* Asked of the file, not of what this connection remembers: another process may make tables. */
static int64_t count_tables(struct connection *connection, const char *table)
{
    sqlite3_stmt *count = NULL;
    int64_t found = -1;
    if (sqlite3_prepare_v2(connection->native,
                           "SELECT count(*) FROM sqlite_schema WHERE ?1 IS NULL OR name = ?1", -1,
                           &count, NULL) == SQLITE_OK) {
        if (table)
            sqlite3_bind_text(count, 1, table, -1, SQLITE_STATIC);
        if (sqlite3_step(count) == SQLITE_ROW)
            found = sqlite3_column_int64(count, 0);
    }
    sqlite3_finalize(count);
    return found;
}

static bool sqlite_has_table(struct connection *connection, const char *table)
{
    return count_tables(connection, table) > 0;
}

static bool sqlite_is_empty(struct connection *connection)
{
    return count_tables(connection, NULL) == 0;
}

/* The journal mode stays with the file, so the file of somebody else keeps its own. */
static bool may_set_journal(struct connection *connection)
{
    return !sqlite3_db_readonly(connection->native, "main") &&
           (sqlite_is_empty(connection) || sqlite_has_table(connection, "history"));
}

/*
 * Processes that make one store at once refuse each other here without waiting: each tries again.
 */
static enum driver_result set_journal(struct connection *connection)
{
    enum driver_result result;
    int waited_ms = 0;
    while ((result = sqlite_script(connection, "PRAGMA journal_mode=WAL;")) == DRIVER_BUSY &&
           waited_ms < SQLITE_BUSY_TIMEOUT_MS)
        waited_ms += sqlite3_sleep(SQLITE_RETRY_MS);
    return result;
}

/*
 * SQLite's own handler waits up to 100 ms between two tries, and would hardly ever hit the moment
 * in which long work gives way (store_give_way).
 */
static int wait_and_try_again(void *context, int tries)
{
    (void)context;
    if (tries >= SQLITE_BUSY_TIMEOUT_MS / SQLITE_RETRY_MS)
        return 0;
    sqlite3_sleep(SQLITE_RETRY_MS);
    return 1;
}

/* Pages that a connection keeps, in KiB. */
#define KEEP_MUCH "PRAGMA cache_size=-32768;"
#define KEEP_LITTLE "PRAGMA cache_size=-512;"

/*
 * Pages are read and not mapped. Mapping a page costs more than copying it, the file behind it may
 * become shorter, and after each change of the store everything has to be mapped anew.
 */
static enum driver_result sqlite_prepare_connection(struct connection *connection, bool read_only)
{
    sqlite3_busy_handler(connection->native, wait_and_try_again, NULL);
    enum driver_result result =
        sqlite_script(connection, "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;"
                                  "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;" KEEP_MUCH
                                  "SELECT count(*) FROM sqlite_schema;");
    if (result == DRIVER_OK && !read_only && may_set_journal(connection))
        result = set_journal(connection);
    return result;
}

/*
 * A store holds what is private, so a new file is its owner's alone; SQLite gives the files beside
 * it the same rights. What cannot be made here SQLite refuses with its own words.
 */
static void make_private_file(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0)
        close(file);
}

/*
 * SQLite's counters of memory stand behind one lock that all threads of a server would queue for;
 * nobody reads them. Has to be said before the first connection.
 */
static void configure_library(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum driver_result sqlite_open_connection(const char *where, bool create, bool read_only,
                                                 struct connection **opened,
                                                 char message[DRIVER_MESSAGE_SIZE])
{
    static pthread_once_t is_configured = PTHREAD_ONCE_INIT;
    pthread_once(&is_configured, configure_library);
    int flags = SQLITE_OPEN_NOMUTEX | (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                (create ? SQLITE_OPEN_CREATE : 0);
    struct connection *connection = calloc(1, sizeof *connection);
    if (!connection) {
        snprintf(message, DRIVER_MESSAGE_SIZE, "out of memory");
        return DRIVER_BROKEN;
    }
    if (create)
        make_private_file(where);
    int code = sqlite3_open_v2(where, &connection->native, flags, NULL);
    enum driver_result result = classify(connection->native, code);
    if (result == DRIVER_OK)
        result = sqlite_prepare_connection(connection, read_only);
    if (result == DRIVER_OK) {
        *opened = connection;
        return DRIVER_OK;
    }
    snprintf(message, DRIVER_MESSAGE_SIZE, "%s",
             connection->native ? sqlite3_errmsg(connection->native) : "out of memory");
    sqlite_close_connection(connection);
    return result;
}

static enum driver_result sqlite_begin(struct connection *connection, bool writing)
{
    enum driver_result result = DRIVER_OK;
    connection->refuses_writes = !writing;
    if (writing && connection->reads_once) {
        connection->reads_once = false;
        result = sqlite_script(connection, KEEP_MUCH);
    }
    if (result != DRIVER_OK)
        return result;
    return sqlite_script(connection, writing ? "BEGIN IMMEDIATE" : "BEGIN");
}

/* A page that is used again at once is faster than a fresh piece of memory for each. */
static void sqlite_reads_once(struct connection *connection)
{
    connection->reads_once = sqlite_script(connection, KEEP_LITTLE) == DRIVER_OK;
}

static enum driver_result sqlite_change_script(struct connection *connection,
                                               const char *statements)
{
    return connection->refuses_writes ? DRIVER_READ_ONLY : sqlite_script(connection, statements);
}

static enum driver_result sqlite_commit(struct connection *connection)
{
    return sqlite_script(connection, "COMMIT");
}

/* After some failures SQLite has rolled back by itself: that is what was asked for. */
static enum driver_result sqlite_rollback(struct connection *connection)
{
    if (sqlite3_get_autocommit(connection->native))
        return DRIVER_OK;
    return sqlite_script(connection, "ROLLBACK");
}

static enum driver_result sqlite_prepare_statement(struct connection *connection, text words,
                                                   struct statement **prepared)
{
    struct statement *statement = calloc(1, sizeof *statement);
    if (!statement)
        return DRIVER_BROKEN;
    statement->owner = connection;
    int code = sqlite3_prepare_v3(connection->native, words.at, (int)words.size,
                                  SQLITE_PREPARE_PERSISTENT, &statement->native, NULL);
    if (code != SQLITE_OK) {
        free(statement);
        return classify(connection->native, code);
    }
    statement->writes = !sqlite3_stmt_readonly(statement->native);
    *prepared = statement;
    return DRIVER_OK;
}

static void sqlite_finish(struct statement *prepared)
{
    sqlite3_finalize(prepared->native);
    free(prepared);
}

static void sqlite_reset(struct statement *prepared)
{
    sqlite3_reset(prepared->native);
    sqlite3_clear_bindings(prepared->native);
    prepared->refused = SQLITE_OK;
}

/*
 * Who reads does not write. SQLite's own query_only would refuse it, too, and would forget every
 * statement that is prepared each time that a connection goes from the one to the other.
 */
static enum driver_result sqlite_step(struct statement *prepared)
{
    errno = 0;
    if (prepared->refused != SQLITE_OK)
        return classify(prepared->owner->native, prepared->refused);
    if (prepared->writes && prepared->owner->refuses_writes)
        return DRIVER_READ_ONLY;
    return classify(prepared->owner->native, sqlite3_step(prepared->native));
}

static void keep_refusal(struct statement *prepared, int code)
{
    if (code != SQLITE_OK)
        prepared->refused = code;
}

static void sqlite_bind_int(struct statement *prepared, int at, int64_t value)
{
    keep_refusal(prepared, sqlite3_bind_int64(prepared->native, at, value));
}

static void sqlite_bind_real(struct statement *prepared, int at, double value)
{
    keep_refusal(prepared, sqlite3_bind_double(prepared->native, at, value));
}

/*
 * SQLITE_STATIC is safe: what is bound lives in the call, and the
 * statement is reset before the call ends.
 */
static void sqlite_bind_text(struct statement *prepared, int at, text value)
{
    keep_refusal(prepared, sqlite3_bind_text64(prepared->native, at, value.at, value.size,
                                               SQLITE_STATIC, SQLITE_UTF8));
}

static void sqlite_bind_blob(struct statement *prepared, int at, text value)
{
    keep_refusal(prepared, sqlite3_bind_blob64(prepared->native, at, value.at, value.size,
                                               SQLITE_STATIC));
}

static void sqlite_bind_null(struct statement *prepared, int at)
{
    keep_refusal(prepared, sqlite3_bind_null(prepared->native, at));
}

static bool sqlite_column_is_null(struct statement *prepared, int column)
{
    return sqlite3_column_type(prepared->native, column) == SQLITE_NULL;
}

static int64_t sqlite_column_int(struct statement *prepared, int column)
{
    return sqlite3_column_int64(prepared->native, column);
}

static double sqlite_column_real(struct statement *prepared, int column)
{
    return sqlite3_column_double(prepared->native, column);
}

/* A column is asked for once: each asking checks the statement anew. Its thread is the only one. */
static text sqlite_column_text(struct statement *prepared, int column)
{
    sqlite3_value *value = sqlite3_column_value(prepared->native, column);
    const char *at = (const char *)sqlite3_value_text(value);
    return (text){ at, at ? (size_t)sqlite3_value_bytes(value) : 0 };
}

static text sqlite_column_blob(struct statement *prepared, int column)
{
    const char *at = sqlite3_column_blob(prepared->native, column);
    size_t size = (size_t)sqlite3_column_bytes(prepared->native, column);
    bool is_null = sqlite_column_is_null(prepared, column);
    return is_null ? TEXT_NONE : (text){ at ? at : "", size };
}

static const char *sqlite_message(struct connection *connection)
{
    return sqlite3_errmsg(connection->native);
}

static enum driver_result sqlite_copy(struct connection *connection, const char *path)
{
    sqlite3_stmt *copy = NULL;
    int code = sqlite3_prepare_v2(connection->native, "VACUUM INTO ?1", -1, &copy, NULL);
    if (code == SQLITE_OK) {
        unlink(path);
        make_private_file(path);
        sqlite3_bind_text(copy, 1, path, -1, SQLITE_STATIC);
        code = sqlite3_step(copy);
    }
    enum driver_result result =
        code == SQLITE_DONE ? DRIVER_OK : classify(connection->native, code);
    sqlite3_finalize(copy);
    if (result != DRIVER_OK)
        unlink(path);
    return result;
}

static enum driver_result sqlite_check(struct connection *connection,
                                       char message[DRIVER_MESSAGE_SIZE])
{
    sqlite3_stmt *check = NULL;
    int code =
        sqlite3_prepare_v2(connection->native, "PRAGMA integrity_check(1)", -1, &check, NULL);
    message[0] = '\0';
    if (code == SQLITE_OK)
        code = sqlite3_step(check);
    if (code == SQLITE_ROW) {
        const char *words = (const char *)sqlite3_column_text(check, 0);
        if (!words || strcmp(words, "ok") != 0)
            snprintf(message, DRIVER_MESSAGE_SIZE, "%s", words ? words : "out of memory");
        code = SQLITE_DONE;
    }
    enum driver_result result =
        code == SQLITE_DONE ? DRIVER_OK : classify(connection->native, code);
    sqlite3_finalize(check);
    return result;
}

/* A walk over some trees; it owns its mapping and itself, and needs no connection. */
struct ahead_walk {
    void *mapped;
    size_t size;
    struct ahead_tree tree[AHEAD_TREES_MAX];
    size_t tree_count;
};

static void walk_end(struct ahead_walk *walk)
{
    munmap(walk->mapped, walk->size);
    free(walk);
}

static void *walk_trees(void *of)
{
    struct ahead_walk *walk = of;
    store_sqlite_ahead(walk->mapped, walk->size, walk->tree, walk->tree_count);
    walk_end(walk);
    return NULL;
}

/*
 * Maps the file once more. While SQLite has it mapped it reads out of that, and another handle of
 * the file may not be closed, for its locks would go: so SQLite maps it, this is a second mapping
 * of the same pages, and SQLite's own goes at once.
 */
static bool map_again(struct connection *connection, struct ahead_walk *walk)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0, most = INT32_MAX;
    void *mapped = NULL, *again = MAP_FAILED;
    if (sqlite3_file_control(connection->native, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
            SQLITE_OK ||
        !file->pMethods || file->pMethods->iVersion < 3 ||
        file->pMethods->xFileSize(file, &size) != SQLITE_OK || size <= 0 || size > most ||
        file->pMethods->xFileControl(file, SQLITE_FCNTL_MMAP_SIZE, &most) != SQLITE_OK)
        return false;
    if (file->pMethods->xFetch(file, 0, (int)size, &mapped) == SQLITE_OK && mapped) {
        again = mremap(mapped, 0, (size_t)size, MREMAP_MAYMOVE);
        file->pMethods->xUnfetch(file, 0, mapped);
    }
    most = 0;
    file->pMethods->xFileControl(file, SQLITE_FCNTL_MMAP_SIZE, &most);
    walk->mapped = again;
    walk->size = (size_t)size;
    return again != MAP_FAILED;
}

/* By another thread where there is a processor for it, while this one reads already. */
static void walk_begin(struct ahead_walk *walk)
{
    cpu_set_t processors;
    pthread_t thread;
    if (thread_others(&processors) && thread_start_on(&processors, walk_trees, walk, &thread))
        pthread_detach(thread);
    else
        walk_trees(walk);
}

/*
 * What was read stays in memory until somebody else changes the store, which is what the version
 * tells: until then once is enough.
 */
static bool is_known_ahead(const struct connection *connection, const struct ahead_wish *asked,
                           uint32_t version)
{
    for (size_t i = 0; i < AHEAD_TABLES; i++) {
        const struct ahead *known = &connection->ahead[i];
        if (known->wish.table && strcmp(known->wish.table, asked->table) == 0 &&
            known->wish.keys_only == asked->keys_only && known->version == version &&
            known->wish.from <= asked->from)
            return true;
    }
    return false;
}

/* Keeps those of the wishes that are new, and says how many they are. */
static size_t new_wishes(struct connection *connection, const struct ahead_wish *wish, size_t count,
                         const struct ahead_wish *found[AHEAD_TREES_MAX])
{
    size_t wishes = 0;
    uint32_t version;
    if (sqlite3_file_control(connection->native, "main", SQLITE_FCNTL_DATA_VERSION, &version) !=
        SQLITE_OK)
        return 0;
    for (size_t i = 0; i < count && wishes < AHEAD_TREES_MAX; i++) {
        if (is_known_ahead(connection, &wish[i], version))
            continue;
        found[wishes++] = &wish[i];
        connection->ahead[connection->ahead_next++ % AHEAD_TABLES] =
            (struct ahead){ wish[i], version };
    }
    return wishes;
}

/* Whether a row of the schema is what is wanted: a table or index, or a table's index of keys. */
static bool is_wanted(const struct ahead_wish *wish, sqlite3_stmt *schema)
{
    enum { NAME, TABLE, IS_INDEX_OF_KEYS = 3 };
    const char *name = (const char *)sqlite3_column_text(schema, wish->keys_only ? TABLE : NAME);
    return name && strcmp(name, wish->table) == 0 &&
           (!wish->keys_only || sqlite3_column_int(schema, IS_INDEX_OF_KEYS));
}

/* The trees of these wishes, in one walk over the schema; what is not there has no root. */
static void find_trees(struct connection *connection, const struct ahead_wish *const *wanted,
                       size_t count, struct ahead_walk *walk)
{
    static const char words[] = "SELECT name, tbl_name, type = 'index', type = 'index' AND sql IS "
                                "NULL, rootpage FROM sqlite_schema";
    sqlite3_stmt *schema = NULL;
    walk->tree_count = count;
    if (sqlite3_prepare_v2(connection->native, words, -1, &schema, NULL) != SQLITE_OK)
        return;
    while (sqlite3_step(schema) == SQLITE_ROW)
        for (size_t i = 0; i < count; i++)
            if (walk->tree[i].root == 0 && is_wanted(wanted[i], schema))
                walk->tree[i] = (struct ahead_tree){
                    .root = (uint32_t)sqlite3_column_int64(schema, 4),
                    .from = wanted[i]->from,
                    .by_first = !wanted[i]->keys_only && sqlite3_column_int(schema, 2),
                };
    sqlite3_finalize(schema);
}

static bool sqlite_read_ahead(struct connection *connection, const struct ahead_wish *wish,
                              size_t count)
{
    const struct ahead_wish *wanted[AHEAD_TREES_MAX];
    size_t wishes = new_wishes(connection, wish, count, wanted);
    struct ahead_walk *walk = wishes ? calloc(1, sizeof *walk) : NULL;
    if (!walk || !map_again(connection, walk)) {
        free(walk);
        return false;
    }
    if (store_sqlite_is_in_memory(walk->mapped, walk->size)) {
        walk_end(walk);
        return false;
    }
    find_trees(connection, wanted, wishes, walk);
    walk_begin(walk);
    return true;
}

const struct driver sqlite_driver = {
    .name = "sqlite",
    .dialect = &dialect_sqlite,
    .open = sqlite_open_connection,
    .close = sqlite_close_connection,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .script = sqlite_change_script,
    .prepare = sqlite_prepare_statement,
    .finish = sqlite_finish,
    .reset = sqlite_reset,
    .step = sqlite_step,
    .bind_int = sqlite_bind_int,
    .bind_real = sqlite_bind_real,
    .bind_text = sqlite_bind_text,
    .bind_blob = sqlite_bind_blob,
    .bind_null = sqlite_bind_null,
    .column_is_null = sqlite_column_is_null,
    .column_int = sqlite_column_int,
    .column_real = sqlite_column_real,
    .column_text = sqlite_column_text,
    .column_blob = sqlite_column_blob,
    .message = sqlite_message,
    .has_table = sqlite_has_table,
    .is_empty = sqlite_is_empty,
    .copy = sqlite_copy,
    .check = sqlite_check,
    .reads_once = sqlite_reads_once,
    .ahead = sqlite_read_ahead,
};
