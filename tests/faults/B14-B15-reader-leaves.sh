# B14: when the reader leaves, SIGPIPE ends the program quietly (141); B15: with SIGPIPE ignored, 74, quietly.
for i in $(seq 300); do cat "$ARTICLES"/*.txt; done >big
ntag-split big 2>err | head -1 >/dev/null
[ "${PIPESTATUS[0]}" -eq 141 ] && [ ! -s err ] || { echo "${PIPESTATUS[*]} $(cat err)"; exit 1; }
(trap '' PIPE; ntag-split big 2>err; echo $? >status) | head -1 >/dev/null
[ "$(cat status)" = 74 ] && [ ! -s err ] || { cat status err; exit 1; }
