/* See rest_ledger.h. */
#include "offers/rest_ledger.h"

#include "ledger/ledger.h"
#include "offers/audit_page.h"
#include "offers/idempotency.h"
#include "store/find.h"

enum { WORD_SHOWN_BYTES = 80 };

static bool read_change(struct call *call, text word, rid *change)
{
    if (text_to_int(word, change) && *change > 0)
        return true;
    return fail(call, FAIL_NOT_FOUND,
                "there is no change '%.*s': GET /api/v1/audit lists the numbers of those there are",
                TEXT_FMT(text_until_character(word, WORD_SHOWN_BYTES)));
}

static bool undo_change_inside(struct call *call, const struct request *request,
                               struct reply *reply)
{
    rid change;
    if (!read_change(call, request->part[0], &change) || !ledger_undo(call, change))
        return false;
    json_object(&reply->json);
    json_put_int(&reply->json, "change", change_id(call));
    json_put_int(&reply->json, "undone", change);
    json_object_end(&reply->json);
    return true;
}

bool rest_undo_change(struct call *call, const struct request *request, struct reply *reply)
{
    text what = call_format(call, "undo change %.*s",
                            TEXT_FMT(text_until_character(request->part[0], WORD_SHOWN_BYTES)));
    return what.at && idempotency_run(call, request, reply, what, undo_change_inside);
}

static text given(const void *door, const char *name)
{
    return request_query(door, name);
}

bool rest_audit(struct call *call, const struct request *request, struct reply *reply)
{
    struct audit_query query = { .limit = 0 };
    int64_t limit = FIND_LIMIT_DEFAULT;
    if (!audit_page_read(call, given, request, &query) ||
        !request_int(call, request, "change", 1, INT64_MAX, &query.change) ||
        !request_int(call, request, "before", 1, INT64_MAX, &query.before) ||
        !request_int(call, request, "limit", 1, FIND_LIMIT_MAX, &limit))
        return false;
    query.limit = (int)limit;
    return audit_write_json(call, &query, &reply->json);
}

bool rest_audit_verify(struct call *call, const struct request *request, struct reply *reply)
{
    struct audit_report report;
    (void)request;
    if (!audit_verify(call, &report))
        return false;
    audit_page_write_report(&report, &reply->json);
    return true;
}
