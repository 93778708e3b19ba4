/*
 * What the text of a note says: @person, #tag, due:DAY and dim:DIMENSION, outside of code spans and
 * fenced code. Knows neither persons nor days: it gives the words.
 */
#ifndef RONDO_NOTE_TEXT_H
#define RONDO_NOTE_TEXT_H

#include "base/call.h"

enum note_mark_kind { MARK_PERSON, MARK_TAG, MARK_DUE, MARK_DIMENSION };

struct note_mark {
    enum note_mark_kind kind;
    text word; /* behind the @, # or colon */
    text rest; /* of the text, from the word on: names of persons may have blanks */
};

struct note_marks {
    struct note_mark *mark;
    size_t count, room;
};

/* The marks in the order of the text. They are views of it. */
bool note_text_marks(struct call *call, text body, struct note_marks *marks);

/*
 * The first line with words, without the signs of a heading, a list or a quotation; cut at 200
 * bytes. Empty when there is none. A view of the body.
 */
text note_text_title(text body);

/* True when `rest` begins with the whole name, whatever the case of ASCII letters. */
bool note_text_names(text rest, text name);

#endif
