/* See calc.h: triage (methods/triage.md). */
#include "calc/calc.h"

const struct calc_function calc_triage_functions[] = {
    { 0 },
};
