/* Files of prompts: whatever the bytes, a document and its messages, or a sentence. */
#include "rooms/prompts/prompt_markdown.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct call call;
    struct json messages;
    struct prompt_document document;
    call_init(&call, 16 * 1024 * 1024);
    bool done = prompt_document_read(&call, TEXT("a/0001.md"),
                                     (text){ (const char *)data, size }, &document);
    assert(done == (call.fail.kind == FAIL_NONE));
    if (done) {
        done = prompt_messages_read(&call, document.body, &messages);
        assert(done == (call.fail.kind == FAIL_NONE));
    }
    if (!done)
        prompt_document_about(&call, &document);
    call_release(&call);
    return 0;
}
