/*
 * What a record is: a noun of the product, declared once as a const table of fields. Schema,
 * checks, JSON, OpenAPI, command line, history, search, export and forms are walks over it.
 *
 * Every record also has, without declaring it: id,
 * version, created, changed, archived and dimensions.
 */
#ifndef RONDO_RECORD_H
#define RONDO_RECORD_H

#include "base/call.h"
#include "catalog/field.h"

enum privacy {
    PRIVACY_PUBLIC, /* everybody of the workspace */
    PRIVACY_TEAM,   /* members of the team that the field `team` names */
    PRIVACY_NAMED,  /* the persons in the reader table */
    PRIVACY_PRIVATE, /* the author alone: one person in the reader table; random ids */
};

/* Data, AI, IT; Governance, Business, People: a set of bits on every row. */
enum dimension {
    DIMENSION_DATA = 1 << 0,
    DIMENSION_AI = 1 << 1,
    DIMENSION_IT = 1 << 2,
    DIMENSION_GOVERNANCE = 1 << 3,
    DIMENSION_BUSINESS = 1 << 4,
    DIMENSION_PEOPLE = 1 << 5,
    DIMENSION_ALL = (1 << 6) - 1,
};
enum { DIMENSION_COUNT = 6 };

struct dimension_fact {
    const char *word; /* "data", "ai", ... */
    const char *label;
};

/* In bit order. */
extern const struct dimension_fact dimension_facts[DIMENSION_COUNT];

struct row;

/* How the transition is undone. */
enum undo_class {
    UNDO_YES,     /* like any change */
    UNDO_COUNTER, /* by a counter verb: approve, withdraw */
    UNDO_NO,      /* what was sent is sent */
};

/*
 * A guard fails the call with a sentence that names what is missing, or lets the transition pass.
 */
typedef bool (*transition_guard)(struct call *call, const struct row *row);

struct transition {
    const char *from; /* "" = any state */
    const char *to;
    const char *verb;
    unsigned roles; /* any one of these; 0 = any who may write */
    transition_guard guard;
    enum undo_class undo;
};

struct value;

/*
 * What follows from a row and the clock, such as whether it is late: worked out whenever the row is
 * shown, and never stored, since it changes without anybody's doing. Rows show it behind their
 * fields; it is no input, no filter and no order, and stands in no history or archive. The field
 * has a name, a label, a help sentence, a kind that is no ref, and both flags FIELD_COUNTED
 * and FIELD_COMPUTED; FIELD_NEEDED besides says that it is never null.
 */
struct computed {
    struct field field;
    struct value (*value)(const struct row *row, stamp now); /* from the row alone: no store */
};

enum { UNIQUE_FIELDS_MAX = 4, ROW_FIELDS_MAX = 64 };

struct record {
    const char *name;   /* singular snake_case: "eval_run" */
    const char *plural; /* "eval_runs": table and address */
    const char *prefix; /* of the public id: "RUN" gives RUN-12 */
    const char *label;
    const char *help; /* one sentence: what it is, and the command that makes one */
    const struct field *field;
    size_t field_count;
    int title;          /* index of the field that people call a row by */
    int state;          /* index of the state field; used when `states` is set */
    const struct transition *states; /* ended by a row without a verb; NULL: no states */
    const struct computed *computed; /* ended by one without a name; NULL: none */
    /* combinations of fields that are unique among live rows */
    const char *unique[2][UNIQUE_FIELDS_MAX];
    /* fields, or "created", that rows are sought by together, the equal ones first: an index */
    const char *sought[UNIQUE_FIELDS_MAX];
    /*
     * The columns of its lists for people beside id and title, computed ones too, the most
     * important first, ended by NULL; NULL: all short fields in their order. JSON is always
     * complete.
     */
    const char *const *listed;
    /*
     * The order of its lists for people who chose none: a field that has one, a hyphen before it
     * for backwards. NULL: by rank where it has one, else by id. The API goes by id all the same.
     */
    const char *usual_sort;
    /* Checks what one field cannot: fails the call, or lets the row pass. May be NULL. */
    bool (*check)(struct call *call, const struct row *before, const struct row *after);
    /* Fails the call where a row may not be dropped, alone or with its owner. May be NULL. */
    bool (*check_drop)(struct call *call, const struct row *row);
    /*
     * Fills what the program says of a row (FIELD_COUNTED) from what people said, before anything
     * is checked: every door leads through it. Fails the call, or lets the row pass. May be NULL.
     */
    bool (*settle)(struct call *call, const struct row *before, struct row *after);
    /*
     * Of a named record: the field (refs to persons) whose persons become readers when they are
     * written there. NULL: none.
     */
    const char *readers;
    /* What a row counts as among what came out of a ritual; NULL: the record's name. */
    text (*output_kind)(const struct row *row);
    /*
     * Whether the actor, who is not its author, reads and writes the row's private fields
     * (FIELD_PRIVATE), too. NULL: nobody else does.
     */
    bool (*reads_private)(struct call *call, const struct row *row, bool *reads);
    /*
     * Whether the row is the actor's own to change without any of the roles in `writers`; what of
     * it may be changed so, and that it may not be dropped, is for `check` and `check_drop`. NULL:
     * no row is.
     */
    bool (*is_own)(const struct call *call, const struct row *row);
    /*
     * What is to be known of the row now and stands in none of its fields, because it follows from
     * other rows: "away until 2026-12-04". TEXT_NONE: nothing. May be NULL.
     */
    bool (*remark)(struct call *call, const struct row *row, text *words);
    /* A rule of reading beyond the privacy class. May be NULL. */
    bool (*readable)(struct call *call, const struct row *row);
    enum privacy privacy;
    unsigned writers; /* roles that may write; 0 = ROLE_MEMBER */
    bool made_by_program; /* no generic create: importers and verbs make it */
    bool is_learned_from; /* what happened or was decided: pages are made of its rows */
    /* made by the thousand: creations have no audit line each, their batch has one */
    bool is_bulk;
    int since;
};

/* All records and plain tables of the program, in the order of the rooms. */
struct table;
struct room;
struct catalog {
    const struct record *const *record;
    size_t record_count;
    const struct table *const *table;
    size_t table_count;
    const struct room *const *rooms; /* for the walks of offers/; ended by NULL, or NULL: none */
};

/* NULL when there is none of that name. `catalog_record_word` also takes hyphens and the plural. */
const struct record *catalog_record(const struct catalog *catalog, text name);
const struct record *catalog_record_word(const struct catalog *catalog, text word);
const struct record *catalog_record_prefix(const struct catalog *catalog, text prefix);

/* "a" or "an", for sentences with the record's label. */
const char *record_article(const struct record *record);

/* The index of the field, or -1. */
int record_field(const struct record *record, text name);

/*
 * What a row shows: its fields, and behind them what is computed. `record_shown` is the index of
 * that name, or -1.
 */
size_t record_shown_count(const struct record *record);
const struct field *record_shown_field(const struct record *record, size_t at);
int record_shown(const struct record *record, text name);

/* The index of the field that refers to the parent (FIELD_OWNED), or -1. */
int record_parent(const struct record *record);

/* "eval-run": as on the command line; the plural as in addresses. */
text record_word(struct call *call, const struct record *record);
text record_address(struct call *call, const struct record *record);

/*
 * Checks the whole catalogue: names, prefixes and plurals unique and well
 * formed, reserved words unused, refs known, choices present, states reachable,
 * titles set. Fails with the first mistake. Runs at start.
 */
bool catalog_verify(struct call *call, const struct catalog *catalog);

#endif
