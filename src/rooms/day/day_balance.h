/*
 * How a person's work of a day and a week is spread over the six dimensions: the rows with an
 * owner, author or person that is this person and that were made in that time.
 */
#ifndef RONDO_DAY_BALANCE_H
#define RONDO_DAY_BALANCE_H

#include "base/json_write.h"
#include "base/stamp.h"
#include "engine/dimensions.h"

enum { NEGLECTED_DAYS_DEFAULT = 7 };

struct day_share {
    double count[DIMENSIONS]; /* a row of two dimensions counts in both */
    int64_t unsorted;         /* rows of no dimension */
};

struct day_balance {
    rid person;
    iso_week week;
    int64_t day; /* the last of the week that is not in the future */
    struct day_share of_week, of_day;
    stamp last[DIMENSIONS]; /* the newest row of each, ever; 0: none */
    int64_t days;           /* so many without one are neglect */
};

/* `week` NULL: this one, where the person is. Counts what the actor may read. */
bool day_balance_read(struct call *call, rid person, const iso_week *week, int64_t days,
                      struct day_balance *balance);

/*
 * {"person","week","day","of_week":{"counts":{"data":n,...},"shares":{...}|null,"technical",
 * "operational","unsorted","missing":[...]},"of_day":{...},"neglected":[{"dimension","days"}]}:
 * shares are null when nothing was counted; days are null when there never was a row.
 */
bool day_balance_write_json(struct call *call, const struct day_balance *balance,
                            struct json_writer *writer);
bool day_balance_write_words(struct call *call, const struct day_balance *balance,
                             struct out *out);

#endif
