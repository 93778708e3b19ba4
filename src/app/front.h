/*
 * The front of the house: its web pages, and whether it is well. Open to everybody; knows no room.
 */
#ifndef RONDO_FRONT_H
#define RONDO_FRONT_H

#include "http/route.h"

/* The web pages first, which answer for every place inside them; ended by one without a method. */
extern const struct route front_routes[];

#endif
