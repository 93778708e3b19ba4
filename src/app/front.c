/* See front.h. */
#include "app/front.h"

#include "http/asset.h"
#include "store/setting.h"

static bool get_health(struct call *call, const struct request *request, struct reply *reply)
{
    text shape;
    (void)request;
    if (!store_setting(call, "version", &shape))
        return false;
    json_object(&reply->json);
    json_put_string(&reply->json, "status", "ok");
    json_put_string(&reply->json, "version", RONDO_VERSION);
    json_object_end(&reply->json);
    return true;
}

const struct route front_routes[] = {
    { .method = "GET",
      .path = "/",
      .handle = asset_answer,
      .any_query = true, /* the state of a page is in its address */
      .help = "The web pages; they also answer for an address that nobody else has.",
      .is_open = true,
      .reply_type = "text/html",
      .context = asset_embedded },
    { .method = "GET",
      .path = "/assets/{file}",
      .handle = asset_answer,
      .help = "A file of the web pages, named after its bytes.",
      .is_open = true,
      .context = asset_embedded },
    { .method = "GET",
      .path = "/api/v1/health",
      .handle = get_health,
      .reply_schema = "health",
      .help = "Whether the server and its store answer.",
      .is_open = true },
    { 0 },
};
