/*
 * Readers of whole files of other tools over hostile bytes: the first byte chooses the reader and
 * the options. What comes out must keep the promises of eval_line.h, and a file is refused with a
 * sentence or not at all.
 */
#include "importers/eval_line.h"

#include <assert.h>
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take_line(struct call *call, void *to, const struct eval_line *line)
{
    (void)call;
    (void)to;
    assert(line->suite.size && line->surface.size && line->run.size && line->case_key.size);
    assert(line->number > 0 && line->trial >= 0);
    assert(isnan(line->cost_usd) || line->cost_usd > 0);
    assert(line->verdict != EVAL_ERROR || line->error.size);
    assert(text_is_utf8(line->case_key) && text_is_utf8(line->run));
    return true;
}

static bool take_bad(struct call *call, void *to, const struct eval_bad_line *bad)
{
    (void)call;
    (void)to;
    assert(bad->reason.size && bad->bytes.size <= 64 * 1024);
    return true;
}

static bool take_note(struct call *call, void *to, const struct eval_note *note)
{
    (void)call;
    (void)to;
    assert(note->code && note->words.size);
    return true;
}

static bool take_cut(struct call *call, void *to, text suite, text surface, text run)
{
    (void)call;
    (void)to;
    assert(suite.size && surface.size && run.size);
    return true;
}

static const struct eval_format *format_named(const char *name)
{
    const struct eval_format *format = eval_formats;
    while (strcmp(format->name, name) != 0)
        format++;
    return format;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = { "promptfoo", "promptfoo-jsonl", "junit", "deepeval",
                                         "mlflow" };
    const struct eval_sink sink = { NULL, take_line, take_bad, take_note, take_cut };
    struct eval_read_options options = { .map = NULL };
    struct call call;
    if (size == 0)
        return 0;
    text bytes = { (const char *)data + 1, size - 1 };
    if (data[0] & 8) {
        options.suite = TEXT("s");
        options.zone = TEXT("Europe/Berlin");
        options.has_threshold = true;
        options.threshold = 0.5;
    }
    call_init(&call, CALL_MEMORY_DEFAULT);
    struct source *source =
        source_open_memory(&call, "test_run_20261116_070000.json", bytes, TEXT_NONE);
    const struct eval_format *format =
        format_named(names[(data[0] & 7) % (sizeof names / sizeof *names)]);
    format->recognise(bytes, "input");
    if (source && !format->read(&call, source, &options, &sink))
        assert(call.fail.sentence[0]);
    source_close(source);
    call_release(&call);
    return 0;
}
