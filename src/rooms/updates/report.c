/*
 * Room updates: reports: cards with a figure each, and what a report said when a snapshot was taken
 * of it. Snapshots never change.
 */
#include "offers/figure.h"
#include "offers/listing.h"
#include "rooms/people/people.h"
#include "rooms/updates/updates.h"

static const struct field report_fields[] = {
    [REPORT_TITLE] = { .name = "title",
                       .label = "Title",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED,
                       .help = "What it tells." },
    [REPORT_OWNER] = { .name = "owner",
                       .label = "Owner",
                       .kind = FIELD_REF,
                       .refers = "person",
                       .flags = FIELD_BY_NAME | FIELD_INDEXED,
                       .help = "Who answers for it; without one, whoever makes it." },
    [REPORT_TEAM] = { .name = "team",
                      .label = "Team",
                      .kind = FIELD_REF,
                      .refers = "team",
                      .flags = FIELD_BY_NAME,
                      .help = "Whose figures; none: the whole workspace's." },
};

static bool report_settle(struct call *call, const struct row *before, struct row *after)
{
    if (!before && value_is_null(after->value[REPORT_OWNER]))
        after->value[REPORT_OWNER] = value_ref(call->actor.person);
    return true;
}

static bool report_check(struct call *call, const struct row *before, const struct row *after)
{
    return people_check_assigned(call, before, after, REPORT_OWNER);
}

static const char *const report_listed[] = { "owner", "team", NULL };

const struct record report_record = {
    .name = "report",
    .plural = "reports",
    .prefix = "REP",
    .label = "report",
    .help = "Cards with figures, an owner, and snapshots: 'rondo report add', 'rondo report read'.",
    .field = report_fields,
    .field_count = sizeof report_fields / sizeof report_fields[0],
    .title = REPORT_TITLE,
    .listed = report_listed,
    .check = report_check,
    .settle = report_settle,
};

static const struct field card_fields[] = {
    [REPORT_CARD_TITLE] = { .name = "title",
                            .label = "Card",
                            .kind = FIELD_TEXT,
                            .flags = FIELD_NEEDED | FIELD_SEARCHED,
                            .help = "What the figure says here." },
    [REPORT_CARD_REPORT] = { .name = "report",
                             .label = "Report",
                             .kind = FIELD_REF,
                             .refers = "report",
                             .flags = FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED | FIELD_BY_NAME,
                             .help = "Where it stands." },
    [REPORT_CARD_FIGURE] = { .name = "figure",
                             .label = "Figure",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_NEEDED,
                             .help = "As it is written in a text: 'evals.pass_rate "
                                     "surface=NAME'." },
};

/* What cannot be told is refused where it is written, not where it is read. */
static bool card_check(struct call *call, const struct row *before, const struct row *after)
{
    struct figure_scope scope = { .as_of = LISTING_NOW };
    struct told_figure told;
    if (before && value_equal(before->value[REPORT_CARD_FIGURE], after->value[REPORT_CARD_FIGURE]))
        return true;
    return figure_parse(call, value_as_text(after->value[REPORT_CARD_FIGURE]), &scope, &told);
}

static const char *const card_listed[] = { "report", "figure", NULL };

const struct record report_card_record = {
    .name = "report_card",
    .plural = "report_cards",
    .prefix = "RCA",
    .label = "card",
    .help = "A figure of a report with its title: 'rondo report-card add'.",
    .field = card_fields,
    .field_count = sizeof card_fields / sizeof card_fields[0],
    .title = REPORT_CARD_TITLE,
    .listed = card_listed,
    .check = card_check,
};

static const struct field snapshot_fields[] = {
    [REPORT_SNAPSHOT_TITLE] = { .name = "title",
                                .label = "Title",
                                .kind = FIELD_TEXT,
                                .flags = FIELD_COUNTED | FIELD_SEARCHED,
                                .help = "The report and its day." },
    [REPORT_SNAPSHOT_REPORT] = { .name = "report",
                                 .label = "Report",
                                 .kind = FIELD_REF,
                                 .refers = "report",
                                 .flags = FIELD_COUNTED | FIELD_INDEXED | FIELD_BY_NAME,
                                 .help = "What it is of." },
    [REPORT_SNAPSHOT_AS_OF] = { .name = "as_of",
                                .label = "As of",
                                .kind = FIELD_STAMP,
                                .flags = FIELD_COUNTED | FIELD_INDEXED,
                                .help = "The instant whose figures it tells." },
    [REPORT_SNAPSHOT_MARKDOWN] = { .name = "markdown",
                                   .label = "Text",
                                   .kind = FIELD_PROSE,
                                   .flags = FIELD_COUNTED | FIELD_SEARCHED,
                                   .help = "Every word, with the figures as they were." },
    [REPORT_SNAPSHOT_FIGURES] = { .name = "figures",
                                  .label = "Figures",
                                  .kind = FIELD_JSON,
                                  .flags = FIELD_COUNTED,
                                  .help = "Each figure with its query, its evidence and its "
                                          "time." },
    [REPORT_SNAPSHOT_CONTENT_HASH] = { .name = "content_hash",
                                       .label = "Content hash",
                                       .kind = FIELD_TEXT,
                                       .flags = FIELD_COUNTED,
                                       .max = 64,
                                       .help = "BLAKE2b of the text and the figures." },
    [REPORT_SNAPSHOT_PERSON] = { .name = "person",
                                 .label = "Taken by",
                                 .kind = FIELD_REF,
                                 .refers = "person",
                                 .flags = FIELD_COUNTED | FIELD_BY_NAME,
                                 .help = "Who took it." },
};

static bool snapshot_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)after;
    return !before || fail(call, FAIL_CONFLICT, "a snapshot does not change");
}

static bool snapshot_check_drop(struct call *call, const struct row *snapshot)
{
    return fail(call, FAIL_CONFLICT, "'%.*s' is kept: it stays at its address",
                TEXT_FMT(row_title(call, snapshot)));
}

static const char *const snapshot_listed[] = { "report", "as_of", "person", NULL };

const struct record report_snapshot_record = {
    .name = "report_snapshot",
    .plural = "report_snapshots",
    .prefix = "RSN",
    .label = "snapshot",
    .help = "A report as it was read once: 'rondo report snapshot' takes it.",
    .field = snapshot_fields,
    .field_count = sizeof snapshot_fields / sizeof snapshot_fields[0],
    .title = REPORT_SNAPSHOT_TITLE,
    .listed = snapshot_listed,
    .check = snapshot_check,
    .check_drop = snapshot_check_drop,
    .made_by_program = true,
};
