/*
 * Any bytes as Markdown: the HTML holds no script element, no link to a script and no handler, and
 * a text is never refused but for its size.
 */
#include "base/markdown.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct call call;
    text html, source = { (const char *)bytes, size };
    call_init(&call, 64 * 1024 * 1024);
    require(markdown_html(&call, source, &html) == (size <= MARKDOWN_BYTES_MAX));
    if (size <= MARKDOWN_BYTES_MAX) {
        require(text_find(html, TEXT("<script")) == SIZE_MAX);
        require(text_find(html, TEXT("href=\"javascript:")) == SIZE_MAX);
        require(text_find(html, TEXT("src=\"javascript:")) == SIZE_MAX);
    }
    call_release(&call);
    return 0;
}
