/* Room people: what is kept of a person's password. It knows neither sessions nor invitations. */
#ifndef RONDO_KEPT_PASSWORD_H
#define RONDO_KEPT_PASSWORD_H

#include "catalog/row.h"

/* TEXT_NONE: that person has none, or there was a failure. */
text kept_password_of(struct call *call, rid person);

/* Makes it what is kept of the password of who acts; inside the caller's change. */
bool kept_password_write(struct call *call, text kept);

#endif
