/* Room updates: what a deck is made of: how its slides look, and what stands on them. */
#ifndef RONDO_DECK_TEMPLATE_H
#define RONDO_DECK_TEMPLATE_H

#include "base/json_write.h"
#include "rooms/updates/updates.h"

struct deck_template {
    text name, theme, header, footer, body;
    int64_t heading_divider;
    bool is_narrow, has_numbers;
    rid row; /* 0: built in */
};

/* By its name or id; TEXT_NONE: "weekly". Built-in ones give way to a stored one of their name. */
bool deck_template_find(struct call *call, text word, struct deck_template *found);

/* {"templates": [{"name", "built_in", "theme", ..., "body"}], "words": [{"word", "help"}]}. */
bool deck_templates_write_json(struct call *call, struct json_writer *writer);

#endif
