/* See occurrence_rules.h. */
#include "rooms/rituals/occurrence_rules.h"

#include "ledger/ledger.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/rituals/minutes.h"
#include "rooms/rituals/occurrence_agenda.h"
#include "rooms/rituals/ritual_roles.h"
#include "rooms/rituals/rituals.h"

enum { NEXT_DAYS = 100, LAST_DAYS = 35, DAYS_OF_WEEK = 7, WORDS_MAX = 500 };

/* --- finding --- */

static bool slots_around(struct call *call, const struct row *ritual, int64_t from, int64_t to,
                         struct occurrence_slots *slots)
{
    struct ritual_calendar *calendar = call_new(call, struct ritual_calendar);
    if (!calendar || !ritual_calendar_read(call, from - 1, to + 1, calendar))
        return false;
    const struct row *known = ritual_calendar_find(calendar, ritual->id);
    if (!known)
        return fail(call, FAIL_CONFLICT, "the ritual '%.*s' was dropped: undo that first",
                    TEXT_FMT(row_title(call, ritual)));
    return occurrence_slots_of(call, calendar, known, INT64_MIN, INT64_MAX, slots);
}

static bool find_stored(struct call *call, rid id, struct occurrence_slot *slot)
{
    struct row row, ritual;
    struct occurrence_slots slots;
    if (!find_row(call, &occurrence_record, id, &row) ||
        !find_row(call, &ritual_record, value_as_int(row.value[OCCURRENCE_RITUAL]), &ritual))
        return false;
    int64_t day = value_as_int(row.value[OCCURRENCE_DAY]);
    if (!slots_around(call, &ritual, day, day, &slots))
        return false;
    for (size_t i = 0; i < slots.count; i++)
        if (slots.slot[i].stored && slots.slot[i].stored->id == id) {
            *slot = slots.slot[i];
            return true;
        }
    return fail(call, FAIL_NOT_FOUND,
                "the rule of '%.*s' gives no day for %.*s any more: 'rondo week' shows what there "
                "is",
                TEXT_FMT(row_title(call, &ritual)),
                TEXT_FMT(row_public_id(call, &occurrence_record, id)));
}

static bool find_on_day(struct call *call, const struct row *ritual, text word,
                        struct occurrence_slot *slot)
{
    struct occurrence_slots slots;
    int64_t day;
    if (!date_read(word, &day))
        return fail(call, FAIL_INVALID,
                    "'%.*s' is not a day: an occurrence is called %.*s@2026-11-23", TEXT_FMT(word),
                    TEXT_FMT(row_public_id(call, &ritual_record, ritual->id)));
    if (!slots_around(call, ritual, day, day, &slots))
        return false;
    for (size_t i = 0; i < slots.count; i++)
        if (slots.slot[i].day == day) {
            *slot = slots.slot[i];
            return true;
        }
    return fail(call, FAIL_NOT_FOUND, "'%.*s' is not held on %.*s: 'rondo week' shows its days",
                TEXT_FMT(row_title(call, ritual)), TEXT_FMT(word));
}

/* How well a slot fits when only its ritual was named, in rising order. */
enum fitness {
    FITS_NOT,
    FITS_MISSED,
    FITS_NEXT,
    FITS_PAST_THIS_WEEK,
    FITS_NEXT_THIS_WEEK,
    FITS_TODAY,
    FITS_OPEN,
};

static enum fitness fitness(struct call *call, const struct occurrence_slot *slot, int64_t today,
                            int64_t monday)
{
    if (text_is(slot->state, "open"))
        return FITS_OPEN;
    if (!text_is(slot->state, "scheduled"))
        return FITS_NOT;
    if (slot->day == today)
        return FITS_TODAY;
    bool is_past = slot->at <= call->now;
    if (slot->day >= monday && slot->day < monday + DAYS_OF_WEEK)
        return is_past ? FITS_PAST_THIS_WEEK : FITS_NEXT_THIS_WEEK;
    return is_past ? FITS_MISSED : FITS_NEXT;
}

