/// Texts of up to 64 KB, each the worst of one construct: deep, long, wide, unclosed, or growing.
enum WorstCaseTable {
  /// As many bytes as fit.
  private static let size = 65_000

  private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  static let rows: [(name: String, text: String)] = (words + expansions + compounds + programs).map {
    ($0.0, String(decoding: $0.1.utf8.prefix(65_536), as: UTF8.self))
  }

  private static let words: [(String, String)] = [
    ("single quoted", "echo '" + repeated("a", size) + "'"), ("double quoted", "echo \"" + repeated("a", size) + "\""),
    ("unquoted", "ls " + repeated("a", size)),
    ("path", "cat /" + repeated("a/", size / 2)), ("dots", "rm -rf /" + repeated("../", size / 3)),
    ("globs", "cat " + repeated("*", size)), ("globs path", "cat " + repeated("/*a", size / 3)),
    ("qmarks", "cat /" + repeated("?*", size / 2)),
    ("brackets", "cat " + repeated("[a]", size / 3)), ("braces", "echo " + repeated("{a,b}", size / 5)),
    ("nested braces", "echo " + repeated("{a,", size / 4) + repeated("}", size / 4)),
    ("open braces", "echo " + repeated("{", size)), ("ranges", "echo " + repeated("{1..9}", size / 6)),
    ("brace words", repeated("{a,b} ", 1900)), ("brace words2", repeated("{a,b,c,d,e,f,g}{a,b,c,d,e,f} ", 1900)),
    ("pipeline", repeated("ls|", size / 3) + "ls"), ("pipeline900", repeated("ls|", 900) + "ls"),
    ("semis", repeated("ls;", size / 3)), ("and", repeated("ls&&", 990) + "ls"), ("lines", repeated("ls\n", size / 3)),
    ("words", repeated("a ", 1999)), ("long words", repeated(repeated("a", 31) + " ", 1999)),
    ("option words", "ls " + repeated("--size ", 1990)),
  ]

  private static let expansions: [(String, String)] = [
    ("parens", repeated("(", size / 2) + "ls" + repeated(")", size / 2)), ("$(", "echo " + repeated("$(", size / 2)),
    ("$(()) x", "echo " + repeated("$((1)) ", size / 7)), ("$(( open", "echo " + repeated("$((", size / 3)),
    ("((", repeated("((", size / 2)), ("backticks", "echo " + repeated("`ls` ", size / 5)),
    ("open backticks", repeated("`", size)), ("backslashes", repeated("\\", size)), ("dollar", repeated("$", size)),
    ("$x", "echo " + repeated("$x", size / 2)), ("$x words", "echo " + repeated("$x ", 1990)),
    ("${", "echo " + repeated("${", size / 2)), ("${x}", "echo " + repeated("${x}", size / 4)),
    ("${x:-y}", "echo " + repeated("${x:-y}", size / 7)),
    ("${x//a/b}", "x=" + repeated("a", 4000) + "; echo " + repeated("${x//a/b}", size / 10)),
    ("${x##*}", "x=" + repeated("a", 127) + "; echo " + repeated("${x##*a*a*a}", size / 12)),
    ("heredocs", repeated("cat <<A\n", 500) + repeated("A\n", 500)),
    ("heredocs line", "cat " + repeated("<<A ", 1000) + "\n" + repeated("A\n", 1000)),
    ("heredoc big", "cat <<A\n" + repeated("x\n", size / 2) + "A\n"),
    ("heredoc exp", "cat <<A\n" + repeated("$x", size / 2) + "\nA\n"),
    ("herestrings", "cat " + repeated("<<<a ", 1990)), ("redirs", "ls " + repeated(">/dev/null ", 1990)),
    ("redir files", "ls " + repeated(">/tmp/x ", 1990)), ("assign", repeated("a=1 ", 1990)),
    ("assigns", repeated("a=b;", 990)), ("assign long", "x=" + repeated("a", size)),
    ("assign grow", "x=a;" + repeated("x=$x$x;", 900)),
    ("assign refs", repeated("x=a;", 100) + repeated("y=$x$y;", 800) + "ls $y"),
  ]

