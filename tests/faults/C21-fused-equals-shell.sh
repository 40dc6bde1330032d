# C21: for every pipeline of the repository the fused run and the printed shell pipeline give the same bytes.
n=0
for p in "$TOP"/pipelines/*.yaml; do
	mkdir fused shell
	(cd fused && ntag-run run "$p" "$ARTICLES" -o json >out 2>err) || { echo "$p: $(cat fused/err)"; exit 1; }
	ntag-run shell "$p" "$ARTICLES" -o json >cmd || exit 1
	(cd shell && sh ../cmd >out 2>err) || { echo "$p: $(cat shell/err)"; exit 1; }
	cmp fused/out shell/out || { echo "$p"; cat cmd; exit 1; }
	[ -s fused/out ] || { echo "$p: nothing came out"; exit 1; }
	rm -rf fused shell
	n=$((n + 1))
done
[ "$n" -ge 3 ]
