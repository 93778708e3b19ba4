/*
 * See evals_replies.h. In the order of the JSON that evals_review_json.c, review_suspects.c,
 * review_statistics.c, case_page_show.c and the doors write.
 */
#include "rooms/evals/evals_replies.h"

#include "offers/reply_keys.h"
#include "rooms/evals/evals_review.h"

#define INTERVAL REPLY_KEY("interval", REPLY_REAL, REPLY_LIST | REPLY_NULLABLE, "95 %: from, to.")
#define P_VALUE(name, help) REPLY_KEY(name, REPLY_REAL, REPLY_NULLABLE, help)
#define NOT_BRIEF " Left out of a brief review."
#define OF_A_WEEK " Left out of a comparison of two runs."

/* --- the review --- */

static const struct reply_key note_keys[] = {
    TEXT_ALWAYS("code", NULL),
    TEXT_ALWAYS("text", NULL),
    { 0 },
};

static const struct reply_key paired_keys[] = {
    COUNT("n", "Cases that both sides have and count."),
    COUNT("pass_to_fail", NULL),
    COUNT("fail_to_pass", NULL),
    REAL_OR_NULL("diff", "The net change of the rate over the pairs."),
    INTERVAL,
    P_VALUE("p_exact", "Of the exact McNemar test, two-sided: the one that decides."),
    P_VALUE("p_worse", "One-sided: that it got worse."),
    P_VALUE("p_adjusted", "p_exact corrected over the surfaces of the week."),
    { 0 },
};

static const struct reply_key ruler_keys[] = {
    TEXT_ALWAYS("part", "dataset_version, judge or harness_version."),
    TEXT_ALWAYS("from", NULL),
    TEXT_ALWAYS("to", NULL),
    { 0 },
};

static const struct reply_key override_keys[] = {
    TEXT_ALWAYS("id", "Of the comparison override."),
    TEXT_ALWAYS("reason", NULL),
    { 0 },
};

static const struct reply_key week_count_keys[] = {
    WEEK("week", NULL),
    COUNT("passed", NULL),
    COUNT("n", "Runs that hold the case."),
    { 0 },
};

static const struct reply_key flip_keys[] = {
    TEXT_ALWAYS("case", "Its key."),
    REPLY_CHOICE("from", 0, NULL, verdict_words),
    REPLY_CHOICE("to", 0, NULL, verdict_words),
    REPLY_CHOICE("class", REPLY_NULLABLE, "How far its history supports it.", flip_class_words),
    P_VALUE("p_worse", NULL),
    P_VALUE("p_adjusted", NULL),
    REPLY_KEY("score_before", REPLY_REAL, REPLY_OPTIONAL,
              "Its mean score in the earlier week; only where both weeks scored it."),
    REPLY_KEY("score_now", REPLY_REAL, REPLY_OPTIONAL, "Its mean score in this one, likewise."),
    REPLY_INSIDE("history", REPLY_LIST, "The weeks of the window before.", week_count_keys),
    TEXT_OR_NULL("action", "The id of its action, once the review is opened."),
    TEXT_OR_NULL("owner", "Of the action."),
    REPLY_KEY("late", REPLY_BOOL, REPLY_OPTIONAL, "Only where there is an action."),
    { 0 },
};

static const struct reply_key error_keys[] = {
    TEXT_ALWAYS("case", "Its key."),
    REPLY_CHOICE("kind", 0, NULL, verdict_words),
    TEXT_OR_NULL("reason", NULL),
    { 0 },
};

static const struct reply_key trend_week_keys[] = {
    WEEK("week", NULL),
    TEXT_OR_NULL("run", "Null where a majority stands for the week."),
    COUNT("n", NULL),
    COUNT("passed", NULL),
    REAL_OR_NULL("pass_rate", NULL),
    INTERVAL,
    COUNT_OR_NULL("scored", "Cases with a score."),
    REAL_OR_NULL("mean_score", NULL),
    REPLY_KEY("partial", REPLY_BOOL, REPLY_OPTIONAL,
              "True where it stands on a run that was cut or cancelled."),
    { 0 },
};

