/*
 * See link.h. People name the ends by public ids; the check finds the rows, once, and writes the
 * ids in their one form, so that the pair is unique however it was typed.
 */
#include "ledger/link.h"

#include "base/json_write.h"
#include "store/find.h"

/* made_in: something came out of an occurrence of a ritual; made_from: out of a note. */
static const char *const link_kinds[] = {
    "caused_by",  "evidence_for", "fixes",   "decided_in", "tests", "about",
    "duplicates", "supersedes",   "made_in", "made_from",  NULL,
};

static const struct field link_fields[LINK_FIELDS] = {
    [LINK_KIND] = { .name = "kind", .label = "Kind", .kind = FIELD_CHOICE, .flags = FIELD_NEEDED,
                    .choices = link_kinds, .help = "What the first row is to the second." },
    [LINK_FROM] = { .name = "from", .label = "From", .kind = FIELD_TEXT, .max = 100,
                    .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
                    .help = "The public id of the row that the link starts at." },
    [LINK_TO] = { .name = "to", .label = "To", .kind = FIELD_TEXT, .max = 100,
                  .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
                  .help = "The public id of the row that it leads to." },
    [LINK_NOTE] = { .name = "note", .label = "Note", .kind = FIELD_TEXT, .flags = FIELD_SEARCHED,
                    .help = "Why, in a few words." },
    [LINK_FROM_RECORD] = { .name = "from_record", .label = "From record", .kind = FIELD_TEXT,
                           .flags = FIELD_COUNTED, .help = "The record that `from` is a row of." },
    [LINK_FROM_ROW] = { .name = "from_row", .label = "From row", .kind = FIELD_INT,
                        .flags = FIELD_COUNTED, .help = "The number of that row." },
    [LINK_TO_RECORD] = { .name = "to_record", .label = "To record", .kind = FIELD_TEXT,
                         .flags = FIELD_COUNTED, .help = "The record that `to` is a row of." },
    [LINK_TO_ROW] = { .name = "to_row", .label = "To row", .kind = FIELD_INT,
                      .flags = FIELD_COUNTED, .help = "The number of that row." },
};

/* The fields that belong to one end. */
static const struct link_end {
    int id, record, row;
} link_ends[] = {
    { LINK_FROM, LINK_FROM_RECORD, LINK_FROM_ROW },
    { LINK_TO, LINK_TO_RECORD, LINK_TO_ROW },
};

/* The same words for what is not there and for what is not the actor's to read. */
static bool resolve_end(struct call *call, const struct row *link, const struct link_end *end)
{
    text given = text_trim(value_as_text(link->value[end->id]));
    const struct record *record;
    rid id;
    if (!catalog_id_read(call->catalog, given, &record, &id) || !find_may_read(call, record, id))
        return call->fail.kind == FAIL_NONE &&
               fail_at(call, link_fields[end->id].name, "there is no record '%.*s'",
                       TEXT_FMT(given));
    text public_id = row_public_id(call, record, id);
    link->value[end->id] = value_text(public_id);
    link->value[end->record] = value_choice(record->name);
    link->value[end->row] = value_int(id);
    return public_id.at != NULL;
}

static bool link_check(struct call *call, const struct row *before, const struct row *after)
{
    if (before)
        return true; /* the ends are fixed */
    for (int i = 0; i < 2; i++)
        if (!resolve_end(call, after, &link_ends[i]))
            return false;
    return !value_equal(after->value[LINK_FROM], after->value[LINK_TO]) ||
           fail_at(call, "to",
                   "a link leads from one row to another: 'from' and 'to' are the same");
}

static const struct record *end_of(struct call *call, const struct row *link,
                                   const struct link_end *end, rid *id)
{
    *id = value_as_int(link->value[end->row]);
    return catalog_record(call->catalog, value_as_text(link->value[end->record]));
}

static bool link_readable(struct call *call, const struct row *row)
{
    for (int i = 0; i < 2; i++) {
        rid id;
        const struct record *record = end_of(call, row, &link_ends[i], &id);
        if (!record || !find_may_read(call, record, id))
            return false;
    }
    return true;
}

const struct record link_record = {
    .name = "link", .plural = "links", .prefix = "LNK", .label = "link",
    .help = "Evidence that joins two rows: 'rondo link add --kind fixes --from ID --to ID'.",
    .field = link_fields, .field_count = LINK_FIELDS, .title = LINK_NOTE,
    .unique = { { "kind", "from", "to" } }, .check = link_check, .readable = link_readable,
};

static bool links_at_end(struct call *call, text public_id, int end, struct rows *rows)
{
    struct query query;
    query_init(&query, &link_record);
    return query_add(call, &query, link_ends[end].id, FILTER_IS, value_text(public_id)) &&
           find_rows(call, &query, rows);
}

bool link_list(struct call *call, const struct record *record, rid id, struct link **list,
               size_t *count)
{
    text public_id = row_public_id(call, record, id);
    struct rows rows[2];
    if (!public_id.at || !links_at_end(call, public_id, 0, &rows[0]) ||
        !links_at_end(call, public_id, 1, &rows[1]))
        return false;
    *count = 0;
    *list = call_array(call, rows[0].count + rows[1].count + 1, sizeof **list);
    if (!*list)
        return false;
    for (size_t at[2] = { 0, 0 }; at[0] < rows[0].count || at[1] < rows[1].count;) {
        bool takes_second =
            at[0] == rows[0].count ||
            (at[1] < rows[1].count && rows[1].row[at[1]].id < rows[0].row[at[0]].id);
        struct link *link = &(*list)[(*count)++];
        link->row = takes_second ? rows[1].row[at[1]++] : rows[0].row[at[0]++];
        link->is_from = !takes_second;
        link->record = end_of(call, &link->row, &link_ends[takes_second ? 0 : 1], &link->id);
    }
    return true;
}

bool link_write_json(struct call *call, const struct record *record, rid id,
                     struct json_writer *writer)
{
    struct link *list;
    size_t count;
    if (!link_list(call, record, id, &list, &count))
        return false;
    json_list(writer);
    for (size_t i = 0; i < count; i++) {
        const struct link *link = &list[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, &link_record, link->row.id));
        json_put_text(writer, "kind", value_as_text(link->row.value[LINK_KIND]));
        json_put_string(writer, "direction", link->is_from ? "out" : "in");
        json_put_string(writer, "record", link->record->name);
        json_put_text(writer, "row", row_public_id(call, link->record, link->id));
        json_put_text(writer, "title", find_title(call, link->record, link->id));
        json_put_text(writer, "note", value_as_text(link->row.value[LINK_NOTE]));
        json_object_end(writer);
    }
    json_list_end(writer);
    return call->fail.kind == FAIL_NONE;
}
