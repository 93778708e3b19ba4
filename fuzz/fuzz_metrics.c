/* Any bytes as an answer of Prometheus and as separated values: neither may crash. */
#include "importers/metric_csv.h"
#include "importers/prometheus_range.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { FUZZ_MEMORY = 256 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct call call;
    struct metric_points points = { .count = 0 };
    struct prometheus_notes notes = { .count = 0 };
    struct metric_rows rows;
    text input = { (const char *)bytes, size };
    call_init(&call, FUZZ_MEMORY);
    prometheus_range_read(&call, size & 1 ? 200 : 400, input, &points, &notes);
    fail_clear(&call);
    struct source *source = source_open_memory(&call, "fuzz", input, TEXT_NONE);
    if (source) {
        metric_csv_read(&call, source, TEXT_NONE, &rows);
        source_close(source);
    }
    call_release(&call);
    return 0;
}
