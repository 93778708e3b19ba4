/* See house_build.h. */
#include "app/house_build.h"

#include "app/app_commands.h"
#include "app/front.h"
#include "app/store_commands.h"
#include "base/hash.h"
#include "calc/calc_command.h"
#include "ledger/audit_tables.h"
#include "ledger/link.h"
#include "offers/events_doors.h"
#include "offers/archive_commands.h"
#include "offers/import_doors.h"
#include "offers/job_doors.h"
#include "offers/job_kinds.h"
#include "offers/offers_tables.h"
#include "offers/ledger_commands.h"
#include "offers/markdown_doors.h"
#include "offers/quarantine.h"
#include "offers/record_commands.h"
#include "offers/search_doors.h"

#include <assert.h>

enum {
    RECORDS_MAX = 128,
    TABLES_MAX = 64,
    ROUTES_MAX = 2048,
    COMMANDS_MAX = 1024,
    COMMAND_PLACES = 4096, /* a power of two */
    IMPORTERS_MAX = 64,
    JOBS_MAX = 64,
};

struct joining {
    struct call *call;
    const struct record *record[RECORDS_MAX];
    const struct table *table[TABLES_MAX];
    const struct importer *importer[IMPORTERS_MAX];
    const struct job_kind *job[JOBS_MAX];
    const struct route *route[ROUTES_MAX];
    const struct command *command[COMMANDS_MAX];
    const struct command *place[COMMAND_PLACES]; /* the same, by a hash of their words */
    size_t records, tables, importers, jobs, routes, commands;
};

/* --- one more of each; a house that outgrows its room is our own mistake --- */

static void add_tables(struct joining *joining, const struct table *const *table)
{
    for (; table && *table; table++) {
        assert(joining->tables < TABLES_MAX);
        joining->table[joining->tables++] = *table;
    }
}

static void add_records(struct joining *joining, const struct record *const *record)
{
    for (; record && *record; record++) {
        assert(joining->records < RECORDS_MAX);
        joining->record[joining->records++] = *record;
    }
}

static void add_routes(struct joining *joining, const struct route *route, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert(joining->routes < ROUTES_MAX);
        joining->route[joining->routes++] = &route[i];
    }
}

static void add_route_table(struct joining *joining, const struct route *route)
{
    size_t count = 0;
    while (route && route[count].method)
        count++;
    add_routes(joining, route, count);
}

static bool is_same_word(const char *one, const char *other)
{
    return one == other || (one && other && strcmp(one, other) == 0);
}

/* A room's own command stands in front of the generic one of the same name and verb. */
static bool command_is_known(struct joining *joining, const struct command *command)
{
    uint64_t hash = hash_quick(text_of(command->name), 0);
    if (command->verb)
        hash = hash_quick(text_of(command->verb), hash);
    size_t at = hash % COMMAND_PLACES;
    for (; joining->place[at]; at = (at + 1) % COMMAND_PLACES)
        if (is_same_word(joining->place[at]->name, command->name) &&
            is_same_word(joining->place[at]->verb, command->verb))
            return true;
    joining->place[at] = command;
    return false;
}

static void add_commands(struct joining *joining, const struct command *command, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (command_is_known(joining, &command[i]))
            continue;
        assert(joining->commands < COMMANDS_MAX);
        joining->command[joining->commands++] = &command[i];
    }
}

static void add_command_table(struct joining *joining, const struct command *command)
{
    size_t count = 0;
    while (command && command[count].name)
        count++;
    add_commands(joining, command, count);
}

static void *copy(struct call *call, const void *list, size_t count, size_t size)
{
    void *room = call_array(call, count + 1, size);
    if (room)
        memcpy(room, list, count * size);
    return room;
}

/* --- joining --- */

static bool join_catalog(struct joining *joining, const struct room *const *rooms,
                         struct catalog *catalog)
{
    static const struct table *const import_tables[] = { &quarantine_table, NULL };
    static const struct record *const ground_records[] = { &link_record, NULL };
    for (const struct room *const *room = rooms; *room; room++) {
        add_records(joining, (*room)->records);
        add_tables(joining, (*room)->tables);
    }
    add_records(joining, ground_records);
    add_tables(joining, ledger_tables);
    add_tables(joining, offers_tables);
    add_tables(joining, import_tables);
    add_tables(joining, job_tables);
    catalog->record = copy(joining->call, joining->record, joining->records, sizeof(void *));
    catalog->record_count = joining->records;
    catalog->table = copy(joining->call, joining->table, joining->tables, sizeof(void *));
    catalog->table_count = joining->tables;
    catalog->rooms = rooms;
    return catalog->record && catalog->table;
}

