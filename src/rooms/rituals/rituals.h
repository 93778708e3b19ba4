/*
 * Room rituals: the meetings of the week. A ritual is a rule in time, an agenda that other rooms
 * fill, and the artifacts that it has to leave behind; an occurrence is one day of it. Occurrences
 * are computed from the rule and stored only when something happens to them. What came out of one
 * is whatever is linked to it as `made_in`, so that no room needs a closing of its own.
 */
#ifndef RONDO_ROOM_RITUALS_H
#define RONDO_ROOM_RITUALS_H

#include "catalog/row.h"
#include "offers/figure.h"
#include "offers/room.h"
#include "offers/update_source.h"

enum ritual_field {
    RITUAL_NAME,
    RITUAL_TEAM,
    RITUAL_PURPOSE,
    RITUAL_RULE,
    RITUAL_STARTS,
    RITUAL_AT,
    RITUAL_MINUTES,
    RITUAL_ZONE,
    RITUAL_OWNER,
    RITUAL_ATTENDEES,
    RITUAL_AGENDA,
    RITUAL_CONDITION,
    RITUAL_NOT_AFTER,
    RITUAL_ON_HOLIDAYS,
    RITUAL_HOUR_RATE,
    RITUAL_STATE,
    RITUAL_REASON,
    RITUAL_REPLACEMENT,
    RITUAL_REVIEW_DATE,
    RITUAL_RESTED_BY,
    RITUAL_RESTED,
    RITUAL_TEMPLATE,
    RITUAL_SURFACE,
    RITUAL_CLONE_OF,
    RITUAL_CLONE_BASE,
    RITUAL_FIELDS
};

enum ritual_step_field {
    RITUAL_STEP_RITUAL,
    RITUAL_STEP_NAME,
    RITUAL_STEP_MINUTES,
    RITUAL_STEP_PLACE,
    RITUAL_STEP_FIELDS
};

/* What has to exist before an occurrence closes. */
enum ritual_artifact_field {
    RITUAL_ARTIFACT_RITUAL,
    RITUAL_ARTIFACT_KIND,
    RITUAL_ARTIFACT_LEAST,
    RITUAL_ARTIFACT_MOST,
    RITUAL_ARTIFACT_OR_REASON,
    RITUAL_ARTIFACT_FIELDS
};

enum ritual_preparation_field {
    RITUAL_PREPARATION_RITUAL,
    RITUAL_PREPARATION_TASK,
    RITUAL_PREPARATION_FIELDS
};

enum ritual_role_field {
    RITUAL_ROLE_RITUAL,
    RITUAL_ROLE_NAME,
    RITUAL_ROLE_PERSON,
    RITUAL_ROLE_ROTATES,
    RITUAL_ROLE_FIELDS
};

enum occurrence_field {
    OCCURRENCE_TITLE,
    OCCURRENCE_RITUAL,
    OCCURRENCE_DAY,
    OCCURRENCE_STATE,
    OCCURRENCE_MOVED_TO,
    OCCURRENCE_STARTED,
    OCCURRENCE_ENDED,
    OCCURRENCE_FACILITATOR,
    OCCURRENCE_ATTENDEES,
    OCCURRENCE_PREPARED,
    OCCURRENCE_PARAGRAPH,
    OCCURRENCE_REASON,
    OCCURRENCE_SETTLED_BY,
    OCCURRENCE_FIELDS
};

enum occurrence_step_field {
    OCCURRENCE_STEP_OCCURRENCE,
    OCCURRENCE_STEP_NAME,
    OCCURRENCE_STEP_MINUTES,
    OCCURRENCE_STEP_PLACE,
    OCCURRENCE_STEP_STARTED,
    OCCURRENCE_STEP_FIELDS
};

enum agenda_item_field {
    AGENDA_ITEM_OCCURRENCE,
    AGENDA_ITEM_TITLE,
    AGENDA_ITEM_WHY,
    AGENDA_ITEM_STATE,
    AGENDA_ITEM_OWNER,
    AGENDA_ITEM_ABOUT,
    AGENDA_ITEM_SOURCE,
    AGENDA_ITEM_CARRIED,
    AGENDA_ITEM_FIELDS
};

enum occurrence_note_field {
    OCCURRENCE_NOTE_OCCURRENCE,
    OCCURRENCE_NOTE_TEXT,
    OCCURRENCE_NOTE_AUTHOR,
    OCCURRENCE_NOTE_FIELDS
};

/* Why an occurrence has none of what it should have: a reason in its place. */
enum artifact_reason_field {
    ARTIFACT_REASON_OCCURRENCE,
    ARTIFACT_REASON_KIND,
    ARTIFACT_REASON_REASON,
    ARTIFACT_REASON_FIELDS
};

enum minutes_field {
    MINUTES_TITLE,
    MINUTES_OCCURRENCE,
    MINUTES_DAY,
    MINUTES_BODY,
    MINUTES_HASH,
    MINUTES_FIELDS
};

enum document_field { DOCUMENT_TITLE, DOCUMENT_KIND, DOCUMENT_BODY, DOCUMENT_FIELDS };

extern const struct record ritual_record, ritual_step_record, ritual_artifact_record,
    ritual_preparation_record, ritual_role_record;
extern const struct record occurrence_record, occurrence_step_record, agenda_item_record,
    occurrence_note_record, artifact_reason_record, minutes_record, document_record;
extern const struct figure rituals_figures[]; /* rituals_update.c */
extern const struct update_source rituals_update[];
extern const struct room rituals_room;

/*
 * The ids of the rituals that came from a pack, clones too, of the team (0: of any). Fails at
 * "pack" for one that nobody knows. ritual_install.c.
 */
bool ritual_pack_rows(struct call *call, text pack, rid team, rid **rows, size_t *count);

#endif
