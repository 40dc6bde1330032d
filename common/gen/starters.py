#!/usr/bin/env python3
"""starters.py - learn which words begin sentences rather than names: rows for data/starters.tsv.

usage: starters.py STARTERS.tsv FILE... >NEW.tsv
FILE is text (headers "name: value" and marks {LABEL|text|value} are dropped) or JSON Lines with "text".
The head and the rows of class "function" of STARTERS.tsv are kept, the rows of class "learned" made anew:
words that are common in lower case and hardly ever capitalised behind a lower-case word or a comma.
The same files give the same bytes."""
import collections
import json
import re
import sys

LOWER_MIN = 3    # times in lower case, for a word seen at the start of a sentence
LOWER_MANY = 12  # ... for one that was not
NAME_MAX = 0.04  # share of capitals in mid-sentence
WORD_BYTES = 16  # sentence_hash.h


def texts(path):
    with open(path, encoding='utf-8') as f:
        if path.endswith('.jsonl'):
            for line in f:
                yield json.loads(line)['text']
            return
        text = f.read()
    if re.match(r'[a-z]+: ', text):
        text = text.split('\n\n', 1)[-1]
    yield re.sub(r'\{[A-Z_]+\|([^|{}]*)(?:\|[^{}]*)?\}', r'\1', text)


def count(paths):
    lower, name, start = (collections.Counter() for _ in range(3))
    for path in paths:
        for text in texts(path):
            text = text.replace('’', "'")
            name.update(w.lower() for w in re.findall(r"(?<=[a-z,] )[A-Z][a-z']+\b", text))
            start.update(w.lower() for w in re.findall(r"(?<=[a-z]{4}\. )[A-Z][a-z']*\b", text))
            start.update(w.lower() for w in re.findall(r"(?<=\n\n)[A-Z][a-z']*\b", text))
            lower.update(re.findall(r"(?<=\s)[a-z][a-z']*\b", text))
    return lower, name, start


def is_starter(word, lower, name, start):
    if len(word) < 3 or len(word) > WORD_BYTES or word.endswith("'"):
        return False
    if lower[word] < (LOWER_MIN if start[word] else LOWER_MANY):
        return False
    return name[word] / (lower[word] + name[word]) < NAME_MAX


def main():
    kept, hand = [], set()
    with open(sys.argv[1], encoding='utf-8') as f:
        for line in f:
            cells = line.rstrip('\n').split('\t')
            if line.startswith('#') or (len(cells) > 1 and cells[1] == 'function'):
                kept.append(line)
                hand.add(cells[0])
    counts = count(sys.argv[2:])
    words = {w for w in counts[0] if is_starter(w, *counts)} - hand
    sys.stdout.writelines(kept)
    for w in sorted(words):
        print(w, 'learned', f'Acme Inc. {w.capitalize()}', f'Acme {w.capitalize()}', sep='\t')


main()
