/* See knowledge_page_doors.h. */
#include "rooms/knowledge/knowledge_page_doors.h"

#include "base/stamp.h"
#include "http/reply.h"
#include "http/request.h"
#include "offers/body_words.h"
#include "offers/refs.h"
#include "rooms/knowledge/knowledge_page.h"
#include "rooms/knowledge/silo_report.h"
#include "store/find.h"

static bool make(struct call *call, text word, struct row *page, bool *is_new)
{
    const struct record *record;
    rid id;
    if (!catalog_id_read(call->catalog, word, &record, &id))
        return fail_at(call, "id", "'%.*s' is no id: write it like INC-3",
                       TEXT_FMT(text_until_character(word, FAIL_FIELD_SIZE)));
    return knowledge_page_from(call, record, id, page, is_new);
}

bool knowledge_page_post_from(struct call *call, const struct request *request,
                              struct reply *reply)
{
    text word;
    const struct body_word known[] = { { "id", &word } };
    struct row page;
    bool is_new;
    if (!body_words_read(call, request, known, 1))
        return false;
    if (!word.at)
        return fail_at(call, "id", "say of what the page is made: {\"id\": \"INC-3\"}");
    if (!make(call, word, &page, &is_new))
        return false;
    reply->status = is_new ? 201 : 200;
    return row_show_json(call, &page, refs_name, &reply->json);
}

bool knowledge_page_post_reviewed(struct call *call, const struct request *request,
                                  struct reply *reply)
{
    struct row page;
    rid id;
    return refs_find(call, &knowledge_page_record, request->part[0], &id) &&
           knowledge_page_reviewed(call, id) &&
           find_row(call, &knowledge_page_record, id, &page) &&
           row_show_json(call, &page, refs_name, &reply->json);
}

bool knowledge_get_silos(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return silo_report_write_json(call, &reply->json);
}

bool knowledge_page_run_from(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    struct row page;
    bool is_new;
    if (!make(call, invocation->argument[0], &page, &is_new))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        bool is_written = row_show_json(call, &page, refs_name, &writer);
        out_char(invocation->out, '\n');
        return is_written;
    }
    out_format(invocation->out, "%s %.*s %.*s\n", is_new ? "Made" : "There is",
               TEXT_FMT(row_public_id(call, &knowledge_page_record, page.id)),
               TEXT_FMT(row_title(call, &page)));
    return !invocation->out->failed;
}

bool knowledge_page_run_reviewed(struct call *call, struct invocation *invocation)
{
    char day[DATE_TEXT_SIZE];
    struct row page;
    rid id;
    if (!refs_find(call, &knowledge_page_record, invocation->argument[0], &id) ||
        !knowledge_page_reviewed(call, id) || !find_row(call, &knowledge_page_record, id, &page))
        return false;
    date_write(value_as_int(page.value[KNOWLEDGE_PAGE_REVIEW_BY]), day);
    out_format(invocation->out, "It holds until %s\n", day);
    return !invocation->out->failed;
}

bool knowledge_run_silos(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    if (!invocation->as_json)
        return silo_report_write_words(call, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    bool is_written = silo_report_write_json(call, &writer);
    out_char(invocation->out, '\n');
    return is_written;
}
