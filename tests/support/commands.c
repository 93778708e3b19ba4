/* See commands.h. */
#include "support/commands.h"

static bool run_nothing(struct call *call, struct invocation *invocation)
{
    (void)call;
    (void)invocation;
    return true;
}

static const char *const week_runs[] = { "last", "best", "majority", NULL };
static const char *const reports[] = { "accepted", "refused", NULL };

static const struct option review_options[] = {
    { .name = "week", .kind = OPTION_TEXT, .placeholder = "WEEK",
      .help = "an ISO week such as 2024-W14" },
    { .name = "week-run", .kind = OPTION_CHOICE, .placeholder = "WHICH", .choices = week_runs,
      .help = "which of the week's runs counts" },
    { .name = "weeks", .kind = OPTION_INT, .placeholder = "N", .min = 1, .max = 520,
      .help = "how many weeks the trend looks back over, up to and with the week "
              "that was asked for" },
    { .name = "floor", .kind = OPTION_REAL, .placeholder = "RATE", .min = 0, .max = 1,
      .help = "the lowest rate that is tolerated" },
    { .name = "check", .kind = OPTION_FLAG,
      .help = "say by the exit code whether a surface regressed" },
    { 0 },
};

static const struct command test_review = {
    .name = "review",
    .arguments = "",
    .help = "Reports what got better and what got worse in a week, surface by "
            "surface, with the evidence.",
    .group = "Every week",
    .option = review_options,
    .run = run_nothing,
};

static const struct command test_compare = {
    .name = "compare",
    .arguments = "RUN_A RUN_B",
    .arguments_min = 2,
    .arguments_max = 2,
    .help = "Compares two runs.",
    .group = "Every week",
    .run = run_nothing,
};

static const struct option import_options[] = {
    { .name = "map", .kind = OPTION_FILE, .placeholder = "FILE",
      .help = "how columns are named" },
    { .name = "threshold", .kind = OPTION_TEXT, .placeholder = "METRIC=X",
      .help = "from where on it passes" },
    { .name = "offset", .kind = OPTION_INT, .placeholder = "N",
      .help = "added to line numbers" },
    { 0 },
};

static const struct command test_import = {
    .name = "import",
    .arguments = "FILE...",
    .arguments_min = 1,
    .arguments_max = -1,
    .help = "Brings in results; '-' is standard input.",
    .group = "Data in and out",
    .option = import_options,
    .run = run_nothing,
    .flags = COMMAND_LONG,
};

static const struct option quarantine_list_options[] = {
    { .name = "report", .kind = OPTION_CHOICE, .placeholder = "WORD", .choices = reports,
      .help = "which of them" },
    { 0 },
};

static const struct command test_quarantine_list = {
    .name = "quarantine",
    .verb = "list",
    .arguments = "",
    .help = "Lists what was refused.",
    .group = "Data in and out",
    .option = quarantine_list_options,
    .run = run_nothing,
};

static const struct command test_quarantine_replay = {
    .name = "quarantine",
    .verb = "replay",
    .arguments = "[ID...]",
    .arguments_max = -1,
    .help = "Tries again what was refused.",
    .group = "Data in and out",
    .run = run_nothing,
};

static const struct option note_options[] = {
    { .name = "tag", .kind = OPTION_TEXT, .placeholder = "WORD",
      .help = "a tag; several may be given" },
    { 0 },
};

static const struct command test_note = {
    .name = "note",
    .arguments = "WORDS...",
    .arguments_min = 1,
    .arguments_max = -1,
    .help = "Keeps a thought.",
    .group = "Every week",
    .option = note_options,
    .run = run_nothing,
};

#define GENERIC(noun, word, sentence)                                                              \
    {                                                                                              \
        .name = noun, .verb = word, .arguments = "", .help = sentence, .group = "Records",         \
        .run = run_nothing, .flags = COMMAND_GENERIC                                               \
    }

static const struct command generic[] = {
    GENERIC("note", "list", "Lists notes."),        GENERIC("note", "show", "Shows a note."),
    GENERIC("eval-run", "list", "Lists runs."),     GENERIC("surface", "list", "Lists surfaces."),
    GENERIC("surface", "show", "Shows a surface."),
};

const struct command *const test_commands[TEST_COMMANDS] = {
    &test_review, &test_compare, &test_import, &test_quarantine_list, &test_quarantine_replay,
    &test_note,   &generic[0],   &generic[1],  &generic[2],           &generic[3],
    &generic[4],
};
