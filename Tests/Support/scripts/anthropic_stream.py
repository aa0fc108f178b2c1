#!/usr/bin/env python3
"""Validates what the simulated Messages API sends with the types of the official SDK (package anthropic, venv.sh).

Reads JSON lines from standard input, each {"kind": "stream"|"message"|"model"|"models"|"count"|"error", "text": ...}:
the raw body of one answer. Every event and object must validate, hold no field that the SDK does not know, and events
must come in the order that the API documents. Prints one JSON line per answer: {"ok": true, ...} or {"ok": false, "why": ...}.
"""

import json
import sys

try:
    import pydantic
    from anthropic import types
    from anthropic._streaming import SSEDecoder
    from anthropic.types.shared import ErrorResponse
except ImportError as error:
    sys.exit(f"anthropic_stream.py: {error}; run venv.sh and use its python")

EVENT = pydantic.TypeAdapter(types.RawMessageStreamEvent)
WHOLE = {"message": types.Message, "model": types.ModelInfo, "count": types.MessageTokensCount, "error": ErrorResponse}


class Wrong(Exception):
    pass


def check_fields(value, path):
    """No field beyond those of the SDK's types: what the real API does not send must not be relied upon."""
    if isinstance(value, pydantic.BaseModel):
        if value.model_extra:
            raise Wrong(f"{path}: fields unknown to the SDK: {sorted(value.model_extra)}")
        for name in type(value).model_fields:
            check_fields(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            check_fields(item, f"{path}.{index}")


def check_stream(text):
    events, blocks, open_block, ended, started = [], [], None, False, False
    usage = None
    stop_reason = None
    for sse in SSEDecoder().iter_bytes(iter([text.encode()])):
        data = sse.json()
        if sse.event != data.get("type"):
            raise Wrong(f"event {sse.event} carries type {data.get('type')}")
        events.append(sse.event)
        if sse.event == "ping":
            continue
        if sse.event == "error":
            check_fields(ErrorResponse.model_validate(data), "error")
            return {"events": events, "error": data["error"]["type"]}
        event = EVENT.validate_python(data)
        check_fields(event, sse.event)
        if ended:
            raise Wrong("an event after message_stop")
        if started != (event.type != "message_start"):
            raise Wrong(f"{event.type} in the wrong place")
        if event.type == "message_start":
            started = True
            if event.message.content or event.message.stop_reason is not None:
                raise Wrong("message_start is not empty")
            usage = event.message.usage
            if usage.cache_creation is None:
                raise Wrong("message_start without the split of cache writes")
        elif event.type == "content_block_start":
            if open_block is not None or event.index != len(blocks):
                raise Wrong("a block starts in the wrong place")
            open_block = event.index
            blocks.append({"type": event.content_block.type, "text": "", "deltas": 0, "signed": False})
        elif event.type == "content_block_delta":
            if event.index != open_block:
                raise Wrong("a delta for a block that is not open")
            block, delta = blocks[event.index], event.delta
            expected = {"text": ["text_delta"], "thinking": ["thinking_delta", "signature_delta"],
                        "tool_use": ["input_json_delta"]}[block["type"]]
            if delta.type not in expected:
                raise Wrong(f"{delta.type} in a block of type {block['type']}")
            block["deltas"] += 1
            if block["signed"]:
                raise Wrong("a delta after the signature")
            block["signed"] = delta.type == "signature_delta"
            block["text"] += getattr(delta, "text", getattr(delta, "thinking", getattr(delta, "partial_json", "")))
        elif event.type == "content_block_stop":
            if event.index != open_block:
                raise Wrong("a block that is not open stops")
            if blocks[open_block]["type"] == "thinking" and not blocks[open_block]["signed"]:
                raise Wrong("thinking without a signature")
            open_block = None
        elif event.type == "message_delta":
            if open_block is not None:
                raise Wrong("message_delta inside a block")
            stop_reason = event.delta.stop_reason
            if event.usage.input_tokens != usage.input_tokens:
                raise Wrong("input tokens changed on the way")
            usage = event.usage
        elif event.type == "message_stop":
            ended = stop_reason is not None
    return {
        "events": events, "blocks": blocks, "stop_reason": stop_reason, "ended": ended,
        "usage": usage.model_dump(exclude_none=True) if usage else None,
    }


def check(kind, text):
    if kind == "stream":
        return check_stream(text)
    if kind == "models":
        page = json.loads(text)
        for item in page["data"]:
            check_fields(types.ModelInfo.model_validate(item), item["id"])
        return {"models": [item["id"] for item in page["data"]]}
    value = WHOLE[kind].model_validate_json(text)
    check_fields(value, kind)
    return {}


def main():
    failed = False
    for line in sys.stdin:
        if not line.strip():
            continue
        case = json.loads(line)
        try:
            result = {"ok": True, **check(case["kind"], case["text"])}
        except (Wrong, pydantic.ValidationError, ValueError, KeyError) as error:
            failed = True
            result = {"ok": False, "why": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
