/*
 * See prompt_history.h. A run says in words of its own which version it measured; each word is
 * understood once.
 */
#include "rooms/prompts/prompt_history.h"

#include "rooms/evals/evals.h"
#include "rooms/prompts/change_rules.h"

/* What runs call a version. */
struct called {
    text word;
    struct prompt_history_version *version; /* NULL: none of those that are shown */
};

/* The runs being handed out to the versions that they measured. */
struct handing {
    struct prompt_history *history;
    struct called *called;
    size_t count, room;
};

/* --- reading --- */

bool prompt_history_versions(struct call *call, const struct row *prompt, int64_t before, int limit,
                             struct rows *versions)
{
    static const enum prompt_version_field contents[] = {
        PROMPT_VERSION_TEXT, PROMPT_VERSION_MESSAGES, PROMPT_VERSION_PARAMETERS,
        PROMPT_VERSION_TOOLS
    };
    struct query query;
    query_init(&query, &prompt_version_record);
    query.sort = PROMPT_VERSION_NUMBER;
    query.is_descending = true;
    query.limit = limit;
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++)
        query.left_out |= (uint64_t)1 << contents[i];
    return query_add(call, &query, PROMPT_VERSION_PROMPT, FILTER_IS, value_ref(prompt->id)) &&
           (!before ||
            query_add(call, &query, PROMPT_VERSION_NUMBER, FILTER_LESS, value_int(before))) &&
           find_rows(call, &query, versions);
}

static bool read_of(struct call *call, const struct row *prompt, const struct record *record,
                    int owner, int sort, bool is_descending, struct rows *rows)
{
    struct query query;
    query_init(&query, record);
    query.sort = sort;
    query.is_descending = is_descending;
    return query_add(call, &query, owner, FILTER_IS, value_ref(prompt->id)) &&
           find_rows(call, &query, rows);
}

/* --- which run measured which version --- */

static struct called *understand(struct call *call, struct handing *handing, text word)
{
    struct prompt_history *history = handing->history;
    for (size_t i = 0; i < handing->count; i++)
        if (text_equal(handing->called[i].word, word))
            return &handing->called[i];
    handing->called = call_more(call, handing->called, handing->count, &handing->room,
                                sizeof *handing->called);
    if (!handing->called)
        return NULL;
    struct called *called = &handing->called[handing->count++];
    *called = (struct called){ .word = word };
    for (size_t i = 0; i < history->count && !called->version; i++)
        if (version_is_called(call, history->version[i].row, word))
            called->version = &history->version[i];
    return called;
}

static stamp started(const struct row *run)
{
    return value_as_int(run->value[EVAL_RUN_STARTED_AT]);
}

static bool add_run(struct call *call, struct prompt_history_version *version,
                    const struct row *run)
{
    rid surface = value_as_int(run->value[EVAL_RUN_SURFACE]);
    version->runs++;
    for (size_t i = 0; i < version->count; i++)
        if (value_as_int(version->last[i]->value[EVAL_RUN_SURFACE]) == surface) {
            if (started(run) > started(version->last[i]))
                version->last[i] = run;
            return true;
        }
    version->last =
        call_more(call, version->last, version->count, &version->room, sizeof *version->last);
    if (!version->last)
        return false;
    version->last[version->count++] = run;
    return true;
}

/* Runs say the prompt's name or its id. Those that ended early are no figure of anything. */
static bool hand_out(struct call *call, struct handing *handing, text prompt)
{
    struct query query;
    struct rows runs;
    query_init(&query, &eval_run_record);
    if (!query_add(call, &query, EVAL_RUN_STATUS, FILTER_IS, value_choice("complete")) ||
        !query_add(call, &query, EVAL_RUN_PROMPT, FILTER_IS, value_text(prompt)) ||
        !find_rows(call, &query, &runs))
        return false;
    for (size_t i = 0; i < runs.count; i++) {
        text word = value_as_text(runs.row[i].value[EVAL_RUN_PROMPT_VERSION]);
        struct called *called = word.size ? understand(call, handing, word) : NULL;
        if (called && called->version && !add_run(call, called->version, &runs.row[i]))
            return false;
    }
    return call->fail.kind == FAIL_NONE;
}

bool prompt_history_read(struct call *call, const struct row *prompt, const struct rows *versions,
                         struct prompt_history *history)
{
    struct handing handing = { .history = history };
    *history = (struct prompt_history){
        .prompt = prompt,
        .version = call_array(call, versions->count + 1, sizeof *history->version),
        .count = versions->count,
    };
    for (size_t i = 0; history->version && i < versions->count; i++)
        history->version[i] = (struct prompt_history_version){ .row = &versions->row[i] };
    return history->version &&
           read_of(call, prompt, &prompt_label_record, PROMPT_LABEL_PROMPT, PROMPT_LABEL_NAME,
                   false, &history->labels) &&
           read_of(call, prompt, &deployment_record, DEPLOYMENT_PROMPT, DEPLOYMENT_EFFECTIVE_AT,
                   true, &history->moves) &&
           hand_out(call, &handing, row_title(call, prompt)) &&
           hand_out(call, &handing, row_public_id(call, &prompt_record, prompt->id));
}

/* --- what stands where --- */

static text name_of(const struct row *label)
{
    return value_as_text(label->value[PROMPT_LABEL_NAME]);
}

bool prompt_history_is_drill(const struct row *label)
{
    return text_starts(name_of(label), TEXT("drill/"));
}

bool prompt_history_stands_on(const struct row *label, const struct row *version)
{
    return value_as_int(label->value[PROMPT_LABEL_VERSION]) == version->id;
}

bool prompt_history_may_return(const struct prompt_history *history, const struct row *label,
                       const struct row *version)
{
    if (prompt_history_stands_on(label, version))
        return false;
    for (size_t i = 0; i < history->moves.count; i++) {
        const struct value *value = history->moves.row[i].value;
        if (value_as_int(value[DEPLOYMENT_TO_VERSION]) == version->id &&
            text_equal(value_as_text(value[DEPLOYMENT_LABEL]), name_of(label)))
            return true;
    }
    return false;
}

bool prompt_history_concerns(const struct row *move, const struct row *version)
{
    return value_as_int(move->value[DEPLOYMENT_TO_VERSION]) == version->id ||
           value_as_int(move->value[DEPLOYMENT_FROM_VERSION]) == version->id;
}

bool prompt_history_change(struct call *call, const struct prompt_history *history,
                           const struct row *label, bool *has, struct row *change)
{
    rid id = 0;
    for (size_t i = 0; i < history->moves.count; i++) {
        const struct value *value = history->moves.row[i].value;
        if (!text_equal(value_as_text(value[DEPLOYMENT_LABEL]), name_of(label)))
            continue;
        if (!text_is(value_as_text(value[DEPLOYMENT_KIND]), "rollback"))
            id = value_as_int(value[DEPLOYMENT_CHANGE]);
        break;
    }
    *has = id && find_may_read(call, &prompt_change_record, id);
    return !*has || find_row(call, &prompt_change_record, id, change);
}

