/* See slack_ts.h. */
#include "importers/slack_ts.h"

#include "base/stamp.h"

enum { MICROS_DIGITS = 6, SECONDS_DIGITS_MAX = 11 };

static bool is_digits(text source)
{
    for (size_t i = 0; i < source.size; i++)
        if (source.at[i] < '0' || source.at[i] > '9')
            return false;
    return source.size > 0;
}

bool slack_ts_read(text source, struct slack_ts *ts)
{
    ts->seconds = text_cut(source, '.', &ts->micros);
    return is_digits(ts->seconds) && ts->seconds.size <= SECONDS_DIGITS_MAX &&
           ts->micros.size == MICROS_DIGITS && is_digits(ts->micros);
}

bool slack_ts_to_utc(struct call *call, text source, text *utc)
{
    struct slack_ts ts;
    int64_t seconds;
    char room[STAMP_TEXT_SIZE];
    if (!slack_ts_read(source, &ts) || !text_to_int(ts.seconds, &seconds))
        return false;
    int size = stamp_write(seconds * STAMP_SECOND, room);
    *utc = call_format(call, "%.*s.%.*sZ", size - 1, room, TEXT_FMT(ts.micros));
    return utc->at != NULL;
}

text slack_ts_permalink(struct call *call, text workspace, text channel, text ts, text thread)
{
    struct slack_ts parts;
    slack_ts_read(ts, &parts);
    text message =
        call_format(call, "https://%.*s.slack.com/archives/%.*s/p%.*s%.*s", TEXT_FMT(workspace),
                    TEXT_FMT(channel), TEXT_FMT(parts.seconds), TEXT_FMT(parts.micros));
    if (!message.at || !thread.at || text_equal(thread, ts))
        return message;
    return call_format(call, "%.*s?thread_ts=%.*s&cid=%.*s", TEXT_FMT(message), TEXT_FMT(thread),
                       TEXT_FMT(channel));
}
