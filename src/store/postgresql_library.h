/*
 * PostgreSQL's client library, loaded when a store needs it first: a Rondo that keeps its store in
 * a file starts without it and runs where it is not installed. Knows nothing of stores.
 */
#ifndef RONDO_POSTGRESQL_LIBRARY_H
#define RONDO_POSTGRESQL_LIBRARY_H

#include <libpq-fe.h>
#include <stdbool.h>

/* The functions that are used, by their names without the library's PQ. */
#define POSTGRESQL_FUNCTIONS(each)                                                                 \
    each(clear) each(cmdTuples) each(conninfoFree) each(conninfoParse) each(connectdbParams)       \
        each(describePrepared) each(errorMessage) each(exec) each(execParams) each(execPrepared)   \
            each(finish) each(ftype) each(getisnull) each(getlength) each(getvalue) each(nfields)  \
                each(nparams) each(ntuples) each(paramtype) each(prepare) each(resultErrorField)   \
                    each(resultStatus) each(serverVersion) each(setNoticeProcessor) each(status)   \
                        each(transactionStatus)

struct postgresql_library {
#define POSTGRESQL_MEMBER(name) __typeof__(PQ##name) *name;
    POSTGRESQL_FUNCTIONS(POSTGRESQL_MEMBER)
#undef POSTGRESQL_MEMBER
};

/* NULL: this machine has none that fits. Any thread, any time. */
const struct postgresql_library *postgresql_library(void);

#endif
