/*
 * Room prompts: the registry as files. A prompt is a folder NAME with prompt.md, a file NNNN.md for
 * each version and labels.yaml; or one file NAME.md that says what its next version is, where git
 * keeps the history. docs/guide/prompts.md shows both.
 */
#ifndef RONDO_PROMPT_FILES_H
#define RONDO_PROMPT_FILES_H

#include "base/git_files.h"
#include "rooms/prompts/prompts.h"

enum prompt_file_kind {
    PROMPT_FILE_PROMPT,
    PROMPT_FILE_VERSION,
    PROMPT_FILE_ALONE, /* both in one */
    PROMPT_FILE_LABELS,
};

struct prompt_file {
    enum prompt_file_kind kind;
    text path;      /* below the folder that was read */
    text name;      /* of the prompt, as the path has it */
    int64_t number; /* of a version */
    text bytes;
};

/* In the order in which they are brought in: prompts, versions by number, labels. */
struct prompt_files {
    struct prompt_file *file;
    size_t count, room;
    char commit[GIT_COMMIT_TEXT_SIZE]; /* empty: they came from a folder */
};

/* Files that are no part of a prompt are left; fails where there is none that is. */
bool prompt_files_read(struct call *call, text folder, struct prompt_files *files);
bool prompt_files_read_git(struct call *call, text repository, text at, text folder,
                           struct prompt_files *files);

/* One file that came by itself: NAME.md. */
bool prompt_files_read_one(struct call *call, text name, text bytes, struct prompt_files *files);

struct prompt_files_written {
    size_t prompts, versions;
};

/*
 * Writes every live prompt to FOLDER/NAME/; makes the folders. Refused while a prompt's folder has
 * a version that is not here: it would come back with the next import.
 */
bool prompt_files_write(struct call *call, text folder, struct prompt_files_written *written);

#endif
