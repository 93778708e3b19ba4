/* See calc.h: operations (methods/ops.md). */
#include "calc/calc.h"

const struct calc_function calc_operations_functions[] = {
    { 0 },
};
