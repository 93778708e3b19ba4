/* See messages.h: what is queued, and for whom. */
#include "ledger/ledger.h"
#include "rooms/messages/messages.h"
#include "store/find.h"

static bool find_delivery(struct call *call, rid channel, text key, struct row *delivery)
{
    struct query query;
    query_init(&query, &delivery_record);
    query.with_archived = true;
    return query_add(call, &query, DELIVERY_CHANNEL, FILTER_IS, value_ref(channel)) &&
           query_add(call, &query, DELIVERY_KEY, FILTER_IS, value_text(key)) &&
           find_first(call, &query, delivery);
}

/* Whoever may say it may have it sent, whatever the roles that channels need. */
static bool store(struct call *call, struct row *delivery)
{
    bool all_rows = call->all_rows;
    call->all_rows = true;
    bool is_stored = ledger_create(call, delivery);
    call->all_rows = all_rows;
    return is_stored;
}

bool message_queue(struct call *call, const struct row *channel, const struct message *message)
{
    struct row row;
    if (find_delivery(call, channel->id, message->key, &row))
        return true;
    if (call->fail.kind != FAIL_NONE || !row_init(call, &delivery_record, &row))
        return false;
    row.value[DELIVERY_SUBJECT] = value_text(message->subject);
    row.value[DELIVERY_CHANNEL] = value_ref(channel->id);
    if (message->record)
        row.value[DELIVERY_ABOUT] =
            value_text(row_public_id(call, message->record, message->row));
    row.value[DELIVERY_KEY] = value_text(message->key);
    row.value[DELIVERY_TRIES] = value_int(0);
    row.value[DELIVERY_NEXT_TRY] = value_stamp(call->now);
    row.value[DELIVERY_PERSON] = value_ref(message->person);
    row.value[message->person ? DELIVERY_PERSONAL_TEXT : DELIVERY_MARKDOWN] =
        value_text(message->markdown);
    return store(call, &row);
}

bool message_to_audience(struct call *call, const char *audience, rid team,
                         const struct message *message)
{
    struct query query;
    struct rows channels;
    query_init(&query, &channel_record);
    if (!query_add(call, &query, CHANNEL_AUDIENCE, FILTER_IS, value_choice(audience)) ||
        !query_add(call, &query, CHANNEL_ON, FILTER_IS, value_bool(true)) ||
        !find_rows(call, &query, &channels))
        return false;
    for (size_t i = 0; i < channels.count; i++) {
        rid of = value_as_int(channels.row[i].value[CHANNEL_TEAM]);
        if ((of == 0 || of == team) && !message_queue(call, &channels.row[i], message))
            return false;
    }
    return true;
}
