/* Archives over hostile bytes: every entry of the list is unpacked, and the log inside is read. */
#include "base/zip.h"
#include "fuzz_sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct call call;
    struct zip zip;
    text bytes = { (const char *)data, size };
    fuzz_format("inspect-eval", data, size);
    call_init(&call, CALL_MEMORY_DEFAULT);
    if (size && zip_open(&call, "input.zip", text_from(bytes, 1), &zip))
        for (size_t i = 0; i < zip.count; i++) {
            text entry;
            struct arena_mark mark = arena_mark(&call.arena);
            if (zip_read(&call, &zip, &zip.entry[i], &entry))
                assert(entry.size == zip.entry[i].size);
            fail_clear(&call);
            arena_rewind(&call.arena, mark);
        }
    call_release(&call);
    return 0;
}
