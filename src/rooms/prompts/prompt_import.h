/* Room prompts: the registry comes in from files, all of it in one change or nothing. */
#ifndef RONDO_PROMPT_IMPORT_H
#define RONDO_PROMPT_IMPORT_H

#include "base/json_write.h"
#include "rooms/prompts/prompt_files.h"

struct prompt_imported {
    text path;
    rid prompt, version;
    const char *result; /* "made", "changed" or "unchanged" */
};

struct prompt_import {
    const struct prompt_files *files;
    struct prompt_imported *item; /* in the order of the files, without those of labels */
    size_t count;
    text *note; /* what was left, for people */
    size_t note_count, note_room;
};

/*
 * A prompt is known by its name: it takes over what its file says and keeps what that is silent
 * about. A version whose content is here already is not made again. Labels that nobody needs to
 * approve are moved; of guarded ones a note says where the files have them. Refused, naming file
 * and line: unknown keys, people, teams and surfaces that are not here, another content for a
 * number that was given, another kind.
 */
bool prompt_import(struct call *call, const struct prompt_files *files,
                   struct prompt_import *import);

/* {"change","commit","items":[{"file","prompt","version","result"}],"notes":[]}. */
bool prompt_import_write_json(struct call *call, const struct prompt_import *import,
                              struct json_writer *writer);

#endif
