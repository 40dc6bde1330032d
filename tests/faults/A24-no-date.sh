# A24: without a document date nothing depends on today's date.
echo '{"id":"a","text":"They met on Tuesday, 3 May 2019, and again last week, today and in March."}' >in
ntag-date in >out 2>err || exit 1
year=$(date +%Y)
! grep -q "\"$year" out || { cat out; exit 1; }
grep -q '"2019-05-03"' out || { cat out; exit 1; }
