/* Installing packs; see ritual_packs.h. */
#include "ledger/ledger.h"
#include "offers/agenda.h"
#include "rooms/rituals/ritual_packs.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"

enum { DAYS_OF_WEEK = 7, MONDAY_OF_EPOCH = 3 };

static const struct ritual_pack *pack_find(struct call *call, text name)
{
    struct out known;
    out_init(&known, call);
    for (const struct ritual_pack *pack = ritual_packs; pack->name; pack++) {
        if (text_is(name, pack->name))
            return pack;
        out_format(&known, "%s'%s'", known.size ? ", " : "", pack->name);
    }
    fail_at(call, "pack", "there is no pack '%.*s': install one of %.*s", TEXT_FMT(name),
            TEXT_FMT(out_view(&known)));
    return NULL;
}

static text template_of(struct call *call, const struct ritual_pack *pack,
                        const struct pack_ritual *ritual)
{
    return call_format(call, "%s/%s", pack->name, ritual->name);
}

bool ritual_pack_rows(struct call *call, text pack, rid team, rid **rows, size_t *count)
{
    struct query query;
    struct rows rituals;
    text template = CALL_JOIN(call, pack, TEXT("/"));
    query_init(&query, &ritual_record);
    *count = 0;
    if (!pack_find(call, pack) || !template.at || !find_rows(call, &query, &rituals))
        return false;
    *rows = call_array(call, rituals.count + 1, sizeof **rows);
    for (size_t i = 0; *rows && i < rituals.count; i++) {
        const struct value *value = rituals.row[i].value;
        text from = value_as_text(value[RITUAL_TEMPLATE]);
        if (from.at && text_starts(from, template) &&
            (!team || value_as_int(value[RITUAL_TEAM]) == team))
            (*rows)[(*count)++] = rituals.row[i].id;
    }
    return *rows != NULL;
}

/* The live ritual of that team that came from the template, whatever people call it by now. */
static bool find_installed(struct call *call, text template, rid team, struct row *row)
{
    struct query query;
    query_init(&query, &ritual_record);
    return query_add(call, &query, RITUAL_TEMPLATE, FILTER_IS, value_text(template)) &&
           query_add(call, &query, RITUAL_TEAM, FILTER_IS, value_ref(team)) &&
           find_first(call, &query, row);
}

/* The sources of a pack that some room offers. */
static bool set_agenda(struct call *call, const struct pack_ritual *from, struct row *row)
{
    text *names = call_array(call, PACK_PARTS_MAX, sizeof *names);
    uint32_t count = 0;
    if (!names)
        return false;
    for (int i = 0; i < PACK_PARTS_MAX && from->agenda[i]; i++)
        if (agenda_source_find(call, text_of(from->agenda[i])))
            names[count++] = text_of(from->agenda[i]);
    if (count)
        row->value[RITUAL_AGENDA] =
            (struct value){ .kind = VALUE_TEXTS, .count = count, .texts = names };
    return true;
}

static bool set_not_after(struct call *call, const struct ritual_pack *pack,
                          const struct pack_ritual *from, rid team, struct row *row)
{
    struct row other;
    rid *ids = call_new(call, rid);
    if (!from->not_after)
        return true;
    text template = call_format(call, "%s/%s", pack->name, from->not_after);
    if (!ids || !template.at)
        return false;
    if (!find_installed(call, template, team, &other))
        return call->fail.kind == FAIL_NONE;
    *ids = other.id;
    row->value[RITUAL_NOT_AFTER] = (struct value){ .kind = VALUE_IDS, .count = 1, .ids = ids };
    return true;
}

static bool create_ritual(struct call *call, const struct ritual_pack *pack,
                          const struct pack_ritual *from, rid team, int64_t monday,
                          struct row *row)
{
    if (!row_init(call, &ritual_record, row))
        return false;
    row->value[RITUAL_NAME] = value_choice(from->name);
    row->value[RITUAL_TEAM] = value_ref(team);
    row->value[RITUAL_PURPOSE] = value_choice(from->purpose);
    row->value[RITUAL_RULE] = value_choice(from->rule);
    row->value[RITUAL_STARTS] = value_int(monday);
    row->value[RITUAL_AT] = value_choice(from->at);
    row->value[RITUAL_MINUTES] = value_int(from->minutes);
    row->value[RITUAL_OWNER] = value_ref(call->actor.person);
    row->value[RITUAL_TEMPLATE] = value_text(template_of(call, pack, from));
    row->dimensions = from->dimensions;
    return set_agenda(call, from, row) && set_not_after(call, pack, from, team, row) &&
           ledger_create(call, row);
}

