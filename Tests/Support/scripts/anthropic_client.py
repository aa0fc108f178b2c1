#!/usr/bin/env python3
"""Drives a Messages API on loopback with the official Python SDK (package anthropic, venv.sh), as a user of it would.

Usage: anthropic_client.py URL [KEY]. Lists models, counts tokens, asks with and without streaming, goes through a tool
call and its result, and meets refusals. Prints one JSON line with what came of it; exits with 1 where something is wrong.
"""

import json
import sys

try:
    import anthropic
except ImportError as error:
    sys.exit(f"anthropic_client.py: {error}; run venv.sh and use its python")

TOOLS = [
    {"name": "list_guests", "description": "All guests.", "input_schema": {"type": "object", "properties": {}}},
    {
        "name": "guest_status", "description": "One guest.",
        "input_schema": {"type": "object", "properties": {"guest": {"type": "string"}}, "required": ["guest"]},
    },
]
GUEST = {"vmid": 117, "name": "gandalf", "type": "lxc", "node": "shire", "status": "running", "cpu_percent": 7.5,
         "memory_used_gib": 1, "memory_total_gib": 2, "uptime_seconds": 7200}


def run_tool(call):
    return json.dumps({"guests": [GUEST]} if call.name == "list_guests" else GUEST)


def converse(client, model, question, streamed):
    messages = [{"role": "user", "content": question}]
    called = []
    for _ in range(8):
        request = dict(model=model, max_tokens=2000, messages=messages, tools=TOOLS, system="You help.")
        if streamed:
            with client.messages.stream(**request) as stream:
                text = "".join(stream.text_stream)
                message = stream.get_final_message()
            assert text == "".join(block.text for block in message.content if block.type == "text")
        else:
            message = client.messages.create(**request)
        if message.stop_reason != "tool_use":
            return {"answer": "".join(b.text for b in message.content if b.type == "text"), "called": called,
                    "stop_reason": message.stop_reason, "output_tokens": message.usage.output_tokens}
        calls = [block for block in message.content if block.type == "tool_use"]
        called += [call.name for call in calls]
        messages.append(message.to_param())
        messages.append({"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": call.id, "content": run_tool(call)} for call in calls]})
    raise AssertionError("no end of tool calls")


def refusal(call):
    try:
        call()
    except anthropic.APIStatusError as error:
        return {"status": error.status_code, "type": error.type, "message": error.api_message, "request": error.request_id}
    raise AssertionError("nothing was refused")


def main():
    url = sys.argv[1]
    key = sys.argv[2] if len(sys.argv) > 2 else "sk-ant-simulated"
    client = anthropic.Anthropic(api_key=key, base_url=url, max_retries=0)
    models = [model.id for model in client.models.list()]
    result = {
        "models": models,
        "model": client.models.retrieve("claude-sonnet-5-5").max_input_tokens,
        "tokens": client.messages.count_tokens(
            model="claude-sonnet-5-5", messages=[{"role": "user", "content": "hello " * 50}]).input_tokens,
        "streamed": converse(client, "claude-sonnet-5-5", "how is gandalf doing?", True),
        "whole": converse(client, "claude-haiku-5-5", "is gandalf running?", False),
        "unknown_model": refusal(lambda: client.messages.create(
            model="claude-none", max_tokens=10, messages=[{"role": "user", "content": "hi"}])),
        "sampling": refusal(lambda: client.messages.create(
            model="claude-haiku-5-5", max_tokens=10, messages=[{"role": "user", "content": "hi"}],
            extra_body={"temperature": 1.0})),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
