/* Room knowledge: pages made and looked at again, and the silo report, as routes and commands. */
#ifndef RONDO_KNOWLEDGE_PAGE_DOORS_H
#define RONDO_KNOWLEDGE_PAGE_DOORS_H

#include "offers/command.h"

struct reply;
struct request;

bool knowledge_page_post_from(struct call *call, const struct request *request,
                              struct reply *reply);
bool knowledge_page_post_reviewed(struct call *call, const struct request *request,
                                  struct reply *reply);
bool knowledge_get_silos(struct call *call, const struct request *request, struct reply *reply);

bool knowledge_page_run_from(struct call *call, struct invocation *invocation);
bool knowledge_page_run_reviewed(struct call *call, struct invocation *invocation);
bool knowledge_run_silos(struct call *call, struct invocation *invocation);

#endif
