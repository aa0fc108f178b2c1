"""A TLS server on loopback for tests. Usage: tls_server.py CERTIFICATE KEY [h2]

Prints one event a line: "port N", "connection", "handshake", "request PATH", "closed BYTES" (bytes of HTTP read).
Reads commands: "certificate CERTIFICATE KEY" shows another certificate to later connections. Ends with its input.
With "h2" it agrees on HTTP/2 and answers each request with 200 and "hello over h2".
"""
import socket
import ssl
import sys
import threading

lock = threading.Lock()


def say(*words):
    with lock:
        print(*words, flush=True)


def context(certificate, key):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    made.set_alpn_protocols(["h2", "http/1.1"] if speaks_h2 else ["http/1.1"])
    return made


def serve_plain(connection):
    total, buffered = 0, b""
    try:
        while True:
            while b"\r\n\r\n" not in buffered:
                piece = connection.recv(65536)
                if not piece:
                    return total
                total += len(piece)
                buffered += piece
            head, buffered = buffered.split(b"\r\n\r\n", 1)
            say("request", head.split(b" ")[1].decode())
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
    except OSError:
        return total


def frame(kind, flags, stream, payload):
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def serve_h2(connection):
    """The least of RFC 9113 that a client needs: settings, and for each HEADERS a `:status: 200` and some DATA."""
    total = 0

    def exactly(count):
        nonlocal total
        found = b""
        while len(found) < count:
            piece = connection.recv(count - len(found))
            if not piece:
                raise EOFError
            found += piece
            total += len(piece)
        return found

    try:
        exactly(24)
        connection.sendall(frame(4, 0, 0, b""))
        while True:
            header = exactly(9)
            exactly(int.from_bytes(header[:3], "big"))
            kind, flags, stream = header[3], header[4], int.from_bytes(header[5:], "big")
            if kind == 4 and not flags & 1:
                connection.sendall(frame(4, 1, 0, b""))
            elif kind == 1:
                say("request", "stream", stream)
                connection.sendall(frame(1, 4, stream, b"\x88") + frame(0, 1, stream, b"hello over h2"))
    except (EOFError, OSError):
        return total


def serve(raw):
    say("connection")
    total = 0
    try:
        with current.wrap_socket(raw, server_side=True) as connection:
            say("handshake")
            total = serve_h2(connection) if connection.selected_alpn_protocol() == "h2" else serve_plain(connection)
    except OSError:
        pass
    finally:
        raw.close()
        say("closed", total)


def accept():
    while True:
        raw, _ = listener.accept()
        threading.Thread(target=serve, args=(raw,), daemon=True).start()


speaks_h2 = sys.argv[3:] == ["h2"]
current = context(sys.argv[1], sys.argv[2])
listener = socket.create_server(("127.0.0.1", 0))
say("port", listener.getsockname()[1])
threading.Thread(target=accept, daemon=True).start()
for line in sys.stdin:
    words = line.split()
    if words[:1] == ["certificate"]:
        current = context(words[1], words[2])
        say("changed")
