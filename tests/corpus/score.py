#!/usr/bin/env python3
# score.py - times of a tagger against the marks of the corpus.
"""usage: score.py GOLD SYSTEM

Both are JSON lines with id and dates (start, end, value), as records.py and ntag-date print them. Spans that
overlap are paired one to one, equal ones first. Prints relaxed F1 of the spans and value F1: relaxed F1 times the share of
pairs that have the same value (TempEval-3)."""
import json
import sys


def load(path):
    with open(path, encoding="utf-8") as f:
        return {r["id"]: r.get("dates", []) for r in map(json.loads, f)}


def pairs(gold, system):
    """Pairs of spans, those that share most first."""
    found = []
    for i, g in enumerate(gold):
        for k, s in enumerate(system):
            common = min(g["end"], s["end"]) - max(g["start"], s["start"])
            if common > 0:
                same = (g["start"], g["end"]) == (s["start"], s["end"])
                found.append((not same, -common, i, k))
    used_g, used_s = set(), set()
    for _, _, i, k in sorted(found):
        if i not in used_g and k not in used_s:
            used_g.add(i)
            used_s.add(k)
            yield gold[i], system[k]


def main(gold, system):
    gold, system = load(gold), load(system)
    n_gold = sum(map(len, gold.values()))
    n_system = sum(len(system.get(i, [])) for i in gold)
    matched = [p for i, g in gold.items() for p in pairs(g, system.get(i, []))]
    same = sum(g["value"] == s["value"] for g, s in matched)
    relaxed = 200 * len(matched) / max(1, n_gold + n_system)
    print("%d articles, %d times: relaxed %.1f, value %.1f"
          % (len(gold), n_gold, relaxed, relaxed * same / max(1, len(matched))))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