static const struct reply_key mann_kendall_keys[] = {
    COUNT("n", "Weeks."),
    COUNT("s", NULL),
    REAL_OR_NULL("var_s", NULL),
    REAL_OR_NULL("z", NULL),
    P_VALUE("p_normal", NULL),
    P_VALUE("p_exact", NULL),
    P_VALUE("p", "The one that decides."),
    REAL_OR_NULL("tau_b", NULL),
    { 0 },
};

static const struct reply_key trend_keys[] = {
    REPLY_INSIDE("weeks", REPLY_LIST, "Those of the window that have runs.", trend_week_keys),
    REPLY_INSIDE("mann_kendall", 0, NULL, mann_kendall_keys),
    REAL_OR_NULL("sen_slope_per_listed_week", NULL),
    REAL_OR_NULL("sen_slope_per_week", NULL),
    REPLY_CHOICE("verdict", 0, NULL, trend_verdict_words),
    { 0 },
};

static const struct reply_key ties_keys[] = {
    COUNT("n", NULL),
    REAL_OR_NULL("pass_rate", NULL),
    { 0 },
};

static const struct reply_key tail_keys[] = {
    REAL("fraction", NULL),
    REPLY_KEY("cases", REPLY_TEXT, REPLY_LIST | REPLY_OPTIONAL, "Their keys." NOT_BRIEF),
    REAL_OR_NULL("pass_rate", NULL),
    REAL_OR_NULL("baseline_pass_rate", NULL),
    REPLY_INSIDE("ties_included", 0, NULL, ties_keys),
    P_VALUE("p_worse", NULL),
    REPLY_KEY("stealth", REPLY_BOOL, REPLY_NULLABLE,
              "The hardest do worse while the average hides it; null where it cannot be told."),
    { 0 },
};

static const struct reply_key slice_keys[] = {
    TEXT_ALWAYS("slice", "A slice or a tag."),
    COUNT("n", NULL),
    REAL_OR_NULL("pass_rate", NULL),
    REAL_OR_NULL("delta", NULL),
    P_VALUE("p_exact", "Null below ten pairs."),
    P_VALUE("p_adjusted", "Corrected over all slices of the week."),
    { 0 },
};

static const struct reply_key suspect_keys[] = {
    TEXT_ALWAYS("id", "Of a change event, or the name of what it is."),
    TEXT_ALWAYS("kind", NULL),
    TEXT_ALWAYS("title", NULL),
    REPLY_KEY("effective_at", REPLY_STAMP, REPLY_NULLABLE, NULL),
    REAL("share", NULL),
    REAL("prior", NULL),
    REAL("log_lr", NULL),
    REAL_OR_NULL("odds_ratio", NULL),
    P_VALUE("p_fisher", NULL),
    REAL_OR_NULL("coverage", NULL),
    REAL("posterior", NULL),
    COUNT_OR_NULL("touched_fail", NULL),
    COUNT_OR_NULL("touched_ok", NULL),
    COUNT_OR_NULL("other_fail", NULL),
    COUNT_OR_NULL("other_ok", NULL),
    TEXT_ALWAYS("verdict", "What is said of the drop, or would be if it were this one."),
    { 0 },
};

static const struct reply_key plan_keys[] = {
    REPLY_KEY("changes", REPLY_TEXT, REPLY_LIST, "Ids of the suspects that are taken back."),
    COUNT("reruns", NULL),
    COUNT("failing_cases", NULL),
    COUNT("control_cases", NULL),
    REAL_OR_NULL("cost_usd", NULL),
    { 0 },
};

static const char *const prior_sources[] = { "learned", "default" };

static const struct reply_key prior_keys[] = {
    REPLY_CHOICE("source", 0, NULL, prior_sources),
    COUNT("confirmed", "Causes that people confirmed."),
    REPLY_KEY("shares", REPLY_REAL, REPLY_MAP, "By kind."),
    { 0 },
};

static const struct reply_key break_keys[] = {
    WEEK("week", NULL),
    TEXT_ALWAYS("part", NULL),
    TEXT_OR_NULL("from", NULL),
    TEXT_OR_NULL("to", NULL),
    { 0 },
};

#define LEVEL_BETWEEN                                                                              \
    WEEK("from_week", "The last week of the level before."),                                       \
        WEEK("to_week", "The first of the level after."), TEXT_OR_NULL("from_run", NULL),          \
        TEXT_OR_NULL("to_run", NULL)
