/*
 * A message's ts in Slack, "1434139102.000002": an identifier that is also a time. It is split as a
 * text and never a float, which would lose its last digits.
 */
#ifndef RONDO_SLACK_TS_H
#define RONDO_SLACK_TS_H

#include "base/call.h"

struct slack_ts {
    text seconds;
    text micros; /* six digits */
};

/* False: it is no ts. */
bool slack_ts_read(text source, struct slack_ts *ts);

/* "2015-06-12T19:58:22.000002Z", always with six digits. False: it is no ts of our years. */
bool slack_ts_to_utc(struct call *call, text source, text *utc);

/*
 * The address of a message; of a reply when `thread` is given and is another. All have been checked
 * with slack_ts_read. `at` is NULL: the call has failed.
 */
text slack_ts_permalink(struct call *call, text workspace, text channel, text ts, text thread);

#endif
