#!/usr/bin/env python3
"""llama.cpp's own HTTP server on a loopback port, with a tiny model of random weights.

The model's text is noise (with broken UTF-8 in it): it proves the wire, not the answers. Prints one JSON line
{"url": ..., "model": ..., "n_ctx": ...} when the server is ready and ends when standard input ends.
Needs the packages xllamacpp, gguf and numpy (venv.sh).
"""

import argparse
import json
import os
import sys
import tempfile
import time
import urllib.error
import urllib.request

BLOCKS, WIDTH, HEADS, FEED_FORWARD = 2, 64, 4, 128
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def byte_alphabet():
    """The 256 characters that stand for bytes in a GPT-2 byte-level vocabulary, in byte order."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


def write_model(path, context, seed):
    import gguf
    import numpy

    random = numpy.random.default_rng(seed)

    def weights(*shape):
        return (random.standard_normal(shape) * 0.2).astype(numpy.float32)

    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_name("jarvis-test-noise")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(BLOCKS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(10_000.0)

    tokens = byte_alphabet() + SPECIALS
    kinds = [gguf.TokenType.NORMAL] * 256 + [gguf.TokenType.CONTROL] * len(SPECIALS)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    # One merge that never applies: the loader wants the list, a byte-level vocabulary has none.
    writer.add_token_merges(["\u0100 \u0101"])
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_pad_token_id(tokens.index("<|endoftext|>"))
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)

    size = len(tokens)
    writer.add_tensor("token_embd.weight", weights(size, WIDTH))
    writer.add_tensor("output_norm.weight", numpy.ones(WIDTH, dtype=numpy.float32))
    writer.add_tensor("output.weight", weights(size, WIDTH))
    for block in range(BLOCKS):
        name = f"blk.{block}."
        writer.add_tensor(name + "attn_norm.weight", numpy.ones(WIDTH, dtype=numpy.float32))
        writer.add_tensor(name + "ffn_norm.weight", numpy.ones(WIDTH, dtype=numpy.float32))
        for part in ("attn_q", "attn_k", "attn_v"):
            writer.add_tensor(name + part + ".weight", weights(WIDTH, WIDTH))
            writer.add_tensor(name + part + ".bias", numpy.zeros(WIDTH, dtype=numpy.float32))
        writer.add_tensor(name + "attn_output.weight", weights(WIDTH, WIDTH))
        writer.add_tensor(name + "ffn_gate.weight", weights(FEED_FORWARD, WIDTH))
        writer.add_tensor(name + "ffn_up.weight", weights(FEED_FORWARD, WIDTH))
        writer.add_tensor(name + "ffn_down.weight", weights(WIDTH, FEED_FORWARD))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def wait_until_ready(url, deadline):
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url + "/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.02)
    sys.exit("llama_server.py: the server did not become healthy within 30 s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 lets the system choose")
    parser.add_argument("--context", type=int, default=4096, help="window in tokens")
    parser.add_argument("--slots", type=int, default=1, help="requests served side by side")
    parser.add_argument("--seed", type=int, default=1, help="of the random weights")
    options = parser.parse_args()
    try:
        import xllamacpp
    except ImportError as error:
        sys.exit(f"llama_server.py: {error}; run venv.sh and use its python")

    with tempfile.TemporaryDirectory(prefix="jarvis-llama-") as folder:
        path = os.path.join(folder, "jarvis-test-noise.gguf")
        write_model(path, options.context, options.seed)
        parameters = xllamacpp.CommonParams()
        parameters.model.path = path
        # The window is shared between slots, so each gets the whole of what was asked for.
        parameters.n_ctx = options.context * options.slots
        parameters.n_parallel = options.slots
        parameters.model_alias = {"jarvis-test-noise"}
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = options.port
        parameters.warmup = False
        parameters.cpuparams.n_threads = 1
        # The library logs to standard output; that belongs to the one line that callers read.
        result = os.dup(1)
        os.dup2(2, 1)
        server = xllamacpp.Server(parameters)
        url = server.listening_address
        wait_until_ready(url, time.monotonic() + 30)
        line = json.dumps({"url": url, "model": "jarvis-test-noise", "n_ctx": options.context})
        os.write(result, (line + "\n").encode())
        while os.read(0, 4096):
            pass
    # The server's threads are the library's own; there is nothing to save.
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
