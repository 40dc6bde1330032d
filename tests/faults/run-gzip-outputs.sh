# Outputs that end in .gz: partitions that are closed and opened again, appending, an empty one, a full device, the shell's way.
cat >p.yaml <<'T'
ntag: 1
input: {files: ["-"], format: jsonl}
stages: [ntag-split]
output:
  - {file: "out/{id}.jsonl.gz", open-files: 3, write: append}
  - {file: "out/{id}.jsonl", open-files: 3, write: append}
  - {file: out/all.csv.gz, as: csv, header: true, rows: sents}
  - {file: out/all.csv, as: csv, header: true, rows: sents}
T
for i in $(seq 1 2000); do echo "{\"id\":\"$((i * 7 % 10))\",\"text\":\"One $i. Two.\"}"; done >in
same() { for f in out/*.gz; do gzip -dc "$f" | cmp - "${f%.gz}" || { echo "$f"; exit 1; }; done; }
ntag-run run p.yaml <in || exit 1
[ "$(ls out/*.gz | wc -l)" -eq 11 ] && same
cp out/all.csv.gz first && ntag-run run p.yaml <in && cmp first out/all.csv.gz || exit 1 # no name, no time
[ "$(gzip -dc out/3.jsonl.gz | wc -l)" -eq 400 ] && same
ntag-split out/3.jsonl.gz | cmp - out/3.jsonl || exit 1
rm -r out && ntag-run shell p.yaml >sh && sh sh <in && same && cmp first out/all.csv.gz || exit 1
# Nothing to write: still a file that gzip reads.
ntag-run run p.yaml </dev/null && [ "$(gzip -dc out/all.csv.gz | wc -l)" -eq 1 ] || exit 1
sed -i '/csv/d; s/{id}.jsonl.gz", /x.gz", /' p.yaml && rm -r out && ntag-run run p.yaml </dev/null && gzip -t out/x.gz || exit 1
printf 'ntag: 1\nstages: [ntag-split]\noutput: [{file: full.gz}]\n' >q.yaml
ln -s /dev/full full.gz
ntag-run run q.yaml <in 2>err
[ $? -eq 74 ] && grep -q 'cannot write full.gz: No space left' err || { cat err; exit 1; }
