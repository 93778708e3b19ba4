/* See update_page.h. */
#include "rooms/updates/update_page.h"

#include "base/markdown.h"
#include "offers/refs.h"
#include "rooms/updates/update_check.h"
#include "rooms/updates/update_document.h"
#include "rooms/updates/update_send.h"

/* A line as it will be read: its figures stand for what they are now. */
static bool write_html(struct call *call, const struct update_document *document, text line,
                       struct json_writer *writer)
{
    struct figure_text filled = { .markdown = TEXT_NONE };
    text html;
    if (!figure_text_fill(call, line, &document->scope, &filled) ||
        !markdown_html(call, filled.markdown, &html))
        return false;
    json_put_text(writer, "html", html);
    return true;
}

static bool write_line(struct call *call, const struct update_document *document,
                       const struct update_line *line, struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "line", line->line);
    if (!write_html(call, document, line->line, writer))
        return false;
    json_put_string(writer, "source", line->source->name);
    json_put_string(writer, "label", line->source->label);
    json_put_string(writer, "record", line->record->name);
    json_put_text(writer, "id", row_public_id(call, line->record, line->row));
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static bool write_candidates(struct call *call, const struct update_document *document,
                             struct json_writer *writer)
{
    json_key(writer, "candidates");
    json_object(writer);
    for (int part = 0; part < UPDATE_PART_EXCEPTION; part++) {
        struct update_lines lines;
        if (!update_lines_of(call, &document->ask, (enum update_part)part, &lines))
            return false;
        json_key(writer, update_part_words[part]);
        json_list(writer);
        for (size_t i = 0; i < lines.count; i++)
            if (!write_line(call, document, &lines.line[i], writer))
                return false;
        json_list_end(writer);
    }
    json_object_end(writer);
    return true;
}

static bool write_rows(struct call *call, const char *key, const struct rows *rows,
                       struct json_writer *writer)
{
    json_key(writer, key);
    json_list(writer);
    for (size_t i = 0; i < rows->count; i++)
        if (!row_show_json(call, &rows->row[i], refs_name, writer))
            return false;
    json_list_end(writer);
    return true;
}

