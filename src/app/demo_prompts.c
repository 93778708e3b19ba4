/*
 * The prompts of the demo: what its runs measured, version by version; one change that went all the
 * way, one that waits for the council, and a draft that lacks its way back.
 */
#include "app/demo_world.h"

#include "ledger/ledger.h"
#include "ledger/state.h"
#include "rooms/evals/evals.h"
#include "rooms/people/people.h"
#include "rooms/prompts/change_rules.h"
#include "rooms/prompts/label_move.h"
#include "rooms/prompts/outside_change.h"
#include "rooms/prompts/prompts.h"
#include "store/find.h"

enum { RULES = 4 };

/* '@' is a number: it starts as the table says and grows by one when a version touches the rule. */
struct demo_prompt {
    const char *opening, *rule[RULES], *what[RULES];
    int number[RULES];
};

/* In the order of the surfaces. */
static const struct demo_prompt prompts[DEMO_SURFACE_COUNT] = {
    { "You answer customers of a shop. The question: {{question}}",
      { "Quote the policy as it is, at most @ sections.",
        "Name every step that the customer takes, "
        "up to @.",
        "Answer in at most @ sentences.",
        "Use the order of {{order}} and no more than "
        "@ others." },
      { "policy sections", "steps", "sentences", "other orders" },
      { 1, 4, 3, 0 } },
    { "Summarise these sources for somebody who asked: {{question}}\n\n{{sources}}",
      { "Say nothing that stands in no source; use @ of them at most.",
        "Answer in the language of "
        "the question, in @ sentences.",
        "Put the number of its source behind every claim, at most "
        "@ claims.",
        "Leave out what is older than @ years." },
      { "sources", "sentences", "claims", "years" },
      { 3, 4, 6, 5 } },
    { "Continue the code at the cursor.\n\n{{code}}",
      { "Suggest at most @ lines.", "Close every bracket that you open, @ levels deep at most.",
        "Use only names that stand in the file or its @ neighbours.", "Stop after @ statements." },
      { "lines", "levels", "neighbours", "statements" },
      { 4, 3, 2, 1 } },
    { "Read the fields {{fields}} from this document.\n\n{{document}}",
      { "Leave a field empty when it is not there; look at @ pages.",
        "Write amounts with @ "
        "decimals.",
        "Write dates as year, month, day; guess @ of them.",
        "Name the line of each "
        "field, at most @ letters." },
      { "pages", "decimals", "guesses", "letters" },
      { 2, 1, 0, 20 } },
};

/* How often versions up to this one have touched a rule: they take turns. */
static int touched(int version, int rule)
{
    return version <= RULES ? 0 : (version - rule - 1) / RULES;
}

static void write_rule(struct out *out, const char *words, int number)
{
    text rest = text_of(words);
    out_string(out, "\n- ");
    while (rest.at) {
        out_text(out, text_cut(rest, '@', &rest));
        if (rest.at)
            out_format(out, "%d", number);
    }
}

/* A version has one rule more than the one before, and when it has all a number is greater. */
static text words_of(struct call *call, const struct demo_prompt *prompt, int version)
{
    struct out out;
    out_init(&out, call);
    out_format(&out, "%s\n", prompt->opening);
    for (int rule = 0; rule < RULES && rule < version; rule++)
        write_rule(&out, prompt->rule[rule], prompt->number[rule] + touched(version, rule));
    out_char(&out, '\n');
    return out_view(&out);
}

static text message_of(struct call *call, const struct demo_prompt *prompt, int version)
{
    int rule = (version - 1) % RULES;
    return version <= RULES
               ? call_format(call, "A rule about %s", prompt->what[rule])
               : call_format(call, "More %s: %d", prompt->what[rule],
                             prompt->number[rule] + touched(version, rule));
}

