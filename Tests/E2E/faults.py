"""What goes wrong outside: each time a clear message, a sane terminal, and no lost conversation."""
import os
import re
import shlex
import signal
import subprocess

from checks import Skipped, check, check_match, check_no_match, run
from jarvis import BUSY, Jarvis
from servers import ModelServer, TLSServer, certificate, free_port
from worlds import SimulatedCluster, cluster_config, local_config


def test_paste_of_a_megabyte(binary, work):
    with open(f"{work}/paste", "w") as file:
        while file.tell() < 1 << 20:
            file.write(f"line {file.tell()} of a log that nobody should paste y Y n \n")
    with Jarvis.demo(binary) as screen:
        screen.paste(f"{work}/paste")
        check_match(r"pasted in part: [\d,]+ characters beyond the limit of 16,000 were left out", screen.wait(r"pasted in part", 10))
        screen.check_frame(160, 45)
        # Pasted text is text: no line of it was sent, no key of it did anything.
        check_no_match(r"▌(CLAUDE|QWEN|COMMAND)▐", screen.text())
        screen.key("C-c")
        screen.wait(r"input cleared")
        screen.ask("/status", r"homelab: quorate")
        # What fits is sent whole.
        with open(f"{work}/paste", "w") as file:
            file.write("is everything ok?\n" + "x" * 12_000 + "\nend-of-paste")
        screen.paste(f"{work}/paste")
        screen.wait(r"end-of-paste", 10)
        check_no_match(r"is everything ok\?", screen.text())
        screen.key("Enter")
        screen.wait(r"❯  message")
        screen.answer(r"4 (of 4 nodes online|nodes of homelab are online)")
        screen.quit()
        screen.check_sane()


# More than what is held back of a first answer, in case it turns out to be a thought (ThinkStripper.holdBack).
OPENING = "It goes round the earth, and the tides go with it. " * 6 + "The moon is a harsh"


def test_kill_9_in_mid_answer(binary, work):
    with ModelServer(OPENING, "hold", "mistress.") as model:
        local_config(work, model.url)
        with Jarvis(binary) as screen:
            screen.ready()
            screen.send("tell me about the moon")
            screen.wait(r"QWEN[\s\S]*The moon is a harsh")
            screen.write("and then?")
            screen.key("Enter")
            screen.wait(r"and then\?[\s\S]*queued|queued[\s\S]*and then\?")
            database = f"{work}/.local/share/jarvis"
            # What is shown goes to the disk within two seconds.
            screen.until(lambda: b"a harsh" in read_all(database), 10, "the answer so far is not on the disk")
            os.kill(screen.pid(), signal.SIGKILL)
        model.release()
        model.plan = ["It is grey."]
        with Jarvis(binary) as screen:
            text = screen.wait(r"tell me about the moon[\s\S]*The moon is a harsh[\s\S]*and then\?")
            check_match(r"(?i)a harsh[\s\S]*(interrupted|stopped|cut)", text)
            check_no_match(r"mistress", text)
            # The conversation goes on where it was.
            screen.ask("which colour?", r"It is grey\.")
            check(any("which colour?" in question for question in model.questions), f"{model.questions}")
            screen.quit()
            screen.check_sane()


def read_all(folder):
    """All bytes of the files of a folder."""
    content = b""
    for name in os.listdir(folder):
        try:
            with open(os.path.join(folder, name), "rb") as file:
                content += file.read()
        except OSError:
            pass
    return content


def test_conversation_survives_a_normal_end(binary, work):
    with ModelServer("Cheese, mostly.") as model:
        local_config(work, model.url)
        with Jarvis(binary) as screen:
            screen.ready()
            screen.ask("what is the moon made of?", r"Cheese, mostly\.")
            screen.quit()
        with Jarvis(binary) as screen:
            text = screen.wait(r"what is the moon made of\?[\s\S]*QWEN[\s\S]*Cheese, mostly\.")
            check_no_match(r"interrupted", text)


