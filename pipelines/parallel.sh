#!/bin/sh
# parallel.sh - a pipeline on all cores or hosts by GNU parallel, the order kept.
#   sh pipelines/parallel.sh pipelines/records.yaml jobs <articles.jsonl >annotated.jsonl
# The second argument is a folder for the state of the batch: when a block has failed, the same command again does only that
# block (--resume-failed) and prints all. Remove the folder when done. BLOCK: bytes of a block (16M); more options for
# parallel, such as --sshloginfile hosts, in PARALLEL_OPTIONS.
#
# Not --pipepart with --resume-failed: blocks are then numbered anew on a restart, and done ones come twice. Not xargs -P:
# its processes share one output pipe, and lines get mixed.
set -eu
pipeline=$1 jobs=$2
mkdir -p "$jobs"
# Standard output of the blocks is kept in files, and shown whole at the end, so that a batch that failed shows nothing.
# shellcheck disable=SC2086
parallel ${PARALLEL_OPTIONS:-} --pipe --block "${BLOCK:-16M}" --halt now,fail=1 --joblog "$jobs/log" \
	--resume-failed --results "$jobs/{#}" ntag-run run "$pipeline" >/dev/null
for n in $(ls "$jobs" | grep '^[0-9]*$' | sort -n); do cat "$jobs/$n"; done