/* "shortened": a regression that the demo plants took the rules away but one. */
static text shortened(struct call *call, const struct demo_prompt *prompt, int version)
{
    struct out out;
    out_init(&out, call);
    out_format(&out, "%s\n", prompt->opening);
    write_rule(&out, prompt->rule[2], prompt->number[2] + touched(version, 2));
    out_char(&out, '\n');
    return out_view(&out);
}

static bool version_make(struct call *call, const struct demo_surface *surface, rid prompt,
                         text words, text message, rid *id)
{
    struct row row;
    if (!words.at || !message.at || !row_init(call, &prompt_version_record, &row))
        return false;
    row.value[PROMPT_VERSION_PROMPT] = value_ref(prompt);
    row.value[PROMPT_VERSION_TEXT] = value_text(words);
    row.value[PROMPT_VERSION_MESSAGE] = value_text(message);
    row.value[PROMPT_VERSION_MODEL] = value_text(text_of(surface->model));
    if (!ledger_create(call, &row))
        return false;
    *id = row.id;
    return true;
}

static bool prompt_make(struct call *call, const struct demo_surface *surface, struct row *prompt)
{
    struct row of;
    rid *surfaces = call_new(call, rid);
    if (!surfaces ||
        !demo_find(call, &surface_record, SURFACE_NAME, text_of(surface->name), 0, 0, &of) ||
        !row_init(call, &prompt_record, prompt))
        return false;
    *surfaces = of.id;
    prompt->value[PROMPT_NAME] = value_text(text_of(surface->prompt));
    prompt->value[PROMPT_OWNER] = of.value[SURFACE_OWNER];
    prompt->value[PROMPT_TEAM] = of.value[SURFACE_TEAM];
    prompt->value[PROMPT_SURFACES] =
        (struct value){ .kind = VALUE_IDS, .count = 1, .ids = surfaces };
    return ledger_create(call, prompt);
}

/* What a candidate of the surface has to keep: five points below the floor that charts show. */
static bool policy_make(struct call *call, const struct demo_surface *surface, rid of)
{
    struct row row;
    if (!row_init(call, &gate_policy_record, &row))
        return false;
    row.value[GATE_POLICY_SURFACE] = value_ref(of);
    row.value[GATE_POLICY_FLOOR] =
        value_text(call_format(call, "{\"pass_rate_lower\":%g}", (surface->floor - 5) / 100.0));
    row.value[GATE_POLICY_REGRESSION] = value_text(TEXT("{\"alpha\":0.05}"));
    row.value[GATE_POLICY_TAIL] = value_text(TEXT("{\"fraction\":0.1,\"margin\":0.2}"));
    row.value[GATE_POLICY_COST_USD] = value_text(TEXT("{\"max_increase\":0.25}"));
    return ledger_create(call, &row);
}

/* --- changes --- */

enum { WRITER = 1, COUNCIL = 3 }; /* in demo_persons */
enum { WAITING = 1 };             /* the surface whose change waits for the council */

/* The last run of a surface that measured the version. */
static bool run_of(struct call *call, const struct demo_surface *surface, int version, rid *id)
{
    struct query query;
    struct row of, run;
    query_init(&query, &eval_run_record);
    query.sort = EVAL_RUN_STARTED_AT;
    query.is_descending = true;
    if (!demo_find(call, &surface_record, SURFACE_NAME, text_of(surface->name), 0, 0, &of) ||
        !query_add(call, &query, EVAL_RUN_SURFACE, FILTER_IS, value_ref(of.id)) ||
        !query_add(call, &query, EVAL_RUN_PROMPT_VERSION, FILTER_IS,
                   value_text(call_format(call, "%d", version))) ||
        !find_first(call, &query, &run))
        return call->fail.kind == FAIL_NONE &&
               fail(call, FAIL_INTERNAL, "the demo has no run of version %d", version);
    *id = run.id;
    return true;
}

