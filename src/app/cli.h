/*
 * One command line from its words to its exit code: parse, open the store, find out who acts, run,
 * say what failed. Everything that a command needs is given to it here.
 */
#ifndef RONDO_CLI_H
#define RONDO_CLI_H

int cli_main(int argc, char **argv);

#endif
