/*
 * Room people: filters of lists that somebody gave names to. They are a habit of one reader, so
 * that nobody else reads them, and they are there in whatever browser that reader uses.
 */
#ifndef RONDO_SAVED_FILTER_H
#define RONDO_SAVED_FILTER_H

#include "catalog/record.h"

enum saved_filter_field {
    SAVED_FILTER_NAME,
    SAVED_FILTER_RECORD,
    SAVED_FILTER_QUERY,
    SAVED_FILTER_FIELDS,
};

extern const struct record saved_filter_record;

#endif
