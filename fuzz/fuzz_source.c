/*
 * Any bytes as a source: the first byte chooses the encoding, the rest is read by lines and again
 * as a whole. Both ways must give the same bytes, and the digest must be that of the input.
 */
#include "base/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const encodings[] = { NULL,           NULL,        "UTF-16",
                                         "windows-1252", "Shift_JIS", "ISO-2022-JP" };

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Bytes in all lines, line ends included; a CR before an LF counts as well. */
static size_t read_lines(struct call *call, struct source *source, text whole)
{
    text line;
    bool ended;
    size_t at = 0;
    enum source_step step;
    while ((step = source_line(call, source, &line, &ended)) == SOURCE_LINE) {
        require(text_starts(text_from(whole, at), line));
        at += line.size;
        if (!ended)
            continue;
        at += whole.at[at] == '\r';
        require(whole.at[at++] == '\n');
    }
    require(step == SOURCE_END);
    return at;
}

static void check_facts(const struct source *source, text input)
{
    const struct source_facts *facts = source_facts(source);
    struct hash expected = hash_sha256(input);
    require(facts->bytes_read == (int64_t)input.size);
    require(memcmp(facts->sha256.byte, expected.byte, HASH_SIZE) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct call call;
    text rest;
    if (size == 0)
        return 0;
    text encoding = text_of(encodings[bytes[0] % (sizeof encodings / sizeof encodings[0])]);
    text input = { (const char *)bytes + 1, size - 1 };
    call_init(&call, CALL_MEMORY_DEFAULT);
    struct source *whole = source_open_memory(&call, "whole", input, encoding);
    struct source *lines = source_open_memory(&call, "lines", input, encoding);
    require(whole && lines);
    require(source_rest(&call, whole, (size_t)1 << 30, &rest));
    require(read_lines(&call, lines, rest) == rest.size);
    check_facts(whole, input);
    check_facts(lines, input);
    source_close(whole);
    source_close(lines);
    call_release(&call);
    return 0;
}
