/*
 * A command: `rondo NAME [VERB] ...`. Rooms and offers declare tables of them; the parser, the
 * help, the completion and the tests walk the tables.
 */
#ifndef RONDO_COMMAND_H
#define RONDO_COMMAND_H

#include "base/json_write.h"
#include "offers/terminal.h"

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_INT, OPTION_REAL, OPTION_CHOICE, OPTION_FILE };

struct option {
    const char *name;        /* "week-run": written --week-run */
    enum option_kind kind;
    const char *placeholder; /* "NAME" */
    const char *help;
    const char *const *choices; /* zero-ended */
    double min, max;            /* of numbers; both 0 = no limit; infinite = none on that side */
    bool is_variant;            /* of the one before: the command's `note` tells of all at once */
};

/* Exit codes that are answers, not failures. */
enum exit_code { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 2, EXIT_UNDECIDED = 3, EXIT_SYSTEM = 4 };

struct invocation;

typedef bool (*command_run)(struct call *call, struct invocation *invocation);

enum command_flag {
    COMMAND_WITHOUT_STORE = 1 << 0,  /* the store is not opened */
    COMMAND_MAKES_STORE = 1 << 1,    /* the store is made when it is not there */
    COMMAND_WITHOUT_PERSON = 1 << 2, /* nobody needs to act */
    COMMAND_LONG = 1 << 3,           /* may run long: progress bar, more memory */
    COMMAND_GENERIC = 1 << 4,        /* of every record: the overview names it once for all */
    COMMAND_SERVES = 1 << 5,         /* many calls at a time on its store, not one */
    COMMAND_PARALLEL = 1 << 6,       /* done by several processors (ledger/parallel.h) */
};

struct command {
    const char *name;      /* "review" */
    const char *verb;      /* "verify" in `rondo audit verify`; NULL: none */
    const char *arguments; /* for the help: "FILE...", "RUN_A RUN_B"; "" = none */
    int arguments_min, arguments_max; /* -1 = any number */
    const char *help;      /* one sentence */
    const char *group;     /* heading in the overview, in the order of first mention */
    const struct option *option; /* ended by one without a name; NULL: none */
    const char *note;      /* for the help, under the options; NULL: none */
    /* With these options somebody else's store is asked, and none is opened here. NULL: never. */
    bool (*is_elsewhere)(const struct invocation *invocation);
    command_run check; /* of its options, before a store is opened or made; NULL: none */
    command_run run;
    unsigned flags;
    const void *context;
};

struct given_option {
    const struct option *option;
    text value; /* TEXT_NONE of a flag */
};

struct invocation {
    const struct command *command; /* NULL only with wants_help */
    const struct given_option *given;
    size_t given_count;
    const text *argument;
    size_t argument_count;
    bool as_json;
    bool no_colour;
    bool wants_help;          /* of `command`, else of all named `help_topic`, else the overview */
    text help_topic;
    text store;               /* --store, or TEXT_NONE */
    text person;              /* --as, or TEXT_NONE */
    struct terminal terminal; /* what standard output is */
    struct out *out;          /* standard output */
    struct out *err;          /* standard error: notes, never data */
    enum exit_code exit;
};

/* The options that stand after any command, in this order; ended by one without a name. */
enum {
    EVERYWHERE_STORE,
    EVERYWHERE_AS,
    EVERYWHERE_JSON,
    EVERYWHERE_NO_COLOR,
    EVERYWHERE_HELP,
    EVERYWHERE_COUNT,
};
extern const struct option command_everywhere[EVERYWHERE_COUNT + 1];

/* The command's own options, ended by one without a name; never NULL. */
const struct option *command_options(const struct command *command);

/* True when the option is followed by a value. */
bool option_has_value(const struct option *option);

/* True when the number has a least or a greatest value. */
bool option_has_limits(const struct option *option);

/*
 * What was given, or TEXT_NONE / the fallback; of an option given several times, the last. Numbers
 * and choices have been checked by the parser.
 */
text option_text(const struct invocation *invocation, const char *name);
bool option_flag(const struct invocation *invocation, const char *name);
int64_t option_int(const struct invocation *invocation, const char *name, int64_t fallback);
double option_real(const struct invocation *invocation, const char *name, double fallback);

/* The n-th value of an option that may be given several times; false when there are no more. */
bool option_next(const struct invocation *invocation, const char *name, size_t n, text *value);

/* "audit verify", and "rondo audit verify": how people write the command. */
text command_name(struct call *call, const struct command *command);
text command_words(struct call *call, const struct command *command);

/*
 * A copy of a table, ended by one without a name, whose commands all know `context`. NULL: the call
 * has failed.
 */
const struct command *command_table_with(struct call *call, const struct command *table,
                                         const void *context);

/*
 * Checks the tables of all commands: names well formed and unique, sentences and groups present,
 * choices where they belong, limits in order, no option twice. Fails with the first mistake. A test
 * runs it over the real tables.
 */
bool command_verify(struct call *call, const struct command *const *command, size_t count);

#endif
