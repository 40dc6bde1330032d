# B12: an output device that is full is an error, 74, in every form of output.
for f in split date entity quote summarize; do
	for form in json text tsv csv; do
		ntag-$f -o $form "$ARTICLES" >/dev/full 2>err
		[ $? -eq 74 ] && [ -s err ] || { echo "ntag-$f -o $form: $(cat err)"; exit 1; }
	done
done
for o in --help --version --complete=bash; do
	ntag-split $o >/dev/full 2>err
	[ $? -eq 74 ] && grep -q 'cannot write standard output' err || { echo "$o: $(cat err)"; exit 1; }
done
ntag-run run "$TOP/pipelines/news.yaml" "$ARTICLES" >/dev/full 2>err
[ $? -eq 74 ]
