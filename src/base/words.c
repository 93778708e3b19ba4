/*
 * See words.h. The source is broken first and each word is folded alone, so that every word knows
 * where it stands.
 */
#include "base/words.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

/* No word needs more than this before it is cut: folding makes few characters longer. */
enum { RAW_BYTES_MAX = 4 * WORD_BYTES_MAX, UNITS_MAX = 20 * RAW_BYTES_MAX };

enum character {
    CHARACTER_NONE,   /* parts words */
    CHARACTER_LETTER, /* or digit, or emoji */
    CHARACTER_PAIRED, /* of a script without blanks */
    CHARACTER_MARK,   /* belongs to the one before */
};

struct cutting {
    const UNormalizer2 *folding;
    text source;
    enum words_use use;
    word_taker take;
    void *to;
    enum character kind; /* of the open run; CHARACTER_NONE: none is open */
    size_t start, end;   /* of the open run; of paired characters the last one alone */
    size_t before;       /* where the paired character before the last starts */
    size_t paired;       /* how many of them there are */
    bool is_enough;
};

/* Most words are ASCII and need no library. False: this one does. */
static bool fold_ascii(text raw, char *room)
{
    for (size_t i = 0; i < raw.size; i++) {
        char c = raw.at[i];
        if ((unsigned char)c >= 0x80)
            return false;
        room[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return true;
}

static text fold(const struct cutting *cutting, text raw, char room[3 * UNITS_MAX])
{
    UChar wide[RAW_BYTES_MAX], folded[UNITS_MAX];
    int32_t size, bytes;
    UErrorCode error = U_ZERO_ERROR;
    if (fold_ascii(raw, room))
        return (text){ room, raw.size };
    u_strFromUTF8WithSub(wide, RAW_BYTES_MAX, &size, raw.at, (int32_t)raw.size, 0xfffd, NULL,
                         &error);
    size = unorm2_normalize(cutting->folding, wide, size, folded, UNITS_MAX, &error);
    u_strToUTF8WithSub(room, 3 * UNITS_MAX, &bytes, folded, size, 0xfffd, NULL, &error);
    return U_SUCCESS(error) ? (text){ room, (size_t)bytes } : TEXT("");
}

static void give(struct cutting *cutting, size_t start, size_t end, bool is_single)
{
    char room[3 * UNITS_MAX];
    text raw = { cutting->source.at + start, end - start };
    text folded = fold(cutting, text_until_character(raw, RAW_BYTES_MAX), room);
    struct word word = { .folded = text_until_character(folded, WORD_BYTES_MAX),
                         .start = start,
                         .size = end - start,
                         .is_single = is_single };
    if (word.folded.size && !cutting->is_enough) /* what is invisible folds to nothing */
        cutting->is_enough = !cutting->take(cutting->to, &word);
}

static void run_end(struct cutting *cutting)
{
    if (cutting->kind == CHARACTER_LETTER)
        give(cutting, cutting->start, cutting->end, false);
    else if (cutting->kind == CHARACTER_PAIRED) {
        if (cutting->paired > 1)
            give(cutting, cutting->before, cutting->end, false);
        if (cutting->paired == 1 || cutting->use == WORDS_STORED)
            give(cutting, cutting->start, cutting->end, true);
    }
    cutting->kind = CHARACTER_NONE;
    cutting->paired = 0;
}

/* Another character of the open run, or the first of a new one. */
static void run_add(struct cutting *cutting, enum character kind, size_t start, size_t end)
{
    if (kind == CHARACTER_MARK && cutting->kind != CHARACTER_NONE) {
        cutting->end = end;
        return;
    }
    if (kind != cutting->kind)
        run_end(cutting);
    if (kind == CHARACTER_NONE || kind == CHARACTER_MARK)
        return;
    if (kind == CHARACTER_PAIRED && cutting->paired > 1)
        give(cutting, cutting->before, cutting->end, false);
    if (kind == CHARACTER_PAIRED)
        cutting->before = cutting->paired++ ? cutting->start : start;
    if (kind == CHARACTER_PAIRED || cutting->kind == CHARACTER_NONE)
        cutting->start = start;
    cutting->kind = kind;
    cutting->end = end;
}

static bool script_is_paired(UScriptCode script)
{
    switch ((int)script) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_YI:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_TIBETAN:
        return true;
    default:
        return false;
    }
}

static bool is_emoji(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION) ||
           u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC);
}

