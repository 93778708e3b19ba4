/* Handlers of the routes in rest.c that are about changes and the audit. */
#ifndef RONDO_REST_LEDGER_H
#define RONDO_REST_LEDGER_H

#include "http/route.h"

bool rest_undo_change(struct call *call, const struct request *request, struct reply *reply);
bool rest_audit(struct call *call, const struct request *request, struct reply *reply);
bool rest_audit_verify(struct call *call, const struct request *request, struct reply *reply);

#endif
