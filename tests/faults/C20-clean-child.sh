# C20: a stage gets descriptors 0 to 2, default signals and the environment without NTAG_*.
cat >p.yaml <<'T'
ntag: 1
stages:
  - ntag-split
  - exec: [python3, probe.py]
output: [{file: out}, {file: "p/{id}"}]
errors: {to: dead}
T
cat >probe.py <<'T'
import os, signal, shutil, sys
fds = sorted(int(f) for f in os.listdir("/proc/self/fd"))
fds = [f for f in fds if os.path.exists("/proc/self/fd/%d" % f)]
with open("probe", "w") as out:
    print(fds, file=out)
    print(sorted(k for k in os.environ if k.startswith("NTAG_")), os.environ.get("OTHER"), file=out)
    status = dict(l.split(":", 1) for l in open("/proc/self/status") if ":" in l)
    own = [signal.SIGPIPE, signal.SIGXFSZ, 32, 33]  # ignored by Python; of the C library, which lets nobody set them
    print(int(status["SigBlk"], 16), int(status["SigIgn"], 16) & ~sum(1 << (s - 1) for s in own), file=out)
shutil.copyfileobj(sys.stdin, sys.stdout)
T
command -v python3 >/dev/null || { echo 'no python3'; exit 77; }
(
	trap '' HUP USR1 # ignored by the parent
	echo '{"id":"a","text":"x"}' | NTAG_DATA=/nonexistent NTAG_X=1 OTHER=kept ntag-run run p.yaml 7</dev/null 2>err
) || { cat err; exit 1; }
cat >want <<'T'
[0, 1, 2]
[] kept
0 0
T
diff want probe
