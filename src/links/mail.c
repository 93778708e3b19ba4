/* See mail.h: the way by SMTP. */
#include "links/mail.h"

#include "base/curl_library.h"
#include "base/out.h"

#include <string.h>

enum { MAIL_SECONDS = 60, MAIL_CONNECT_SECONDS = 10 };

bool mail_check_server(struct call *call, const char *field, text address)
{
    text rest = text_starts(address, TEXT("smtp://"))    ? text_from(address, 7)
                : text_starts(address, TEXT("smtps://")) ? text_from(address, 8)
                                                         : TEXT_NONE;
    bool is_plain = rest.size > 0;
    for (size_t i = 0; i < rest.size; i++)
        is_plain &= (unsigned char)rest.at[i] > ' ' && !strchr("/@?#", rest.at[i]);
    return is_plain || fail_at(call, field,
                               "'%.*s' is no mail server: write it like "
                               "smtp://mail.example.org:587; user and password have fields of "
                               "their own",
                               TEXT_FMT(text_until_character(address, 60)));
}

/* What is still to be sent. */
struct sending {
    text left;
    bool has_begun; /* of the text itself: from here on nobody knows */
};

static size_t give_piece(char *room, size_t size, size_t count, void *from)
{
    struct sending *sending = from;
    size_t most = size * count;
    size_t given = sending->left.size < most ? sending->left.size : most;
    memcpy(room, sending->left.at, given);
    sending->left = text_from(sending->left, given);
    sending->has_begun = true;
    return given;
}

static struct curl_slist *recipients_of(struct call *call, const struct curl_functions *curl,
                                        text list)
{
    struct curl_slist *recipients = NULL;
    while (list.at) {
        text address, word = text_cut(list, ',', &list);
        if (!mail_address(word, &address))
            continue;
        const char *one = call_string(call, call_format(call, "<%.*s>", TEXT_FMT(address)));
        struct curl_slist *longer = one ? curl->slist_append(recipients, one) : NULL;
        if (!longer)
            break;
        recipients = longer;
    }
    return recipients;
}

/* The server's last word decides; without one it depends on how far the text was. */
static bool tell_broken(struct call *call, CURLcode code, long said, const char *reason,
                        const struct sending *sending, struct link_answer *answer)
{
    text why = call_format(call, "%s", reason);
    if (code == CURLE_LOGIN_DENIED)
        return link_answered(answer, LINK_REFUSED,
                             TEXT("the mail server does not take the user and password"));
    if (said >= 500)
        return link_answered(answer, LINK_REFUSED,
                             call_format(call, "the mail server refuses it with %ld: %.*s", said,
                                         TEXT_FMT(why)));
    if (said >= 400)
        return link_answered(answer, LINK_AGAIN,
                             call_format(call, "the mail server puts it off with %ld: %.*s", said,
                                         TEXT_FMT(why)));
    if (sending->has_begun)
        return link_answered(answer, LINK_UNSURE,
                             call_format(call, "the connection broke when it was on its way: %.*s",
                                         TEXT_FMT(why)));
    return link_answered(answer, LINK_AGAIN,
                         call_format(call, "the mail server does not answer: %.*s", TEXT_FMT(why)));
}

static bool set_account(struct call *call, const struct curl_functions *curl, CURL *handle,
                        const struct mail_server *server)
{
    const char *user = server->user.at ? call_string(call, server->user) : "";
    const char *password = server->password.at ? call_string(call, server->password) : "";
    if (!user || !password)
        return false;
    if (server->user.at) {
        curl->easy_setopt(handle, CURLOPT_USERNAME, user);
        curl->easy_setopt(handle, CURLOPT_PASSWORD, password);
    }
    /* A password goes over no open line. */
    curl->easy_setopt(handle, CURLOPT_USE_SSL,
                      (long)(server->password.at ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    return true;
}

static bool perform(struct call *call, const struct curl_functions *curl, CURL *handle,
                    const struct mail_server *server, const struct mail *mail,
                    struct link_answer *answer)
{
    char reason[CURL_ERROR_SIZE] = "";
    text from, whole = mail_text(call, mail);
    struct sending sending = { .left = whole };
    long said = 0;
    const char *url = call_string(call, server->address);
    const char *sender = mail_address(mail->from, &from)
                             ? call_string(call, call_format(call, "<%.*s>", TEXT_FMT(from)))
                             : NULL;
    if (!whole.at || !url || !set_account(call, curl, handle, server))
        return false;
    struct curl_slist *recipients = recipients_of(call, curl, mail->to);
    if (!sender || !recipients)
        return link_answered(answer, LINK_REFUSED, TEXT("it has no sender or no recipient"));
    curl->easy_setopt(handle, CURLOPT_URL, url);
    curl->easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl->easy_setopt(handle, CURLOPT_PROXY, "");
    curl->easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(handle, CURLOPT_TIMEOUT, (long)MAIL_SECONDS);
    curl->easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)MAIL_CONNECT_SECONDS);
    curl->easy_setopt(handle, CURLOPT_ERRORBUFFER, reason);
    curl->easy_setopt(handle, CURLOPT_MAIL_FROM, sender);
    curl->easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients);
    curl->easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl->easy_setopt(handle, CURLOPT_READFUNCTION, give_piece);
    curl->easy_setopt(handle, CURLOPT_READDATA, &sending);
    CURLcode code = curl->easy_perform(handle);
    curl->slist_free_all(recipients);
    if (code == CURLE_OK)
        return link_answered(answer, LINK_SENT, TEXT_NONE);
    curl->easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &said);
    return tell_broken(call, code, said < 400 ? 0 : said,
                       reason[0] ? reason : curl->easy_strerror(code), &sending, answer);
}

bool mail_send(struct call *call, const struct mail_server *server, const struct mail *mail,
               struct link_answer *answer)
{
    const struct curl_functions *curl = curl_library();
    *answer = (struct link_answer){ .outcome = LINK_AGAIN };
    if (!curl)
        return link_answered(answer, LINK_AGAIN,
                             TEXT("'libcurl.so.4' is not on this machine: install the package "
                                  "libcurl4"));
    CURL *handle = curl->easy_init();
    if (!handle)
        return fail(call, FAIL_BUSY, "libcurl has no memory to send a mail");
    bool done = perform(call, curl, handle, server, mail, answer);
    curl->easy_cleanup(handle);
    return done;
}
