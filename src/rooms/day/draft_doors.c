/* See draft_doors.h. */
#include "rooms/day/draft_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/refs.h"
#include "rooms/day/day.h"
#include "rooms/day/day_draft.h"
#include "store/find.h"

/* What was stored: its id, or the row for programs. */
static bool print_stored(struct call *call, struct invocation *invocation,
                         const struct record *record, rid id)
{
    struct row row;
    struct json_writer writer;
    if (!find_row(call, record, id, &row))
        return false;
    if (!invocation->as_json) {
        out_format(invocation->out, "Wrote %.*s\n", TEXT_FMT(row_public_id(call, record, id)));
        return !invocation->out->failed;
    }
    json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
    if (!row_write_json(call, &row, refs_name, &writer))
        return false;
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

bool draft_doors_standup(struct call *call, struct invocation *invocation)
{
    struct standup_draft draft;
    struct json_writer writer;
    rid id;
    if (!standup_draft_read(call, &draft))
        return false;
    if (option_flag(invocation, "write"))
        return standup_draft_store(call, &draft, &id) &&
               print_stored(call, invocation, &standup_record, id);
    if (!invocation->as_json)
        return standup_draft_write_words(&draft, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    if (!standup_draft_write_json(call, &draft, &writer))
        return false;
    out_char(invocation->out, '\n');
    return true;
}

bool draft_doors_week_review(struct call *call, struct invocation *invocation)
{
    struct week_review_draft draft;
    struct json_writer writer;
    iso_week week = 0;
    rid id;
    text word = option_text(invocation, "week");
    if (!week_check(call, word, &week) ||
        !week_review_draft_read(call, word.at ? &week : NULL, &draft))
        return false;
    if (option_flag(invocation, "write"))
        return week_review_draft_store(call, &draft, &id) &&
               print_stored(call, invocation, &week_review_record, id);
    if (!invocation->as_json)
        return week_review_draft_write_words(&draft, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    if (!week_review_draft_write_json(call, &draft, &writer))
        return false;
    out_char(invocation->out, '\n');
    return true;
}

bool draft_doors_get_standup(struct call *call, const struct request *request, struct reply *reply)
{
    struct standup_draft draft;
    (void)request;
    return standup_draft_read(call, &draft) &&
           standup_draft_write_json(call, &draft, &reply->json);
}

bool draft_doors_get_standup_day(struct call *call, const struct request *request,
                                 struct reply *reply)
{
    int64_t day;
    text zone, word = request_query(request, "day"), team_word = request_query(request, "team");
    rid team = 0;
    const struct record *teams = catalog_record(call->catalog, TEXT("team"));
    if (!day_today(call, call->actor.person, &day, &zone))
        return false;
    if (word.at && !date_read(word, &day))
        return fail_at(call, "day", "'%.*s' is not a day: write it like 2026-12-01",
                       TEXT_FMT(text_until_character(word, FAIL_FIELD_SIZE)));
    return (!team_word.at || refs_find(call, teams, team_word, &team)) &&
           standup_page_write_json(call, day, team, &reply->json);
}

bool draft_doors_get_week_review(struct call *call, const struct request *request,
                                 struct reply *reply)
{
    struct week_review_draft draft;
    iso_week week = 0;
    text word = request_query(request, "week");
    return week_check(call, word, &week) &&
           week_review_draft_read(call, word.at ? &week : NULL, &draft) &&
           week_review_draft_write_json(call, &draft, &reply->json);
}
