# D11: a clock that jumps: today and {run} are those of the start, durations are monotonic. D14: no line of a crontab needs a
# %: dates are words; the lines that are shipped have none and name pipelines that pass their check.
mkdir in && echo '{"id":"a","text":"One."}' >in/a.jsonl
cat >p.yaml <<'T'
ntag: 1
params: {day: {type: date, default: today}}
input: {files: [in], only: new}
stages: [ntag-split, {exec: [sh, -c, 'sleep 0.2; cat']}]
output: [{file: "out/${day}-{run}.jsonl"}]
run: {timeout: 30s}
T
day=$(date -u +%F)
ntag-run run p.yaml -D day=today || exit 1
ls out | grep -qE "^($day|$(date -u +%F))-[0-9]{8}T[0-9]{6}Z.jsonl$" || { ls out; exit 1; }
rm -rf .ntag
ntag-run run p.yaml -D day=yesterday || exit 1
ls out | grep -q "^$(date -u -d yesterday +%F)-" || { ls out; exit 1; }
for f in "$TOP"/pipelines/crontab.example; do
	if grep -vE '^ *#' "$f" | grep %; then echo "$f: % ends the line for cron"; exit 1; fi
	grep -oE 'pipelines/[a-z]+\.yaml' "$f" | sort -u | while read -r y; do
		[ -e "$TOP/$y" ] || { echo "$f: no $y"; exit 1; }
	done || exit 1
	awk '!/^ *(#|$|[A-Z]+=)/ { n = split($0, w, " +"); for (i = 1; i <= 5; i++) if (w[i] !~ /^[*0-9\/,-]+$/) { print; bad = 1 } if (n < 6) bad = 1 } END { exit bad }' "$f" || exit 1
done
# Debian's crontab has no -T; cronie's has.
if crontab -T /dev/null >/dev/null 2>&1; then crontab -T "$TOP/pipelines/crontab.example" >/dev/null 2>&1 || { echo "crontab -T"; exit 1; }; fi
# Units of systemd, by its own check where it is there.
if command -v systemd-analyze >/dev/null; then
	mkdir units && for f in "$TOP"/pipelines/ntag-*.service "$TOP"/pipelines/ntag-*.timer; do
		sed "s|/usr/local/bin/ntag-run|$BUILD/ntag-run|" "$f" >"units/${f##*/}"
	done
	SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no units/*.service units/*.timer >log 2>&1 || { cat log; exit 1; }
	grep -E 'units/|ntag-' log && exit 1
fi
for f in "$TOP"/pipelines/ntag-*.service "$TOP"/pipelines/ntag-*.timer; do
	awk '!/^(#|$|\[[A-Za-z]+\]$|[A-Za-z]+=)/ { print FILENAME ": " $0; bad = 1 } END { exit bad }' "$f" || exit 1
done
# A clock that goes back an hour every few readings, where faketime is installed (as a library).
lib=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -1)
[ -n "$lib" ] && [ -z "${SANITIZED:-}" ] || { echo "no libfaketime here: the rest passed"; exit 77; }
rm -rf out .ntag
DONT_FAKE_MONOTONIC=1 LD_PRELOAD=$lib FAKETIME='@2021-03-28 00:59:59' ntag-run run p.yaml --stats=json 2>err || { cat err; exit 1; }
ls out | grep -q '^2021-03-28-20210328T0[0-9]5959Z.jsonl$\|^2021-03-2[78]-' || { ls out; exit 1; }
jq -e '.seconds > 0.1 and .seconds < 20' err >/dev/null || { cat err; exit 1; }
rm -rf .ntag
DONT_FAKE_MONOTONIC=1 LD_PRELOAD=$lib FAKETIME='@2001-01-01 00:00:00 x-1000' ntag-run run p.yaml --stats=json -D day=2001-01-01 2>err || { cat err; exit 1; }
