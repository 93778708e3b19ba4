/* See calc.h: planning and rituals (methods/planning.md); the functions are in calc_planning_*.c.
 */
#include "calc/calc_planning.h"

#define ROW(name, help, ...) CALC_ROW(planning, name, help, __VA_ARGS__)

/* clang-format off */
const struct calc_function calc_planning_functions[] = {
    ROW(velocity, "velocity of the last done iterations", "velocity", "source"),
    ROW(velocity_volatility, "volatility in whole percent", "value"),
    ROW(velocity_interval, "interval of the median velocity", "k", "low", "high"),
    ROW(velocity_range, "worst three, mean, best three over k iterations",
        "worst3", "mean", "best3"),
    ROW(wsjf, "weighted shortest job first", "value"),
    ROW(wsjf_rank, "order by WSJF", "value"),
    ROW(rice, "RICE score", "value"),
    ROW(delay_cost, "cost of delay of an order", "value"),
    ROW(okr_kr_score, "score of a key result", "score", "band"),
    ROW(okr_objective_score, "score of an objective", "score", "band"),
    ROW(okr_committed_verdict, "met or missed", "value"),
    ROW(okr_pace, "score against elapsed time", "expected", "status"),
    ROW(poker_round, "one round of pointing",
        "counted", "abstain", "consensus", "suggest", "spread", "outliers"),
    ROW(cycle_time, "inclusive days", "value"),
    ROW(percentile_nearest_rank, "nearest-rank percentile", "value"),
    ROW(wip_age, "age and flag of an open item", "age", "flag"),
    ROW(flow_efficiency, "active share of elapsed time", "value"),
    ROW(flow_report, "cycle time percentiles with quarantine",
        "rows", "quarantined", "p50", "p85", "p95", "mean"),
    ROW(weekly_throughput, "items finished per week, zero weeks kept", "value"),
    ROW(forecast_how_many, "exact count forecast", "items", "p_at_least"),
    ROW(forecast_when, "exact date forecast; null: never", "periods", "p"),
    ROW(forecast_when_mc, "seeded Monte Carlo check", "value"),
    ROW(splitmix64, "the generator used by the check; values as decimal text", "value"),
    ROW(plan_iterations, "fill iterations in order", "value"),
    ROW(ready_enough, "ready points against velocity",
        "ready_points", "needed", "enough", "iterations_ready"),
    ROW(ritual_expected, "expected days of a weekly ritual", "value"),
    ROW(ritual_audit, "held against expected", "skipped", "held_outside_rule", "adherence"),
    ROW(zombie_meeting, "ritual without use", "zombie", "empty", "unattended", "too_few"),
    ROW(meeting_cost, "hours and cost", "person_hours_per_week", "cost_per_year"),
    ROW(local_to_utc, "local time to UTC", "value"),
    ROW(who_is_working, "who is in working hours", "value"),
    ROW(next_working_instant, "next instant in working hours", "value"),
    ROW(drag_order, "move one item", "value"),
    ROW(double_trio_balance, "technical against operational share",
        "technical", "operational", "missing"),
    ROW(friday_update_errors, "rules of the weekly update", "value"),
    { 0 },
};
/* clang-format on */
