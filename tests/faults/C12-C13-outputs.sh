# C12: records of one safe name share a file, said once. C13: no two outputs of one path, no output that is an input.
cat >p.yaml <<'T'
ntag: 1
stages: [ntag-split]
output: [{file: "out/{id}.jsonl"}]
T
printf '{"id":"%s","text":"One."}\n' a/b a_b c/d c_d >in
ntag-run run p.yaml <in 2>err || { cat err; exit 1; }
[ "$(wc -l <err)" -eq 1 ] || { cat err; exit 1; }
[ "$(jq -r .id out/a_b.jsonl | tr '\n' ' ')" = 'a/b a_b ' ] || { cat out/a_b.jsonl; exit 1; }
[ "$(cat out/* | wc -l)" -eq 4 ] || exit 1
mkdir in2 && cp "$ARTICLES"/*.txt in2
refused() { # OUTPUTS MESSAGE
	printf 'ntag: 1\ninput: {files: ["in2/*.txt"]}\nstages: [ntag-split]\noutput: %s\n' "$1" >q.yaml
	ntag-run run q.yaml >out.txt 2>err
	[ $? -eq 78 ] || { echo "$1: not 78"; exit 1; }
	grep -q "$2" err || { echo "$1:"; cat err; exit 1; }
}
refused '[{file: x}, {file: y}, {file: x}]' 'q.yaml:4:39: two outputs have the same path'
refused '[{file: in2/new.txt}]' 'q.yaml:4:17: output.file is an input too'
refused '[{file: "in2/{id}.txt"}]' 'q.yaml:4:17: output.file is an input too'
ln in2/01-ferry.txt other
refused '[{file: other}]' 'q.yaml:4:17: output.file is an input too'
for f in "$ARTICLES"/*.txt; do cmp "$f" "in2/${f##*/}" || exit 1; done
