/* See demo_rhythm.h. */
#include "app/demo_rhythm.h"

#include "ledger/ledger.h"
#include "ledger/link.h"
#include "ledger/state.h"
#include "rooms/actions/actions.h"
#include "rooms/evals/evals.h"
#include "rooms/experiments/experiments.h"
#include "rooms/incidents/incidents.h"
#include "rooms/knowledge/knowledge.h"
#include "rooms/people/people.h"
#include "rooms/prompts/change_page.h"
#include "rooms/prompts/change_rules.h"
#include "rooms/rituals/occurrence_agenda.h"
#include "rooms/rituals/occurrence_rules.h"
#include "rooms/rituals/ritual_packs.h"
#include "rooms/rituals/rituals.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

enum { NOON = 12 };

/* --- the pack, and whose it is --- */

static struct value people_value(struct call *call, const struct demo_rhythm *rhythm,
                                 demo_people_set set)
{
    rid *ids = call_array(call, DEMO_PERSON_COUNT, sizeof *ids);
    uint32_t count = 0;
    for (size_t i = 0; ids && i < DEMO_PERSON_COUNT; i++)
        if (set & (1U << i))
            ids[count++] = rhythm->person[i];
    return (struct value){ .kind = VALUE_IDS, .count = count, .ids = ids };
}

static bool find_people(struct call *call, struct demo_rhythm *rhythm)
{
    rhythm->person[0] = call->actor.person;
    for (size_t i = 1; i < DEMO_PERSON_COUNT; i++) {
        struct row row;
        if (!demo_person_find(call, i, &row))
            return false;
        rhythm->person[i] = row.id;
    }
    return true;
}

static bool give_role(struct call *call, rid ritual, const char *name, rid person)
{
    struct row role, after;
    if (!demo_find(call, &ritual_role_record, RITUAL_ROLE_NAME, text_of(name), RITUAL_ROLE_RITUAL,
                   ritual, &role) ||
        !row_copy(call, &role, &after))
        return false;
    after.value[RITUAL_ROLE_PERSON] = value_ref(person);
    return ledger_update(call, &role, &after);
}

static bool give_ritual(struct call *call, struct demo_rhythm *rhythm, size_t day, rid id)
{
    const struct demo_ritual *of = &demo_rituals[day];
    struct row row;
    if (!find_row(call, &ritual_record, id, &row) || !row_copy(call, &row, &rhythm->ritual[day]))
        return false;
    rhythm->ritual[day].value[RITUAL_OWNER] = value_ref(rhythm->person[of->owner]);
    rhythm->ritual[day].value[RITUAL_ATTENDEES] = people_value(call, rhythm, of->attendees);
    return ledger_update(call, &row, &rhythm->ritual[day]) &&
           give_role(call, id, "scribe", rhythm->person[of->scribe]);
}

static bool take_pack(struct call *call, struct demo_rhythm *rhythm)
{
    struct installed_pack installed;
    struct row team;
    int64_t monday = week_monday_days(rhythm->last_week - DEMO_RHYTHM_WEEKS);
    if (!demo_find(call, &team_record, TEAM_NAME, DEMO_TEAM, 0, 0, &team) ||
        !ritual_pack_install(call, TEXT("ai-week"), team.id, monday, &installed))
        return false;
    for (size_t i = 0; i < installed.count && i < DEMO_DAYS; i++)
        if (!give_ritual(call, rhythm, i, installed.ritual[i].ritual))
            return false;
    return true;
}

bool demo_rhythm_begin(struct call *call, const struct demo_options *options,
                       struct demo_rhythm *rhythm)
{
    *rhythm = (struct demo_rhythm){ .plant = options->plant };
    return demo_world_week(call, options, &rhythm->last_week) && find_people(call, rhythm) &&
           change_open(call, TEXT("demo rituals")) &&
           demo_change_end(call, take_pack(call, rhythm));
}

/* --- what comes out of a meeting --- */

/* A meeting that is open, and what is made in it. */
struct demo_meeting {
    const struct demo_rhythm *rhythm;
    const struct demo_session *session;
    text key;
    struct row occurrence;
};

static bool surface_of(struct call *call, size_t surface, struct row *row)
{
    return demo_find(call, &surface_record, SURFACE_NAME, text_of(demo_surfaces[surface].name), 0,
                     0, row);
}

static bool make(struct call *call, const struct demo_meeting *meeting, struct row *row)
{
    return occurrence_output_create(call, &meeting->occurrence, row);
}