#define LEVEL_RUNS COUNT("runs_before", NULL), COUNT("runs_after", NULL)

static const struct reply_key level_keys[] = {
    LEVEL_BETWEEN, REAL_OR_NULL("rate_before", NULL), REAL_OR_NULL("rate_after", NULL), LEVEL_RUNS,
    { 0 },
};

static const struct reply_key score_level_keys[] = {
    LEVEL_BETWEEN, REAL("mean_before", NULL), REAL("mean_after", NULL), LEVEL_RUNS, { 0 },
};

static const struct reply_key alarm_keys[] = {
    REPLY_CHOICE("state", 0, NULL, alarm_state_words),
    TEXT_OR_NULL("reason", "Why it could not be measured."),
    WEEK_OR_NULL("baseline_week", NULL),
    TEXT_OR_NULL("baseline_run", NULL),
    TEXT_OR_NULL("run", NULL),
    TEXT_OR_NULL("confirmed_by", NULL),
    TEXT_OR_NULL("refuted", NULL),
    COUNT("n", NULL),
    COUNT("pass_to_fail", NULL),
    COUNT("fail_to_pass", NULL),
    REAL_OR_NULL("effect", NULL),
    REAL("effect_floor", NULL),
    REAL_OR_NULL("log_e", NULL),
    P_VALUE("p", "Of a test that may be looked at any time."),
    REAL("alpha", NULL),
    REAL("false_alarm_rate", NULL),
    { 0 },
};

static const struct reply_key repeats_keys[] = {
    COUNT("n", "Pairs of runs of the same thing."),
    COUNT("alarms", NULL),
    REAL_OR_NULL("rate", NULL),
    INTERVAL,
    COUNT("cases", NULL),
    COUNT("flips", NULL),
    REAL_OR_NULL("flip_rate", NULL),
    { 0 },
};

static const struct reply_key sensitivity_keys[] = {
    COUNT("comparisons", "Of the suite's last weeks, each with the one before."),
    COUNT("pairs", "Cases in them."),
    COUNT("flips", "Of these."),
    REAL_OR_NULL("discordant_rate", "flips by pairs"),
    COUNT("n", "Pairs of this surface now."),
    REAL_OR_NULL("smallest_detectable", "Null: none, even if every flip went the same way."),
    REAL("effect", "The smallest change that matters, as the suite says."),
    COUNT_OR_NULL("cases_needed", "To see that one."),
    { 0 },
};

static const struct reply_key score_test_keys[] = {
    COUNT("n", "Cases with a score on both sides."),
    COUNT("runs_before", NULL),
    COUNT("runs_now", NULL),
    REAL("mean_before", NULL),
    REAL("mean_now", NULL),
    REAL("mean_diff", NULL),
    INTERVAL,
    REAL_OR_NULL("se", NULL),
    REAL_OR_NULL("t", NULL),
    REAL_OR_NULL("df", NULL),
    P_VALUE("p", NULL),
    REPLY_KEY("repeats", REPLY_BOOL, 0, "Some case was tried several times."),
    COUNT_OR_NULL("clusters", NULL),
    REAL_OR_NULL("se_unclustered", NULL),
    { 0 },
};

static const struct reply_key clustered_keys[] = {
    COUNT("n", NULL),
    COUNT("runs_before", NULL),
    COUNT("runs_now", NULL),
    COUNT("clusters", NULL),
    REAL("diff", NULL),
    INTERVAL,
    REAL_OR_NULL("se", NULL),
    P_VALUE("p", NULL),
    REAL_OR_NULL("se_unclustered", NULL),
    { 0 },
};

static const char *const directions[] = { "lower", "higher" };

static const struct reply_key headline_keys[] = {
    TEXT_OR_NULL("metric", NULL),
    REPLY_CHOICE("direction", 0, "Which way it is better.", directions),
    REAL_OR_NULL("rate", "The share of the cases that it counts."),
    INTERVAL,
    REAL_OR_NULL("delta", NULL),
    REAL_OR_NULL("floor", "Its ceiling where lower is better."),
    REPLY_KEY("breached", REPLY_BOOL, REPLY_NULLABLE, "Null without a floor or below ten cases."),
    { 0 },
};