/* --- what it owns --- */

static bool create_steps(struct call *call, const struct pack_ritual *from, rid ritual)
{
    for (int i = 0; i < PACK_PARTS_MAX && from->step[i].name; i++) {
        struct row row;
        if (!row_init(call, &ritual_step_record, &row))
            return false;
        row.value[RITUAL_STEP_RITUAL] = value_ref(ritual);
        row.value[RITUAL_STEP_NAME] = value_choice(from->step[i].name);
        row.value[RITUAL_STEP_MINUTES] = value_int(from->step[i].minutes);
        row.value[RITUAL_STEP_PLACE] = value_int(i + 1);
        if (!ledger_create(call, &row))
            return false;
    }
    return true;
}

static bool create_artifacts(struct call *call, const struct pack_ritual *from, rid ritual)
{
    for (int i = 0; i < PACK_PARTS_MAX && from->artifact[i].kind; i++) {
        const struct pack_artifact *artifact = &from->artifact[i];
        struct row row;
        if (!row_init(call, &ritual_artifact_record, &row))
            return false;
        row.value[RITUAL_ARTIFACT_RITUAL] = value_ref(ritual);
        row.value[RITUAL_ARTIFACT_KIND] = value_choice(artifact->kind);
        row.value[RITUAL_ARTIFACT_LEAST] = value_int(artifact->least);
        row.value[RITUAL_ARTIFACT_MOST] =
            artifact->most ? value_int(artifact->most) : VALUE_NONE;
        row.value[RITUAL_ARTIFACT_OR_REASON] = value_bool(artifact->or_reason);
        if (!ledger_create(call, &row))
            return false;
    }
    return true;
}

static bool create_preparations(struct call *call, const struct pack_ritual *from, rid ritual)
{
    for (int i = 0; i < PACK_PARTS_MAX && from->preparation[i]; i++) {
        struct row row;
        if (!row_init(call, &ritual_preparation_record, &row))
            return false;
        row.value[RITUAL_PREPARATION_RITUAL] = value_ref(ritual);
        row.value[RITUAL_PREPARATION_TASK] = value_choice(from->preparation[i]);
        if (!ledger_create(call, &row))
            return false;
    }
    return true;
}

static bool create_roles(struct call *call, rid ritual)
{
    static const char *const roles[] = { "facilitator", "scribe" };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        struct row row;
        if (!row_init(call, &ritual_role_record, &row))
            return false;
        row.value[RITUAL_ROLE_RITUAL] = value_ref(ritual);
        row.value[RITUAL_ROLE_NAME] = value_choice(roles[i]);
        if (!ledger_create(call, &row))
            return false;
    }
    return true;
}

static bool install_one(struct call *call, const struct ritual_pack *pack,
                        const struct pack_ritual *from, rid team, int64_t monday,
                        struct installed_ritual *installed)
{
    struct row row;
    text template = template_of(call, pack, from);
    if (!template.at)
        return false;
    installed->is_new = !find_installed(call, template, team, &row);
    if (call->fail.kind != FAIL_NONE)
        return false;
    if (installed->is_new &&
        (!create_ritual(call, pack, from, team, monday, &row) ||
         !create_steps(call, from, row.id) || !create_artifacts(call, from, row.id) ||
         !create_preparations(call, from, row.id) || !create_roles(call, row.id)))
        return false;
    installed->ritual = row.id;
    return true;
}

static bool install_all(struct call *call, rid team, int64_t monday,
                        struct installed_pack *installed)
{
    size_t count = 0;
    while (installed->pack->ritual[count].name)
        count++;
    installed->ritual = call_array(call, count + 1, sizeof *installed->ritual);
    if (!installed->ritual)
        return false;
    for (size_t i = 0; i < count; i++, installed->count++)
        if (!install_one(call, installed->pack, &installed->pack->ritual[i], team, monday,
                         &installed->ritual[i]))
            return false;
    return true;
}

bool ritual_pack_install(struct call *call, text name, rid team, int64_t first_day,
                         struct installed_pack *installed)
{
    int64_t weekday = ((first_day + MONDAY_OF_EPOCH) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK;
    *installed = (struct installed_pack){ .pack = pack_find(call, name) };
    if (!installed->pack)
        return false;
    text what = call_format(call, "install %s", installed->pack->name);
    bool own = !call->change.is_open;
    if (!what.at || (own && !change_open(call, what)))
        return false;
    bool done = install_all(call, team, first_day - weekday, installed);
    if (own && done)
        return change_commit(call);
    if (own)
        change_rollback(call);
    return done;
}
