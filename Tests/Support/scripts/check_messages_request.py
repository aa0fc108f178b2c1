#!/usr/bin/env python3
"""Checks bodies of POST /v1/messages against the types of the official SDK.

Reads one JSON body a line and prints one JSON line for each: {"problem": null} or {"problem": "..."}.
Needs the package anthropic (venv.sh).
"""

import json
import sys

from anthropic.types.message_create_params import MessageCreateParamsStreaming
from pydantic import TypeAdapter

ADAPTER = TypeAdapter(MessageCreateParamsStreaming)
KNOWN = set(MessageCreateParamsStreaming.__required_keys__) | set(MessageCreateParamsStreaming.__optional_keys__)


def exhaust(value):
    """Walks through everything: iterables are validated only while they are read."""
    if isinstance(value, dict):
        for item in value.values():
            exhaust(item)
    elif not isinstance(value, (str, bytes)) and hasattr(value, "__iter__"):
        for item in value:
            exhaust(item)


def problem(body):
    unknown = sorted(set(body) - KNOWN)
    if unknown:
        return "unknown fields: " + ", ".join(unknown)
    try:
        exhaust(ADAPTER.validate_python(body))
    except Exception as error:  # whatever pydantic finds is the answer
        return str(error)[:400]
    return None


for line in sys.stdin:
    print(json.dumps({"problem": problem(json.loads(line))}), flush=True)
