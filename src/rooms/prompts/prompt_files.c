/* See prompt_files.h. */
#include "rooms/prompts/prompt_files.h"

#include "base/json_write.h"
#include "base/source.h"
#include "rooms/prompts/prompt_markdown.h"
#include "store/find.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_BYTES_MAX = 1024 * 1024 };

/* --- what a path means --- */

static bool version_number(text name, int64_t *number)
{
    return name.size > 3 && text_ends(name, TEXT(".md")) &&
           text_to_int(text_until(name, name.size - 3), number) && *number > 0;
}

/* NAME/prompt.md, NAME/NNNN.md, NAME/labels.yaml or NAME.md. */
static bool know_path(text path, struct prompt_file *file)
{
    text inside, folder = text_cut(path, '/', &inside);
    *file = (struct prompt_file){ .path = path, .name = folder };
    if (!inside.at) {
        file->kind = PROMPT_FILE_ALONE;
        file->name.size -= text_ends(path, TEXT(".md")) ? 3 : 0;
        return file->name.size > 0 && file->name.size < path.size;
    }
    if (text_is(inside, "prompt.md"))
        return true;
    if (text_is(inside, "labels.yaml")) {
        file->kind = PROMPT_FILE_LABELS;
        return true;
    }
    file->kind = PROMPT_FILE_VERSION;
    return version_number(inside, &file->number);
}

static bool is_wanted(text path)
{
    return know_path(path, &(struct prompt_file){ .number = 0 });
}

/* A README beside prompts is none. */
static bool take_file(void *to, struct call *call, text path, text bytes)
{
    struct prompt_files *files = to;
    struct prompt_file file;
    if (!know_path(path, &file) ||
        (file.kind == PROMPT_FILE_ALONE && !prompt_document_begins(bytes)))
        return true;
    file.bytes = bytes;
    files->file = call_more(call, files->file, files->count, &files->room, sizeof file);
    if (!files->file)
        return false;
    files->file[files->count++] = file;
    return true;
}

static int compare_files(const void *left, const void *right)
{
    const struct prompt_file *a = left, *b = right;
    if (a->kind != b->kind)
        return (a->kind > b->kind) - (a->kind < b->kind);
    int by_name = text_compare(a->name, b->name);
    if (by_name != 0)
        return by_name;
    return (a->number > b->number) - (a->number < b->number);
}

/* NAME/0001.md and NAME/00001.md would be one version. */
static bool check_twins(struct call *call, const struct prompt_files *files)
{
    for (size_t i = 1; i < files->count; i++)
        if (compare_files(&files->file[i - 1], &files->file[i]) == 0)
            return fail(call, FAIL_INVALID, "'%.*s' and '%.*s' are of one version: remove one",
                        TEXT_FMT(text_until_character(files->file[i - 1].path, 200)),
                        TEXT_FMT(text_until_character(files->file[i].path, 200)));
    return true;
}

static bool put_in_order(struct call *call, text where, struct prompt_files *files)
{
    if (files->count == 0)
        return fail(call, FAIL_INVALID,
                    "there is no prompt in '%.*s': it is a folder with prompt.md, or a file "
                    "NAME.md that begins with '---'",
                    TEXT_FMT(text_until_character(where, 200)));
    qsort(files->file, files->count, sizeof *files->file, compare_files);
    return check_twins(call, files);
}

/* --- folders --- */

/* A folder being read, and the path below the first one: "" or "NAME/". */
struct reading {
    text folder, below;
    struct prompt_files *files;
};

static bool read_folder(struct call *call, const struct reading *reading);

static bool read_entry(struct call *call, const struct reading *reading, const char *name)
{
    struct stat facts;
    text bytes, below = call_format(call, "%.*s%s", TEXT_FMT(reading->below), name),
                path = call_format(call, "%.*s/%s", TEXT_FMT(reading->folder), name);
    if (!below.at || !path.at)
        return false;
    bool is_there = name[0] != '.' && stat(path.at, &facts) == 0;
    if (is_there && S_ISDIR(facts.st_mode) && reading->below.size == 0) {
        struct reading inside = { path, call_format(call, "%s/", name), reading->files };
        return inside.below.at && read_folder(call, &inside);
    }
    if (!is_there || !S_ISREG(facts.st_mode) || !is_wanted(below))
        return true;
    return source_whole(call, path, FILE_BYTES_MAX, &bytes) &&
           take_file(reading->files, call, below, bytes);
}

static bool read_folder(struct call *call, const struct reading *reading)
{
    char *path = call_string(call, reading->folder);
    DIR *stream = path ? opendir(path) : NULL;
    bool is_read = true;
    if (!stream)
        return path && fail(call, FAIL_INVALID, "cannot read the folder '%s': %s", path,
                            strerror(errno));
    for (struct dirent *entry; is_read && (entry = readdir(stream));)
        is_read = read_entry(call, reading, entry->d_name);
    closedir(stream);
    return is_read;
}

bool prompt_files_read(struct call *call, text folder, struct prompt_files *files)
{
    struct reading reading = { folder, TEXT(""), files };
    *files = (struct prompt_files){ .count = 0 };
    return read_folder(call, &reading) && put_in_order(call, folder, files);
}

