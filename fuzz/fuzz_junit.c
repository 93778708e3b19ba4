/* JUnit XML, over hostile bytes. */
#include "fuzz_sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_format("junit", data, size);
    return 0;
}
