/* See decision_import.h. First the rows, then what supersedes what: files may come in any order. */
#include "rooms/knowledge/decision_import.h"

#include "importers/adr.h"
#include "ledger/ledger.h"
#include "offers/refs.h"
#include "rooms/knowledge/knowledge.h"

/* --- which decision a file is about --- */

static bool find_by(struct call *call, int field, struct value value, struct rows *rows)
{
    struct query query;
    query_init(&query, &decision_record);
    query.with_archived = field == DECISION_NUMBER;
    return query_add(call, &query, field, FILTER_IS, value) && find_rows(call, &query, rows);
}

static bool fail_taken(struct call *call, const struct adr *adr, const struct row *other)
{
    text id = row_public_id(call, &decision_record, other->id),
         title = value_as_text(other->value[DECISION_TITLE]);
    if (other->archived)
        return fail(call, FAIL_CONFLICT,
                    "the number %lld was given to %.*s, which was dropped: give the file another "
                    "one, or bring that back with 'undo'",
                    (long long)adr->number, TEXT_FMT(id));
    return fail(call, FAIL_CONFLICT,
                "the number %lld is '%.*s' (%.*s): give the file another one, or both one title",
                (long long)adr->number, TEXT_FMT(text_until_character(title, 200)), TEXT_FMT(id));
}

