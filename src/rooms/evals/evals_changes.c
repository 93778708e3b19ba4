/* See evals_changes.h. */
#include "rooms/evals/evals_changes.h"

#include "engine/bits.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/model_alias.h"

/* --- kinds --- */

const struct change_kind *change_kind(const char *word)
{
    static const struct change_kind kinds[] = {
        { "prompt_version", SUSPECT_PROMPT, VERDICT_WE },
        { "model_asked", SUSPECT_MODEL, VERDICT_WE },
        { "model_served", SUSPECT_MODEL, VERDICT_PROVIDER },
        { "dataset", SUSPECT_DATASET, VERDICT_DATA },
        { "judge", SUSPECT_JUDGE, VERDICT_RULER },
        { "release", SUSPECT_CODE, VERDICT_WE },
        { "config", SUSPECT_CODE, VERDICT_WE },
        { "provider", SUSPECT_PROVIDER, VERDICT_PROVIDER },
        { "retrieval", SUSPECT_RETRIEVAL, VERDICT_WE },
        { "code", SUSPECT_CODE, VERDICT_WE },
        { "noise", SUSPECT_NOISE, VERDICT_NOISE },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_is(text_of(word), kinds[i].word))
            return &kinds[i];
    return NULL;
}

static const struct run_part {
    const char *name, *kind, *label;
    int field;
} parts[] = {
    { "prompt", "prompt_version", "prompt", EVAL_RUN_PROMPT },
    { "prompt_version", "prompt_version", "prompt version", EVAL_RUN_PROMPT_VERSION },
    { "model", "model_asked", "model", EVAL_RUN_MODEL },
    { "model_served", "model_served", "served model", EVAL_RUN_MODEL_SERVED },
    { "agent", "config", "agent", EVAL_RUN_AGENT },
    { "dataset_version", "dataset", "dataset", EVAL_RUN_DATASET_VERSION },
    { "judge", "judge", "judge", EVAL_RUN_JUDGE },
    { "harness_version", "code", "harness version", EVAL_RUN_HARNESS_VERSION },
};
enum { PARTS = sizeof parts / sizeof *parts, PART_MODEL = 2 };

/* --- reading --- */

bool changes_read(struct call *call, struct change_sources *sources)
{
    struct query query;
    query_init(&query, &change_event_record);
    query.sort = CHANGE_EVENT_EFFECTIVE_AT;
    return find_rows(call, &query, &sources->events);
}

/* --- which cases --- */

/* The results of the run with their slices and tags: read for the first event that names one. */
struct labels {
    bool is_read;
    int64_t count;
    const uint32_t *number; /* of the case */
    const text *word[2];    /* slices; tags, a line each */
};

static bool read_labels(struct call *call, const struct row *run, struct labels *labels)
{
    struct verdicts verdicts;
    if (labels->is_read)
        return true;
    labels->is_read = true;
    labels->count = value_as_int(run->value[EVAL_RUN_RESULTS]);
    uint32_t count = (uint32_t)labels->count;
    return columns_read_words(call, run_place(run), RESULTS_SLICE, count, &labels->word[0]) &&
           columns_read_words(call, run_place(run), RESULTS_TAGS, count, &labels->word[1]) &&
           stored_verdicts_read(call, run_place(run), &verdicts) &&
           columns_read_cases(call, run_place(run), &verdicts, labels->count, &labels->number);
}

/* Cases with this slice, or this tag among theirs. */
static void touch_labelled(const struct labels *labels, text name, uint32_t case_count,
                           uint64_t *touched)
{
    for (int which = 0; which < 2; which++)
        for (int64_t i = 0; labels->word[which] && i < labels->count; i++)
            for (text rest = labels->word[which][i]; rest.at;)
                if (text_equal(text_cut(rest, '\n', &rest), name) && labels->number[i] < case_count)
                    bits_set(touched, labels->number[i]);
}

static bool touch_cases(struct call *call, const struct surface_input *input, struct value cases,
                        uint64_t *touched)
{
    for (uint32_t i = 0; i < cases.count; i++) {
        struct row row;
        if (!find_may_read(call, &eval_case_record, cases.ids[i]))
            continue;
        if (!find_row(call, &eval_case_record, cases.ids[i], &row))
            return false;
        int64_t number = value_as_int(row.value[EVAL_CASE_NUMBER]);
        bool is_of_suite = value_as_int(row.value[EVAL_CASE_SUITE]) == input->surface->suite->id;
        if (is_of_suite && number < input->comparison.case_count)
            bits_set(touched, (size_t)number);
    }
    return call->fail.kind == FAIL_NONE;
}

static bool find_touched(struct call *call, const struct surface_input *input,
                         const struct row *event, struct labels *labels, struct change *change)
{
    uint32_t case_count = input->comparison.case_count;
    text slice = value_as_text(event->value[CHANGE_EVENT_SLICE]);
    struct value cases = event->value[CHANGE_EVENT_CASES];
    if (!slice.at && value_is_null(cases))
        return true;
    uint64_t *touched = bits_new(call, case_count);
    change->touched = touched;
    if (!touched || (slice.at && !read_labels(call, input->now.latest->row, labels)))
        return false;
    if (slice.at)
        touch_labelled(labels, slice, case_count, touched);
    return value_is_null(cases) || touch_cases(call, input, cases, touched);
}

