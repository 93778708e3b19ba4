/*
 * A made-up catalogue for tests: one record with every field kind and flag, and one of each privacy
 * class, so that what is derived from records can be tested without any room.
 */
#ifndef RONDO_TEST_CATALOG_H
#define RONDO_TEST_CATALOG_H

#include "catalog/row.h"
#include "catalog/table.h"

/* Every kind; public. States: draft -finish-> ready -send-> sent, ready -reopen-> draft. */
enum {
    GADGET_NAME,    /* text: needed, unique, searched, sorted, folded; the title */
    GADGET_SERIAL,  /* text: fixed, indexed; at most 40 bytes */
    GADGET_ABOUT,   /* prose: searched; `finish` needs it */
    GADGET_AMOUNT,  /* int: 0 to 1,000, 1 when not given */
    GADGET_RATIO,   /* real: 0 to 1 */
    GADGET_WEIGHT,  /* real */
    GADGET_IS_LOUD, /* bool: needed, no when not given; a loud gadget needs a weight */
    GADGET_OPENED,  /* stamp: indexed */
    GADGET_DUE,     /* date */
    GADGET_ZONE,    /* zone: UTC when not given */
    GADGET_COLOR,   /* choice: red, green, blue */
    GADGET_STATE,   /* choice: draft, ready, sent */
    GADGET_TEAM,    /* ref to a team, by name; unique together with `place` */
    GADGET_OWNER,   /* ref to a person */
    GADGET_HELPERS, /* refs to persons */
    GADGET_TAGS,    /* tags: searched */
    GADGET_PLACE,   /* rank */
    GADGET_EXTRA,   /* json */
    GADGET_PICTURE, /* blob */
    GADGET_PASSWORD, /* text: secret */
    GADGET_REMARK,  /* prose: private, searched */
    GADGET_CASES,   /* int: counted, 0 when not given */
    GADGET_FIELD_COUNT,
};

/* Owned by a gadget; unique by gadget and name. */
enum { GIZMO_GADGET, GIZMO_NAME, GIZMO_SIZE, GIZMO_FIELD_COUNT };

/* Private to its author; random ids. */
enum { DIARY_HEADLINE, DIARY_ENTRY, DIARY_DAY, DIARY_FIELD_COUNT };

/* Read by the persons named in the reader table. */
enum { MEMO_SUBJECT, MEMO_BODY, MEMO_FIELD_COUNT };

/* Read by the members of its team. */
enum { PLAN_ITEM_NAME, PLAN_ITEM_TEAM, PLAN_ITEM_EFFORT, PLAN_ITEM_FIELD_COUNT };

enum { TEAM_NAME, TEAM_ZONE, TEAM_FIELD_COUNT };
enum { PERSON_NAME, PERSON_EMAIL, PERSON_FIELD_COUNT };

extern const struct record gadget_record;
extern const struct record gizmo_record;
extern const struct record diary_record;
extern const struct record memo_record;
extern const struct record plan_item_record;
extern const struct record test_team_record;
extern const struct record test_person_record;

/* Facts: gadget, at, score (real), note, wave (blob); keyed by gadget and at. */
extern const struct table gadget_reading_table;

/* All of the above. */
extern const struct catalog test_catalog;

#endif
