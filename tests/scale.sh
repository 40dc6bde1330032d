#!/bin/sh
# scale.sh - the recipes of pipelines/ (GNU parallel, Slurm, Spark), each against the serial run, byte for byte. A part of
# make check-slow; one whose engine is not here, or cannot be started here, is skipped with a line that says so.
# PYTHON: a python3 that has pyspark; SPARK_MASTER: another one than a cluster of two processes here. Prints what was measured, in seconds of wall clock.
set -u
cd "$(dirname "$0")/.." || exit 2
case ${BUILD:=build} in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
TOP=$PWD PATH=$BUILD:$PATH
tmp=$(mktemp -d) || exit 2
stop_slurm() { :; }
trap 'stop_slurm; rm -rf "$tmp"' EXIT
pass=0 fail=0 skip=0
ok() {
	if [ "$1" = 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); fi
	echo "$2: $([ "$1" = 0 ] && echo passed || echo failed) $3"
}
skipped() { skip=$((skip + 1)); echo "skipped $1: $2"; }
now() { date +%s.%N; }
since() { echo "$1 $(now)" | awk '{ printf "%.1f s", $2 - $1 }'; }

mkdir "$tmp/in" "$tmp/text"
ntag-run read "$TOP/pipelines/news.yaml" "$TOP/tests/articles" >"$tmp/base"
for i in $(seq "${COPIES:-400}"); do sed "s/^{\"id\":\"/&$i-/" "$tmp/base"; done >"$tmp/docs.jsonl"
split -n l/40 --additional-suffix=.jsonl "$tmp/docs.jsonl" "$tmp/in/"
cd "$tmp" || exit 2
start=$(now)
ntag-run run "$TOP/pipelines/records.yaml" <docs.jsonl >want.jsonl || exit 2
echo "serial run of $(wc -l <docs.jsonl) records, $(stat -c %s docs.jsonl) bytes: $(since "$start")"

# ---- GNU parallel ----
if command -v parallel >/dev/null && parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
	start=$(now)
	BLOCK=500k sh "$TOP/pipelines/parallel.sh" "$TOP/pipelines/records.yaml" jobs <docs.jsonl >got.jsonl 2>err
	cmp got.jsonl want.jsonl
	ok $? "GNU parallel --pipe" "($(since "$start"))"
	# D24: one block fails once; the batch fails, shows nothing, and the same command again gives the bytes of the serial run.
	mkdir bin && cat >bin/ntag-run <<T
#!/bin/sh
# The third block fails, once.
cd "$tmp"
if ! mkdir one 2>/dev/null && ! mkdir two 2>/dev/null && mkdir three 2>/dev/null; then head -3; exit 9; fi
exec "$BUILD/ntag-run" "\$@"
T
	chmod +x bin/ntag-run
	again() { PATH=$tmp/bin:$PATH BLOCK=500k sh "$TOP/pipelines/parallel.sh" "$TOP/pipelines/records.yaml" jobs2 <docs.jsonl 2>err; }
	if again >got.jsonl; then r=1; else r=0; fi
	[ ! -s got.jsonl ] && [ $r = 0 ]
	ok $? "GNU parallel, a block fails" ""
	again >got.jsonl
	cmp got.jsonl want.jsonl
	ok $? "GNU parallel --pipe --resume-failed" ""
	# Why not --pipepart: the same with it.
	rm -rf one two three
	part() { parallel --pipepart -a docs.jsonl --block 500k -k --joblog log3 --resume-failed --halt now,fail=1 "$tmp/bin/ntag-run" run "$TOP/pipelines/records.yaml" 2>err; }
	part >part.jsonl || part >>part.jsonl
	cmp -s part.jsonl want.jsonl && r=same || r=different
	echo "measured: --pipepart --resume-failed after one failed block: $(wc -l <part.jsonl) records for $(wc -l <want.jsonl), $r bytes"
	rm -rf jobs jobs2
else
	skipped "GNU parallel" "no parallel(1) here"
fi

