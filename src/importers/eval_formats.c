/*
 * The formats of eval results that Rondo reads, in the order in which they are asked whether they
 * know a file. Adding one is adding a row.
 */
#include "importers/csv_record.h"
#include "importers/plain_csv.h"
#include "importers/plain_jsonl.h"

static bool is_noise(text head)
{
    return head.size && memchr(head.at, '\0', head.size);
}

static text head_of(text head)
{
    return text_starts(head, TEXT("\xEF\xBB\xBF")) ? text_from(head, 3) : head;
}

/* The name's ending is `ending`, compressed or not. */
static bool name_ends(const char *file_name, text ending)
{
    text name = text_of(file_name);
    if (text_ends(name, TEXT(".gz")))
        name = text_until(name, name.size - 3);
    return name.size >= ending.size &&
           text_same_word(text_from(name, name.size - ending.size), ending);
}

static bool has_key(text line, text quoted)
{
    size_t at;
    while ((at = text_find(line, quoted)) != SIZE_MAX) {
        line = text_from(line, at + quoted.size);
        if (text_starts(text_trim(line), TEXT(":")))
            return true;
    }
    return false;
}

static bool is_plain_jsonl(text head, const char *file_name)
{
    text rest;
    if (is_noise(head))
        return false;
    if (name_ends(file_name, TEXT(".jsonl")) || name_ends(file_name, TEXT(".ndjson")))
        return true;
    text line = text_cut(text_trim(head_of(head)), '\n', &rest);
    return text_starts(line, TEXT("{")) &&
           (has_key(line, TEXT("\"case\"")) || has_key(line, TEXT("\"run\"")) ||
            has_key(line, TEXT("\"suite\"")));
}

static bool header_is_plain(text header, char delimiter)
{
    bool has_case = false, has_more = false;
    struct csv_cell cell;
    while (header.at && csv_cell_take(&header, delimiter, &cell)) {
        text name = text_trim(cell.inner);
        has_case = has_case || text_is(name, "case");
        has_more = has_more || text_is(name, "run") || text_is(name, "pass");
    }
    return has_case && has_more;
}

static bool is_plain_csv(text head, const char *file_name)
{
    text rest;
    text line = text_cut(text_trim(head_of(head)), '\n', &rest);
    if (is_noise(head) || text_starts(line, TEXT("{")) || text_starts(line, TEXT("[")))
        return false;
    if (name_ends(file_name, TEXT(".csv")) || name_ends(file_name, TEXT(".tsv")))
        return true;
    line = text_trim(line);
    return header_is_plain(line, ',') || header_is_plain(line, ';') || header_is_plain(line, '\t');
}

const struct eval_format eval_formats[] = {
    { "plain", "JSON lines of the plain shape", is_plain_jsonl, plain_jsonl_read },
    { "csv", "the plain shape as CSV", is_plain_csv, plain_csv_read },
    { .name = NULL },
};