static bool delta_make(struct call *call, const struct demo_surface *surface, rid change, int from,
                       int to)
{
    struct row row;
    rid baseline, candidate;
    if (!run_of(call, surface, from, &baseline) || !run_of(call, surface, to, &candidate) ||
        !row_init(call, &eval_delta_record, &row))
        return false;
    row.value[EVAL_DELTA_CHANGE] = value_ref(change);
    row.value[EVAL_DELTA_BASELINE] = value_ref(baseline);
    row.value[EVAL_DELTA_CANDIDATE] = value_ref(candidate);
    return ledger_create(call, &row);
}

struct demo_request {
    const char *why, *expected_impact, *rollback_plan; /* NULL: not written yet */
};

static bool change_make(struct call *call, const struct row *prompt, rid from, rid to,
                        const struct demo_request *request, struct row *row)
{
    if (!row_init(call, &prompt_change_record, row))
        return false;
    row->value[PROMPT_CHANGE_PROMPT] = value_ref(prompt->id);
    row->value[PROMPT_CHANGE_FROM_VERSION] = value_ref(from);
    row->value[PROMPT_CHANGE_TO_VERSION] = value_ref(to);
    row->value[PROMPT_CHANGE_WHY] = value_text(text_of(request->why));
    row->value[PROMPT_CHANGE_EXPECTED_IMPACT] = value_text(text_of(request->expected_impact));
    row->value[PROMPT_CHANGE_ROLLBACK_PLAN] = value_text(text_of(request->rollback_plan));
    return ledger_create(call, row);
}

static bool submit(struct call *call, const struct row *change)
{
    struct row after;
    return row_copy(call, change, &after) && state_move(call, &after, "submit") &&
           ledger_update(call, change, &after);
}

/* The versions that a request leads from and to, as rows and as they are counted. */
struct demo_step {
    rid from, to;
    int from_number, to_number;
};

static bool request_write(struct call *call, const struct demo_surface *surface,
                          const struct row *prompt, const struct demo_step *step,
                          const struct demo_request *request, struct row *change)
{
    return change_make(call, prompt, step->from, step->to, request, change) &&
           delta_make(call, surface, change->id, step->from_number, step->to_number) &&
           (!request->rollback_plan || submit(call, change));
}

/* As one change; what lacks its way back stays a draft. */
static bool request_make(struct call *call, const struct demo_surface *surface,
                         const struct row *prompt, const struct demo_step *step,
                         const struct demo_request *request, struct row *change)
{
    return change_open(call, TEXT("demo change request")) &&
           demo_change_end(call, request_write(call, surface, prompt, step, request, change));
}

static bool move(struct call *call, rid prompt, text label, rid version)
{
    struct row deployment;
    const struct label_move to = { .prompt = prompt, .label = label, .version = version };
    return label_move(call, &to, &deployment);
}

/* --- what the team did with them --- */

/*
 * The version of each that is served, counted from the surface's first; what says that it may be.
 */
static const struct {
    int served, baseline;
    struct demo_request request;
} taken_over[DEMO_SURFACE_COUNT] = {
    { 1, 0,
      { "Customers asked for the rest of the policy.",
        "Fewer questions that come back within a day.",
        "rondo prompt rollback support-answer --reason TEXT; the next answer is as it was." } },
    { 0, 0,
      { "Taken over from the prompt repository as it was.", "None: it is what was served.",
        "The repository still has it: serve the file." } },
    { 1, 0,
      { "Suggestions ended in the middle of a statement.", "More suggestions are kept.",
        "rondo prompt rollback inline-suggestion --reason TEXT." } },
    { 1, 0,
      { "Amounts with four decimals were cut.", "Amounts need no second look.",
        "rondo prompt rollback field-extraction --reason TEXT." } },
};

static const struct demo_request waiting = {
    "Readers trust a summary more when every claim has its source behind it.",
    "More clicks on sources; summaries are one sentence longer.",
    "rondo prompt rollback search-summary --reason TEXT; watch the share of summaries without a "
    "source for an hour.",
};

static const struct demo_request without_a_way_back = {
    "Shorter answers cost less.", "Answers are half as long; customers should not notice.", NULL,
};