/* Of those that are to come the first, of those that are past the last. */
static bool find_by_ritual(struct call *call, const struct row *ritual,
                           struct occurrence_slot *slot)
{
    struct occurrence_slots slots;
    int64_t today;
    iso_week week;
    text zone;
    enum fitness best = FITS_NOT;
    if (!ritual_zone(call, ritual, &zone) || !day_of_stamp(call, zone, call->now, &today) ||
        !week_of_stamp(call, zone, call->now, &week) ||
        !slots_around(call, ritual, today - LAST_DAYS, today + NEXT_DAYS, &slots))
        return false;
    for (size_t i = 0; i < slots.count; i++) {
        enum fitness fits = fitness(call, &slots.slot[i], today, week_monday_days(week));
        bool is_later = fits == best && (fits == FITS_MISSED || fits == FITS_PAST_THIS_WEEK);
        if (fits > best || is_later) {
            best = fits;
            *slot = slots.slot[i];
        }
    }
    return best > FITS_NOT || fail(call, FAIL_NOT_FOUND,
                                   "'%.*s' has nothing to open or to skip in the next %d days: "
                                   "'rondo week' shows its days",
                                   TEXT_FMT(row_title(call, ritual)), NEXT_DAYS);
}

bool occurrence_find(struct call *call, text key, struct occurrence_slot *slot)
{
    text day;
    rid id;
    struct row ritual;
    text head = text_cut(text_trim(key), '@', &day);
    if (row_id_read(&occurrence_record, head, &id) && !text_to_int(head, &id))
        return find_stored(call, id, slot);
    if (!refs_find(call, &ritual_record, head, &id) ||
        !find_row(call, &ritual_record, id, &ritual))
        return false;
    return day.at ? find_on_day(call, &ritual, day, slot) : find_by_ritual(call, &ritual, slot);
}

/* --- what it is asked for --- */

bool occurrence_last_held(struct call *call, const struct occurrence_slot *slot, struct row *last,
                          bool *is_found)
{
    struct query query;
    struct rows rows;
    query_init(&query, &occurrence_record);
    query.sort = OCCURRENCE_DAY;
    query.is_descending = true;
    *is_found = false;
    if (!query_add(call, &query, OCCURRENCE_RITUAL, FILTER_IS, value_ref(slot->ritual->id)) ||
        !query_add(call, &query, OCCURRENCE_DAY, FILTER_LESS, value_int(slot->day)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count && !*is_found; i++) {
        *last = rows.row[i];
        *is_found = !value_is_null(last->value[OCCURRENCE_STARTED]);
    }
    return true;
}

bool occurrence_ask(struct call *call, const struct occurrence_slot *slot, struct agenda_ask *ask)
{
    struct row last;
    text zone;
    bool is_found;
    if (!occurrence_last_held(call, slot, &last, &is_found) ||
        !ritual_zone(call, slot->ritual, &zone))
        return false;
    *ask = (struct agenda_ask){
        .team = value_as_int(slot->ritual->value[RITUAL_TEAM]),
        .surface = value_as_int(slot->ritual->value[RITUAL_SURFACE]),
        .from = is_found ? value_as_int(last.value[OCCURRENCE_STARTED]) : slot->at - 7 * STAMP_DAY,
        .until = call->now,
    };
    return week_of_stamp(call, zone, slot->at, &ask->week);
}

/* --- inside a change --- */

static bool store_slot(struct call *call, struct occurrence_slot *slot)
{
    struct row *row = call_new(call, struct row);
    char day[DATE_TEXT_SIZE];
    if (slot->stored)
        return true;
    if (!row || !row_init(call, &occurrence_record, row))
        return false;
    date_write(slot->day, day);
    row->value[OCCURRENCE_TITLE] = value_text(
        call_format(call, "%.*s, %s", TEXT_FMT(row_title(call, slot->ritual)), day));
    row->value[OCCURRENCE_RITUAL] = value_ref(slot->ritual->id);
    row->value[OCCURRENCE_DAY] = value_int(slot->day);
    row->value[OCCURRENCE_STATE] = value_choice("scheduled");
    if (!ledger_create(call, row))
        return false;
    slot->stored = row;
    return true;
}

/* Opens a change for a verb and finds what it is about; false: nothing is open. */
static bool begin(struct call *call, const char *verb, text key, struct occurrence_slot *slot)
{
    text what = call_format(call, "%s %.*s", verb, TEXT_FMT(text_until_character(key, 100)));
    if (!what.at || !change_open(call, what))
        return false;
    if (occurrence_find(call, key, slot) && store_slot(call, slot))
        return true;
    change_rollback(call);
    return false;
}

static bool end(struct call *call, bool done)
{
    if (done)
        return change_commit(call);
    change_rollback(call);
    return false;
}

static text settled_by(struct call *call, const struct row *occurrence)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    text name = find_title(call, person, value_as_int(occurrence->value[OCCURRENCE_SETTLED_BY]));
    return name.at ? name : TEXT("somebody");
}

