/* See update_doors.h: the routes. */
#include "base/markdown.h"
#include "engine/text_diff.h"
#include "http/reply.h"
#include "http/request.h"
#include "ledger/ledger.h"
#include "offers/body_words.h"
#include "offers/figure.h"
#include "offers/listing.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/updates/update_doors.h"
#include "rooms/updates/update_document.h"
#include "rooms/updates/update_draft.h"
#include "rooms/updates/update_page.h"
#include "rooms/updates/update_send.h"

enum { COLUMNS = 72 };

const struct query_parameter update_week_parameters[] = {
    { "week", "The week, such as 2026-W47; without one, this.", "string" },
    { "team", "Whose; without one, the whole workspace's.", "string" },
    { "audience", "As engineering, design or executives read it.", "string" },
    { 0 },
};

const struct query_parameter update_audience_parameters[] = {
    { "audience", "As engineering, design or executives read it.", "string" },
    { 0 },
};

const struct query_parameter update_figure_parameters[] = {
    { "written", "As it stands in a text: 'evals.pass_rate surface=support'.", "string" },
    { "week", "What \"this week\" means; without one, this.", "string" },
    { "team", "Whose; without one, the whole workspace's.", "string" },
    { 0 },
};

static bool read_team(struct call *call, text word, rid *team)
{
    *team = 0;
    return !word.at || refs_find(call, &team_record, word, team);
}

static bool find_update(struct call *call, const struct request *request, struct row *update)
{
    rid id;
    return refs_find(call, &update_record, request->part[0], &id) &&
           find_row(call, &update_record, id, update);
}

static bool write_page(struct call *call, const struct row *update, text audience_word,
                       struct reply *reply)
{
    enum audience audience;
    return audience_check(call, audience_word, AUDIENCE_ENGINEERING, &audience) &&
           update_page_write_json(call, update, audience, &reply->json);
}

bool update_get_week(struct call *call, const struct request *request, struct reply *reply)
{
    struct row update;
    text week;
    rid team;
    return read_team(call, request_query(request, "team"), &team) &&
           update_week(call, team, request_query(request, "week"), &week) &&
           update_draft_make(call, team, week, &update) &&
           write_page(call, &update, request_query(request, "audience"), reply);
}

bool update_get_page(struct call *call, const struct request *request, struct reply *reply)
{
    struct row update;
    return find_update(call, request, &update) &&
           write_page(call, &update, request_query(request, "audience"), reply);
}

bool update_get_bets(struct call *call, const struct request *request, struct reply *reply)
{
    rid team;
    return read_team(call, request_query(request, "team"), &team) &&
           bets_write_json(call, team, &reply->json);
}

/* --- beside the week before --- */

/* Nothing where there is no update before. */
static bool read_before(struct call *call, const struct row *before, enum audience audience,
                        text *markdown)
{
    *markdown = TEXT("");
    return before->id == 0 || update_text(call, before, audience, markdown);
}

bool update_get_diff(struct call *call, const struct request *request, struct reply *reply)
{
    struct row update, before;
    enum audience audience;
    struct text_diff diff;
    text was, is;
    if (!audience_check(call, request_query(request, "audience"), AUDIENCE_ENGINEERING,
                        &audience) ||
        !find_update(call, request, &update) ||
        !update_before(call, value_as_int(update.value[UPDATE_TEAM]),
                       value_as_text(update.value[UPDATE_WEEK]), &before) ||
        !read_before(call, &before, audience, &was) ||
        !update_text(call, &update, audience, &is) ||
        !text_diff(call, was, is, DIFF_LINES, &diff))
        return false;
    struct json_writer *json = &reply->json;
    json_object(json);
    json_put_text(json, "from",
                  before.id ? row_public_id(call, &update_record, before.id) : TEXT(""));
    json_put_text(json, "to", row_public_id(call, &update_record, update.id));
    json_key(json, "pieces");
    json_list(json);
    for (size_t i = 0; i < diff.count; i++) {
        json_object(json);
        json_put_string(json, "op", diff_op_words[diff.piece[i].op]);
        json_put_text(json, "text", diff.piece[i].words);
        json_object_end(json);
    }
    json_list_end(json);
    json_object_end(json);
    return true;
}

/* --- figures --- */

bool update_get_figures(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return figures_write_json(call, &reply->json);
}

bool update_get_figure(struct call *call, const struct request *request, struct reply *reply)
{
    struct figure_scope scope = { .as_of = LISTING_NOW };
    struct told_figure told;
    text week, written = request_query(request, "written");
    if (!written.at)
        return fail_at(call, "written", "say which: ?written=evals.pass_rate surface=support");
    return read_team(call, request_query(request, "team"), &scope.team) &&
           update_week(call, scope.team, request_query(request, "week"), &week) &&
           week_check(call, week, &scope.week) && figure_tell(call, written, &scope, &told) &&
           figure_write_json(call, &told, &reply->json);
}

