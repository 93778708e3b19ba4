/*
 * Incoming webhooks of Slack and of Microsoft Teams (Workflows): the message within their limits,
 * and what their answers mean. One way only: neither can be edited or answered to later.
 */
#ifndef RONDO_CHAT_H
#define RONDO_CHAT_H

#include "links/post.h"

/* As JSON. `at` is NULL: the call has failed. */
text chat_slack_json(struct call *call, const struct link_message *message);
text chat_teams_json(struct call *call, const struct link_message *message);

/* What an answer means. */
void chat_slack_answer(struct call *call, const struct posted *posted, struct link_answer *answer);
void chat_teams_answer(struct call *call, const struct posted *posted, struct link_answer *answer);

#endif