# ---- Slurm, one node ----
slurm_pids=
stop_slurm() { [ -z "$slurm_pids" ] || { kill $slurm_pids 2>/dev/null; wait $slurm_pids 2>/dev/null; slurm_pids=; }; }
start_slurm() {
	mkdir -p slurm/state slurm/spool
	host=$(hostname -s)
	cat >slurm/slurm.conf <<T
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SlurmctldPort=$1
SlurmdPort=$(($1 + 1))
StateSaveLocation=$tmp/slurm/state
SlurmdSpoolDir=$tmp/slurm/spool
SlurmctldPidFile=$tmp/slurm/ctld.pid
SlurmdPidFile=$tmp/slurm/d.pid
SlurmctldLogFile=$tmp/slurm/ctld.log
SlurmdLogFile=$tmp/slurm/d.log
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
T
	export SLURM_CONF=$tmp/slurm/slurm.conf
	slurmctld -D -f "$SLURM_CONF" >slurm/ctld.out 2>&1 &
	slurm_pids=$!
	slurmd -D -f "$SLURM_CONF" >slurm/d.out 2>&1 &
	slurm_pids="$slurm_pids $!"
	for _ in $(seq 30); do
		sinfo -h -o %T 2>/dev/null | grep -q idle && return 0
		sleep 1
	done
	return 1
}
if ! command -v slurmctld >/dev/null || ! command -v slurmd >/dev/null; then
	skipped "Slurm" "no slurmctld and slurmd here (Debian: slurm-wlm)"
elif ! start_slurm $((20000 + $$ % 20000)); then
	skipped "Slurm" "slurmctld and slurmd cannot be started here: $(tail -qn 1 slurm/ctld.log slurm/d.log slurm/*.out 2>/dev/null | tr '\n' ' ' | cut -c1-300)"
else
	find in -name '*.jsonl' -print0 | sort -z >files.nul
	ntag-run run "$TOP/pipelines/bulk.yaml" --state whole/.ntag -D out=whole 2>err || cat err
	ntag-run merge whole --to want
	start=$(now)
	sbatch --wait --array=1-4 "$TOP/pipelines/slurm.sbatch" "$TOP/pipelines/bulk.yaml" out >sbatch.out 2>&1
	ok $? "Slurm array of 4" "($(since "$start"))"
	ntag-run merge out/* --to got && diff -r want got
	ok $? "Slurm array, merged" "($(find got -name '*.gz' | wc -l) files)"
	# A task again, from another state: done once more, and once in the result.
	sbatch --wait --array=2 --export=ALL,SHARDS=4 "$TOP/pipelines/slurm.sbatch" "$TOP/pipelines/bulk.yaml" out >sbatch.out 2>&1
	rm -rf got && ntag-run merge out/* --to got && diff -r want got
	ok $? "Slurm, one task submitted again" ""
fi
stop_slurm

# ---- Spark ----
PYTHON=${PYTHON:-python3}
if "$PYTHON" -c 'import pyspark' 2>/dev/null && command -v java >/dev/null; then
	start=$(now)
	PYSPARK_PYTHON=$PYTHON SPARK_LOCAL_IP=127.0.0.1 "$PYTHON" -c '
import runpy, sys
from pyspark.sql import SparkSession
session = SparkSession.builder.master(sys.argv[1]).config("spark.ui.enabled", "false").getOrCreate()
open("spark.mode", "w").write(session.sparkContext.master)
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")' "${SPARK_MASTER:-local-cluster[2,1,1024]}" "$TOP/pipelines/spark.py" "$TOP/pipelines/records.yaml" "$tmp/docs.jsonl" "$tmp/spark" >spark.out 2>&1
	cat spark/part-* >got.jsonl 2>/dev/null
	cmp got.jsonl want.jsonl
	ok $? "Spark pipe(checkCode=True), $(cat spark.mode 2>/dev/null)" "($(since "$start"))"
	[ -s got.jsonl ] || tail -5 spark.out
else
	skipped "Spark" "no pyspark for $PYTHON, or no java (python3 -m venv V; V/bin/pip install pyspark; PYTHON=V/bin/python)"
fi
echo "recipes: $pass passed, $fail failed, $skip skipped"
[ $fail -eq 0 ]