bool prompt_files_read_git(struct call *call, text repository, text at, text folder,
                           struct prompt_files *files)
{
    struct git_reading reading = { .repository = repository,
                                   .at = at,
                                   .folder = folder,
                                   .size_max = FILE_BYTES_MAX,
                                   .wants = is_wanted,
                                   .take = take_file,
                                   .to = files };
    *files = (struct prompt_files){ .count = 0 };
    return git_files_read(call, &reading, files->commit) &&
           put_in_order(call, folder.size ? folder : repository, files);
}

bool prompt_files_read_one(struct call *call, text name, text bytes, struct prompt_files *files)
{
    *files = (struct prompt_files){ .count = 0 };
    return take_file(files, call, name, bytes) && put_in_order(call, name, files);
}

/* --- writing --- */

static bool make_folder(struct call *call, text folder)
{
    char *path = call_string(call, folder);
    return path && (mkdir(path, 0777) == 0 || errno == EEXIST ||
                    fail(call, FAIL_STORE, "cannot make the folder '%s': %s", path,
                         strerror(errno)));
}

static bool write_file(struct call *call, text folder, text name, text bytes)
{
    text path = call_format(call, "%.*s/%.*s", TEXT_FMT(folder), TEXT_FMT(name));
    if (!path.at || !bytes.at || !name.at)
        return false;
    FILE *stream = fopen(path.at, "we");
    bool is_written = stream && fwrite(bytes.at, 1, bytes.size, stream) == bytes.size;
    if (stream && fclose(stream) != 0)
        is_written = false;
    return is_written ||
           fail(call, FAIL_STORE, "cannot write '%s': %s", path.at, strerror(errno));
}

/* The live rows of the prompt, by what they are sorted by. */
static bool find_of(struct call *call, const struct record *record, int owner, int sort,
                    rid prompt, struct rows *rows)
{
    struct query query;
    query_init(&query, record);
    query.sort = sort;
    return query_add(call, &query, owner, FILTER_IS, value_ref(prompt)) &&
           find_rows(call, &query, rows);
}

/* Shadow labels of drills say nothing of what is served. */
static text labels_yaml(struct call *call, rid prompt)
{
    struct rows rows;
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    if (!find_of(call, &prompt_label_record, PROMPT_LABEL_PROMPT, PROMPT_LABEL_NAME, prompt, &rows))
        return TEXT_NONE;
    for (size_t i = 0; i < rows.count; i++) {
        struct row version;
        text label = value_as_text(rows.row[i].value[PROMPT_LABEL_NAME]);
        if (text_starts(label, TEXT("drill/")))
            continue;
        if (!find_row(call, &prompt_version_record,
                      value_as_int(rows.row[i].value[PROMPT_LABEL_VERSION]), &version))
            return TEXT_NONE;
        json_writer_init(&writer, &out, false);
        json_text(&writer, label);
        out_format(&out, ": %lld\n", (long long)value_as_int(version.value[PROMPT_VERSION_NUMBER]));
    }
    return out.size ? out_view(&out) : TEXT("{}\n");
}

static bool has_version(const struct rows *versions, int64_t number)
{
    for (size_t i = 0; i < versions->count; i++)
        if (value_as_int(versions->row[i].value[PROMPT_VERSION_NUMBER]) == number)
            return true;
    return false;
}

static bool check_left_behind(struct call *call, text folder, const struct rows *versions)
{
    char *path = call_string(call, folder);
    DIR *stream = path ? opendir(path) : NULL;
    bool is_good = true;
    int64_t number;
    if (!stream)
        return path && fail(call, FAIL_STORE, "cannot read the folder '%s': %s", path,
                            strerror(errno));
    for (struct dirent *entry; is_good && (entry = readdir(stream));)
        if (version_number(text_of(entry->d_name), &number) && !has_version(versions, number))
            is_good = fail(call, FAIL_CONFLICT,
                           "'%s/%s' is of a version that is not here: move it away first", path,
                           entry->d_name);
    closedir(stream);
    return is_good;
}

static bool write_prompt(struct call *call, text folder, const struct row *prompt,
                         struct prompt_files_written *written)
{
    struct rows versions;
    text inside = call_format(call, "%.*s/%.*s", TEXT_FMT(folder),
                              TEXT_FMT(value_as_text(prompt->value[PROMPT_NAME])));
    if (!inside.at || !make_folder(call, inside) ||
        !find_of(call, &prompt_version_record, PROMPT_VERSION_PROMPT, PROMPT_VERSION_NUMBER,
                 prompt->id, &versions) ||
        !check_left_behind(call, inside, &versions) ||
        !write_file(call, inside, TEXT("prompt.md"), prompt_markdown(call, prompt)))
        return false;
    for (size_t i = 0; i < versions.count; i++) {
        const struct row *version = &versions.row[i];
        text name = call_format(call, "%04lld.md",
                                (long long)value_as_int(version->value[PROMPT_VERSION_NUMBER]));
        if (!write_file(call, inside, name, prompt_version_markdown(call, version)))
            return false;
    }
    written->prompts++;
    written->versions += versions.count;
    return write_file(call, inside, TEXT("labels.yaml"), labels_yaml(call, prompt->id));
}

bool prompt_files_write(struct call *call, text folder, struct prompt_files_written *written)
{
    struct query query;
    struct rows prompts;
    *written = (struct prompt_files_written){ .prompts = 0 };
    query_init(&query, &prompt_record);
    query.sort = PROMPT_NAME;
    if (!find_rows(call, &query, &prompts) || !make_folder(call, folder))
        return false;
    for (size_t i = 0; i < prompts.count; i++)
        if (!write_prompt(call, folder, &prompts.row[i], written))
            return false;
    return true;
}
