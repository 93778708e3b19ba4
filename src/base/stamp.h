/*
 * Instants, days, zones and ISO weeks. An instant is microseconds since 1970 in UTC; a zone is an
 * IANA name; the machine's own zone is never read. Zone rules come from ICU.
 */
#ifndef RONDO_STAMP_H
#define RONDO_STAMP_H

#include "base/out.h"

#define STAMP_SECOND ((stamp)1000000)
#define STAMP_MINUTE (60 * STAMP_SECOND)
#define STAMP_HOUR (60 * STAMP_MINUTE)
#define STAMP_DAY (24 * STAMP_HOUR)

enum { STAMP_TEXT_SIZE = 40, WEEK_TEXT_SIZE = 16, DATE_TEXT_SIZE = 16 };

/* The clock of the machine. Only main and the server ask for it; everybody else reads call->now. */
stamp stamp_clock(void);

/* A monotonic clock in microseconds, for durations only. */
int64_t stamp_ticks(void);

/* "2026-11-16T07:00:00Z", with ".123456" only when it is not zero. Returns the length. */
int stamp_write(stamp at, char room[STAMP_TEXT_SIZE]);

/*
 * "Mon, 16 Nov 2026 07:00:00", in UTC and without its fraction, as mail and HTTP write it; each
 * puts its own word for UTC behind it. From 1970 on. Returns the length.
 */
int stamp_write_internet(stamp at, char room[STAMP_TEXT_SIZE]);

/* Without its fraction of a second: what people read. */
stamp stamp_to_second(stamp at);

enum stamp_form { STAMP_NOT, STAMP_DATE_ONLY, STAMP_WITHOUT_ZONE, STAMP_WITH_ZONE };

/*
 * Reads RFC 3339 (also with a blank for the T, and with seconds or fractions left out) or a date. A
 * date is 00:00 UTC. STAMP_WITHOUT_ZONE gives the instant as if the time were UTC: use
 * stamp_from_local. STAMP_NOT: not a time; days and hours that do not exist are not times.
 * `zone_seconds` (may be NULL) is the offset that was written.
 */
enum stamp_form stamp_read(text source, stamp *at, int *zone_seconds);

/* Days since 1970-01-01 of a proleptic Gregorian date, and back. */
int64_t days_from_date(int year, int month, int day);
void date_from_days(int64_t days, int *year, int *month, int *day);
bool date_read(text source, int64_t *days); /* YYYY-MM-DD */
int date_write(int64_t days, char room[DATE_TEXT_SIZE]);

/* "09:30" as minutes since midnight; fails at `field`. */
bool minute_read(struct call *call, const char *field, text word, int *minute);

/*
 * True for a zone name that ICU knows ("UTC",
 * "Europe/Berlin"); offsets and abbreviations are not zones.
 */
bool zone_is_known(text zone);

/* The same for what somebody typed: fails at `zone`; TEXT_NONE, nothing typed, passes. */
bool zone_check(struct call *call, text zone);

/* The zone's offset from UTC in seconds at that instant. Fails for an unknown zone. */
bool zone_offset(struct call *call, text zone, stamp at, int *seconds);

/* The day, counted since 1970-01-01, that it is at an instant in a zone. */
bool day_of_stamp(struct call *call, text zone, stamp at, int64_t *day);

/* The first instant after `after` at which the clock is changed; `*has_one` false: never again. */
bool zone_next_change(struct call *call, text zone, stamp after, stamp *at, bool *has_one);

/*
 * The instant of a local time (given as if it were UTC).
 * In a gap: moved forward; twice there: the earlier.
 */
bool stamp_from_local(struct call *call, text zone, stamp local, stamp *at);

/* An ISO week as the number of weeks since the Monday 1970-01-05 (that week is 0). */
typedef int32_t iso_week;

/* The week that holds the instant in that zone. */
bool week_of_stamp(struct call *call, text zone, stamp at, iso_week *week);

/* 00:00 local time of the week's Monday, as an instant. */
bool week_monday(struct call *call, text zone, iso_week week, stamp *at);

/* "2026-W47"; reading refuses weeks that the year does not have. */
int week_write(iso_week week, char room[WEEK_TEXT_SIZE]);
bool week_read(text source, iso_week *week);

/* Reads what somebody typed: fails at `week`; TEXT_NONE, nothing typed, passes and leaves it. */
bool week_check(struct call *call, text word, iso_week *week);

/* Days since 1970-01-01 of the week's Monday. */
int64_t week_monday_days(iso_week week);

#endif
