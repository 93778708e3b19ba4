/*
 * What rooms make before anybody asks for it: who opens a page on Monday at nine should not be the
 * one for whom millions of results are looked through. A server does it for those who were here
 * last, when it starts and after news (app/early_maker.h). Only what is kept on the store's shelf
 * is worth it.
 */
#ifndef RONDO_EARLY_H
#define RONDO_EARLY_H

#include "base/call.h"

struct early {
    const char *name;                /* of what is made, for whoever reads the table */
    bool (*make)(struct call *call); /* as the reader who acts; what fails is made when asked for */
};

#endif
