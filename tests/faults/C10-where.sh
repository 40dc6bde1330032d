# C10: a parameter in a condition is one value whatever is in it; records that no output wants count as filtered; two outputs
# with conditions get what is theirs.
printf '{"id":"a","k":"x y"}\n{"id":"b","k":"z"}\n{"id":"c","k":"\\" or id exists"}\n' >in.jsonl
cat >p.yaml <<'T'
ntag: 1
params: {k: {default: z}}
input: {files: [in.jsonl]}
stages: [ntag-split]
output:
  - {file: "-", as: json, where: 'k = ${k}'}
  - {file: "b.tsv", as: tsv, rows: docs, columns: [id, k], header: true, where: 'id = "b"'}
T
try() { # VALUE IDS
	got=$(ntag-run run p.yaml -D "k=$1" --stats 2>err | jq -r .id | tr '\n' ' ')
	[ "$got" = "$2" ] || { echo "$1: $got"; cat err; exit 1; }
}
try z 'b '
grep -q '3 read = 1 written + 2 filtered + 0 rejected' err || { cat err; exit 1; }
try 'x y' 'a '
try '" or id exists' 'c '
try 'z or id exists' ''
try "'" ''
try '\' ''
try 'exists' ''
[ "$(cat b.tsv)" = "id	k
b	z" ] || { cat b.tsv; exit 1; }
ntag-run shell p.yaml -D 'k=" or id exists' >cmd && sh cmd >out && [ "$(jq -r .id out)" = c ] || { cat cmd out; exit 1; }