/* "'Standup' of 2026-11-23 was closed by Ana: it stays as it is." */
static bool fail_state(struct call *call, const struct occurrence_slot *slot)
{
    char day[DATE_TEXT_SIZE];
    text name = row_title(call, slot->ritual);
    struct occurrence_slot of_day = *slot;
    of_day.stored = NULL; /* a row that was stored for this verb goes again with its failure */
    date_write(slot->day, day);
    if (text_is(slot->state, "open"))
        return fail(call, FAIL_CONFLICT, "'%.*s' of %s is open already: close it when it is over",
                    TEXT_FMT(name), day);
    if (text_is(slot->state, "scheduled"))
        return fail(call, FAIL_CONFLICT,
                    "'%.*s' of %s has not begun: open it with 'rondo ritual open %.*s'",
                    TEXT_FMT(name), day, TEXT_FMT(occurrence_slot_key(call, &of_day)));
    if (!slot->stored || value_is_null(slot->stored->value[OCCURRENCE_ENDED]))
        return fail(call, FAIL_CONFLICT, "'%.*s' of %s is cancelled: %.*s", TEXT_FMT(name), day,
                    TEXT_FMT(slot->reason));
    return fail(call, FAIL_CONFLICT, "'%.*s' of %s was %s by %.*s already: it stays as it is",
                TEXT_FMT(name), day,
                text_is(slot->state, "held_incomplete") ? "closed as incomplete"
                                                        : call_string(call, slot->state),
                TEXT_FMT(settled_by(call, slot->stored)));
}

static bool check_state(struct call *call, const struct occurrence_slot *slot, const char *state)
{
    return text_is(slot->state, state) || fail_state(call, slot);
}

static void settle(struct call *call, struct row *row, const char *state, text reason)
{
    row->value[OCCURRENCE_STATE] = value_choice(state);
    row->value[OCCURRENCE_ENDED] = value_stamp(call->now);
    row->value[OCCURRENCE_SETTLED_BY] = value_ref(call->actor.person);
    if (reason.size)
        row->value[OCCURRENCE_REASON] = value_text(reason);
}

/* --- open --- */

static bool start_sources(struct call *call, const struct row *ritual,
                          const struct agenda_ask *ask)
{
    struct value names = ritual->value[RITUAL_AGENDA];
    for (uint32_t i = 0; i < names.count; i++) {
        const struct agenda_source *source = agenda_source_find(call, names.texts[i]);
        if (source && source->start && !source->start(call, ask))
            return false;
    }
    return true;
}

/* Who leads it is known beforehand, or is whoever opens it; who opens it is there. */
static bool set_people(struct call *call, const struct occurrence_slot *slot, struct row *row)
{
    struct ritual_roles roles;
    rid *actor = call_new(call, rid);
    if (!actor || !ritual_roles_read(call, slot->ritual->id, &roles))
        return false;
    *actor = call->actor.person;
    rid facilitator = ritual_roles_facilitator(&roles, slot);
    row->value[OCCURRENCE_FACILITATOR] = value_ref(facilitator ? facilitator : *actor);
    if (value_is_null(row->value[OCCURRENCE_ATTENDEES]) && *actor)
        row->value[OCCURRENCE_ATTENDEES] =
            (struct value){ .kind = VALUE_IDS, .count = 1, .ids = actor };
    return true;
}

static bool open_inside(struct call *call, struct occurrence_slot *slot, struct row *row)
{
    struct agenda_ask ask;
    struct row last;
    bool has_last;
    if (!check_state(call, slot, "scheduled") || !row_copy(call, slot->stored, row) ||
        !occurrence_ask(call, slot, &ask) || !occurrence_last_held(call, slot, &last, &has_last) ||
        !start_sources(call, slot->ritual, &ask) ||
        !occurrence_agenda_freeze(call, slot, &ask, has_last ? last.id : 0) ||
        !set_people(call, slot, row))
        return false;
    row->value[OCCURRENCE_STATE] = value_choice("open");
    row->value[OCCURRENCE_STARTED] = value_stamp(call->now);
    return ledger_update(call, slot->stored, row);
}

bool occurrence_open(struct call *call, text key, struct row *occurrence)
{
    struct occurrence_slot slot;
    return begin(call, "open", key, &slot) && end(call, open_inside(call, &slot, occurrence));
}

/* --- close --- */

static bool check_sources(struct call *call, const struct row *ritual,
                          const struct agenda_ask *ask)
{
    struct value names = ritual->value[RITUAL_AGENDA];
    for (uint32_t i = 0; i < names.count; i++) {
        const struct agenda_source *source = agenda_source_find(call, names.texts[i]);
        if (source && source->may_close && !source->may_close(call, ask))
            return false;
    }
    return true;
}

