# E10: the libraries are at least those whose faults are known and mended; --version says which they are.
at_least() { printf '%s\n%s\n' "$1" "$2" | sort -V -C || { echo "$3 $2 is older than $1"; exit 1; }; }
version() { ntag-run --version | sed -n "s/^$1 \([0-9.]*\).*/\1/p"; }
at_least 10.42 "$(version pcre2)" PCRE2
at_least 0.2.5 "$(version libyaml)" libyaml
at_least 1.2.13 "$(version zlib)" zlib
for f in split date entity quote summarize grep show; do
	ntag-$f --version | grep -q "^ntag-$f [0-9]" || { echo "ntag-$f --version"; exit 1; }
done
