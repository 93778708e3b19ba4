/* The web pages out of a made-up table: which file, in which encoding, sent or known already. */
#include "support/support.h"

#include "http/asset.h"
#include "http/server.h"
#include "http/target.h"

static const struct asset table[] = {
    { .path = "/index.html",
      .type = "text/html; charset=utf-8",
      .digest = "11",
      .plain = { "<p>page</p>", 11 },
      .brotli = { "BR", 2 },
      .gzip = { "GZ", 2 } },
    { .path = "/theme.js",
      .type = "text/javascript; charset=utf-8",
      .digest = "22",
      .plain = { "let a", 5 } },
    { .path = "/assets/a-1.js",
      .type = "text/javascript; charset=utf-8",
      .digest = "33",
      .is_immutable = true,
      .plain = { "let b = 1", 9 },
      .gzip = { "GZ", 2 } },
    { 0 },
};

static bool say_hello(struct call *call, const struct request *request, struct reply *reply)
{
    (void)call, (void)request;
    json_text(&reply->json, TEXT("hello"));
    return true;
}

static const struct route front = { "GET", "/", .handle = asset_answer, .any_query = true,
                                    .context = table };
static const struct route files = { "GET", "/assets/{file}", .handle = asset_answer,
                                    .context = table };
static const struct route hello = { "GET", "/api/v1/hello", .handle = say_hello };
static const struct route *const routes[] = { &hello, &front, &files };
static const struct server_options with_pages = {
    .host = "127.0.0.1", .route = routes, .route_count = 3, .page = &front
};
static const struct server_options without_pages = { .host = "127.0.0.1",
                                                     .route = routes,
                                                     .route_count = 3 };

static struct call call;
static struct reply reply;

static int set_up(void **state)
{
    (void)state;
    test_call_init(&call);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static void ask_of(const struct server_options *options, const char *method, const char *path,
                   const char *name, const char *value)
{
    struct pair header = { text_of(name), text_of(value) };
    struct request request = {
        .method = method, .path = text_of(path), .header = &header, .header_count = name ? 1 : 0
    };
    fail_clear(&call);
    server_answer(options, &call, &request, &reply);
}

static void ask(const char *path, const char *name, const char *value)
{
    ask_of(&with_pages, "GET", path, name, value);
}

static text header_of(const char *name)
{
    for (int i = 0; i < reply.header_count; i++)
        if (strcmp(reply.header[i].name, name) == 0)
            return reply.header[i].value;
    return TEXT_NONE;
}

static void assert_page(void)
{
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.type, "text/html; charset=utf-8");
    assert_text(out_view(&reply.body), "<p>page</p>");
}

static void places_inside_the_pages_are_answered_by_the_page(void **state)
{
    (void)state;
    static const char *const places[] = { "/",     "/index.html",     "/evals/SUR-1?week=2026-W47",
                                          "/apis", "/models/gpt-4.1", "/metrics/nothing" };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        ask(places[i], NULL, NULL);
        assert_page();
        ask_of(&with_pages, "HEAD", places[i], NULL, NULL);
        assert_page(); /* the socket leaves the body out */
    }
}

static void what_is_for_programs_is_never_a_page(void **state)
{
    (void)state;
    static const char *const paths[] = { "/api",        "/api/v1/nothing", "/assets/nothing.js",
                                         "/assets/a/b", "/metrics",        "/metrics?a=b" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        ask(paths[i], NULL, NULL);
        assert_int_equal(reply.status, 404);
        assert_refused(&call, FAIL_NOT_FOUND, "there is nothing at '/");
    }
    ask("/api/v1/hello", NULL, NULL);
    assert_text(out_view(&reply.body), "\"hello\"");
}

/* An address without sense is a page that is not there to who asks for HTML, an error to others. */
static void a_broken_address_is_answered_by_the_page_where_html_is_asked_for(void **state)
{
    (void)state;
    static char long_path[TARGET_PATH_MAX + 3], long_query[TARGET_QUERY_MAX + 8];
    memset(long_path, '/', sizeof long_path - 1);
    memset(long_query, 'a', sizeof long_query - 1);
    memcpy(long_query, "/a?", 3);
    const char *const places[] = { "/evals?q=%00", "/evals/%00", "/%zz",    "/%ff",
                                   "/a?b=%f",      long_path,    long_query };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        ask(places[i], "accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assert_page();
        ask(places[i], "accept", "*/*");
        assert_in_range(reply.status, 400, 499);
        ask_of(&with_pages, "POST", places[i], "accept", "text/html");
        assert_in_range(reply.status, 400, 499);
        ask_of(&without_pages, "GET", places[i], "accept", "text/html");
        assert_in_range(reply.status, 400, 499);
    }
    memcpy(long_query, "/api?", 5);
    const char *const others[] = { "/api/v1/hello?q=%00", "/api/%00", "/assets/%zz",
                                   "/metrics?a=%00",      long_query, "evals?q=%00" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        ask(others[i], "accept", "text/html");
        assert_in_range(reply.status, 400, 499);
    }
}

