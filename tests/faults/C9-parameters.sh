# C9: all faults of parameters are told at once, before anything runs.
cat >p.yaml <<'T'
ntag: 1
params:
  lines: {type: int, default: 3, min: 1, max: 20}
  who: {type: text}
stages:
  - ntag-summarize: {sentences: "${lines}"}
output:
  - file: "${out}/x"
T
ntag-run run p.yaml -D lines=x -D line=3 >out 2>err
[ $? -eq 78 ] || { echo 'not 78'; exit 1; }
[ ! -s out ] || { echo 'something ran'; exit 1; }
cat >want <<'T'
ntag-run: -D line: no such parameter; did you mean "lines"?
ntag-run: -D lines: "x" is not a whole number
ntag-run: p.yaml:4:3: parameter "who" is required: -D who=VALUE
ntag-run: p.yaml:8:11: undefined parameter "out"
T
diff want err || exit 1
for v in 0 21 -1 1.5 ''; do
	ntag-run run p.yaml -D who=x -D "lines=$v" >out 2>err
	[ $? -eq 78 ] || { echo "lines=$v was taken"; exit 1; }
done
