/* See council_session.h. */
#include "rooms/prompts/council_session.h"

#include "offers/open_session.h"
#include "rooms/prompts/prompts.h"

#define QUEUE TEXT("prompts.council")

static bool is_on_agenda(struct value agenda, text source)
{
    for (size_t i = 0; i < agenda.count; i++)
        if (text_equal(agenda.texts[i], source))
            return true;
    return false;
}

static bool is_council(struct call *call, const struct row *ritual, const struct row *review,
                       bool *is)
{
    struct value team = session_value(ritual, "team");
    (void)call;
    *is = is_on_agenda(session_value(ritual, "agenda"), QUEUE) &&
          (value_is_null(team) || value_equal(team, review->value[PROMPT_REVIEW_TEAM]));
    return true;
}

bool council_session_keep(struct call *call, const struct row *review)
{
    return open_session_keep(call, review, is_council);
}
