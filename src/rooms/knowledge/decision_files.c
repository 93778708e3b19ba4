/* See decision_files.h. */
#include "rooms/knowledge/decision_files.h"

#include "base/source.h"
#include "importers/adr.h"
#include "rooms/knowledge/decision_markdown.h"
#include "rooms/knowledge/knowledge.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- folders --- */

/* "0007-title.md" or "adr-0007-title.md": the number, or -1. */
static int64_t number_of_name(text name)
{
    int64_t number;
    if (name.size > 4 && text_same_word(text_until(name, 4), TEXT("adr-")))
        name = text_from(name, 4);
    text word = text_cut(name, '-', &(text){ NULL, 0 });
    return text_ends(name, TEXT(".md")) && word.size < name.size && text_to_int(word, &number) &&
                   number >= 0
               ? number
               : -1;
}

static int compare_names(const void *left, const void *right)
{
    return text_compare(*(const text *)left, *(const text *)right);
}

/* The names of the decision records in it, sorted. */
static bool list_folder(struct call *call, const char *folder, text **name, size_t *count)
{
    size_t room = 0;
    DIR *stream = opendir(folder);
    *name = NULL;
    *count = 0;
    if (!stream)
        return fail(call, FAIL_INVALID, "cannot read the folder '%s': %s", folder,
                    strerror(errno));
    for (struct dirent *entry; call->fail.kind == FAIL_NONE && (entry = readdir(stream));) {
        if (number_of_name(text_of(entry->d_name)) < 0)
            continue;
        *name = call_more(call, *name, *count, &room, sizeof **name);
        text copy = *name ? call_text(call, text_of(entry->d_name)) : TEXT_NONE;
        if (copy.at)
            (*name)[(*count)++] = copy;
    }
    closedir(stream);
    if (*count > 1)
        qsort(*name, *count, sizeof **name, compare_names);
    return call->fail.kind == FAIL_NONE;
}

/* --- reading --- */

struct reading {
    struct decision_file *file;
    size_t count, room;
};

static bool read_file(struct call *call, text path, struct reading *reading)
{
    struct decision_file file = { .name = path };
    if (!source_whole(call, path, ADR_BYTES_MAX, &file.bytes))
        return false;
    reading->file = call_more(call, reading->file, reading->count, &reading->room, sizeof file);
    if (!reading->file)
        return false;
    reading->file[reading->count++] = file;
    return true;
}

static bool read_folder(struct call *call, const char *folder, struct reading *reading)
{
    text *name;
    size_t count;
    if (!list_folder(call, folder, &name, &count))
        return false;
    if (count == 0)
        return fail(call, FAIL_INVALID,
                    "there is no decision record in '%s': they are called 0007-title.md", folder);
    for (size_t i = 0; i < count; i++) {
        text path = call_format(call, "%s/%.*s", folder, TEXT_FMT(name[i]));
        if (!path.at || !read_file(call, path, reading))
            return false;
    }
    return true;
}

bool decision_files_read(struct call *call, const text *path, size_t count,
                         struct decision_file **file, size_t *file_count)
{
    struct reading reading = { .count = 0 };
    for (size_t i = 0; i < count; i++) {
        struct stat facts;
        char *name = call_string(call, path[i]);
        if (!name)
            return false;
        bool is_folder = stat(name, &facts) == 0 && S_ISDIR(facts.st_mode);
        if (!(is_folder ? read_folder(call, name, &reading) : read_file(call, path[i], &reading)))
            return false;
    }
    *file = reading.file;
    *file_count = reading.count;
    return true;
}

/* --- writing --- */

static bool write_file(struct call *call, text folder, text name, text bytes)
{
    text path = call_format(call, "%.*s/%.*s", TEXT_FMT(folder), TEXT_FMT(name));
    if (!path.at || !bytes.at)
        return false;
    FILE *stream = fopen(path.at, "we");
    bool is_written = stream && fwrite(bytes.at, 1, bytes.size, stream) == bytes.size;
    if (stream && fclose(stream) != 0)
        is_written = false;
    return is_written ||
           fail(call, FAIL_STORE, "cannot write '%s': %s", path.at, strerror(errno));
}

static bool check_left_behind(struct call *call, text folder, const struct rows *rows,
                              const text *name)
{
    text *there;
    size_t count;
    if (!list_folder(call, call_string(call, folder), &there, &count))
        return false;
    for (size_t at = 0; at < count; at++)
        for (size_t i = 0; i < rows->count; i++)
            if (number_of_name(there[at]) == value_as_int(rows->row[i].value[DECISION_NUMBER]) &&
                !text_equal(there[at], name[i]))
                return fail(call, FAIL_CONFLICT,
                            "'%.*s/%.*s' is of the same number as '%.*s': move it away first",
                            TEXT_FMT(folder), TEXT_FMT(there[at]), TEXT_FMT(name[i]));
    return true;
}

bool decision_files_write(struct call *call, text folder, size_t *count)
{
    struct query query;
    struct rows rows;
    char *path = call_string(call, folder);
    query_init(&query, &decision_record);
    query.sort = DECISION_NUMBER;
    if (!path || !find_rows(call, &query, &rows))
        return false;
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return fail(call, FAIL_STORE, "cannot make the folder '%s': %s", path, strerror(errno));
    text *name = call_array(call, rows.count + 1, sizeof *name);
    for (size_t i = 0; name && i < rows.count; i++)
        name[i] = decision_file_name(call, &rows.row[i]);
    if (!name || !check_left_behind(call, folder, &rows, name))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!write_file(call, folder, name[i], decision_markdown(call, &rows.row[i])))
            return false;
    *count = rows.count;
    return write_file(call, folder, TEXT("index.md"), decision_index(call, &rows));
}