/* More than may be is refused in any case: that is not a lack. */
static bool check_not_too_many(struct call *call, const struct occurrence_slot *slot,
                               const struct requirements *all)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct requirement *one = &all->requirement[i];
        if (one->most && one->have > one->most)
            return fail(call, FAIL_CONFLICT,
                        "'%.*s' takes at most %lld of '%.*s' and has %lld: drop what can wait",
                        TEXT_FMT(row_title(call, slot->ritual)), (long long)one->most,
                        TEXT_FMT(one->kind), (long long)one->have);
    }
    return true;
}

/* What the sources of the agenda want first; TEXT_NONE: nothing. */
static bool read_source_refusal(struct call *call, const struct occurrence_slot *slot,
                                text *refusal)
{
    struct agenda_ask ask;
    *refusal = TEXT_NONE;
    if (!occurrence_ask(call, slot, &ask))
        return false;
    if (check_sources(call, slot->ritual, &ask))
        return true;
    if (call->fail.kind != FAIL_CONFLICT)
        return false;
    *refusal = call_text(call, text_of(call->fail.sentence));
    fail_clear(call);
    return refusal->at != NULL;
}

/* All that is missing is named at once, what the sources want behind it. */
static bool check_nothing_missing(struct call *call, const struct occurrence_slot *slot,
                                  const struct requirements *all, text refusal)
{
    struct out words;
    out_init(&words, call);
    for (size_t i = 0; i < all->count; i++) {
        const struct requirement *one = &all->requirement[i];
        if (one->is_met)
            continue;
        text asked = requirement_words(call, one);
        out_format(&words, "%s%.*s%s", words.size ? ", " : "", TEXT_FMT(asked),
                   one->or_reason ? " or a reason for none" : "");
        fail_missing(call, call_string(call, one->kind));
    }
    if (words.size == 0 && refusal.at)
        return fail(call, FAIL_CONFLICT, "%.*s", TEXT_FMT(refusal));
    if (words.size == 0)
        return call->fail.kind == FAIL_NONE;
    return fail(call, FAIL_INVALID,
                "'%.*s' cannot close, it lacks: %.*s; add it, or close it incomplete with a "
                "reason%s%.*s",
                TEXT_FMT(row_title(call, slot->ritual)),
                TEXT_FMT(text_until_character(out_view(&words), WORDS_MAX)),
                refusal.at ? "; besides, " : "", TEXT_FMT(refusal));
}

static bool check_complete(struct call *call, const struct occurrence_slot *slot, bool incomplete,
                           text reason)
{
    struct requirements all;
    text refusal;
    if (!occurrence_requirements_read(call, slot, &all) ||
        !check_not_too_many(call, slot, &all))
        return false;
    if (incomplete)
        return reason.size > 0 ||
               fail_at(call, "reason", "say why it is closed incomplete: the reason is recorded");
    return read_source_refusal(call, slot, &refusal) &&
           check_nothing_missing(call, slot, &all, refusal);
}

static bool close_inside(struct call *call, struct occurrence_slot *slot, bool incomplete,
                         text reason, struct row *row)
{
    if (!check_state(call, slot, "open") || !check_complete(call, slot, incomplete, reason) ||
        !row_copy(call, slot->stored, row))
        return false;
    settle(call, row, incomplete ? "held_incomplete" : "closed", reason);
    if (!ledger_update(call, slot->stored, row))
        return false;
    slot->stored = row;
    slot->state = value_as_text(row->value[OCCURRENCE_STATE]);
    return minutes_write(call, slot) && ritual_roles_turn(call, slot->ritual);
}

bool occurrence_close(struct call *call, text key, bool incomplete, text reason,
                      struct row *occurrence)
{
    struct occurrence_slot slot;
    return begin(call, "close", key, &slot) &&
           end(call, close_inside(call, &slot, incomplete, text_trim(reason), occurrence));
}

/* --- not held, or held at another time --- */

static bool give_up(struct call *call, text key, const char *verb, const char *state, text reason,
                    struct row *row)
{
    struct occurrence_slot slot;
    reason = text_trim(reason);
    if (reason.size == 0)
        return fail_at(call, "reason", "say why it is %s: a reason makes it a decision", state);
    if (!begin(call, verb, key, &slot))
        return false;
    bool done = check_state(call, &slot, "scheduled") && row_copy(call, slot.stored, row);
    if (done)
        settle(call, row, state, reason);
    return end(call, done && ledger_update(call, slot.stored, row));
}

bool occurrence_skip(struct call *call, text key, text reason, struct row *occurrence)
{
    return give_up(call, key, "skip", "skipped", reason, occurrence);
}

