/*
 * Any bytes as a decision record: it is refused with a sentence, or it has a title, and all it says
 * is text without NUL.
 */
#include "importers/adr.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_text(text whole)
{
    assert(text_is_utf8(whole));
    assert(whole.size == 0 || !memchr(whole.at, '\0', whole.size));
}

static void check(const struct adr *adr)
{
    const text all[] = { adr->title,        adr->owner,   adr->context, adr->options, adr->decision,
                         adr->consequences, adr->outcome, adr->more,    adr->front_matter };
    assert(text_trim(adr->title).size);
    assert(!memchr(adr->title.at, '\n', adr->title.size));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        check_text(all[i]);
    assert(!adr->has_number || (adr->number >= 0 && adr->number <= ADR_NUMBER_MAX));
    assert(adr->supersedes.count <= ADR_LINKS_MAX && adr->superseded_by.count <= ADR_LINKS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct call call;
    struct adr adr;
    call_init(&call, CALL_MEMORY_DEFAULT);
    if (adr_read(&call, TEXT("0003-it.md"), (text){ (const char *)bytes, size }, &adr))
        check(&adr);
    else
        assert(call.fail.kind == FAIL_INVALID || call.fail.kind == FAIL_TOO_LARGE);
    call_release(&call);
    return 0;
}
