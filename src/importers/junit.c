/*
 * See junit.h. Suites may be nested and may repeat a test: repeats are trials. What the children
 * say counts; the counts in attributes are only compared. A failure is a verdict, an error is none.
 */
#include "importers/junit.h"

#include "base/json_write.h"
#include "importers/eval_head.h"
#include "importers/eval_push.h"
#include "importers/eval_seen.h"
#include "importers/xml_tree.h"

#include <math.h>

#define DOCUMENT_MAX ((size_t)1024 * 1024 * 1024)

enum { REASON_MAX = 2000 };

/* What a suite says, its children inside its parents' words. */
struct suite {
    const struct suite *parent;
    text name, model;
    struct eval_line names;
};

struct counts {
    int64_t tests, failures, errors, skipped;
};

struct reading {
    struct eval_push push;
    struct eval_seen seen;
    struct eval_line names; /* of the last test */
    text suite, started;    /* of the whole file */
    const struct xml_element *root;
    bool has_other_counts, has_flaky, has_positions, has_prompt_numbers;
};

/* Any file called .xml: what is none of JUnit is refused by the name of its root. */
bool junit_recognise(text head, const char *file_name)
{
    head = head_trim(head);
    bool is_named = head_name_ends(file_name, TEXT(".xml"));
    return text_starts(head, TEXT("<")) &&
           (is_named || text_find(head, TEXT("<testsuite")) != SIZE_MAX);
}

/* ---- the verdict ---- */

static text words_of(const struct xml_element *element)
{
    text words = text_trim(xml_tree_attribute(element, "message"));
    if (!words.size)
        words = text_trim(element->words);
    if (!words.size)
        words = text_trim(xml_tree_attribute(element, "type"));
    return text_until_character(words, REASON_MAX);
}

/* Children that decide, the strongest first: a test may have several. */
static const struct verdict_row {
    const char *name;
    enum eval_verdict verdict;
} verdict_rows[] = {
    { "error", EVAL_ERROR },
    { "failure", EVAL_FAIL },
    { "skipped", EVAL_SKIPPED },
};

enum { VERDICT_ROWS = sizeof verdict_rows / sizeof *verdict_rows };

/* The test passed or was run again; these do not decide. */
static const char *const rerun_names[] = { "flakyFailure", "flakyError", "rerunFailure",
                                           "rerunError" };
enum { RERUNS = sizeof rerun_names / sizeof *rerun_names };

static void verdict_fill(const struct xml_element *test, struct eval_line *line, text *reason)
{
    line->verdict = EVAL_PASS;
    for (size_t i = 0; i < VERDICT_ROWS; i++) {
        const struct xml_element *child = xml_tree_child(test, verdict_rows[i].name);
        if (!child)
            continue;
        *reason = words_of(child);
        line->verdict = verdict_rows[i].verdict;
        if (line->verdict == EVAL_ERROR)
            line->error = reason->size ? *reason : TEXT("error");
        else if (line->verdict == EVAL_FAIL)
            line->failure = text_trim(xml_tree_attribute(child, "type"));
        break;
    }
    if (!line->failure.size)
        line->failure = TEXT_NONE;
}

/* ---- one test ---- */

static text property_of(const struct xml_element *element, const char *name)
{
    const struct xml_element *list = xml_tree_child(element, "properties");
    for (const struct xml_element *at = list ? list->first : NULL; at; at = at->next)
        if (text_same_word(xml_tree_attribute(at, "name"), text_of(name))) {
            text value = xml_tree_attribute(at, "value");
            return text_trim(value.at ? value : at->words);
        }
    return TEXT_NONE;
}

static double number_of(text word)
{
    double number;
    return word.size && text_to_real(text_trim(word), &number) && isfinite(number) ? number : NAN;
}

/*
 * promptfoo counts its tests, "test 3: description": the number shifts with every new one. A test
 * without a description is known by that number alone, and its repeats are other numbers.
 */
