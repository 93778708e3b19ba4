/*
 * Room knowledge: where knowledge lies with one person alone, or with nobody: topics with who wrote
 * of them, pages that nobody owns, teams that never wrote. It names whom to ask and counts nobody:
 * it is about topics, never a ranking of people.
 */
#ifndef RONDO_SILO_REPORT_H
#define RONDO_SILO_REPORT_H

#include "base/json_write.h"

/* {"topics": [{"topic", "people", "alone", "suggestion"}], "pages_without_owner": [{"id",
 * "title"}], "silent_teams"}. */
bool silo_report_write_json(struct call *call, struct json_writer *writer);
bool silo_report_write_words(struct call *call, struct out *out);

#endif
