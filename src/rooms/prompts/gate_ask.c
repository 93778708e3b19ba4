/* See gate_ask.h. */
#include "rooms/prompts/gate_ask.h"

#include "ledger/ledger.h"
#include "offers/importer.h"
#include "offers/refs.h"
#include "rooms/prompts/change_rules.h"
#include "store/find.h"

/* --- a label as the baseline --- */

static bool is_version(struct call *call, const void *version, text called)
{
    return version_is_called(call, version, called);
}

/* "support@production" or "production". */
static void split_label(text word, text *prompt, text *label)
{
    *prompt = text_cut(word, '@', label);
    if (!label->at) {
        *label = word;
        *prompt = TEXT_NONE;
    }
}

static bool find_labels(struct call *call, text prompt, text label, struct rows *labels)
{
    struct query query;
    rid id;
    query_init(&query, &prompt_label_record);
    return query_add(call, &query, PROMPT_LABEL_NAME, FILTER_IS, value_text(label)) &&
           (!prompt.at || (refs_find(call, &prompt_record, prompt, &id) &&
                           query_add(call, &query, PROMPT_LABEL_PROMPT, FILTER_IS,
                                     value_ref(id)))) &&
           find_rows(call, &query, labels);
}

static bool run_of_label(struct call *call, const struct row *label, const struct row *candidate,
                         bool *has, struct row *run)
{
    struct row version;
    text prompt =
        find_title(call, &prompt_record, value_as_int(label->value[PROMPT_LABEL_PROMPT]));
    return find_row(call, &prompt_version_record,
                    value_as_int(label->value[PROMPT_LABEL_VERSION]), &version) &&
           evals_last_of_prompt(call, value_as_int(candidate->value[EVAL_RUN_SURFACE]), prompt,
                                candidate->id, is_version, &version, has, run);
}

static bool fail_several(struct call *call, text label, const struct rows *labels,
                         const bool *measured)
{
    struct out names;
    size_t count = 0;
    out_init(&names, call);
    for (size_t i = 0; i < labels->count; i++)
        if (measured[i])
            out_format(&names, "%s%.*s@%.*s", count++ ? ", " : "",
                       TEXT_FMT(find_title(call, &prompt_record,
                                           value_as_int(
                                               labels->row[i].value[PROMPT_LABEL_PROMPT]))),
                       TEXT_FMT(label));
    return fail(call, FAIL_INVALID, "several prompts carry the label '%.*s' there: say which of "
                "%.*s", TEXT_FMT(label), TEXT_FMT(out_view(&names)));
}

static bool find_baseline_of_label(struct call *call, text word, const struct row *candidate,
                                   struct row *run)
{
    struct rows labels;
    text prompt, label;
    size_t count = 0;
    split_label(word, &prompt, &label);
    if (!find_labels(call, prompt, label, &labels))
        return false;
    bool *measured = call_array(call, labels.count + 1, sizeof *measured);
    for (size_t i = 0; measured && i < labels.count; i++) {
        struct row found;
        if (!run_of_label(call, &labels.row[i], candidate, &measured[i], &found))
            return false;
        if (measured[i]) {
            *run = found;
            count++;
        }
    }
    if (count == 1 || !measured)
        return measured != NULL;
    if (count > 1)
        return fail_several(call, label, &labels, measured);
    if (labels.count == 0)
        return fail(call, FAIL_NOT_FOUND, "there is neither a run nor a label '%.*s'",
                    TEXT_FMT(word));
    return fail(call, FAIL_UNDECIDED,
                "could not measure: no complete run of the candidate's surface measured what the "
                "label '%.*s' carries",
                TEXT_FMT(word));
}

static bool find_baseline(struct call *call, text word, const struct row *candidate,
                          struct row *run)
{
    if (evals_find_run(call, word, run))
        return true;
    if (call->fail.kind != FAIL_NOT_FOUND)
        return false;
    fail_clear(call);
    return find_baseline_of_label(call, word, candidate, run);
}

/* --- deciding --- */

struct asking {
    const struct gate_ask *ask;
    struct gate_decision *decision;
    struct row change;
    bool has_change;
};

static bool check_policy_surface(struct call *call, text named, const struct row *candidate)
{
    text surface =
        find_title(call, &surface_record, value_as_int(candidate->value[EVAL_RUN_SURFACE]));
    return !named.at || text_equal(named, surface) ||
           fail_at(call, "surface", "the policy is for '%.*s', and the candidate is of '%.*s'",
                   TEXT_FMT(named), TEXT_FMT(surface));
}

static bool decide(struct call *call, struct asking *asking, const struct row *candidate)
{
    const struct gate_ask *ask = asking->ask;
    struct gate_policy policy;
    struct row baseline;
    text named = TEXT_NONE;
    if ((ask->policy && !gate_policy_read(call, ask->policy, &policy, &named)) ||
        !check_policy_surface(call, named, candidate) ||
        !find_baseline(call, ask->baseline, candidate, &baseline))
        return false;
    return gate_of_runs(call, baseline.id, candidate->id, ask->policy ? &policy : NULL,
                        asking->decision) &&
           (!asking->has_change ||
            gate_waive(call, &prompt_change_record, asking->change.id, asking->decision));
}

/* --- a file as the candidate --- */

