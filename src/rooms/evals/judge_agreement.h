/*
 * Room evals: how well a judge agrees with people, on the cases that people have judged. A judge
 * that agrees no better than chance measures nothing.
 */
#ifndef RONDO_JUDGE_AGREEMENT_H
#define RONDO_JUDGE_AGREEMENT_H

#include "engine/stats/agreement.h"
#include "offers/room.h"

/* One judge on one surface. Counts are of human verdicts that say pass or fail. */
struct judge_agreement {
    text surface, judge; /* judge TEXT_NONE: the runs do not name one */
    int64_t both_pass, both_fail, only_judge, only_person; /* who says pass */
    int64_t without;            /* the run has no pass or fail for the case */
    struct agreement agreement; /* over the first four */
};

/* By surface, then judge; `surface` TEXT_NONE: all. */
bool judge_agreement_list(struct call *call, text surface, struct judge_agreement **list,
                          size_t *count);

bool judge_agreement_run(struct call *call, struct invocation *invocation);
bool judge_agreement_get(struct call *call, const struct request *request, struct reply *reply);
extern const struct option judge_agreement_options[];
extern const struct query_parameter judge_agreement_parameters[];

#endif
