#!/usr/bin/env python3
"""terminal.py - standard input with SGR codes as a picture of a terminal, in SVG: terminal.py COLUMNS LINES [COMMAND]."""
import html
import re
import sys
import unicodedata

COLORS = {31: "#ff8f94", 32: "#6fd08c", 33: "#e3b454", 35: "#c4a5ff", 36: "#67c8e4"}
WIDE, HIGH, SIZE = 7.8, 18, 13


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def style_of(codes):
    style = []
    for code in codes:
        if code in COLORS:
            style.append("fill:" + COLORS[code])
        elif code == 1:
            style.append("font-weight:700")
        elif code == 2:
            style.append("fill:#9aa3ac")
        elif code == 3:
            style.append("font-style:italic")
        elif code == 4:
            style.append("text-decoration:underline")
    return ";".join(style)


def line_of(text, y):
    out, col, style = [], 0, ""
    for piece in re.split(r"(\x1b\[[0-9;]*m)", text):
        if piece.startswith("\x1b["):
            codes = [int(c or 0) for c in piece[2:-1].split(";")]
            style = style_of(codes)
        elif piece:
            at = "" if not style else ' style="%s"' % style
            out.append('<tspan x="%.1f"%s>%s</tspan>' % (12 + col * WIDE, at, html.escape(piece, False)))
            col += columns(piece)
    return '<text y="%d" xml:space="preserve">%s</text>' % (y, "".join(out))


def main():
    width, most = int(sys.argv[1]), int(sys.argv[2])
    lines = (["\x1b[2m$ \x1b[0m" + sys.argv[3]] if len(sys.argv) > 3 else []) + sys.stdin.read().split("\n")
    lines = lines[:most]
    w, h = width * WIDE + 24, len(lines) * HIGH + 24
    print('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d">' % (w, h, w, h))
    print('<rect width="100%" height="100%" rx="8" fill="#15181c"/>')
    print('<g fill="#e4e6e8" font-family="DejaVu Sans Mono,Menlo,Consolas,monospace" font-size="%d">' % SIZE)
    for i, line in enumerate(lines):
        print(line_of(line, 24 + i * HIGH))
    print("</g>\n</svg>")


main()
