/* See update_audience.h. */
#include "rooms/updates/update_audience.h"

#define FENCE TEXT(":::")

/* Whom a block is for: a bit for each audience. False: a word is none. */
static bool read_readers(text words, unsigned *readers)
{
    *readers = 0;
    while (words.size) {
        text word = text_cut(words, ' ', &words);
        words = words.at ? text_trim(words) : TEXT_NONE;
        if (text_is(word, "private"))
            continue;
        int at = 0;
        while (at < AUDIENCES && !text_is(word, audience_words[at]))
            at++;
        if (at == AUDIENCES) {
            *readers = 0;
            return false;
        }
        *readers |= 1u << at;
    }
    return true;
}

struct blocks {
    struct call *call;
    bool is_open;
    unsigned readers; /* of the open block */
    text mistake;     /* the first */
};

static void mistake(struct blocks *blocks, const char *what, text line)
{
    if (!blocks->mistake.at)
        blocks->mistake = call_format(blocks->call, what, TEXT_FMT(line));
}

/* A line of three colons opens a block, or closes the one that is open. */
static void take_fence(struct blocks *blocks, text line)
{
    text words = text_trim(text_from(line, FENCE.size));
    if (words.size == 0) {
        if (!blocks->is_open)
            mistake(blocks, "a line ':::' closes a block that was not opened%.*s", TEXT(""));
        blocks->is_open = false;
        return;
    }
    if (blocks->is_open)
        mistake(blocks, "'%.*s' opens a block within another one: close that first", line);
    if (!read_readers(words, &blocks->readers))
        mistake(blocks,
                "'%.*s' is for nobody: name engineering, design, executives, or private", line);
    blocks->is_open = true;
}

bool update_audience_text(struct call *call, text prose, enum audience audience, text *read,
                          text *told)
{
    struct blocks blocks = { .call = call };
    unsigned asked = audience == AUDIENCES ? (1u << AUDIENCES) - 1 : 1u << audience;
    struct out out;
    out_init(&out, call);
    while (prose.at) {
        text line = text_cut(prose, '\n', &prose);
        if (text_starts(line, FENCE)) {
            take_fence(&blocks, text_trim(line));
            continue;
        }
        if (blocks.is_open && !(blocks.readers & asked))
            continue;
        out_text(&out, line);
        if (prose.at)
            out_char(&out, '\n');
    }
    if (blocks.is_open)
        mistake(&blocks, "a block for some readers does not end: add a line ':::'%.*s", TEXT(""));
    *read = text_trim(out_view(&out));
    *told = blocks.mistake;
    return call->fail.kind == FAIL_NONE;
}
