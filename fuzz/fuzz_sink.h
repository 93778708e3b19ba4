/*
 * What every harness of an importer of other tools' formats needs: a sink that holds lines to the
 * promises of eval_line.h, and one call of the reader. The first byte chooses the options.
 */
#ifndef RONDO_FUZZ_SINK_H
#define RONDO_FUZZ_SINK_H

#include "importers/eval_line.h"

#include <assert.h>
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool sink_line(struct call *call, void *to, const struct eval_line *line)
{
    (void)call;
    (void)to;
    assert(line->suite.size && line->surface.size && line->run.size && line->case_key.size);
    assert(line->trial >= 0 && line->number > 0);
    assert(line->verdict != EVAL_ERROR || line->error.size);
    assert(text_is_utf8(line->case_key) && text_is_utf8(line->run) && text_is_utf8(line->suite));
    assert(!memchr(line->case_key.at, '\0', line->case_key.size));
    return true;
}

static bool sink_bad(struct call *call, void *to, const struct eval_bad_line *bad)
{
    (void)call;
    (void)to;
    assert(bad->reason.size && bad->bytes.size <= 64 * 1024 && bad->number > 0);
    return true;
}

static bool sink_note(struct call *call, void *to, const struct eval_note *note)
{
    (void)call;
    (void)to;
    assert(note->code && note->words.size);
    return true;
}

static bool sink_cut(struct call *call, void *to, text suite, text surface, text run)
{
    (void)call;
    (void)to;
    assert(!run.at || text_is_utf8(run));
    assert(!suite.at || surface.at);
    return true;
}

/* Reads the bytes behind the first, with that format; the call goes well or says why not. */
static void fuzz_format(const char *name, const uint8_t *data, size_t size)
{
    static const struct eval_sink sink = {
        NULL, sink_line, sink_bad, sink_note, sink_cut, sink_cut
    };
    struct eval_read_options options = { .map = NULL };
    struct call call;
    if (size == 0)
        return;
    if (data[0] & 1) {
        options.suite = TEXT("s");
        options.zone = TEXT("Europe/Berlin");
    }
    if (data[0] & 2) {
        options.has_threshold = true;
        options.threshold = 0.5;
        options.threshold_metric = TEXT("x");
    }
    const struct eval_format *format = eval_formats;
    while (strcmp(format->name, name) != 0)
        format++;
    text bytes = { (const char *)data + 1, size - 1 };
    call_init(&call, CALL_MEMORY_DEFAULT);
    format->recognise(bytes, "input");
    struct source *source = source_open_memory(&call, "samples_t_1.jsonl", bytes, TEXT_NONE);
    if (source && !format->read(&call, source, &options, &sink))
        assert(call.fail.kind != FAIL_NONE && call.fail.kind != FAIL_INTERNAL);
    source_close(source);
    call_release(&call);
}

#endif
