/* See messages.h: how a person is reached. */
#include "rooms/messages/messages.h"

#include "base/stamp.h"
#include "links/mail.h"
#include "rooms/people/people.h"
#include "store/find.h"

enum { MORNING = 8 * 60, DAY_MINUTES = 24 * 60 };

static const struct field message_setting_fields[] = {
    [MESSAGE_SETTING_TITLE] = { .name = "title",
                                .label = "Title",
                                .kind = FIELD_TEXT,
                                .flags = FIELD_COUNTED,
                                .help = "The time at which the digest comes." },
    [MESSAGE_SETTING_PERSON] = { .name = "person",
                                 .label = "Person",
                                 .kind = FIELD_REF,
                                 .refers = "person",
                                 .flags = FIELD_COUNTED | FIELD_BY_NAME | FIELD_UNIQUE,
                                 .help = "Who is told: the author." },
    [MESSAGE_SETTING_AT] = { .name = "at",
                             .label = "Digest at",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_NEEDED,
                             .max = 5,
                             .fallback = "08:00",
                             .help = "When your digest comes, in your zone, such as 08:00." },
    [MESSAGE_SETTING_QUIET_FROM] = { .name = "quiet_from",
                                     .label = "Quiet from",
                                     .kind = FIELD_TEXT,
                                     .max = 5,
                                     .help = "When your quiet hours begin, such as 20:00." },
    [MESSAGE_SETTING_QUIET_UNTIL] = { .name = "quiet_until",
                                      .label = "Quiet until",
                                      .kind = FIELD_TEXT,
                                      .max = 5,
                                      .help = "When they end, such as 07:00; until then what "
                                              "falls in them waits." },
    [MESSAGE_SETTING_DAYS_OFF] = { .name = "days_off",
                                   .label = "On days off, too",
                                   .kind = FIELD_BOOL,
                                   .fallback = "yes",
                                   .help = "Whether your digest comes on days on which you do not "
                                           "work or are away; else the next one tells it all." },
    [MESSAGE_SETTING_CHANNEL] = { .name = "channel",
                                  .label = "Channel",
                                  .kind = FIELD_REF,
                                  .refers = "channel",
                                  .flags = FIELD_BY_NAME,
                                  .help = "Your own chat; empty: mail to your address." },
};

static bool message_setting_settle(struct call *call, const struct row *before, struct row *after)
{
    if (!before)
        after->value[MESSAGE_SETTING_PERSON] = value_ref(call->actor.person);
    after->value[MESSAGE_SETTING_TITLE] =
        value_text(CALL_JOIN(call, TEXT("at "), value_as_text(after->value[MESSAGE_SETTING_AT])));
    return call->fail.kind == FAIL_NONE;
}

static bool check_quiet(struct call *call, const struct row *setting)
{
    text from = value_as_text(setting->value[MESSAGE_SETTING_QUIET_FROM]);
    text until = value_as_text(setting->value[MESSAGE_SETTING_QUIET_UNTIL]);
    int begins, ends;
    if (!from.at && !until.at)
        return true;
    if (!from.at || !until.at)
        return fail_at(call, from.at ? "quiet_until" : "quiet_from",
                       "quiet hours have a beginning and an end: give both, or neither");
    if (!minute_read(call, "quiet_from", from, &begins) ||
        !minute_read(call, "quiet_until", until, &ends))
        return false;
    return begins != ends || fail_at(call, "quiet_until",
                                     "quiet hours end at another time than they begin: to hear of "
                                     "nothing, choose never for each kind of thing");
}

static bool message_setting_check(struct call *call, const struct row *before,
                                  const struct row *after)
{
    int minute;
    (void)before;
    return minute_read(call, "at", value_as_text(after->value[MESSAGE_SETTING_AT]), &minute) &&
           check_quiet(call, after) &&
           message_check_channel(call, "channel",
                                 value_as_int(after->value[MESSAGE_SETTING_CHANNEL]),
                                 value_as_int(after->value[MESSAGE_SETTING_PERSON]));
}

static const char *const message_setting_listed[] = { "at", "quiet_from", "quiet_until", "channel",
                                                      NULL };

const struct record message_setting_record = {
    .name = "message_setting",
    .plural = "message_settings",
    .prefix = "MST",
    .label = "message setting",
    .help = "When and where you are told: 'rondo message-setting add --at 07:30 --quiet-from 20:00 "
            "--quiet-until 07:00'.",
    .field = message_setting_fields,
    .field_count = MESSAGE_SETTING_FIELDS,
    .title = MESSAGE_SETTING_TITLE,
    .listed = message_setting_listed,
    .settle = message_setting_settle,
    .check = message_setting_check,
    .privacy = PRIVACY_PRIVATE,
    .writers = ROLE_VIEWER | ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};

/* --- what a person wants --- */

/* The house sends at the time that its person chose, whoever else reads that. */
static bool find_setting(struct call *call, rid person, bool *has, struct row *row)
{
    struct query query;
    bool all_rows = call->all_rows;
    query_init(&query, &message_setting_record);
    call->all_rows = true;
    *has = query_add(call, &query, MESSAGE_SETTING_PERSON, FILTER_IS, value_ref(person)) &&
           find_first(call, &query, row);
    call->all_rows = all_rows;
    return call->fail.kind == FAIL_NONE;
}

