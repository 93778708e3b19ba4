/* See calc.h: reading and writing rules of formats (formats/). */
#include "calc/calc.h"

const struct calc_function calc_format_functions[] = {
    { 0 },
};
