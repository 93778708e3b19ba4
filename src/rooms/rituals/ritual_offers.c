/* See ritual_offers.h. */
#include "rooms/rituals/ritual_offers.h"

#include "base/json_read.h"
#include "ledger/ledger.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"

enum { PARTS_MAX = 16 };

/* --- what was decided on --- */

static bool read_base(struct call *call, const struct row *clone, struct json *base)
{
    text packed = value_as_text(clone->value[RITUAL_CLONE_BASE]);
    *base = (struct json){ .kind = JSON_NULL };
    return !packed.at || json_read(call, packed, base, NULL);
}

static text base_of(const struct json *base, const struct ritual_part *part)
{
    const struct json *words =
        base->kind == JSON_OBJECT ? json_get(base, part->name) : NULL;
    return words && words->kind == JSON_TEXT ? words->text : TEXT_NONE;
}

static bool is_among(const struct ritual_part *part, const struct ritual_part *const *parts,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i] == part)
            return true;
    return count == 0;
}

bool ritual_offers_settle(struct call *call, const struct row *original, struct row *clone,
                          const struct ritual_part *const *part, size_t count)
{
    struct json base;
    struct out packed;
    struct json_writer writer;
    if (!read_base(call, clone, &base))
        return false;
    out_init(&packed, call);
    json_writer_init(&writer, &packed, false);
    json_object(&writer);
    for (const struct ritual_part *one = ritual_parts; one->name; one++) {
        text words = base_of(&base, one);
        if (is_among(one, part, count) && !ritual_part_read(call, one, original, &words))
            return false;
        json_put_text(&writer, one->name, words.at ? words : TEXT(""));
    }
    json_object_end(&writer);
    clone->value[RITUAL_CLONE_BASE] = value_text(out_view(&packed));
    return !packed.failed;
}

/* --- what is offered --- */

static bool add_offer(struct call *call, const struct ritual_part *part, const struct json *base,
                      struct ritual_offers *offers)
{
    struct ritual_offer offer = { .part = part, .was = base_of(base, part) };
    if (!ritual_part_read(call, part, &offers->original, &offer.now) ||
        !ritual_part_read(call, part, &offers->clone, &offer.here))
        return false;
    if (text_equal(offer.now, offer.here))
        return true;
    offer.is_open = !text_equal(offer.now, offer.was);
    offers->open += offer.is_open;
    offers->offer[offers->count++] = offer;
    return true;
}

bool ritual_offers_read(struct call *call, rid clone, struct ritual_offers *offers)
{
    struct json base;
    *offers = (struct ritual_offers){ .offer = call_array(call, PARTS_MAX, sizeof *offers->offer) };
    if (!offers->offer || !find_row(call, &ritual_record, clone, &offers->clone))
        return false;
    rid original = value_as_int(offers->clone.value[RITUAL_CLONE_OF]);
    if (!original || !find_may_read(call, &ritual_record, original))
        return call->fail.kind == FAIL_NONE;
    if (!find_row(call, &ritual_record, original, &offers->original))
        return false;
    if (offers->original.archived)
        return true;
    if (!read_base(call, &offers->clone, &base))
        return false;
    for (const struct ritual_part *part = ritual_parts; part->name; part++)
        if (!add_offer(call, part, &base, offers))
            return false;
    return true;
}

/* --- decided --- */

static bool fail_not_offered(struct call *call, const struct ritual_offers *offers, text name)
{
    struct out known;
    out_init(&known, call);
    for (size_t i = 0; i < offers->count; i++)
        if (offers->offer[i].is_open)
            out_format(&known, "%s'%s'", known.size ? ", " : "", offers->offer[i].part->name);
    text title = row_title(call, &offers->clone);
    if (!known.size)
        return fail(call, FAIL_CONFLICT, "nothing is offered to '%.*s': its original says what "
                                         "was decided on", TEXT_FMT(title));
    return fail_at(call, "parts", "'%.*s' is not offered to '%.*s': %.*s is", TEXT_FMT(name),
                   TEXT_FMT(title), TEXT_FMT(out_view(&known)));
}

