/* Room updates: what is sent comes out of the ritual that asks for it, while that is open. */
#ifndef RONDO_UPDATE_SESSION_H
#define RONDO_UPDATE_SESSION_H

#include "catalog/row.h"

/* What an update is among required artifacts. */
#define UPDATE_ARTIFACT "weekly update"

/*
 * Links the update to each open ritual that has to leave a weekly update behind, and is of the
 * update's team, or where one of the two is of none; inside the change that is open.
 */
bool update_session_keep(struct call *call, const struct row *update);

#endif
