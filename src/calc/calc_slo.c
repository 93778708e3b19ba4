/* See calc.h: service levels (methods/slo.md). */
#include "calc/calc.h"

const struct calc_function calc_slo_functions[] = {
    { 0 },
};
