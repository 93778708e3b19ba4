/*
 * The part of stamp.h that knows zones: a thin layer over ICU's calendars. UTC never touches ICU,
 * because loading its data would be most of the start-up time. Knows no machine zone and no
 * abbreviations: "CET" and "PST" mean different things to different people.
 */
#include "base/stamp.h"

#include <pthread.h>
#include <unicode/ucal.h>

enum { ZONE_NAME_SIZE = 64, OPEN_CALENDARS = 4 };

/*
 * Opening a calendar costs far more than asking it, so each thread keeps the few it used last. The
 * key exists only so that they are closed when their thread ends.
 */
struct calendars {
    struct {
        char name[ZONE_NAME_SIZE];
        UCalendar *calendar;
    } open[OPEN_CALENDARS];
    int next;
};

static pthread_key_t calendars_key;
static pthread_once_t calendars_once = PTHREAD_ONCE_INIT;

static void calendars_close(void *kept)
{
    struct calendars *calendars = kept;
    for (int i = 0; i < OPEN_CALENDARS; i++)
        if (calendars->open[i].calendar)
            ucal_close(calendars->open[i].calendar);
    free(calendars);
}

static void calendars_prepare(void)
{
    pthread_key_create(&calendars_key, calendars_close);
}

static struct calendars *calendars_of_thread(void)
{
    pthread_once(&calendars_once, calendars_prepare);
    struct calendars *calendars = pthread_getspecific(calendars_key);
    if (calendars)
        return calendars;
    calendars = calloc(1, sizeof *calendars);
    if (calendars && pthread_setspecific(calendars_key, calendars) != 0) {
        free(calendars);
        return NULL;
    }
    return calendars;
}

static bool is_utc(text zone)
{
    return text_is(zone, "UTC");
}

/* Three capitals are an abbreviation, of which ICU knows many that no time-zone database has. */
static bool is_abbreviation(text zone)
{
    if (zone.size != 3 || text_is(zone, "GMT"))
        return false;
    for (size_t i = 0; i < zone.size; i++)
        if (zone.at[i] < 'A' || zone.at[i] > 'Z')
            return false;
    return true;
}

/* Zone names are ASCII; false for what cannot be one. */
static bool zone_to_icu(text zone, char name[ZONE_NAME_SIZE], UChar wide[ZONE_NAME_SIZE])
{
    if (zone.size == 0 || zone.size >= ZONE_NAME_SIZE || is_abbreviation(zone) ||
        text_starts(zone, TEXT("SystemV/")))
        return false;
    for (size_t i = 0; i < zone.size; i++) {
        if (zone.at[i] <= ' ' || zone.at[i] > '~')
            return false;
        name[i] = zone.at[i];
        wide[i] = (UChar)zone.at[i];
    }
    name[zone.size] = '\0';
    wide[zone.size] = 0;
    return true;
}

/* ICU opens a calendar for any name at all, as GMT when it knows none: so it is asked first. */
static bool icu_knows(const UChar *wide)
{
    UChar canonical[ZONE_NAME_SIZE * 2];
    UBool is_system = false;
    UErrorCode status = U_ZERO_ERROR;
    ucal_getCanonicalTimeZoneID(wide, -1, canonical, ZONE_NAME_SIZE * 2, &is_system, &status);
    return U_SUCCESS(status) && is_system;
}

bool zone_is_known(text zone)
{
    char name[ZONE_NAME_SIZE];
    UChar wide[ZONE_NAME_SIZE];
    return is_utc(zone) || (zone_to_icu(zone, name, wide) && icu_knows(wide));
}

bool zone_check(struct call *call, text zone)
{
    return !zone.at || zone_is_known(zone) ||
           fail_at(call, "zone",
                   "'%.*s' is not a time zone: write an IANA name such as Europe/Berlin",
                   TEXT_FMT(text_until_character(zone, ZONE_NAME_SIZE)));
}

static UCalendar *calendar_find(const struct calendars *calendars, text zone)
{
    for (int i = 0; i < OPEN_CALENDARS; i++)
        if (calendars->open[i].calendar && text_is(zone, calendars->open[i].name))
            return calendars->open[i].calendar;
    return NULL;
}