static void only_reading_finds_a_page(void **state)
{
    (void)state;
    ask_of(&with_pages, "POST", "/evals", NULL, NULL);
    assert_int_equal(reply.status, 404);
    ask_of(&with_pages, "POST", "/", NULL, NULL);
    assert_int_equal(reply.status, 405);
    assert_text(header_of("Allow"), "GET, HEAD");
    ask_of(&without_pages, "GET", "/evals", NULL, NULL);
    assert_int_equal(reply.status, 404);
    ask("/%zz", NULL, NULL);
    assert_int_equal(reply.status, 400);
}

static void a_page_says_what_it_may_do_and_a_script_does_not(void **state)
{
    (void)state;
    ask("/", NULL, NULL);
    assert_text(header_of("Content-Security-Policy"),
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
                "frame-ancestors 'none'; require-trusted-types-for 'script'; "
                "trusted-types svelte-trusted-html rondo-rendered");
    assert_text(header_of("Referrer-Policy"), "same-origin");
    assert_text(header_of("Cross-Origin-Opener-Policy"), "same-origin");
    ask("/theme.js", NULL, NULL);
    assert_null(header_of("Content-Security-Policy").at);
}

static void the_encoding_is_the_smallest_that_is_taken(void **state)
{
    (void)state;
    static const struct {
        const char *accepted, *encoding, *etag;
    } cases[] = {
        { "gzip, deflate, br", "br", "\"11-br\"" }, { "gzip;q=1.0, BR;q=0.5", "br", "\"11-br\"" },
        { "gzip, br;q=0", "gzip", "\"11-gz\"" },    { "br;q=0.000,gzip; q=0.", NULL, "\"11\"" },
        { "brotli, x-gzip", NULL, "\"11\"" },       { "", NULL, "\"11\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask("/", "accept-encoding", cases[i].accepted);
        assert_text(header_of("ETag"), cases[i].etag);
        assert_text(header_of("Vary"), "Accept-Encoding");
        if (!cases[i].encoding) {
            assert_null(header_of("Content-Encoding").at);
            assert_page();
            continue;
        }
        assert_text(header_of("Content-Encoding"), cases[i].encoding);
        assert_int_equal(out_view(&reply.body).size, 2);
    }
}

static void what_gains_nothing_by_an_encoding_is_sent_without(void **state)
{
    (void)state;
    ask("/assets/a-1.js", "accept-encoding", "br");
    assert_null(header_of("Content-Encoding").at);
    assert_text(out_view(&reply.body), "let b = 1");
}

static void only_files_named_after_their_bytes_are_kept(void **state)
{
    (void)state;
    ask("/assets/a-1.js", NULL, NULL);
    assert_text(header_of("Cache-Control"), "public, max-age=31536000, immutable");
    ask("/theme.js", NULL, NULL);
    assert_text(header_of("Cache-Control"), "no-cache");
    ask("/", NULL, NULL);
    assert_text(header_of("Cache-Control"), "no-cache");
}

static void what_is_known_already_is_not_sent_again(void **state)
{
    (void)state;
    static const char *const known[] = { "\"22\"", "W/\"22\"", "\"1\", \"22\"", "*" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        ask("/theme.js", "if-none-match", known[i]);
        assert_int_equal(reply.status, 304);
        assert_text(header_of("ETag"), "\"22\"");
        assert_int_equal(out_view(&reply.body).size, 0);
    }
    static const char *const unknown[] = { "\"23\"", "22", "\"22-br\"", "" };
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        ask("/theme.js", "if-none-match", unknown[i]);
        assert_int_equal(reply.status, 200);
        assert_text(out_view(&reply.body), "let a");
    }
}

static void the_program_has_a_page_whatever_was_built(void **state)
{
    (void)state;
    size_t pages = 0;
    for (const struct asset *asset = asset_embedded; asset->path; asset++)
        if (strcmp(asset->path, "/index.html") == 0 && asset->plain.size)
            pages++;
    assert_int_equal(pages, 1);
}

#define ASSET(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ASSET(places_inside_the_pages_are_answered_by_the_page),
        ASSET(what_is_for_programs_is_never_a_page),
        ASSET(a_broken_address_is_answered_by_the_page_where_html_is_asked_for),
        ASSET(only_reading_finds_a_page),
        ASSET(a_page_says_what_it_may_do_and_a_script_does_not),
        ASSET(the_encoding_is_the_smallest_that_is_taken),
        ASSET(what_gains_nothing_by_an_encoding_is_sent_without),
        ASSET(only_files_named_after_their_bytes_are_kept),
        ASSET(what_is_known_already_is_not_sent_again),
        ASSET(the_program_has_a_page_whatever_was_built),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
