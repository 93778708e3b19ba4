/* See case_page.h: the page as JSON, and for a person's eye. What is not known is null or a dash.
 */
#include "offers/terminal.h"
#include "base/visible.h"
#include "rooms/evals/case_page.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/phrase.h"
#include "rooms/evals/review_put.h"
#include "store/find.h"

#include <inttypes.h>
#include <math.h>

static const char *const change_words[] = {
    [WORD_SAME] = "same",
    [WORD_REMOVED] = "removed",
    [WORD_ADDED] = "added",
};

static text run_text(const struct case_result *result, enum eval_run_field field)
{
    struct value value = result->run->value[field];
    return value_is_null(value) ? TEXT_NONE : value_as_text(value);
}

/* --- JSON --- */

static void put_trial(struct json_writer *writer, const struct case_trial *trial)
{
    json_object(writer);
    json_put_int(writer, "trial", trial->trial);
    json_put_string(writer, "verdict", verdict_words[trial->verdict]);
    json_put_real(writer, "score", trial->score);
    json_put_real(writer, "latency_ms", trial->latency_ms);
    json_put_real(writer, "cost_usd", trial->cost_usd);
    json_put_text(writer, "output", trial->output);
    json_put_text(writer, "reason", trial->reason);
    json_put_text(writer, "error", trial->error);
    json_put_text(writer, "failure", trial->failure);
    json_key(writer, "attributes");
    json_raw(writer, trial->attributes);
    json_object_end(writer);
}

static void put_result(struct call *call, struct json_writer *writer, const char *key,
                       bool is_known, const struct case_result *result)
{
    json_key(writer, key);
    if (!is_known) {
        json_null(writer);
        return;
    }
    json_object(writer);
    json_put_text(writer, "run", run_text(result, EVAL_RUN_RUN));
    json_put_text(writer, "id", row_public_id(call, &eval_run_record, result->run->id));
    json_put_stamp(writer, "started_at", value_as_int(result->run->value[EVAL_RUN_STARTED_AT]));
    json_put_text(writer, "model", run_text(result, EVAL_RUN_MODEL));
    json_put_text(writer, "prompt_version", run_text(result, EVAL_RUN_PROMPT_VERSION));
    json_put_text(writer, "judge", run_text(result, EVAL_RUN_JUDGE));
    json_put_string(writer, "verdict", result->is_held ? verdict_words[result->verdict] : NULL);
    json_key(writer, "trials");
    json_list(writer);
    for (size_t i = 0; i < result->trial_count; i++)
        put_trial(writer, &result->trial[i]);
    json_list_end(writer);
    json_object_end(writer);
}

