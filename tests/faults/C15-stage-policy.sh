# C15: errors.stage: a program that fails is tried again, from where the outputs were; then the run fails, or goes on without it.
mkdir in
for i in $(seq 50); do echo "{\"id\":\"$i\",\"text\":\"One.\"}"; done >in/a.jsonl
echo '{"text":1}' >>in/a.jsonl
printf '#!/bin/sh\nn=$(cat n 2>/dev/null || echo 0); echo $((n + 1)) >n\n[ $n -ge %s ] && exec cat; head -5; exit 3\n' 2 >flaky && chmod +x flaky
pipeline() { # STATE RETRY THEN
	echo "ntag: 1
input: {files: [in]$1}
stages: [ntag-split, {exec: [./flaky]}, ntag-date]
output: [{file: all.jsonl, write: append}, {file: new.jsonl}]
errors: {to: dead.jsonl, stage: {retry: $2, then: $3}}"
}
for state in '' ', only: new'; do
	rm -rf n .ntag all.jsonl new.jsonl dead.jsonl && echo old >all.jsonl
	pipeline "$state" 2 fail >p.yaml
	ntag-run run p.yaml 2>err
	[ $? -eq 2 ] && [ "$(cat n)" -eq 3 ] && [ "$(wc -l <all.jsonl)" -eq 51 ] && [ "$(wc -l <new.jsonl)" -eq 50 ] &&
		[ "$(wc -l <dead.jsonl)" -eq 1 ] && [ "$(grep -c 'done again' err)" -eq 2 ] || { echo "retry$state"; cat err; wc -l *.jsonl; exit 1; }
	# Not often enough: it fails, and nothing is left of it; the next run does it.
	rm -rf n .ntag all.jsonl new.jsonl dead.jsonl && echo old >all.jsonl
	pipeline "$state" 1 fail >p.yaml
	ntag-run run p.yaml 2>err
	[ $? -eq 74 ] && [ "$(wc -l <all.jsonl)" -eq 1 ] && [ ! -e new.jsonl ] || { echo "fail$state"; cat err; wc -l *.jsonl; exit 1; }
	ntag-run run p.yaml 2>err
	[ $? -eq 2 ] && [ "$(wc -l <all.jsonl)" -eq 51 ] || { echo "next$state"; cat err; wc -l *.jsonl; exit 1; }
	# Without it.
	rm -rf n .ntag all.jsonl new.jsonl dead.jsonl && echo old >all.jsonl
	pipeline "$state" 0 skip >p.yaml
	ntag-run run p.yaml --stats 2>err
	[ $? -eq 2 ] && [ "$(wc -l <all.jsonl)" -eq 51 ] && grep -q 'p.yaml:3:22: ./flaky is left out' err &&
		grep -q '51 read = 50 written + 0 filtered + 1 rejected' err || { echo "skip$state"; cat err; wc -l *.jsonl; exit 1; }
done
# A stage that hangs is done again too, within the time of the run.
printf '#!/bin/sh\n[ -e hung ] && exec cat; : >hung; exec sleep 60\n' >flaky && rm -f all.jsonl new.jsonl
sed -e 's/\[.\/flaky\]/&, timeout: 300ms/' -e 's/retry: 0/retry: 1/' p.yaml >t.yaml
ntag-run run t.yaml 2>err
[ $? -eq 2 ] && [ "$(wc -l <new.jsonl)" -eq 50 ] || { cat err; exit 1; }
# What went to standard output cannot be taken back.
sed 's/all.jsonl, write: append/-/' p.yaml | sed 's/{file: -}/{file: "-"}/' >o.yaml
ntag-run check o.yaml >err; [ $? -eq 78 ] && grep -q 'cannot be taken back' err || { cat err; exit 1; }
# write: new never takes the place of a file.
printf 'ntag: 1\ninput: {files: [in]}\nstages: [ntag-split]\noutput: [{file: x.jsonl, write: new}, {file: "d/{id}.jsonl", write: new}]\n' >n.yaml
ntag-run run n.yaml 2>err; [ $? -eq 2 ] && [ "$(wc -l <x.jsonl)" -eq 50 ] && [ "$(ls d | wc -l)" -eq 50 ] || { cat err; exit 1; }
cp x.jsonl keep
ntag-run run n.yaml 2>err; [ $? -eq 78 ] && grep -q 'x.jsonl is there' err && cmp x.jsonl keep || { cat err; exit 1; }
rm x.jsonl && ntag-run run n.yaml 2>err; [ $? -eq 74 ] && grep -q 'cannot write d/1.jsonl: File exists' err && [ ! -e x.jsonl ] && [ "$(ls -A d | wc -l)" -eq 50 ] || { cat err; ls -A d | head; exit 1; }
