#!/bin/bash
# quality.sh - the scorers of the benchmark folder BENCH on what the programs write; peers' figures beside them.
# The scorers get the filters' own output, made from records that hold only id, date, title and text.
set -u
cd "$(dirname "$0")/../.." || exit 2
PATH=$BUILD:$PATH
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
bare() { # FILE [MEMBER]: records with id, date, title, text, and one more member
	python3 -c '
import json, sys
for l in open(sys.argv[1], encoding="utf-8"):
    r = json.loads(l)
    print(json.dumps({k: r[k] for k in ["id", "date", "title", "text"] + sys.argv[2:] if r.get(k)}, ensure_ascii=False))' "$@"
}
# What the peers reached on the same sets: tests/bench/peers.tsv.
peers() { awk -F'\t' -v t="$1" -v s="$2" '$1 == t && $2 == s { printf "      peers: %s\n", $3 }' tests/bench/peers.tsv; }

echo; echo "== sentences (boundary and inner F1, exact sentences)"
for s in golden rules syntok gum_news gum_written ewt wsj brown_news; do
	bare "$BENCH/split/$s.records.jsonl" | ntag-split >"$tmp/out"
	printf '%-12s ' "$s"
	python3 "$BENCH/split/score_sents.py" "$BENCH/split/$s.gold.jsonl" "$tmp/out" | tr '\n' ' '
	echo; peers split "$s"
done
printf 'documents    '
python3 "$BENCH/split/score_docs.py" "$BENCH/split/docsplit" "$BUILD/ntag-split" 2>/dev/null | tail -1
echo; echo "== dates (strict, relaxed, value, type F1)"
for s in timebank aquaint meantime wikiwars tweets seeds recog duckling chrono; do
	bare "$BENCH/date/$s.records.jsonl" | ntag-date >"$tmp/out"
	python3 "$BENCH/date/score_dates.py" "$BENCH/date/$s.gold.jsonl" "$tmp/out"
	peers date "$s"
done
echo; echo "== entities (exact span F1)"
for f in "$BENCH"/entity/restricted/*.jsonl "$BENCH"/entity/dev/*.jsonl; do
	case $f in *seeds.records*) continue ;; esac
	s=$(basename "$f" .jsonl)
	bare "$f" | ntag-entity >"$tmp/out"
	for m in ner3 conll; do
		printf '%-14s %-6s ' "$s" $m
		python3 "$BENCH/entity/score_ents.py" "$f" "$tmp/out" --map $m | grep -iE 'micro|all' | head -1
	done
	peers entity "$s"
done
echo; echo "== quotations"
for s in polnear-check seeds cases; do
	bare "$BENCH/quote/$s.records.jsonl" | ntag-quote >"$tmp/out"
	echo "$s"
	python3 "$BENCH/quote/score_quotes.py" "$BENCH/quote/$s.gold.jsonl" "$tmp/out" --records "$BENCH/quote/$s.records.jsonl"
	peers quote "$s"
done
echo; echo "== summaries (3 sentences, 60 words)"
for s in cnndm gumsum_news; do
	bare "$BENCH/summarize/$s.records.jsonl" sents >"$tmp/in" # the scorer counts in these sentences
	ntag-summarize -n 3 "$tmp/in" >"$tmp/out"
	printf '%-12s ' $s
	python3 "$BENCH/summarize/score_summary.py" "$BENCH/summarize/$s.gold.jsonl" "$tmp/out" --records "$BENCH/summarize/$s.records.jsonl" --sentences 3
	ntag-summarize -n 10 --order rank "$tmp/in" >"$tmp/out"
	printf '%-12s ' $s
	python3 "$BENCH/summarize/score_summary.py" "$BENCH/summarize/$s.gold.jsonl" "$tmp/out" --records "$BENCH/summarize/$s.records.jsonl" --words 60
	peers summarize "$s"
done
for s in gumsum_news; do # 45 words, as the people who wrote these had
	printf '%-12s ' $s
	python3 "$BENCH/summarize/score_summary.py" "$BENCH/summarize/$s.gold.jsonl" "$tmp/out" --records "$BENCH/summarize/$s.records.jsonl" --words 45
done
echo; echo "== groups (60 words a day), timelines"
t17=$BENCH/summarize/t17
python3 tests/bench/summaries.py days "${t17}_days.gold.jsonl" "$t17.records.jsonl" | ntag-summarize --group-by topic -n 20 --order rank >"$tmp/out"
printf '%-12s ' days
python3 "$BENCH/summarize/score_summary.py" "${t17}_days.gold.jsonl" "$tmp/out" --records "$t17.records.jsonl" --words 60
peers summarize t17_days
ntag-date "$t17.records.jsonl" >"$tmp/in"
python3 tests/bench/summaries.py timelines "$t17.gold.jsonl" "$tmp/in" >"$tmp/out"
printf '%-12s ' timelines
python3 "$BENCH/summarize/score_summary.py" "$t17.gold.jsonl" "$tmp/out" --timeline
peers summarize t17