static text name_of(bool is_promptfoo, text name, enum eval_key_kind *kind)
{
    int64_t number;
    text rest, start = text_cut(name, ':', &rest);
    *kind = EVAL_KEY_ID;
    if (!is_promptfoo || !text_starts(start, TEXT("test ")) ||
        !text_to_int(text_from(start, 5), &number))
        return name;
    if (text_trim(rest).size)
        return text_trim(rest);
    *kind = EVAL_KEY_POSITION;
    return name;
}

static bool key_fill(struct call *call, struct reading *reading, const struct suite *suite,
                     const struct xml_element *test, struct eval_line *line)
{
    bool is_promptfoo = text_starts(suite->name, TEXT("["));
    text name =
        name_of(is_promptfoo, text_trim(xml_tree_attribute(test, "name")), &line->key_kind);
    text class_name = text_trim(xml_tree_attribute(test, "classname"));
    if (!name.size)
        return fail_at(call, "name", "the testcase in line %lld must have a name",
                       (long long)test->line);
    reading->has_positions = reading->has_positions || line->key_kind == EVAL_KEY_POSITION;
    line->case_key = class_name.size && !is_promptfoo
                         ? call_format(call, "%.*s.%.*s", TEXT_FMT(class_name), TEXT_FMT(name))
                         : name;
    text place =
        call_format(call, "%.*s\x1f%.*s\x1f%.*s\x1f%.*s", TEXT_FMT(line->suite),
                    TEXT_FMT(line->surface), TEXT_FMT(line->run), TEXT_FMT(line->case_key));
    if (!line->case_key.at || !place.at)
        return false;
    line->trial = eval_seen_add(call, &reading->seen, place);
    return line->trial > 0;
}

static bool attributes_fill(struct call *call, struct reading *reading,
                            const struct xml_element *test, text reason, struct eval_line *line)
{
    struct out out;
    struct json_writer writer;
    int64_t reruns[RERUNS] = { 0 };
    text file = xml_tree_attribute(test, "file");
    for (const struct xml_element *child = test->first; child; child = child->next)
        for (size_t i = 0; i < RERUNS; i++)
            reruns[i] += text_is(child->name, rerun_names[i]);
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    if (file.size)
        json_put_text(&writer, "file", file);
    for (size_t i = 0; i < RERUNS; i++) {
        reading->has_flaky = reading->has_flaky || reruns[i];
        if (reruns[i])
            json_put_int(&writer, rerun_names[i], reruns[i]);
    }
    if (reason.size && line->verdict != EVAL_ERROR)
        json_put_text(&writer, "reason", reason);
    json_object_end(&writer);
    text words = out_view(&out);
    line->attributes = text_is(words, "{}") ? TEXT_NONE : words;
    return words.at != NULL;
}

static bool test_fill(struct call *call, struct reading *reading, const struct suite *suite,
                      const struct xml_element *test, struct eval_line *line)
{
    text reason = TEXT_NONE;
    double seconds = number_of(xml_tree_attribute(test, "time"));
    text model = property_of(test, "model");
    verdict_fill(test, line, &reason);
    line->model = model.size ? model : suite->model;
    line->score = number_of(property_of(test, "score"));
    if (line->verdict == EVAL_ERROR || line->verdict == EVAL_SKIPPED)
        line->score = NAN;
    line->latency_ms = seconds >= 0 ? seconds * 1000 : NAN;
    if (suite->parent)
        line->slice = suite->name;
    return key_fill(call, reading, suite, test, line) &&
           attributes_fill(call, reading, test, reason, line);
}

static bool test_push(struct call *call, struct reading *reading, const struct suite *suite,
                      const struct xml_element *test, struct counts *counts)
{
    struct eval_line line = suite->names;
    line.number = test->line;
    reading->names = suite->names;
    if (!test->is_whole)
        return true; /* the file was cut inside: what it would have said is not known */
    if (!test_fill(call, reading, suite, test, &line))
        return eval_push_bad(call, &reading->push, &line, xml_tree_attribute(test, "classname"));
    counts->tests++;
    counts->failures += line.verdict == EVAL_FAIL;
    counts->errors += line.verdict == EVAL_ERROR;
    counts->skipped += line.verdict == EVAL_SKIPPED;
    return eval_push_line(call, &reading->push, &line);
}

