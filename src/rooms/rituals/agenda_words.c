/* See agenda_words.h. */
#include "rooms/rituals/agenda_words.h"

#include "base/visible.h"
#include "rooms/people/people.h"
#include "rooms/rituals/occurrence_agenda.h"
#include "rooms/rituals/occurrence_rules.h"
#include "rooms/rituals/ritual_roles.h"
#include "rooms/rituals/ritual_week.h"
#include "rooms/rituals/rituals.h"

static bool write_head(struct call *call, const struct occurrence_slot *slot, struct out *out)
{
    struct ritual_roles roles;
    text zone;
    if (!ritual_zone(call, slot->ritual, &zone) ||
        !ritual_roles_read(call, slot->ritual->id, &roles))
        return false;
    rid leader = ritual_roles_leader(&roles, slot);
    text state = occurrence_slot_state(slot);
    text name = leader ? find_title(call, &person_record, leader) : TEXT_NONE;
    text clock = ritual_clock(call, zone, slot->at);
    out_format(out, "# %.*s\n\n%.*s, %.*s: %.*s", TEXT_FMT(row_title(call, slot->ritual)),
               TEXT_FMT(clock), TEXT_FMT(zone), TEXT_FMT(state));
    out_format(out, "; led by %.*s\n", TEXT_FMT(name.at ? name : TEXT("nobody")));
    return call->fail.kind == FAIL_NONE;
}

/* "- [x] Slow answers (INC-3): open for 2 days; carried over 2 times" */
static void write_item(const struct row *item, struct out *out)
{
    text about = value_as_text(item->value[AGENDA_ITEM_ABOUT]);
    text why = value_as_text(item->value[AGENDA_ITEM_WHY]);
    text state = value_as_text(item->value[AGENDA_ITEM_STATE]);
    long long carried = value_as_int(item->value[AGENDA_ITEM_CARRIED]);
    out_format(out, "- [%c] ", text_is(state, "done") ? 'x' : ' ');
    visible_write(out, value_as_text(item->value[AGENDA_ITEM_TITLE]));
    if (about.at)
        out_format(out, " (%.*s)", TEXT_FMT(about));
    out_string(out, why.at ? ": " : "");
    visible_write(out, why);
    if (carried)
        out_format(out, "; carried over %lld time%s", carried, carried == 1 ? "" : "s");
    out_char(out, '\n');
}

static bool write_items(struct call *call, const struct occurrence_slot *slot, struct out *out)
{
    struct agenda_ask ask;
    struct row last;
    struct rows items;
    bool has_last;
    if (!occurrence_ask(call, slot, &ask) || !occurrence_last_held(call, slot, &last, &has_last) ||
        !occurrence_agenda_read(call, slot, &ask, has_last ? last.id : 0, &items))
        return false;
    out_string(out, items.count ? "\n## Agenda\n\n" : "\nNothing is on its agenda.\n");
    for (size_t i = 0; i < items.count; i++)
        write_item(&items.row[i], out);
    return true;
}

static bool write_required(struct call *call, const struct occurrence_slot *slot, struct out *out)
{
    struct requirements all;
    if (!occurrence_requirements_read(call, slot, &all))
        return false;
    if (all.count)
        out_string(out, "\n## What has to come out\n\n");
    for (size_t i = 0; i < all.count; i++) {
        text words = requirement_words(call, &all.requirement[i]);
        out_format(out, "- [%c] %.*s%s\n", all.requirement[i].is_met ? 'x' : ' ', TEXT_FMT(words),
                   all.requirement[i].or_reason ? ", or a reason for none" : "");
    }
    return call->fail.kind == FAIL_NONE;
}

bool agenda_words_write(struct call *call, const struct occurrence_slot *slot, struct out *out)
{
    return write_head(call, slot, out) && write_items(call, slot, out) &&
           write_required(call, slot, out) && !out->failed;
}
