/// Constructs that compute or assign on the way, and so change what a later program is or does.
extension HolesTable {
  /// RED at least: each sets `PATH` or its like, or runs a command that hides in a text.
  static let assigning: [String] = [
    // Redirections that name a variable.
    "ls {PATH}>/dev/null", "ls {PATH}>/dev/null; ls", "exec {PATH}>/dev/null", "exec {IFS}</dev/null",
    "echo x {LD_PRELOAD}>&1", "cat {PATH}<<<x", "ls {PATH}>&-", "{ ls; } {PATH}>/dev/null", "ls {a[PATH=1]}>/dev/null",
    "ls {x}>/dev/null",
    // Arithmetic in expansions.
    "echo ${x:PATH=1:2}; ls", "echo ${x:1:PATH=1}; ls", "echo ${x: PATH=1}; ls", "echo \"${x:PATH=1}\"; ls",
    "echo ${@:PATH=1}; ls", "echo ${*:PATH=1:1}; ls", "echo ${a[PATH=1]}; ls", "echo ${#a[PATH=1]}; ls",
    "echo ${!a[PATH=1]}; ls", "echo ${a[@]:PATH=1}; ls", "echo ${a[0]:PATH=1}; ls", "echo ${a[PATH=1]:-x}; ls",
    "echo $((PATH=1)); ls", "echo $[PATH=1]; ls", "echo $((x[PATH=1])); ls", "echo $((1?PATH=1:2)); ls",
    "echo $((PATH|=1)); ls", "echo $((PATH<<=1)); ls", "echo $((--PATH)); ls", "echo $((PATH--)); ls",
    "echo $((x,PATH=1)); ls", "echo ${x:$((PATH=1))}; ls", "echo ${x/a/$((PATH=1))}; ls", "cat <<< $((PATH=1)); ls",
    "cat <<E\n$((PATH=1))\nE\nls", "case $((PATH=1)) in 1) ls;; esac", "ls > /dev/null$((PATH=1)); ls",
    "((x=PATH=1)); ls", "((a[PATH=1]++)); ls", "for ((;PATH=1;)); do break; done; ls", "a=([PATH=1]=2); ls",
    "a+=([PATH=1]=2); ls", "declare -a a=([PATH=1]=2); ls", "echo ${PATH[0]:=x}; ls", "echo ${IFS[0]=x}; ls",
    "echo ${PATH:=x}; ls", "echo ${LD_PRELOAD=x}; ls",
    // Arithmetic follows the values of variables.
    "y='PATH=1'; echo $((y)); ls", "y='PATH=1'; echo ${x:y}; ls", "y=PATH=1; ((y)); ls", "y='a[$(id)]'; echo $((y))",
    "read y; echo $((y))", "read y; echo ${x:y}", "read y; ((y > 1)) && ls", "read y; [[ $y -gt 1 ]] && ls",
    "read y; [[ y -gt 1 ]] && ls", "read y; echo ${a[y]}", "y=$(cat /etc/hosts); echo $((y + 1))",
    "mapfile y < /etc/hosts; echo $((y))", "for y in $(cat /etc/hosts); do echo $((y)); done",
    "echo $(( $(cat /etc/hosts) ))", "echo $(( $(echo 'a[$(id)]') ))", "echo $(( $(date '+a[$(id)]') ))",
    "echo $(( $(stat -c %n /etc/hosts) ))", "echo $(( $(seq -f 'a[$(id)]' 1) ))", "while read y; do let y++; done",
    "read y; a[y]=1", "read -a y; echo $((y[0]))", "printf -v y %s 'a[$(id)]'; echo $((y))",
    // Programs of the shell that take a name, and evaluate its subscript.
    "printf -v 'a[PATH=1]' x; ls", "printf -v \"a[$(id)]\" x", "read 'a[PATH=1]'; ls", "read -r a[PATH=1]; ls",
    "unset 'a[PATH=1]'; ls", "declare 'a[PATH=1]=2'; ls", "declare -g PATH=1; ls", "typeset PATH=1; ls",
    "local PATH=1; ls", "readonly 'a[PATH=1]=1'; ls", "export 'a[PATH=1]=1'; ls", "test -v 'a[PATH=1]'; ls",
    "test -v a[PATH=1]; ls", "[ -v 'a[PATH=1]' ]; ls", "[[ -v a[PATH=1] ]]; ls", "[[ -v 'a[$(id)]' ]]",
    "[[ -v $x ]]", "test -v $x", "test -v \"$x\"", "[ -v \"$x\" ]", "[[ 'a[$(id)]' -eq 1 ]]", "[[ PATH=1 -gt 0 ]]; ls",
    "wait -n -p 'a[PATH=1]'; ls", "wait -pPATH; ls", "mapfile -O 1 PATH; ls", "readarray -t PATH; ls",
    "read -rp x PATH; ls", "read -t1 PATH; ls", "let 'x=PATH=1'; ls", "let a[PATH=1]=1; ls", "let \"x=$y\"",
    "getopts ab PATH -a; ls", "getopts ab 'a[PATH=1]' -a; ls", "declare -n x=PATH; x=1; ls", "local -n x=PATH",
    "typeset -i x=PATH=1; ls", "declare -ia x; ls", "coproc PATH { sleep 1; }; ls", "coproc IFS (sleep 1); ls",
    "select PATH in a; do ls; done", "for PATH in a b; do ls; done", "for LD_PRELOAD in a; do ls; done",
    "export \"$X\"", "declare \"$X\"", "read \"$X\"", "readonly $X", "printf -v \"$X\" x", "printf $X x",
    "unset \"$X\"", "mapfile \"$X\"",
    // Variables that steer the shell itself.
    "HISTFILE=/etc/x; ls", "BASH_ENV=/tmp/x ls", "ENV=/tmp/x sh -c ls", "PROMPT_COMMAND=id; ls", "PS4='$(id)'; ls",
    "SHELLOPTS=xtrace ls", "BASHOPTS=x ls", "POSIXLY_CORRECT=1; ls", "IFS=/; ls", "IFS= ls", "CDPATH=/etc; cd x",
    "DIRSTACK[1]=/etc; cat ~1/shadow", "TMOUT=1; ls", "LD_LIBRARY_PATH=/tmp ls", "LD_AUDIT=/tmp/x ls",
    "GCONV_PATH=/tmp iconv -l", "PERL5OPT=-Mx ls", "NODE_OPTIONS=x ls", "JAVA_TOOL_OPTIONS=x ls", "LESSOPEN=x ls",
    "SYSTEMD_EDITOR=x systemctl status", "RES_OPTIONS=x ping -c1 a", "MANPAGER=sh man ls", "DEBUGINFOD_URLS=x ls",
    "OPENSSL_CONF=/tmp/x openssl version", "PAGER=sh systemctl status", "https_proxy=x apt list",
    "set -a; ls", "set -k; ls", "set -o allexport; ls", "set -o history; ls", "set +o posix; ls",
    // The stack of folders.
    "pushd /etc; pushd /; cat ~1/shadow", "cd /etc; cd /; cat ~-/shadow", "pushd /etc; cat ~+0/shadow", "cat ~+1/x",
    "cat ~-/shadow", "cat ~backup/x", "jobs -x id", "jobs $X", "hash -p /tmp/x ls; ls", "enable -f /tmp/x y",
    "command -p sh", "exec -a x sh", "bind -x x", "complete -C id x", "fc -s", "help -s $X | sh", "ss $X",
    "ss -D /etc/x",
    "ss -aK", "ss --kill", "ss --diag=/etc/x",
  ]
}
