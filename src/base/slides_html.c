/*
 * See slides.h: the file. Without its script all slides are read one below the other; the script
 * shows one at a time, and makes the letters of a full slide smaller until it fits.
 */
#include "base/slides.h"

#include "base/base64.h"
#include "base/hash.h"
#include "base/markdown.h"

/* `--u` is one pixel of a slide of 720 lines: all sizes are told in it. */
static const char style[] =
    ":root{--u:calc(min(100vw/1280,100vh/720))}"
    ".narrow{--w:960}.wide{--w:1280}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:#222;font-family:system-ui,sans-serif}"
    ".narrow{--u:calc(min(100vw/960,100vh/720))}"
    ".slide{position:relative;width:calc(var(--u)*var(--w));height:calc(var(--u)*720);"
    "margin:0 auto calc(var(--u)*24);padding:calc(var(--u)*70) calc(var(--u)*80);"
    "font-size:calc(var(--u)*28);line-height:1.4;background:#fff;color:#1b1f24;overflow:auto;"
    "display:flex;flex-direction:column;justify-content:center}"
    ".slide>header,.slide>footer{position:absolute;left:calc(var(--u)*80);"
    "right:calc(var(--u)*80);font-size:calc(var(--u)*18);color:#57606a}"
    ".slide>header{top:calc(var(--u)*24)}"
    ".slide>footer{bottom:calc(var(--u)*24);display:flex;justify-content:space-between}"
    ".words>:first-child{margin-top:0}.words>:last-child{margin-bottom:0}"
    "h1{font-size:1.8em;line-height:1.2}h2{font-size:1.4em;line-height:1.2}h3{font-size:1.15em}"
    ".title{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}"
    "a{color:#0550ae}table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #d0d7de;padding:.25em .5em;text-align:left}"
    "pre,code{font-family:ui-monospace,monospace;font-size:.85em}"
    "pre{overflow:auto;padding:.6em;background:#f6f8fa;color:#1b1f24}"
    "blockquote{margin:0;padding-left:.8em;border-left:.2em solid #d0d7de}"
    "img{max-width:100%;max-height:60vh}"
    ".lead .words{text-align:center}.lead table{text-align:left}"
    ".gaia .slide{background:#fff8e1;color:#3b3f41}.gaia h1,.gaia h2{color:#0b5d75}"
    ".gaia .lead{background:#0b3d4d;color:#fff}.gaia .lead h1,.gaia .lead h2,.gaia .lead a,"
    ".gaia .lead>header,.gaia .lead>footer{color:#fff}"
    ".uncover .slide{background:#fdfcff;color:#202228}.uncover .words{text-align:center}"
    ".uncover table,.uncover ul,.uncover ol{text-align:left}"
    ".slide.invert{background:#1b1f24;color:#f6f8fa}.slide.invert a{color:#9ecbff}"
    ".slide.invert h1,.slide.invert h2{color:inherit}"
    ".slide.invert>header,.slide.invert>footer{color:#c9d1d9}"
    ".notes{display:none;max-width:60em;margin:0 auto 2em;padding:1em;background:#fff;"
    "color:#1b1f24;white-space:pre-wrap}.say .notes{display:block}"
    ".one .slide,.one .notes{display:none}.one .slide.here{display:flex;margin-bottom:0}"
    ".one.say .notes.here{display:block}"
    "@media print{@page{margin:0}body{background:none}"
    ".wide{--u:1px}.narrow{--u:1px}.one .slide,.slide{display:flex;margin:0;break-after:page;"
    "break-inside:avoid;overflow:hidden;print-color-adjust:exact}.notes,.one.say .notes.here"
    "{display:none}}";

static const char page_wide[] = "@page{size:1280px 720px}";
static const char page_narrow[] = "@page{size:960px 720px}";