static const struct reply_key tries_keys[] = {
    COUNT("passed", NULL),
    COUNT("n", NULL),
    { 0 },
};

static const struct reply_key slid_keys[] = {
    TEXT_ALWAYS("case", NULL),
    REPLY_INSIDE("before", 0, "Tries in the baseline's week.", tries_keys),
    REPLY_INSIDE("now", 0, NULL, tries_keys),
    { 0 },
};

static const struct reply_key renamed_keys[] = {
    TEXT_ALWAYS("from", "Its key in the run before."),
    TEXT_ALWAYS("to", "Its key in this one."),
    { 0 },
};

static const struct reply_key surface_keys[] = {
    TEXT_ALWAYS("surface", NULL),
    TEXT_ALWAYS("suite", NULL),
    TEXT_OR_NULL("run", "The run that stands for the week; null where a majority does."),
    REPLY_KEY("runs", REPLY_TEXT, REPLY_LIST, "All of the week."),
    TEXT_OR_NULL("baseline_run", NULL),
    WEEK_OR_NULL("baseline_week", NULL),
    COUNT_OR_NULL("weeks_apart", NULL),
    REPLY_KEY("changed", REPLY_TEXT, REPLY_MAP | REPLY_LIST | REPLY_HOLES,
              "What the two were made with and differs, by part: from, to."),
    REPLY_INSIDE("notes", REPLY_LIST, NULL, note_keys),
    REPLY_INSIDE("headline", 0, "The surface's metric, in its own direction.", headline_keys),
    COUNT("cases", NULL),
    COUNT("evaluated", "Cases that passed or failed."),
    COUNT("unscored", "Cases without a verdict."),
    COUNT("passed", NULL),
    REAL_OR_NULL("pass_rate", NULL),
    INTERVAL,
    REAL_OR_NULL("delta", "The change of the pass rate against the baseline."),
    REAL_OR_NULL("smallest_detectable", NULL),
    REPLY_INSIDE("paired", 0, "The cases that both sides have.", paired_keys),
    REPLY_CHOICE("verdict", 0, NULL, review_verdict_words),
    REPLY_INSIDE("not_comparable", REPLY_LIST, "Where the ruler differs.", ruler_keys),
    REPLY_INSIDE("compared_anyway", REPLY_NULLABLE, "Who said that it may be.", override_keys),
    REPLY_INSIDE("flips", REPLY_LIST | REPLY_OPTIONAL, "Pass to fail." NOT_BRIEF, flip_keys),
    REPLY_KEY("flips_left_out", REPLY_INT, REPLY_OPTIONAL,
              "How many 'flips' of the query leaves out; only where it does."),
    REPLY_KEY("fixed", REPLY_TEXT, REPLY_LIST | REPLY_OPTIONAL, "Keys." NOT_BRIEF),
    REPLY_INSIDE(
        "slid", REPLY_LIST | REPLY_OPTIONAL,
        "Passed each of several tries before and not each now, and are no flips." NOT_BRIEF,
        slid_keys),
    REPLY_KEY("missing", REPLY_TEXT, REPLY_LIST | REPLY_OPTIONAL, "Keys." NOT_BRIEF),
    REPLY_KEY("new", REPLY_TEXT, REPLY_LIST | REPLY_OPTIONAL, "Keys." NOT_BRIEF),
    REPLY_INSIDE("renamed", REPLY_LIST | REPLY_OPTIONAL, "One input under two keys." NOT_BRIEF,
                 renamed_keys),
    REPLY_INSIDE("errors", REPLY_LIST | REPLY_OPTIONAL, "Without a verdict." NOT_BRIEF, error_keys),
    REPLY_INSIDE("trend", REPLY_OPTIONAL, "The window." OF_A_WEEK, trend_keys),
    REPLY_INSIDE("tail", 0, "The hardest tenth, by earlier weeks.", tail_keys),
    REPLY_INSIDE("slices", REPLY_LIST | REPLY_OPTIONAL, "By slice and tag." NOT_BRIEF, slice_keys),
    REPLY_INSIDE("suspects", REPLY_LIST | REPLY_OPTIONAL, "The likeliest first." NOT_BRIEF,
                 suspect_keys),
    REPLY_INSIDE("rerun_plan", REPLY_NULLABLE | REPLY_OPTIONAL, "The cheapest." NOT_BRIEF,
                 plan_keys),
    REPLY_INSIDE("suspect_priors", REPLY_NULLABLE | REPLY_OPTIONAL,
                 "Null where nobody is suspected." NOT_BRIEF, prior_keys),
    REPLY_INSIDE("breaks", REPLY_LIST | REPLY_OPTIONAL, "Where the ruler changed." OF_A_WEEK,
                 break_keys),
    REPLY_KEY("trend_since", REPLY_WEEK, REPLY_NULLABLE | REPLY_OPTIONAL,
              "The first week under today's ruler; null: all of them are." OF_A_WEEK),
    REPLY_INSIDE("change_points", REPLY_LIST | REPLY_OPTIONAL,
                 "Where the level of the rate changed." OF_A_WEEK, level_keys),
    REPLY_INSIDE("score_change_points", REPLY_LIST | REPLY_OPTIONAL,
                 "Where that of the mean score did." OF_A_WEEK, score_level_keys),
    REPLY_INSIDE("alarm", REPLY_OPTIONAL, "The live alarm." OF_A_WEEK, alarm_keys),
    REPLY_INSIDE("false_alarms", REPLY_OPTIONAL, "How often the test cries wolf." OF_A_WEEK,
                 repeats_keys),
    REPLY_INSIDE("sensitivity", REPLY_OPTIONAL, "How small a change can be seen." OF_A_WEEK,
                 sensitivity_keys),
    REPLY_INSIDE("score_test", REPLY_NULLABLE, "The mean scores, paired.", score_test_keys),
    REPLY_INSIDE("clustered", REPLY_NULLABLE, "The change with clusters heeded.", clustered_keys),
    { 0 },
};

