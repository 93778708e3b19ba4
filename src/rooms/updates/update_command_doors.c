/* See update_doors.h: the commands. */
#include "base/markdown.h"
#include "ledger/ledger.h"
#include "offers/figure.h"
#include "offers/listing.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/updates/update_check.h"
#include "rooms/updates/update_doors.h"
#include "rooms/updates/update_document.h"
#include "rooms/updates/update_draft.h"
#include "rooms/updates/update_page.h"
#include "rooms/updates/update_send.h"

enum { COLUMNS = 72 };

#define OF_WEEK                                                                                    \
    { .name = "week", .kind = OPTION_TEXT, .placeholder = "WEEK",                                  \
      .help = "The week, such as 2026-W47; without one, this." },                                  \
    { .name = "team", .kind = OPTION_TEXT, .placeholder = "TEAM",                                  \
      .help = "Whose; without one, the whole workspace's." }

const struct option update_options[] = {
    OF_WEEK,
    { .name = "audience",
      .kind = OPTION_CHOICE,
      .placeholder = "WHO",
      .choices = audience_words,
      .help = "As these read it; without one, as engineering does." },
    { .name = "md", .kind = OPTION_FLAG, .help = "Print it as Markdown." },
    { .name = "html", .kind = OPTION_FLAG, .help = "Print it as HTML." },
    { 0 },
};

const struct option update_check_options[] = { OF_WEEK, { 0 } };

const struct option update_correct_options[] = {
    OF_WEEK,
    { .name = "note",
      .kind = OPTION_TEXT,
      .placeholder = "TEXT",
      .help = "What is corrected; readers see it at the top." },
    { .name = "production", .kind = OPTION_TEXT, .placeholder = "TEXT",
      .help = "What changed in production, anew." },
    { .name = "eval", .kind = OPTION_TEXT, .placeholder = "TEXT", .help = "The eval insight." },
    { .name = "user", .kind = OPTION_TEXT, .placeholder = "TEXT", .help = "The user insight." },
    { .name = "cost-latency", .kind = OPTION_TEXT, .placeholder = "TEXT",
      .help = "The cost or latency observation." },
    { .name = "world", .kind = OPTION_TEXT, .placeholder = "TEXT",
      .help = "What changed in the world." },
    { 0 },
};

/* --- which update is meant --- */

static bool read_week(struct call *call, const struct invocation *invocation, rid *team,
                      text *week)
{
    text word = option_text(invocation, "team");
    *team = 0;
    return (!word.at || refs_find(call, &team_record, word, team)) &&
           update_week(call, *team, option_text(invocation, "week"), week);
}

static bool find_stored(struct call *call, const struct invocation *invocation,
                        struct row *update)
{
    text week;
    rid team;
    if (!read_week(call, invocation, &team, &week))
        return false;
    if (update_find(call, team, week, update))
        return true;
    return call->fail.kind == FAIL_NONE &&
           fail(call, FAIL_NOT_FOUND, "there is no update of %.*s yet: 'rondo update draft' begins "
                "it", TEXT_FMT(week));
}

/* --- printing --- */

static bool print_json(struct call *call, struct invocation *invocation, const struct row *update,
                       enum audience audience)
{
    struct json_writer writer;
    json_writer_init(&writer, invocation->out, true);
    if (!update_page_write_json(call, update, audience, &writer))
        return false;
    out_char(invocation->out, '\n');
    return !invocation->out->failed;
}

/* As it is asked for: JSON, Markdown, HTML, else words for a terminal. */
static bool print(struct call *call, struct invocation *invocation, const struct row *update)
{
    text markdown, shown;
    enum audience audience;
    if (!audience_check(call, option_text(invocation, "audience"), AUDIENCE_ENGINEERING,
                        &audience))
        return false;
    if (invocation->as_json)
        return print_json(call, invocation, update, audience);
    if (!update_text(call, update, audience, &markdown))
        return false;
    shown = markdown;
    if (option_flag(invocation, "html") ? !markdown_html(call, markdown, &shown)
        : option_flag(invocation, "md")
            ? false
            : !markdown_plain(call, markdown, COLUMNS, TEXT_NONE, &shown))
        return false;
    out_text(invocation->out, shown);
    if (audience == AUDIENCE_EXECUTIVES && update_words(markdown) > UPDATE_BRIEF_WORDS_MAX)
        out_format(invocation->err, "it has %zu words: half a page is %d\n",
                   update_words(markdown), UPDATE_BRIEF_WORDS_MAX);
    return !invocation->out->failed;
}

/* --- verbs --- */

bool update_run_draft(struct call *call, struct invocation *invocation)
{
    struct row update;
    text week;
    rid team;
    bool is_new;
    return read_week(call, invocation, &team, &week) &&
           update_draft_store(call, team, week, &update, &is_new) &&
           print(call, invocation, &update);
}

