/* A double as text, for every format that people or programs read back. */
#ifndef RONDO_REAL_H
#define RONDO_REAL_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The shortest text of a finite double that reads back as the same double, at most 32 bytes with
 * its NUL; returns its length.
 */
int real_write(double value, char *room);

#ifdef __cplusplus
}
#endif

#endif