static bool document_init(struct call *call, const char *kind, text title, const char *words,
                          struct row *row)
{
    if (!row_init(call, &document_record, row))
        return false;
    row->value[DOCUMENT_TITLE] = value_text(title);
    row->value[DOCUMENT_KIND] = value_choice(kind);
    row->value[DOCUMENT_BODY] = value_choice(words);
    return true;
}

static bool make_document(struct call *call, const struct demo_meeting *meeting,
                          const struct demo_made *made)
{
    struct row row;
    return document_init(call, made->words[0], text_of(made->title), made->words[1], &row) &&
           make(call, meeting, &row);
}

static bool accept(struct call *call, const struct row *decision)
{
    struct row after;
    return row_copy(call, decision, &after) && state_move(call, &after, "accept") &&
           ledger_update(call, decision, &after);
}

static bool make_decision(struct call *call, const struct demo_meeting *meeting,
                          const struct demo_made *made)
{
    struct row row;
    if (!row_init(call, &decision_record, &row))
        return false;
    row.value[DECISION_TITLE] = value_choice(made->title);
    row.value[DECISION_OWNER] = value_ref(meeting->rhythm->person[made->owner]);
    row.value[DECISION_CONTEXT] = value_choice(made->words[0]);
    row.value[DECISION_OPTIONS] = value_choice(made->words[1]);
    row.value[DECISION_DECISION] = value_choice(made->words[2]);
    return make(call, meeting, &row) && accept(call, &row);
}

static bool make_action(struct call *call, const struct demo_meeting *meeting,
                        const struct demo_made *made)
{
    struct row row, after;
    stamp day = call->now - call->now % STAMP_DAY;
    if (!row_init(call, &action_record, &row))
        return false;
    row.value[ACTION_TITLE] = value_choice(made->title);
    row.value[ACTION_OWNER] = value_ref(meeting->rhythm->person[made->owner]);
    row.value[ACTION_DUE] = value_stamp(day + made->due_days * STAMP_DAY + NOON * STAMP_HOUR);
    if (!make(call, meeting, &row) || !made->is_done)
        return call->fail.kind == FAIL_NONE;
    return row_copy(call, &row, &after) && state_move(call, &after, "finish") &&
           ledger_update(call, &row, &after);
}

static bool make_incident(struct call *call, const struct demo_meeting *meeting,
                          const struct demo_made *made)
{
    struct row row, surface;
    rid *surfaces = call_new(call, rid);
    if (!surfaces || !surface_of(call, made->surface, &surface) ||
        !row_init(call, &incident_record, &row))
        return false;
    *surfaces = surface.id;
    row.value[INCIDENT_TITLE] = value_choice(made->title);
    row.value[INCIDENT_SEVERITY] = value_choice("sev3");
    row.value[INCIDENT_PRIORITY] = value_choice("p2");
    row.value[INCIDENT_LEAD] = value_ref(meeting->rhythm->person[made->owner]);
    row.value[INCIDENT_IMPACT] = value_choice(made->words[0]);
    row.value[INCIDENT_SURFACES] = (struct value){ .kind = VALUE_IDS, .count = 1, .ids = surfaces };
    return make(call, meeting, &row);
}

static bool make_experiment(struct call *call, const struct demo_meeting *meeting,
                            const struct demo_made *made)
{
    struct row row, surface, after;
    if (!surface_of(call, made->surface, &surface) || !row_init(call, &experiment_record, &row))
        return false;
    row.value[EXPERIMENT_TITLE] = value_choice(made->title);
    row.value[EXPERIMENT_HYPOTHESIS] = value_choice(made->words[0]);
    row.value[EXPERIMENT_PRIMARY_METRIC] = value_choice(made->words[1]);
    row.value[EXPERIMENT_OWNER] = value_ref(meeting->rhythm->person[made->owner]);
    row.value[EXPERIMENT_SURFACE] = value_ref(surface.id);
    if (!make(call, meeting, &row) || !made->is_done)
        return call->fail.kind == FAIL_NONE;
    return row_copy(call, &row, &after) && state_move(call, &after, "start") &&
           ledger_update(call, &row, &after);
}

static bool find_incident(struct call *call, const struct demo_made *made, struct row *row)
{
    return demo_find(call, &incident_record, INCIDENT_TITLE, text_of(made->title), 0, 0, row);
}

static bool make_cause(struct call *call, const struct demo_meeting *meeting,
                       const struct demo_made *made)
{
    struct row incident, after;
    (void)meeting;
    if (!find_incident(call, made, &incident) || !row_copy(call, &incident, &after))
        return false;
    after.value[INCIDENT_CAUSE] = value_choice(made->words[0]);
    return state_move(call, &after, "stabilise") && ledger_update(call, &incident, &after);
}

