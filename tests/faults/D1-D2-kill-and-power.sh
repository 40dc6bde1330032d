# D1: kill -9 at any moment; the next start completes to the same bytes, and nothing is left over. D2: what was not synced
# when the power failed is cut off or zeroed, and the last line of the state is torn or forged, after each kill.
# 20 kills (tests/slow.sh: 250); with 1 and 2 workers, some starts with 16 open files, some input in gzip.
KILLS=${KILLS:-20}
RANDOM=${SEED:-7}
mkdir in
i=0
for f in $(seq 1 12); do
	for _ in $(seq 1 $((f * 25))); do
		i=$((i + 1))
		printf '{"id":"%d","date":"2021-12-%02d","title":"T","text":"The ferry sailed on Monday. It was full, and late. Ilona Varga of Lisbon was on board. %d"}\n' \
			$i $((i % 9 + 1)) $i
		[ $((i % 61)) -eq 0 ] && echo '{"text":"torn'
	done >"in/$(printf %02d $f).jsonl"
done
gzip -n in/05.jsonl in/11.jsonl
cat >p.yaml <<'T'
ntag: 1
params: {workers: {type: int, default: 1}}
input: {files: ["in/*.jsonl", "in/*.gz"], only: new}
stages: [ntag-split, ntag-date, {ntag-summarize: {sentences: 1}}]
output:
  - {file: "out/{date}.jsonl", write: append, open-files: 4}
  - {file: "out/days/{date:%d}/all.csv", as: csv, header: true, rows: sents}
  - {file: out/log.jsonl, write: append}
  - {file: out/all.txt, as: text}
  - {file: "out/zip/{date:%d}.jsonl.gz", write: append}
  - {file: out/all.csv.gz, as: csv}
errors: {to: out/bad.jsonl}
run: {workers: "${workers}", checkpoint: 20ms}
T
foreign() { rm -rf out .ntag && mkdir -p out/zip && echo 'not ours' | gzip >out/zip/03.jsonl.gz && printf 'not ours\n' >out/2021-12-03.jsonl && printf 'torn' >out/log.jsonl; }
foreign
start=$(date +%s%N)
ntag-run run p.yaml -q
[ $? -eq 2 ] || exit 1
took=$((($(date +%s%N) - start) / 1000))
mv out want
# Members begin where a commit was; what is in them is the same.
unpacked() { rm -rf "$2" && cp -r "$1" "$2" && find "$2" -name '*.gz' -exec gzip -d {} +; }
unpacked want flat
[ "$(cat flat/zip/* | wc -l)" -eq 1951 ] && [ -s flat/all.csv ] || exit 1
[ "$(find want -name '.*' -type f)" = '' ] && [ "$(cat want/2021*.jsonl | wc -l)" -eq 1951 ] || { wc -l want/*; exit 1; }
# What the power failure may have done to one output whose committed length is $2.
lose() {
	local size
	[ -e "$1" ] || return
	size=$(stat -c %s "$1")
	[ "$size" -gt "$2" ] || return
	case $((RANDOM % 3)) in
	0) truncate -s $(($2 + RANDOM % (size - $2))) "$1" ;;
	1) truncate -s "$2" "$1" && truncate -s "$size" "$1" ;; # zeros
	esac
}
power() {
	local state=$1 o path length # the length at the last commit, or before the run
	cut -c10- "$state" | jq -rRs 'split("\n") | map(fromjson?) | map(.out // .open // []) | add // [] | reverse | unique_by([.[0], .[1]])[] | "\(.[0]) \(.[2]) \(.[1])"' |
	while read -r o length path; do
		case $o in
		0) path=out/$path ;;
		1) path=out/days/${path%/*}/.${path##*/}.part ;;
		2) path=out/$path ;;
		4) path=out/zip/$path ;;
		3 | 5) path=out/.$path.part ;;
		esac
		lose "$path" "$length"
	done
	case $((RANDOM % 4)) in
	0) tail -1 "$state" | head -c $((RANDOM % 40 + 1)) >torn && cat torn >>"$state" ;;
	1) echo '00000000 {"end":true}' >>"$state" ;;
	2) printf '\0\0\0\0\0\0' >>"$state" ;;
	esac
}
kills=0 rounds=0
while [ $kills -lt "$KILLS" ]; do
	foreign
	rounds=$((rounds + 1))
	state=.ntag/p.state args=()
	[ $((rounds % 2)) -eq 0 ] && args=(-D workers=2)
	while :; do
		limit=$((RANDOM % 3 == 0 ? 16 : 1024))
		(ulimit -n $limit && exec ntag-run run p.yaml -q "${args[@]}" 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-) 2>err &
		pid=$!
		sleep "$(printf '0.%06d' $((RANDOM * RANDOM % took)))"
		if kill -9 $pid 2>/dev/null; then
			wait $pid 2>/dev/null
			# The machine may be faster or slower than when it was measured.
			[ $? -eq 137 ] || { took=$((took > 40000 ? took * 3 / 4 : took)); break; }
			kills=$((kills + 1)) took=$((took * 9 / 8))
			state=$(echo .ntag/*.state)
			[ $((RANDOM % 2)) -eq 0 ] && [ -e "$state" ] && power "$state"
		else
			wait $pid
			took=$((took > 40000 ? took * 3 / 4 : took))
			break
		fi
		[ $kills -lt "$KILLS" ] && continue
		ntag-run run p.yaml -q "${args[@]}" 2>err
		break
	done
	[ "$(grep -v 'too many\|reading' err)" = '' ] || { cat err; exit 1; }
	unpacked out got
	diff -r flat got >diff || { echo "round $rounds, after $kills kills:"; head -5 diff | cut -c1-150; cat err; tail -3 .ntag/* | cut -c1-150; exit 1; }
	# And nothing is done twice.
	ntag-run run p.yaml -q "${args[@]}" || exit 1
	unpacked out got
	diff -r flat got >/dev/null || { echo "read twice"; exit 1; }
done
echo "$kills kills, $rounds rounds" # shown only where the test fails, or by hand
[ $rounds -lt $((KILLS * 4)) ] || { echo "the runs are too short to be killed"; exit 1; }