/* A change from its request to its label, three weeks before: long done when the story begins. */
static bool take_over(struct call *call, size_t at, const struct row *prompt, const rid *version)
{
    static const struct council_word approve = { .verdict = COUNCIL_APPROVE,
                                                 .note = { "Read both runs.", 15 } };
    const struct demo_surface *surface = &demo_surfaces[at];
    int from = surface->prompt_version + taken_over[at].baseline,
        to = surface->prompt_version + taken_over[at].served;
    rid before = from == to ? 0 : version[from];
    stamp now = call->now;
    struct row change;
    call->now -= 21 * STAMP_DAY;
    const struct demo_step step = { before, version[to], from, to };
    bool done = demo_act_as(call, WRITER) &&
                request_make(call, surface, prompt, &step, &taken_over[at].request, &change) &&
                demo_act_as(call, COUNCIL) && change_decide(call, change.id, &approve) &&
                demo_act_as(call, WRITER) &&
                move(call, prompt->id, TEXT("production"), version[to]);
    call->now = now;
    return done;
}

/* In review since the Monday before: the council has it on its table. */
static bool wait_for_council(struct call *call, const struct demo_surface *surface,
                             const struct row *prompt, const rid *version)
{
    struct row change;
    int from = surface->prompt_version;
    const struct demo_step step = { version[from], version[from + 1], from, from + 1 };
    return demo_act_as(call, surface->owner) &&
           move(call, prompt->id, TEXT("test"), version[from + 1]) &&
           request_make(call, surface, prompt, &step, &waiting, &change);
}

/* One a week, the last the day before a label could have moved to it. */
static bool versions_write(struct call *call, size_t at, rid prompt, int last, rid *version)
{
    stamp now = call->now;
    bool done = true;
    for (int number = 1; done && number <= last; number++) {
        call->now = now - (22 + 7 * (last - number)) * STAMP_DAY;
        done = version_make(call, &demo_surfaces[at], prompt, words_of(call, &prompts[at], number),
                            message_of(call, &prompts[at], number), &version[number]);
    }
    call->now = now;
    return done;
}

/* A prompt and its versions are one change, as they would come out of a repository. */
static bool prompt_take_in(struct call *call, size_t at, int last, struct row *prompt, rid *version)
{
    return change_open(call, TEXT("demo prompt")) &&
           demo_change_end(call, prompt_make(call, &demo_surfaces[at], prompt) &&
                                     versions_write(call, at, prompt->id, last, version));
}

static bool surface_prompts(struct call *call, size_t at)
{
    const struct demo_surface *surface = &demo_surfaces[at];
    int last = surface->prompt_version + 1;
    struct row prompt;
    rid *version = call_array(call, (size_t)last + 1, sizeof *version);
    return version && prompt_take_in(call, at, last, &prompt, version) &&
           take_over(call, at, &prompt, version) &&
           (at != WAITING || wait_for_council(call, surface, &prompt, version));
}

/* An application serves the version under the label of another one, and says so. */
static bool report_outside(struct call *call, const struct demo_surface *surface, rid version)
{
    struct row row;
    struct prompt_reported reported;
    if (!find_row(call, &prompt_version_record, version, &row))
        return false;
    const struct prompt_report report = {
        .prompt = text_of(surface->prompt),
        .label = TEXT("production"),
        .content_hash = value_as_text(row.value[PROMPT_VERSION_CONTENT_HASH]),
        .application = TEXT("shop website"),
    };
    return prompt_report(call, &report, &reported);
}

/* The version that broke a slice, under the label that tests ask for: a week before its run. */
static bool shortened_make(struct call *call, const struct demo_surface *surface, int number,
                           rid prompt, rid *version)
{
    stamp now = call->now;
    call->now -= 7 * STAMP_DAY;
    bool done = version_make(call, surface, prompt, shortened(call, &prompts[0], number),
                             TEXT("Shortened"), version) &&
                move(call, prompt, TEXT("test"), *version);
    call->now = now;
    return done;
}

