/* The doors of the portfolio. */
#ifndef RONDO_PORTFOLIO_DOORS_H
#define RONDO_PORTFOLIO_DOORS_H

#include "offers/command.h"
#include "offers/room.h"

struct request;
struct reply;

/* Words of `rows` and of `columns`, ended by NULL. */
extern const char *const portfolio_rows_choices[], *const portfolio_columns_choices[];

/* GET /api/v1/portfolio and GET /api/v1/portfolio/csv; `rondo portfolio`. */
bool portfolio_get(struct call *call, const struct request *request, struct reply *reply);
bool portfolio_get_csv(struct call *call, const struct request *request, struct reply *reply);
bool portfolio_run(struct call *call, struct invocation *invocation);

#endif
