/* See prompts_update.h. */
#include "rooms/prompts/prompts_update.h"

#include "base/json_read.h"
#include "rooms/prompts/prompts.h"
#include "store/find.h"

/* --- the effect of a deployment, as its gate compared it --- */

enum { OF_DEPLOYMENT, OF_SURFACE };

/* What the gate kept of the surface, of the first one where none is named; NULL: nothing. */
static const struct json *compared(const struct json *figures, text surface)
{
    if (figures->kind != JSON_LIST)
        return NULL;
    for (size_t i = 0; i < figures->count; i++) {
        const struct json *name = json_get(&figures->item[i], "surface");
        if (!surface.at || (name && name->kind == JSON_TEXT && text_equal(name->text, surface)))
            return &figures->item[i];
    }
    return NULL;
}

static bool is_number(const struct json *json)
{
    return json && (json->kind == JSON_REAL || json->kind == JSON_INT);
}

static double number_of(const struct json *json)
{
    return json->kind == JSON_REAL ? json->real : (double)json->integer;
}

static bool put_effect(struct call *call, const struct json *figures, text surface,
                       struct figure_answer *answer)
{
    const struct json *one = compared(figures, surface);
    const struct json *paired = one ? json_get(one, "paired") : NULL;
    const struct json *diff = paired ? json_get(paired, "diff") : NULL;
    const struct json *n = paired ? json_get(paired, "n") : NULL;
    if (!is_number(diff))
        return figure_unknown(answer, TEXT("its runs share no case"));
    answer->is_known = true;
    answer->value = number_of(diff);
    answer->has_n = is_number(n);
    answer->n = answer->has_n ? (int64_t)number_of(n) : 0;
    return call->fail.kind == FAIL_NONE;
}

static bool read_effect(struct call *call, const struct figure_ask *ask,
                        struct figure_answer *answer)
{
    struct row row;
    struct json figures;
    text surface = TEXT_NONE;
    if (ask->row[OF_SURFACE])
        surface = find_title(call, catalog_record(call->catalog, TEXT("surface")),
                             ask->row[OF_SURFACE]);
    if (!find_row(call, &deployment_record, ask->row[OF_DEPLOYMENT], &row))
        return false;
    answer->record = &deployment_record;
    answer->row = row.id;
    answer->measured_at = value_as_int(row.value[DEPLOYMENT_EFFECTIVE_AT]);
    answer->working = call_format(call, "rondo deployment show %.*s",
                                  TEXT_FMT(row_public_id(call, &deployment_record, row.id)));
    text kept = value_as_text(row.value[DEPLOYMENT_FIGURES]);
    if (!kept.at)
        return figure_unknown(answer, TEXT("no gate compared two runs of it"));
    return json_read(call, kept, &figures, NULL) && put_effect(call, &figures, surface, answer);
}

static bool read_moves(struct call *call, const struct figure_ask *ask,
                       struct figure_answer *answer)
{
    struct query query;
    struct rows rows;
    stamp from, until;
    query_init(&query, &deployment_record);
    if (!week_monday(call, call->workspace_zone, ask->scope.week, &from) ||
        !week_monday(call, call->workspace_zone, ask->scope.week + 1, &until) ||
        !query_add(call, &query, DEPLOYMENT_EFFECTIVE_AT, FILTER_AT_LEAST, value_stamp(from)) ||
        !query_add(call, &query, DEPLOYMENT_EFFECTIVE_AT, FILTER_LESS, value_stamp(until)) ||
        !query_add(call, &query, DEPLOYMENT_KIND, FILTER_IS_NOT, value_choice("drill")) ||
        !find_rows(call, &query, &rows))
        return false;
    answer->is_known = true;
    for (size_t i = 0; i < rows.count; i++)
        answer->value += text_starts(value_as_text(rows.row[i].value[DEPLOYMENT_LABEL]),
                                     TEXT("production"));
    answer->link = TEXT("/deployments");
    answer->working = TEXT("rondo deployment list");
    return true;
}

const struct figure prompts_figures[] = {
    { "prompts.effect", "Effect of a deployment",
      "The pass rate of what was deployed minus that of what it followed, on the cases of both.",
      FIGURE_POINTS,
      { { "deployment", "deployment", true, "Which deployment: its id." },
        { "surface", "surface", false, "On which surface; else on its first." } },
      read_effect },
    { "prompts.moves", "Moves in production", "How often a production label was moved.",
      FIGURE_COUNT, { { 0 } }, read_moves },
    { 0 },
};

/* --- what changed in production --- */

static bool has_effect(const struct row *deployment)
{
    return !value_is_null(deployment->value[DEPLOYMENT_FIGURES]);
}

static text version_name(struct call *call, struct value version)
{
    text name = find_title(call, &prompt_version_record, value_as_int(version));
    return name.at ? name : TEXT("nothing");
}

