/* See prompt_history_show.h. */
#include "rooms/prompts/prompt_history_show.h"

#include "base/stamp.h"
#include "offers/refs.h"
#include "rooms/evals/evals.h"
#include "rooms/prompts/label_move.h"
#include "rooms/prompts/prompt_history.h"

static text name_of(const struct row *label)
{
    return value_as_text(label->value[PROMPT_LABEL_NAME]);
}

/* --- JSON --- */

static bool put_fields(struct call *call, const struct row *row, const int *field, size_t count,
                       struct json_writer *writer)
{
    json_put_text(writer, "id", row_public_id(call, row->record, row->id));
    for (size_t i = 0; i < count; i++) {
        json_key(writer, row->record->field[field[i]].name);
        if (!value_write_json(call, &row->record->field[field[i]], row->value[field[i]], refs_name,
                              writer))
            return false;
    }
    return true;
}

static bool put_label(struct call *call, const struct prompt_history *history,
                      const struct row *label, struct json_writer *writer)
{
    static const int fields[] = { PROMPT_LABEL_NAME, PROMPT_LABEL_VERSION, PROMPT_LABEL_MOVED_AT,
                                  PROMPT_LABEL_MOVED_BY };
    struct row change;
    bool has;
    rid back, carried = value_as_int(label->value[PROMPT_LABEL_VERSION]);
    if (!label_previous(call, history->prompt->id, name_of(label), carried, &back) ||
        !prompt_history_change(call, history, label, &has, &change))
        return false;
    json_object(writer);
    if (!put_fields(call, label, fields, sizeof fields / sizeof *fields, writer))
        return false;
    json_put_text(writer, "change",
                  has ? row_public_id(call, &prompt_change_record, change.id) : TEXT_NONE);
    json_put_text(writer, "rollback_plan",
                  has ? value_as_text(change.value[PROMPT_CHANGE_ROLLBACK_PLAN]) : TEXT_NONE);
    json_put_text(writer, "back_to",
                  back ? find_title(call, &prompt_version_record, back) : TEXT_NONE);
    json_object_end(writer);
    return true;
}

static bool put_labels(struct call *call, const struct prompt_history *history,
                       struct json_writer *writer)
{
    json_key(writer, "labels");
    json_list(writer);
    for (size_t i = 0; i < history->labels.count; i++)
        if (!prompt_history_is_drill(&history->labels.row[i]) &&
            !put_label(call, history, &history->labels.row[i], writer))
            return false;
    json_list_end(writer);
    return true;
}

static void put_names(const struct prompt_history *history, const struct row *version,
                      bool of_return, struct json_writer *writer)
{
    json_key(writer, of_return ? "returns" : "labels");
    json_list(writer);
    for (size_t i = 0; i < history->labels.count; i++) {
        const struct row *label = &history->labels.row[i];
        if (!prompt_history_is_drill(label) &&
            (of_return ? prompt_history_may_return(history, label, version)
                       : prompt_history_stands_on(label, version)))
            json_text(writer, name_of(label));
    }
    json_list_end(writer);
}

static bool put_moves(struct call *call, const struct prompt_history *history,
                      const struct row *version, struct json_writer *writer)
{
    static const int fields[] = { DEPLOYMENT_LABEL,        DEPLOYMENT_KIND,
                                  DEPLOYMENT_FROM_VERSION, DEPLOYMENT_TO_VERSION,
                                  DEPLOYMENT_CHANGE,       DEPLOYMENT_WAIVER,
                                  DEPLOYMENT_REASON,       DEPLOYMENT_PERSON,
                                  DEPLOYMENT_EFFECTIVE_AT, DEPLOYMENT_MINUTES_TAKEN };
    json_key(writer, "moves");
    json_list(writer);
    for (size_t i = 0; i < history->moves.count; i++) {
        if (!prompt_history_concerns(&history->moves.row[i], version))
            continue;
        json_object(writer);
        if (!put_fields(call, &history->moves.row[i], fields, sizeof fields / sizeof *fields,
                        writer))
            return false;
        json_object_end(writer);
    }
    json_list_end(writer);
    return true;
}

static bool put_run(struct call *call, const struct row *run, struct json_writer *writer)
{
    struct run_rate rate;
    if (!evals_rate_of(call, run, &rate))
        return false;
    json_object(writer);
    json_put_text(writer, "surface",
                  find_title(call, &surface_record, value_as_int(run->value[EVAL_RUN_SURFACE])));
    json_put_text(writer, "run", row_public_id(call, &eval_run_record, run->id));
    json_key(writer, "started_at");
    if (!value_write_json(call, &eval_run_record.field[EVAL_RUN_STARTED_AT],
                          run->value[EVAL_RUN_STARTED_AT], refs_name, writer))
        return false;
    json_put_int(writer, "passed", rate.passed);
    json_put_int(writer, "n", rate.n);
    if (rate.n) {
        json_put_real(writer, "low", rate.interval.lower);
        json_put_real(writer, "high", rate.interval.upper);
    } else {
        json_put_null(writer, "low");
        json_put_null(writer, "high");
    }
    json_object_end(writer);
    return true;
}

static bool put_runs(struct call *call, const struct prompt_history_version *version,
                     struct json_writer *writer)
{
    json_key(writer, "runs");
    json_object(writer);
    json_put_int(writer, "count", version->runs);
    json_key(writer, "surfaces");
    json_list(writer);
    for (size_t i = 0; i < version->count; i++)
        if (!put_run(call, version->last[i], writer))
            return false;
    json_list_end(writer);
    json_object_end(writer);
    return true;
}

