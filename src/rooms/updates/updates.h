/*
 * Room updates: Friday's written update and what it is made of. An update of a week is a draft that
 * people edit; its bets are rows of their own; what is sent is an edition, frozen with its figures,
 * one for each audience, that never changes. docs/decisions/0009 has the shape.
 */
#ifndef RONDO_UPDATES_H
#define RONDO_UPDATES_H

#include "catalog/row.h"
#include "offers/reply_schema.h"
#include "offers/room.h"

enum update_field {
    UPDATE_TITLE,
    UPDATE_WEEK,
    UPDATE_TEAM,
    UPDATE_STATE,
    UPDATE_AUTHOR,
    UPDATE_REVIEWER,
    UPDATE_REVIEWED_HASH,
    UPDATE_PRODUCTION,
    UPDATE_EVAL,
    UPDATE_EVAL_NONE,
    UPDATE_USER,
    UPDATE_USER_NONE,
    UPDATE_COST_LATENCY,
    UPDATE_COST_LATENCY_NONE,
    UPDATE_WORLD,
    UPDATE_SENT_AT,
    UPDATE_EDITIONS,
    UPDATE_FIELDS,
};

enum bet_field {
    BET_TITLE,
    BET_UPDATE,
    BET_OWNER,
    BET_OUTCOME,
    BET_STATE,
    BET_EVIDENCE,
    BET_SCORED_AT,
    BET_FIELDS,
};

/* Why an exception is there: the words beside what an update cannot leave out. */
enum update_explanation_field {
    UPDATE_EXPLANATION_EXPLANATION,
    UPDATE_EXPLANATION_UPDATE,
    UPDATE_EXPLANATION_ABOUT,
    UPDATE_EXPLANATION_FIELDS,
};

enum update_edition_field {
    UPDATE_EDITION_TITLE,
    UPDATE_EDITION_UPDATE,
    UPDATE_EDITION_NUMBER,
    UPDATE_EDITION_AUDIENCE,
    UPDATE_EDITION_CORRECTION,
    UPDATE_EDITION_MARKDOWN,
    UPDATE_EDITION_FIGURES,
    UPDATE_EDITION_CONTENT_HASH,
    UPDATE_EDITION_PERSON,
    UPDATE_EDITION_SENT_AT,
    UPDATE_EDITION_FIELDS,
};

enum deck_template_field {
    DECK_TEMPLATE_NAME,
    DECK_TEMPLATE_THEME,
    DECK_TEMPLATE_SIZE,
    DECK_TEMPLATE_HEADING_DIVIDER,
    DECK_TEMPLATE_PAGINATE,
    DECK_TEMPLATE_HEADER,
    DECK_TEMPLATE_FOOTER,
    DECK_TEMPLATE_BODY,
    DECK_TEMPLATE_FIELDS,
};

/* What is told to the board: sent once, then it never changes. */
enum board_brief_field {
    BOARD_BRIEF_TITLE,
    BOARD_BRIEF_WEEK,
    BOARD_BRIEF_WINS,
    BOARD_BRIEF_STATE,
    BOARD_BRIEF_MARKDOWN,
    BOARD_BRIEF_FIGURES,
    BOARD_BRIEF_CONTENT_HASH,
    BOARD_BRIEF_SENT_AT,
    BOARD_BRIEF_PERSON,
    BOARD_BRIEF_FIELDS,
};

enum board_risk_field {
    BOARD_RISK_RISK,
    BOARD_RISK_BRIEF,
    BOARD_RISK_MITIGATION,
    BOARD_RISK_OWNER,
    BOARD_RISK_FIELDS,
};

/* A figure with what follows from it, kept as it was when the card was made. */
enum insight_field {
    INSIGHT_TITLE,
    INSIGHT_PART,
    INSIGHT_FIGURE,
    INSIGHT_SOURCE,
    INSIGHT_SO_WHAT,
    INSIGHT_TAGS,
    INSIGHT_TEAM,
    INSIGHT_WORDS,
    INSIGHT_FROZEN,
    INSIGHT_FIELDS,
};

enum report_field { REPORT_TITLE, REPORT_OWNER, REPORT_TEAM, REPORT_FIELDS };

enum report_card_field {
    REPORT_CARD_TITLE,
    REPORT_CARD_REPORT,
    REPORT_CARD_FIGURE,
    REPORT_CARD_FIELDS,
};

/* A report as it was read once, with every figure. */
enum report_snapshot_field {
    REPORT_SNAPSHOT_TITLE,
    REPORT_SNAPSHOT_REPORT,
    REPORT_SNAPSHOT_AS_OF,
    REPORT_SNAPSHOT_MARKDOWN,
    REPORT_SNAPSHOT_FIGURES,
    REPORT_SNAPSHOT_CONTENT_HASH,
    REPORT_SNAPSHOT_PERSON,
    REPORT_SNAPSHOT_FIELDS,
};

enum audience { AUDIENCE_ENGINEERING, AUDIENCE_DESIGN, AUDIENCE_EXECUTIVES, AUDIENCES };
extern const char *const audience_words[AUDIENCES + 1]; /* ended by NULL */

/* Reads an audience; TEXT_NONE is `otherwise`. Fails at "audience". */
bool audience_check(struct call *call, text word, enum audience otherwise,
                    enum audience *audience);

extern const struct record update_record, bet_record, update_explanation_record;
extern const struct record update_edition_record, deck_template_record;
extern const struct record board_brief_record, board_risk_record, insight_record;
extern const struct record report_record, report_card_record, report_snapshot_record;
extern const struct room updates_room;
extern const struct reply_schema updates_replies[]; /* updates_replies.c */

bool update_is_sent(const struct row *update);

/* The update's bets, live ones, by id. */
struct rows;
bool update_bets(struct call *call, rid update, struct rows *bets);

/*
 * The last sent update of the same team before that week, whose bets are scored in it; `*before`
 * has id 0 when there is none.
 */
bool update_before(struct call *call, rid team, text week, struct row *before);

#endif
