# B20, B21: ntag-grep makes control characters visible on a terminal, leaves them in a pipe; colours on a terminal only.
command -v script >/dev/null || { echo "no script(1)"; exit 77; }
# script(1) runs its command with $SHELL, or with sh where that is unset: the name reaches the command by the environment.
export TERM=xterm name=$'a\033]0;name\007.txt'
printf 'date 2021-12-04 Title here\n\nA \033]0;pwn\007 and \302\233 evil word.\n' >"$name"
script -qec 'ntag-grep -H -n evil "$name"' /dev/null </dev/null >shown 2>&1
LC_ALL=C grep -q $'\033]0;' shown && { echo "OSC reached the terminal"; exit 1; }
LC_ALL=C grep -q $'\302\233' shown && { echo "C1 reached the terminal"; exit 1; }
LC_ALL=C grep -q $'\033\[01;31mevil' shown || { cat -v shown; exit 1; }
NO_COLOR=1 script -qec 'ntag-grep -H -n evil "$name"' /dev/null </dev/null >shown 2>&1
LC_ALL=C grep -q $'\033' shown && { echo "NO_COLOR is not obeyed"; exit 1; }
ntag-grep -h -n evil "$name" | LC_ALL=C grep -q $'\033]0;pwn' || { echo "changed in a pipe"; exit 1; }
ntag-grep -h -n evil "$name" | LC_ALL=C grep -q $'\033\[' && { echo "colours in a pipe"; exit 1; }
ntag-grep -h --color=always evil "$name" | LC_ALL=C grep -q $'\033\[01;31mevil'