static bool print_problems(struct call *call, struct invocation *invocation,
                           const struct update_problems *problems)
{
    struct json_writer writer;
    if (!invocation->as_json) {
        for (size_t i = 0; i < problems->count; i++)
            out_format(invocation->out, "- %.*s\n", TEXT_FMT(problems->problem[i]));
        if (problems->count == 0)
            out_string(invocation->out, "Nothing is missing: 'rondo update send' sends it.\n");
        return !invocation->out->failed;
    }
    json_writer_init(&writer, invocation->out, true);
    json_object(&writer);
    json_key(&writer, "errors");
    json_list(&writer);
    for (size_t i = 0; i < problems->count; i++)
        json_text(&writer, problems->problem[i]);
    json_list_end(&writer);
    json_object_end(&writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

/* Of a week without a draft it says what the house's own draft would still need. */
bool update_run_check(struct call *call, struct invocation *invocation)
{
    struct update_document document;
    struct update_problems problems = { .problem = NULL };
    struct row update;
    text week;
    rid team;
    if (!read_week(call, invocation, &team, &week) ||
        !update_draft_make(call, team, week, &update) ||
        !update_document_read(call, &update, &document) ||
        (!update_is_sent(&update) && !update_check_all(call, &document, &problems)))
        return false;
    if (problems.count)
        invocation->exit = EXIT_NO;
    return print_problems(call, invocation, &problems);
}

static bool print_again(struct call *call, struct invocation *invocation, rid id)
{
    struct row update;
    return find_row(call, &update_record, id, &update) && print(call, invocation, &update);
}

bool update_run_send(struct call *call, struct invocation *invocation)
{
    struct row update;
    return find_stored(call, invocation, &update) && update_send(call, &update) &&
           print_again(call, invocation, update.id);
}

bool update_run_correct(struct call *call, struct invocation *invocation)
{
    static const struct {
        const char *option;
        enum update_field field;
    } words[] = { { "production", UPDATE_PRODUCTION },
                  { "eval", UPDATE_EVAL },
                  { "user", UPDATE_USER },
                  { "cost-latency", UPDATE_COST_LATENCY },
                  { "world", UPDATE_WORLD } };
    struct row update, after;
    if (!find_stored(call, invocation, &update) || !row_copy(call, &update, &after))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        text word = option_text(invocation, words[i].option);
        if (word.at)
            after.value[words[i].field] = value_text(word);
    }
    return update_correct(call, &update, &after, option_text(invocation, "note")) &&
           print_again(call, invocation, update.id);
}

bool update_run_review(struct call *call, struct invocation *invocation)
{
    struct row update;
    return find_stored(call, invocation, &update) && update_review(call, &update) &&
           print_again(call, invocation, update.id);
}

bool update_explain(struct call *call, rid update, text about, text explanation)
{
    struct query query;
    struct row before, after;
    query_init(&query, &update_explanation_record);
    if (!query_add(call, &query, UPDATE_EXPLANATION_UPDATE, FILTER_IS, value_ref(update)) ||
        !query_add(call, &query, UPDATE_EXPLANATION_ABOUT, FILTER_IS, value_text(about)))
        return false;
    bool is_there = find_first(call, &query, &before);
    if (call->fail.kind != FAIL_NONE)
        return false;
    if (is_there ? !row_copy(call, &before, &after)
                 : !row_init(call, &update_explanation_record, &after))
        return false;
    after.value[UPDATE_EXPLANATION_UPDATE] = value_ref(update);
    after.value[UPDATE_EXPLANATION_ABOUT] = value_text(about);
    after.value[UPDATE_EXPLANATION_EXPLANATION] = value_text(explanation);
    return is_there ? ledger_update(call, &before, &after) : ledger_create(call, &after);
}

bool update_run_explain(struct call *call, struct invocation *invocation)
{
    struct row update;
    if (!find_stored(call, invocation, &update) ||
        !update_explain(call, update.id, invocation->argument[0], invocation->argument[1]))
        return false;
    out_format(invocation->out, "Explained %.*s\n", TEXT_FMT(invocation->argument[0]));
    return !invocation->out->failed;
}

/* --- figures --- */

static bool print_told(struct call *call, struct invocation *invocation, text written,
                       const struct figure_scope *scope)
{
    struct told_figure told;
    struct json_writer writer;
    if (!figure_tell(call, written, scope, &told))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        if (!figure_write_json(call, &told, &writer))
            return false;
        out_char(invocation->out, '\n');
        return true;
    }
    out_format(invocation->out, "%.*s\n", TEXT_FMT(told.answer.words));
    if (!told.answer.is_known)
        out_format(invocation->out, "%.*s\n", TEXT_FMT(told.answer.why_unknown));
    for (size_t i = 0; i < told.answer.mark_count; i++)
        out_format(invocation->out, "%s: %.*s\n", figure_mark_words[told.answer.mark[i].kind],
                   TEXT_FMT(told.answer.mark[i].why));
    if (told.answer.working.at)
        out_format(invocation->out, "%.*s\n", TEXT_FMT(told.answer.working));
    return !invocation->out->failed;
}

static bool print_list(struct call *call, struct invocation *invocation)
{
    struct json_writer writer;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        bool is_written = figures_write_json(call, &writer);
        out_char(invocation->out, '\n');
        return is_written;
    }
    for (const struct room *const *room = call->catalog->rooms; *room; room++)
        for (const struct figure *figure = (*room)->figures; figure && figure->name; figure++)
            out_format(invocation->out, "%-26s %s\n", figure->name, figure->help);
    return !invocation->out->failed;
}

bool update_run_figures(struct call *call, struct invocation *invocation)
{
    struct figure_scope scope = { .as_of = LISTING_NOW };
    text week;
    if (invocation->argument_count == 0)
        return print_list(call, invocation);
    return read_week(call, invocation, &scope.team, &week) &&
           week_check(call, week, &scope.week) &&
           print_told(call, invocation, invocation->argument[0], &scope);
}
