/* See digest_send.h: a digest as it is sent. */
#include "rooms/day/digest_send.h"

#include "offers/update_source.h"
#include "rooms/knowledge/knowledge.h"

#include <string.h>

/* Words of people and of other programs are no marks of ours. */
static void write_plain(struct out *out, text words)
{
    for (size_t i = 0; i < words.size; i++) {
        if (strchr("[]\\`*_<{", words.at[i]))
            out_char(out, '\\');
        out_char(out, words.at[i] == '\n' ? ' ' : words.at[i]);
    }
}

static void write_need(const struct need *need, struct out *out)
{
    out_string(out, "- [");
    write_plain(out, need->title);
    out_format(out, "](%.*s): ", TEXT_FMT(need->link));
    write_plain(out, need->why);
    out_string(out, need->is_late ? " (late)\n" : "\n");
}

text digest_part_markdown(struct call *call, const struct digest_part *part)
{
    struct out out;
    out_init(&out, call);
    if (part->needs.count)
        out_string(&out, "## Waits for you\n\n");
    for (size_t i = 0; i < part->needs.count; i++)
        write_need(&part->needs.need[i], &out);
    if (part->decided.count)
        out_format(&out, "%s## Decided\n\n", part->needs.count ? "\n" : "");
    for (size_t i = 0; i < part->decided.count; i++) {
        const struct row *decision = &part->decided.row[i];
        out_format(&out, "- %.*s (%.*s)\n", TEXT_FMT(update_link(call, decision)),
                   TEXT_FMT(value_as_text(decision->value[DECISION_STATE])));
    }
    if (part->learned.count)
        out_format(&out, "%s## Learned\n\n", out.size ? "\n" : "");
    for (size_t i = 0; i < part->learned.count; i++)
        out_format(&out, "- %.*s\n", TEXT_FMT(update_link(call, &part->learned.row[i])));
    out_string(&out, "\nAll that waits is in [your inbox](/inbox); what is told, and when, is "
                     "chosen in [your settings](/settings).\n");
    return out.failed ? TEXT_NONE : out_view(&out);
}