static const char script[] =
    "(function(){var b=document.body,s=[].slice.call(document.querySelectorAll('.slide')),"
    "n=document.querySelectorAll('.notes'),i=0;"
    "function fit(e){var p=e.querySelector('.words'),k=100;p.style.fontSize='';"
    "while(k>50&&e.scrollHeight>e.clientHeight+1){k-=5;p.style.fontSize=k+'%'}}"
    "function go(k,keep){i=Math.max(0,Math.min(s.length-1,k));"
    "s.forEach(function(e,j){e.classList.toggle('here',j===i)});"
    "[].forEach.call(n,function(e){e.classList.toggle('here',e.dataset.of===String(i+1))});"
    "fit(s[i]);if(!keep)history.replaceState(null,'','#'+(i+1))}"
    "function from(){var k=parseInt(location.hash.slice(1),10);go(k>0?k-1:0,true)}"
    "s.forEach(fit);b.classList.add('one');from();addEventListener('hashchange',from);"
    "addEventListener('resize',function(){fit(s[i])});"
    "addEventListener('beforeprint',function(){b.classList.remove('one');s.forEach(fit)});"
    "addEventListener('afterprint',function(){b.classList.add('one');go(i,true)});"
    "addEventListener('keydown',function(e){if(e.altKey||e.ctrlKey||e.metaKey)return;"
    "var k={ArrowRight:i+1,ArrowDown:i+1,PageDown:i+1,' ':i+1,ArrowLeft:i-1,ArrowUp:i-1,"
    "PageUp:i-1,Home:0,End:s.length-1}[e.key];"
    "if(k!==undefined){e.preventDefault();go(k)}else if(e.key==='n')b.classList.toggle('say')})"
    "})();";

void slides_write_escaped(struct out *out, text words)
{
    static const struct {
        char character;
        const char *entity;
    } entities[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" },
                     { '\'', "&#39;" } };
    for (size_t i = 0; i < words.size; i++) {
        const char *entity = NULL;
        for (size_t j = 0; j < sizeof entities / sizeof *entities; j++)
            if (words.at[i] == entities[j].character)
                entity = entities[j].entity;
        if (entity)
            out_string(out, entity);
        else if (words.at[i] != '\0')
            out_char(out, words.at[i]);
    }
}

/* What the policy of the file allows by its digest. */
static void write_digest(struct call *call, text bytes, struct out *out)
{
    struct hash hash = hash_sha256(bytes);
    text word = base64_write(call, (text){ (const char *)hash.byte, HASH_SIZE });
    out_format(out, "'sha256-%.*s'", TEXT_FMT(word));
}

static void write_head(struct call *call, const struct slides *slides, text title,
                       struct out *out)
{
    text page = text_of(slides->is_narrow ? page_narrow : page_wide);
    text whole = CALL_JOIN(call, text_of(style), page);
    out_string(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "base-uri 'none'; form-action 'none'; img-src data:; style-src ");
    write_digest(call, whole, out);
    out_string(out, "; script-src ");
    write_digest(call, text_of(script), out);
    out_string(out, "\">\n<title>");
    slides_write_escaped(out, title);
    out_format(out, "</title>\n<style>%.*s</style>\n</head>\n", TEXT_FMT(whole));
}

static void write_edge(const struct slides *slides, size_t at, struct out *out)
{
    const struct slide *slide = &slides->slide[at];
    if (slide->footer.size == 0 && !slide->has_number)
        return;
    out_string(out, "<footer><span>");
    slides_write_escaped(out, slide->footer);
    out_string(out, "</span>");
    if (slide->has_number)
        out_format(out, "<span>%zu</span>", at + 1);
    out_string(out, "</footer>\n");
}

static bool write_slide(struct call *call, const struct slides *slides, size_t at,
                        struct out *out)
{
    const struct slide *slide = &slides->slide[at];
    text html;
    if (!markdown_html_closed(call, slide->markdown, &html))
        return false;
    out_format(out, "<section class=\"slide %.*s\" id=\"%zu\" aria-label=\"slide %zu of %zu\">\n",
               TEXT_FMT(slide->classes), at + 1, at + 1, slides->count);
    if (slide->header.size) {
        out_string(out, "<header>");
        slides_write_escaped(out, slide->header);
        out_string(out, "</header>\n");
    }
    out_format(out, "<div class=\"words\">\n%.*s</div>\n", TEXT_FMT(html));
    write_edge(slides, at, out);
    out_string(out, "</section>\n");
    if (slide->notes.size) {
        out_format(out, "<div class=\"notes\" role=\"note\" data-of=\"%zu\">", at + 1);
        slides_write_escaped(out, slide->notes);
        out_string(out, "</div>\n");
    }
    return true;
}

bool slides_write_html(struct call *call, const struct slides *slides, text title,
                       struct out *out)
{
    write_head(call, slides, title, out);
    out_format(out, "<body class=\"%.*s %s\">\n<main>\n", TEXT_FMT(slides->theme),
               slides->is_narrow ? "narrow" : "wide");
    out_string(out, "<h1 class=\"title\">"); /* of the whole, for those who hear it */
    slides_write_escaped(out, title);
    out_string(out, "</h1>\n");
    for (size_t i = 0; i < slides->count; i++)
        if (!write_slide(call, slides, i, out))
            return false;
    out_format(out, "</main>\n<script>%s</script>\n</body>\n</html>\n", script);
    return !out->failed && call->fail.kind == FAIL_NONE;
}
