/* See client.h. */
#include "support/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

bool client_open(struct client *client, int port)
{
    const struct timeval patience = { .tv_sec = 20 };
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->held = 0;
    client->head = client->body = TEXT_NONE;
    client->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(client->socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(client->socket, (struct sockaddr *)&address, sizeof address) == 0)
        return true;
    close(client->socket);
    client->socket = -1;
    return false;
}

void client_close(struct client *client)
{
    if (client->socket >= 0)
        close(client->socket);
    client->socket = -1;
}

bool client_send(struct client *client, text bytes)
{
    while (bytes.size) {
        ssize_t sent = send(client->socket, bytes.at, bytes.size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes = text_from(bytes, (size_t)sent);
    }
    return true;
}

static bool receive(struct client *client)
{
    size_t room = sizeof client->bytes - client->held;
    ssize_t got = room ? recv(client->socket, client->bytes + client->held, room, 0) : 0;
    if (got <= 0)
        return false;
    client->held += (size_t)got;
    return true;
}

static text held(const struct client *client)
{
    return (text){ client->bytes, client->held };
}

text client_header(const struct client *client, const char *name)
{
    text rest = client->head;
    while (rest.at) {
        text line = text_cut(rest, '\n', &rest);
        text value;
        text key = text_cut(line, ':', &value);
        if (value.at && text_same_word(key, text_of(name)))
            return text_trim(value);
    }
    return TEXT_NONE;
}

bool client_read(struct client *client, bool has_body)
{
    size_t before = client->head.size + client->body.size; /* the last answer gives way */
    client->held -= before;
    memmove(client->bytes, client->bytes + before, client->held);
    client->head = client->body = TEXT_NONE;
    size_t end;
    while ((end = text_find(held(client), TEXT("\r\n\r\n"))) == SIZE_MAX)
        if (!receive(client))
            return false;
    client->head = text_until(held(client), end + 4);
    int64_t status = 0;
    int64_t size = 0;
    text_to_int(text_until(text_from(client->head, sizeof "HTTP/1.1 " - 1), 3), &status);
    client->status = (int)status;
    if (has_body)
        text_to_int(client_header(client, "Content-Length"), &size);
    while (client->held < client->head.size + (size_t)size)
        if (!receive(client))
            return false;
    client->body = text_until(text_from(held(client), client->head.size), (size_t)size);
    return true;
}

bool client_ask(struct client *client, int port, const char *method_and_path, const char *headers,
                const char *body)
{
    static const char form[] = "%s HTTP/1.1\r\n%s%s%s\r\n";
    char head[CLIENT_HEAD_SIZE];
    char length[64] = "";
    if (body)
        snprintf(length, sizeof length, "Content-Length: %zu\r\n", strlen(body));
    const char *host = strstr(headers, "Host:") ? "" : "Host: localhost\r\n";
    int size = snprintf(head, sizeof head, form, method_and_path, host, headers, length);
    return client_open(client, port) && client_send(client, (text){ head, (size_t)size }) &&
           client_send(client, text_of(body)) &&
           client_read(client, strncmp(method_and_path, "HEAD", 4) != 0);
}