static void put_difference(struct json_writer *writer, const struct case_page *page)
{
    json_key(writer, "difference");
    if (!page->difference) {
        json_null(writer);
        return;
    }
    json_list(writer);
    for (size_t i = 0; i < page->difference_count; i++) {
        json_object(writer);
        json_put_string(writer, "change", change_words[page->difference[i].change]);
        json_put_text(writer, "text", page->difference[i].words);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void put_strip(struct json_writer *writer, const struct case_page *page)
{
    json_key(writer, "strip");
    json_list(writer);
    for (size_t i = 0; i < page->strip_count; i++) {
        json_object(writer);
        review_put_week(writer, "week", true, page->strip[i].week);
        json_put_int(writer, "passed", page->strip[i].passed);
        json_put_int(writer, "n", page->strip[i].n);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static text verdict_person(struct call *call, const struct row *verdict)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    return find_title(call, person, value_as_int(verdict->value[HUMAN_VERDICT_PERSON]));
}

static void put_human_verdicts(struct call *call, struct json_writer *writer,
                               const struct case_page *page)
{
    json_key(writer, "human_verdicts");
    json_list(writer);
    for (size_t i = 0; i < page->verdict_count; i++) {
        const struct row *verdict = &page->verdict[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, &human_verdict_record, verdict->id));
        json_put_text(
            writer, "run",
            find_title(call, &eval_run_record, value_as_int(verdict->value[HUMAN_VERDICT_RUN])));
        json_put_text(writer, "person", verdict_person(call, verdict));
        json_put_text(writer, "verdict", value_as_text(verdict->value[HUMAN_VERDICT_VERDICT]));
        json_put_text(writer, "reason", value_as_text(verdict->value[HUMAN_VERDICT_REASON]));
        json_object_end(writer);
    }
    json_list_end(writer);
}

/* The texts that both runs share stand once: those of now, else of before. */
static text shared_text(const struct case_page *page, bool is_input)
{
    text now = is_input ? page->now.input : page->now.expected;
    return now.at ? now : is_input ? page->before.input : page->before.expected;
}

bool case_page_write_json(struct call *call, const struct case_page *page,
                          struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &eval_case_record, page->eval_case.id));
    json_put_text(writer, "case", value_as_text(page->eval_case.value[EVAL_CASE_KEY]));
    json_put_text(writer, "key_kind", value_as_text(page->eval_case.value[EVAL_CASE_KEY_KIND]));
    json_put_text(writer, "suite", page->suite_name);
    json_put_text(writer, "surface", value_as_text(page->surface.value[SURFACE_NAME]));
    review_put_week(writer, "week", page->has_week, page->week);
    json_put_text(writer, "input", shared_text(page, true));
    json_put_text(writer, "expected", shared_text(page, false));
    put_result(call, writer, "now", page->has_now, &page->now);
    put_result(call, writer, "before", page->has_before, &page->before);
    put_difference(writer, page);
    put_strip(writer, page);
    put_human_verdicts(call, writer, page);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

/* --- for a person --- */

/* As it may be shown, its lines kept. */
static text visible_lines(struct call *call, text words)
{
    struct out out;
    out_init(&out, call);
    for (bool is_first = true; words.at; is_first = false) {
        text line = text_cut(words, '\n', &words);
        if (!is_first)
            out_char(&out, '\n');
        visible_write(&out, line);
    }
    return out_view(&out);
}

struct pen {
    struct call *call;
    struct terminal terminal;
    struct out *out;
};

static void write_heading(const struct pen *pen, const char *words)
{
    out_char(pen->out, '\n');
    paint(pen->out, &pen->terminal, PAINT_BOLD, text_of(words));
    out_char(pen->out, '\n');
}

static void write_text(const struct pen *pen, const char *heading, text words)
{
    if (!words.at)
        return;
    write_heading(pen, heading);
    out_text(pen->out, visible_lines(pen->call, words));
    out_char(pen->out, '\n');
}

static size_t passed_trials(const struct case_result *result)
{
    size_t passed = 0;
    for (size_t i = 0; i < result->trial_count; i++)
        passed += result->trial[i].verdict == VERDICT_PASS;
    return passed;
}

static void write_result(const struct pen *pen, const char *heading, bool is_known,
                         const struct case_result *result)
{
    write_heading(pen, heading);
    if (!is_known) {
        out_string(pen->out, "no run\n");
        return;
    }
    out_format(pen->out, "run '%.*s'", TEXT_FMT(run_text(result, EVAL_RUN_RUN)));
    if (!result->is_held)
        out_string(pen->out, ": does not hold the case\n");
    else if (result->trial_count == 1)
        out_format(pen->out, ": %s\n", verdict_words[result->verdict]);
    else
        out_format(pen->out, ": %s, %zu of %zu trials pass\n", verdict_words[result->verdict],
                   passed_trials(result), result->trial_count);
    for (size_t i = 0; i < result->trial_count; i++) {
        const struct case_trial *trial = &result->trial[i];
        if (isfinite(trial->score))
            out_format(pen->out, "score %g\n", trial->score);
        if (trial->reason.at)
            out_format(pen->out, "judge: %.*s\n",
                       TEXT_FMT(visible_lines(pen->call, trial->reason)));
        if (trial->error.at)
            out_format(pen->out, "error: %.*s\n", TEXT_FMT(visible_lines(pen->call, trial->error)));
        if (trial->failure.at)
            out_format(pen->out, "failure: %.*s\n",
                       TEXT_FMT(visible_lines(pen->call, trial->failure)));
        if (trial->output.at)
            out_format(pen->out, "%.*s\n", TEXT_FMT(visible_lines(pen->call, trial->output)));
    }
}

/* Without colours what went stands in [-...-] and what came in {+...+}. */
static void write_difference(const struct pen *pen, const struct case_page *page)
{
    bool has_colours = pen->terminal.has_colours;
    if (!page->difference)
        return;
    write_heading(pen, "What changed in the output");
    for (size_t i = 0; i < page->difference_count; i++) {
        const struct word_piece *piece = &page->difference[i];
        text words = visible_lines(pen->call, piece->words);
        if (piece->change == WORD_SAME)
            out_text(pen->out, words);
        else if (has_colours)
            paint(pen->out, &pen->terminal, piece->change == WORD_ADDED ? PAINT_GREEN : PAINT_RED,
                  words);
        else
            out_format(pen->out, piece->change == WORD_ADDED ? "{+%.*s+}" : "[-%.*s-]",
                       TEXT_FMT(words));
    }
    out_char(pen->out, '\n');
}

static void write_strip(const struct pen *pen, const struct case_page *page)
{
    write_heading(pen, "Week by week");
    for (size_t i = 0; i < page->strip_count; i++) {
        const struct case_week *week = &page->strip[i];
        phrase_week(pen->out, week->week);
        if (week->n == 0)
            out_string(pen->out, "  not in the run\n");
        else
            out_format(pen->out, "  %" PRId64 " of %" PRId64 "\n", week->passed, week->n);
    }
}

static void write_human_verdicts(const struct pen *pen, const struct case_page *page)
{
    if (page->verdict_count)
        write_heading(pen, "What people said");
    for (size_t i = 0; i < page->verdict_count; i++) {
        const struct row *verdict = &page->verdict[i];
        struct value said = verdict->value[HUMAN_VERDICT_VERDICT],
                     reason = verdict->value[HUMAN_VERDICT_REASON];
        text word = value_is_null(said) ? TEXT("asked") : value_as_text(said);
        out_format(pen->out, "%.*s: %.*s", TEXT_FMT(verdict_person(pen->call, verdict)),
                   TEXT_FMT(word));
        if (!value_is_null(reason))
            out_format(pen->out, ", %.*s",
                       TEXT_FMT(visible_lines(pen->call, value_as_text(reason))));
        out_char(pen->out, '\n');
    }
}

static bool has_output(const struct case_result *result)
{
    return result->trial_count && result->trial[0].output.at;
}

void case_page_write_terminal(struct call *call, const struct case_page *page, bool has_colour,
                              struct out *out)
{
    const struct pen pen = { call, { .has_colours = has_colour }, out };
    text id = row_public_id(call, &eval_case_record, page->eval_case.id);
    text key = visible_lines(call, value_as_text(page->eval_case.value[EVAL_CASE_KEY]));
    paint(out, &pen.terminal, PAINT_BOLD, key);
    out_format(out, "  %.*s, suite '%.*s', surface '%.*s'", TEXT_FMT(id),
               TEXT_FMT(page->suite_name),
               TEXT_FMT(value_as_text(page->surface.value[SURFACE_NAME])));
    if (page->has_week) {
        out_string(out, ", ");
        phrase_week(out, page->week);
    }
    text kind = value_as_text(page->eval_case.value[EVAL_CASE_KEY_KIND]);
    if (!text_is(kind, "id"))
        out_format(out, ", known by its %.*s", TEXT_FMT(kind));
    out_char(out, '\n');
    if (page->has_now && !shared_text(page, true).at && !has_output(&page->now))
        out_format(out,
                   "The texts are not there: 'rondo suite set \"%.*s\" --keeps-texts yes' keeps "
                   "those of the next import.\n",
                   TEXT_FMT(page->suite_name));
    write_text(&pen, "Input", shared_text(page, true));
    write_text(&pen, "Expected", shared_text(page, false));
    write_result(&pen, "Before", page->has_before, &page->before);
    write_result(&pen, "Now", page->has_now, &page->now);
    write_difference(&pen, page);
    write_strip(&pen, page);
    write_human_verdicts(&pen, page);
}
