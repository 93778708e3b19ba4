/* Writing an archive: all of the call's store, as it is or as it was, whoever may read what. */
#ifndef RONDO_ARCHIVE_EXPORT_H
#define RONDO_ARCHIVE_EXPORT_H

#include "offers/archive.h"
#include "offers/room.h"

struct archive_options {
    stamp at; /* as of; 0: now */
    bool csv, markdown;
};

struct archive_report {
    int64_t rows, versions, secrets;
    size_t files;
};

/*
 * The folder must be new or empty. It is made beside its place and gets its name when it is
 * complete; a failure leaves nothing of it.
 */
bool archive_export(struct call *call, const struct room *const *rooms, text folder,
                    const struct archive_options *options, struct archive_report *report);

#endif