static bool make_postmortem(struct call *call, const struct demo_meeting *meeting,
                            const struct demo_made *made)
{
    struct row incident, row, link;
    text title = call_format(call, "Postmortem: %s", made->title);
    if (!title.at || !find_incident(call, made, &incident) ||
        !document_init(call, "postmortem", title, made->words[0], &row) ||
        !make(call, meeting, &row) || !row_init(call, &link_record, &link))
        return false;
    link.value[LINK_KIND] = value_choice("about");
    link.value[LINK_FROM] = value_text(row_public_id(call, &document_record, row.id));
    link.value[LINK_TO] = value_text(row_public_id(call, &incident_record, incident.id));
    return ledger_create(call, &link);
}

/* Put off, it is on the table again with the last week's Monday. */
static bool make_council(struct call *call, const struct demo_meeting *meeting,
                         const struct demo_made *made)
{
    const bool is_deferred = strcmp(made->words[0], "defer") == 0;
    const struct council_word word = {
        .verdict = is_deferred ? COUNCIL_DEFER : COUNCIL_APPROVE,
        .note = text_of(made->title),
        .has_until = is_deferred,
        .until = week_monday_days(meeting->rhythm->last_week),
    };
    struct rows queue;
    if (!council_queue(call, 0, &queue))
        return false;
    for (size_t i = 0; i < queue.count; i++)
        if (!change_decide(call, queue.row[i].id, &word))
            return false;
    return true;
}

static bool make_update(struct call *call, const struct demo_meeting *meeting,
                        const struct demo_made *made)
{
    struct row update;
    (void)made;
    return demo_friday_write(call, meeting->rhythm->last_week - meeting->session->weeks_before,
                             &update) &&
           occurrence_output_link(call, &meeting->occurrence, &update_record, update.id);
}

static bool make_answer(struct call *call, const struct demo_meeting *meeting,
                        const struct demo_made *made)
{
    struct row row;
    (void)made;
    return !(meeting->rhythm->plant & DEMO_REGRESSION) ||
           (demo_decision_init(call, &row) && make(call, meeting, &row) && accept(call, &row));
}

typedef bool (*demo_maker)(struct call *call, const struct demo_meeting *meeting,
                           const struct demo_made *made);

static const demo_maker makers[DEMO_MADE_KINDS] = {
    [DEMO_MADE_DOCUMENT] = make_document,     [DEMO_MADE_DECISION] = make_decision,
    [DEMO_MADE_ACTION] = make_action,         [DEMO_MADE_INCIDENT] = make_incident,
    [DEMO_MADE_EXPERIMENT] = make_experiment, [DEMO_MADE_CAUSE] = make_cause,
    [DEMO_MADE_POSTMORTEM] = make_postmortem, [DEMO_MADE_COUNCIL] = make_council,
    [DEMO_MADE_UPDATE] = make_update,         [DEMO_MADE_ANSWER] = make_answer,
};

/* --- a meeting --- */

static bool write_reasons(struct call *call, const struct demo_meeting *meeting)
{
    const struct demo_none *none = meeting->session->none;
    for (size_t i = 0; i < DEMO_NONE_MAX && none[i].kind; i++) {
        struct row row;
        if (!row_init(call, &artifact_reason_record, &row))
            return false;
        row.value[ARTIFACT_REASON_OCCURRENCE] = value_ref(meeting->occurrence.id);
        row.value[ARTIFACT_REASON_KIND] = value_choice(none[i].kind);
        row.value[ARTIFACT_REASON_REASON] = value_choice(none[i].reason);
        if (!ledger_create(call, &row))
            return false;
    }
    return true;
}

/* Brought up by the scribe; there is no time for it. */
static bool park(struct call *call, const struct demo_meeting *meeting)
{
    const struct demo_session *session = meeting->session;
    struct row row;
    if (!session->parked)
        return true;
    if (!row_init(call, &agenda_item_record, &row))
        return false;
    row.value[AGENDA_ITEM_OCCURRENCE] = value_ref(meeting->occurrence.id);
    row.value[AGENDA_ITEM_TITLE] = value_choice(session->parked);
    row.value[AGENDA_ITEM_STATE] = value_choice("parked");
    row.value[AGENDA_ITEM_OWNER] =
        value_ref(meeting->rhythm->person[demo_rituals[session->day].scribe]);
    return ledger_create(call, &row);
}

