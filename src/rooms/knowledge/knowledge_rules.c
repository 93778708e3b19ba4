/* Room knowledge: how one decision supersedes another. */
#include "ledger/ledger.h"
#include "ledger/link.h"
#include "ledger/state.h"
#include "rooms/knowledge/knowledge.h"
#include "store/find.h"

static bool check_by(struct call *call, const struct row *by)
{
    text id = row_public_id(call, &decision_record, by->id);
    if (by->archived)
        return fail(call, FAIL_CONFLICT, "%.*s was dropped: bring it back with 'undo' first",
                    TEXT_FMT(id));
    return call->door == DOOR_IMPORT || decision_is(by, "accepted") ||
           fail(call, FAIL_CONFLICT,
                "%.*s is %.*s: only an accepted decision supersedes another", TEXT_FMT(id),
                TEXT_FMT(value_as_text(by->value[DECISION_STATE])));
}

static bool link_is_there(struct call *call, rid decision, rid by, bool *is_there)
{
    struct link *link;
    size_t count;
    *is_there = false;
    if (!link_list(call, &decision_record, decision, &link, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        *is_there |= !link[i].is_from && link[i].record == &decision_record && link[i].id == by &&
                     text_is(value_as_text(link[i].row.value[LINK_KIND]), "supersedes");
    return true;
}

static bool make_link(struct call *call, rid decision, rid by)
{
    struct row link;
    bool is_there;
    if (!link_is_there(call, decision, by, &is_there))
        return false;
    if (is_there)
        return true;
    if (!row_init(call, &link_record, &link))
        return false;
    link.value[LINK_KIND] = value_choice("supersedes");
    link.value[LINK_FROM] = value_text(row_public_id(call, &decision_record, by));
    link.value[LINK_TO] = value_text(row_public_id(call, &decision_record, decision));
    return ledger_create(call, &link);
}

static bool supersede_inside(struct call *call, rid decision, rid by)
{
    struct row newer, before, after;
    if (!find_row(call, &decision_record, decision, &before) ||
        !find_row(call, &decision_record, by, &newer) || !check_by(call, &newer) ||
        !row_copy(call, &before, &after) || !make_link(call, decision, by))
        return false;
    bool only_links = call->door == DOOR_IMPORT &&
                      (decision_is(&before, "superseded") || decision_is(&newer, "proposed") ||
                       decision_is(&newer, "rejected"));
    return only_links ||
           (state_move(call, &after, "supersede") && ledger_update(call, &before, &after));
}

bool decision_supersede(struct call *call, rid decision, rid by)
{
    if (decision == by)
        return fail_at(call, "by", "a decision does not supersede itself: name another one");
    if (call->change.is_open)
        return supersede_inside(call, decision, by);
    if (!change_open(call, TEXT("supersede decision")))
        return false;
    if (supersede_inside(call, decision, by))
        return change_commit(call);
    change_rollback(call);
    return false;
}