/* It went out beside the council; its request came afterwards. */
static bool tell_regression(struct call *call)
{
    const struct demo_surface *surface = &demo_surfaces[0];
    int number = surface->prompt_version + 2;
    struct row prompt, change, label;
    rid version;
    bool has;
    return demo_act_as(call, surface->owner) &&
           demo_find(call, &prompt_record, PROMPT_NAME, text_of(surface->prompt), 0, 0, &prompt) &&
           label_find(call, prompt.id, TEXT("production"), &has, &label) &&
           shortened_make(call, surface, number, prompt.id, &version) &&
           request_make(call, surface, &prompt,
                        &(struct demo_step){ value_as_int(label.value[PROMPT_LABEL_VERSION]),
                                             version, number - 1, number },
                        &without_a_way_back, &change) &&
           report_outside(call, surface, version);
}

/*
 * What three of the four did, as somebody else saw it two weeks later; one is still to be scored.
 */
static const struct {
    const char *actual, *score; /* NULL: not yet */
} impacts[DEMO_SURFACE_COUNT] = {
    { "Questions that came back within a day fell from 61 to 44 a week.", "hit" },
    { "Nobody noticed.", "hit" },
    { NULL, NULL },
    { "Amounts are right; dates are still looked at twice.", "partly" },
};

static bool score_impacts(struct call *call)
{
    for (size_t at = 0; at < DEMO_SURFACE_COUNT; at++) {
        struct row prompt, change, row;
        if (!impacts[at].actual)
            continue;
        if (!demo_find(call, &prompt_record, PROMPT_NAME, text_of(demo_surfaces[at].prompt), 0, 0,
                       &prompt) ||
            !demo_find(call, &prompt_change_record, PROMPT_CHANGE_STATE, TEXT("deployed"),
                       PROMPT_CHANGE_PROMPT, prompt.id, &change) ||
            !row_init(call, &impact_review_record, &row))
            return false;
        row.value[IMPACT_REVIEW_ACTUAL] = value_text(text_of(impacts[at].actual));
        row.value[IMPACT_REVIEW_CHANGE] = value_ref(change.id);
        row.value[IMPACT_REVIEW_SCORE] = value_choice(impacts[at].score);
        if (!ledger_create(call, &row))
            return false;
    }
    return true;
}

/* By whoever owns the workspace. */
static bool policies_make(struct call *call)
{
    for (size_t at = 0; at < DEMO_SURFACE_COUNT; at++) {
        struct row of;
        if (!demo_find(call, &surface_record, SURFACE_NAME, text_of(demo_surfaces[at].name), 0, 0,
                       &of) ||
            !policy_make(call, &demo_surfaces[at], of.id))
            return false;
    }
    return true;
}

/* The first of the persons is whoever acts. */
static bool act_as_owner(struct call *call, size_t surface, rid actor)
{
    size_t owner = demo_surfaces[surface].owner;
    return owner ? demo_act_as(call, owner) : people_act_for(call, actor, SCOPE_ALL);
}

bool demo_prompts(struct call *call, const struct demo_options *options)
{
    rid actor = call->actor.person;
    bool done = true;
    if (options->part == DEMO_UNTIL_LAST_WEEK) {
        done = change_open(call, TEXT("demo gate policies")) &&
               demo_change_end(call, policies_make(call));
        for (size_t at = 0; done && at < DEMO_SURFACE_COUNT; at++)
            done = act_as_owner(call, at, actor) && surface_prompts(call, at);
    } else {
        done = demo_act_as(call, COUNCIL) && change_open(call, TEXT("demo impact reviews")) &&
               demo_change_end(call, score_impacts(call)) &&
               (!(options->plant & DEMO_REGRESSION) || tell_regression(call));
    }
    return done && people_act_for(call, actor, SCOPE_ALL);
}
