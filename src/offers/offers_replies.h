/* What routes of no room answer, and what rooms write by offers/, for the OpenAPI page. */
#ifndef RONDO_OFFERS_REPLIES_H
#define RONDO_OFFERS_REPLIES_H

#include "offers/reply_schema.h"

extern const struct reply_schema offers_replies[];

#endif
