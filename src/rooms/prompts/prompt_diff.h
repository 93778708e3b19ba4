/* Room prompts: two versions side by side. */
#ifndef RONDO_PROMPT_DIFF_H
#define RONDO_PROMPT_DIFF_H

#include "base/json_write.h"
#include "engine/text_diff.h"
#include "rooms/prompts/prompts.h"

/* One part that differs: "text", "messages[0] system", "model", "parameters", "tools". */
struct prompt_part {
    text field;
    struct text_diff diff;
};

struct prompt_diff {
    struct prompt_part *part; /* those that differ, in their order */
    size_t count, room;
};

/* What differs; `from` NULL: everything is new. */
bool prompt_diff(struct call *call, const struct row *from, const struct row *to,
                 enum diff_unit unit, struct prompt_diff *diff);

/* [{"field", "is_coarse", "pieces": [{"op", "text"}]}]. */
void prompt_diff_write_json(const struct prompt_diff *diff, struct json_writer *writer);

/* For the terminal: [-removed-]{+added+} in the line, or lines that begin with - and +. */
void prompt_diff_write_text(const struct prompt_diff *diff, enum diff_unit unit, struct out *out);

#endif
