/*
 * Both readers of the plain shape over hostile bytes. The first byte chooses the reader and the
 * options. What comes out must keep the promises of eval_line.h, and every line must survive being
 * written and read again.
 */
#include "importers/plain_fields.h"

#include <assert.h>
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    struct call call; /* another call: the reader's own memory is taken back after each line */
    bool is_again;
    int64_t lines;
};

static void read_again(struct seen *seen, const struct eval_line *line);

static bool take_line(struct call *call, void *to, const struct eval_line *line)
{
    struct seen *seen = to;
    (void)call;
    assert(line->suite.size && line->surface.size && line->run.size && line->case_key.size);
    assert(line->trial >= 0);
    assert(isnan(line->tokens_in) || line->tokens_in >= 0);
    assert(line->verdict != EVAL_ERROR || line->error.size);
    assert(text_is_utf8(line->case_key) && text_is_utf8(line->run));
    seen->lines++;
    if (!seen->is_again)
        read_again(seen, line);
    return true;
}

static bool take_bad(struct call *call, void *to, const struct eval_bad_line *bad)
{
    struct seen *seen = to;
    (void)call;
    assert(!seen->is_again);
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
    struct seen *seen = to;
    (void)call;
    assert(!seen->is_again);
    assert(!run.at || text_is_utf8(run));
    assert(!suite.at || surface.at);
    return true;
}

static const struct eval_format *format_named(const char *name)
{
    const struct eval_format *format = eval_formats;
    while (strcmp(format->name, name) != 0)
        format++;
    return format;
}

static void read_bytes(struct seen *seen, struct call *call, const char *format, text bytes,
                       const struct eval_read_options *options)
{
    const struct eval_sink sink = { seen, take_line, take_bad, take_note, take_cut, take_cut };
    struct source *source = source_open_memory(call, "input.jsonl", bytes, TEXT_NONE);
    if (source)
        format_named(format)->read(call, source, options, &sink);
    source_close(source);
}

static void read_again(struct seen *seen, const struct eval_line *line)
{
    const struct eval_read_options options = { .map = NULL };
    struct seen again = { .is_again = true };
    struct json_writer writer;
    struct out out;
    call_init(&seen->call, CALL_MEMORY_DEFAULT);
    call_init(&again.call, CALL_MEMORY_DEFAULT);
    out_init(&out, &seen->call);
    json_writer_init(&writer, &out, false);
    plain_write_line(&writer, line);
    assert(!out.failed);
    read_bytes(&again, &again.call, "plain", out_view(&out), &options);
    assert(again.lines == 1);
    call_release(&again.call);
    call_release(&seen->call);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct call call;
    struct seen seen = { .lines = 0 };
    if (size == 0)
        return 0;
    text bytes = { (const char *)data + 1, size - 1 };
    struct eval_read_options options = { .map = NULL };
    if (data[0] & 2) {
        options.suite = TEXT("s");
        options.zone = TEXT("Europe/Berlin");
        options.has_threshold = true;
        options.threshold = 0.5;
    }
    call_init(&call, CALL_MEMORY_DEFAULT);
    for (const struct eval_format *format = eval_formats; format->name; format++)
        format->recognise(bytes, "input");
    read_bytes(&seen, &call, data[0] & 1 ? "csv" : "plain", bytes, &options);
    call_release(&call);
    return 0;
}