/* --- events --- */

static bool event_is_of(const struct row *event, rid surface)
{
    struct value surfaces = event->value[CHANGE_EVENT_SURFACES];
    for (uint32_t i = 0; !value_is_null(surfaces) && i < surfaces.count; i++)
        if (surfaces.ids[i] == surface)
            return true;
    return value_is_null(surfaces);
}

static bool event_is_between(const struct row *event, struct change_window window)
{
    stamp at = value_as_int(event->value[CHANGE_EVENT_EFFECTIVE_AT]);
    return !value_is_null(window.good->row->value[EVAL_RUN_STARTED_AT]) &&
           !value_is_null(window.bad->row->value[EVAL_RUN_STARTED_AT]) &&
           at > window.good->started_at && at <= window.bad->started_at;
}

bool changes_told_between(const struct change_sources *sources, const struct surface_input *input,
                          struct change_window window)
{
    const struct rows *events = &sources->events;
    for (size_t i = 0; i < events->count; i++)
        if (event_is_between(&events->row[i], window) &&
            event_is_of(&events->row[i], input->surface->row->id))
            return true;
    return false;
}

static bool change_of_event(struct call *call, const struct surface_input *input,
                            const struct row *event, struct labels *labels, struct change *change)
{
    text kind = value_as_text(event->value[CHANGE_EVENT_KIND]);
    *change = (struct change){
        .kind = change_kind(call_string(call, kind)),
        .id = row_public_id(call, &change_event_record, event->id),
        .title = value_as_text(event->value[CHANGE_EVENT_TITLE]),
        .from = value_as_text(event->value[CHANGE_EVENT_FROM]),
        .to = value_as_text(event->value[CHANGE_EVENT_TO]),
        .has_effective_at = true,
        .effective_at = value_as_int(event->value[CHANGE_EVENT_EFFECTIVE_AT]),
        .is_event = true,
    };
    return change->kind && change->id.at && find_touched(call, input, event, labels, change);
}

/* --- differences of the runs --- */

/* A failure is the call's, and seen at the end. */
static bool same_part(struct call *call, const struct run_part *part, text a, text b)
{
    bool is_model = part->field == EVAL_RUN_MODEL || part->field == EVAL_RUN_MODEL_SERVED;
    bool is_same = text_equal(a, b);
    return is_model ? model_alias_same(call, a, b, &is_same) && is_same : is_same;
}

/* An event that tells of the difference stands for it, and knows more. */
static bool is_told(struct call *call, const struct run_part *part, text to,
                    const struct change *event, size_t count)
{
    enum suspect_share share = change_kind(part->kind)->share;
    for (size_t i = 0; i < count; i++)
        if (event[i].kind->share == share &&
            (!event[i].to.at || same_part(call, part, event[i].to, to)))
            return true;
    return false;
}

/*
 * What is not known of one run is no difference; nor is another model that answered, where another
 * one was asked.
 */
static bool part_changed(struct call *call, const struct run_part *part,
                         struct change_window window, struct change *change)
{
    struct change asked;
    text from = value_as_text(window.good->row->value[part->field]),
         to = value_as_text(window.bad->row->value[part->field]);
    if (!from.at || !to.at || same_part(call, part, from, to) ||
        (part->field == EVAL_RUN_MODEL_SERVED &&
         part_changed(call, &parts[PART_MODEL], window, &asked)))
        return false;
    *change = (struct change){
        .kind = change_kind(part->kind),
        .id = text_of(part->name),
        .title = call_format(call, "%s %.*s -> %.*s", part->label, TEXT_FMT(from), TEXT_FMT(to)),
        .from = from,
        .to = to,
    };
    return true;
}

bool changes_between(struct call *call, const struct change_sources *sources,
                     const struct surface_input *input, struct change_window window,
                     struct change **change, size_t *count)
{
    const struct rows *events = &sources->events;
    struct labels labels = { .is_read = false };
    *change = call_array(call, events->count + PARTS, sizeof **change);
    *count = 0;
    for (size_t i = 0; *change && i < events->count; i++)
        if (event_is_between(&events->row[i], window) &&
            event_is_of(&events->row[i], input->surface->row->id) &&
            !change_of_event(call, input, &events->row[i], &labels, &(*change)[(*count)++]))
            return false;
    size_t event_count = *count;
    for (size_t i = 0; *change && i < PARTS; i++) {
        struct change found;
        if (part_changed(call, &parts[i], window, &found) &&
            !is_told(call, &parts[i], found.to, *change, event_count))
            (*change)[(*count)++] = found;
    }
    return *change && call->fail.kind == FAIL_NONE;
}
