# B1: a missing file among several is named, the others are processed, status 2.
cp "$ARTICLES"/01-ferry.txt a; cp "$ARTICLES"/02-storm.txt b
for f in split date entity quote summarize; do
	ntag-$f a nosuch b >out 2>err
	[ $? -eq 2 ] && [ "$(wc -l <out)" -eq 2 ] && grep -q "^ntag-$f: nosuch: .*No such file" err || { cat err; exit 1; }
done
