/*
 * Arms of an experiment as inputs: each in one of several shapes, told apart by their keys, and
 * read into what the methods take.
 */
#ifndef RONDO_CALC_ARM_H
#define RONDO_CALC_ARM_H

#include "calc/calc.h"
#include "engine/stats/experiment.h"

/* The rows of inputs that several functions share. */
#define CALC_ARM(name) CALC_INPUT(name, CALC_ANY, .words = "arm")
#define CALC_ALPHA CALC_INPUT("alpha", CALC_SHARE, .fallback = "0.05")
#define CALC_DIFFERENCE(default_json)                                                              \
    CALC_INPUT("difference", CALC_CHOICE, .fallback = default_json,                                \
               .choices = calc_difference_choices, .words = "\"absolute\" or \"relative\"")

#define CALC_PRIOR                                                                                 \
    CALC_INPUT("prior", CALC_OBJECT, .fallback = "null", .members = calc_prior_members,            \
               .words = "{mean, variance} or null")

extern const char *const calc_difference_choices[];
extern const struct calc_input calc_prior_members[];
bool calc_is_relative(const struct calc_values *in);

/* The input `prior`; not given: false in `is_given`. */
struct calc_prior {
    bool is_given;
    double mean, variance;
};
bool calc_prior(struct call *call, const struct calc_values *in, struct calc_prior *prior);

/* Each refuses an arm of fewer than two, and numbers that no arm can have. */
bool calc_arm(struct call *call, const struct calc_values *in, const char *name,
              struct moments *arm);
bool calc_cuped_arm(struct call *call, const struct calc_values *in, const char *name,
                    struct cuped_arm *arm);
bool calc_ratio_arm(struct call *call, const struct calc_values *in, const char *name,
                    struct ratio_arm *arm);

/* The inputs `a`, `b` and `difference`; refuses a relative one when the control mean is 0. */
bool calc_arms_difference(struct call *call, const struct calc_values *in,
                          struct difference *difference);

#endif