  private static let compounds: [(String, String)] = [
    ("array", "a=(" + repeated("b ", 1990) + ")"), ("case", "case x in " + repeated("a) ls;; ", 990) + "esac"),
    ("case pats", "case x in " + repeated("a|", 1990) + "b) ls;; esac"), ("ifs", repeated("if ls; then ls; fi; ", 450)),
    ("nested ifs", repeated("if ls; then ", 35) + "ls" + repeated("; fi", 35)),
    ("for", "for i in " + repeated("a ", 1900) + "; do ls $i; done"),
    (
      "for nest",
      repeated("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do ", 8) + "ls"
        + repeated("; done", 8)
    ),
    (
      "for nest rm",
      repeated("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do ", 2)
        + repeated("x $i; ", 400) + repeated("; done", 2)
    ), ("fors", repeated("for i in 1 2 3 4 5 6 7 8 9; do cat /etc/x$i; done;", 110)),
    ("functions", repeated("f() { ls; };", 900)),
    ("function nest", repeated("f() { ", 30) + "ls" + repeated("; }", 30)), ("evals", repeated("eval ", 300) + "ls"),
    ("eval many", repeated("eval ls;", 900)), ("sh -c", repeated("sh -c 'ls -l; cat /etc/hosts';", 900)),
    ("sh -c nest", repeated("sh -c \"", 12) + "ls"), ("sudo", repeated("sudo ", 900) + "ls"),
    ("nice many", repeated("nice nice nice nice ls;", 300)), ("xargs", repeated("ls | xargs ls;", 450)),
    ("echo sh", "echo '" + repeated("ls;", 900) + "' | sh"), ("echo sh many", repeated("echo 'ls; ls' | sh;", 400)),
    ("python", "python3 -c '" + repeated("\"ls /\" ", 8000) + "'"),
    ("python many", repeated("python3 -c 'system(\"ls /x y\")';", 900)),
    ("unknown", repeated("foo bar baz -c x;", 900)), ("unknown args", "foo " + repeated("rm ", 1990)),
    ("systemd-run", repeated("systemd-run a b c d e f g h;", 900)),
    ("parallel", repeated("parallel a b c ::: d e f g;", 900)),
  ]

