/* See calc.h: experiments (methods/experiments.md). */
#include "calc/calc.h"

const struct calc_function calc_experiment_functions[] = {
    { 0 },
};
