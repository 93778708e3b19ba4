/*
 * The files of a folder of a git repository as they are at a commit, a tag or a branch, whatever
 * lies in the working tree. Links and submodules are no files. Knows nothing of what they hold.
 */
#ifndef RONDO_GIT_FILES_H
#define RONDO_GIT_FILES_H

#include "base/call.h"

enum { GIT_COMMIT_TEXT_SIZE = 41 };

/* What is wanted, and what is done with it. */
struct git_reading {
    text repository; /* its folder */
    text at;         /* a commit, a tag or a branch; TEXT_NONE: what is checked out */
    text folder;     /* inside; TEXT_NONE: all of it */
    size_t size_max; /* of one file, in bytes */
    bool (*wants)(text path);
    /* Path below the folder; both texts live as long as the call. False: the call has failed. */
    bool (*take)(void *to, struct call *call, text path, text bytes);
    void *to;
};

/*
 * Gives each wanted file to `take`; `commit` receives the whole number of the commit.
 * FAIL_NOT_FOUND when there is no such repository, commit or folder; FAIL_BUSY when this machine
 * has no libgit2.
 */
bool git_files_read(struct call *call, const struct git_reading *reading,
                    char commit[GIT_COMMIT_TEXT_SIZE]);

#endif
