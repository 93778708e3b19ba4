/*
 * What the demo's team did in its meetings: it took the pack three weeks ago, measured nothing at
 * first, and told honestly what it left undone. Of what is planted into the last week nobody here
 * knows, but that somebody answers a regression.
 */
#include "app/demo_sessions.h"

enum { ACTOR, MINA, JONAS, PRIYA, TOMAS, ELIF }; /* as in demo_persons */
enum { SUPPORT_ANSWERS, SEARCH_SUMMARIES, CODE_SUGGESTIONS, DOCUMENT_EXTRACTION };

#define THERE(person) (1U << (person))

const struct demo_ritual demo_rituals[DEMO_DAYS] = {
    [DEMO_MONDAY] = { ACTOR, MINA, THERE(ACTOR) | THERE(MINA) | THERE(JONAS) | THERE(PRIYA) },
    [DEMO_TUESDAY] = { PRIYA, JONAS, THERE(ACTOR) | THERE(MINA) | THERE(JONAS) | THERE(PRIYA) },
    [DEMO_WEDNESDAY] = { JONAS, MINA, THERE(ACTOR) | THERE(MINA) | THERE(JONAS) },
    [DEMO_THURSDAY] = { MINA, PRIYA, THERE(ACTOR) | THERE(MINA) | THERE(PRIYA) },
    [DEMO_FRIDAY] = { ACTOR, JONAS,
                      THERE(ACTOR) | THERE(MINA) | THERE(JONAS) | THERE(TOMAS) | THERE(ELIF) },
};

#define CURRENCY "Invoices in two currencies were read with one"

