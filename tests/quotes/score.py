#!/usr/bin/env python3
"""Score ntag-quote on the articles of this folder (standard library only).

usage: score.py NTAG-QUOTE [--errors] FILE...

An article: header lines ("date:", "title:"), a blank line, paragraphs. Marks, never nested, G a number (of a speaker also
several, "2,3"):
  {DG|words} {MG|words} {IG|words}  a direct, mixed or indirect stretch of the attribution G
  {SG|words|NAME}                   its speaker as written, and the fullest name the article gives; NAME is empty where
                                    it gives none
  {CG|words}                        its cue
Figures: E2E, F1 of stretches with at least 0.8 of their words in common (Dice) and a speaker that overlaps or has the same
name; CUE, F1 of cues that share a word; FULLNAME, the share of stretches with a named speaker whose name is exactly that.
"""
import json
import re
import subprocess
import sys

MARK = re.compile(r'\{([DMISC])([\d,]+)\|([^|{}]*)(?:\|([^|{}]*))?\}')
WORD = re.compile(r"\w[\w'’\-]*")


def parse(path):
    """An article: its record, and its attributions as {group: {"units", "S", "name", "cue"}}."""
    with open(path, encoding='utf-8') as f:
        head, body = f.read().split('\n\n', 1)
    record = dict(line.split(': ', 1) for line in head.split('\n'))
    record['id'] = path
    text, at, groups = record['title'] + '\n\n', 0, {}
    for m in MARK.finditer(body):
        text += body[at:m.start()]
        span = (len(text), len(text) + len(m[3]))
        text += m[3]
        at = m.end()
        for number in m[2].split(','):
            g = groups.setdefault(number, {'units': []})
            if m[1] in 'DMI':
                g['units'].append(span)
            else:
                g[m[1]] = span
            if m[1] == 'S':
                g['name'] = m[4]
    record['text'] = (text + body[at:]).strip()
    for g in groups.values():
        if 'S' not in g:
            sys.exit(path + ': an attribution without speaker')
    return record, groups


def words(text, span):
    out = {m.start() for m in WORD.finditer(text, *span)}
    first = WORD.match(text, span[0])
    if first and first[0] == 'that':
        out.discard(span[0])
    return out


def dice(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0


def f1(hit, found, wanted):
    return 200 * hit / (found + wanted) if found + wanted else 100


def span_of(x):
    return (x['start'], x['end']) if x else (0, 0)


def same_speaker(text, g, q):
    s = q.get('speaker') or {}
    return bool(words(text, g['S']) & words(text, span_of(s))) or (g['name'] and s.get('name') == g['name'])


def score(record, groups, quotes, count, errors):
    text = record['text']
    left = list(quotes)
    for g in groups.values():
        cue = words(text, g['C']) if 'C' in g else set()
        count['cue'] += bool(cue)
        count['cue hit'] += any(cue & words(text, span_of(q.get('cue'))) for q in quotes)
        for u in g['units']:
            w = words(text, u)
            best = max(left, key=lambda q: dice(w, words(text, span_of(q))), default=None)
            d = dice(w, words(text, span_of(best))) if best else 0
            hit = d >= 0.8 and same_speaker(text, g, best)
            name = d >= 0.5 and (best.get('speaker') or {}).get('name')
            count['unit'] += 1
            count['hit'] += bool(hit)
            count['named'] += bool(g['name'])
            count['full'] += bool(g['name']) and name == g['name']
            if errors and not (hit and (not g['name'] or name == g['name'])):
                print(f'{record["id"]}: {text[slice(*u)]!r} of {text[slice(*g["S"])]!r} = {g["name"]!r}: found '
                      + (json.dumps(best, ensure_ascii=False) if d > 0 else 'nothing'))
            if d >= 0.5:
                left.remove(best)
    count['found'] += len(quotes)
    count['cues'] += len({span_of(q.get('cue')) for q in quotes if q.get('cue')})
    if errors:
        for q in left:
            print(f'{record["id"]}: too much: {json.dumps(q, ensure_ascii=False)}')


def main():
    errors = '--errors' in sys.argv
    args = [a for a in sys.argv[1:] if a != '--errors']
    if len(args) < 2:
        sys.exit(__doc__)
    gold = [parse(p) for p in args[1:]]
    given = '\n'.join(json.dumps(r) for r, _ in gold).encode()
    out = subprocess.run([args[0], '--explain', '-o', 'json'], input=given, stdout=subprocess.PIPE, check=True).stdout
    count = dict.fromkeys(['cue', 'cues', 'cue hit', 'unit', 'found', 'hit', 'named', 'full'], 0)
    for (record, groups), line in zip(gold, out.decode().splitlines()):
        score(record, groups, json.loads(line)['quotes'], count, errors)
    print('%d articles, %d stretches: E2E %.1f, CUE %.1f, FULLNAME %.1f'
          % (len(gold), count['unit'], f1(count['hit'], count['found'], count['unit']),
             f1(count['cue hit'], count['cues'], count['cue']), 100 * count['full'] / max(1, count['named'])))


if __name__ == '__main__':
    main()
