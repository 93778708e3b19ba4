/* See eval_oddities.h. */
#include "importers/eval_oddities.h"

bool eval_oddities_tell(struct call *call, const struct source *source,
                        const struct eval_sink *sink)
{
    const struct source_facts *facts = source_facts(source);
    const struct {
        bool is_so;
        struct eval_note note;
    } oddities[] = {
        { facts->had_bom, { "bom", TEXT("the file starts with a byte order mark") } },
        { facts->had_crlf, { "crlf", TEXT("lines end in CR LF") } },
        { facts->had_junk,
          { "junk",
            TEXT("behind the end of the gzip stream stand bytes that are no gzip: they were "
                 "left out, what was compressed is whole") } },
        { facts->is_damaged,
          { "damaged",
            TEXT("the gzip stream is damaged: what stands before the damage was read, what follows "
                 "is lost; fetch or write the file again") } },
    };
    for (size_t i = 0; i < sizeof oddities / sizeof *oddities; i++)
        if (oddities[i].is_so && !sink->note(call, sink->to, &oddities[i].note))
            return false;
    return true;
}
