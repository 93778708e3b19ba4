/* See prompt_files_doors.h. */
#include "rooms/prompts/prompt_files_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "ledger/change.h"
#include "rooms/prompts/prompt_import.h"
#include "store/find.h"

/* --- in --- */

const struct option prompt_import_options[] = {
    { .name = "git",
      .kind = OPTION_TEXT,
      .placeholder = "REPOSITORY",
      .help = "From this git repository; FOLDER is then a folder inside, else all of it." },
    { .name = "at",
      .kind = OPTION_TEXT,
      .placeholder = "COMMIT",
      .help = "At this commit, tag or branch; else at what is checked out." },
    { 0 },
};

static void say_imported(struct call *call, const struct prompt_import *import,
                         struct invocation *invocation)
{
    for (size_t i = 0; i < import->count; i++) {
        const struct prompt_imported *item = &import->item[i];
        text title = item->version ? find_title(call, &prompt_version_record, item->version)
                                   : find_title(call, &prompt_record, item->prompt);
        out_format(invocation->out, "%.*s %s: %.*s\n", TEXT_FMT(title), item->result,
                   TEXT_FMT(item->path));
    }
    for (size_t i = 0; i < import->note_count; i++)
        out_format(invocation->err, "%.*s\n", TEXT_FMT(import->note[i]));
    if (change_id(call))
        out_format(invocation->err, "'rondo undo %lld' takes all of it back\n",
                   (long long)change_id(call));
}

static bool read_files(struct call *call, const struct invocation *invocation,
                       struct prompt_files *files)
{
    text repository = option_text(invocation, "git"), at = option_text(invocation, "at"),
         folder = invocation->argument_count ? invocation->argument[0] : TEXT_NONE;
    if (repository.at)
        return prompt_files_read_git(call, repository, at, folder, files);
    if (at.at)
        return fail(call, FAIL_USAGE, "--at goes with --git: name the repository");
    if (!folder.at)
        return fail(call, FAIL_USAGE,
                    "say from where: 'rondo prompt import FOLDER', or with --git REPOSITORY");
    return prompt_files_read(call, folder, files);
}

bool prompt_import_run(struct call *call, struct invocation *invocation)
{
    struct prompt_files files;
    struct prompt_import import;
    struct json_writer writer;
    if (!read_files(call, invocation, &files) || !prompt_import(call, &files, &import))
        return false;
    if (!invocation->as_json) {
        say_imported(call, &import, invocation);
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    bool is_written = prompt_import_write_json(call, &import, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}

const struct query_parameter prompt_import_parameters[] = {
    { "name", "What the file is called: NAME.md for the prompt NAME.", "string" },
    { 0 },
};

bool prompt_import_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct prompt_files files;
    struct prompt_import import;
    text name = request_query(request, "name");
    if (!name.size || text_find(name, TEXT("/")) != SIZE_MAX)
        return fail_at(call, "name", "say what the file is called: ?name=NAME.md");
    return prompt_files_read_one(call, name, request->body, &files) &&
           prompt_import(call, &files, &import) &&
           prompt_import_write_json(call, &import, &reply->json);
}

/* --- out --- */

const struct option prompt_export_options[] = {
    { .name = "folder",
      .kind = OPTION_TEXT,
      .placeholder = "DIR",
      .help = "Where the files go; it is made when it is not there." },
    { 0 },
};

bool prompt_export_run(struct call *call, struct invocation *invocation)
{
    struct prompt_files_written written;
    struct json_writer writer;
    text folder = option_text(invocation, "folder");
    if (!folder.size)
        return fail(call, FAIL_USAGE, "say where to: 'rondo prompt export --folder prompts'");
    if (!prompt_files_write(call, folder, &written))
        return false;
    if (!invocation->as_json) {
        out_format(invocation->out, "%zu prompt%s with %zu version%s in %.*s\n", written.prompts,
                   written.prompts == 1 ? "" : "s", written.versions,
                   written.versions == 1 ? "" : "s", TEXT_FMT(folder));
        return true;
    }
    json_writer_init(&writer, invocation->out, true);
    json_object(&writer);
    json_put_text(&writer, "folder", folder);
    json_put_int(&writer, "prompts", (int64_t)written.prompts);
    json_put_int(&writer, "versions", (int64_t)written.versions);
    json_object_end(&writer);
    out_char(invocation->out, '\n');
    return true;
}
