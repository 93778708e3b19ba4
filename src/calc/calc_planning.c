/* See calc.h: planning and rituals (methods/planning.md). */
#include "calc/calc.h"

const struct calc_function calc_planning_functions[] = {
    { 0 },
};