/* "'x' of 'search', 'x' of 'support'": what a file holds. */
static text names_of(struct call *call, const struct import_report *report)
{
    struct out words;
    out_init(&words, call);
    for (size_t i = 0; i < report->run_count; i++)
        out_format(&words, "%s'%.*s' of '%.*s'", i ? ", " : "", TEXT_FMT(report->run[i].run),
                   TEXT_FMT(report->run[i].surface));
    return out_view(&words);
}

static bool check_report(struct call *call, const struct import_report *report)
{
    const struct import_file *file = &report->file[0];
    if (file->refused.at)
        return fail(call, FAIL_INVALID, "%.*s", TEXT_FMT(file->refused));
    if (report->refused_count)
        return fail(call, FAIL_INVALID, "%.*s", TEXT_FMT(report->refused[0].reason));
    if (report->bad_count)
        return fail(call, FAIL_INVALID,
                    "%zu line%s of '%.*s' cannot be read, the first is line %lld: %.*s",
                    report->bad_count, report->bad_count == 1 ? "" : "s", TEXT_FMT(file->file),
                    (long long)report->bad[0].line, TEXT_FMT(report->bad[0].reason));
    return true;
}

static bool is_asked(const struct gate_ask *ask, const struct import_run *run)
{
    return (!ask->run.at || text_equal(ask->run, run->run)) &&
           (!ask->surface.at || text_equal(ask->surface, run->surface));
}

/* The one run of the file, or the one that was asked for. */
static bool find_run_of_file(struct call *call, const struct gate_ask *ask,
                             const struct import_report *report, struct row *candidate)
{
    rid found = 0;
    size_t count = 0;
    for (size_t i = 0; i < report->run_count; i++)
        if (is_asked(ask, &report->run[i])) {
            found = report->run[i].row;
            count++;
        }
    if (count == 1)
        return find_row(call, &eval_run_record, found, candidate);
    if (report->run_count == 0)
        return fail(call, FAIL_INVALID, "the file holds no run");
    return fail(call, FAIL_INVALID,
                "the file holds %zu runs, %.*s: say which with --run and --surface",
                report->run_count, TEXT_FMT(names_of(call, report)));
}

static bool look_at_file(void *of, struct call *call, const struct import_report *report)
{
    struct asking *asking = of;
    struct row candidate;
    return check_report(call, report) &&
           find_run_of_file(call, asking->ask, report, &candidate) &&
           decide(call, asking, &candidate);
}

static bool decide_on_file(struct call *call, struct asking *asking)
{
    const struct gate_ask *ask = asking->ask;
    struct import_options options = { .dry_run = true, .look = look_at_file, .look_of = asking };
    struct import_report report;
    enum door door = call->door;
    const struct importer *table = evals_importers(call);
    size_t count = 0;
    while (table && table[count].name)
        count++;
    const struct importer **importers = table ? call_array(call, count + 1, sizeof *importers)
                                              : NULL;
    for (size_t i = 0; importers && i < count; i++)
        importers[i] = &table[i];
    bool done = importers && import_bytes(call, importers, ask->file_name, ask->file_bytes,
                                          &options, &report);
    call->door = door;
    return done;
}

/* --- the result at a change --- */

static bool leave_result(struct call *call, const struct asking *asking)
{
    struct row row;
    struct json_writer writer;
    struct out out;
    const struct gate_decision *decision = asking->decision;
    text hash = change_hash(call, &asking->change);
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    gate_write_json(call, decision, &writer);
    if (!hash.at || !row_init(call, &gate_result_record, &row))
        return false;
    row.value[GATE_RESULT_TITLE] = value_text(call_format(
        call, "%.*s: %s, %.*s against %.*s", TEXT_FMT(decision->surface),
        gate_verdict_words[decision->judgement.verdict], TEXT_FMT(decision->candidate),
        TEXT_FMT(decision->baseline)));
    row.value[GATE_RESULT_CHANGE] = value_ref(asking->change.id);
    row.value[GATE_RESULT_SURFACE] = value_text(decision->surface);
    row.value[GATE_RESULT_VERDICT] =
        value_choice(gate_verdict_words[decision->judgement.verdict]);
    row.value[GATE_RESULT_RESULT] = value_text(out_view(&out));
    row.value[GATE_RESULT_CONTENT_HASH] = value_text(hash);
    row.value[GATE_RESULT_PERSON] = value_ref(call->actor.person);
    row.value[GATE_RESULT_AT] = value_stamp(call->now);
    row.value[GATE_RESULT_TEAM] = asking->change.value[PROMPT_CHANGE_TEAM];
    return ledger_create(call, &row);
}

bool gate_ask(struct call *call, const struct gate_ask *ask, struct gate_decision *decision)
{
    struct asking asking = { .ask = ask, .decision = decision, .has_change = ask->change.at };
    struct row candidate;
    rid change;
    if (asking.has_change &&
        (!refs_find(call, &prompt_change_record, ask->change, &change) ||
         !find_row(call, &prompt_change_record, change, &asking.change)))
        return false;
    bool done = ask->candidate.at ? evals_find_run(call, ask->candidate, &candidate) &&
                                        decide(call, &asking, &candidate)
                                  : decide_on_file(call, &asking);
    return done && (!asking.has_change || leave_result(call, &asking));
}
