# E6: a rules file that is missing, a folder, damaged or hostile: status 78 and its place, before anything is read.
echo 'They met on the day of the harvest moon, 3 May 2020.' >text
row() { printf 'moon\tharvest moon ,? $DATE\tDATE\tdate\t-\t-\t-\n'; }
row >rules.tsv
ntag-date --rules rules.tsv text >out || { echo 'a good file was refused'; exit 1; }
grep -q '"harvest moon, 3 May 2020"' out || { echo 'the rule does not work'; exit 1; }

refused() { # FILE MESSAGE
	ntag-date --rules "$1" text >out 2>err
	[ $? -eq 78 ] || { echo "$1: not 78"; exit 1; }
	[ ! -s out ] || { echo "$1: something was written"; exit 1; }
	[ "$(cat err)" = "ntag-date: $1$2" ] || { echo "$1:"; cat err; exit 1; }
}
refused none.tsv ': No such file or directory'
mkdir folder
refused folder ': Is a directory'
{ echo '# ours'; row; printf 'x\tzork \377\tDATE\tdate\t-\t-\t-\n'; } >bytes.tsv
refused bytes.tsv ':3:8: not UTF-8'
printf 'x\tzork $DAYS\tDATE\tdate\t-\t-\t-\n' >part.tsv
refused part.tsv ':1:8: there is no pattern of this name above'
head -c 2000000 /dev/zero >zero.tsv
refused zero.tsv ': longer than 1 MiB'

# Each byte cut off or changed: refused or taken, never worse.
n=$(wc -c <rules.tsv)
for ((i = 0; i < n; i++)); do
	head -c $i rules.tsv >cut.tsv
	for c in '\t' '\n' '(' '$' '/' '\0' '|'; do
		{ head -c $i rules.tsv; printf "$c"; tail -c +$((i + 2)) rules.tsv; } >changed.tsv
		ntag-date --rules changed.tsv text >/dev/null 2>err
		s=$?
		[ $s = 0 ] || [ $s = 78 ] || { echo "byte $i as $c: status $s"; exit 1; }
		[ $s = 0 ] || grep -q '^ntag-date: changed.tsv:1:[0-9]*: \|^ntag-date: changed.tsv:2:[0-9]*: ' err ||
			{ echo "byte $i as $c: no place"; cat err; exit 1; }
	done
	ntag-date --rules cut.tsv text >/dev/null 2>err
	s=$?
	[ $s = 0 ] || [ $s = 78 ] || { echo "cut at $i: status $s"; exit 1; }
done

# In a pipeline the file is checked before the run, at the stage that names it.
printf 'ntag: 1\nstages:\n  - ntag-date: {rules: part.tsv}\n' >p.yaml
ntag-run run p.yaml text >out 2>err
[ $? -eq 78 ] || { echo 'ntag-run: not 78'; exit 1; }
grep -q '^ntag-run: p.yaml:3:.*part.tsv:1:8: there is no pattern of this name above' err || { cat err; exit 1; }