static UCalendar *calendar_open(struct call *call, struct calendars *calendars, text zone)
{
    char name[ZONE_NAME_SIZE];
    UChar wide[ZONE_NAME_SIZE];
    if (!zone_to_icu(zone, name, wide) || !icu_knows(wide)) {
        fail(call, FAIL_INVALID,
             "the zone '%.*s' is not known; use a name such as 'Europe/Berlin' or 'UTC'",
             TEXT_FMT(text_until(zone, ZONE_NAME_SIZE)));
        return NULL;
    }
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = ucal_open(wide, -1, "en_US_POSIX", UCAL_GREGORIAN, &status);
    if (U_FAILURE(status)) {
        fail(call, FAIL_INTERNAL, "cannot open the zone '%s': %s", name, u_errorName(status));
        return NULL;
    }
    int slot = calendars->next;
    calendars->next = (slot + 1) % OPEN_CALENDARS;
    if (calendars->open[slot].calendar)
        ucal_close(calendars->open[slot].calendar);
    memcpy(calendars->open[slot].name, name, sizeof name);
    calendars->open[slot].calendar = calendar;
    return calendar;
}

static UCalendar *zone_calendar(struct call *call, text zone)
{
    struct calendars *calendars = calendars_of_thread();
    if (!calendars) {
        fail(call, FAIL_INTERNAL, "no memory for the zone '%.*s'", TEXT_FMT(zone));
        return NULL;
    }
    UCalendar *calendar = calendar_find(calendars, zone);
    return calendar ? calendar : calendar_open(call, calendars, zone);
}

/* ICU counts in milliseconds; those before 1970 round down as well. */
static UDate icu_date(stamp at)
{
    return (UDate)(at / 1000 - (at % 1000 < 0));
}

static bool fail_icu(struct call *call, text zone, UErrorCode status)
{
    return fail(call, FAIL_INTERNAL, "cannot ask for the offset of the zone '%.*s': %s",
                TEXT_FMT(zone), u_errorName(status));
}

bool zone_offset(struct call *call, text zone, stamp at, int *seconds)
{
    *seconds = 0;
    if (is_utc(zone))
        return true;
    UCalendar *calendar = zone_calendar(call, zone);
    if (!calendar)
        return false;
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(calendar, icu_date(at), &status);
    int raw = ucal_get(calendar, UCAL_ZONE_OFFSET, &status);
    int summer = ucal_get(calendar, UCAL_DST_OFFSET, &status);
    if (U_FAILURE(status))
        return fail_icu(call, zone, status);
    *seconds = (raw + summer) / 1000;
    return true;
}

/* ICU also tells of changes of the zone's name, which move no clock. */
bool zone_next_change(struct call *call, text zone, stamp after, stamp *at, bool *has_one)
{
    int before, since;
    *has_one = false;
    if (is_utc(zone))
        return true;
    for (stamp from = after;; from = *at) {
        UCalendar *calendar = zone_calendar(call, zone);
        UErrorCode status = U_ZERO_ERROR;
        UDate next = 0;
        if (!calendar)
            return false;
        ucal_setMillis(calendar, icu_date(from), &status);
        bool is_found = ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &next,
                                                       &status);
        if (U_FAILURE(status))
            return fail_icu(call, zone, status);
        if (!is_found)
            return true;
        *at = (stamp)next * 1000;
        if (!zone_offset(call, zone, *at - STAMP_SECOND, &before) ||
            !zone_offset(call, zone, *at, &since))
            return false;
        *has_one = before != since;
        if (*has_one)
            return true;
    }
}

/*
 * "Former" is the offset before the change of the clock: in a gap it moves the time forward by the
 * gap, and of two instants it is the earlier.
 */
bool day_of_stamp(struct call *call, text zone, stamp at, int64_t *day)
{
    int seconds;
    if (!zone_offset(call, zone, at, &seconds))
        return false;
    stamp local = at + seconds * STAMP_SECOND;
    *day = local / STAMP_DAY - (local % STAMP_DAY < 0);
    return true;
}

bool stamp_from_local(struct call *call, text zone, stamp local, stamp *at)
{
    *at = local;
    if (is_utc(zone))
        return true;
    UCalendar *calendar = zone_calendar(call, zone);
    if (!calendar)
        return false;
    UErrorCode status = U_ZERO_ERROR;
    int raw = 0, summer = 0;
    ucal_setMillis(calendar, icu_date(local), &status);
    ucal_getTimeZoneOffsetFromLocal(calendar, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, &raw,
                                    &summer, &status);
    if (U_FAILURE(status))
        return fail_icu(call, zone, status);
    *at = local - (stamp)(raw + summer) / 1000 * STAMP_SECOND;
    return true;
}
