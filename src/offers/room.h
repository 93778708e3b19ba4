/*
 * What a room offers to the house: tables, each ended by a zero row. The
 * router, the help, OpenAPI, migrations, imports and completion walk them;
 * that is how rooms meet without including each other.
 */
#ifndef RONDO_ROOM_H
#define RONDO_ROOM_H

#include "catalog/table.h"
#include "http/route.h"
#include "offers/command.h"

struct agenda_source;
struct calendar_source;
struct conflict_source;
struct early;
struct figure;
struct importer;
struct job_kind;
struct made_of;
struct need_source;
struct promise_source;
struct reply_schema;
struct update_source;
struct verify_report;
struct archive_reader;
struct archive_writer;

/* A schema of the OpenAPI page that is no record's, as JSON: what a verb of the room takes. */
struct room_schema {
    const char *name;
    const char *json;
};

struct room {
    const char *name;  /* the folder */
    const char *label; /* for people */
    const char *help;  /* one sentence: what the room is for */
    const struct record *const *records;
    const struct table *const *tables; /* facts */
    const struct route *routes;
    const struct room_schema *schemas; /* of bodies of its routes, ended by one without a name */
    const struct reply_schema *replies; /* of what they answer, likewise */
    const struct command *commands;
    const struct agenda_source *agenda; /* what it brings to rituals, ended by one without a name */
    const struct need_source *needs;    /* what waits for a person, ended in the same way */
    const struct conflict_source *conflicts; /* which rituals meet what, likewise */
    const struct promise_source *promises; /* what was said for a week, likewise */
    const struct figure *figures;      /* what it can say as a number, likewise */
    const struct update_source *update; /* what it brings to the weekly update, likewise */
    const struct calendar_source *calendar; /* what it brings to calendars, likewise */
    const struct made_of *makes; /* what can be made of rows, ended by one without a label */
    const struct early *early;   /* what is made before anybody asks, ended by one without a name */
    const struct job_kind *jobs; /* kinds of work in the background, ended by one without a name */
    /* a table made at start, one row per format; or NULL */
    const struct importer *(*importers)(struct call *call);
    /* adds the checks of the room's own facts to what `rondo verify` tells; or NULL */
    bool (*verify)(struct call *call, struct verify_report *report);
    /*
     * The rows of the room's tables on their way into an archive and back, under facts/; the second
     * runs when all records are in. Both NULL: the tables are archived by their description.
     */
    bool (*facts_export)(struct call *call, struct archive_writer *writer);
    bool (*facts_import)(struct call *call, struct archive_reader *reader);
};

#endif
