/* Room people: files of public holidays, by command and by route. */
#ifndef RONDO_HOLIDAY_DOORS_H
#define RONDO_HOLIDAY_DOORS_H

#include "offers/room.h"

extern const struct option holiday_import_options[];
bool holiday_import_run(struct call *call, struct invocation *invocation);
bool holiday_file_post(struct call *call, const struct request *request, struct reply *reply);

#endif
