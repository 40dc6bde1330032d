#!/bin/sh
# rules.sh - what no compiler checks: direction of includes, banned calls, size of functions.
# Includes allowed: common -> common; filters/X -> common, itself; pipelines -> all.
cd "$(dirname "$0")/.." || exit 2
bad=0
for f in common/*.[ch] filters/*/*.[ch] filters/*/*/*.[ch]; do
	[ -e "$f" ] || continue
	room=$(dirname "$f")
	case $room in filters/*/*) room=${room%/*} ;; esac # filters/X/train belongs to filters/X
	for inc in $(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$f"); do
		case $f:$inc in
		filters/grep/main.c:registry.h) continue ;; # it hands all filters to its room
		esac
		case $inc in
		*.inc) continue ;; # generated
		"${room##*/}"/*) [ -e "filters/$inc" ] && continue ;; # by its full name
		esac
		if [ ! -e "common/$inc" ] && [ ! -e "$room/$inc" ] && [ ! -e "$(dirname "$f")/$inc" ]; then
			echo "$f: includes $inc from outside its room"
			bad=1
		fi
	done
done
banned='strcpy|strcat|sprintf|strtok|atoi|atof|gets|gmtime|localtime|mktime|setlocale|alloca|system|popen'
banned="$banned|isalpha|isdigit|isalnum|isspace|isupper|islower|ispunct|isxdigit|toupper|tolower"
if grep -nE "(^|[^_[:alnum:]])($banned) *\(" common/*.[ch] filters/*/*.[ch] pipelines/*.[ch]; then
	echo "rules: banned function"
	bad=1
fi
# ntag-run links all rooms into one program: a name may be global in one of them only.
twice=$(for f in common/*.c filters/*/*.c pipelines/*.c; do
	case $f in */main.c) continue ;; esac
	sed -n 's/^\([a-z][a-z0-9_]*\)(.*/\1/p' "$f" | sort -u | while read -r name; do
		grep -B1 "^$name(" "$f" | grep -qE '^(static|__attribute__.*static)' || echo "$name"
	done
done | sort | uniq -d)
if [ -n "$twice" ]; then
	echo "rules: global in two files: $twice"
	bad=1
fi
top=$(ls | grep -vxE 'filters|common|pipelines|tests|Makefile|README.md|LICENSE|build|ntag-.*\.tar\.gz')
if [ -n "$top" ]; then
	echo "rules: the top level holds more than it may: $top"
	bad=1
fi
exit $bad
