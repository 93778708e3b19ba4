/* See asset.h. */
#include "http/asset.h"

/* What a page may do: its own files, no script or style in its text, no strange frame around it. */
#define PAGE_POLICY                                                                                \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "              \
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "                   \
    "frame-ancestors 'none'; require-trusted-types-for 'script'; "                                 \
    "trusted-types svelte-trusted-html rondo-rendered"

static const struct {
    const char *name;
    text value;
} page_headers[] = {
    { "Content-Security-Policy", { PAGE_POLICY, sizeof PAGE_POLICY - 1 } },
    { "Referrer-Policy", { "same-origin", sizeof "same-origin" - 1 } },
    { "Cross-Origin-Opener-Policy", { "same-origin", sizeof "same-origin" - 1 } },
};

/* First segments of what is for programs: nothing there is a page, whatever follows. */
static const char *const program_segments[] = { "api", "assets" };

bool asset_is_page(text path)
{
    if (!text_starts(path, TEXT("/")) || text_is(path, "/metrics"))
        return false;
    text rest;
    text segment = text_cut(text_from(path, 1), '/', &rest);
    for (size_t i = 0; i < sizeof program_segments / sizeof *program_segments; i++)
        if (text_is(segment, program_segments[i]))
            return false;
    return true;
}

static const struct asset *find(const struct asset *table, text path)
{
    for (; table->path; table++)
        if (text_is(path, table->path))
            return table;
    return NULL;
}

/* --- encodings, the smallest first --- */

struct encoding {
    const char *word; /* NULL: as it is */
    const char *mark; /* in the ETag: other bytes have another one */
    text bytes;
};

/* "0", "0.", "0.000" */
static bool is_zero(text weight)
{
    for (size_t i = 0; i < weight.size; i++)
        if (weight.at[i] != '0' && weight.at[i] != '.')
            return false;
    return weight.size > 0;
}

/* The Accept-Encoding names it, and not with the weight nought. */
static bool takes(text accepted, const char *word)
{
    while (accepted.at) {
        text weight;
        text entry = text_cut(accepted, ',', &accepted);
        if (!text_same_word(text_trim(text_cut(entry, ';', &weight)), text_of(word)))
            continue;
        weight = text_trim(weight);
        return !(text_starts(weight, TEXT("q=")) && is_zero(text_trim(text_from(weight, 2))));
    }
    return false;
}

static struct encoding choose(const struct asset *asset, text accepted)
{
    const struct encoding encodings[] = { { "br", "-br", asset->brotli },
                                          { "gzip", "-gz", asset->gzip } };
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (encodings[i].bytes.at && takes(accepted, encodings[i].word))
            return encodings[i];
    return (struct encoding){ NULL, "", asset->plain };
}

/* --- the answer --- */

static void put_headers(const struct asset *asset, text etag, struct reply *reply)
{
    reply_header(reply, "ETag", etag);
    reply_header(reply, "Vary", TEXT("Accept-Encoding"));
    reply_header(reply, "Cache-Control",
                 asset->is_immutable ? TEXT("public, max-age=31536000, immutable")
                                     : TEXT("no-cache"));
    if (!text_starts(text_of(asset->type), TEXT("text/html")))
        return;
    for (size_t i = 0; i < sizeof page_headers / sizeof *page_headers; i++)
        reply_header(reply, page_headers[i].name, page_headers[i].value);
}

static bool send(struct call *call, const struct request *request, const struct asset *asset,
                 struct reply *reply)
{
    struct encoding encoding = choose(asset, request_header(request, "accept-encoding"));
    text etag = call_format(call, "\"%s%s\"", asset->digest, encoding.mark);
    if (!etag.at)
        return false;
    put_headers(asset, etag, reply);
    reply->type = asset->type;
    if (request_names_etag(request, etag)) {
        reply->status = 304;
        return true;
    }
    if (encoding.word)
        reply_header(reply, "Content-Encoding", text_of(encoding.word));
    out_text(&reply->body, encoding.bytes);
    return true;
}

bool asset_answer(struct call *call, const struct request *request, struct reply *reply)
{
    const struct asset *table = request->route->context;
    const struct asset *asset = find(table, request->path);
    if (!asset && asset_is_page(request->path))
        asset = find(table, TEXT("/index.html"));
    if (asset)
        return send(call, request, asset, reply);
    text path = text_until_character(request->path, 200);
    return fail(call, FAIL_NOT_FOUND, "there is nothing at '%.*s': check the address",
                TEXT_FMT(path));
}
