/*
 * What the original of a clone offers it: parts that the original changed since the clone was made
 * or last decided on them. A clone keeps the words that it decided on (`clone_base`), so that what
 * was declined is offered again only when the original changes once more.
 */
#ifndef RONDO_RITUAL_OFFERS_H
#define RONDO_RITUAL_OFFERS_H

#include "base/json_write.h"
#include "rooms/rituals/ritual_parts.h"

struct ritual_offer {
    const struct ritual_part *part;
    text was;  /* what the original said when the clone was made or decided */
    text now;  /* what it says now */
    text here; /* what the clone says */
    bool is_open; /* false: it differs, and that is decided */
};

struct ritual_offers {
    struct row clone, original;
    struct ritual_offer *offer; /* in the order of the parts */
    size_t count, open;
};

/* Of one ritual; what is no clone, or whose original was dropped, has none. */
bool ritual_offers_read(struct call *call, rid clone, struct ritual_offers *offers);

/*
 * Takes (else declines) the offers of these parts, without any all that are open, in one change.
 * Fails for a part that is not offered, naming those that are.
 */
bool ritual_offers_decide(struct call *call, rid clone, const text *part, size_t count,
                          bool is_taken);

/*
 * Writes into the clone, which the caller stores, that it has decided on what the original says
 * now: on these parts, without any on all.
 */
bool ritual_offers_settle(struct call *call, const struct row *original, struct row *clone,
                          const struct ritual_part *const *part, size_t count);

/* {"ritual","ritual_id","clone_of","clone_of_id","items":[{"part","label","was","now","here",
 * "open"}]} */
void ritual_offers_write_json(struct call *call, const struct ritual_offers *offers,
                              struct json_writer *writer);

#endif
