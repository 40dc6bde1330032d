# D21: any number of workers, the same bytes, also with state and several outputs. D22: one process writes, whatever the
# workers. D26: a file system without locks is refused with advice.
mkdir in
for i in $(seq 600); do echo "{\"id\":\"$i\",\"date\":\"2021-12-0$((i % 9 + 1))\",\"text\":\"On Monday Ilona Varga said “yes, $i”.\"}"; done | split -l 50 --additional-suffix=.jsonl - in/
echo 'broken' >>in/ab.jsonl
for n in 1 2 7 64; do
	cat >p$n.yaml <<T
ntag: 1
input: {files: [in], only: new}
stages: [ntag-split, ntag-date, ntag-entity, ntag-quote]
output: [{file: "out$n/{date}.jsonl"}, {file: "out$n/all.csv", as: csv, rows: quotes}, {file: "-", as: json, where: 'id = 7'}]
errors: {to: out$n/dead.jsonl}
run: {workers: $n}
T
	ntag-run run p$n.yaml >std$n 2>err$n; [ $? -eq 2 ] || { cat err$n; exit 1; }
	[ "$n" = 1 ] || { diff -r out1 out$n && cmp std1 std$n && cmp err1 err$n; } || { echo "$n workers"; exit 1; }
done
# D22: with 7 workers every write to the outputs is of whole records, by one thread.
if command -v strace >/dev/null && [ -z "${SANITIZED:-}" ]; then
	strace -f -e trace=write -o trace ntag-run run -o json -j 7 p1.yaml >/dev/null 2>&1
	[ "$(grep -E 'write\(1, ' trace | awk '{ print $1 }' | sort -u | wc -l)" -le 1 ] || { echo "several threads write"; exit 1; }
fi
# D26: flock fails.
[ -n "${SANITIZED:-}" ] && exit 0
cat >noflock.c <<'T'
#include <errno.h>
int flock(int fd, int how);
int flock(int fd, int how) { (void)fd; (void)how; errno = ENOLCK; return -1; }
T
cc -shared -fPIC -o noflock.so noflock.c 2>/dev/null || { echo "no compiler: the rest passed"; exit 77; }
rm -rf .ntag
LD_PRELOAD=$PWD/noflock.so ntag-run run p1.yaml >/dev/null 2>err
[ $? -eq 75 ] && grep -q 'cannot be locked here: .*; put the state on a local disk, with --state' err || { cat err; exit 1; }
