/*
 * See json_mend.h. It follows texts and brackets only: what stands between them is judged by the
 * reader that gets the result.
 */
#include "importers/json_mend.h"

#include "base/json.h"

struct mending {
    char closer[JSON_DEPTH_MAX + 1];
    int open;
    size_t keep;    /* bytes that are complete; 0: none yet */
    int keep_open;  /* brackets that are open there; outer ones never change after it */
    bool is_broken; /* brackets do not match, or go too deep */
};

static void complete_at(struct mending *mending, size_t at, int depth)
{
    if (mending->open > depth || mending->open == 0)
        return;
    mending->keep = at;
    mending->keep_open = mending->open;
}

static void bracket_open(struct mending *mending, char closer)
{
    if (mending->open > JSON_DEPTH_MAX) {
        mending->is_broken = true;
        return;
    }
    mending->closer[mending->open++] = closer;
}

static void bracket_close(struct mending *mending, char closer, size_t behind, int depth)
{
    if (mending->open == 0 || mending->closer[mending->open - 1] != closer) {
        mending->is_broken = true;
        return;
    }
    mending->open--;
    complete_at(mending, behind, depth);
}

/* The place behind the text that begins at `at`; the end where it is cut. */
static size_t text_skip(text bytes, size_t at)
{
    for (at++; at < bytes.size; at++) {
        if (bytes.at[at] == '\\')
            at++;
        else if (bytes.at[at] == '"')
            return at + 1;
    }
    return bytes.size;
}

static size_t step(struct mending *mending, text bytes, size_t at, int depth)
{
    switch (bytes.at[at]) {
    case '"':
        return text_skip(bytes, at);
    case '{':
        bracket_open(mending, '}');
        break;
    case '[':
        bracket_open(mending, ']');
        break;
    case '}':
    case ']':
        bracket_close(mending, bytes.at[at], at + 1, depth);
        break;
    case ',':
        complete_at(mending, at, depth);
        break;
    default:
        break;
    }
    return at + 1;
}

bool json_mend(struct call *call, text bytes, int depth, text *mended)
{
    struct mending mending = { .open = 0 };
    for (size_t at = 0; at < bytes.size && !mending.is_broken;)
        at = step(&mending, bytes, at, depth);
    if (mending.is_broken || mending.open == 0 || mending.keep == 0)
        return false;
    char *room = call_take(call, mending.keep + (size_t)mending.keep_open + 1);
    if (!room)
        return false;
    memcpy(room, bytes.at, mending.keep);
    size_t size = mending.keep;
    for (int i = mending.keep_open; i-- > 0;)
        room[size++] = mending.closer[i];
    *mended = (text){ room, size };
    return true;
}
