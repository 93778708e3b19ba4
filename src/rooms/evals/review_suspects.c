/*
 * The suspects of a drop, as a table with what is said under it, and as JSON. Priors are said to be
 * defaults, and what the data cannot tell is said, too.
 */
#include "rooms/evals/review_page.h"

#include "rooms/evals/phrase.h"
#include "rooms/evals/review_put.h"

#include <inttypes.h>

/* --- the page --- */

static const struct grid_column columns[] = {
    { "Suspect", GRID_LEFT },     { "Posterior", GRID_RIGHT }, { "Touched", GRID_LEFT },
    { "Other cases", GRID_LEFT }, { "p", GRID_RIGHT },         { NULL, GRID_LEFT },
};

enum { SUSPECT_COLUMNS = 5, SUSPECTS_SHOWN_MAX = 5 };

static text failing_of(struct call *call, int64_t failing, int64_t ok)
{
    if (failing + ok == 0)
        return TEXT("none");
    return call_format(call, "%" PRId64 " of %" PRId64 " fail", failing, failing + ok);
}

static text p_of(struct call *call, const struct review_suspect *suspect)
{
    struct out out;
    if (!suspect->counts.has_counts)
        return TEXT("-");
    out_init(&out, call);
    phrase_p(&out, suspect->rank.p_fisher);
    return out_view(&out);
}

static void fill_row(struct call *call, const struct review_suspect *suspect, text *cell)
{
    const struct suspect *counts = &suspect->counts;
    cell[0] = suspect->has_effective_at
                  ? call_format(call, "%.*s %.*s", TEXT_FMT(suspect->id), TEXT_FMT(suspect->title))
                  : suspect->title;
    cell[1] = call_format(call, "%.1f %%", 100 * suspect->rank.posterior);
    cell[2] =
        counts->has_counts ? failing_of(call, counts->touched_fail, counts->touched_ok) : TEXT("-");
    cell[3] =
        counts->has_counts ? failing_of(call, counts->other_fail, counts->other_ok) : TEXT("-");
    cell[4] = p_of(call, suspect);
}

/* Changes that touched every case differ by their priors alone. */
static size_t count_of_all(const struct review_suspects *suspects)
{
    size_t count = 0;
    for (size_t i = 0; i < suspects->count; i++) {
        const struct suspect *counts = &suspects->suspect[i].counts;
        count += counts->has_counts && counts->other_fail + counts->other_ok == 0;
    }
    return count;
}

static void write_plan(struct out *out, const struct review_rerun_plan *plan)
{
    out_string(out, " To tell: go back on ");
    if (plan->change_count > 1)
        out_string(out, "half of ");
    phrase_names(out, plan->change, plan->change_count, SUSPECTS_SHOWN_MAX);
    out_string(out, plan->change_count > 1 ? " at a time, " : ", ");
    phrase_count(out, plan->reruns, "rerun", "reruns");
    out_format(out, " of %" PRId64 " failing and %" PRId64 " other cases", plan->cases,
               plan->controls);
    if (plan->has_cost)
        out_format(out, ", about $%.2f", plan->cost_usd);
    out_char(out, '.');
}

static void write_priors(struct out *out, const struct review_suspects *suspects)
{
    if (suspects->confirmed == 0) {
        out_string(out, "defaults.");
        return;
    }
    out_string(out, "learned from ");
    phrase_count(out, suspects->confirmed, "confirmed cause", "confirmed causes");
    out_char(out, '.');
}

static text words_of(struct call *call, const struct review_suspects *suspects)
{
    struct out out;
    size_t count_all = count_of_all(suspects);
    out_init(&out, call);
    out_format(&out, "%s. Changes after '%.*s' up to '%.*s'; priors are ",
               suspects->suspect[0].verdict, TEXT_FMT(suspects->last_good),
               TEXT_FMT(suspects->first_bad));
    write_priors(&out, suspects);
    if (count_all == 1)
        out_string(&out, " One change touched every case: its share is its prior, the data of one "
                         "run cannot tell.");
    if (count_all > 1)
        out_format(&out, " %zu changes touched every case: data cannot tell them apart.",
                   count_all);
    if (suspects->has_plan)
        write_plan(&out, &suspects->plan);
    return out_view(&out);
}

