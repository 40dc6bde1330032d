# E5: libyaml's emitter is not linked. E8: position independent, no executable stack, read-only relocations, stack guards, checked
# copies. E9: no socket is opened, and no file is written but the named outputs.
for p in split date entity quote summarize grep show run; do
	at=$BUILD/ntag-$p
	readelf -hW "$at" | grep -q 'Type: *DYN' || { echo "ntag-$p: not position independent"; exit 1; }
	readelf -lW "$at" | grep GNU_STACK | grep -q 'RW ' || { echo "ntag-$p: executable stack"; exit 1; }
	readelf -lW "$at" | grep -q GNU_RELRO && readelf -dW "$at" | grep -q NOW || { echo "ntag-$p: relocations can be written"; exit 1; }
	[ -n "${SANITIZED:-}" ] || { readelf -sW "$at" | grep -q __stack_chk_fail && readelf -sW "$at" | grep -qE '__(memcpy|vsnprintf|snprintf)_chk'; } || { echo "ntag-$p: no guards"; exit 1; }
done
readelf -sW "$BUILD/ntag-run" | grep -E 'yaml_emitter_(emit|dump|open)' && { echo "the emitter is linked"; exit 1; }
[ -z "${SANITIZED:-}" ] || exit 0
command -v strace >/dev/null || { echo "no strace(1): the rest passed"; exit 77; }
cat "$ARTICLES"/*.txt >in
printf 'ntag: 1\ninput: {files: [in]}\nstages: [ntag-split, ntag-date, ntag-entity, {exec: [cat]}]\noutput: [{file: made/out.jsonl}]\n' >p.yaml
for c in "ntag-date in" "ntag-entity -o tsv in" "ntag-quote -j 2 in" "ntag-grep the in" "ntag-show -t html in" "ntag-run run p.yaml"; do
	strace -f -e trace=socket,connect,open,openat,creat,mkdir,rename,unlink -o calls $c >out 2>&1 || { echo "$c: $(tail -3 out)"; exit 1; }
	grep -E 'socket\(|connect\(' calls && { echo "$c: asks for a network"; exit 1; }
	grep -E 'O_(WRONLY|RDWR)|creat\(' calls | grep -vE '"(/dev/(null|tty)|[^"]*made/?[^"]*|[^"]*\.ntag/?[^"]*|[^"]*out\.jsonl[^"]*|p\.state[^"]*)"|O_TMPFILE' && { echo "$c: writes elsewhere"; exit 1; }
done
exit 0
