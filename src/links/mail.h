/*
 * One mail by SMTP. The text of it (.eml) has a plain and an HTML part, headers that hold nothing
 * but what belongs there, and an identity that stays the same when it is sent again.
 */
#ifndef RONDO_MAIL_H
#define RONDO_MAIL_H

#include "base/stamp.h"
#include "links/link.h"

struct mail {
    text from;       /* "Rondo <rondo@example.org>", or an address */
    text to;         /* addresses, separated by commas */
    text subject, plain, html;
    text message_id; /* without its angle brackets: unique, and the same for the same mail */
    stamp date;
};

struct mail_server {
    text address;        /* smtp://host:port or smtps://host:port */
    text user, password; /* TEXT_NONE: none */
};

/* "a@b", or "Name <a@b>": the address of it. False without a failure: there is none. */
bool mail_address(text word, text *address);

/* Fails at `field` for what is no address, or no list of addresses. */
bool mail_check_addresses(struct call *call, const char *field, text list);
bool mail_check_server(struct call *call, const char *field, text address);

/* The bytes that are sent, with CRLF. `at` is NULL: the call has failed. */
text mail_text(struct call *call, const struct mail *mail);

/* False: the call has failed (memory, no libcurl). */
bool mail_send(struct call *call, const struct mail_server *server, const struct mail *mail,
               struct link_answer *answer);

#endif