static bool write_exception(struct call *call, const struct update_document *document,
                            const struct update_line *line, struct json_writer *writer)
{
    text explained = update_explained(call, document, line);
    json_object(writer);
    json_put_text(writer, "line", line->line);
    if (!write_html(call, document, line->line, writer))
        return false;
    json_put_text(writer, "about", row_public_id(call, line->record, line->row));
    json_put_string(writer, "label", line->source->label);
    json_put_string(writer, "record", line->record->name);
    if (explained.at)
        json_put_text(writer, "explanation", explained);
    else
        json_put_null(writer, "explanation");
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static bool write_exceptions(struct call *call, const struct update_document *document,
                             struct json_writer *writer)
{
    json_key(writer, "exceptions");
    json_list(writer);
    for (size_t i = 0; i < document->exceptions.count; i++)
        if (!write_exception(call, document, &document->exceptions.line[i], writer))
            return false;
    json_list_end(writer);
    return true;
}

static bool write_errors(struct call *call, const struct update_document *document,
                         struct json_writer *writer)
{
    struct update_problems problems = { .problem = NULL };
    if (!update_is_sent(&document->update) && !update_check_all(call, document, &problems))
        return false;
    json_key(writer, "errors");
    json_list(writer);
    for (size_t i = 0; i < problems.count; i++)
        json_text(writer, problems.problem[i]);
    json_list_end(writer);
    return true;
}

/* What is read: of a sent update its latest edition, which nothing changes any more. */
static bool write_preview(struct call *call, const struct update_document *document,
                          const struct rows *editions, enum audience audience,
                          struct json_writer *writer)
{
    struct figure_text filled;
    text markdown, html;
    json_key(writer, "figures");
    if (editions->count) {
        markdown = value_as_text(editions->row[0].value[UPDATE_EDITION_MARKDOWN]);
        json_raw(writer, value_as_text(editions->row[0].value[UPDATE_EDITION_FIGURES]));
    } else {
        if (!update_document_write(call, document, audience, TEXT_NONE, &filled) ||
            !figure_text_write_json(call, &filled, writer))
            return false;
        markdown = filled.markdown;
    }
    if (!markdown_html(call, markdown, &html))
        return false;
    json_put_text(writer, "markdown", markdown);
    json_put_text(writer, "html", html);
    json_put_int(writer, "words", (int64_t)update_words(markdown));
    json_put_int(writer, "brief_words_max", UPDATE_BRIEF_WORDS_MAX);
    return true;
}

bool update_page_write_json(struct call *call, const struct row *update, enum audience audience,
                            struct json_writer *writer)
{
    struct update_document document;
    struct rows editions = { .row = NULL };
    if (!update_document_read(call, update, &document) ||
        (update->id && !update_editions(call, update->id, audience, &editions)))
        return false;
    json_object(writer);
    json_key(writer, "update");
    if (!row_show_json(call, update, refs_name, writer))
        return false;
    json_put_bool(writer, "is_stored", update->id != 0);
    json_put_string(writer, "audience", audience_words[audience]);
    bool is_written = write_candidates(call, &document, writer) &&
                      write_rows(call, "bets", &document.bets, writer) &&
                      write_rows(call, "last_bets", &document.last_bets, writer) &&
                      write_exceptions(call, &document, writer) &&
                      write_errors(call, &document, writer) &&
                      write_rows(call, "editions", &editions, writer) &&
                      write_preview(call, &document, &editions, audience, writer);
    json_object_end(writer);
    return is_written;
}

/* --- bets over time --- */

struct scores {
    int64_t hit, missed, dropped, open;
};

static bool count_bets(struct call *call, rid update, struct scores *scores)
{
    struct rows bets;
    if (!update_bets(call, update, &bets))
        return false;
    for (size_t i = 0; i < bets.count; i++) {
        text state = value_as_text(bets.row[i].value[BET_STATE]);
        scores->hit += text_is(state, "hit");
        scores->missed += text_is(state, "missed");
        scores->dropped += text_is(state, "dropped");
        scores->open += text_is(state, "open");
    }
    return true;
}

/* Of the bets that were scored; dropped ones count, so that nothing is gained by dropping. */
static void write_scores(const struct scores *scores, struct json_writer *writer)
{
    int64_t scored = scores->hit + scores->missed + scores->dropped;
    json_put_int(writer, "hit", scores->hit);
    json_put_int(writer, "missed", scores->missed);
    json_put_int(writer, "dropped", scores->dropped);
    json_put_int(writer, "open", scores->open);
    if (scored)
        json_put_real(writer, "hit_rate", (double)scores->hit / (double)scored);
    else
        json_put_null(writer, "hit_rate");
}

static bool write_week(struct call *call, const struct row *update, struct json_writer *writer)
{
    struct scores scores = { 0 };
    if (!count_bets(call, update->id, &scores))
        return false;
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &update_record, update->id));
    json_put_text(writer, "title", row_title(call, update));
    json_put_text(writer, "week", value_as_text(update->value[UPDATE_WEEK]));
    json_put_text(writer, "state", value_as_text(update->value[UPDATE_STATE]));
    json_put_stamp(writer, "sent_at", value_as_int(update->value[UPDATE_SENT_AT]));
    write_scores(&scores, writer);
    json_object_end(writer);
    return true;
}

bool bets_write_json(struct call *call, rid team, struct json_writer *writer)
{
    struct query query;
    struct rows updates;
    query_init(&query, &update_record);
    query.sort = UPDATE_WEEK;
    query.is_descending = true;
    if ((team && !query_add(call, &query, UPDATE_TEAM, FILTER_IS, value_ref(team))) ||
        !find_rows(call, &query, &updates))
        return false;
    json_object(writer);
    json_key(writer, "weeks");
    json_list(writer);
    for (size_t i = 0; i < updates.count; i++)
        if (!write_week(call, &updates.row[i], writer))
            return false;
    json_list_end(writer);
    json_object_end(writer);
    return true;
}
