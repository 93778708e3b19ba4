/*
 * Room updates: insight cards: a figure, where it is from, and so what. The figure is told once,
 * when the card is made, and kept; the card is brought to the week's update as one of its insights,
 * and can be used again.
 */
#include "offers/figure.h"
#include "offers/listing.h"
#include "offers/update_source.h"
#include "rooms/people/people.h"
#include "rooms/updates/insight.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

static const char *const part_words[] = { "eval", "user", NULL };

static const struct field insight_fields[] = {
    [INSIGHT_TITLE] = { .name = "title",
                        .label = "Insight",
                        .kind = FIELD_TEXT,
                        .flags = FIELD_NEEDED | FIELD_SEARCHED,
                        .help = "What was learned, in one sentence." },
    [INSIGHT_PART] = { .name = "part",
                       .label = "Part",
                       .kind = FIELD_CHOICE,
                       .choices = part_words,
                       .flags = FIELD_NEEDED,
                       .fallback = "eval",
                       .help = "Where the week's update offers it: the eval or the user insight." },
    [INSIGHT_FIGURE] = { .name = "figure",
                         .label = "Figure",
                         .kind = FIELD_TEXT,
                         .flags = FIELD_FIXED,
                         .help = "As it is written in a text: 'evals.pass_rate surface=NAME'; "
                                 "its value is kept as it is now." },
    [INSIGHT_SOURCE] = { .name = "source",
                         .label = "Source",
                         .kind = FIELD_TEXT,
                         .flags = FIELD_SEARCHED,
                         .help = "Where it is from; needed where there is no figure." },
    [INSIGHT_SO_WHAT] = { .name = "so_what",
                          .label = "So what",
                          .kind = FIELD_TEXT,
                          .flags = FIELD_NEEDED | FIELD_SEARCHED,
                          .help = "What follows from it." },
    [INSIGHT_TAGS] = { .name = "tags", .label = "Tags", .kind = FIELD_TAGS,
                       .flags = FIELD_SEARCHED, .help = "Words to find it by." },
    [INSIGHT_TEAM] = { .name = "team",
                       .label = "Team",
                       .kind = FIELD_REF,
                       .refers = "team",
                       .flags = FIELD_BY_NAME,
                       .help = "Whose; none: everybody's." },
    [INSIGHT_WORDS] = { .name = "words",
                        .label = "Value",
                        .kind = FIELD_TEXT,
                        .flags = FIELD_COUNTED,
                        .help = "The figure's value when the card was made." },
    [INSIGHT_FROZEN] = { .name = "frozen",
                         .label = "Figure as it was",
                         .kind = FIELD_JSON,
                         .flags = FIELD_COUNTED,
                         .help = "The figure with its query, its evidence and its time." },
};

/* --- its figure, told once --- */

static bool freeze(struct call *call, struct row *insight)
{
    struct figure_scope scope = { .team = value_as_int(insight->value[INSIGHT_TEAM]),
                                  .as_of = LISTING_NOW };
    struct told_figure told;
    struct json_writer writer;
    struct out out;
    text zone;
    if (!people_team_zone(call, scope.team, &zone) ||
        !week_of_stamp(call, zone, call->now, &scope.week) ||
        !figure_tell(call, value_as_text(insight->value[INSIGHT_FIGURE]), &scope, &told))
        return false;
    if (!told.answer.is_known)
        return fail_at(call, "figure", "'%.*s' has no data: %.*s", TEXT_FMT(told.written),
                       TEXT_FMT(told.answer.why_unknown));
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    if (!figure_write_json(call, &told, &writer))
        return false;
    insight->value[INSIGHT_WORDS] = value_text(told.answer.words);
    insight->value[INSIGHT_FROZEN] = value_text(out_view(&out));
    return call->fail.kind == FAIL_NONE;
}

static bool insight_settle(struct call *call, const struct row *before, struct row *after)
{
    return before || value_is_null(after->value[INSIGHT_FIGURE]) ||
           !value_is_null(after->value[INSIGHT_FROZEN]) || freeze(call, after);
}

static bool insight_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)before;
    return !value_is_null(after->value[INSIGHT_FIGURE]) ||
           !value_is_null(after->value[INSIGHT_SOURCE]) ||
           fail_at(call, "source", "say where it is from: a figure, or a source");
}

static const char *const insight_listed[] = { "words", "so_what", "figure", "tags", NULL };

const struct record insight_record = {
    .name = "insight",
    .plural = "insights",
    .prefix = "INS",
    .label = "insight",
    .help = "A figure, where it is from, and so what: 'rondo insight add'; the week's update "
            "offers it.",
    .field = insight_fields,
    .field_count = sizeof insight_fields / sizeof insight_fields[0],
    .title = INSIGHT_TITLE,
    .listed = insight_listed,
    .check = insight_check,
    .settle = insight_settle,
};

/* --- what it brings to the update --- */

static bool add_line(struct call *call, const struct row *insight, struct update_lines *lines)
{
    text words = value_as_text(insight->value[INSIGHT_WORDS]);
    text value = words.size ? call_format(call, " (%.*s)", TEXT_FMT(words)) : TEXT("");
    return update_line_add(
        call, lines,
        (struct update_line){
            .line = call_format(call, "%.*s%.*s: %.*s", TEXT_FMT(update_link(call, insight)),
                                TEXT_FMT(value),
                                TEXT_FMT(value_as_text(insight->value[INSIGHT_SO_WHAT]))),
            .record = &insight_record,
            .row = insight->id,
            /* Somebody wrote it for this: before what rooms work out. */
            .weight = 1000 });
}

/* The cards of the week. */
static bool collect(struct call *call, const struct agenda_ask *ask, const char *part,
                    struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &insight_record);
    if (!query_add(call, &query, FIND_CREATED, FILTER_AT_LEAST, value_stamp(ask->from)) ||
        !query_add(call, &query, FIND_CREATED, FILTER_AT_MOST, value_stamp(ask->until)) ||
        !query_add(call, &query, INSIGHT_PART, FILTER_IS, value_choice(part)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        bool concerns;
        if (!agenda_concerns(call, ask, &rows.row[i], &concerns) ||
            (concerns && !add_line(call, &rows.row[i], lines)))
            return false;
    }
    return true;
}

bool insight_collect_eval(struct call *call, const struct agenda_ask *ask,
                          struct update_lines *lines)
{
    return collect(call, ask, "eval", lines);
}

bool insight_collect_user(struct call *call, const struct agenda_ask *ask,
                          struct update_lines *lines)
{
    return collect(call, ask, "user", lines);
}
