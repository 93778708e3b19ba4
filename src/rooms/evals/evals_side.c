/* See evals.h: a stored run as one side of the gate. */
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "store/find.h"

bool evals_side_of_run(struct call *call, rid run, struct eval_side *side)
{
    *side = (struct eval_side){ .result_count = 0 };
    if (!find_row(call, &eval_run_record, run, &side->run))
        return false;
    const struct value *value = side->run.value;
    const struct run_place place = run_place(&side->run);
    side->result_count = (uint32_t)value_as_int(value[EVAL_RUN_RESULTS]);
    side->surface = find_title(call, &surface_record, value_as_int(value[EVAL_RUN_SURFACE]));
    side->suite = find_title(call, &suite_record, value_as_int(value[EVAL_RUN_SUITE]));
    return stored_verdicts_read(call, place, &side->verdicts) &&
           columns_read_cases(call, place, &side->verdicts, side->result_count,
                              &side->case_number) &&
           columns_read_reals(call, place, RESULTS_LATENCY_MS, side->result_count,
                              &side->latency_ms) &&
           columns_read_reals(call, place, RESULTS_COST_USD, side->result_count, &side->cost_usd);
}
