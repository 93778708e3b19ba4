/* See search_page.h. */
#include "offers/search_page.h"

#include "base/stamp.h"
#include "store/find.h"
#include "store/match_index.h"
#include "store/sql.h"

enum { EXCERPT_BEFORE = 48, EXCERPT_AFTER = 112 };

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Where to begin: after a blank when there is one near, never inside a character. */
static size_t excerpt_start(text whole, size_t at)
{
    size_t start = at > EXCERPT_BEFORE ? at - EXCERPT_BEFORE : 0;
    if (start == 0)
        return 0;
    for (size_t i = start; i < at; i++)
        if (whole.at[i] == ' ' || whole.at[i] == '\n')
            return i + 1;
    while (start < at && is_inside_character(whole.at[start]))
        start++;
    return start;
}

static void write_one_line(struct out *out, text piece)
{
    bool was_blank = false;
    for (size_t i = 0; i < piece.size; i++) {
        bool is_blank = (unsigned char)piece.at[i] <= ' ' || piece.at[i] == 0x7f;
        if (!is_blank)
            out_char(out, piece.at[i]);
        else if (!was_blank)
            out_char(out, ' ');
        was_blank = is_blank;
    }
}

text search_page_excerpt(struct call *call, text whole, size_t at, size_t size)
{
    struct out out;
    size_t start = excerpt_start(whole, at);
    text rest = text_from(whole, start);
    text piece = text_until_character(rest, at - start + size + EXCERPT_AFTER);
    out_init(&out, call);
    out_string(&out, start ? "…" : "");
    write_one_line(&out, text_trim(piece));
    out_string(&out, piece.size < rest.size ? "…" : "");
    return out_view(&out);
}

/* TEXT_NONE: nobody, or somebody who may not be read. */
static text changed_by(struct call *call, const struct row *row)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    struct sql *sql = person ? SQL(call, "SELECT actor FROM change WHERE id = ?1") : NULL;
    if (!sql)
        return TEXT_NONE;
    sql_bind_int(sql, 1, row->change);
    rid actor = sql_step(call, sql) == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return actor ? find_title(call, person, actor) : TEXT_NONE;
}

static void write_match(struct call *call, const struct match *match, struct json_writer *writer)
{
    const struct row *row = &match->row;
    const struct field *field = match->field < 0 ? NULL : &row->record->field[match->field];
    char changed[STAMP_TEXT_SIZE];
    text excerpt = TEXT_NONE;
    if (field)
        excerpt = search_page_excerpt(call, match_index_text(call, field, row->value[match->field]),
                                      match->at, match->size);
    stamp_write(row->changed, changed);
    json_object(writer);
    json_put_string(writer, "record", row->record->name);
    json_put_text(writer, "id", row_public_id(call, row->record, row->id));
    json_put_text(writer, "title", row_title(call, row));
    json_put_text(writer, "field", text_of(field ? field->name : NULL));
    json_put_text(writer, "excerpt", excerpt);
    json_put_string(writer, "changed", changed);
    json_put_text(writer, "by", changed_by(call, row));
    json_object_end(writer);
}

bool search_page_write(struct call *call, const struct match_question *question,
                       const struct matches *matches, struct json_writer *writer)
{
    text next = TEXT_NONE;
    if (matches->has_more)
        next = call_format(call, "%zu", (size_t)question->after + matches->count);
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < matches->count; i++)
        write_match(call, &matches->match[i], writer);
    json_list_end(writer);
    json_put_text(writer, "next", next);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}
