/*
 * One command line from its words to its exit code: parse, open the store, find out who acts, run,
 * say what failed. Everything that a command needs is given to it here.
 */
#ifndef RONDO_CLI_H
#define RONDO_CLI_H

#include "app/house.h"

int cli_main(int argc, char **argv);

/* --store, else RONDO_STORE, else ./rondo.db. */
text cli_store_path(const struct invocation *invocation);

/* Opens the store and attaches the call. `*store` is for store_close. */
bool cli_open(struct call *call, const struct house *house, text where, bool create,
              struct store **store);

#endif