bool occurrence_cancel(struct call *call, text key, text reason, struct row *occurrence)
{
    return give_up(call, key, "cancel", "cancelled", reason, occurrence);
}

static bool move_inside(struct call *call, struct occurrence_slot *slot, stamp to, struct row *row)
{
    stamp planned;
    if (!check_state(call, slot, "scheduled") ||
        !ritual_start_on(call, slot->ritual, slot->day, &planned))
        return false;
    stamp away = to > planned ? to - planned : planned - to;
    if (away > RITUAL_MOVE_DAYS_MAX * STAMP_DAY)
        return fail_at(call, "to", "an occurrence moves by at most %d days: skip it instead",
                       RITUAL_MOVE_DAYS_MAX);
    if (!row_copy(call, slot->stored, row))
        return false;
    row->value[OCCURRENCE_MOVED_TO] = to == planned ? VALUE_NONE : value_stamp(to);
    return ledger_update(call, slot->stored, row);
}

bool occurrence_move(struct call *call, text key, stamp to, struct row *occurrence)
{
    struct occurrence_slot slot;
    return begin(call, "move", key, &slot) && end(call, move_inside(call, &slot, to, occurrence));
}

/* --- who is there, what is ready, what is said --- */

static bool list_has(const struct value *list, rid id)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->ids[i] == id)
            return true;
    return false;
}

/* The list with or without the id; what is so already stays as it is. */
static bool list_set(struct call *call, rid id, bool is_in, struct value *list)
{
    rid *ids = call_array(call, list->count + 1, sizeof *ids);
    uint32_t count = 0;
    if (!ids)
        return false;
    if (list_has(list, id) == is_in)
        return true;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->ids[i] != id)
            ids[count++] = list->ids[i];
    if (is_in)
        ids[count++] = id;
    *list = count ? (struct value){ .kind = VALUE_IDS, .count = count, .ids = ids } : VALUE_NONE;
    return true;
}

static bool change_list(struct call *call, const char *verb, text key, enum occurrence_field field,
                        rid id, bool is_in, struct row *row)
{
    struct occurrence_slot slot;
    if (!begin(call, verb, key, &slot))
        return false;
    bool is_over = !value_is_null(slot.stored->value[OCCURRENCE_ENDED]);
    return end(call, (!is_over || fail_state(call, &slot)) &&
                         row_copy(call, slot.stored, row) &&
                         list_set(call, id, is_in, &row->value[field]) &&
                         ledger_update(call, slot.stored, row));
}

bool occurrence_prepare(struct call *call, text key, rid preparation, bool is_done,
                        struct row *occurrence)
{
    return change_list(call, "prepare", key, OCCURRENCE_PREPARED, preparation, is_done,
                       occurrence);
}

/* Nobody comes who was dropped; who was there before that may be taken out. */
static bool check_may_come(struct call *call, rid person)
{
    bool is_here;
    if (!people_is_here(call, person, &is_here))
        return false;
    return is_here || fail_at(call, "person",
                              "whoever is there is a person of the workspace: name one with "
                              "'person'");
}

bool occurrence_attend(struct call *call, text key, rid person, bool is_there,
                       struct row *occurrence)
{
    if (is_there && !check_may_come(call, person))
        return false;
    return change_list(call, "attend", key, OCCURRENCE_ATTENDEES, person, is_there, occurrence);
}

bool occurrence_note_add(struct call *call, text key, text words, struct row *note)
{
    struct occurrence_slot slot;
    if (text_trim(words).size == 0)
        return fail_at(call, "text", "a note says something: write its text");
    if (!begin(call, "note in", key, &slot))
        return false;
    bool done = check_state(call, &slot, "open") && row_init(call, &occurrence_note_record, note);
    if (done) {
        note->value[OCCURRENCE_NOTE_OCCURRENCE] = value_ref(slot.stored->id);
        note->value[OCCURRENCE_NOTE_TEXT] = value_text(text_trim(words));
        note->value[OCCURRENCE_NOTE_AUTHOR] = value_ref(call->actor.person);
    }
    return end(call, done && ledger_create(call, note));
}

bool occurrence_item_add(struct call *call, text key, struct row *item, struct row *occurrence)
{
    struct occurrence_slot slot;
    if (!begin(call, "add to the agenda of", key, &slot))
        return false;
    bool is_over = !value_is_null(slot.stored->value[OCCURRENCE_ENDED]);
    item->value[AGENDA_ITEM_OCCURRENCE] = value_ref(slot.stored->id);
    return end(call, (!is_over || fail_state(call, &slot)) &&
                         row_copy(call, slot.stored, occurrence) && ledger_create(call, item));
}