def test_stopped_answer_is_kept(binary, work):
    with ModelServer(OPENING, "hold", "mistress.") as model:
        local_config(work, model.url)
        with Jarvis(binary) as screen:
            screen.ready()
            screen.send("tell me about the moon")
            screen.wait(r"The moon is a harsh[\s\S]*" + BUSY)
            screen.key("Escape")
            text = screen.wait(r"interrupted", 5)
            check_no_match(r"could not", text)
            screen.quit()
        with Jarvis(binary) as screen:
            screen.wait(r"tell me about the moon[\s\S]*The moon is a harsh[\s\S]*interrupted")


def test_model_is_down(binary, work):
    local_config(work, f"http://127.0.0.1:{free_port()}")
    with Jarvis(binary) as screen:
        screen.ready()
        screen.wait(r"qwen ▲")
        text = screen.ask("what is ZFS?", r"No model can answer now")
        check_match(r"Qwen unreachable", text)
        check_match(r"/help", text)
        screen.ask("/help", r"/remember TEXT")
        screen.quit()
        screen.check_sane()


def test_model_comes_and_goes(binary, work):
    with ModelServer(OPENING + " mistr", "cut") as model:
        local_config(work, model.url)
        with Jarvis(binary) as screen:
            screen.ready()
            text = screen.ask("tell me about the moon", r"QWEN[\s\S]*a harsh mistr\b[\s\S]*Qwen failed: the stream was cut")
            check_match(r"■ failed", text)
            model.plan = ["Nice indeed."]
            screen.ask("again", r"Nice indeed\.")
            screen.quit()
            screen.check_sane()


def test_model_never_answers(binary, work):
    with ModelServer("hold") as model:
        local_config(work, model.url)
        with Jarvis(binary) as screen:
            screen.ready()
            screen.send("are you there?")
            check(model.held.wait(10), "the model was not asked")
            # Time goes by on the screen, keys are taken, and Esc ends it.
            screen.wait(r"… (?:[2-9]|1\d) s, Esc stops")
            screen.write("meanwhile")
            screen.key("Escape")
            screen.wait_gone(BUSY, 5)
            screen.wait(r"interrupted; what was shown stays", 5)
            check("meanwhile" in screen.input(), "what was typed is gone")
            screen.key("C-u")
            model.plan = ["Here I am."]
            screen.ask("and now?", r"Here I am\.")


def test_cluster_is_down_at_start(binary, work):
    url = f"https://127.0.0.1:{free_port()}"
    cluster_config(work, url, fingerprint=":".join(["AB"] * 32))
    run([binary, "status"]).expect(4, err=rf"{url.removeprefix('https://')}[\s\S]*refused")
    run([binary, "doctor"]).expect(4, out=r"✗ cluster +\S[\s\S]*→ ")
    with Jarvis(binary) as screen:
        screen.ready()
        screen.wait(r"LOST")
        text = screen.ask("/status", r"COMMAND")
        check_match(r"refused|cannot be reached|unreachable", text)
        check_no_match(r"\d of \d nodes online|quorate,", text)
        screen.ask("/start 102", r"(refused|unreachable|not be reached)[\s\S]*/start 102[\s\S]*(refused|unreachable|reached)")
        check_no_match(r"APPROVAL \d+ ═", screen.text())
        screen.quit()
        screen.check_sane()


def test_cluster_is_lost_and_the_figures_say_so(binary, work):
    with SimulatedCluster(binary) as cluster:
        run([binary, "init", "--address", cluster.url], stdin="\n".join(["y", cluster.token, "y", "", ""]) + "\n").expect(0)
        with Jarvis(binary, environment={"JARVIS_PVE_POLL": "2"}) as screen:
            text = screen.wait(r"102 pihole[\s\S]*via \w+ ✓")
            check_no_match(r"DEMO", text)
            cluster.stop()
            text = screen.wait(r"LOST", 20)
            # The last picture stays, marked as old; nothing reads zero.
            check_match(r"102 pihole", text)
            text = screen.ask("/status", r"/status[\s\S]*COMMAND")
            check_no_match(r"0 of 4 nodes", text)
            screen.quit()
            screen.check_sane()