/* The halfwidth voice marks are letters to Unicode, and part of the kana before them to people. */
static bool is_mark(UChar32 c)
{
    return (U_GET_GC_MASK(c) & U_GC_M_MASK) || c == 0xff9e || c == 0xff9f ||
           u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static enum character character_of(const struct cutting *cutting, UChar32 c)
{
    UErrorCode error = U_ZERO_ERROR;
    if (c < 0x80)
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ? CHARACTER_LETTER
                                                                                  : CHARACTER_NONE;
    if (is_mark(c))
        return CHARACTER_MARK;
    if (is_emoji(c))
        return CHARACTER_LETTER;
    if (!u_isalnum(c) && u_charType(c) != U_LETTER_NUMBER && u_charType(c) != U_OTHER_NUMBER)
        return CHARACTER_NONE;
    UScriptCode script = uscript_getScript(c, &error);
    if (script_is_paired(script))
        return CHARACTER_PAIRED;
    /* The long mark of kana is common to two scripts. */
    bool goes_on = script == USCRIPT_COMMON && u_isalpha(c) && cutting->kind == CHARACTER_PAIRED;
    return goes_on ? CHARACTER_PAIRED : CHARACTER_LETTER;
}

/*
 * One piece between two boundaries. A number keeps its points; "l'homme" and "snake_case" are words
 * of two parts. Paired characters run on into the next piece: its boundary is a dictionary's guess.
 */
static void piece_cut(struct cutting *cutting, size_t start, size_t end, int32_t status)
{
    bool is_number = status >= UBRK_WORD_NUMBER && status < UBRK_WORD_NUMBER_LIMIT;
    size_t at = start;
    while (at < end && !cutting->is_enough) {
        UChar32 c;
        size_t from = at;
        U8_NEXT((const uint8_t *)cutting->source.at, at, end, c);
        enum character kind = c < 0 ? CHARACTER_NONE : character_of(cutting, c);
        if (kind == CHARACTER_NONE && is_number && cutting->kind == CHARACTER_LETTER && c != '_')
            kind = CHARACTER_LETTER;
        run_add(cutting, kind, from, at);
    }
    if (cutting->kind != CHARACTER_PAIRED)
        run_end(cutting);
}

static bool fail_unicode(struct call *call, UErrorCode error)
{
    return fail(call, FAIL_INTERNAL, "the Unicode library cannot cut words: '%s'",
                u_errorName(error));
}

bool words_cut(struct call *call, text source, enum words_use use, word_taker take, void *to)
{
    UErrorCode error = U_ZERO_ERROR;
    struct cutting cutting = { .source = source,
                               .use = use,
                               .take = take,
                               .to = to,
                               .folding = unorm2_getNFKCCasefoldInstance(&error) };
    if (source.size == 0)
        return true;
    UText *view = utext_openUTF8(NULL, source.at, (int64_t)source.size, &error);
    UBreakIterator *boundary = ubrk_open(UBRK_WORD, "", NULL, 0, &error);
    if (U_SUCCESS(error))
        ubrk_setUText(boundary, view, &error);
    if (U_SUCCESS(error)) {
        int32_t start = ubrk_first(boundary), end;
        while ((end = ubrk_next(boundary)) != UBRK_DONE && !cutting.is_enough) {
            piece_cut(&cutting, (size_t)start, (size_t)end, ubrk_getRuleStatus(boundary));
            start = end;
        }
        run_end(&cutting);
    }
    if (boundary)
        ubrk_close(boundary);
    if (view)
        utext_close(view);
    return U_SUCCESS(error) || fail_unicode(call, error);
}
