/* See eval_collect.h. */
#include "support/eval_collect.h"

static text keep(struct collected *all, text source)
{
    if (!source.at)
        return TEXT_NONE;
    char *copy = arena_take(&all->kept, source.size + 1);
    assert_non_null(copy);
    if (source.size)
        memcpy(copy, source.at, source.size);
    return (text){ copy, source.size };
}

static bool take_line(struct call *call, void *to, const struct eval_line *line)
{
    struct collected *all = to;
    (void)call;
    assert_true(all->lines < COLLECT_MAX);
    struct eval_line *copy = &all->line[all->lines++];
    *copy = *line;
    text *const texts[] = {
        &copy->started_zone,    &copy->suite,      &copy->surface,         &copy->run,
        &copy->case_key,        &copy->model,      &copy->agent,           &copy->prompt,
        &copy->prompt_version,  &copy->judge,      &copy->dataset_version, &copy->slice,
        &copy->harness_version, &copy->cluster,    &copy->input,           &copy->output,
        &copy->expected,        &copy->error,      &copy->failure,         &copy->attributes,
        &copy->model_served,    &copy->git_commit, &copy->parameters,
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = keep(all, *texts[i]);
    text *tag = arena_take(&all->kept, (line->tag_count + 1) * sizeof *tag);
    for (size_t i = 0; i < line->tag_count; i++)
        tag[i] = keep(all, line->tag[i]);
    copy->tag = tag;
    return true;
}

static bool take_bad(struct call *call, void *to, const struct eval_bad_line *bad)
{
    struct collected *all = to;
    (void)call;
    assert_true(all->bads < COLLECT_MAX);
    all->bad[all->bads++] = (struct eval_bad_line){
        .number = bad->number,
        .reason = keep(all, bad->reason),
        .bytes = keep(all, bad->bytes),
        .suite = keep(all, bad->suite),
        .surface = keep(all, bad->surface),
        .run = keep(all, bad->run),
    };
    return true;
}

static bool take_note(struct call *call, void *to, const struct eval_note *note)
{
    struct collected *all = to;
    (void)call;
    for (int i = 0; i < all->notes; i++)
        if (strcmp(all->note[i].code, note->code) == 0 &&
            text_equal(all->note[i].words, note->words)) {
            all->note[i].count++;
            return true;
        }
    assert_true(all->notes < COLLECT_MAX);
    snprintf(all->note[all->notes].code, sizeof all->note[0].code, "%s", note->code);
    all->note[all->notes].words = keep(all, note->words);
    all->note[all->notes++].count = 1;
    return true;
}

static bool take_cut(struct call *call, void *to, text suite, text surface, text run)
{
    struct collected *all = to;
    (void)call;
    all->cuts++;
    all->cut_suite = keep(all, suite);
    all->cut_surface = keep(all, surface);
    all->cut_run = keep(all, run);
    return true;
}

static bool take_partial(struct call *call, void *to, text suite, text surface, text run)
{
    struct collected *all = to;
    (void)call;
    assert_true(suite.size && run.size);
    all->partials++;
    all->partial_surface = keep(all, surface);
    return true;
}

const struct eval_format *format_named(const char *name)
{
    const struct eval_format *format = eval_formats;
    while (format->name && strcmp(format->name, name) != 0)
        format++;
    assert_non_null(format->name);
    return format;
}

static void collect_begin(struct collected *all)
{
    *all = (struct collected){ .is_done = false };
    test_call_init(&all->call);
    arena_init(&all->kept, CALL_MEMORY_DEFAULT);
}

static void collect_source(struct collected *all, const char *format, struct source *source,
                           const struct eval_read_options *options)
{
    static const struct eval_read_options none = { .map = NULL };
    const struct eval_sink sink = { all, take_line, take_bad, take_note, take_cut, take_partial };
    assert_done(&all->call, source != NULL);
    all->is_done = format_named(format)->read(&all->call, source, options ? options : &none, &sink);
    source_close(source);
    assert_true(all->is_done == (all->call.fail.kind == FAIL_NONE));
}

void collect(struct collected *all, const char *format, const char *file_name, text bytes,
             const struct eval_read_options *options)
{
    collect_begin(all);
    collect_source(all, format, source_open_memory(&all->call, file_name, bytes, TEXT_NONE),
                   options);
}

void collect_file(struct collected *all, const char *format, const char *name,
                  const struct eval_read_options *options)
{
    char path[200];
    snprintf(path, sizeof path, "tests/fixtures/%s", name);
    collect_begin(all);
    collect_source(all, format, source_open(&all->call, path, TEXT_NONE), options);
}

const struct eval_line *line_of_case(const struct collected *all, const char *key, int trial)
{
    for (int i = 0; i < all->lines; i++)
        if (text_is(all->line[i].case_key, key) && (!trial || all->line[i].trial == trial))
            return &all->line[i];
    print_error("no line of case '%s'\n", key);
    assert_true(false);
    return NULL;
}

void collected_release(struct collected *all)
{
    call_release(&all->call);
    arena_release(&all->kept);
}

int notes_of(const struct collected *all, const char *code)
{
    int count = 0;
    for (int i = 0; i < all->notes; i++)
        if (strcmp(all->note[i].code, code) == 0)
            count += all->note[i].count;
    return count;
}

const struct eval_line *collect_one(struct collected *all, const char *json,
                                    const struct eval_read_options *options)
{
    collect(all, "plain", "one.jsonl", text_of(json), options);
    assert_done(&all->call, all->is_done);
    assert_int_equal(all->lines + all->bads, 1);
    return all->lines ? &all->line[0] : NULL;
}
