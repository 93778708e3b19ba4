/* See weekly_update.h. */
#include "engine/weekly_update.h"

/* --- sentences --- */

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* What may stand before the first letter of a word: nothing, or one of these. */
static bool opens_word(char c)
{
    return is_blank(c) || c == '(' || c == '[' || c == '"' || c == '.';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool ends_with_word(text before, text word)
{
    if (!text_ends(before, word))
        return false;
    return before.size == word.size || opens_word(before.at[before.size - word.size - 1]);
}

static bool is_abbreviation(text before)
{
    static const char *const words[] = {
        "e.g", "i.e", "etc", "vs", "cf", "approx", "No", "Dr", "Mr", "Ms", "Inc", "Ltd",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ends_with_word(before, text_of(words[i])))
            return true;
    return before.size > 0 && is_letter(before.at[before.size - 1]) &&
           (before.size == 1 || opens_word(before.at[before.size - 2]));
}

static bool ends_sentence(text words, size_t i)
{
    char mark = words.at[i];
    bool is_mark = mark == '.' || mark == '!' || mark == '?';
    bool is_last = i + 1 == words.size || is_blank(words.at[i + 1]);
    return is_mark && is_last && (mark != '.' || !is_abbreviation(text_until(words, i)));
}

size_t weekly_update_sentences(text words)
{
    size_t count = 0;
    bool is_open = false;
    for (size_t i = 0; i < words.size; i++) {
        if (is_blank(words.at[i]))
            continue;
        is_open = !ends_sentence(words, i);
        count += !is_open;
    }
    return count + is_open;
}

/* --- the rules --- */

static bool is_said(text words)
{
    return text_trim(words).size > 0;
}

static bool add(struct call *call, struct update_errors *errors, const char *what, text subject)
{
    text *error = &errors->error[errors->count++];
    *error = call_format(call, "%s%.*s", what, TEXT_FMT(subject));
    return error->at != NULL;
}

static bool nothing_changed(const struct weekly_update *update)
{
    for (size_t i = 0; i < update->changed_count; i++)
        if (is_said(update->changed[i]))
            return false;
    return true;
}

static bool check_learned(struct call *call, const struct weekly_update *update,
                          struct update_errors *errors)
{
    const char *missing = "learned: missing ";
    return (is_said(update->eval) || add(call, errors, missing, TEXT("eval"))) &&
           (is_said(update->user) || add(call, errors, missing, TEXT("user"))) &&
           (is_said(update->cost_latency) || add(call, errors, missing, TEXT("cost_latency")));
}

static bool check_bets(struct call *call, const struct weekly_update *update,
                       struct update_errors *errors)
{
    const struct update_bet *bet = update->next;
    if ((update->next_count < UPDATE_BETS_MIN || update->next_count > UPDATE_BETS_MAX) &&
        !add(call, errors, "next: 3 to 5 bets", TEXT("")))
        return false;
    for (size_t i = 0; i < update->next_count; i++)
        if (!is_said(bet[i].owner) && !add(call, errors, "bet without owner: ", bet[i].title))
            return false;
    for (size_t i = 0; i < update->next_count; i++)
        if (!is_said(bet[i].outcome) && !add(call, errors, "bet without outcome: ", bet[i].title))
            return false;
    return true;
}

bool weekly_update_errors(struct call *call, const struct weekly_update *update,
                          struct update_errors *errors)
{
    /* nothing changed, three slots, the world, the number of bets; two for each bet */
    size_t most = 6 + 2 * update->next_count;
    *errors = (struct update_errors){ call_array(call, most, sizeof *errors->error), 0 };
    if (!errors->error)
        return false;
    if (nothing_changed(update) && !add(call, errors, "changed: nothing listed", TEXT("")))
        return false;
    if (!check_learned(call, update, errors))
        return false;
    if (weekly_update_sentences(update->world) > UPDATE_SENTENCES_MAX &&
        !add(call, errors, "world: two sentences max", TEXT("")))
        return false;
    return check_bets(call, update, errors);
}
