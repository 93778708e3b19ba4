/* Room prompts: moving a label, the only way in which what is served changes. */
#ifndef RONDO_LABEL_MOVE_H
#define RONDO_LABEL_MOVE_H

#include "rooms/prompts/prompts.h"

enum label_move_kind { MOVE_DEPLOY, MOVE_ROLLBACK, MOVE_DRILL };

struct label_move {
    rid prompt;
    text label;
    enum label_move_kind kind;
    rid version;     /* of a rollback 0: the one that it carried before */
    rid change;      /* 0: the approved change that fits is looked for */
    bool has_expected;
    rid expected;    /* what the caller saw there; 0: nothing */
    text reason;     /* a rollback needs one */
    stamp noticed;   /* of a rollback: when somebody noticed; 0: not told */
};

/* How far the headline metric is watched after a guarded label was moved forward. */
enum { WATCH_DAYS = 7 };

/*
 * Moves the label in one change, with its deployment; `deployment` receives that row. Forward moves
 * of a label whose tier is not `self` need an approved change whose approvals hold and whose gate
 * passes now, or is waived; a rollback needs a reason and a version that the label carried before;
 * a drill only moves labels below "drill/". FAIL_CONFLICT when it is there already, and, naming the
 * winner, when somebody else moved it meanwhile.
 */
bool label_move(struct call *call, const struct label_move *move, struct row *deployment);

/* The label's row; `*has` is false when the prompt has no such label. */
bool label_find(struct call *call, rid prompt, text label, bool *has, struct row *row);

/* The last move of the label, of any kind; `*has` is false when there was none. */
bool label_last_move(struct call *call, rid prompt, text label, bool *has, struct row *deployment);

/*
 * What a rollback of the label goes to when no version is named: what the last forward move to
 * `carried` replaced; 0: there is nothing before.
 */
bool label_previous(struct call *call, rid prompt, text label, rid carried, rid *version);

/* The version of a prompt by its number, as in "3" or "v3". */
bool prompt_version_find(struct call *call, rid prompt, text word, struct row *version);

#endif
