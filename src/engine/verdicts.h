/*
 * What one run says about the cases of its suite, as bitsets over their dense numbers; a majority
 * of several runs has the same shape. Knows no scores, texts or weeks.
 *
 * Invariants: `passed` lies inside `evaluated`, `evaluated` inside `held`; `error` and `skipped`
 * lie inside `held`, outside `evaluated` and apart; what is held without any of them is unscored.
 * Runs of one suite may have different case_count, because a suite grows: a case beyond it is not
 * held.
 */
#ifndef RONDO_VERDICTS_H
#define RONDO_VERDICTS_H

#include "base/call.h"

/* In the order of enum eval_verdict of the importers. */
enum verdict { VERDICT_FAIL, VERDICT_PASS, VERDICT_ERROR, VERDICT_UNSCORED, VERDICT_SKIPPED };

/* Whether a case without pass or fail counts as not passed, or does not count. */
enum nulls { NULLS_FAIL, NULLS_EXCLUDE };

struct verdicts {
    uint32_t case_count;
    const uint64_t *held, *evaluated, *passed, *error, *skipped;
};

struct tally {
    int64_t cases, evaluated, passed, errors, skipped, unscored;
};

/* False for a case that the run does not hold, also beyond its case_count. */
bool verdicts_hold(const struct verdicts *run, uint32_t case_number);

/* Only for a case that is held. */
enum verdict verdict_of(const struct verdicts *run, uint32_t case_number);

struct tally verdicts_tally(const struct verdicts *run);

/*
 * When a case with several results (trials) of one run passes; in the order of the suite's setting.
 */
enum trial_rule { TRIAL_MAJORITY, TRIAL_ALL, TRIAL_ANY };

/*
 * One run from its results: result i says verdict[i] (an enum verdict) about
 * case_number[i]. A case with several results passes by the rule (majority: more than half
 * of them pass); without any pass or fail it is an error if one is, skipped if all are,
 * else unscored. A result without pass or fail counts against the case; with NULLS_EXCLUDE it does
 * not count. Refuses numbers beyond case_count.
 */
bool verdicts_build(struct call *call, uint32_t case_count, const uint32_t *case_number,
                    const uint8_t *verdict, size_t count, enum trial_rule rule, enum nulls nulls,
                    struct verdicts *result);

/*
 * Several runs as one: a case passes when it passed in more than half of the runs that hold it,
 * with NULLS_EXCLUDE of those that evaluated it (a tie does not pass), and is evaluated when any
 * run evaluated it; else as in verdicts_build.
 */
bool verdicts_majority(struct call *call, const struct verdicts *run, size_t count,
                       enum nulls nulls, struct verdicts *result);

/* The same cases held, with the same verdicts. */
bool verdicts_equal(const struct verdicts *a, const struct verdicts *b);

#endif