static const struct reply_key review_keys[] = {
    WEEK_OR_NULL("week", "Null only with 'or_empty', where nothing was measured yet."),
    WEEK_OR_NULL("baseline_week", NULL),
    COUNT_OR_NULL("weeks_apart", NULL),
    REPLY_KEY("generated_at", REPLY_STAMP, 0, NULL),
    TEXT_OR_NULL("summary", "One paragraph; null where there are no surfaces."),
    REPLY_SCHEMA("surfaces", REPLY_LIST, NULL, "review_surface"),
    { 0 },
};

static const struct reply_key opened_keys[] = {
    TEXT_ALWAYS("eval_review", "Its id."),
    WEEK("week", NULL),
    REPLY_KEY("new", REPLY_BOOL, 0, "False: it was open already."),
    REPLY_KEY("actions", REPLY_TEXT, REPLY_LIST, "Ids of the actions of its flips."),
    { 0 },
};

/* --- a case --- */

static const struct reply_key trial_keys[] = {
    COUNT("trial", NULL),
    REPLY_CHOICE("verdict", 0, NULL, verdict_words),
    REAL_OR_NULL("score", NULL),
    REAL_OR_NULL("latency_ms", NULL),
    REAL_OR_NULL("cost_usd", NULL),
    TEXT_OR_NULL("output", NULL),
    TEXT_OR_NULL("reason", "The judge's."),
    TEXT_OR_NULL("error", NULL),
    TEXT_OR_NULL("failure", NULL),
    REPLY_KEY("attributes", REPLY_ANY, 0, "What else the file said of it."),
    { 0 },
};

static const struct reply_key case_run_keys[] = {
    TEXT_ALWAYS("run", NULL),
    TEXT_ALWAYS("id", "Of the run."),
    REPLY_KEY("started_at", REPLY_STAMP, REPLY_NULLABLE, NULL),
    TEXT_OR_NULL("model", NULL),
    TEXT_OR_NULL("prompt_version", NULL),
    TEXT_OR_NULL("judge", NULL),
    REPLY_CHOICE("verdict", REPLY_NULLABLE, "Null where the run does not hold it.", verdict_words),
    REPLY_INSIDE("trials", REPLY_LIST, NULL, trial_keys),
    { 0 },
};

static const char *const change_words[] = { "same", "removed", "added" };

static const struct reply_key difference_keys[] = {
    REPLY_CHOICE("change", 0, NULL, change_words),
    TEXT_ALWAYS("text", NULL),
    { 0 },
};

