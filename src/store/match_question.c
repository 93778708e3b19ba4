/* See match_question.h. */
#include "store/match_question.h"

struct asking {
    struct call *call;
    struct match_question *question;
};

static bool ask_word(void *to, const struct word *word)
{
    struct asking *asking = to;
    struct match_question *question = asking->question;
    for (int i = 0; i < question->word_count; i++)
        if (text_equal(question->word[i], word->folded) &&
            question->is_start[i] == word->is_single) {
            question->last_word = i;
            return true;
        }
    if (question->word_count == MATCH_WORDS_MAX)
        return fail_at(asking->call, "q", "more than %d words: search with fewer", MATCH_WORDS_MAX);
    question->last_word = question->word_count;
    question->is_start[question->word_count] = word->is_single;
    question->word[question->word_count] = call_text(asking->call, word->folded);
    return question->word[question->word_count++].at != NULL;
}

bool match_question_words(struct call *call, struct match_question *question, text words)
{
    struct asking asking = { call, question };
    return words_cut(call, words, WORDS_ASKED, ask_word, &asking) && call->fail.kind == FAIL_NONE;
}

uint32_t match_question_answered(const struct match_question *question, text folded)
{
    uint32_t answered = 0;
    for (int i = 0; i < question->word_count; i++)
        if (question->is_start[i] ? text_starts(folded, question->word[i])
                                  : text_equal(folded, question->word[i]))
            answered |= (uint32_t)1 << i;
    return answered;
}
