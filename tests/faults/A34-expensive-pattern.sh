# A34: a pattern that explodes is stopped by explicit limits (unit cases named A34).
CK_RUN_CASE=A34 "$BUILD/test_regex" >log 2>&1 || { cat log; exit 1; }
grep -Eq '^100%: Checks: [1-9]' log || { cat log; exit 1; }
