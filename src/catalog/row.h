/*
 * A row in flight: a record and an array of tagged values, read as row.value[SURFACE_FLOOR]. What a
 * value points at lives in the call's arena.
 */
#ifndef RONDO_ROW_H
#define RONDO_ROW_H

#include "base/out.h"
#include "catalog/record.h"

struct json;
struct json_writer;

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_TEXTS, VALUE_IDS };

/*
 * Which value kind a field kind uses: text, prose, zone, choice, rank, json, blob: VALUE_TEXT; int,
 * bool (0 or 1), stamp, date, ref: VALUE_INT; real: VALUE_REAL; tags: VALUE_TEXTS; refs: VALUE_IDS.
 * Unknown is VALUE_NULL, and so is an empty list.
 */
struct value {
    enum value_kind kind;
    uint32_t count; /* VALUE_TEXTS, VALUE_IDS */
    union {
        int64_t integer;
        double real;
        text text;
        const text *texts;
        const rid *ids;
    };
};

struct row {
    const struct record *record;
    rid id;
    int64_t version; /* 1 at creation; +1 with every change; the ETag */
    stamp created;
    stamp changed;
    stamp archived; /* 0 = live */
    rid change;     /* the change that made this version */
    unsigned dimensions;
    stamp as_of; /* it is the row as it was at this instant; 0 = as it is */
    struct value *value;
};

#define VALUE_NONE ((struct value){ .kind = VALUE_NULL })

struct value value_int(int64_t integer);
struct value value_real(double real);
struct value value_bool(bool is_true);
struct value value_text(text view); /* TEXT_NONE gives null */
struct value value_choice(const char *word);
struct value value_stamp(stamp at);
struct value value_ref(rid id); /* 0 gives null */

bool value_is_null(struct value value);
bool value_equal(struct value a, struct value b);

/* Null reads as 0, 0.0, false, TEXT_NONE. */
int64_t value_as_int(struct value value);
double value_as_real(struct value value);
bool value_as_bool(struct value value);
text value_as_text(struct value value);

/* An empty row of a record: all values null, fallbacks set. NULL: the call has failed. */
bool row_init(struct call *call, const struct record *record, struct row *row);
bool row_copy(struct call *call, const struct row *from, struct row *to);

/*
 * What the row shows at an index of record_shown: a value of its own, or what is computed for
 * `now`, or for the instant that the row is of.
 */
struct value row_shown(const struct row *row, size_t at, stamp now);

/* What people call the row: its title, else its public id. */
text row_title(struct call *call, const struct row *row);

/* "RUN-12"; private records: "NOTE-" and a random number in base 32. */
text row_public_id(struct call *call, const struct record *record, rid id);

/*
 * Reads "RUN-12" (any case) or "12" as an id of the record;
 * false when it is not one (no failure is recorded).
 */
bool row_id_read(const struct record *record, text public_id, rid *id);

/*
 * Reads a public id of any record. False when no record has that prefix (no failure is recorded).
 */
bool catalog_id_read(const struct catalog *catalog, text public_id, const struct record **record,
                     rid *id);

/* --- checks (row_check.c) --- */

/* Every value against its field, then the record's own check. `before` is NULL at creation. */
bool row_check(struct call *call, const struct row *before, const struct row *after);

/*
 * For guards: the fields, ended by -1, have to say something. Fails at the first that does not and
 * names each: "'impact' and 'cause' are needed to close an incident", of which `what` is the end.
 */
bool row_require(struct call *call, const struct row *row, const int *field, const char *what);

/* One value against its field: kind, range, length, choice, zone. */
bool value_check(struct call *call, const struct field *field, struct value value);

/* --- values as people write them (row_read.c) --- */

/*
 * How refs in input are resolved; the store's side of the
 * bargain, set by offers. `field` names the target record.
 */
typedef bool (*ref_resolver)(struct call *call, const struct field *field, text word, rid *id);

/* Reads one value from text (command line, CSV) or from JSON. An empty text is null. */
bool value_read_text(struct call *call, const struct field *field, text word, ref_resolver resolve,
                     struct value *value);
bool value_read_json(struct call *call, const struct field *field, const struct json *json,
                     ref_resolver resolve, struct value *value);

/* Sets the row's values from an object; unknown, fixed and counted keys are refused by name. */
bool row_read_json(struct call *call, const struct json *object, ref_resolver resolve,
                   bool creating, struct row *row);

/* --- rows as JSON (row_write.c) --- */

/*
 * What a ref is shown as: its public id, or its title
 * for FIELD_BY_NAME, or null when it may not be read.
 */
typedef bool (*ref_namer)(struct call *call, const struct field *field, rid id, text *name);

/*
 * Writes the row as an object: id, the fields, dimensions,
 * version, created, changed, archived. Secrets are left out. `row_write_json` writes what is
 * stored; `row_show_json` adds what is computed, for whoever reads it now.
 */
bool row_write_json(struct call *call, const struct row *row, ref_namer name,
                    struct json_writer *writer);
bool row_show_json(struct call *call, const struct row *row, ref_namer name,
                   struct json_writer *writer);

/* One value as it stands in such an object; an empty list is []. */
bool value_write_json(struct call *call, const struct field *field, struct value value,
                      ref_namer name, struct json_writer *writer);

/* The whole row for the history table, secrets included, refs as numbers; and back. */
bool row_pack(struct call *call, const struct row *row, text *packed);
bool row_unpack(struct call *call, const struct record *record, text packed, struct row *row);

/* One value as text for tables and sentences: stamps in ISO, lists with commas, null empty. */
bool value_write_text(struct call *call, const struct field *field, struct value value,
                      ref_namer name, struct out *out);

#endif
