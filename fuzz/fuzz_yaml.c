/* YAML: whatever the bytes, a tree or a sentence. */
#include "base/yaml.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct call call;
    struct json json;
    call_init(&call, 16 * 1024 * 1024);
    bool done = yaml_read(&call, (text){ (const char *)data, size }, &json);
    assert(done == (call.fail.kind == FAIL_NONE));
    call_release(&call);
    return 0;
}