void review_page_suspects(const struct review_pen *pen, const struct surface_review *surface)
{
    const struct review_suspects *suspects = &surface->suspects;
    size_t count = suspects->count;
    if (count > SUSPECTS_SHOWN_MAX)
        count = SUSPECTS_SHOWN_MAX;
    text *cell = count ? call_array(pen->call, count * SUSPECT_COLUMNS, sizeof *cell) : NULL;
    if (!cell)
        return;
    for (size_t i = 0; i < count; i++)
        fill_row(pen->call, &suspects->suspect[i], cell + i * SUSPECT_COLUMNS);
    pen->fact(pen, "Suspects", PAINT_NONE, words_of(pen->call, suspects));
    pen->table(pen, columns, cell, count * SUSPECT_COLUMNS);
}

/* --- JSON --- */

static void put_count(struct json_writer *writer, const char *key, bool is_known, int64_t count)
{
    if (is_known)
        json_put_int(writer, key, count);
    else
        json_put_null(writer, key);
}

static void write_suspect(struct json_writer *writer, const struct review_suspect *suspect)
{
    const struct suspect *counts = &suspect->counts;
    const struct ranked_suspect *rank = &suspect->rank;
    json_object(writer);
    json_put_text(writer, "id", suspect->id);
    json_put_string(writer, "kind", suspect->kind);
    json_put_text(writer, "title", suspect->title);
    json_put_stamp(writer, "effective_at", suspect->has_effective_at ? suspect->effective_at : 0);
    json_put_real(writer, "share", suspect->share);
    json_put_real(writer, "prior", counts->prior);
    json_put_real(writer, "log_lr", rank->log_lr);
    review_put_real(writer, "odds_ratio", rank->has_counts, rank->odds_ratio);
    review_put_real(writer, "p_fisher", rank->has_counts, rank->p_fisher);
    review_put_real(writer, "coverage", rank->has_coverage, rank->coverage);
    json_put_real(writer, "posterior", rank->posterior);
    put_count(writer, "touched_fail", counts->has_counts, counts->touched_fail);
    put_count(writer, "touched_ok", counts->has_counts, counts->touched_ok);
    put_count(writer, "other_fail", counts->has_counts, counts->other_fail);
    put_count(writer, "other_ok", counts->has_counts, counts->other_ok);
    json_put_string(writer, "verdict", suspect->verdict);
    json_object_end(writer);
}

static void put_plan(struct json_writer *writer, const struct review_suspects *suspects)
{
    const struct review_rerun_plan *plan = &suspects->plan;
    if (!suspects->has_plan) {
        json_put_null(writer, "rerun_plan");
        return;
    }
    json_key(writer, "rerun_plan");
    json_object(writer);
    review_put_texts(writer, "changes", plan->change, plan->change_count);
    json_put_int(writer, "reruns", plan->reruns);
    json_put_int(writer, "failing_cases", plan->cases);
    json_put_int(writer, "control_cases", plan->controls);
    review_put_real(writer, "cost_usd", plan->has_cost, plan->cost_usd);
    json_object_end(writer);
}

/* Null where nobody was suspected. */
static void put_priors(struct json_writer *writer, const struct review_suspects *suspects)
{
    static const char *const names[SUSPECT_SHARES] = {
        [SUSPECT_PROMPT] = "prompt",       [SUSPECT_MODEL] = "model",
        [SUSPECT_RETRIEVAL] = "retrieval", [SUSPECT_CODE] = "code",
        [SUSPECT_JUDGE] = "judge",         [SUSPECT_DATASET] = "dataset",
        [SUSPECT_PROVIDER] = "provider",   [SUSPECT_NOISE] = "noise",
    };
    if (suspects->count == 0) {
        json_put_null(writer, "suspect_priors");
        return;
    }
    json_key(writer, "suspect_priors");
    json_object(writer);
    json_put_string(writer, "source", suspects->confirmed ? "learned" : "default");
    json_put_int(writer, "confirmed", suspects->confirmed);
    json_key(writer, "shares");
    json_object(writer);
    for (int kind = 0; kind < SUSPECT_SHARES; kind++)
        json_put_real(writer, names[kind], suspects->share[kind]);
    json_object_end(writer);
    json_object_end(writer);
}

void review_put_suspects(struct json_writer *writer, const struct review_suspects *suspects)
{
    json_key(writer, "suspects");
    json_list(writer);
    for (size_t i = 0; i < suspects->count; i++)
        write_suspect(writer, &suspects->suspect[i]);
    json_list_end(writer);
    put_plan(writer, suspects);
    put_priors(writer, suspects);
}
