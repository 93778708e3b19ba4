/* See git_files.h. Each level opens one thing, asks the next, and closes it again. */
#include "base/git_files.h"

#include "base/git2_library.h"

struct walk {
    struct call *call;
    const struct git2_functions *git;
    const struct git_reading *reading;
    git_repository *repository;
    char *commit;
};

static bool fail_git(const struct walk *walk, const char *what, text name)
{
    const git_error *error = walk->git->error_last();
    return fail(walk->call, FAIL_NOT_FOUND, "%s '%.*s': %s", what,
                TEXT_FMT(text_until_character(name, 200)),
                error && error->message ? error->message : "git does not say why");
}

/* --- one file --- */

static bool take_blob(struct walk *walk, text path, git_blob *blob)
{
    const struct git_reading *reading = walk->reading;
    text bytes = { walk->git->blob_rawcontent(blob), (size_t)walk->git->blob_rawsize(blob) };
    if (bytes.size > reading->size_max)
        return fail(walk->call, FAIL_TOO_LARGE, "'%.*s' has %zu bytes; at most %zu are read",
                    TEXT_FMT(text_until_character(path, 200)), bytes.size, reading->size_max);
    text name = call_text(walk->call, path), copy = call_text(walk->call, bytes);
    return name.at && copy.at && reading->take(reading->to, walk->call, name, copy);
}

static bool read_entry(struct walk *walk, text path, const git_tree_entry *entry)
{
    git_blob *blob;
    if (walk->git->blob_lookup(&blob, walk->repository, walk->git->tree_entry_id(entry)) != 0)
        return fail_git(walk, "cannot read", path);
    bool is_taken = take_blob(walk, path, blob);
    walk->git->blob_free(blob);
    return is_taken;
}

/* The library's way to stop a walk is a negative number. */
static int visit(const char *root, const git_tree_entry *entry, void *walking)
{
    struct walk *walk = walking;
    git_filemode_t mode = walk->git->tree_entry_filemode(entry);
    text path = call_format(walk->call, "%s%s", root, walk->git->tree_entry_name(entry));
    if (!path.at)
        return -1;
    if ((mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE) ||
        !walk->reading->wants(path))
        return 0;
    return read_entry(walk, path, entry) ? 0 : -1;
}

/* --- the folder, the commit, the repository --- */

static bool walk_tree(struct walk *walk, const git_oid *id)
{
    git_tree *tree;
    if (walk->git->tree_lookup(&tree, walk->repository, id) != 0)
        return fail_git(walk, "cannot read", walk->reading->repository);
    int result = walk->git->tree_walk(tree, GIT_TREEWALK_PRE, visit, walk);
    walk->git->tree_free(tree);
    if (result != 0 && walk->call->fail.kind == FAIL_NONE)
        return fail_git(walk, "cannot read", walk->reading->repository);
    return result == 0;
}

static bool walk_folder(struct walk *walk, const git_object *root)
{
    const git_oid *id = walk->git->object_id(root);
    git_tree_entry *entry;
    git_tree *tree;
    char *folder;
    if (!walk->reading->folder.size || text_is(walk->reading->folder, "."))
        return walk_tree(walk, id);
    if (!(folder = call_string(walk->call, walk->reading->folder)))
        return false;
    if (walk->git->tree_lookup(&tree, walk->repository, id) != 0)
        return fail_git(walk, "cannot read", walk->reading->repository);
    int missing = walk->git->tree_entry_bypath(&entry, tree, folder);
    walk->git->tree_free(tree);
    if (missing)
        return fail_git(walk, "there is no folder", walk->reading->folder);
    bool is_done = walk->git->tree_entry_filemode(entry) == GIT_FILEMODE_TREE
                       ? walk_tree(walk, walk->git->tree_entry_id(entry))
                       : fail(walk->call, FAIL_INVALID, "'%s' is no folder there", folder);
    walk->git->tree_entry_free(entry);
    return is_done;
}

static bool walk_commit(struct walk *walk, git_object *named, text at)
{
    git_object *commit, *root = NULL;
    if (walk->git->object_peel(&commit, named, GIT_OBJECT_COMMIT) != 0)
        return fail_git(walk, "there is no commit behind", at);
    walk->git->oid_tostr(walk->commit, GIT_COMMIT_TEXT_SIZE, walk->git->object_id(commit));
    bool is_done = walk->git->object_peel(&root, commit, GIT_OBJECT_TREE) == 0
                       ? walk_folder(walk, root)
                       : fail_git(walk, "there are no files at", at);
    walk->git->object_free(root); /* takes NULL as well */
    walk->git->object_free(commit);
    return is_done;
}

static bool walk_repository(struct walk *walk)
{
    git_object *named;
    text at = walk->reading->at.size ? walk->reading->at : TEXT("HEAD");
    char *word = call_string(walk->call, at);
    if (!word)
        return false;
    if (walk->git->revparse_single(&named, walk->repository, word) != 0)
        return fail_git(walk, "there is no commit, tag or branch", at);
    bool is_done = walk_commit(walk, named, at);
    walk->git->object_free(named);
    return is_done;
}

bool git_files_read(struct call *call, const struct git_reading *reading,
                    char commit[GIT_COMMIT_TEXT_SIZE])
{
    struct walk walk = { .call = call, .git = git2_library(), .reading = reading,
                         .commit = commit };
    char *path = call_string(call, reading->repository);
    if (!path)
        return false;
    if (!walk.git)
        return fail(call, FAIL_BUSY,
                    "reading a git repository needs libgit2, which is not installed here");
    if (walk.git->repository_open(&walk.repository, path) != 0)
        return fail_git(&walk, "cannot open the repository", reading->repository);
    bool is_read = walk_repository(&walk);
    walk.git->repository_free(walk.repository);
    return is_read;
}
