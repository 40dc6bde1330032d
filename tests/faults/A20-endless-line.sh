# A20: an endless line is rejected and skipped in bounded memory; the next record is processed. The line is
# 300 MB here, 1 GB with NTAG_SLOW=1; the limit on memory is 160 MB.
[ -n "${NTAG_SLOW:-}" ] && size=1024 || size=300
{
	printf '{"id":"big","text":"'
	head -c ${size}M /dev/zero | tr '\0' x
	printf '"}\n{"id":"good","text":"Small."}\n'
} | {
	[ -n "${SANITIZED:-}" ] || ulimit -v 160000
	ntag-split >out 2>err
	echo $? >status
}
[ "$(cat status)" = 2 ] && [ "$(jq -r .id out)" = good ] && grep -q 'max-record' err || { cat err; exit 1; }
