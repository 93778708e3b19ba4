/* See calc_day.h. */
#include "calc/calc_day.h"

bool calc_day(struct call *call, const struct calc_values *in, const char *name, int64_t *day)
{
    text words = calc_text(in, name);
    return date_read(words, day) ||
           calc_refuse(call, in, name, "is '%.*s': write a date, YYYY-MM-DD", TEXT_FMT(words));
}

int64_t *calc_days(struct call *call, const struct calc_values *in, const char *name)
{
    const struct json *list = calc_json(in, name);
    size_t count = calc_size(in, name);
    int64_t *day = call_array(call, count + 1, sizeof *day);
    for (size_t i = 0; day && i < count; i++)
        if (!date_read(list->item[i].text, &day[i])) {
            calc_refuse(call, in, name, "has '%.*s': write dates, YYYY-MM-DD",
                        TEXT_FMT(list->item[i].text));
            return NULL;
        }
    return day;
}

bool calc_instant(struct call *call, const struct calc_values *in, const char *name, stamp *at)
{
    text words = calc_text(in, name);
    int zone_seconds = 0;
    return (stamp_read(words, at, &zone_seconds) == STAMP_WITH_ZONE && zone_seconds == 0) ||
           calc_refuse(call, in, name, "is '%.*s': write an instant in UTC, YYYY-MM-DDTHH:MM:SSZ",
                       TEXT_FMT(words));
}

void calc_put_days(struct json_writer *out, const char *key, const int64_t *day, size_t count)
{
    char room[DATE_TEXT_SIZE];
    json_key(out, key);
    json_list(out);
    for (size_t i = 0; i < count; i++) {
        date_write(day[i], room);
        json_string(out, room);
    }
    json_list_end(out);
}
