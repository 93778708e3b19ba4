/* See update_send.h. */
#include "rooms/updates/update_send.h"

#include "ledger/ledger.h"
#include "rooms/messages/messages.h"
#include "rooms/people/people.h"
#include "rooms/updates/frozen.h"
#include "rooms/updates/update_check.h"
#include "rooms/updates/update_document.h"
#include "rooms/updates/update_session.h"
#include "store/find.h"

enum { REFUSAL_SHOWN = 900 };

bool update_editions(struct call *call, rid update, enum audience audience, struct rows *editions)
{
    struct query query;
    query_init(&query, &update_edition_record);
    query.sort = UPDATE_EDITION_NUMBER;
    query.is_descending = true;
    return query_add(call, &query, UPDATE_EDITION_UPDATE, FILTER_IS, value_ref(update)) &&
           query_add(call, &query, UPDATE_EDITION_AUDIENCE, FILTER_IS,
                     value_choice(audience_words[audience])) &&
           find_rows(call, &query, editions);
}

bool update_text(struct call *call, const struct row *update, enum audience audience,
                 text *markdown)
{
    struct update_document document;
    struct figure_text filled;
    struct rows editions = { .row = NULL };
    if (update->id && !update_editions(call, update->id, audience, &editions))
        return false;
    if (editions.count) {
        *markdown = value_as_text(editions.row[0].value[UPDATE_EDITION_MARKDOWN]);
        return true;
    }
    if (!update_document_read(call, update, &document) ||
        !update_document_write(call, &document, audience, TEXT_NONE, &filled))
        return false;
    *markdown = filled.markdown;
    return true;
}

/* --- may it go? --- */

static bool refuse(struct call *call, const struct update_problems *problems)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < problems->count; i++)
        out_format(&out, "%s%.*s", i ? "; " : "", TEXT_FMT(problems->problem[i]));
    return fail(call, FAIL_CONFLICT, "the update cannot be sent yet: %.*s",
                TEXT_FMT(text_until_character(out_view(&out), REFUSAL_SHOWN)));
}

static bool check(struct call *call, const struct update_document *document)
{
    struct update_problems problems;
    return update_check_all(call, document, &problems) &&
           (problems.count == 0 || refuse(call, &problems));
}

/* --- an edition --- */

/* What an audience will read, told before anything is written. */
struct made_edition {
    text markdown, figures;
};

static bool make_edition(struct call *call, const struct update_document *document,
                         enum audience audience, text correction, struct made_edition *made)
{
    struct figure_text filled;
    if (!update_document_write(call, document, audience, correction, &filled))
        return false;
    *made = (struct made_edition){ filled.markdown, frozen_figures(call, &filled) };
    return made->figures.at != NULL;
}

static bool store_edition(struct call *call, const struct row *update, enum audience audience,
                          text correction, const struct made_edition *made, struct row *row)
{
    if (!row_init(call, &update_edition_record, row))
        return false;
    struct value *value = row->value;
    value[UPDATE_EDITION_TITLE] = value_text(
        call_format(call, "%.*s for %s", TEXT_FMT(value_as_text(update->value[UPDATE_TITLE])),
                    audience_words[audience]));
    value[UPDATE_EDITION_UPDATE] = value_ref(update->id);
    value[UPDATE_EDITION_NUMBER] = update->value[UPDATE_EDITIONS];
    value[UPDATE_EDITION_AUDIENCE] = value_choice(audience_words[audience]);
    value[UPDATE_EDITION_CORRECTION] = value_text(correction);
    value[UPDATE_EDITION_MARKDOWN] = value_text(made->markdown);
    value[UPDATE_EDITION_FIGURES] = value_text(made->figures);
    value[UPDATE_EDITION_CONTENT_HASH] =
        value_text(frozen_hash(call, made->markdown, made->figures));
    value[UPDATE_EDITION_PERSON] = value_ref(call->actor.person);
    value[UPDATE_EDITION_SENT_AT] = value_stamp(call->now);
    return ledger_create(call, row);
}

