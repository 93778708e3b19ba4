/* See mail.h: the bytes of a mail (RFC 5322, 2045, 2047). */
#include "base/base64.h"
#include "base/hash.h"
#include "base/out.h"
#include "links/mail.h"

enum { QUOTED_COLUMNS = 76, ENCODED_BYTES = 42 };

bool mail_address(text word, text *address)
{
    text rest, inner = text_trim(word);
    size_t at = text_find(inner, TEXT("<"));
    if (at != SIZE_MAX)
        inner = text_trim(text_cut(text_from(inner, at + 1), '>', &rest));
    size_t sign = text_find(inner, TEXT("@"));
    if (sign == SIZE_MAX || sign == 0 || sign + 1 == inner.size)
        return false;
    for (size_t i = 0; i < inner.size; i++) {
        unsigned char c = (unsigned char)inner.at[i];
        if (c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == ',' || c == '"')
            return false;
    }
    *address = inner;
    return text_find(text_from(inner, sign + 1), TEXT("@")) == SIZE_MAX;
}

bool mail_check_addresses(struct call *call, const char *field, text list)
{
    if (text_trim(list).size == 0)
        return fail_at(call, field, "name an address, such as team@example.org");
    while (list.at) {
        text address, word = text_cut(list, ',', &list);
        if (!mail_address(word, &address))
            return fail_at(call, field,
                           "'%.*s' is no mail address: write team@example.org, several with "
                           "commas",
                           TEXT_FMT(text_until_character(text_trim(word), 60)));
    }
    return true;
}

/* --- headers --- */

static bool is_plain(text words)
{
    for (size_t i = 0; i < words.size; i++)
        if ((unsigned char)words.at[i] < ' ' || (unsigned char)words.at[i] >= 0x7f)
            return false;
    return text_find(words, TEXT("=?")) == SIZE_MAX;
}

/* RFC 2047: each word stands for whole characters; line breaks are blanks. */
static void put_words(struct call *call, struct out *out, text words)
{
    if (is_plain(words) && words.size < QUOTED_COLUMNS) {
        out_text(out, words);
        return;
    }
    for (bool is_first = true; words.size; is_first = false) {
        text part = text_until_character(words, ENCODED_BYTES);
        struct out clean;
        out_init(&clean, call);
        for (size_t i = 0; i < part.size; i++)
            out_char(&clean, (unsigned char)part.at[i] < ' ' ? ' ' : part.at[i]);
        out_format(out, "%s=?UTF-8?B?%.*s?=", is_first ? "" : "\r\n ",
                   TEXT_FMT(base64_write(call, out_view(&clean))));
        words = text_from(words, part.size ? part.size : 1);
    }
}

/* "Name <address>" with the name encoded, or the address alone. */
static void put_mailbox(struct call *call, struct out *out, text word)
{
    text address, name = text_trim(text_until(word, text_find(word, TEXT("<"))));
    if (!mail_address(word, &address))
        return;
    if (name.size && text_find(word, TEXT("<")) != SIZE_MAX) {
        put_words(call, out, name);
        out_format(out, " <%.*s>", TEXT_FMT(address));
    } else {
        out_text(out, address);
    }
}

static void put_recipients(struct call *call, struct out *out, text list)
{
    for (bool is_first = true; list.at; is_first = false) {
        text word = text_trim(text_cut(list, ',', &list));
        out_string(out, is_first ? "" : ",\r\n ");
        put_mailbox(call, out, word);
    }
}

/* "Fri, 20 Nov 2026 15:00:00 +0000". */
static void put_date(struct out *out, stamp at)
{
    char room[STAMP_TEXT_SIZE];
    stamp_write_internet(at, room);
    out_format(out, "%s +0000", room);
}

/* --- parts --- */

static bool is_printable(unsigned char c)
{
    return (c >= '!' && c <= '~' && c != '=') || c == ' ' || c == '\t';
}

/* Quoted-printable: no line over 76 columns, no blank at the end of one. */
static void put_quoted(struct out *out, text words)
{
    size_t column = 0;
    for (size_t i = 0; i < words.size; i++) {
        unsigned char c = (unsigned char)words.at[i];
        if (c == '\n') {
            out_string(out, "\r\n");
            column = 0;
            continue;
        }
        if (c == '\r')
            continue;
        bool is_last = i + 1 == words.size || words.at[i + 1] == '\n';
        bool is_blank = c == ' ' || c == '\t';
        bool is_dot = c == '.' && column == 0; /* alone on a line it would end the mail */
        bool is_plain_char = is_printable(c) && !(is_blank && is_last) && !is_dot;
        size_t width = is_plain_char ? 1 : 3;
        if (column + width > QUOTED_COLUMNS - 1) {
            out_string(out, "=\r\n");
            column = 0;
            is_plain_char = is_plain_char && c != '.';
            width = is_plain_char ? 1 : 3;
        }
        if (is_plain_char)
            out_char(out, (char)c);
        else
            out_format(out, "=%02X", c);
        column += width;
    }
    out_string(out, "\r\n");
}

static void put_part(struct out *out, const char *boundary, const char *type, text words)
{
    out_format(out,
               "--%s\r\nContent-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: "
               "quoted-printable\r\n\r\n",
               boundary, type);
    put_quoted(out, words);
}

text mail_text(struct call *call, const struct mail *mail)
{
    char boundary[HASH_TEXT_SIZE];
    const text parts[] = { mail->message_id, mail->plain, mail->html };
    struct hash hash = hash_strong_parts(parts, 3);
    struct out out;
    hash_write(&hash, boundary);
    boundary[32] = '\0';
    out_init(&out, call);
    out_string(&out, "From: ");
    put_mailbox(call, &out, mail->from);
    out_string(&out, "\r\nTo: ");
    put_recipients(call, &out, mail->to);
    out_string(&out, "\r\nSubject: ");
    put_words(call, &out, mail->subject);
    out_string(&out, "\r\nDate: ");
    put_date(&out, mail->date);
    out_format(&out,
               "\r\nMessage-ID: <%.*s>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
               "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n",
               TEXT_FMT(mail->message_id), boundary);
    put_part(&out, boundary, "text/plain", mail->plain);
    if (mail->html.at)
        put_part(&out, boundary, "text/html", mail->html);
    out_format(&out, "--%s--\r\n", boundary);
    return out_view(&out);
}
