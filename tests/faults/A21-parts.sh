# A21: a document of very many sentences, or of very many members, is cut into them in linear time and in memory
# of a small multiple of its size.
[ -n "${SANITIZED:-}" ] && { echo "memory of a sanitized build says nothing"; exit 77; }
yes 'It fell. ' | tr -d '\n' | head -c 9000000 >long
(ulimit -v 250000 && ntag-split --by sentence long | tail -n 1) >out 2>err
grep -q '"n":999999,"start":8999991,' out || { echo 'memory'; cat out err; exit 1; }
members() {
	printf '{"id":1,'
	seq -f '"k%.0f":0,' "$1"
	printf '"text":"'
	yes 'It fell. ' | head -n "$1"
	printf '"}\n'
}
TIMEFORMAT='%U %S'
cpu() { # in ms
	{ time timeout 20 ntag-split --by sentence "$1" >out 2>&1; } 2>&1 | awk '{ printf "%d", ($1 + $2) * 1000 }'
}
members 40000 | tr -d '\n' >one
members 80000 | tr -d '\n' >two
for _ in 1 2 3; do
	t1=$(cpu one) t2=$(cpu two)
	[ "$(wc -l <out)" -eq 80000 ] || { echo 'many members'; head -c 300 out; exit 1; }
	[ $((t2 * 10)) -le $((t1 * 22 + 500)) ] && exit 0
done
echo "many members: $t1 ms, $t2 ms"
exit 1