bool message_setting_read(struct call *call, rid person, struct message_setting *setting)
{
    struct row row;
    bool has;
    *setting = (struct message_setting){ .at = MORNING };
    if (!people_person_zone(call, person, &setting->zone) ||
        !find_setting(call, person, &has, &row))
        return false;
    if (!has)
        return true;
    setting->channel = value_as_int(row.value[MESSAGE_SETTING_CHANNEL]);
    /* a setting that was made before there was this field says nothing of it */
    setting->skips_days_off = !value_is_null(row.value[MESSAGE_SETTING_DAYS_OFF]) &&
                              !value_as_bool(row.value[MESSAGE_SETTING_DAYS_OFF]);
    return minute_read(call, "at", value_as_text(row.value[MESSAGE_SETTING_AT]), &setting->at) &&
           (value_is_null(row.value[MESSAGE_SETTING_QUIET_FROM]) ||
            (minute_read(call, "quiet_from", value_as_text(row.value[MESSAGE_SETTING_QUIET_FROM]),
                         &setting->quiet_from) &&
             minute_read(call, "quiet_until",
                         value_as_text(row.value[MESSAGE_SETTING_QUIET_UNTIL]),
                         &setting->quiet_until)));
}

/* --- hours --- */

static bool is_quiet(const struct message_setting *setting, int64_t minute)
{
    int64_t since = (minute - setting->quiet_from + DAY_MINUTES) % DAY_MINUTES;
    int64_t length = (setting->quiet_until - setting->quiet_from + DAY_MINUTES) % DAY_MINUTES;
    return since < length;
}

bool message_quiet_ends(struct call *call, const struct message_setting *setting, stamp at,
                        stamp *ends)
{
    int seconds;
    *ends = at;
    if (!zone_offset(call, setting->zone, at, &seconds))
        return false;
    stamp local = at + seconds * STAMP_SECOND;
    stamp midnight = local - ((local % STAMP_DAY) + STAMP_DAY) % STAMP_DAY;
    int64_t minute = (local - midnight) / STAMP_MINUTE;
    if (!is_quiet(setting, minute))
        return true;
    bool is_tomorrow = setting->quiet_until <= minute;
    return stamp_from_local(call, setting->zone,
                            midnight + is_tomorrow * STAMP_DAY +
                                setting->quiet_until * STAMP_MINUTE,
                            ends);
}

bool message_morning(struct call *call, const struct message_setting *setting, int64_t day,
                     stamp *at)
{
    int minute = is_quiet(setting, setting->at) ? setting->quiet_until : setting->at;
    return stamp_from_local(call, setting->zone, day * STAMP_DAY + minute * STAMP_MINUTE, at);
}

/* --- channels --- */

static bool is_mail(const struct row *channel)
{
    return text_is(value_as_text(channel->value[CHANNEL_KIND]), "mail");
}

bool message_is_channel_of(const struct row *channel, rid person)
{
    return value_as_bool(channel->value[CHANNEL_PERSONAL]) &&
           (is_mail(channel) || value_as_int(channel->value[CHANNEL_OWNER]) == person);
}

bool message_check_channel(struct call *call, const char *field, rid channel, rid person)
{
    struct row row;
    if (channel == 0)
        return true;
    if (!find_row(call, &channel_record, channel, &row))
        return false;
    return message_is_channel_of(&row, person) ||
           fail_at(call, field,
                   "'%.*s' is no channel of yours: choose mail, or a personal chat that you own",
                   TEXT_FMT(row_title(call, &row)));
}

static bool find_personal(struct call *call, struct rows *channels)
{
    struct query query;
    query_init(&query, &channel_record);
    return query_add(call, &query, CHANNEL_PERSONAL, FILTER_IS, value_bool(true)) &&
           query_add(call, &query, CHANNEL_ON, FILTER_IS, value_bool(true)) &&
           find_rows(call, &query, channels);
}

bool message_has_personal(struct call *call, bool *has)
{
    struct rows channels;
    if (!find_personal(call, &channels))
        return false;
    *has = channels.count > 0;
    return true;
}

static bool has_address(struct call *call, rid person, bool *has)
{
    struct row row;
    text address;
    if (!find_row(call, &person_record, person, &row))
        return false;
    *has = mail_address(value_as_text(row.value[PERSON_EMAIL]), &address);
    return true;
}

/* The higher, the better it fits. */
enum fit { FITS_NOT, FITS, FITS_AS_MAIL, FITS_AS_WISHED };

static enum fit fit_of(const struct row *channel, rid person, rid wish, bool may_be_mailed)
{
    if (!message_is_channel_of(channel, person) || (is_mail(channel) && !may_be_mailed))
        return FITS_NOT;
    return channel->id == wish ? FITS_AS_WISHED : is_mail(channel) ? FITS_AS_MAIL : FITS;
}

bool message_channel_of(struct call *call, rid person, rid wish, bool *has, struct row *channel)
{
    struct rows channels;
    enum fit best = FITS_NOT;
    bool may_be_mailed;
    *has = false;
    if (!find_personal(call, &channels) || !has_address(call, person, &may_be_mailed))
        return false;
    for (size_t i = 0; i < channels.count; i++) {
        enum fit fit = fit_of(&channels.row[i], person, wish, may_be_mailed);
        if (fit <= best)
            continue;
        best = fit;
        *channel = channels.row[i];
    }
    *has = best != FITS_NOT;
    return true;
}
