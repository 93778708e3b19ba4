/*
 * Room updates: the board brief: wins, and the risks that it owns, each with a mitigation and an
 * owner, or it is not sent. Life cycle: draft, then sent. Sending fills what is frozen; from then
 * on neither it nor its risks change, and it cannot be dropped.
 */
#include "base/stamp.h"
#include "rooms/people/people.h"
#include "rooms/updates/board_brief_read.h"
#include "rooms/updates/frozen.h"
#include "store/find.h"

enum { REFUSAL_SHOWN = 900 };

static const char *const state_words[] = { "draft", "sent", NULL };

static const struct field brief_fields[] = {
    [BOARD_BRIEF_TITLE] = { .name = "title",
                            .label = "Title",
                            .kind = FIELD_TEXT,
                            .flags = FIELD_NEEDED | FIELD_SEARCHED,
                            .help = "What it is called, such as 'Board, fourth quarter'." },
    [BOARD_BRIEF_WEEK] = { .name = "week",
                           .label = "Week",
                           .kind = FIELD_TEXT,
                           .flags = FIELD_INDEXED | FIELD_SORTED,
                           .max = 8,
                           .help = "The week whose figures it tells, such as 2026-W47; without "
                                   "one, the week in which it is begun." },
    [BOARD_BRIEF_WINS] = { .name = "wins",
                           .label = "Wins",
                           .kind = FIELD_PROSE,
                           .flags = FIELD_SEARCHED,
                           .help = "What went well, with figures: '{{figure evals.pass_rate "
                                   "surface=NAME}}'." },
    [BOARD_BRIEF_STATE] = { .name = "state",
                            .label = "State",
                            .kind = FIELD_CHOICE,
                            .choices = state_words,
                            .flags = FIELD_NEEDED,
                            .fallback = "draft",
                            .help = "Once sent it never changes." },
    [BOARD_BRIEF_MARKDOWN] = { .name = "markdown",
                               .label = "As it was sent",
                               .kind = FIELD_PROSE,
                               .flags = FIELD_COUNTED | FIELD_SEARCHED,
                               .help = "Every word, with the figures as they were." },
    [BOARD_BRIEF_FIGURES] = { .name = "figures",
                              .label = "Figures",
                              .kind = FIELD_JSON,
                              .flags = FIELD_COUNTED,
                              .help = "Each figure with what it was asked, its value and its "
                                      "evidence." },
    [BOARD_BRIEF_CONTENT_HASH] = { .name = "content_hash",
                                   .label = "Content hash",
                                   .kind = FIELD_TEXT,
                                   .flags = FIELD_COUNTED,
                                   .max = 64,
                                   .help = "BLAKE2b of the text and the figures." },
    [BOARD_BRIEF_SENT_AT] = { .name = "sent_at",
                              .label = "Sent",
                              .kind = FIELD_STAMP,
                              .flags = FIELD_COUNTED | FIELD_INDEXED,
                              .help = "When it was sent." },
    [BOARD_BRIEF_PERSON] = { .name = "person",
                             .label = "Sent by",
                             .kind = FIELD_REF,
                             .refers = "person",
                             .flags = FIELD_COUNTED | FIELD_BY_NAME,
                             .help = "Who sent it." },
};

static bool guard_send(struct call *call, const struct row *brief)
{
    struct board_brief_reading reading;
    struct out out;
    if (!board_brief_read(call, brief, &reading))
        return false;
    if (reading.filled.error_count == 0)
        return true;
    out_init(&out, call);
    for (size_t i = 0; i < reading.filled.error_count; i++)
        out_format(&out, "%s%.*s", i ? "; " : "", TEXT_FMT(reading.filled.error[i]));
    return fail(call, FAIL_CONFLICT, "the board brief cannot be sent yet: %.*s",
                TEXT_FMT(text_until_character(out_view(&out), REFUSAL_SHOWN)));
}

static const struct transition brief_states[] = {
    { "draft", "sent", "send", 0, guard_send, UNDO_NO },
    { 0 },
};

static bool freeze(struct call *call, struct row *brief)
{
    struct board_brief_reading reading;
    if (!board_brief_read(call, brief, &reading))
        return false;
    text markdown = reading.filled.markdown, figures = frozen_figures(call, &reading.filled);
    brief->value[BOARD_BRIEF_MARKDOWN] = value_text(markdown);
    brief->value[BOARD_BRIEF_FIGURES] = value_text(figures);
    brief->value[BOARD_BRIEF_CONTENT_HASH] = value_text(frozen_hash(call, markdown, figures));
    brief->value[BOARD_BRIEF_SENT_AT] = value_stamp(call->now);
    brief->value[BOARD_BRIEF_PERSON] = value_ref(call->actor.person);
    return call->fail.kind == FAIL_NONE;
}

