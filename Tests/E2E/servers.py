"""Servers on loopback that behave as a test tells them to: a local model, and a TLS host that is not who it should be."""
import http.server
import json
import os
import socket
import ssl
import subprocess
import threading


class Quiet(http.server.ThreadingHTTPServer):
    """Says nothing on standard error when a client goes away in the middle."""
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


class ModelServer:
    """An OpenAI-compatible server. `plan` is a list of steps for each answer: a text is streamed, "cut" ends the connection in
    the middle, "hold" waits until `release` is called. The plan may be changed between two answers."""

    def __init__(self, *plan):
        self.plan = list(plan)
        self.questions = []
        self.held = threading.Event()
        self.released = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                if self.path == "/health":
                    self.whole({"status": "ok"})
                elif self.path == "/v1/models":
                    self.whole({"object": "list", "data": [{"id": "qwen-test", "object": "model", "owned_by": "e2e", "max_model_len": 8192}]})
                else:
                    self.whole({"error": {"message": "no such path"}}, 404)

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers.get("content-length", "0"))))
                if self.path != "/v1/chat/completions":
                    return self.whole({"error": {"message": "no such path"}}, 404)
                outer.questions.append(body["messages"][-1]["content"])
                outer.answer(self)

            def whole(self, value, status=200):
                data = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.release()
        self.server.shutdown()
        self.server.server_close()

    def release(self):
        self.released.set()

    def answer(self, handler):
        started = False

        def chunk(data):
            handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            handler.wfile.flush()

        def event(delta, finish=None, usage=None):
            value = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "qwen-test",
                     "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
            if usage:
                value["usage"] = usage
            chunk(b"data: " + json.dumps(value).encode() + b"\n\n")

        def start():
            nonlocal started
            if not started:
                started = True
                handler.send_response(200)
                handler.send_header("content-type", "text/event-stream")
                handler.send_header("transfer-encoding", "chunked")
                handler.end_headers()

        for step in list(self.plan):
            if step == "cut":
                handler.close_connection = True
                handler.connection.shutdown(socket.SHUT_RDWR)
                return
            if step == "hold":
                self.held.set()
                self.released.wait(60)
                continue
            start()
            for word in step.split(" "):
                event({"content": word + " "})
        start()
        event({}, "stop", {"prompt_tokens": 20, "completion_tokens": 10, "total_tokens": 30})
        chunk(b"data: [DONE]\n\n")
        handler.wfile.write(b"0\r\n\r\n")


def free_port():
    """A loopback port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(work, name):
    """A throw-away certificate made by openssl: (certificate file, key file, SHA-256 as Proxmox shows it)."""
    cert, key = os.path.join(work, name + ".pem"), os.path.join(work, name + ".key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={name}",
         "-keyout", key, "-out", cert],
        check=True, capture_output=True)
    with open(cert) as file:
        der = ssl.PEM_cert_to_DER_cert(file.read())
    import hashlib

    return cert, key, ":".join(f"{byte:02X}" for byte in hashlib.sha256(der).digest())


class TLSServer:
    """A TLS host with one certificate; records every byte that a client entrusted to it."""

    def __init__(self, cert, key):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        self.greeted = threading.Event()
        self.heard = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self.listener.getsockname()[1]}"
        self.context = context
        threading.Thread(target=self.serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.meet, args=(client,), daemon=True).start()

    def meet(self, client):
        try:
            self.greeted.set()
            client.settimeout(10)
            with self.context.wrap_socket(client, server_side=True) as secure:
                while data := secure.recv(4096):
                    self.heard += data
        except OSError:
            pass