static bool join_importers(struct joining *joining, const struct room *const *rooms,
                           struct house *house)
{
    for (const struct room *const *room = rooms; *room; room++) {
        const struct importer *importer =
            (*room)->importers ? (*room)->importers(joining->call) : NULL;
        if ((*room)->importers && !importer)
            return false;
        for (; importer && importer->name; importer++) {
            assert(joining->importers < IMPORTERS_MAX);
            joining->importer[joining->importers++] = importer;
        }
    }
    house->importers = copy(joining->call, joining->importer, joining->importers, sizeof(void *));
    return house->importers != NULL;
}

static void add_jobs(struct joining *joining, const struct job_kind *kind)
{
    for (; kind && kind->name; kind++) {
        assert(joining->jobs < JOBS_MAX);
        joining->job[joining->jobs++] = kind;
    }
}

static bool join_jobs(struct joining *joining, const struct room *const *rooms, struct house *house)
{
    const struct job_kind *own = job_kinds(joining->call, house->importers);
    for (const struct room *const *room = rooms; *room; room++)
        add_jobs(joining, (*room)->jobs);
    add_jobs(joining, own);
    house->jobs = copy(joining->call, joining->job, joining->jobs, sizeof(void *));
    return own && house->jobs;
}

static bool join_routes(struct joining *joining, const struct room *const *rooms,
                        struct house *house)
{
    const struct route *generic;
    size_t count;
    for (const struct room *const *room = rooms; *room; room++)
        add_route_table(joining, (*room)->routes);
    add_route_table(joining, front_routes);
    add_route_table(joining, job_routes);
    add_route_table(joining, events_routes);
    add_route_table(joining, markdown_routes);
    const struct route *imports = import_routes(joining->call, house->importers);
    if (!imports || !rest_routes(joining->call, &house->catalog, &house->routes, &generic, &count))
        return false;
    add_route_table(joining, imports);
    add_routes(joining, generic, count);
    house->routes.route = copy(joining->call, joining->route, joining->routes, sizeof(void *));
    house->routes.count = joining->routes;
    return house->routes.route != NULL;
}

static bool join_commands(struct joining *joining, const struct room *const *rooms,
                          struct house *house)
{
    const struct command *generic;
    size_t count;
    const struct command *imports = import_commands(joining->call, house->importers, rooms);
    const struct command *app = app_command_table(joining->call, house);
    const struct command *store = store_command_table(joining->call, house);
    const struct command *archive = archive_commands(joining->call, rooms);
    if (!imports || !app || !store || !archive)
        return false;
    for (const struct room *const *room = rooms; *room; room++)
        add_command_table(joining, (*room)->commands);
    add_command_table(joining, imports);
    add_command_table(joining, job_commands);
    add_command_table(joining, archive);
    add_command_table(joining, app);
    add_command_table(joining, store);
    add_command_table(joining, ledger_commands);
    add_command_table(joining, search_commands);
    add_command_table(joining, calc_commands);
    if (!record_commands(joining->call, &house->catalog, &generic, &count))
        return false;
    add_commands(joining, generic, count);
    house->command = copy(joining->call, joining->command, joining->commands, sizeof(void *));
    house->command_count = joining->commands;
    return house->command != NULL;
}

bool house_build(struct call *call, const struct room *const *list, struct house *house)
{
    struct joining *joining = call_new(call, struct joining);
    *house = (struct house){ .rooms = list };
    if (!joining)
        return false;
    joining->call = call;
    return join_catalog(joining, list, &house->catalog) && join_importers(joining, list, house) &&
           join_jobs(joining, list, house) && join_commands(joining, list, house);
}

bool house_open_doors(struct call *call, struct house *house)
{
    struct joining *joining = call_new(call, struct joining);
    if (!joining)
        return false;
    joining->call = call;
    return catalog_verify(call, &house->catalog) && join_routes(joining, house->rooms, house);
}