static bool settle_week(struct call *call, struct row *brief)
{
    char word[WEEK_TEXT_SIZE];
    iso_week week;
    if (!week_of_stamp(call, call->workspace_zone, call->now, &week) ||
        !week_check(call, value_as_text(brief->value[BOARD_BRIEF_WEEK]), &week))
        return false;
    week_write(week, word);
    brief->value[BOARD_BRIEF_WEEK] = value_text(call_text(call, text_of(word)));
    return call->fail.kind == FAIL_NONE;
}

static bool brief_settle(struct call *call, const struct row *before, struct row *after)
{
    if (before && board_brief_is_sent(before))
        return true;
    /* What an archive brings is frozen already. */
    bool is_frozen = !value_is_null(after->value[BOARD_BRIEF_MARKDOWN]);
    return settle_week(call, after) &&
           (!board_brief_is_sent(after) || is_frozen || freeze(call, after));
}

static bool brief_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)after;
    return !before || !board_brief_is_sent(before) ||
           fail(call, FAIL_CONFLICT, "'%.*s' was sent and does not change",
                TEXT_FMT(row_title(call, before)));
}

static bool brief_check_drop(struct call *call, const struct row *brief)
{
    return !board_brief_is_sent(brief) ||
           fail(call, FAIL_CONFLICT, "'%.*s' was sent: it stays at its address",
                TEXT_FMT(row_title(call, brief)));
}

static const char *const brief_listed[] = { "week", "state", "sent_at", "person", NULL };

const struct record board_brief_record = {
    .name = "board_brief",
    .plural = "board_briefs",
    .prefix = "BB",
    .label = "board brief",
    .help = "Wins and risks for the board: 'rondo board-brief add'; each risk has a mitigation and "
            "an owner, or it is not sent.",
    .field = brief_fields,
    .field_count = sizeof brief_fields / sizeof brief_fields[0],
    .title = BOARD_BRIEF_TITLE,
    .state = BOARD_BRIEF_STATE,
    .states = brief_states,
    .listed = brief_listed,
    .check = brief_check,
    .check_drop = brief_check_drop,
    .settle = brief_settle,
};

/* --- its risks --- */

static const struct field risk_fields[] = {
    [BOARD_RISK_RISK] = { .name = "risk",
                          .label = "Risk",
                          .kind = FIELD_TEXT,
                          .flags = FIELD_NEEDED | FIELD_SEARCHED,
                          .help = "What may go wrong." },
    [BOARD_RISK_BRIEF] = { .name = "brief",
                           .label = "Board brief",
                           .kind = FIELD_REF,
                           .refers = "board_brief",
                           .flags = FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED | FIELD_BY_NAME,
                           .help = "Where it is told." },
    [BOARD_RISK_MITIGATION] = { .name = "mitigation",
                                .label = "Mitigation",
                                .kind = FIELD_TEXT,
                                .flags = FIELD_SEARCHED,
                                .help = "What is done about it; without it the brief is not "
                                        "sent." },
    [BOARD_RISK_OWNER] = { .name = "owner",
                           .label = "Owner",
                           .kind = FIELD_REF,
                           .refers = "person",
                           .flags = FIELD_BY_NAME | FIELD_INDEXED,
                           .help = "Who sees to that; without one the brief is not sent." },
};

static bool check_open(struct call *call, const struct row *risk)
{
    struct row brief;
    if (!find_row(call, &board_brief_record, value_as_int(risk->value[BOARD_RISK_BRIEF]), &brief))
        return false;
    return !board_brief_is_sent(&brief) ||
           fail(call, FAIL_CONFLICT, "'%.*s' was sent: its risks do not change",
                TEXT_FMT(row_title(call, &brief)));
}

static bool risk_check(struct call *call, const struct row *before, const struct row *after)
{
    return people_check_assigned(call, before, after, BOARD_RISK_OWNER) && check_open(call, after);
}

static bool risk_check_drop(struct call *call, const struct row *risk)
{
    return check_open(call, risk);
}

static const char *const risk_listed[] = { "brief", "mitigation", "owner", NULL };

const struct record board_risk_record = {
    .name = "board_risk",
    .plural = "board_risks",
    .prefix = "BRI",
    .label = "risk for the board",
    .help = "A risk that a board brief tells, with what is done about it: 'rondo board-risk add'.",
    .field = risk_fields,
    .field_count = sizeof risk_fields / sizeof risk_fields[0],
    .title = BOARD_RISK_RISK,
    .listed = risk_listed,
    .check = risk_check,
    .check_drop = risk_check_drop,
};
