/* See label.h. The sentence is cut in two at its place, so that no format comes from a table. */
#include "offers/label.h"

const char *label_sentence(struct call *call, const char *sentence, const struct record *record)
{
    const char *place = strstr(sentence, "%s");
    size_t size = (size_t)(place - sentence);
    bool has_article = text_ends((text){ sentence, size }, TEXT(" a "));
    bool is_vowel = record->label[0] && strchr("aeiouAEIOU", record->label[0]);
    if (has_article && is_vowel)
        size--; /* the blank comes after the n */
    text article = has_article && is_vowel ? TEXT("n ") : TEXT("");
    text words = CALL_JOIN(call, (text){ sentence, size }, article, text_of(record->label),
                           text_of(place + 2));
    return words.at;
}
