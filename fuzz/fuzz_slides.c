/*
 * Any bytes as a deck: the slides lie in the text one behind the other, and the file that is made
 * of them holds no script but its own, and one page for each slide.
 */
#include "base/markdown.h"
#include "base/slides.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static size_t count_of(text whole, text part)
{
    size_t count = 0;
    for (size_t at; (at = text_find(whole, part)) != SIZE_MAX; count++)
        whole = text_from(whole, at + part.size);
    return count;
}

static void check_slides(struct call *call, text source, const struct slides *slides)
{
    struct out out;
    size_t end = 0;
    require(slides->count > 0 && slides->count <= SLIDES_MAX);
    for (size_t i = 0; i < slides->count; i++) {
        const struct slide *slide = &slides->slide[i];
        require(slide->at >= end && slide->markdown.size <= source.size - slide->at);
        require(slides_at(slides, slide->at) >= i + 1);
        end = slide->at + slide->markdown.size;
    }
    out_init(&out, call);
    if (!slides_write_html(call, slides, TEXT("deck"), &out))
        return;
    require(count_of(out_view(&out), TEXT("<script")) == 1);
    require(count_of(out_view(&out), TEXT("<section class=\"slide")) == slides->count);
    require(count_of(out_view(&out), TEXT("src=\"http")) == 0);
    require(count_of(out_view(&out), TEXT("src=\"/")) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct call call;
    struct slides slides;
    text source = { (const char *)bytes, size };
    call_init(&call, 64 * 1024 * 1024);
    if (slides_read(&call, source, &slides))
        check_slides(&call, source, &slides);
    else
        require(call.fail.kind == FAIL_TOO_LARGE);
    call_release(&call);
    return 0;
}
