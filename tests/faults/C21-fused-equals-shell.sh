# C21: for every pipeline of the repository the fused run and the printed shell pipeline give the same bytes, on
# standard output and in files.
n=0
export NTAG_STATE=$PWD/state
for p in "$TOP"/pipelines/*.yaml; do
	case ${p##*/} in
	about.yaml) set -- -D "who=Ilona Varga" "$p" "$ARTICLES" ;;
	incoming.yaml) set -- -D "in=$ARTICLES" -D out=out -D settle=0s "$p" ;;
	digest.yaml) set -- -D "in=$ARTICLES" -D out=out "$p" ;;
	speaker.yaml) set -- -D speaker=Varga "$p" "$ARTICLES" ;;
	timeline.yaml) set -- -D "in=$ARTICLES" -D who="Ilona Varga" -D to=2030-01-01 "$p" ;;
	explore.yaml) set -- -D what=treaty -D ent="GPE=Port Alder" "$p" "$ARTICLES" ;;
	bulk.yaml) ls "$ARTICLES"/*.txt >files; set -- -D "list=$PWD/files" -D out=out "$p" ;;
	records.yaml) ntag-split "$ARTICLES" >all.jsonl; set -- "$p" "$PWD/all.jsonl" ;;
	*) set -- "$p" "$ARTICLES" ;;
	esac
	mkdir fused shell
	(cd fused && ntag-run run "$@" >std 2>err) || { echo "$p: $(cat fused/err)"; exit 1; }
	ntag-run shell "$@" >cmd || exit 1
	(cd shell && sh ../cmd >std 2>err) || { echo "$p: $(cat shell/err)"; exit 1; }
	rm -f fused/out/run.log fused/out/metrics.prom # of the run, not of the records
	for d in fused shell; do
		for f in $d/out/new-*.html; do [ ! -e "$f" ] || mv "$f" $d/out/new.html; done # by the time of its start
	done
	diff -r fused shell || { echo "$p"; cat cmd; exit 1; }
	[ "$(find fused -type f -size +0 | wc -l)" -gt 0 ] || { echo "$p: nothing came out"; exit 1; }
	rm -rf fused shell
	n=$((n + 1))
done
[ "$n" -ge 10 ] || exit 1
# The stages in every order that makes sense, with options, against the same as separate programs.
for order in "date entity" "entity quote date" "summarize split" "split date entity quote summarize" "quote quote"; do
	{ echo 'ntag: 1'; echo 'input: {files: ["-"]}'; echo 'stages:'; for f in $order; do echo "  - ntag-$f"; done
		echo 'output: [{file: "-", as: json}]'; } >o.yaml
	cat "$ARTICLES"/*.txt >all
	ntag-run run o.yaml all >fused || exit 1
	cp all in
	for f in $order; do ntag-$f in >out || exit 1; cp out in; done
	# The first program names its file, the others only see records.
	sed 's/"source":"[^"]*",//' fused >a; sed 's/"source":"[^"]*",//' out >b
	cmp a b || { echo "$order"; exit 1; }
done
