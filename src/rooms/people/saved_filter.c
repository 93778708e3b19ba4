/* Room people: see saved_filter.h. */
#include "rooms/people/saved_filter.h"

enum { QUERY_BYTES_MAX = 4000 };

static const struct field saved_filter_fields[] = {
    [SAVED_FILTER_NAME] = { .name = "name",
                            .label = "Name",
                            .kind = FIELD_TEXT,
                            .flags = FIELD_NEEDED,
                            .help = "What its author calls it.",
                            .max = 200 },
    [SAVED_FILTER_RECORD] = { .name = "record",
                              .label = "Record",
                              .kind = FIELD_TEXT,
                              .flags = FIELD_NEEDED | FIELD_INDEXED,
                              .help = "Whose list it is, such as 'action'.",
                              .max = 100 },
    [SAVED_FILTER_QUERY] = { .name = "query",
                             .label = "Query",
                             .kind = FIELD_TEXT,
                             .help = "The words of the list's address, such as "
                                     "'state=open&sort=due'; empty: all rows.",
                             .max = QUERY_BYTES_MAX },
};

const struct record saved_filter_record = {
    .name = "saved_filter",
    .plural = "saved_filters",
    .prefix = "FLT",
    .label = "saved filter",
    .help = "A list narrowed and ordered as its author likes it; 'rondo saved-filter add' makes "
            "one.",
    .field = saved_filter_fields,
    .field_count = SAVED_FILTER_FIELDS,
    .title = SAVED_FILTER_NAME,
    .privacy = PRIVACY_PRIVATE,
    .writers = ROLE_VIEWER | ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};