/* The live one; where the number is taken by another title it is refused. id 0: there is none. */
static bool find_known(struct call *call, const struct adr *adr, struct row *known)
{
    struct rows rows;
    *known = (struct row){ .id = 0 };
    if (!adr->has_number) {
        if (!find_by(call, DECISION_TITLE, value_text(adr->title), &rows))
            return false;
        if (rows.count)
            *known = rows.row[0];
        return true;
    }
    if (!find_by(call, DECISION_NUMBER, value_int(adr->number), &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!rows.row[i].archived)
            *known = rows.row[i];
    if (rows.count && known->id == 0)
        return fail_taken(call, adr, &rows.row[0]);
    return known->id == 0 ||
           text_equal(value_as_text(known->value[DECISION_TITLE]), adr->title) ||
           fail_taken(call, adr, known);
}

/* --- what it says of it --- */

static void take_text(struct row *row, int field, text words)
{
    if (words.size)
        row->value[field] = value_text(words);
}

static void take_day(struct row *row, int field, bool has, int64_t day)
{
    if (has)
        row->value[field] = value_int(day);
}

static bool take_owner(struct call *call, const struct adr *adr, struct row *row)
{
    rid owner;
    if (!adr->owner.size)
        return true;
    if (!refs_find(call, catalog_record(call->catalog, TEXT("person")), adr->owner, &owner))
        return false;
    row->value[DECISION_OWNER] = value_ref(owner);
    return true;
}

/* A file does not know yet that a later one superseded it. */
static void take_state(const struct adr *adr, struct row *row)
{
    if (adr->state && !decision_is(row, "superseded"))
        row->value[DECISION_STATE] = value_choice(adr->state);
}

static bool take(struct call *call, const struct adr *adr, struct row *row)
{
    const struct {
        int field;
        text words;
    } texts[] = {
        { DECISION_TITLE, adr->title },
        { DECISION_CONTEXT, adr->context },
        { DECISION_OPTIONS, adr->options },
        { DECISION_DECISION, adr->decision },
        { DECISION_CONSEQUENCES, adr->consequences },
        { DECISION_OUTCOME, adr->outcome },
        { DECISION_MORE, adr->more },
        { DECISION_FRONT_MATTER, adr->front_matter },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        take_text(row, texts[i].field, texts[i].words);
    take_day(row, DECISION_NUMBER, adr->has_number, adr->number);
    take_day(row, DECISION_DECIDED, adr->has_date, adr->date);
    take_day(row, DECISION_REVISIT, adr->has_revisit, adr->revisit);
    take_day(row, DECISION_OUTCOME_RECORDED, adr->has_outcome_recorded && adr->outcome.size,
             adr->outcome_recorded);
    take_state(adr, row);
    return take_owner(call, adr, row);
}

static bool put(struct call *call, const struct adr *adr, struct decision_imported *item)
{
    struct row known, row;
    if (!find_known(call, adr, &known))
        return false;
    if (known.id == 0) {
        item->result = "made";
        if (!row_init(call, &decision_record, &row) || !take(call, adr, &row) ||
            !ledger_create(call, &row))
            return false;
    } else {
        if (!row_copy(call, &known, &row) || !take(call, adr, &row) ||
            !ledger_update(call, &known, &row))
            return false;
        item->result = row.version == known.version ? "unchanged" : "changed";
    }
    item->decision = row.id;
    item->number = value_as_int(row.value[DECISION_NUMBER]);
    return true;
}

/* --- what supersedes what --- */

static bool note(struct call *call, struct decision_import *import, text words)
{
    import->note =
        call_more(call, import->note, import->note_count, &import->note_room, sizeof(text));
    if (!import->note || !words.at)
        return false;
    import->note[import->note_count++] = words;
    return true;
}

/* The live decision of that number, or 0. */
static bool numbered(struct call *call, int64_t number, rid *id)
{
    struct rows rows;
    *id = 0;
    if (!find_by(call, DECISION_NUMBER, value_int(number), &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!rows.row[i].archived)
            *id = rows.row[i].id;
    return true;
}

static bool join(struct call *call, const struct adr_links *links, bool is_by,
                 struct decision_imported *item, struct decision_import *import)
{
    for (size_t i = 0; i < links->count; i++) {
        rid other;
        if (!numbered(call, links->number[i], &other))
            return false;
        if (other == 0) {
            if (!note(call, import,
                      call_format(call,
                                  "'%.*s' %s decision %lld, which is not here: bring that in, then "
                                  "this file again",
                                  TEXT_FMT(item->name), is_by ? "is superseded by" : "supersedes",
                                  (long long)links->number[i])))
                return false;
            continue;
        }
        if (!decision_supersede(call, is_by ? item->decision : other,
                                is_by ? other : item->decision))
            return false;
    }
    return true;
}

/* --- all files --- */

static bool about(struct call *call, const struct decision_file *file, bool done)
{
    if (!done)
        fail_about(call, text_until_character(file->name, 200));
    return done;
}

static bool check_twins(struct call *call, const struct decision_file *file, const struct adr *adr,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t before = 0; before < i; before++) {
            bool is_same = adr[i].has_number != adr[before].has_number ? false
                           : adr[i].has_number ? adr[i].number == adr[before].number
                                               : text_equal(adr[i].title, adr[before].title);
            if (is_same)
                return fail(call, FAIL_INVALID,
                            "'%.*s' and '%.*s' are of one decision: give each a number of its own",
                            TEXT_FMT(text_until_character(file[before].name, 200)),
                            TEXT_FMT(text_until_character(file[i].name, 200)));
        }
    return true;
}

/* Those with a number first: the others get numbers that are free then. */
static bool put_all(struct call *call, const struct decision_file *file, const struct adr *adr,
                    struct decision_import *import)
{
    for (int with_number = 1; with_number >= 0; with_number--)
        for (size_t i = 0; i < import->count; i++)
            if (adr[i].has_number == with_number &&
                !about(call, &file[i], put(call, &adr[i], &import->item[i])))
                return false;
    for (size_t i = 0; i < import->count; i++)
        if (!about(call, &file[i],
                   join(call, &adr[i].supersedes, false, &import->item[i], import) &&
                       join(call, &adr[i].superseded_by, true, &import->item[i], import)))
            return false;
    return true;
}

bool decision_import(struct call *call, const struct decision_file *file, size_t count,
                     struct decision_import *import)
{
    struct adr *adr = call_array(call, count + 1, sizeof *adr);
    *import = (struct decision_import){
        .item = call_array(call, count + 1, sizeof *import->item), .count = count
    };
    call->door = DOOR_IMPORT;
    if (!adr || !import->item || !ledger_may_import(call))
        return false;
    for (size_t i = 0; i < count; i++) {
        import->item[i].name = file[i].name;
        if (!adr_read(call, file[i].name, file[i].bytes, &adr[i]))
            return false;
    }
    if (!check_twins(call, file, adr, count) || !change_open(call, TEXT("import decisions")))
        return false;
    if (put_all(call, file, adr, import))
        return change_commit(call);
    change_rollback(call);
    return false;
}

bool decision_import_write_json(struct call *call, const struct decision_import *import,
                                struct json_writer *writer)
{
    json_object(writer);
    if (change_id(call))
        json_put_int(writer, "change", change_id(call));
    else
        json_put_null(writer, "change");
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < import->count; i++) {
        const struct decision_imported *item = &import->item[i];
        json_object(writer);
        json_put_text(writer, "file", item->name);
        json_put_text(writer, "decision", row_public_id(call, &decision_record, item->decision));
        json_put_int(writer, "number", item->number);
        json_put_string(writer, "result", item->result);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_key(writer, "notes");
    json_list(writer);
    for (size_t i = 0; i < import->note_count; i++)
        json_text(writer, import->note[i]);
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}
