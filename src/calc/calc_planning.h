/*
 * The functions of the planning group, by the file they stand in; calc_planning.c has the table of
 * them. Each is its inputs and what it runs.
 */
#ifndef RONDO_CALC_PLANNING_H
#define RONDO_CALC_PLANNING_H

#include "calc/calc.h"

#define CALC_PLANNING(name) CALC_DECLARE(planning, name)

/* calc_planning_speed.c: velocity and forecasts */
CALC_PLANNING(velocity);
CALC_PLANNING(velocity_volatility);
CALC_PLANNING(velocity_interval);
CALC_PLANNING(velocity_range);
CALC_PLANNING(plan_iterations);
CALC_PLANNING(ready_enough);
CALC_PLANNING(forecast_how_many);
CALC_PLANNING(forecast_when);
CALC_PLANNING(forecast_when_mc);
CALC_PLANNING(splitmix64);

/* calc_planning_flow.c: how long items take */
CALC_PLANNING(cycle_time);
CALC_PLANNING(percentile_nearest_rank);
CALC_PLANNING(wip_age);
CALC_PLANNING(flow_efficiency);
CALC_PLANNING(flow_report);
CALC_PLANNING(weekly_throughput);

/* calc_planning_scores.c: order, goals, pointing */
CALC_PLANNING(wsjf);
CALC_PLANNING(wsjf_rank);
CALC_PLANNING(rice);
CALC_PLANNING(delay_cost);
CALC_PLANNING(drag_order);
CALC_PLANNING(okr_kr_score);
CALC_PLANNING(okr_objective_score);
CALC_PLANNING(okr_committed_verdict);
CALC_PLANNING(okr_pace);
CALC_PLANNING(poker_round);

/* calc_planning_rituals.c: meetings, working hours, the weekly update */
CALC_PLANNING(ritual_expected);
CALC_PLANNING(ritual_audit);
CALC_PLANNING(zombie_meeting);
CALC_PLANNING(meeting_cost);
CALC_PLANNING(local_to_utc);
CALC_PLANNING(who_is_working);
CALC_PLANNING(next_working_instant);
CALC_PLANNING(double_trio_balance);
CALC_PLANNING(friday_update_errors);

#endif
