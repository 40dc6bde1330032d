# B12: an output device that is full is an error, 74, in every form of output.
for f in split date entity quote summarize; do
	for form in json text tsv csv; do
		ntag-$f -o $form "$ARTICLES" >/dev/full 2>err
		[ $? -eq 74 ] && [ -s err ] || { echo "ntag-$f -o $form: $(cat err)"; exit 1; }
	done
done
ntag-split --help >/dev/full 2>/dev/null
[ $? -eq 74 ] || exit 1
ntag-run run "$TOP/pipelines/news.yaml" "$ARTICLES" >/dev/full 2>err
[ $? -eq 74 ]
