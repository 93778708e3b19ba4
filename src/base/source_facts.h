/* What is known of a source so far, shared by source.h and the parts that fill it. */
#ifndef RONDO_SOURCE_FACTS_H
#define RONDO_SOURCE_FACTS_H

#include "base/hash.h"

struct source_facts {
    const char *name;
    bool is_named_file; /* a file that the person named: what lies beside it may be read too */
    int64_t line;      /* number of the line last returned, from 1 */
    int64_t bytes_read; /* as they came */
    int64_t bytes_total; /* size of the file, or 0 when unknown */
    bool had_bom;
    bool had_crlf;
    bool is_cut;     /* what was unpacked is not all: the stream ends early, or is damaged there */
    bool is_damaged; /* with `is_cut`: its bytes are wrong, perhaps also what was unpacked */
    bool had_junk; /* behind the end of the gzip stream: left out, what was unpacked is whole */
    struct hash sha256; /* complete after SOURCE_END */
};

#endif