static bool put_version(struct call *call, const struct prompt_history *history,
                        const struct prompt_history_version *version, struct json_writer *writer)
{
    static const int fields[] = { PROMPT_VERSION_TITLE,  PROMPT_VERSION_NUMBER,
                                  PROMPT_VERSION_MESSAGE, PROMPT_VERSION_MODEL,
                                  PROMPT_VERSION_AUTHOR, PROMPT_VERSION_CONTENT_HASH,
                                  PROMPT_VERSION_SOURCE };
    json_object(writer);
    if (!put_fields(call, version->row, fields, sizeof fields / sizeof *fields, writer))
        return false;
    json_put_stamp(writer, "made_at", prompt_version_made_at(version->row));
    put_names(history, version->row, false, writer);
    put_names(history, version->row, true, writer);
    if (!put_moves(call, history, version->row, writer) || !put_runs(call, version, writer))
        return false;
    json_object_end(writer);
    return true;
}

/* The number to go on below, while there may be more. */
static void put_before(const struct rows *versions, struct json_writer *writer)
{
    if (versions->next.at && versions->count)
        json_put_int(writer, "before",
                     value_as_int(versions->row[versions->count - 1].value[PROMPT_VERSION_NUMBER]));
    else
        json_put_null(writer, "before");
}

bool prompt_history_write_json(struct call *call, const struct row *prompt,
                               const struct rows *versions, struct json_writer *writer)
{
    struct prompt_history history;
    if (!prompt_history_read(call, prompt, versions, &history))
        return false;
    json_object(writer);
    json_key(writer, "prompt");
    if (!row_show_json(call, prompt, refs_name, writer) || !put_labels(call, &history, writer))
        return false;
    json_key(writer, "versions");
    json_list(writer);
    for (size_t i = 0; i < history.count; i++)
        if (!put_version(call, &history, &history.version[i], writer))
            return false;
    json_list_end(writer);
    put_before(versions, writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

/* --- the terminal --- */

static text title_or(struct call *call, const struct record *record, struct value ref,
                     const char *nobody)
{
    text title = value_is_null(ref) ? TEXT_NONE : find_title(call, record, value_as_int(ref));
    return title.at ? title : text_of(nobody);
}

static void say_moves(struct call *call, const struct prompt_history *history,
                      const struct row *version, struct out *out)
{
    char when[STAMP_TEXT_SIZE];
    for (size_t i = 0; i < history->moves.count; i++) {
        const struct value *value = history->moves.row[i].value;
        if (!prompt_history_concerns(&history->moves.row[i], version))
            continue;
        stamp_write(value_as_int(value[DEPLOYMENT_EFFECTIVE_AT]), when);
        text reason = value_as_text(value[DEPLOYMENT_REASON]);
        out_format(out, "  %s %.*s %.*s to %.*s, %.*s", when,
                   TEXT_FMT(value_as_text(value[DEPLOYMENT_KIND])),
                   TEXT_FMT(value_as_text(value[DEPLOYMENT_LABEL])),
                   TEXT_FMT(title_or(call, &prompt_version_record, value[DEPLOYMENT_TO_VERSION],
                                     "unknown")),
                   TEXT_FMT(title_or(call, catalog_record(call->catalog, TEXT("person")),
                                     value[DEPLOYMENT_PERSON], "unknown")));
        if (reason.size)
            out_format(out, ": %.*s", TEXT_FMT(reason));
        out_char(out, '\n');
    }
}

static bool say_runs(struct call *call, const struct prompt_history_version *version,
                     struct out *out)
{
    for (size_t i = 0; i < version->count; i++) {
        struct run_rate rate;
        if (!evals_rate_of(call, version->last[i], &rate))
            return false;
        out_format(out, "  %.*s: %lld of %lld passed in %.*s\n",
                   TEXT_FMT(title_or(call, &surface_record, rate.run.value[EVAL_RUN_SURFACE],
                                     "unknown")),
                   (long long)rate.passed, (long long)rate.n,
                   TEXT_FMT(row_public_id(call, &eval_run_record, rate.run.id)));
    }
    if (!version->count)
        out_string(out, "  how it does is unknown: no run measured it\n");
    return true;
}

static bool say_version(struct call *call, const struct prompt_history *history,
                        const struct prompt_history_version *version, struct out *out)
{
    const struct value *value = version->row->value;
    char when[STAMP_TEXT_SIZE];
    stamp_write(prompt_version_made_at(version->row), when);
    out_format(out, "%.*s  %s  %.*s: %.*s", TEXT_FMT(value_as_text(value[PROMPT_VERSION_TITLE])),
               when,
               TEXT_FMT(title_or(call, catalog_record(call->catalog, TEXT("person")),
                                 value[PROMPT_VERSION_AUTHOR], "unknown")),
               TEXT_FMT(value_as_text(value[PROMPT_VERSION_MESSAGE])));
    for (size_t i = 0; i < history->labels.count; i++)
        if (prompt_history_stands_on(&history->labels.row[i], version->row))
            out_format(out, " [%.*s]", TEXT_FMT(name_of(&history->labels.row[i])));
    out_format(out, "\n  content %.*s\n",
               TEXT_FMT(value_as_text(value[PROMPT_VERSION_CONTENT_HASH])));
    say_moves(call, history, version->row, out);
    return say_runs(call, version, out);
}

bool prompt_history_write_text(struct call *call, const struct row *prompt,
                               const struct rows *versions, struct out *out)
{
    struct prompt_history history;
    if (!prompt_history_read(call, prompt, versions, &history))
        return false;
    if (!history.count)
        out_format(out, "%.*s has no version yet\n", TEXT_FMT(row_title(call, prompt)));
    for (size_t i = 0; i < history.count; i++)
        if (!say_version(call, &history, &history.version[i], out))
            return false;
    return call->fail.kind == FAIL_NONE;
}
