/* Archives for tests, in every way that eval tools write them. */
#ifndef RONDO_TEST_ZIP_MAKE_H
#define RONDO_TEST_ZIP_MAKE_H

#include "base/out.h"

enum zip_make_flags {
    MAKE_SIZES_BEHIND = 1, /* the local header does not know the sizes */
    MAKE_ZIP64 = 2,
    MAKE_TWO_FRAMES = 4,
    MAKE_WRONG_CRC = 8,
    MAKE_ENCRYPTED = 16,
};

struct zip_making {
    struct out out;
    struct out directory;
    int count;
    bool is_zip64;
};

void zip_make_begin(struct zip_making *making, struct call *call);
void zip_make_entry(struct zip_making *making, const char *name, text bytes, int method, int flags);

/* Writes the directory; the whole archive. Without it, `making->out` is one that was cut. */
text zip_make_end(struct zip_making *making);

#endif
