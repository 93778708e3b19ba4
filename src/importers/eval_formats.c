/*
 * The formats of eval results that Rondo reads, in the order in which they are asked whether they
 * know a file. Adding one is adding a row.
 */
#include "importers/csv_record.h"
#include "importers/deepeval.h"
#include "importers/eval_head.h"
#include "importers/inspect.h"
#include "importers/langfuse.h"
#include "importers/junit.h"
#include "importers/lm_eval.h"
#include "importers/map_read.h"
#include "importers/mlflow.h"
#include "importers/openai_evals.h"
#include "importers/plain_csv.h"
#include "importers/plain_jsonl.h"
#include "importers/promptfoo.h"

static bool is_plain_jsonl(text head, const char *file_name)
{
    text rest;
    head = head_trim(head);
    if (!head.at)
        return false;
    if (head_name_ends(file_name, TEXT(".jsonl")) || head_name_ends(file_name, TEXT(".ndjson")))
        return true;
    text line = text_cut(head, '\n', &rest);
    return text_starts(line, TEXT("{")) &&
           (head_has_key(line, TEXT("\"case\"")) || head_has_key(line, TEXT("\"run\"")) ||
            head_has_key(line, TEXT("\"suite\"")));
}

static bool header_is_plain(text header, char delimiter)
{
    bool has_case = false, has_more = false;
    struct csv_cell cell;
    while (header.at && csv_cell_take(&header, delimiter, &cell)) {
        text name = text_trim(cell.inner);
        has_case = has_case || text_is(name, "case");
        has_more = has_more || text_is(name, "run") || text_is(name, "pass");
    }
    return has_case && has_more;
}

static bool is_plain_csv(text head, const char *file_name)
{
    text rest;
    head = head_trim(head);
    text line = text_cut(head, '\n', &rest);
    if (!head.at || text_starts(line, TEXT("{")) || text_starts(line, TEXT("[")))
        return false;
    if (head_name_ends(file_name, TEXT(".csv")) || head_name_ends(file_name, TEXT(".tsv")))
        return true;
    line = text_trim(line);
    return header_is_plain(line, ',') || header_is_plain(line, ';') || header_is_plain(line, '\t');
}

const struct eval_format eval_formats[] = {
    { "inspect", "a log of Inspect, .json", inspect_json_recognise, inspect_json_read },
    { "inspect-eval", "a log of Inspect, .eval", inspect_eval_recognise, inspect_eval_read },
    { "terminal-bench", "results.json of terminal-bench", terminal_bench_recognise,
      terminal_bench_read },
    { "tau-bench", "results of tau-bench", tau_bench_recognise, tau_bench_read },
    { "pairwise", "annotations of a pairwise judge", pairwise_recognise, pairwise_read },
    { "openai-evals", "a log of OpenAI evals", openai_evals_recognise, openai_evals_read },
    { "lm-eval", "samples of lm-evaluation-harness", lm_eval_recognise, lm_eval_read },
    { "langfuse", "experiments exported from Langfuse", langfuse_recognise, langfuse_read },
    { "promptfoo", "results of promptfoo, .json", promptfoo_recognise, promptfoo_read },
    { "promptfoo-jsonl", "results of promptfoo, .jsonl", promptfoo_lines_recognise,
      promptfoo_lines_read },
    { "deepeval", "test_run_*.json of DeepEval", deepeval_recognise, deepeval_read },
    { "mlflow", "eval_results_table.json of MLflow", mlflow_recognise, mlflow_read },
    { "junit", "JUnit XML", junit_recognise, junit_read },
    { "plain", "JSON lines of the plain shape", is_plain_jsonl, plain_jsonl_read },
    { "csv", "the plain shape as CSV", is_plain_csv, plain_csv_read },
    { "map", "JSON under a mapping file, --map FILE", map_recognise, map_read },
    { .name = NULL },
};
