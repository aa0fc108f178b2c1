#!/usr/bin/env python3
"""Tells the shapes of what an OpenAI-compatible server answers, to compare the simulated one with llama.cpp's own.

Usage: chat_shapes.py URL. Prints one JSON object: for each exchange its status, content type and the paths of all
fields with the kinds of their values ("choices.*.delta.content: string"). Needs nothing but Python.
"""

import json
import sys
import urllib.error
import urllib.request


def kind(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return {str: "string", list: "array", dict: "object"}[type(value)]


def paths(value, prefix=""):
    found = {f"{prefix}: {kind(value)}"} if prefix else set()
    if isinstance(value, dict):
        for key, item in value.items():
            found |= paths(item, f"{prefix}.{key}" if prefix else key)
    elif isinstance(value, list):
        for item in value:
            found |= paths(item, f"{prefix}.*")
    return found


def exchange(url, path, body=None):
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url + path, data=data, headers={"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read()


def speaks(chunk):
    return any(isinstance(choice["delta"].get("content"), str) for choice in chunk["choices"])


def describe(status, content_type, raw):
    if content_type != "text/event-stream":
        return {"status": status, "type": content_type, "paths": sorted(paths(json.loads(raw)))}
    lines = [line for line in raw.decode(errors="replace").split("\n") if line and not line.startswith(":")]
    assert all(line.startswith("data: ") for line in lines), lines
    chunks = [json.loads(line[6:]) for line in lines[:-1]]
    return {
        "status": status, "type": content_type, "last": lines[-1], "usage": sorted(paths(chunks[-1])),
        "paths": sorted(set().union(*(paths(chunk) for chunk in chunks if speaks(chunk)))),
    }


def main():
    url = sys.argv[1]
    hello = {"messages": [{"role": "user", "content": "hello"}], "max_tokens": 24,
             # llama.cpp's own field: a model of random weights would end whenever it likes.
             "ignore_eos": True}
    cases = {
        "health": ("/health",),
        "models": ("/v1/models",),
        "stream": ("/v1/chat/completions", {**hello, "stream": True, "stream_options": {"include_usage": True}}),
        "whole": ("/v1/chat/completions", hello),
        "overflow": ("/v1/chat/completions", {"messages": [{"role": "user", "content": "a b c d " * 9000}]}),
        "tokenize": ("/tokenize", {"content": "hi there"}),
        "template": ("/apply-template", {"messages": [{"role": "user", "content": "hello"}]}),
        "count": ("/v1/chat/completions/input_tokens", {"messages": [{"role": "user", "content": "hello"}]}),
        "nothing": ("/v1/chat/completions", {}),
        "missing": ("/nope",),
    }
    print(json.dumps({name: describe(*exchange(url, *case)) for name, case in cases.items()}))


if __name__ == "__main__":
    main()
