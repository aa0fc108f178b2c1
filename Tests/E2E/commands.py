"""The command line: what each command prints, and the exit code that scripts rely on."""
import json
import os
import re
import signal
import stat
import subprocess

from checks import check, check_match, check_no_match, run
from jarvis import Jarvis
from terminal import Terminal
from worlds import SimulatedCluster, local_config, write_config


def test_help_and_version(binary, work):
    run([binary, "--version"]).expect(0, out=r"^jarvis-tui \d+\.\d+\.\d+\n$")
    text = run([binary, "--help"]).expect(0).out
    for word in ("demo", "init", "doctor", "status", "ask", "Exit codes"):
        check(word in text, f"--help does not speak of {word}:\n{text}")
    for command in ("screen", "demo", "init", "doctor", "status", "ask"):
        check_match(r"USAGE: jarvis-tui " + command, run([binary, command, "--help"]).expect(0).out)


def test_wrong_use(binary, work):
    run([binary, "--nonsense"]).expect(2, err=r"--nonsense")
    run([binary, "nonsense"]).expect(2, err=r"run 'nonsense'[\s\S]*commands: .*doctor")
    run([binary, "--demo", "statsu"]).expect(2, err=r"did you mean status\?")
    run([binary, "demo", "--seconds", "0"]).expect(2, err=r"--seconds must be 1 or more")
    run([binary, "demo", "--seconds", "soon"]).expect(2, err=r"soon")
    run([binary, "demo", "--tokens-per-second", "0"]).expect(2, err=r"from 1 to")
    run([binary, "--demo", "ask"]).expect(2, err=r"question is empty[\s\S]*jarvis-tui ask")
    run([binary, "--demo", "ask", "--route", "gpt", "hello"]).expect(2, err=r"gpt[\s\S]*claude")


def test_status(binary, work):
    text = run([binary, "--demo", "status"]).expect(0, out=r"^DEMO · homelab · Proxmox VE \d+\.\d+").out
    for node in ("agent", "backup", "home", "pve"):
        check_match(rf"(?m)^{node} +online +\d+ %", text)
    check_match(r"(?m)^102 +pihole +lxc +agent +running", text)
    check_match(r"(?m)^tank +pve +[\d.]+ of [\d.]+ TiB \(\d+ %\)", text)
    check_no_match(r"\x1b", text)
    # Options of every command may stand before it.
    run([binary, "--read-only", "--demo", "status", "--json"]).expect(0, out=r'"simulated":true')
    run([binary, "--config", f"{work}/absent.yaml", "status"]).expect(3, err=r"absent\.yaml[\s\S]*not there")
    # In a terminal that can do nothing it works all the same.
    run([binary, "--demo", "status"], environment={"TERM": "dumb", "LC_ALL": "C"}).expect(0, out=r"pihole")


