/*
 * A command: `rondo NAME [VERB] ...`. Rooms and offers declare tables of them; the parser, the
 * help, the completion and the tests walk the tables.
 */
#ifndef RONDO_COMMAND_H
#define RONDO_COMMAND_H

#include "base/json_write.h"

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_INT, OPTION_REAL, OPTION_CHOICE, OPTION_FILE };

struct option {
    const char *name;        /* "week-run": written --week-run */
    enum option_kind kind;
    const char *placeholder; /* "NAME" */
    const char *help;
    const char *const *choices; /* zero-ended */
    double min, max;            /* of numbers; both 0 = no limit */
};

enum { COMMAND_OPTIONS_MAX = 24 };

/* Exit codes that are answers, not failures. */
enum exit_code { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 2, EXIT_UNDECIDED = 3, EXIT_SYSTEM = 4 };

struct invocation;

typedef bool (*command_run)(struct call *call, struct invocation *invocation);

enum command_flag {
    COMMAND_WITHOUT_STORE = 1 << 0, /* the store is not opened */
    COMMAND_MAKES_STORE = 1 << 1,   /* the store is made when it is not there */
    COMMAND_WITHOUT_PERSON = 1 << 2, /* nobody needs to act */
    COMMAND_LONG = 1 << 3,           /* may run long: progress bar, more memory */
};

struct command {
    const char *name;      /* "review" */
    const char *verb;      /* "verify" in `rondo audit verify`; NULL: none */
    const char *arguments; /* for the help: "FILE...", "RUN_A RUN_B"; "" = none */
    int arguments_min, arguments_max; /* -1 = any number */
    const char *help;      /* one sentence */
    /* ended by one without a name; --store, --as, --json, --help stand everywhere */
    struct option option[COMMAND_OPTIONS_MAX];
    command_run run;
    unsigned flags;
    const void *context;
};

struct invocation {
    const struct command *command;
    const struct pair_of_option *given;
    size_t given_count;
    const text *argument;
    size_t argument_count;
    bool as_json;
    bool is_terminal; /* colours and columns for a person */
    int width;        /* of the terminal, in characters */
    struct out *out;  /* standard output */
    struct out *err;  /* standard error: notes, never data */
    enum exit_code exit;
};

struct pair_of_option {
    const struct option *option;
    text value;
};

/*
 * What was given, or TEXT_NONE / the fallback. Numbers and choices have been checked by the parser.
 */
text option_text(const struct invocation *invocation, const char *name);
bool option_flag(const struct invocation *invocation, const char *name);
int64_t option_int(const struct invocation *invocation, const char *name, int64_t fallback);

/* The n-th value of an option that may be given several times; false when there are no more. */
bool option_next(const struct invocation *invocation, const char *name, size_t n, text *value);

#endif