/* ---- suites ---- */

static bool differs(const struct xml_element *suite, const char *const *names, int64_t counted)
{
    for (; *names; names++) {
        double told = number_of(xml_tree_attribute(suite, *names));
        if (!isnan(told))
            return told != (double)counted;
    }
    return false;
}

static void counts_compare(struct reading *reading, const struct xml_element *element,
                           const struct counts *counts)
{
    static const char *const tests[] = { "tests", NULL };
    static const char *const failures[] = { "failures", NULL };
    static const char *const errors[] = { "errors", NULL };
    static const char *const skipped[] = { "skipped", "skips", "skip", "disabled", NULL };
    if (element->is_whole &&
        (differs(element, tests, counts->tests) || differs(element, failures, counts->failures) ||
         differs(element, errors, counts->errors) || differs(element, skipped, counts->skipped)))
        reading->has_other_counts = true;
}

/* promptfoo's suites are "[provider] prompt N", where N changes from run to run. */
static text provider_of(text suite_name)
{
    text rest, provider = text_cut(text_from(suite_name, 1), ']', &rest);
    return text_starts(suite_name, TEXT("[")) && rest.at ? provider : TEXT_NONE;
}

/* Two prompts of one provider are two columns, never trials of one another: where the file holds
 * several, the number tells them apart for want of anything better. */
static text column_of(struct call *call, struct reading *reading, text suite_name, text provider)
{
    int64_t columns = 0;
    text rest;
    for (const struct xml_element *at = reading->root->first; provider.size && at; at = at->next)
        columns += text_equal(provider_of(text_trim(xml_tree_attribute(at, "name"))), provider);
    if (columns < 2)
        return provider.size ? provider : TEXT_NONE;
    reading->has_prompt_numbers = true;
    text_cut(suite_name, ']', &rest);
    return call_format(call, "%.*s / %.*s", TEXT_FMT(provider), TEXT_FMT(text_trim(rest)));
}

static bool names_fill(struct call *call, struct reading *reading, struct suite *suite)
{
    text provider = provider_of(suite->name);
    text name = reading->suite.size ? reading->suite : suite->name;
    text surface = column_of(call, reading, suite->name, provider);
    if (suite->parent) {
        suite->names = suite->parent->names;
        return true;
    }
    suite->names = eval_push_blank();
    if (provider.size && !reading->suite.size)
        name = TEXT("promptfoo");
    if (!suite->model.size)
        suite->model = provider;
    return eval_push_names(call, &reading->push, &suite->names, name, surface, TEXT_NONE) &&
           eval_push_started(call, &reading->push, &suite->names, reading->started);
}

static void counts_add(struct counts *to, const struct counts *more)
{
    to->tests += more->tests;
    to->failures += more->failures;
    to->errors += more->errors;
    to->skipped += more->skipped;
}

/* Elements are at most 64 deep, and so is this. */
static bool suite_walk(struct call *call, struct reading *reading,
                       const struct xml_element *element, const struct suite *parent,
                       struct counts *counts)
{
    struct counts own = { 0 };
    struct suite suite = { .parent = parent, .name = xml_tree_attribute(element, "name") };
    suite.name = text_trim(suite.name);
    suite.model = property_of(element, "model");
    if (!suite.model.size)
        suite.model = parent ? parent->model : TEXT_NONE;
    if (!names_fill(call, reading, &suite))
        return false;
    for (const struct xml_element *child = element->first; child; child = child->next) {
        if (text_is(child->name, "testcase") && !test_push(call, reading, &suite, child, &own))
            return false;
        if (text_is(child->name, "testsuite") && !suite_walk(call, reading, child, &suite, &own))
            return false;
    }
    counts_compare(reading, element, &own);
    counts_add(counts, &own);
    return true;
}

/* ---- the file ---- */

