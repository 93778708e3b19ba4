/* See archive_commands.h. */
#include "offers/archive_commands.h"

#include "base/stamp.h"
#include "offers/archive_export.h"

/* An archive holds what everybody wrote, also what few may read. */
static bool may_export(struct call *call)
{
    const struct actor *actor = &call->actor;
    bool may = actor->person == 0; /* only a store without persons lets nobody act */
    for (size_t i = 0; i < actor->team_count; i++)
        may = may || (actor->team[i].team == 0 && (actor->team[i].roles & ROLE_OWNER));
    return may ||
           fail(call, FAIL_FORBIDDEN,
                "an archive holds everything, so it takes the role 'owner' of the workspace, "
                "which '%.*s' does not have",
                TEXT_FMT(actor->name));
}

static bool read_options(struct call *call, const struct invocation *invocation,
                         struct archive_options *options)
{
    text at = option_text(invocation, "as-of");
    *options = (struct archive_options){ .csv = option_flag(invocation, "csv"),
                                         .markdown = option_flag(invocation, "markdown") };
    if (!at.at)
        return true;
    enum stamp_form form = stamp_read(at, &options->at, NULL);
    return ((form == STAMP_WITH_ZONE || form == STAMP_DATE_ONLY) && options->at > 0) ||
           fail_at(call, "as-of", "'%.*s' is not an instant: write it like 2026-11-16T07:00:00Z",
                   TEXT_FMT(text_until_character(at, 80)));
}

static bool check_export(struct call *call, struct invocation *invocation)
{
    struct archive_options options;
    return read_options(call, invocation, &options);
}

static bool say_exported(const struct invocation *invocation, const struct archive_report *report)
{
    struct json_writer writer;
    text folder = invocation->argument[0];
    if (!invocation->as_json) {
        out_format(invocation->out,
                   "Wrote %lld rows and %lld versions to %.*s, in %zu files.\n"
                   "Left out: the audit ('rondo audit list' shows it), and the secrets of %lld "
                   "rows.\n",
                   (long long)report->rows, (long long)report->versions, TEXT_FMT(folder),
                   report->files, (long long)report->secrets);
        return !invocation->out->failed;
    }
    json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
    json_object(&writer);
    json_put_text(&writer, "folder", folder);
    json_put_int(&writer, "rows", report->rows);
    json_put_int(&writer, "versions", report->versions);
    json_put_int(&writer, "files", (int64_t)report->files);
    json_put_int(&writer, "secrets_left_out", report->secrets);
    json_object_end(&writer);
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

static bool run_export(struct call *call, struct invocation *invocation)
{
    struct archive_options options;
    struct archive_report report;
    if (!read_options(call, invocation, &options) || !may_export(call))
        return false;
    call->all_rows = true;
    return archive_export(call, invocation->command->context, invocation->argument[0], &options,
                          &report) &&
           say_exported(invocation, &report);
}

static const struct option export_options[] = {
    { .name = "as-of",
      .kind = OPTION_TEXT,
      .placeholder = "INSTANT",
      .help = "Everything as it was then; else as it is." },
    { .name = "csv", .kind = OPTION_FLAG, .help = "Also a table of each record, for people." },
    { .name = "markdown", .kind = OPTION_FLAG, .help = "Also a page of each row, for people." },
    { 0 },
};

static const struct command archive_command_table[] = {
    { .name = "export",
      .arguments = "DIR",
      .arguments_min = 1,
      .arguments_max = 1,
      .group = "Data in and out",
      .option = export_options,
      .check = check_export,
      .run = run_export,
      .help = "Write everything to a new folder that 'rondo import DIR' reads back.",
      .flags = COMMAND_LONG },
    { 0 },
};

const struct command *archive_commands(struct call *call, const struct room *const *rooms)
{
    return command_table_with(call, archive_command_table, rooms);
}
