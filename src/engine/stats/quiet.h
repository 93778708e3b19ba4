/*
 * GSL ends the program by default when a number is beyond it; a number that somebody typed may not
 * do that.
 */
#ifndef RONDO_QUIET_H
#define RONDO_QUIET_H

/* From now on GSL answers NaN where it has no answer. Again is no harm. */
void quiet_gsl(void);

#endif