static bool finish_agenda(struct call *call, const struct demo_meeting *meeting)
{
    struct rows items;
    if (meeting->session->leaves_open)
        return true;
    if (!occurrence_owned_read(call, &agenda_item_record, meeting->occurrence.id, &items))
        return false;
    for (size_t i = 0; i < items.count; i++) {
        struct row after;
        if (!row_copy(call, &items.row[i], &after))
            return false;
        after.value[AGENDA_ITEM_STATE] = value_choice("done");
        if (!ledger_update(call, &items.row[i], &after))
            return false;
    }
    return true;
}

/* All that is done before a ritual, or only the task of that name. */
static bool preparations(struct call *call, rid ritual, const char *task, struct value *done)
{
    struct query query;
    struct rows rows;
    query_init(&query, &ritual_preparation_record);
    if (!query_add(call, &query, RITUAL_PREPARATION_RITUAL, FILTER_IS, value_ref(ritual)) ||
        (task &&
         !query_add(call, &query, RITUAL_PREPARATION_TASK, FILTER_IS, value_choice(task))) ||
        !find_rows(call, &query, &rows))
        return false;
    rid *ids = call_array(call, rows.count + 1, sizeof *ids);
    for (size_t i = 0; ids && i < rows.count; i++)
        ids[i] = rows.row[i].id;
    *done = (struct value){ .kind = VALUE_IDS, .count = (uint32_t)rows.count, .ids = ids };
    return ids != NULL;
}

/* Who was there, what was ready, what was written down beside the artifacts. */
static bool write_meeting(struct call *call, struct demo_meeting *meeting)
{
    const struct demo_session *session = meeting->session;
    const struct demo_ritual *of = &demo_rituals[session->day];
    struct row after;
    if (!row_copy(call, &meeting->occurrence, &after) ||
        !preparations(call, meeting->rhythm->ritual[session->day].id, NULL,
                      &after.value[OCCURRENCE_PREPARED]))
        return false;
    after.value[OCCURRENCE_ATTENDEES] = people_value(call, meeting->rhythm, of->attendees);
    if (session->paragraph)
        after.value[OCCURRENCE_PARAGRAPH] = value_choice(session->paragraph);
    if (!ledger_update(call, &meeting->occurrence, &after))
        return false;
    meeting->occurrence = after;
    return write_reasons(call, meeting) && park(call, meeting) && finish_agenda(call, meeting);
}

static bool write_note(struct call *call, const struct demo_meeting *meeting)
{
    const struct demo_session *session = meeting->session;
    const struct demo_ritual *of = &demo_rituals[session->day];
    rid leader = meeting->rhythm->person[of->owner];
    struct row note;
    return !session->note ||
           (people_act_for(call, meeting->rhythm->person[of->scribe], SCOPE_ALL) &&
            occurrence_note_add(call, meeting->key, text_of(session->note), &note) &&
            people_act_for(call, leader, SCOPE_ALL));
}

static bool make_all(struct call *call, const struct demo_meeting *meeting)
{
    const struct demo_made *made = meeting->session->made;
    for (size_t i = 0; i < DEMO_MADE_MAX && made[i].kind; i++)
        if (!makers[made[i].kind](call, meeting, &made[i]))
            return false;
    return true;
}

static bool hold(struct call *call, struct demo_meeting *meeting)
{
    const struct demo_session *session = meeting->session;
    const struct row *ritual = &meeting->rhythm->ritual[session->day];
    stamp until = call->now + value_as_int(ritual->value[RITUAL_MINUTES]) * STAMP_MINUTE;
    struct row closed;
    bool is_incomplete = session->fate == DEMO_HELD_INCOMPLETE;
    if (!occurrence_open(call, meeting->key, &meeting->occurrence))
        return false;
    call->now = until - 5 * STAMP_MINUTE;
    if (!change_open(call, TEXT("demo meeting")) ||
        !demo_change_end(call, write_meeting(call, meeting)) || !make_all(call, meeting) ||
        !write_note(call, meeting))
        return false;
    call->now = until;
    return session->fate == DEMO_LEFT_OPEN ||
           occurrence_close(call, meeting->key, is_incomplete,
                            is_incomplete ? text_of(session->reason) : TEXT_NONE, &closed);
}

/* "RIT-1@2026-11-16" */
static text key_of(struct call *call, const struct demo_rhythm *rhythm, enum demo_day day,
                   int64_t on)
{
    char word[DATE_TEXT_SIZE];
    date_write(on, word);
    return call_format(call, "%.*s@%s",
                       TEXT_FMT(row_public_id(call, &ritual_record, rhythm->ritual[day].id)), word);
}

