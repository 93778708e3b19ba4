/*
 * libgit2, loaded when a repository is read: hardly any command needs it. Its headers one by one:
 * others of them use names that are banned here.
 */
#ifndef RONDO_GIT2_LIBRARY_H
#define RONDO_GIT2_LIBRARY_H

#include <git2/blob.h>
#include <git2/errors.h>
#include <git2/global.h>
#include <git2/object.h>
#include <git2/repository.h>
#include <git2/revparse.h>
#include <git2/tree.h>
#include <git2/version.h>
#include <stdbool.h>

/* The functions that are used, by their names without the library's git_. */
#define GIT2_FUNCTIONS(each)                                                                       \
    each(blob_free) each(blob_lookup) each(blob_rawcontent) each(blob_rawsize) each(error_last)    \
        each(libgit2_init) each(object_free) each(object_id) each(object_peel) each(oid_tostr)     \
            each(repository_free) each(repository_open) each(revparse_single) each(tree_free)      \
                each(tree_entry_bypath) each(tree_entry_filemode) each(tree_entry_free)            \
                    each(tree_entry_id) each(tree_entry_name) each(tree_lookup) each(tree_walk)

struct git2_functions {
#define GIT2_MEMBER(name) __typeof__(git_##name) *name;
    GIT2_FUNCTIONS(GIT2_MEMBER)
#undef GIT2_MEMBER
};

/* NULL: this machine has none that fits. Any thread, any time. */
const struct git2_functions *git2_library(void);

#endif
