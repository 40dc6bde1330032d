# A16: a doubled known member is rejected; A17: a doubled unknown one passes byte for byte.
printf '{"id":"a","text":"x","te\\u0078t":"y"}\n{"u":1,"id":"b","u":2.50,"text":"z"}\n' | ntag-split >out 2>err
[ $? -eq 2 ] && grep -q 'text' err && [ "$(wc -l <out)" -eq 1 ] || { cat err; exit 1; }
grep -q '"u":1,"id":"b","u":2.50,' out
