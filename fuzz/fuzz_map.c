/* The first line is a mapping, the rest are rows; or one of our own mappings over hostile rows. */
#include "base/json_read.h"
#include "fuzz_sink.h"

static void fuzz_own_map(const uint8_t *data, size_t size)
{
    static const struct eval_sink sink = {
        NULL, sink_line, sink_bad, sink_note, sink_cut, sink_cut
    };
    struct call call;
    struct json map;
    text rest, bytes = { (const char *)data, size };
    text line = text_cut(bytes, '\n', &rest);
    call_init(&call, CALL_MEMORY_DEFAULT);
    if (rest.at && json_read(&call, line, &map, NULL)) {
        const struct eval_format *format = eval_formats;
        while (strcmp(format->name, "map") != 0)
            format++;
        const struct eval_read_options options = { .map = &map, .suite = TEXT("s") };
        struct source *source = source_open_memory(&call, "input.json", rest, TEXT_NONE);
        if (source && !format->read(&call, source, &options, &sink))
            assert(call.fail.kind != FAIL_NONE && call.fail.kind != FAIL_INTERNAL);
        source_close(source);
    }
    call_release(&call);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = { "terminal-bench", "tau-bench", "pairwise" };
    if (size && data[0] >= '1' && data[0] <= '3')
        fuzz_format(formats[data[0] - '1'], data, size);
    else
        fuzz_own_map(data, size);
    return 0;
}
