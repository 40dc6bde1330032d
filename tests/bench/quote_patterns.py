#!/usr/bin/env python3
"""Recall of ntag-quote by construction (standard library only).

usage: quote_patterns.py GOLD.jsonl SYSTEM.jsonl RECORDS.jsonl [--rules]

A construction is the order of the parts of a gold attribution: S speaker, V cue, ACC "according to" and the like,
Q a direct, M a mixed, I an indirect stretch, P a new paragraph. For each: how many there are, how many have all their
words found (Dice >= 0.8 for every unit), and how many the right speaker too. --rules gives instead, for each rule of
--explain, how many of its units are right, beside the confidence it claims; and the same by bins of confidence.
Units, words and speakers are compared as score_quotes.py of the same data folder does, which is imported from the
folder of GOLD.
"""
import collections
import os
import sys

args = [a for a in sys.argv[1:] if not a.startswith('--')]
if len(args) != 3:
    sys.exit(__doc__)
sys.path.insert(0, os.path.dirname(os.path.abspath(args[0])))
import score_quotes as score  # noqa: E402

ADVERBIAL = ('according', 'in the words', 'in the view', 'in the opinion')


def dice(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0


def pattern(text, group):
    """Order of the parts of one attribution."""
    first = group[0]
    parts = [(q['start'], {'direct': 'Q', 'mixed': 'M', 'indirect': 'I'}[q['kind']]) for q in group]
    for name, key in (('S', 'speaker'), ('V', 'cue')):
        m = first.get(key)
        if m and m.get('start') is not None:
            adverbial = name == 'V' and m.get('text', '').lower().startswith(ADVERBIAL)
            parts.append((m['start'], 'ACC' if adverbial else name))
    parts.sort()
    out = []
    for k, (at, name) in enumerate(parts):
        if k > 0 and '\n\n' in text[parts[k - 1][0]:at]:
            out.append('P')
        if not (out and out[-1] == name == 'V'):
            out.append(name)
    return ' '.join(out)


def right(text, words, gold, system):
    gs, ss = gold.get('speaker'), system.get('speaker') or {}
    if not gs:
        return not score.sp_spans(ss)
    _, overlap, name = score.sp_cmp(text, words, gs, ss)
    return overlap or bool(name)


def best_of(w, units):
    return max(((dice(w, x), q) for x, q in units), key=lambda p: p[0], default=(0, None))


def main():
    gold, system, records = (score.load(a) for a in args)
    rows = collections.defaultdict(lambda: [0, 0, 0])
    rules = collections.defaultdict(lambda: [0, 0, 0.0])
    bins = collections.defaultdict(lambda: [0, 0, 0.0])
    for i, g in gold.items():
        text = records[i]['text']
        words = score.Words(text)
        found = system.get(i, {}).get('quotes') or []
        su = [(words.of(*u), q) for q in found for u in score.units(text, q)]
        gu = [(words.of(*u), q) for q in g['quotes'] for u in score.units(text, q)]
        groups = collections.defaultdict(list)
        for n, q in enumerate(g['quotes']):
            if q['kind'] != 'other' and not q.get('ignore'):
                groups[q.get('group', -n)].append(q)
        for group in groups.values():
            hits = [best_of(words.of(*u), su) + (q,) for q in group for u in score.units(text, q)]
            row = rows[pattern(text, group)]
            row[0] += 1
            span = all(d >= 0.8 for d, _, _ in hits)
            row[1] += span
            row[2] += span and all(right(text, words, q, s) for _, s, q in hits)
        for w, q in su:
            d, b = best_of(w, gu)
            if d > 0 and (b['kind'] == 'other' or b.get('ignore')):
                continue
            ok = d >= 0.8 and right(text, words, b, q)
            sure = q.get('confidence', 0)
            for row in (rules[q.get('why', '-')], bins[min(9, int(sure * 10))]):
                row[0] += 1
                row[1] += ok
                row[2] += sure
    if '--rules' in sys.argv:
        for name, table in (('rule', rules), ('tenth', bins)):
            print(f'{name:18}{"n":>6}{"right %":>9}{"claimed %":>11}')
            for k, (n, ok, sure) in sorted(table.items(), key=lambda x: str(x[0])):
                print(f'{k!s:18}{n:6}{100 * ok / n:9.1f}{100 * sure / n:11.1f}')
        return
    print(f'{"construction":18}{"n":>6}{"words %":>9}{"speaker %":>11}')
    for k, (n, span, both) in sorted(rows.items(), key=lambda x: -x[1][0])[:22]:
        print(f'{k:18}{n:6}{100 * span / n:9.1f}{100 * both / n:11.1f}')


main()
