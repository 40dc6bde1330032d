# C11: a field in a file name becomes one safe component below the folder in front of it.
mkdir -p base/out && cd base || exit 1
cat >p.yaml <<'T'
ntag: 1
about: one file an id
input: {files: ["-"], format: jsonl}
stages:
  - ntag-split
output:
  - file: "out/{id}.jsonl"
T
long=$(printf '%300s' '' | tr ' ' x)
for id in '../../etc/x' '/abs/olute' '.' '..' '' "$long" 'a\u0000b' 'new\nline' 'a/b' '~' '-rf' '.hidden' 'con trol\u001b'; do
	printf '{"id":"%s","text":"One."}\n' "$id"
done >in
ntag-run run p.yaml <in 2>err || { cat err; exit 1; }
cd ..
[ "$(find . -type f ! -path './base/out/*' ! -path './base/p.yaml' ! -path './base/in' ! -path './base/err' | wc -l)" -eq 0 ] || { find .; exit 1; }
[ "$(find base/out -mindepth 1 -type d | wc -l)" -eq 0 ] || { find base; exit 1; }
[ "$(cat base/out/* base/out/.[!.]* 2>/dev/null | wc -l)" -eq 13 ] || { ls -la base/out; exit 1; }
# A symbolic link in the way is not followed.
rm -rf base/out/*; ln -s "$PWD/elsewhere" base/out/link.jsonl
(cd base && echo '{"id":"link","text":"x"}' | ntag-run run p.yaml >/dev/null 2>&1)
[ ! -e elsewhere ]
