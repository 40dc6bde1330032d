# C13: --errors on a file that is read too, or that standard output goes to, is refused before it is emptied; in a
# folder that is read the dead letters are passed over.
printf '{"text":1}\n{"text":"a"}\n' >in.jsonl
cp in.jsonl keep && ln in.jsonl other.jsonl
for names in 'in.jsonl' '- in.jsonl' 'other.jsonl'; do
	ntag-split --errors in.jsonl $names </dev/null >out 2>err
	[ $? -eq 64 ] && cmp in.jsonl keep && grep -q '^ntag-split: --errors in.jsonl is an input too' err ||
		{ echo "$names"; cat err; exit 1; }
done
ntag-split --errors in.jsonl <in.jsonl >out 2>err
[ $? -eq 64 ] && cmp in.jsonl keep || { echo 'standard input'; cat err; exit 1; }
ntag-split --errors out keep >out 2>err
[ $? -eq 64 ] && grep -q 'is the output too' err || { echo 'standard output'; cat err; exit 1; }
ntag-split --errors /dev/null keep >/dev/null 2>err
[ $? -eq 2 ] || { echo '/dev/null'; cat err; exit 1; }
mkdir d && cp keep d/1.jsonl && echo '{"old":1}' >d/2.jsonl
for n in 1 2; do
	ntag-split --errors d/2.jsonl d >out 2>err
	[ $? -eq 2 ] && [ "$(wc -l <d/2.jsonl)" -eq 1 ] && [ "$(wc -l <out)" -eq 1 ] &&
		grep -q 'd/2.jsonl: is the output too; skipped' err || { echo "folder, run $n"; cat out err; exit 1; }
done
ntag-split --errors dead keep >out 2>&-
[ $? -eq 2 ] && [ "$(wc -l <dead)" -eq 1 ] && jq -e .raw dead >/dev/null || { echo 'standard error closed'; cat dead; exit 1; }
