/*
 * One request and its reply on a connection, from the first line that arrives to the last byte
 * that is sent:
 *
 *   NEW       the address was read                              exchange_new
 *   READING   headers checked, the body is collected            exchange_begin
 *   REFUSED   refused, a small body is read and forgotten       exchange_begin, exchange_take
 *   ANSWERED  the reply is with libmicrohttpd                   exchange_answer
 *             or goes on piece by piece                         stream.h
 *   gone                                                        exchange_free
 *
 * Invariants: an exchange lives in its own call's arena and on one thread; the reply's bytes stay
 * until exchange_free, so libmicrohttpd sends them without a copy. It knows no threads and no
 * listener.
 */
#ifndef RONDO_EXCHANGE_H
#define RONDO_EXCHANGE_H

#include "http/metrics.h"
#include "http/stream.h"

/* What exchanges of one server share. */
struct exchange_home {
    const struct server_options *options;
    struct metrics metrics;
    struct stream_home streams;
    atomic_bool is_stopping; /* new requests are refused, connections closed after their reply */
};

struct exchange;

/* `target` is the address as it was sent, still escaped. NULL when the machine has no memory. */
struct exchange *exchange_new(struct exchange_home *home, const char *target);
void exchange_free(struct exchange *exchange);

bool exchange_has_begun(const struct exchange *exchange);

/*
 * The three steps of libmicrohttpd's access handler. MHD_NO closes the connection without a reply.
 */
enum MHD_Result exchange_begin(struct exchange *exchange, struct MHD_Connection *connection,
                               const char *method);
enum MHD_Result exchange_take(struct exchange *exchange, const char *bytes, size_t size);
enum MHD_Result exchange_answer(struct exchange *exchange, struct MHD_Connection *connection);

#endif
