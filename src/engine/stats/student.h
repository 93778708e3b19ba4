/*
 * Student's t for any degrees of freedom, whole or not, and the normal beside it: what the tests of
 * two means share.
 */
#ifndef RONDO_STUDENT_H
#define RONDO_STUDENT_H

/* The normal quantile that leaves alpha / 2 above it, also for an alpha that 1 - alpha swallows. */
double normal_level(double alpha);

/* P(T > t). */
double student_upper(double t, double df);

/* The t that leaves `tail` (0 to 1) above it. */
double student_quantile(double tail, double df);

/*
 * The power of the two-sided t test: P(|T| beyond the quantile of alpha / 2) when T has this
 * noncentrality. By the noncentral F with one degree of freedom (Johnson, Kotz and Balakrishnan,
 * chapter 30): a Poisson mixture of beta tails.
 */
double student_power(double noncentrality, double df, double alpha);

#endif
