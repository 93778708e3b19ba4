/*
 * Short words for the rows of a table of keys (reply_schema.h), for the files that hold nothing
 * else. What is null where it is not known says so in its name.
 */
#ifndef RONDO_REPLY_KEYS_H
#define RONDO_REPLY_KEYS_H

#include "offers/reply_schema.h"

#define TEXT_ALWAYS(name, help) REPLY_KEY(name, REPLY_TEXT, 0, help)
#define TEXT_OR_NULL(name, help) REPLY_KEY(name, REPLY_TEXT, REPLY_NULLABLE, help)
#define TEXTS(name, help) REPLY_KEY(name, REPLY_TEXT, REPLY_LIST, help)
#define COUNT(name, help) REPLY_KEY(name, REPLY_INT, 0, help)
#define COUNT_OR_NULL(name, help) REPLY_KEY(name, REPLY_INT, REPLY_NULLABLE, help)
#define REAL(name, help) REPLY_KEY(name, REPLY_REAL, 0, help)
#define REAL_OR_NULL(name, help) REPLY_KEY(name, REPLY_REAL, REPLY_NULLABLE, help)
#define FLAG(name, help) REPLY_KEY(name, REPLY_BOOL, 0, help)
#define FLAG_OR_NULL(name, help) REPLY_KEY(name, REPLY_BOOL, REPLY_NULLABLE, help)
#define STAMP(name, help) REPLY_KEY(name, REPLY_STAMP, 0, help)
#define STAMP_OR_NULL(name, help) REPLY_KEY(name, REPLY_STAMP, REPLY_NULLABLE, help)
#define DAY(name, help) REPLY_KEY(name, REPLY_DATE, 0, help)
#define DAY_OR_NULL(name, help) REPLY_KEY(name, REPLY_DATE, REPLY_NULLABLE, help)
#define WEEK(name, help) REPLY_KEY(name, REPLY_WEEK, 0, help)
#define WEEK_OR_NULL(name, help) REPLY_KEY(name, REPLY_WEEK, REPLY_NULLABLE, help)

#endif
