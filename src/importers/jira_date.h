/*
 * Dates as Jira writes them: in its CSV "30/Sep/26 2:05 PM", local to the site, whose zone somebody
 * has to say; from its REST interface "2026-09-30T14:05:00.000+0200". Days and months as numbers
 * with slashes come from a spreadsheet: their order cannot be told, so they are refused.
 */
#ifndef RONDO_JIRA_DATE_H
#define RONDO_JIRA_DATE_H

#include "base/stamp.h"

/*
 * STAMP_WITHOUT_ZONE gives the instant as if the time were UTC. STAMP_NOT: no date;
 * `is_ambiguous`: because day and month could be either.
 */
enum stamp_form jira_date_read(text source, stamp *at, bool *is_ambiguous);

#endif
