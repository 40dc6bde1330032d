# D16: dead letters that cannot be written stop the run: 74, and nothing is committed that was not kept. D19: a full disk in
# mid-run: 74, what was committed stays whole, and with room again the run is completed to the same bytes.
mkdir in
for i in $(seq 3000); do echo "{\"id\":\"$i\",\"date\":\"2021-12-0$((i % 9 + 1))\",\"text\":\"Sentence $i. $(printf 'word %.0s' 1 2 3 4 5 6 7 8)\"}"; done | split -l 300 --additional-suffix=.jsonl - in/
echo '{"text":1}' >in/zz.jsonl
pipeline() { printf 'ntag: 1\ninput: {files: [in], only: new}\nstages: [ntag-split]\noutput: [{file: "%s/{date}.jsonl", write: append}]\nerrors: {to: %s}\nrun: {checkpoint: 1ms}\n' "$1" "$2"; }
pipeline want dead.jsonl >w.yaml && ntag-run run w.yaml 2>/dev/null; [ $? -eq 2 ] || exit 1
# D16
ln -s /dev/full full
pipeline out full >p.yaml
ntag-run run p.yaml 2>err
[ $? -eq 74 ] && grep -q 'full: cannot write: No space left on device' err || { cat err; exit 1; }
rm full
ntag-run run p.yaml 2>err
[ $? -eq 2 ] && diff -r want out && [ "$(wc -l <full)" -eq 1 ] || { cat err; exit 1; }
ntag-split --errors /dev/full in >/dev/null 2>err
[ $? -eq 74 ] || { cat err; exit 1; }
# D19: a small disk of our own.
mkdir disk
if ! mount -t tmpfs -o size=256k tmpfs disk 2>/dev/null; then
	echo "no mount allowed here: D16 passed, D19 needs it"
	exit 77
fi
trap 'umount disk' EXIT
pipeline disk/out dead2.jsonl >d.yaml
ntag-run run d.yaml 2>err
[ $? -eq 74 ] && grep -q 'No space left on device' err || { cat err; exit 1; }
for f in disk/out/*.jsonl; do # whole records only
	[ ! -s "$f" ] || [ "$(tail -c 1 "$f" | od -An -c | tr -d ' ')" = '\n' ] || { echo "half a record in $f"; exit 1; }
done
ntag-run run d.yaml 2>/dev/null; [ $? -eq 74 ] || { echo "room without room"; exit 1; }
mount -o remount,size=4m disk || exit 77
ntag-run run d.yaml 2>err
[ $? -eq 2 ] && diff -r want disk/out || { cat err; exit 1; }
