# A18: members that are not ours keep their bytes, whatever a number parser would make of them.
printf '%s\n' '{"id":12345678901234567890,"a":1e400,"b":0.1000,"c":-0,"d":12345678901234567890123,"text":"Biden said on Friday that it was late.","e":{ "x" : [1.0 , "\u00e9\/"] }}' >in
cp in now
for f in split date entity quote summarize; do
	ntag-$f now >out 2>err || { cat err; exit 1; }
	cp out now
done
want=$(sed 's/}$//' in)
case $(cat out) in "$want",*) ;; *) echo "changed: $(cat out)"; exit 1 ;; esac
