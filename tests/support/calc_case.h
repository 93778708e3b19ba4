/* Functions of `rondo calc` from the inside: what they answer, and what they refuse. */
#ifndef RONDO_TEST_CALC_CASE_H
#define RONDO_TEST_CALC_CASE_H

#include "support/support.h"

struct calc_case {
    const char *name; /* NULL ends the table */
    const char *inputs;
    const char *answer;  /* as it is printed; NULL: it is refused */
    const char *refusal; /* part of the sentence */
};

/* Runs each and fails the test at the first that answers otherwise. */
void test_calc_cases(const struct calc_case *cases);

#endif
