/* html_style.c - the head of a page: what it may do, and its one style sheet. Colours have a contrast of at least 4.5 : 1
 * for text on their ground (WCAG 2.1, 1.4.3), light and dark; paper gets the light ones and all that was folded.
 */
#include "html.h"
#include "xml.h"

static const char begin[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>";

static const char style[] =
    "</title>\n<style>\n"
    ":root{--bg:#fdfcf9;--fg:#1f2328;--dim:#5c636b;--line:#d9d6cd;--card:#fff;--mark:#b45309;"
    "--quote:#fff3bf;--person:#1a7f37;--place:#8a5a00;--org:#8250df;--thing:#c02633;"
    "--date:#0a6a86;--bar:#9db8d9}\n"
    "@media (prefers-color-scheme:dark){:root{--bg:#15181c;--fg:#e4e6e8;--dim:#9aa3ac;"
    "--line:#363b42;--card:#1c2026;--mark:#e6a15a;--quote:#45400f;--person:#6fd08c;"
    "--place:#e3b454;--org:#c4a5ff;--thing:#ff8f94;--date:#67c8e4;--bar:#3c5a80}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;max-width:52rem;padding:1rem;background:var(--bg);color:var(--fg);"
    "font:1.05rem/1.6 Georgia,\"DejaVu Serif\",serif;overflow-wrap:anywhere}\n"
    "h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}\n"
    ".h{font-size:1.15rem;line-height:1.3;margin:0;display:inline}\n"
    "article,section{margin:0 0 1rem;padding:.6rem 1rem;background:var(--card);"
    "border:1px solid var(--line);border-radius:.5rem}\n"
    "summary{cursor:pointer;padding:.25rem 0}\n"
    "small,.v,.w,.n{color:var(--dim);font:.8rem/1.3 system-ui,\"DejaVu Sans\",sans-serif}\n"
    ".v{color:var(--date);white-space:nowrap;margin-left:.2em}\n"
    ".v::before{content:\"[\"}.v::after{content:\"]\"}\n"
    ".w::before{content:\" \\2014\\20\"}\n"
    ".t{font-weight:700}\n.q{background:var(--quote)}\n.c{font-style:italic}\n"
    ".s::before{content:\"\\258C\";color:var(--mark);display:inline-block}\n"
    ".e{text-decoration:underline 2px;text-underline-offset:3px}\n"
    ".d{color:var(--date);font-weight:600}\n"
    ".person{text-decoration-color:var(--person)}.place{text-decoration-color:var(--place)}"
    ".org{text-decoration-color:var(--org)}.thing{text-decoration-color:var(--thing)}\n"
    "dl,ol,ul{margin:.5rem 0;padding:0}\nli{list-style:none;margin:0}\n"
    ".b li{display:grid;grid-template-columns:minmax(7rem,14rem) 1fr 4rem;gap:.6rem;"
    "align-items:center;font:.9rem/1.5 system-ui,\"DejaVu Sans\",sans-serif}\n"
    ".b i{display:block;height:.8rem;background:var(--bar);border-radius:.2rem;min-width:2px}\n"
    "i.person{background:var(--person)}i.place{background:var(--place)}"
    "i.org{background:var(--org)}i.thing{background:var(--thing)}\n"
    "blockquote{margin:.3rem 0 .6rem;padding:.1rem .8rem;border-left:3px solid var(--line)}\n"
    "svg{display:block;width:100%;max-width:38rem;height:auto;margin:.5rem 0}\n"
    "svg circle{fill:var(--date);fill-opacity:.75}svg line{stroke:var(--line)}"
    "svg rect{fill:var(--date)}"
    "svg text{fill:var(--dim);font:11px system-ui,\"DejaVu Sans\",sans-serif}\n"
    "a{color:var(--date)}\nnav{margin:1rem 0}\n"
    "table{border-collapse:collapse;width:100%;font-size:.95rem}"
    "td{padding:.2rem .5rem .2rem 0;vertical-align:top;border-top:1px solid var(--line)}"
    "td:first-child{white-space:nowrap}\n"
    "@media (max-width:30rem){body{padding:.5rem}article,section{padding:.4rem .6rem}"
    ".b li{grid-template-columns:8rem 1fr 3rem}}\n"
    "@media print{:root{--bg:#fff;--fg:#000;--dim:#444;--line:#bbb;--card:#fff;--mark:#000;"
    "--quote:#f1f1e0;--person:#1a7f37;--place:#8a5a00;--org:#8250df;--thing:#c02633;"
    "--date:#0a6a86;--bar:#999}"
    "body{max-width:none;font-size:10.5pt}article,section{border:0;padding:0}"
    "details::details-content{content-visibility:visible;display:block}"
    "summary{break-after:avoid}li,blockquote{break-inside:avoid}}\n"
    "</style>\n</head>\n<body>\n";

void
html_text(struct buf *out, struct span s)
{
	xml_put(out, s, XML_PAGE);
}

void
html_head(struct buf *out, struct span title)
{
	buf_str(out, begin);
	html_text(out, title);
	buf_str(out, style);
}
