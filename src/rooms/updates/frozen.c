/* See frozen.h. */
#include "rooms/updates/frozen.h"

#include "base/hash.h"

text frozen_figures(struct call *call, const struct figure_text *filled)
{
    struct json_writer writer;
    struct out out;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    return figure_text_write_json(call, filled, &writer) ? out_view(&out) : TEXT_NONE;
}

text frozen_hash(struct call *call, text markdown, text figures)
{
    char room[HASH_TEXT_SIZE];
    const text part[] = { markdown, figures };
    struct hash hash = hash_strong_parts(part, 2);
    hash_write(&hash, room);
    return call_text(call, text_of(room));
}