def test_status_json(binary, work):
    report = json.loads(run([binary, "--demo", "status", "--json"]).expect(0).out)
    check(set(report) >= {"at", "cluster", "version", "quorate", "simulated", "nodes", "guests", "storages", "blind"}, f"keys: {sorted(report)}")
    check(report["simulated"] is True and report["cluster"] == "homelab" and report["quorate"] is True, f"{report}")
    check_match(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$", report["at"])
    check(sorted(node["name"] for node in report["nodes"]) == ["agent", "backup", "home", "pve"], f"{report['nodes']}")
    pihole = [guest for guest in report["guests"] if guest["vmid"] == 102]
    check(len(pihole) == 1 and pihole[0]["name"] == "pihole" and pihole[0]["node"] == "agent", f"{pihole}")
    check(0 <= pihole[0]["cpu"] <= 1 and pihole[0]["memory_used"] < pihole[0]["memory_total"], f"{pihole}")


def test_ask(binary, work):
    result = run([binary, "--demo", "ask", "please look whether everything is ok"]).expect(0, out=r"4 nodes of homelab are online", err=r"\[DEMO · claude .* · \$0\.\d+\]")
    check_match(r"tank on pve", result.out)
    # The question may come from standard input, and the words need no quotes.
    run([binary, "--demo", "ask"], stdin="which guests are stopped?").expect(0, out=r"win11")
    run([binary, "--demo", "ask", "what", "is", "ZFS", "ARC?"]).expect(0, out=r"cache", err=r"\[DEMO · qwen .*\$0\]")
    run([binary, "--demo", "ask", "--route", "claude", "what is ZFS ARC?"]).expect(0, out=r"(?i)cache", err=r"\[DEMO · claude ")


def test_ask_json(binary, work):
    answer = json.loads(run([binary, "--demo", "ask", "--json", "please look whether everything is ok"]).expect(0).out)
    check(answer["state"] == "complete" and answer["route"] == "claude" and answer["cost_micro_usd"] > 0, f"{answer}")
    check(answer["tokens_in"] > 0 and answer["tokens_out"] > 0 and answer["reason"], f"{answer}")
    check({tool["state"] for tool in answer["tools"]} == {"done"} and {tool["tier"] for tool in answer["tools"]} == {"GREEN"}, f"{answer}")
    check("tank" in answer["text"], f"{answer}")


def test_ask_on_a_terminal(binary, work):
    """Plain text there, Markdown in a pipe."""
    with Terminal() as terminal:
        terminal.run(f"{binary} --demo ask 'is everything ok?' --route claude")
        text = terminal.wait(r"\[DEMO · claude")
        check_match(r"4 nodes of homelab are online", text)
        check_no_match(r"\*\*", text)
        check(terminal.exit_code() == 0, "not 0")


def test_ask_is_interrupted(binary, work):
    """Ctrl-C: the turn stops, the exit code says so, nothing is left behind."""
    with Terminal() as terminal:
        terminal.run(f"{binary} --demo ask --route qwen 'what is ZFS ARC, and what is a zvol, and what is a snapshot?'")
        pid = terminal.pid()
        # Its throw-away database is there: the engine runs.
        terminal.until(lambda: [name for name in os.listdir(work) if name.startswith("jarvis-")], 10, "no engine started")
        terminal.key("C-c")
        terminal.wait(r"interrupted; the turn was stopped", 10)
        check(terminal.exit_code() == 130, "not 130")
        check(not os.path.exists(f"/proc/{pid}"), "it still runs")
        check(not [name for name in os.listdir(work) if name.startswith("jarvis-")], f"left behind: {os.listdir(work)}")
        terminal.check_sane()


def test_init_is_interrupted_in_a_secret(binary, work):
    """Ctrl-C while the token is typed: the terminal shows again what is typed."""
    with SimulatedCluster(binary) as cluster, Terminal() as terminal:
        for key in ("C-c", None):
            terminal.run(f"{binary} init --address {cluster.url}")
            terminal.wait(r"(?m)\[y/N\]: *$")
            terminal.run("y")
            terminal.wait(r"(?m)API token \(USER@REALM!ID=UUID\): *$")
            terminal.until(lambda: "-echo " in terminal_flags(terminal), 10, "the secret would be shown")
            if key:
                terminal.key(key)
            else:
                os.kill(terminal.pid(), signal.SIGTERM)
            terminal.wait_prompt()
            check(terminal.exit_code() == (130 if key else 143), f"exit code after {key or 'SIGTERM'}")
            terminal.check_sane()
            terminal.key("C-l")
            terminal.until(lambda: terminal.text().strip() == "$", 20, "the shell did not clear its screen")


def terminal_flags(terminal):
    """The line modes in words, as another process sees them."""
    return subprocess.run(["stty", "-a", "-F", terminal.format("pane_tty")], capture_output=True, text=True).stdout.replace(";", " ") + " "


def test_action_without_a_screen_is_refused(binary, work):
    result = run([binary, "--demo", "ask", "restart pihole"]).expect(5, err=r"refused: reboot_guest pihole \(102\) on agent \(RED\)")
    check_no_match(r"(?i)\bverified\b|was rebooted", result.out)
    answer = json.loads(run([binary, "--demo", "ask", "--json", "restart pihole"]).expect(5).out)
    refused = [tool for tool in answer["tools"] if tool["tool"] == "reboot_guest"]
    check(refused and refused[0]["state"] == "refused" and refused[0]["tier"] == "RED", f"{answer}")


def test_no_configuration(binary, work):
    run([binary, "status"]).expect(3, err=r"no cluster is configured[\s\S]*jarvis-tui init[\s\S]*jarvis-tui demo")
    run([binary, "ask", "hello"]).expect(3, err=r"no cluster and no model is configured[\s\S]*jarvis-tui init")
    run([binary, "unfreeze"]).expect(0, out=r"Nothing was frozen")
    text = run([binary, "route", "hello"]).expect(0, out=r"No model is configured[\s\S]*it would be:\nqwen: talk").out
    check_no_match(r"qwen \(", text)
    check(json.loads(run([binary, "route", "--json", "hello"]).expect(0).out)["configured"] is False, "it is configured")
    check(not os.path.exists(f"{work}/.local"), "a data directory was made for nothing")
    run([binary, "doctor"]).expect(3, out=r"✗ configuration +nothing is configured[\s\S]*jarvis-tui init")
    run([binary, "status", "--config", f"{work}/absent.yaml"]).expect(3, err=r"absent\.yaml[\s\S]*not there")


def test_screen_without_configuration(binary, work):
    """Somebody starts it before `init`: it says what is missing, and what can be done about it."""
    with Jarvis(binary) as screen:
        screen.ready()
        text = screen.wait(r"no cluster configured")
        check_match(r"jarvis-tui init. connects one", text)
        check_no_match(r"connecting|waiting for the cluster|LOST", text)
        text = screen.ask("/status", r"COMMAND[\s\S]*(no cluster|not configured|jarvis-tui init)")
        check_no_match(r"LOST", text)
        screen.ask("hello", r"No model can answer now")
        screen.quit()
        screen.check_sane()


def test_unknown_key(binary, work):
    path = write_config(work, "cluster:\n  nodes:\n    - https://127.0.0.1:8006\n  tokn: abc\n")
    for command in (["status"], ["ask", "hello"], ["screen"]):
        run([binary, *command]).expect(3, err=rf"{re.escape(path)}, line 4[\s\S]*unknown key 'tokn'[\s\S]*token")
    write_config(work, "screen:\n\ttheme: x\n")
    run([binary, "status"]).expect(3, err=r"line \d+[\s\S]*YAML")
    write_config(work, "screen:\n  theme: tronn\n")
    with Jarvis(binary) as screen:
        check_match(r"tronn", screen.wait(r"(?m)^jarvis-tui: could not"))
        check(screen.exit_code() == 3, "a theme that is not there is a matter of configuration")


def test_broken_files_are_told_before_the_screen_opens(binary, work):
    """Configuration and policy: exit 3 on a plain terminal, which the screen never took."""
    policy = f"{work}/.config/jarvis/policy.yaml"
    token = "a@pve!b=11111111-2222-3333-4444-555555555555"
    for config, rules, words in (
        ("screen:\n  theme: tron\n", "tools:\n  start_gest: red\n", r"policy\.yaml[\s\S]*start_gest"),
        (f'cluster:\n  nodes:\n    - https://127.0.0.1:8006\n  token: "rubbish"\n', "", r"token|USER@REALM"),
        (f'cluster:\n  nodes:\n    - https://127.0.0.1:8006\n  tokn: "{token}"\n', "", r"unknown key 'tokn'"),
    ):
        write_config(work, config)
        with open(policy, "w") as file:
            file.write(rules)
        os.chmod(policy, 0o600)
        result = run([binary, "screen"]).expect(3, err=words)
        check_no_match(r"\x1b", result.out + result.err, "what a script gets")
        with Terminal() as terminal:
            terminal.run(binary)
            terminal.wait(r"(?m)^jarvis-tui: could not")
            check(not terminal.alternate(), "the screen was opened")
            check_no_match(r"J A R V I S|╭ 1", terminal.history())
            check(terminal.exit_code() == 3, "not 3")


def test_options_in_front(binary, work):
    """Every command takes them there; a named file that is not there is never passed over."""
    absent = f"{work}/absent.yaml"
    for command in (["audit", "verify"], ["approvals"], ["freeze", "--reason", "x"], ["unfreeze"], ["maintenance", "list"],
                    ["cost"], ["memory", "list"], ["route", "hi"], ["explain", "ls"]):
        run([binary, "--config", absent, *command]).expect(3, err=r"absent\.yaml[\s\S]*not there")
    run([binary, "--config", absent, "doctor"]).expect(3, out=r"✗ configuration .*not there.*absent\.yaml")
    run([binary, "--demo", "--config", absent, "status"]).expect(2, err=r"--demo reads no configuration")
    check(not os.path.exists(f"{work}/.local"), "a data directory was made for nothing")


def test_demo_of_every_command(binary, work):
    """On throw-away data: nothing of it is left, and the operator's own is not touched."""
    demo = r"DEMO: throw-away data"
    run([binary, "--demo", "freeze", "--reason", "storm", "--for", "1h"]).expect(0, out=r"Frozen until .*: storm", err=demo)
    run([binary, "--demo", "unfreeze"]).expect(0, out=r"Nothing was frozen", err=demo)
    run([binary, "--demo", "audit", "verify"]).expect(0, out=r"The audit holds: 0 rows", err=demo)
    run([binary, "audit", "--demo", "export"]).expect(0, out=r'"head"')
    run([binary, "--demo", "approvals"]).expect(0, out=r"Nobody was asked")
    run([binary, "--demo", "approvals", "show", "1"]).expect(1, err=r"nobody was asked under that number")
    items = json.loads(run([binary, "--demo", "maintenance", "pihole", "--for", "2h", "--json"]).expect(0).out)["items"]
    check(len(items) == 1 and items[0]["target"] == "102" and items[0]["until"], f"{items}")
    run([binary, "--demo", "maintenance", "list"]).expect(0, out=r"Nothing is in maintenance")
    run([binary, "--demo", "memory", "list"]).expect(0)
    run([binary, "memory", "--demo", "add", "tank is the big pool"]).expect(0, out=r"\w+")
    run([binary, "--demo", "cost"]).expect(0, out=r"today +(US)?\$0")
    run([binary, "--demo", "explain", "ls"]).expect(0, out=r"GREEN")
    run([binary, "--demo", "route", "restart pihole"]).expect(0, out=r"^claude")
    left = [name for name in os.listdir(work) if name != "e2e"]
    check(not left, f"left behind: {left}")


def test_freeze_needs_a_reason(binary, work):
    run([binary, "freeze", "--reason", ""]).expect(2, err=r"--reason is empty")
    run([binary, "freeze", "--reason", "  "]).expect(2, err=r"--reason is empty")
    run([binary, "freeze", "--reason", "new disks"]).expect(0, out=r"Frozen until `jarvis-tui unfreeze`: new disks")
    run([binary, "unfreeze"]).expect(0, out=r"^Lifted")
    report = json.loads(run([binary, "unfreeze", "--json"]).expect(0).out)
    check(report == {"frozen": False, "lifted": False, "reason": None, "replaced": None, "since": None, "until": None}, f"{report}")


def test_ask_takes_text_of_a_bounded_length(binary, work):
    for stdin, words in ((b"\x7fELF\x00\x01", r"no text"), (b"\xff\xfe\xfa", r"no text"), (b"a" * 200_001, r"longer than 200000 bytes")):
        done = subprocess.run([binary, "--demo", "ask"], input=stdin, capture_output=True, timeout=20)
        text = done.stderr.decode()
        check(done.returncode == 2 and re.search(words, text), f"{done.returncode}: {text}")
    run([binary, "--demo", "ask", *["word " * 20_000] * 3]).expect(2, err=r"longer than 200000 bytes[\s\S]*tail")


def test_ask_for_an_action_of_a_model_that_may_not_act(binary, work):
    result = run([binary, "--demo", "ask", "--route", "qwen", "restart grafana"]).expect(5, err=r"refused: reboot_guest grafana")
    check_match(r"type `?/reboot grafana", result.out)
    check_no_match(r"(?i)\bverified\b|was rebooted", result.out)


def test_refusals_name_tier_and_rule(binary, work):
    result = run([binary, "--demo", "exec", "pve", "systemctl", "restart", "chrony"]).expect(5, err=r"it is YELLOW \(")
    check_no_match(r"run_command", result.err)
    run([binary, "--demo", "explain", "touch /etc/jarvis/x"]).expect(0, out=r"^BLACK  .*belongs to Jarvis itself")


def test_secrets_readable_by_others(binary, work):
    path = write_config(work, 'cluster:\n  nodes:\n    - https://127.0.0.1:8006\n  token: "a@pve!b=11111111-2222-3333-4444-555555555555"\n', mode=0o644)
    result = run([binary, "status"]).expect(3, err=rf"others can read this file[\s\S]*chmod 600 {re.escape(path)}")
    check_no_match(r"11111111", result.err)
    run([binary, "doctor"]).expect(3, out=r"✗ configuration[\s\S]*chmod 600")


def test_unwritable_data_directory(binary, work):
    with open(f"{work}/a-file", "w"):
        pass
    local_config(work, "http://127.0.0.1:9")
    # A file where the directory should be: that stops root, too.
    run([binary, "ask", "hello"], environment={"JARVIS_DATA": f"{work}/a-file/data"}).expect(3, err=rf"{re.escape(work)}/a-file")
    with Jarvis(binary, environment={"JARVIS_DATA": f"{work}/a-file/data"}) as screen:
        check_match(r"could not", screen.wait(r"a-file"))
        screen.key("C-q")
        screen.wait_prompt()
        check(screen.exit_code() == 3, "not 3")
        screen.check_sane()
    if os.geteuid() == 0:
        return "as root: a directory without the right to write could not be tried"
    os.makedirs(f"{work}/locked", mode=0o500)
    run([binary, "ask", "hello"], environment={"JARVIS_DATA": f"{work}/locked/data"}).expect(3, err=r"locked")


def test_data_directory_of_a_running_engine(binary, work):
    local_config(work, "http://127.0.0.1:9")
    with Jarvis(binary) as screen:
        screen.ready()
        pid = screen.pid()
        run([binary, "ask", "hello"]).expect(3, err=rf"another Jarvis \(process {pid}\) owns it[\s\S]*kill {pid}")
        with Jarvis(binary) as second:
            second.wait(rf"process {pid}")
            second.key("C-q")
            second.check_sane()
        # The first one has not noticed.
        screen.ask("/help", r"/remember TEXT")
        screen.quit()
    run([binary, "ask", "hello"]).expect(4, out=r"Qwen")


def test_doctor(binary, work):
    text = run([binary, "--demo", "doctor"]).expect(0).out
    for name in ("configuration", "cluster", "rights", "claude", "local model", "prices", "database", "clock", "terminal"):
        check_match(rf"(?m)^✓ {name} ", text)
    report = json.loads(run([binary, "--demo", "doctor", "--json"]).expect(0).out)
    check(report["simulated"] is True, f"{report}")
    items = report["items"]
    check(all(set(item) == {"name", "verdict", "text", "cure"} for item in items), f"{items}")
    check({item["verdict"] for item in items} == {"ok"}, f"{items}")
    # Something wrong: one line more, its cure, and the exit code of its kind.
    local_config(work, "http://127.0.0.1:9")
    result = run([binary, "doctor"]).expect(4, out=r"✗ local model +\S[\s\S]*→ ")
    check_match(r"(?m)^! cluster +none is configured\n +→ run `jarvis-tui init`", result.out)


def answers(*lines):
    return "\n".join(lines) + "\n"


def test_init_demo_writes_nothing(binary, work):
    with SimulatedCluster(binary) as cluster:
        result = run([binary, "--demo", "init", "--address", cluster.url], stdin=answers("y", cluster.token, "n", "n", "", ""))
        result.expect(0, out=r"cluster:\n  nodes:\n", err=r"DEMO: nothing is written")
        check("‹secret›" in result.out and cluster.token not in result.out, f"the token is shown: {result}")
    check(not os.path.exists(f"{work}/.config"), "it wrote a configuration")


def test_init_connects_a_cluster(binary, work):
    """The whole way of a newcomer: address, certificate, token, authority, configuration, status, doctor, question."""
    with SimulatedCluster(binary) as cluster:
        result = run([binary, "init", "--address", cluster.url], stdin=answers("y", cluster.token, "y", "", ""))
        result.expect(0, err=r"Connected to homelab, Proxmox VE")
        for words in (r"SHA-256 +([0-9A-F]{2}:){31}", r"pvenode cert info", r"Nodes: .*pve", r"certificate authority", r"Written: .*config\.yaml"):
            check_match(words, result.err)
        path = f"{work}/.config/jarvis/config.yaml"
        check(stat.S_IMODE(os.stat(path).st_mode) == 0o600, f"mode {oct(os.stat(path).st_mode)}")
        check_match(r"BEGIN CERTIFICATE", open(path).read())
        run([binary, "status"]).expect(0, out=r"^homelab · Proxmox VE")
        run([binary, "doctor"]).expect(0, out=r"(?m)^✓ cluster +homelab[\s\S]*^✓ rights")
        run([binary, "ask", "is everything ok?"]).expect(0, out=r"4 of 4 nodes online")
        # A second time it asks before it replaces, and keeps the old one.
        again = answers("y", cluster.token, "n", "n", "", "", "n")
        run([binary, "init", "--address", cluster.url], stdin=again).expect(1, err=r"you kept the old one")
        check_match(r"BEGIN CERTIFICATE", open(path).read())
        run([binary, "init", "--address", cluster.url], stdin=again[:-2] + "y\n").expect(0, err=r"Written")
        check_match(r"BEGIN CERTIFICATE", open(path + ".before").read())
        check_match(r"fingerprint:", open(path).read())
        run([binary, "status"]).expect(0, out=r"^homelab · Proxmox VE")


def test_init_without_consent(binary, work):
    with SimulatedCluster(binary) as cluster:
        run([binary, "init", "--address", cluster.url], stdin=answers("n")).expect(5, err=r"certificate is not trusted[\s\S]*nothing was sent")
        run([binary, "init", "--address", cluster.url], stdin=answers("")).expect(5, err=r"nothing was sent")
        run([binary, "init", "--address", cluster.url]).expect(2, err=r"standard input has ended")
    check(not os.path.exists(f"{work}/.config"), "it wrote a configuration")


def test_init_with_wrong_tokens(binary, work):
    with SimulatedCluster(binary) as cluster:
        wrong = cluster.token[:-1] + ("0" if cluster.token[-1] != "0" else "1")
        result = run([binary, "init", "--address", cluster.url], stdin=answers("y", "rubbish", wrong, wrong))
        result.expect(3, err=r"not an API token|USER@REALM")
        check(len(re.findall(r"(?m)API token \(USER@REALM!ID=UUID\):", result.err)) == 3, f"asked not three times: {result}")
        check_match(r"Authentication failed!", result.err)
        check_no_match(re.escape(wrong.split("=")[1]), result.err, "a complaint")
        # Two wrong ones are forgiven.
        run([binary, "init", "--address", cluster.url], stdin=answers("y", "rubbish", wrong, cluster.token, "n", "n", "", "")).expect(0, err=r"Written")


def test_init_where_nobody_answers(binary, work):
    run([binary, "init", "--address", "127.0.0.1:9"]).expect(4, err=r"could not read the certificate of https://127\.0\.0\.1:9")
    run([binary, "init", "--address", "http://127.0.0.1:9"]).expect(2, err=r"https")