def test_certificate_is_another(binary, work):
    _, _, pinned = certificate(work, "the-real-one")
    cert, key, presented = certificate(work, "the-other-one")
    with TLSServer(cert, key) as server:
        cluster_config(work, server.url, pinned)
        result = run([binary, "status"]).expect(3, err=r"shows another certificate[\s\S]*the token was not sent")
        check_match(re.escape(presented[:23]), result.err, "the complaint")
        run([binary, "doctor"]).expect(3, out=r"(?i)✗ cluster .*(certificate|fingerprint)")
        with Jarvis(binary) as screen:
            screen.ready()
            screen.wait(r"LOST")
            text = screen.ask("/status", r"COMMAND")
            check_match(r"(?i)certificate|fingerprint", text)
            screen.quit()
        check(server.greeted.is_set(), "nobody came: the test proves nothing")
        check(server.heard == b"", f"a stranger was told {server.heard[:200]!r}")
        # With the right pin the same host is believed, and hears the token.
        cluster_config(work, server.url, presented)
        threadless = subprocess.Popen([binary, "status"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with_token = lambda: b"PVEAPIToken" in server.heard
            wait_until(with_token, 10, "the pinned host was not asked: the test proves nothing")
        finally:
            threadless.kill()
            threadless.wait()


def wait_until(condition, seconds, message):
    import time

    end = time.monotonic() + seconds
    while not condition():
        check(time.monotonic() < end, message)
        time.sleep(0.03)


def test_certificate_of_nobody_known(binary, work):
    """Neither publicly valid nor pinned: it is not asked."""
    cert, key, _ = certificate(work, "stranger")
    with TLSServer(cert, key) as server:
        cluster_config(work, server.url)
        run([binary, "status"]).expect(3, err=r"certificate[\s\S]*jarvis-tui init[\s\S]*the token was not sent")
        check(server.greeted.is_set() and server.heard == b"", f"heard {server.heard[:200]!r}")


def test_disk_full(binary, work):
    namespace = ["unshare", "--map-root-user", "--mount"]
    data = f"{work}/small-disk"
    os.makedirs(data)
    mount = f"mount -t tmpfs -o size=4m tmpfs {shlex.quote(data)}"
    if subprocess.run(namespace + ["sh", "-c", mount], capture_output=True).returncode != 0:
        raise Skipped("a small file system cannot be mounted here (needs root or user namespaces)")
    with ModelServer("All is calm.") as model:
        local_config(work, model.url)
        with Jarvis("env", environment={"JARVIS_DATA": f"{data}/jarvis"}) as screen:
            screen.wait_prompt()
            screen.run("clear; exec " + shlex.join(namespace + ["sh", "-c", mount + " && exec bash --norc --noprofile"]))
            screen.wait(r"\A\$\s*\Z")
            screen.run(shlex.quote(binary))
            screen.ready()
            screen.ask("how are you?", r"All is calm\.")
            inside = f"/proc/{screen.pid()}/root{data}/filler"
            fill(inside)
            model.plan = ["Still calm. " + "calm " * 2_000]
            screen.send("and now?")
            text = screen.wait(r"could not be stored: [\s\S]*is full[\s\S]*free some space", 15)
            check_match(r"calm", text)
            # Once there is room again, it goes on without a restart.
            os.remove(inside)
            model.plan = ["Room again."]
            screen.ask("better?", r"Room again\.")
            fill(inside)
            screen.key("C-q")
            screen.until(lambda: not screen.alternate(), 15, "it does not end on a full disk")
            # A start on a full disk says what is the matter.
            screen.key("C-l")
            screen.run(f"{shlex.quote(binary)} ask hello; echo code=$?")
            text = screen.wait(r"(?m)^code=\d+")
            check_match(r"(?i)full|space", text)
            check_match(r"(?m)^code=[134]$", text)
            check_no_match(r"Fatal error", text)


def fill(path):
    """Writes until the file system takes no more."""
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                pass