/* --- one edition for mail --- */

static bool edition_text(struct call *call, const struct request *request, text *title,
                         text *markdown)
{
    struct row edition;
    rid id;
    if (!refs_find(call, &update_edition_record, request->part[0], &id) ||
        !find_row(call, &update_edition_record, id, &edition))
        return false;
    *title = row_title(call, &edition);
    *markdown = value_as_text(edition.value[UPDATE_EDITION_MARKDOWN]);
    return true;
}

/* A team's name stands in the title: it is words, no markup. */
static void write_escaped(struct out *out, text words)
{
    for (size_t i = 0; i < words.size; i++) {
        char c = words.at[i];
        if (c == '&' || c == '<' || c == '>')
            out_string(out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
        else
            out_char(out, c);
    }
}

bool update_get_html(struct call *call, const struct request *request, struct reply *reply)
{
    text title, markdown, html;
    if (!edition_text(call, request, &title, &markdown) || !markdown_html(call, markdown, &html))
        return false;
    reply->type = "text/html; charset=utf-8";
    out_string(&reply->body, "<!doctype html><meta charset=\"utf-8\"><title>");
    write_escaped(&reply->body, title);
    out_format(&reply->body, "</title>\n%.*s", TEXT_FMT(html));
    return true;
}

bool update_get_text(struct call *call, const struct request *request, struct reply *reply)
{
    text title, markdown, plain;
    if (!edition_text(call, request, &title, &markdown) ||
        !markdown_plain(call, markdown, COLUMNS, TEXT_NONE, &plain))
        return false;
    reply->type = "text/plain; charset=utf-8";
    out_text(&reply->body, plain);
    return true;
}

/* --- verbs --- */

bool update_post_draft(struct call *call, const struct request *request, struct reply *reply)
{
    struct row update;
    text week, week_word, team_word;
    const struct body_word known[] = { { "week", &week_word }, { "team", &team_word } };
    bool is_new;
    rid team;
    if (!body_words_read(call, request, known, 2) || !read_team(call, team_word, &team) ||
        !update_week(call, team, week_word, &week) ||
        !update_draft_store(call, team, week, &update, &is_new))
        return false;
    reply->status = is_new ? 201 : 200;
    return write_page(call, &update, TEXT_NONE, reply);
}

/* As it is after the verb. */
static bool write_again(struct call *call, rid id, struct reply *reply)
{
    struct row update;
    return find_row(call, &update_record, id, &update) &&
           write_page(call, &update, TEXT_NONE, reply);
}

bool update_post_send(struct call *call, const struct request *request, struct reply *reply)
{
    struct row update;
    return find_update(call, request, &update) && update_send(call, &update) &&
           write_again(call, update.id, reply);
}

bool update_post_review(struct call *call, const struct request *request, struct reply *reply)
{
    struct row update;
    return find_update(call, request, &update) && update_review(call, &update) &&
           write_again(call, update.id, reply);
}

bool update_post_correct(struct call *call, const struct request *request, struct reply *reply)
{
    text note, words[UPDATE_WORLD - UPDATE_PRODUCTION + 1];
    struct body_word known[2 + UPDATE_WORLD - UPDATE_PRODUCTION] = { { "note", &note } };
    struct row update, after;
    for (int field = UPDATE_PRODUCTION; field <= UPDATE_WORLD; field++)
        known[1 + field - UPDATE_PRODUCTION] = (struct body_word){
            update_record.field[field].name, &words[field - UPDATE_PRODUCTION]
        };
    if (!find_update(call, request, &update) ||
        !body_words_read(call, request, known, sizeof known / sizeof *known) ||
        !row_copy(call, &update, &after))
        return false;
    for (int field = UPDATE_PRODUCTION; field <= UPDATE_WORLD; field++)
        if (words[field - UPDATE_PRODUCTION].at)
            after.value[field] = value_text(words[field - UPDATE_PRODUCTION]);
    return update_correct(call, &update, &after, note) && write_again(call, update.id, reply);
}

bool update_post_explain(struct call *call, const struct request *request, struct reply *reply)
{
    text about, explanation;
    const struct body_word known[] = { { "about", &about }, { "explanation", &explanation } };
    struct row update;
    return find_update(call, request, &update) && body_words_read(call, request, known, 2) &&
           update_explain(call, update.id, about, explanation) &&
           write_again(call, update.id, reply);
}
