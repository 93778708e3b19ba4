/* Room knowledge: decision records as files in a folder. */
#ifndef RONDO_DECISION_FILES_H
#define RONDO_DECISION_FILES_H

#include "rooms/knowledge/decision_import.h"

/*
 * Reads the files that are named; of a folder all that are called as decision records are
 * (NNNN-title.md, adr-NNNN-title.md), by name. Fails for what cannot be read, and for a folder
 * without any.
 */
bool decision_files_read(struct call *call, const text *path, size_t count,
                         struct decision_file **file, size_t *file_count);

/*
 * Writes every live decision to FOLDER/NNNN-title.md and the table FOLDER/index.md; makes the
 * folder. Nothing is written when the folder holds a file of the same number and another name, as a
 * new title would leave one behind.
 */
bool decision_files_write(struct call *call, text folder, size_t *count);

#endif