/* By whoever owns the ritual. */
static bool play(struct call *call, const struct demo_rhythm *rhythm,
                 const struct demo_session *session, int64_t on)
{
    const struct row *ritual = &rhythm->ritual[session->day];
    struct demo_meeting meeting = {
        .rhythm = rhythm,
        .session = session,
        .key = key_of(call, rhythm, session->day, on),
    };
    struct row skipped;
    if (!meeting.key.at ||
        !people_act_for(call, value_as_int(ritual->value[RITUAL_OWNER]), SCOPE_ALL))
        return false;
    return session->fate == DEMO_SKIPPED
               ? occurrence_skip(call, meeting.key, text_of(session->reason), &skipped)
               : hold(call, &meeting);
}

/* When the ritual of a day of that week begins, and when it is over. */
static bool times_of(struct call *call, const struct demo_rhythm *rhythm, int weeks_before,
                     enum demo_day day, stamp *at, stamp *until)
{
    const struct row *ritual = &rhythm->ritual[day];
    int64_t on = week_monday_days(rhythm->last_week - weeks_before) + day;
    if (!ritual_start_on(call, ritual, on, at))
        return false;
    *until = *at + value_as_int(ritual->value[RITUAL_MINUTES]) * STAMP_MINUTE;
    return true;
}

bool demo_rhythm_is_over(struct call *call, const struct demo_rhythm *rhythm, enum demo_day day,
                         stamp now, bool *is_over)
{
    stamp at, until;
    if (!times_of(call, rhythm, 0, day, &at, &until))
        return false;
    *is_over = until <= now;
    return true;
}

bool demo_rhythm_hold(struct call *call, const struct demo_rhythm *rhythm, int weeks_before,
                      enum demo_day from, enum demo_day to, stamp until)
{
    for (size_t i = 0; i < demo_session_count; i++) {
        const struct demo_session *session = &demo_sessions[i];
        int64_t on = week_monday_days(rhythm->last_week - weeks_before) + session->day;
        stamp at, over;
        if (session->weeks_before != weeks_before || session->day < from || session->day > to)
            continue;
        if (!times_of(call, rhythm, weeks_before, session->day, &at, &over))
            return false;
        if (over > until)
            break;
        call->now = at;
        if (!play(call, rhythm, session, on))
            return false;
    }
    return people_act_for(call, rhythm->person[0], SCOPE_ALL);
}

/* --- what comes --- */

/* The runs are in: that is half of what Monday asks for. */
static bool prepare_monday(struct call *call, const struct demo_rhythm *rhythm)
{
    rid ritual = rhythm->ritual[DEMO_MONDAY].id;
    int64_t on = week_monday_days(rhythm->last_week);
    struct row occurrence;
    struct value task;
    return preparations(call, ritual, "Import the eval runs of the week", &task) &&
           (task.count == 0 || occurrence_prepare(call, key_of(call, rhythm, DEMO_MONDAY, on),
                                                  task.ids[0], true, &occurrence));
}

static bool bring_up(struct call *call, const struct demo_rhythm *rhythm)
{
    rid owner = rhythm->person[demo_rituals[DEMO_THURSDAY].owner];
    int64_t on = week_monday_days(rhythm->last_week) + DEMO_THURSDAY;
    struct row item, occurrence;
    if (!people_act_for(call, owner, SCOPE_ALL) || !row_init(call, &agenda_item_record, &item))
        return false;
    item.value[AGENDA_ITEM_TITLE] = value_choice(DEMO_BROUGHT_UP);
    item.value[AGENDA_ITEM_WHY] = value_choice(DEMO_BROUGHT_UP_WHY);
    item.value[AGENDA_ITEM_OWNER] = value_ref(owner);
    return occurrence_item_add(call, key_of(call, rhythm, DEMO_THURSDAY, on), &item, &occurrence) &&
           people_act_for(call, rhythm->person[0], SCOPE_ALL);
}

bool demo_rhythm_prepare(struct call *call, const struct demo_rhythm *rhythm)
{
    bool monday, thursday;
    return demo_rhythm_is_over(call, rhythm, DEMO_MONDAY, call->now, &monday) &&
           demo_rhythm_is_over(call, rhythm, DEMO_THURSDAY, call->now, &thursday) &&
           (monday || prepare_monday(call, rhythm)) && (thursday || bring_up(call, rhythm));
}
