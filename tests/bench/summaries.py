#!/usr/bin/env python3
"""summaries.py - groups and timelines by ntag-summarize, as score_summary.py wants them (quality.sh).

summaries.py days GOLD RECORDS: a record of each document for each cluster it is in, with the member "topic".
summaries.py timelines GOLD DATED: runs ntag-summarize for each timeline people wrote: as many days as theirs has,
and as many sentences a day, from the documents of that time (news-tls does the same); one record a topic. DATED has gone through ntag-date.
"""
import json
import re
import subprocess
import sys


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def days(gold, records):
    doc = {r["id"]: r for r in lines(records)}
    for g in lines(gold):
        for i in g["docs"]:
            print(json.dumps({**doc[i], "topic": g["topic"]}, ensure_ascii=False))


def timeline(docs, entries):
    days = sorted(e["date"] for e in entries)
    records = b"".join(d["line"] for d in docs if days[0] <= d["date"][:10] <= days[-1])
    n = len({e["date"] for e in entries})
    sentences = sum(len(re.findall(r"[.!?]+[\"”’)]*(?:\s|$)", e["text"])) or 1 for e in entries)
    command = ["ntag-summarize", "--timeline", "--dates", str(n), "-n", str(max(1, round(sentences / n)))]
    out = subprocess.run(command, input=records, stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)["timeline"]


def timelines(gold, dated):
    docs = {}
    with open(dated, "rb") as f:
        for line in f:
            r = json.loads(line)
            docs.setdefault(r["topic"], []).append({"date": r["date"], "line": line})
    for g in lines(gold):
        print(json.dumps({"topic": g["topic"], "timeline": [timeline(docs[g["topic"]], t) for t in g["timelines"]]},
                         ensure_ascii=False))


if __name__ == "__main__":
    {"days": days, "timelines": timelines}[sys.argv[1]](*sys.argv[2:])
