/* See calc.h: drift and attribution (methods/drift.md). */
#include "calc/calc.h"

const struct calc_function calc_drift_functions[] = {
    { 0 },
};
