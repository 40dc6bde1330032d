# B22: where the outputs may not be written nothing is begun: 74, and the message names the file.
mkdir -m 555 closed
printf 'ntag: 1\ninput: {files: ["%s/*.txt"]}\nstages: [ntag-split]\noutput: [{file: open.jsonl}, {file: closed/out.jsonl}]\n' "$ARTICLES" >p.yaml
as=
if [ "$(id -u)" = 0 ]; then
	command -v setpriv >/dev/null || { echo "root may write everywhere, and there is no setpriv(1)"; exit 77; }
	chmod 777 .
	as="setpriv --reuid=65534 --clear-groups"
	$as ntag-run --version >/dev/null 2>&1 || { echo "another user cannot run the programs here"; exit 77; }
fi
$as ntag-run run p.yaml >out 2>err
status=$?
[ $status = 74 ] || { echo "status $status: $(cat err)"; exit 1; }
grep -q 'closed/out.jsonl.*Permission denied' err || { cat err; exit 1; }
[ ! -e open.jsonl ] || { echo "an output was begun"; exit 1; }
$as ntag-split --errors closed/dead "$ARTICLES"/01-ferry.txt >out 2>err
status=$?
[ $status = 74 ] && [ ! -s out ] || { echo "--errors: status $status: $(cat err)"; exit 1; }