/* "[production: 12 to 13](/deployments/DPL-3), up 2.0 points." */
static text deployment_line(struct call *call, const struct row *row)
{
    bool is_back = text_is(value_as_text(row->value[DEPLOYMENT_KIND]), "rollback");
    text id = row_public_id(call, &deployment_record, row->id);
    text reason = value_as_text(row->value[DEPLOYMENT_REASON]);
    struct out line;
    out_init(&line, call);
    out_format(&line, "%s [%.*s](/deployments/%.*s) as %.*s after %.*s",
               is_back ? "Rolled back to" : "Serves",
               TEXT_FMT(version_name(call, row->value[DEPLOYMENT_TO_VERSION])), TEXT_FMT(id),
               TEXT_FMT(value_as_text(row->value[DEPLOYMENT_LABEL])),
               TEXT_FMT(version_name(call, row->value[DEPLOYMENT_FROM_VERSION])));
    if (reason.at)
        out_format(&line, " (%.*s)", TEXT_FMT(reason));
    if (has_effect(row))
        out_format(&line, ": {{figure prompts.effect deployment=%.*s}}.", TEXT_FMT(id));
    else
        out_string(&line, ": no measured effect.");
    return out_view(&line);
}

static bool collect_deployments(struct call *call, const struct agenda_ask *ask,
                                struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &deployment_record);
    query.sort = DEPLOYMENT_EFFECTIVE_AT;
    if (!query_add(call, &query, DEPLOYMENT_EFFECTIVE_AT, FILTER_AT_LEAST,
                   value_stamp(ask->from)) ||
        !query_add(call, &query, DEPLOYMENT_EFFECTIVE_AT, FILTER_LESS, value_stamp(ask->until)) ||
        !query_add(call, &query, DEPLOYMENT_KIND, FILTER_IS_NOT, value_choice("drill")) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.row[i];
        text label = value_as_text(row->value[DEPLOYMENT_LABEL]);
        if (text_starts(label, TEXT("production")) &&
            !update_line_about(call, ask, row, deployment_line(call, row), 3, lines))
            return false;
    }
    return true;
}

/* --- what the council said --- */

static const struct {
    const char *verdict, *words;
} said[] = {
    { "approve", "approved" },          { "request_changes", "asked for changes to" },
    { "reject", "decided against" },    { "defer", "deferred" },
    { "escalate", "escalated" },
};

static const char *said_words(text verdict)
{
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (text_is(verdict, said[i].verdict))
            return said[i].words;
    return NULL;
}

static bool collect_decisions(struct call *call, const struct agenda_ask *ask,
                              struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &prompt_review_record);
    query.sort = PROMPT_REVIEW_AT;
    if (!query_add(call, &query, PROMPT_REVIEW_AT, FILTER_AT_LEAST, value_stamp(ask->from)) ||
        !query_add(call, &query, PROMPT_REVIEW_AT, FILTER_LESS, value_stamp(ask->until)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *review = &rows.row[i];
        const char *words = said_words(value_as_text(review->value[PROMPT_REVIEW_VERDICT]));
        text note = value_as_text(review->value[PROMPT_REVIEW_NOTE]);
        struct row change;
        if (!words)
            continue;
        if (!find_row(call, &prompt_change_record,
                      value_as_int(review->value[PROMPT_REVIEW_CHANGE]), &change))
            return false;
        text line = call_format(call, "The council %s %.*s%s%.*s.", words,
                                TEXT_FMT(update_link(call, &change)), note.size ? ": " : "",
                                TEXT_FMT(text_ends(note, TEXT("."))
                                             ? text_until(note, note.size - 1)
                                             : note));
        if (!update_line_about(call, ask, &change, line, 2, lines))
            return false;
    }
    return true;
}

/* --- what nobody may leave out --- */

static bool collect_outside(struct call *call, const struct agenda_ask *ask,
                            struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &outside_change_record);
    if (!query_add(call, &query, OUTSIDE_CHANGE_STATE, FILTER_IS, value_choice("open")) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        text line = call_format(call, "Changed outside the council: %.*s.",
                                TEXT_FMT(update_link(call, &rows.row[i])));
        if (!update_line_about(call, ask, &rows.row[i], line, 1, lines))
            return false;
    }
    return true;
}

/* What one executive let out alone. */
static bool collect_urgent(struct call *call, const struct agenda_ask *ask,
                           struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &prompt_change_record);
    if (!query_add(call, &query, PROMPT_CHANGE_URGENT, FILTER_IS, value_bool(true)) ||
        !query_add(call, &query, PROMPT_CHANGE_STATE, FILTER_IS, value_choice("deployed")) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *change = &rows.row[i];
        text line = call_format(call, "Out as urgent, past the council: %.*s.",
                                TEXT_FMT(update_link(call, change)));
        if (change->changed >= ask->from && change->changed < ask->until &&
            !update_line_about(call, ask, change, line, 1, lines))
            return false;
    }
    return true;
}

const struct update_source prompts_update[] = {
    { "prompts.deployments", "Labels that moved", UPDATE_PART_CHANGED, collect_deployments },
    { "prompts.decisions", "What the council said", UPDATE_PART_CHANGED, collect_decisions },
    { "prompts.outside", "Changed outside the council", UPDATE_PART_EXCEPTION, collect_outside },
    { "prompts.urgent", "Urgent changes", UPDATE_PART_EXCEPTION, collect_urgent },
    { 0 },
};
