/*
 * A call is one request, whichever door it came through. It owns the memory, the
 * failure, the actor and the clock of that request and is the first parameter of
 * every function that can fail. There is no other state.
 *
 * Life cycle: call_init, work, call_release. A call belongs to one thread.
 */
#ifndef RONDO_CALL_H
#define RONDO_CALL_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/text.h"

/* The number of a row in its table. */
typedef int64_t rid;

/* Microseconds since 1970-01-01T00:00:00Z; see stamp.h. */
typedef int64_t stamp;

enum door { DOOR_CLI, DOOR_API, DOOR_WEB, DOOR_IMPORT, DOOR_JOB, DOOR_COUNT };

/* The word for a door in the audit: "cli", "api", "web", "import", "job". */
const char *door_word(enum door door);

/* Roles are a set, no ladder. */
enum role {
    ROLE_NONE = 0,
    ROLE_VIEWER = 1 << 0,
    ROLE_MEMBER = 1 << 1,
    ROLE_COUNCIL = 1 << 2,
    ROLE_EXECUTIVE = 1 << 3,
    ROLE_OWNER = 1 << 4,
    ROLE_ROBOT = 1 << 5,
};

struct team_roles {
    rid team; /* 0 = the workspace */
    unsigned roles;
};

/* What a token may do; a person who signed in may do all. */
enum scope {
    SCOPE_READ = 1 << 0,
    SCOPE_IMPORT = 1 << 1,
    SCOPE_WRITE = 1 << 2,
    SCOPE_ALL = SCOPE_READ | SCOPE_IMPORT | SCOPE_WRITE,
};

/* Who acts. Person 0 is nobody: such a call reads public rows and writes nothing. */
struct actor {
    rid person;
    text name;
    const struct team_roles *team;
    size_t team_count;
    unsigned roles; /* over all teams */
    unsigned scopes;
};

/* A change in the making; see ledger/change.c for its states. */
struct open_change {
    bool is_open;
    rid id; /* 0 until the first row is written */
    stamp at;
    text what;
    rid undoes; /* the change that this one undoes */
    bool is_written; /* something was written since the transaction began */
    bool is_paused;  /* open, but its transaction is not: see change_pause */
    rid resumes;     /* the next one goes on with this change: see change_go_on */
};

/* What was done all the same, and what is to be known of it: see call_warn. */
enum { WARNINGS_MAX = 4, WARNING_SIZE = 256 };
struct warnings {
    int count;
    char sentence[WARNINGS_MAX][WARNING_SIZE];
};

struct store;
struct session;
struct catalog;
struct remembered;
struct sources;

struct call {
    struct arena arena;
    struct fail fail;
    struct warnings warnings;
    stamp now;
    enum door door;
    struct actor actor;
    text workspace_zone;           /* IANA name; weeks of teams without a zone */
    const struct catalog *catalog; /* every record there is */
    struct store *store;
    struct session *session; /* this call's connections; owned by store/session.c */
    struct open_change change; /* the open or last change of this call; owned by ledger/change.c */
    struct remembered *remembered; /* see call_remember */
    struct sources *sources;       /* where what is read is noted, or NULL; see store/sources.h */
    bool all_rows;           /* the machine's holder acts (move, backup, tests): no reader clause */

    /* Long work tells how far it is: done of total (0 = unknown). May be NULL. */
    void (*progress)(void *to, const char *what, int64_t done, int64_t total);
    void *progress_to;

    /*
     * What has to be stored together with each piece of a change: called inside its transaction,
     * before the commit. False: the call has failed, and the piece is not stored. May be NULL.
     */
    bool (*committing)(void *to, struct call *call, bool is_last);
    void *committing_to;
};

enum { CALL_MEMORY_DEFAULT = 64 * 1024 * 1024 };

void call_init(struct call *call, size_t memory_limit_bytes);
void call_release(struct call *call);

/*
 * Record why the call failed; the first reason wins. Always
 * return false, so that `return fail(...)` reads well.
 */
bool fail(struct call *call, enum fail_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool fail_at(struct call *call, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * The failure is about this one of several: "SUBJECT: " goes before the sentence, of which it takes
 * at most half. Always false.
 */
bool fail_about(struct call *call, text subject);

/* What to do, where the sentence says only what failed: ": ADVICE" goes behind it. Always false. */
bool fail_advise(struct call *call, const char *advice);

/* Adds one to the list of what is missing, which the doors print after the sentence. */
void fail_missing(struct call *call, const char *name);

/* Forgets the failure: the caller handled it (retry, quarantine, a fallback). */
void fail_clear(struct call *call);

/*
 * A sentence about what is done, for whoever asked for it: "Bert is away until 2026-12-04". The
 * doors tell it beside their answer. The first WARNINGS_MAX are kept, each once; what is too long
 * is cut.
 */
void call_warn(struct call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Zeroed memory that lives as long as the call. NULL: the call has failed with "too large". */
void *call_take(struct call *call, size_t size);
void *call_array(struct call *call, size_t count, size_t size);
void *call_grow(struct call *call, void *piece, size_t old_size, size_t new_size);
#define call_new(call, type) ((type *)call_take((call), sizeof(type)))

/* As call_take and call_grow with anything in what is new: for whoever fills what it uses. */
void *call_take_unset(struct call *call, size_t size);
void *call_grow_unset(struct call *call, void *piece, size_t old_size, size_t new_size);

/*
 * A list with room for one more than `count`: `list` itself, or a larger copy. NULL: "too large".
 */
void *call_more(struct call *call, void *list, size_t count, size_t *room, size_t size);

/* Copies; the result's `at` is NULL when the call has failed. Empty texts keep a non-NULL `at`. */
text call_text(struct call *call, text source);
text call_join(struct call *call, const text *part, size_t count);
text call_format(struct call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The texts one after the other: where thousands are made at each start, formats are slow. */
#define CALL_JOIN(call, ...) \
    call_join((call), (const text[]){ __VA_ARGS__ }, \
              sizeof((const text[]){ __VA_ARGS__ }) / sizeof(text))

/* A NUL-ended copy for library borders, or NULL. Refuses a text that holds a NUL byte. */
char *call_string(struct call *call, text source);

/*
 * Takes memory from `other` until the next swap: for what must
 * outlive a caller that takes its memory back.
 */
void call_swap_memory(struct call *call, struct arena *other);

/*
 * What was worked out in this call, by the address of something static that it is known by. It
 * holds for one actor and one moment of the store: NULL when nothing was remembered, when something
 * was written since, when somebody else acts, and while a change is open; what is worked out in an
 * open change is not remembered. `what` lives in the call's arena, and was not made within a mark
 * of it. Whoever writes rows forgets.
 */
void *call_recall(const struct call *call, const void *of);
bool call_remember(struct call *call, const void *of, void *what);
void call_forget(struct call *call);

/* False: the call has failed, because nobody waits for the work any more. */
bool call_progress(struct call *call, const char *what, int64_t done, int64_t total);

#endif