static const struct ritual_part *open_part(const struct ritual_offers *offers, text name)
{
    for (size_t i = 0; i < offers->count; i++)
        if (offers->offer[i].is_open && text_is(name, offers->offer[i].part->name))
            return offers->offer[i].part;
    return NULL;
}

/* The parts that are decided on; each is offered. */
static bool choose(struct call *call, const struct ritual_offers *offers, const text *name,
                   size_t names, const struct ritual_part **chosen, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < offers->count && !names; i++)
        if (offers->offer[i].is_open)
            chosen[(*count)++] = offers->offer[i].part;
    for (size_t i = 0; i < names; i++) {
        const struct ritual_part *part = open_part(offers, name[i]);
        if (!part)
            return fail_not_offered(call, offers, name[i]);
        if (!*count || !is_among(part, chosen, *count))
            chosen[(*count)++] = part;
    }
    return *count > 0 || fail_not_offered(call, offers, TEXT_NONE);
}

static bool decide(struct call *call, const struct ritual_offers *offers,
                   const struct ritual_part *const *chosen, size_t count, bool is_taken)
{
    struct row after;
    rid team = value_as_int(offers->clone.value[RITUAL_TEAM]);
    if (!row_copy(call, &offers->clone, &after))
        return false;
    for (size_t i = 0; i < count && is_taken; i++)
        ritual_part_set(chosen[i], &offers->original, &after);
    if (!ritual_offers_settle(call, &offers->original, &after, chosen, count) ||
        !ledger_update(call, &offers->clone, &after))
        return false;
    for (size_t i = 0; i < count && is_taken; i++)
        if (!ritual_part_copy(call, chosen[i], offers->original.id, after.id, team))
            return false;
    return true;
}

static bool decide_inside(struct call *call, rid clone, const text *part, size_t count,
                          bool is_taken)
{
    struct ritual_offers offers;
    const struct ritual_part *chosen[PARTS_MAX];
    size_t chosen_count;
    return ritual_offers_read(call, clone, &offers) &&
           choose(call, &offers, part, count, chosen, &chosen_count) &&
           decide(call, &offers, chosen, chosen_count, is_taken);
}

bool ritual_offers_decide(struct call *call, rid clone, const text *part, size_t count,
                          bool is_taken)
{
    bool own = !call->change.is_open;
    if (own && !change_open(call, is_taken ? TEXT("take what the original offers")
                                           : TEXT("decline what the original offers")))
        return false;
    bool done = decide_inside(call, clone, part, count, is_taken);
    if (own && done)
        return change_commit(call);
    if (own)
        change_rollback(call);
    return done;
}

/* --- shown --- */

void ritual_offers_write_json(struct call *call, const struct ritual_offers *offers,
                              struct json_writer *writer)
{
    rid original = value_as_int(offers->clone.value[RITUAL_CLONE_OF]);
    json_object(writer);
    json_put_text(writer, "ritual", row_title(call, &offers->clone));
    json_put_text(writer, "ritual_id", row_public_id(call, &ritual_record, offers->clone.id));
    json_put_text(writer, "clone_of",
                  original ? find_title(call, &ritual_record, original) : TEXT_NONE);
    json_put_text(writer, "clone_of_id",
                  original ? row_public_id(call, &ritual_record, original) : TEXT_NONE);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < offers->count; i++) {
        const struct ritual_offer *offer = &offers->offer[i];
        json_object(writer);
        json_put_string(writer, "part", offer->part->name);
        json_put_string(writer, "label", offer->part->label);
        json_put_text(writer, "was", offer->was);
        json_put_text(writer, "now", offer->now);
        json_put_text(writer, "here", offer->here);
        json_put_bool(writer, "open", offer->is_open);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
}