static const struct reply_key said_keys[] = {
    TEXT_ALWAYS("id", "Of the human verdict."),
    TEXT_ALWAYS("run", NULL),
    TEXT_OR_NULL("person", NULL),
    TEXT_OR_NULL("verdict", "Null while it waits for the person."),
    TEXT_OR_NULL("reason", NULL),
    { 0 },
};

static const struct reply_key case_page_keys[] = {
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("case", "Its key."),
    TEXT_ALWAYS("key_kind", "id, content or position."),
    TEXT_ALWAYS("suite", NULL),
    TEXT_ALWAYS("surface", NULL),
    WEEK_OR_NULL("week", NULL),
    TEXT_OR_NULL("input", NULL),
    TEXT_OR_NULL("expected", NULL),
    REPLY_INSIDE("now", REPLY_NULLABLE, NULL, case_run_keys),
    REPLY_INSIDE("before", REPLY_NULLABLE, NULL, case_run_keys),
    REPLY_INSIDE("difference", REPLY_LIST | REPLY_NULLABLE, "Of the outputs, word by word.",
                 difference_keys),
    REPLY_INSIDE("strip", REPLY_LIST, "The weeks of the window that have runs.", week_count_keys),
    REPLY_INSIDE("human_verdicts", REPLY_LIST, NULL, said_keys),
    { 0 },
};

/* --- judges, the timeline --- */

static const struct reply_key agreement_keys[] = {
    TEXT_ALWAYS("surface", NULL),
    TEXT_OR_NULL("judge", NULL),
    COUNT("n", "Cases that both called passed or failed."),
    REAL_OR_NULL("agreement", NULL),
    REAL_OR_NULL("kappa", "Cohen's."),
    COUNT("both_pass", NULL),
    COUNT("both_fail", NULL),
    COUNT("only_judge_passes", NULL),
    COUNT("only_person_passes", NULL),
    COUNT("without_verdict", NULL),
    { 0 },
};

static const struct reply_key agreements_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, NULL, agreement_keys),
    { 0 },
};

static const char *const event_types[] = { "run", "change" };

#define OF_A_RUN(name, kind, flags)                                                                \
    REPLY_KEY(name, kind, (flags) | REPLY_OPTIONAL, "Of a run only.")
#define OF_A_CHANGE(name)                                                                          \
    REPLY_KEY(name, REPLY_TEXT, REPLY_NULLABLE | REPLY_OPTIONAL, "Of a change only.")

static const struct reply_key event_keys[] = {
    REPLY_KEY("at", REPLY_STAMP, 0, NULL),
    REPLY_CHOICE("type", 0, NULL, event_types),
    TEXT_ALWAYS("id", NULL),
    TEXT_ALWAYS("title", NULL),
    REPLY_KEY("surfaces", REPLY_TEXT, REPLY_LIST, NULL),
    OF_A_RUN("status", REPLY_TEXT, 0),
    OF_A_RUN("model", REPLY_TEXT, REPLY_NULLABLE),
    OF_A_RUN("cases", REPLY_INT, 0),
    OF_A_RUN("passed", REPLY_INT, 0),
    OF_A_RUN("pass_rate", REPLY_REAL, REPLY_NULLABLE),
    OF_A_CHANGE("kind"),
    OF_A_CHANGE("from"),
    OF_A_CHANGE("to"),
    OF_A_CHANGE("slice"),
    OF_A_CHANGE("source"),
    OF_A_CHANGE("url"),
    { 0 },
};

static const struct reply_key timeline_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, NULL, event_keys),
    TEXT_OR_NULL("next", "'after' of the next page."),
    { 0 },
};

const struct reply_schema evals_replies[] = {
    { .name = "review", .help = "The eval review of a week.", .keys = review_keys },
    { .name = "review_surface",
      .help = "A surface against its baseline, in a week or as two runs.",
      .keys = surface_keys },
    { .name = "eval_review_opened",
      .help = "What opening a review did, or making more of its actions.",
      .keys = opened_keys },
    { .name = "eval_case_page", .help = "A case on a surface.", .keys = case_page_keys },
    { .name = "judge_agreements",
      .help = "How well judges agree with people.",
      .keys = agreements_keys },
    { .name = "timeline", .help = "A page of the timeline.", .keys = timeline_keys },
    { 0 },
};
