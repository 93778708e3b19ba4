/* See review_put.h. */
#include "rooms/evals/review_put.h"

void review_put_week(struct json_writer *writer, const char *key, bool is_known, iso_week week)
{
    char room[WEEK_TEXT_SIZE];
    if (is_known)
        json_put_text(writer, key, (text){ room, (size_t)week_write(week, room) });
    else
        json_put_null(writer, key);
}

void review_put_real(struct json_writer *writer, const char *key, bool is_known, double value)
{
    if (is_known)
        json_put_real(writer, key, value);
    else
        json_put_null(writer, key);
}

void review_put_weeks_apart(struct json_writer *writer, bool is_known, int weeks)
{
    if (is_known)
        json_put_int(writer, "weeks_apart", weeks);
    else
        json_put_null(writer, "weeks_apart");
}

void review_put_rate(struct json_writer *writer, const char *key, int64_t passed, int64_t n)
{
    review_put_real(writer, key, n > 0, n > 0 ? (double)passed / (double)n : 0);
}

void review_put_interval(struct json_writer *writer, struct interval interval)
{
    json_key(writer, "interval");
    if (!interval.is_known) {
        json_null(writer);
        return;
    }
    json_list(writer);
    json_real(writer, interval.lower);
    json_real(writer, interval.upper);
    json_list_end(writer);
}

void review_put_texts(struct json_writer *writer, const char *key, const text *item, size_t count)
{
    json_key(writer, key);
    json_list(writer);
    for (size_t i = 0; i < count; i++)
        json_text(writer, item[i]);
    json_list_end(writer);
}
