# E4: whichever call fails, and whichever time - read, write, open, fsync, rename, fork - the program says so, what is out is
# whole, and the next run of a pipeline completes to the same bytes.
[ -n "${SANITIZED:-}" ] && { echo "a preloaded library and a sanitizer do not go together"; exit 77; }
cp "$ARTICLES"/0[1-3]*.txt . && cat *.txt >in
cat >p.yaml <<'Y'
ntag: 1
input: {files: ["0*.txt"], only: new}
stages:
  - ntag-split
  - exec: [cat]
output:
  - {file: "o/{date}.jsonl", write: append}
  - {file: "o/all.jsonl.gz", write: append}
  - {file: o/last.csv, as: csv, columns: [id, text], rows: sents}
errors: {to: o/errors.jsonl}
Y
# Run a program with the n-th of these calls failing; false once there are not so many.
failing() { # CALL N COMMAND...
	call=$1 n=$2 && shift 2
	rm -f mark
	NTAG_FAIL_CALL=$call NTAG_FAIL_AT=$n NTAG_FAIL_MARK=$PWD/mark LD_PRELOAD=$BUILD/shim/failing_io.so "$@" >got 2>err
	status=$?
	[ -e mark ] || return 1
	case $status in
	0) ;; # a call that may fail
	2 | 64 | 74 | 78) [ -s err ] || { echo "$*: $call $n: silent, status $status"; exit 1; } ;;
	*) echo "$*: $call $n: status $status: $(cat err)"; exit 1 ;;
	esac
	return 0
}
for program in "ntag-date in" "ntag-grep the in" "ntag-summarize -j 2 in"; do
	$program >want
	for call in read write open; do
		for ((at = 1; at < 500; at++)); do
			failing $call $at $program || break
			[ $status != 0 ] || cmp -s want got || { echo "$program: $call $at: other output, status 0"; exit 1; }
			[ ! -s got ] || head -c "$(wc -c <got)" want | cmp -s - got || { echo "$program: $call $at: other output"; exit 1; }
		done
	done
done
# What is in the outputs, in any order: a file that could not be read comes later. What is replaced holds the last run only.
files() { (cd o && for f in *; do case $f in *.gz) gunzip -c "$f" ;; *) cat "$f" ;; esac | sed "s|^|$f:|"; done | if [ "${1:-0}" = 2 ]; then grep -v '^last.csv:'; else cat; fi | sort); }
fresh() { rm -rf o .ntag; }
fresh && ntag-run run p.yaml || exit 1
files >want
files 2 >want.2
for call in read write open fsync rename fork; do
	for ((at = 1; at < 500; at++)); do
		fresh
		failing $call $at ntag-run run p.yaml || break
		ntag-run run p.yaml 2>err || { echo "after $call $at (status $status): the next run failed: $(cat err)"; exit 1; }
		want=want
		[ $status = 2 ] && want=want.2
		files $status | cmp -s $want - || { echo "after $call $at (status $status): other output"; files $status | diff $want - | cut -c 1-200; exit 1; }
	done
	echo "$call: $((at - 1))"
done >counts
awk -F': ' '{ n += $2 } END { exit n < 60 }' counts || { echo "too few calls were tried: $(cat counts)"; exit 1; }