static text first_started(const struct xml_element *root)
{
    text started = xml_tree_attribute(root, "timestamp");
    for (const struct xml_element *child = root->first; child && !started.size; child = child->next)
        started = xml_tree_attribute(child, "timestamp");
    return started;
}

/* Tests that stand in no suite are those of the whole file. */
static bool loose_push(struct call *call, struct reading *reading, const struct xml_element *root,
                       struct counts *counts)
{
    struct suite suite = { .name = reading->suite, .model = property_of(root, "model") };
    bool is_named = false;
    for (const struct xml_element *child = root->first; child; child = child->next) {
        if (!text_is(child->name, "testcase"))
            continue;
        if (!is_named && !names_fill(call, reading, &suite))
            return false;
        is_named = true;
        if (!test_push(call, reading, &suite, child, counts))
            return false;
    }
    return true;
}

static bool root_walk(struct call *call, struct reading *reading, const struct xml_element *root)
{
    struct counts all = { 0 };
    reading->root = root;
    reading->started = first_started(root);
    if (text_is(root->name, "testsuite"))
        return suite_walk(call, reading, root, NULL, &all);
    reading->suite = text_trim(xml_tree_attribute(root, "name"));
    if (!loose_push(call, reading, root, &all))
        return false;
    for (const struct xml_element *child = root->first; child; child = child->next)
        if (text_is(child->name, "testsuite") && !suite_walk(call, reading, child, NULL, &all))
            return false;
    counts_compare(reading, root, &all);
    return true;
}

static bool notes_tell(struct call *call, struct reading *reading)
{
    const struct {
        bool holds;
        const char *code;
        text words;
    } rows[] = {
        { reading->has_other_counts, "totals",
          TEXT("counts in attributes differ from the tests: the tests count") },
        { reading->has_flaky, "flaky",
          TEXT("some tests were run again: their last outcome counts") },
        { reading->has_positions, "position",
          TEXT("tests without a description are known by their number: another test before them "
               "makes them others, and their repeats count as cases") },
        { reading->has_prompt_numbers, "prompt_number",
          TEXT("several prompts of one provider are told apart by their number, which may be "
               "another in the next run: the JSON output knows their labels") },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].holds && !eval_push_note(call, &reading->push, rows[i].code, rows[i].words))
            return false;
    return true;
}

static bool file_read(struct call *call, struct reading *reading)
{
    text bytes;
    bool is_cut;
    const struct xml_element *root;
    const char *file = source_facts(reading->push.source)->name;
    if (!source_rest(call, reading->push.source, DOCUMENT_MAX, &bytes))
        return false;
    if (text_starts(bytes, TEXT("\xEF\xBB\xBF")))
        bytes = text_from(bytes, 3);
    if (text_trim(bytes).size == 0)
        return fail(call, FAIL_INVALID, "'%s' is empty: export it again", file);
    if (!xml_tree_read(call, file, bytes, &root, &is_cut))
        return false;
    if (!text_is(root->name, "testsuites") && !text_is(root->name, "testsuite"))
        return fail(call, FAIL_INVALID,
                    "the root of '%s' is '%.*s', not 'testsuites' or 'testsuite': give JUnit XML "
                    "(promptfoo writes it to a name that ends in .junit.xml)",
                    file, TEXT_FMT(text_until_character(root->name, 60)));
    if (!root_walk(call, reading, root))
        return false;
    if (reading->push.lines + reading->push.bads == 0)
        return fail(call, FAIL_INVALID,
                    is_cut ? "'%s' ends before its first whole testcase: write it again"
                           : "'%s' holds no testcase: give a report that has some",
                    file);
    return notes_tell(call, reading) &&
           eval_push_end(call, &reading->push, &reading->names, is_cut);
}

bool junit_read(struct call *call, struct source *source, const struct eval_read_options *options,
                const struct eval_sink *sink)
{
    struct reading reading = { .names = eval_push_blank() };
    if (!eval_push_init(call, &reading.push, source, options, sink))
        return false;
    eval_seen_init(&reading.seen, call);
    bool is_done = file_read(call, &reading);
    eval_seen_release(&reading.seen);
    return is_done;
}