/* The channels of the audience get it; without any it stays where it is. */
static bool tell_audience(struct call *call, const struct row *update, enum audience audience,
                          const struct row *edition)
{
    text id = row_public_id(call, &update_edition_record, edition->id);
    const struct message message = { .key = call_format(call, "update-edition/%.*s", TEXT_FMT(id)),
                                     .subject = row_title(call, edition),
                                     .markdown =
                                         value_as_text(edition->value[UPDATE_EDITION_MARKDOWN]),
                                     .record = &update_edition_record,
                                     .row = edition->id };
    return message_to_audience(call, audience_words[audience],
                               value_as_int(update->value[UPDATE_TEAM]), &message);
}

/* --- sending --- */

static bool store_all(struct call *call, const struct row *before, struct row *after,
                      text correction, const struct made_edition made[AUDIENCES])
{
    if (!change_open(call, TEXT("send update")))
        return false;
    bool is_stored = ledger_update(call, before, after);
    for (size_t i = 0; is_stored && i < AUDIENCES; i++) {
        struct row edition;
        is_stored = store_edition(call, after, (enum audience)i, correction, &made[i], &edition) &&
                    tell_audience(call, after, (enum audience)i, &edition);
    }
    bool is_kept = is_stored && (correction.at || update_session_keep(call, after));
    if (is_kept && change_commit(call))
        return true;
    change_rollback(call);
    return false;
}

static bool store_sent(struct call *call, const struct row *before, struct row *after,
                       text correction)
{
    struct update_document document;
    struct made_edition made[AUDIENCES];
    after->value[UPDATE_EDITIONS] = value_int(value_as_int(before->value[UPDATE_EDITIONS]) + 1);
    after->value[UPDATE_STATE] = value_choice("sent");
    if (value_is_null(after->value[UPDATE_SENT_AT]))
        after->value[UPDATE_SENT_AT] = value_stamp(call->now);
    if (!update_document_read(call, after, &document) || !check(call, &document))
        return false;
    for (size_t i = 0; i < AUDIENCES; i++)
        if (!make_edition(call, &document, (enum audience)i, correction, &made[i]))
            return false;
    return store_all(call, before, after, correction, made);
}

bool update_send(struct call *call, const struct row *update)
{
    struct row after;
    if (update_is_sent(update))
        return fail(call, FAIL_CONFLICT,
                    "'%.*s' was sent already: 'rondo update correct' corrects it",
                    TEXT_FMT(row_public_id(call, &update_record, update->id)));
    return row_copy(call, update, &after) && store_sent(call, update, &after, TEXT_NONE);
}

static bool says_the_same(const struct row *before, const struct row *after)
{
    for (int field = UPDATE_PRODUCTION; field <= UPDATE_WORLD; field++)
        if (!value_equal(before->value[field], after->value[field]))
            return false;
    return true;
}

bool update_correct(struct call *call, const struct row *before, struct row *after, text note)
{
    if (!update_is_sent(before))
        return fail(call, FAIL_CONFLICT, "'%.*s' was not sent yet: edit it",
                    TEXT_FMT(row_public_id(call, &update_record, before->id)));
    if (text_trim(note).size == 0)
        return fail_at(call, "note", "say what is corrected: readers see it at the top");
    if (says_the_same(before, after))
        return fail_at(call, "production", "a correction changes something: no words differ");
    return store_sent(call, before, after, text_trim(note));
}

bool update_review(struct call *call, const struct row *update)
{
    struct update_document document;
    struct row after;
    text hash;
    rid reviewer = value_as_int(update->value[UPDATE_REVIEWER]);
    if (reviewer == 0)
        return fail(call, FAIL_CONFLICT, "nobody is asked to review '%.*s': set its reviewer first",
                    TEXT_FMT(row_public_id(call, &update_record, update->id)));
    if (reviewer != call->actor.person)
        return fail(call, FAIL_FORBIDDEN, "only %.*s can agree to these words",
                    TEXT_FMT(find_title(call, &person_record, reviewer)));
    if (!update_document_read(call, update, &document) ||
        !update_words_hash(call, &document, &hash) || !row_copy(call, update, &after))
        return false;
    after.value[UPDATE_REVIEWED_HASH] = value_text(hash);
    return ledger_update(call, update, &after);
}