const struct demo_session demo_sessions[] = {
    /* The first week: the meetings begin, the measuring does not yet. */
    { .weeks_before = 3,
      .day = DEMO_MONDAY,
      .paragraph = "Four surfaces are measured in three tools, and nobody has laid their weeks "
                   "side by side. Their runs come in as files within two weeks; from then on this "
                   "meeting begins with them.",
      .made = { { .kind = DEMO_MADE_ACTION,
                  .title = "Bring in the eval runs of all four surfaces",
                  .owner = ACTOR,
                  .due_days = 14,
                  .is_done = 1 } },
      .none = { { "incident", "No run is in yet" },
                { "experiment", "First the runs, then ideas" } } },
    { .weeks_before = 3,
      .day = DEMO_TUESDAY,
      .note = "Three of four prompts went out without anybody having read two runs.",
      .made = { { .kind = DEMO_MADE_DECISION,
                  .title = "No prompt goes to production without two compared runs",
                  .words = { "Prompts went out on the word of whoever wrote them.",
                             "- compare two runs before each move\n- look at complaints afterwards",
                             "A change needs the eval delta of two runs, and somebody else who "
                             "read both." },
                  .owner = PRIYA } } },
    { .weeks_before = 3,
      .day = DEMO_WEDNESDAY,
      .made = { { .kind = DEMO_MADE_DOCUMENT,
                  .title = "Triage: one cause behind nine reports",
                  .words = { "triage record",
                             "31 reports were read. Nine are about delivery dates, and all nine "
                             "answers quote the page of last winter. The page was taken out of "
                             "the sources." } } } },
    { .weeks_before = 3,
      .day = DEMO_THURSDAY,
      .made = { { .kind = DEMO_MADE_DOCUMENT,
                  .title = "Watch log: nothing that we use changes",
                  .words = { "watch log", "Read: release notes of our four models. No date of "
                                          "ours is near; no new model is worth a week." } } },
      .none = { { "experiment", "Nothing in the news deserves one" } } },
    { .weeks_before = 3,
      .day = DEMO_FRIDAY,
      .fate = DEMO_SKIPPED,
      .reason = "Nothing is measured yet: there would be no figure in it" },

    { .weeks_before = 2,
      .day = DEMO_MONDAY,
      .fate = DEMO_SKIPPED,
      .reason = "The eval runs come in on Friday: next Monday begins with eleven weeks of them" },
    { .weeks_before = 2,
      .day = DEMO_TUESDAY,
      .made = { { .kind = DEMO_MADE_DECISION,
                  .title = "A candidate may be five points below a surface's floor, no more",
                  .words = { "Floors say what users bear; a single run wavers by a few points.",
                             "- the floor itself\n- five points below it\n- no floor in the gate",
                             "The gate of each surface blocks at five points below its floor." },
                  .owner = PRIYA } } },
    /* Its Wednesday was missed, and nobody said why. */
    { .weeks_before = 2,
      .day = DEMO_THURSDAY,
      .made = { { .kind = DEMO_MADE_DOCUMENT,
                  .title = "Watch log: summaries with their sources beside them",
                  .words = { "watch log", "Two search pages put the source beside each claim. "
                                          "That is cheap for us to try." } },
                { .kind = DEMO_MADE_EXPERIMENT,
                  .title = "Sources beside each claim of a summary",
                  .words = { "When every claim has its source beside it, more readers open one.",
                             "opened sources per summary; decided once, after 14 days" },
                  .owner = JONAS,
                  .surface = SEARCH_SUMMARIES,
                  .is_done = 1 } } },
    { .weeks_before = 2,
      .day = DEMO_FRIDAY,
      .fate = DEMO_HELD_INCOMPLETE,
      .reason = "The week was told aloud, not written: no run was in" },

    /* The first week that is measured. */
    { .weeks_before = 1,
      .day = DEMO_MONDAY,
      .fate = DEMO_HELD_INCOMPLETE,
      .reason = "The time was over before an experiment was chosen and every flip had an owner",
      .paragraph = "Eleven weeks lie side by side, and no surface moved beyond noise. The cases "
                   "that broke are handed out but for those that nobody knew anything about.",
      .note = "Ask on Wednesday whether the reports know more about the cases that are left.",
      .parked = "Who reads the hardest cases of code-suggestions by hand?",
      .made = { { .kind = DEMO_MADE_INCIDENT,
                  .title = CURRENCY,
                  .words = { "Three customers booked 14 invoices with the wrong amount within two "
                             "days; all are corrected." },
                  .owner = JONAS,
                  .surface = DOCUMENT_EXTRACTION } },
      .leaves_open = 1 },
    { .weeks_before = 1,
      .day = DEMO_TUESDAY,
      .note = "The delta of search-summary 6 holds. Whether readers open its sources nobody could "
              "say: Jonas brings the figure of the experiment.",
      .made = { { .kind = DEMO_MADE_COUNCIL,
                  .title = "Wait for the figure of the experiment that shows sources.",
                  .words = { "defer" } } },
      .none = { { "decision", "The one change in the queue waits for a figure" } },
      .leaves_open = 1 },
    { .weeks_before = 1,
      .day = DEMO_WEDNESDAY,
      .fate = DEMO_HELD_INCOMPLETE,
      .reason = "One case that broke is still nobody's: who knows it is away until Monday",
      .made = { { .kind = DEMO_MADE_DOCUMENT,
                  .title = "Triage: the wrong amounts are one cause",
                  .words = { "triage record", "27 reports were read. Four wrong amounts and two "
                                              "failing cases are one cause: a document with two "
                                              "currencies. The rest are single questions." } },
                { .kind = DEMO_MADE_CAUSE,
                  .title = CURRENCY,
                  .words = { "The prompt asks for one currency of the document, and takes the "
                             "first." } },
                { .kind = DEMO_MADE_POSTMORTEM,
                  .title = CURRENCY,
                  .words = { "**What happened.** Invoices with two currencies were read with the "
                             "first one for all lines.\n\n**Why it was not seen.** No case of the "
                             "suite has two currencies.\n\n**What changes.** Such documents are "
                             "held back until the currency is read line by line." } },
                { .kind = DEMO_MADE_ACTION,
                  .title = "Tell the three customers what was wrong",
                  .owner = MINA,
                  .due_days = 1,
                  .is_done = 1 },
                { .kind = DEMO_MADE_ACTION,
                  .title = "Add ten invoices with two currencies to the suite",
                  .owner = JONAS,
                  .due_days = 9 } },
      .leaves_open = 1 },
    { .weeks_before = 1,
      .day = DEMO_THURSDAY,
      .made = { { .kind = DEMO_MADE_DOCUMENT,
                  .title = "Watch log: long contexts cost more",
                  .words = { "watch log", "Two providers raise their prices for long contexts next "
                                          "month. Ours has not said anything." } },
                { .kind = DEMO_MADE_EXPERIMENT,
                  .title = "Suggestions end with the statement",
                  .words = { "Suggestions that end with the statement are kept more often than "
                             "those that end with the line.",
                             "acceptance rate; shipped at one point more, decided once, after 14 "
                             "days" },
                  .owner = PRIYA,
                  .surface = CODE_SUGGESTIONS } } },
    { .weeks_before = 1,
      .day = DEMO_FRIDAY,
      .note = "Tomas asks for one sentence per bet that he can repeat.",
      .made = { { .kind = DEMO_MADE_UPDATE } } },

    /* The last week, as far as it is over. */
    { .weeks_before = 0,
      .day = DEMO_MONDAY,
      .fate = DEMO_HELD_INCOMPLETE,
      .reason = "The cases that broke are handed out during the day",
      .paragraph = "What moved, and what is suspected of it, stands in the review of the week. "
                   "Whatever broke gets an owner today.",
      .leaves_open = 1 },
    { .weeks_before = 0,
      .day = DEMO_TUESDAY,
      .made = { { .kind = DEMO_MADE_COUNCIL,
                  .title = "Read both runs; sources are opened more often.",
                  .words = { "approve" } },
                { .kind = DEMO_MADE_ANSWER } },
      .none = { { "decision", "Nothing had to be decided beside the queue" } },
      .leaves_open = 1 },
    { .weeks_before = 0,
      .day = DEMO_WEDNESDAY,
      .fate = DEMO_HELD_INCOMPLETE,
      .reason = "Not every case that broke has an owner yet",
      .made = { { .kind = DEMO_MADE_DOCUMENT,
                  .title = "Triage: single questions, and the invoices again",
                  .words = { "triage record", "22 reports were read. Three are about invoices "
                                              "that are still held back; the others have nothing "
                                              "in common." } } },
      .leaves_open = 1 },
    { .weeks_before = 0,
      .day = DEMO_THURSDAY,
      .made = { { .kind = DEMO_MADE_DOCUMENT,
                  .title = "Watch log: what long contexts would cost us",
                  .words = { "watch log", "With the prices of the two others a document would cost "
                                          "a fifth more. Nothing to do until ours says so." } } },
      .none = { { "experiment", "One runs and one is planned: that is enough" } } },
    { .weeks_before = 0, .day = DEMO_FRIDAY, .fate = DEMO_LEFT_OPEN, .leaves_open = 1 },
};

const size_t demo_session_count = sizeof demo_sessions / sizeof *demo_sessions;