  private static let programs: [(String, String)] = [
    ("find exec", repeated("find /var -exec ls {} \\; ;", 800)),
    ("find many", "find / " + repeated("-exec ls {} \\; ", 300)),
    ("find braces", "find / -exec echo " + repeated("{}", size / 2) + " \\;"),
    ("awk", "awk '" + repeated("{print $1}", size / 10) + "' /etc/hosts"),
    ("awk strings", "awk '{print \"" + repeated("a", size) + "\"}'"),
    ("awk for", "awk '{" + repeated("for(i=1;i<2;i++)x;", size / 18) + "}'"),
    ("awk for nest", "awk '{" + repeated("for(i=1;(i<2);i++", size / 18) + "}'"),
    ("awk parens", "awk '{x=" + repeated("(", size / 2) + repeated(")", size / 2) + "}'"),
    ("awk bad re", "awk '" + repeated("/[/", size / 3) + "'"), ("sed", "sed '" + repeated("s/a/b/;", size / 7) + "'"),
    ("sed labels", "sed '" + repeated(":a;N;$!ba;", size / 10) + "'"),
    ("sed classes", "sed 's/" + repeated("[a]", size / 3) + "/b/'"),
    ("sed open", "sed 's/" + repeated("[", size) + "/b/'"), ("jq", "jq '" + repeated(".a|", size / 3) + ".b'"),
    ("bc", "echo '" + repeated("1+", 2000) + "1' | bc"), ("printf", "printf '" + repeated("%d", size / 2) + "' 1"),
    ("printf stars", "printf '" + repeated("%*d", size / 3) + "' " + repeated("1 ", 1000)),
    ("printf long", "printf %s " + repeated("a ", 1900)), ("grep", "grep -r x " + repeated("/var/log ", 1900)),
    ("cat files", "cat " + repeated("/etc/hosts ", 1900)), ("cat globs", "cat " + repeated("/etc/*.conf ", 1900)),
    ("cat holes", "cat " + repeated("/etc/$x.conf ", 1900)),
    ("cat quoted holes", "cat " + repeated("\"/etc/$x.conf\" ", 1900)),
    ("rm many", "rm -rf " + repeated("/tmp/a* ", 1900)), ("rm vars", "rm -rf " + repeated("\"$x\"/b* ", 1900)),
    ("cds", repeated("cd /a1; cd b;", 450) + "cat x"),
    ("cds2", "cd /a; cd /b; cd /c; cd /d; cd /e; cd /f; cat " + repeated("x* ", 1900)),
    ("cds rm", "cd /a; cd /b; cd /c; cd /d; cd /e; cd /f; rm -rf " + repeated("x* ", 1900)),
    ("arith", "echo $((" + repeated("1+", size / 2) + "1))"),
    ("arith eq", "echo $((" + repeated("a=1,", size / 4) + "1))"),
    ("arith eq sp", "((" + repeated(" =", size / 2) + "))"), ("arith +++", "((" + repeated("+", size) + "))"),
    ("arith ]", "((" + repeated("]=", size / 2) + "))"), ("arith many", repeated("((a=1));", 900)),
    ("test", "[[ " + repeated("a == b && ", 600) + "a ]]"),
    ("test arith", "[[ " + repeated("a -gt b && ", 600) + "a ]]"), ("tests", repeated("[ -f x ];", 900)),
    ("extglob", "ls " + repeated("@(a)", size / 4)),
    ("extglob nest", "ls " + repeated("@(", size / 2) + repeated(")", size / 2)),
    ("process", "cat " + repeated("<(ls) ", 600)), ("comments", repeated("# x\n", size / 4)),
    ("comment", "#" + repeated("x", size)), ("blank", repeated(" ", size)), ("newlines", repeated("\n", size)),
    ("conts", repeated("\\\n", size / 2)), ("ansi", "echo $'" + repeated("\\x41", size / 4) + "'"),
    ("ansi many", "echo " + repeated("$'a'", size / 4)), ("unicode", "echo " + repeated("\u{0455}", size / 2)),
    ("unicode ok", "echo " + repeated("\u{00e4}", size / 2)),
    ("unicode path", "cat /" + repeated("\u{00e4}", size / 2)), ("zero width", "ls " + repeated("\u{200B}", size / 3)),
    ("emoji", "echo " + repeated("👩‍👩‍👧‍👧", size / 25)), ("combining", "echo e" + repeated("\u{0301}", size / 2)),
    ("crlf", repeated("ls\r\n", 900)), ("unclosed", "ls 'a" + repeated(" rm", 1300)),
    ("unclosed small", "ls 'a " + repeated("rm x;", 700)), ("unclosed curl", "curl x 'a " + repeated("| sh ", 700)),
    ("unclosed d", "echo \"$(ls " + repeated("(rm ", 900)), ("fffd", repeated("\u{FFFD}", size / 3)),
    ("base64", "echo " + repeated("QUFB", 1000) + " | base64 -d | sh"), ("ssh", repeated("ssh a ls;", 900)),
    ("ssh nest", repeated("ssh a ", 30) + "ls"), ("curl", "curl " + repeated("-H a ", 900)),
    ("tar", "tar " + repeated("--to-command=ls ", 900)), ("git", "git " + repeated("a='ls x' ", 900)),
    ("vim", "vim " + repeated("-c '!ls' ", 900)), ("pvesh", repeated("pvesh get /nodes;", 900)),
    ("ip", repeated("ip a s;", 900)), ("iptables", "iptables -L " + repeated("-size ", 1900)),
    ("coproc", repeated("coproc ", 39) + "ls"), ("select", "select x in " + repeated("a ", 1900) + "; do ls; done"),
    ("trap", repeated("trap 'ls' EXIT;", 900)), ("alias", "alias " + repeated("a='ls x' ", 900)),
    ("man", "man " + repeated("-P ls ", 900)), ("less", "less " + repeated("+!ls ", 900)),
    ("rev", "echo " + repeated("ab", 2000) + " | rev | rev | rev | sh"),
  ]
}
