/*
 * Room prompts: the door at which applications hear of a label that moved (server-sent events):
 *
 *   label   {"name":"greeting","label":"production","version":3,"content_hash":"..."}
 *
 * The first event says what is served now, unless Last-Event-ID names it already; then one follows
 * each move. Of a label that moves faster than is looked, the latest version alone is told.
 */
#ifndef RONDO_PROMPT_EVENTS_DOORS_H
#define RONDO_PROMPT_EVENTS_DOORS_H

#include "offers/room.h"

bool prompt_events_get(struct call *call, const struct request *request, struct reply *reply);

#endif
