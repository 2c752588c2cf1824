"""Checks every request, answer and gateway frame against the machine-readable description of the API.

The descriptions lie beside a checkout of the project (`../shared/specs`). Where they are absent nothing is
checked, and the test run says so once. A violation is collected; the fixture that owns the server fails the
test with it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import best_match

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonschema.protocols import Validator

    from tests.standins.discord.state import Json

SPECS = Path(__file__).resolve().parents[4] / "shared" / "specs"

REST = SPECS / "discord-openapi.json"
RECEIVED = SPECS / "discord-gateway-receive.schema.json"
SENT = SPECS / "discord-gateway-send.schema.json"

MISSING = [path.name for path in (REST, RECEIVED, SENT) if not path.is_file()]
"""Which descriptions are not here; empty where every check is made."""

DEVIATIONS = {
    "a snowflake as an integer": "discord.py writes ids as JSON integers; Discord reads both",
    "attachments[].id 0": "an index into the uploaded files, where the document says snowflake string",
    "a ban without a body": "discord.py puts everything into the query; the document wants a body",
    "members asked for by id, with a limit": "discord.py adds the limit; the document has it for names only",
    "a snapshot's fields": "the gateway's schema has a whole message for each field; REST's is used",
    "RESUMED with a trace": "Discord sends d: {_trace: […]} and discord.py needs it; the document has no d",
}
"""Where discord.py and Discord differ from the documents and are right; each is normalised below."""

_SNAPSHOT = "MinimalContentMessageResponse"
"""What a forward shows; checked by the REST document, as the gateway's has a message for each field of it."""

_BAN = ("PUT", "/guilds/{guild_id}/bans/{user_id}")

_FRAMES = {1: "GatewayHeartbeatRequest", 7: "GatewayReconnect", 9: "GatewayInvalidSession"}
_FRAMES |= {10: "GatewayHello", 11: "GatewayHeartbeatAck"}


@cache
def _load(path: Path) -> Json:
    return cast("Json", json.loads(path.read_text(encoding="utf-8")))


@cache
def _part(path: Path, name: str) -> Validator:
    """Build the validator of one named part of a gateway schema."""
    root = _load(path)
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": root["definitions"]})


@cache
def _component(name: str) -> Validator:
    """Build the validator of one named part of the REST document."""
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": _load(REST)["components"]}
    )


@cache
def _events() -> dict[str, str]:
    """Map each event's name to the part that describes its frame."""
    names = {}
    for part, schema in cast("dict[str, Json]", _load(RECEIVED)["definitions"]).items():
        event = cast("dict[str, Json]", schema.get("properties", {})).get("t", {}).get("const")
        if isinstance(event, str):
            names[event] = (
                part.replace("<", "%3C").replace(">", "%3E").replace(",", "%2C").replace('"', "%22")
            )
    return names


@cache
def _operation(method: str, template: str) -> Json | None:
    paths = cast("dict[str, Json]", _load(REST)["paths"])
    for path, item in paths.items():
        if _shape(path) == _shape(template) and method.lower() in item:
            return cast("Json", item[method.lower()])
    return None


def _shape(template: str) -> tuple[str, ...]:
    """Compare templates without regard to the names of their parameters."""
    return tuple("{}" if part.startswith("{") else part for part in template.split("/"))


@cache
def _body_validator(method: str, template: str, status: str) -> Validator | None:
    """Build the validator of a request body (status "request") or of an answer; None: there must be none."""
    operation = _operation(method, template) or {}
    responses = cast("dict[str, Json]", operation.get("responses", {}))
    found = operation.get("requestBody") if status == "request" else None
    if status != "request":
        found = responses.get(status) or responses.get("4XX" if status.startswith("4") else "", {})
    content = cast("Json", _resolved(cast("Json", found or {})).get("content", {}))
    if "application/json" not in content:
        return None
    schema = cast("dict[str, Json]", content)["application/json"]["schema"]
    return Draft202012Validator({"allOf": [schema], "components": _load(REST)["components"]})


def _resolved(node: Json) -> Json:
    """Follow one `$ref` inside the REST document."""
    target: object = _load(REST)
    if "$ref" not in node:
        return node
    for step in str(node["$ref"]).removeprefix("#/").split("/"):
        target = cast("Json", target)[step]
    return cast("Json", target)


def _normalised(value: object, path: tuple[str, ...] = ()) -> object:
    """Write discord.py's known deviations as the document wants them."""
    if isinstance(value, dict):
        return {key: _normalised(inner, (*path, str(key))) for key, inner in value.items()}
    if isinstance(value, list):
        return [_normalised(inner, path) for inner in value]
    is_snowflake = isinstance(value, int) and not isinstance(value, bool) and value > 1 << 50
    return str(value) if is_snowflake or path[-2:] == ("attachments", "id") else value


def _complaint(validator: Validator, value: Any) -> str | None:  # noqa: ANN401  # whatever JSON can hold
    error = best_match(validator.iter_errors(value))
    return f"{error.json_path}: {error.message[:400]}" if error else None


def request_faults(method: str, template: str, body: object, query: Iterable[str]) -> list[str]:
    """Say what is wrong with a request; `body` is None where there was none."""
    if MISSING:
        return []
    operation = _operation(method, template)
    if operation is None:
        return [f"{method} {template}: no such operation"]
    known = {p["name"] for p in cast("list[Json]", operation.get("parameters", [])) if p["in"] == "query"}
    if (method, template) == _BAN:
        known.add("delete_message_seconds")
    faults = [f"{method} {template}: unknown query parameter {name}" for name in query if name not in known]
    if body is None:
        return faults
    validator = _body_validator(method, template, "request")
    if validator is None:
        return [*faults, f"{method} {template}: takes no body, got {body!r:.200}"]
    complaint = _complaint(validator, _normalised(body))
    return [*faults, f"{method} {template} request {complaint}"] if complaint else faults


def answer_faults(method: str, template: str, status: int, body: object) -> list[str]:
    """Say what is wrong with an answer of the stand-in's own."""
    if MISSING or status >= 500 or status == 401 or _operation(method, template) is None:
        return []
    validator = _body_validator(method, template, str(status))
    where = f"{method} {template} answer {status}"
    if validator is None:
        return [f"{where}: must be empty"] if body is not None else []
    complaint = _complaint(validator, body)
    return [f"{where} {complaint}"] if complaint else []


def received_faults(frame: Json) -> list[str]:
    """Say what is wrong with a frame the client receives."""
    if MISSING:
        return []
    event = frame.get("t")
    part = _events().get(str(event)) if event else _FRAMES.get(cast("int", frame["op"]))
    if part is None:
        return [f"no such frame: op {frame['op']}, event {event}"]
    checked, snapshots = dict(frame), []
    if event == "RESUMED":
        del checked["d"]
    elif isinstance(payload := frame.get("d"), dict) and "message_snapshots" in payload:
        snapshots = payload["message_snapshots"]
        checked["d"] = {key: value for key, value in payload.items() if key != "message_snapshots"}
    complaints = [_complaint(_part(RECEIVED, part), checked)]
    complaints += [_complaint(_component(_SNAPSHOT), shot["message"]) for shot in snapshots]
    return [f"frame {event or frame['op']} {complaint}" for complaint in complaints if complaint]


def sent_faults(frame: Json) -> list[str]:
    """Say what is wrong with a frame the client sent."""
    if MISSING:
        return []
    payload = frame.get("d")
    if isinstance(payload, dict) and "user_ids" in payload:
        frame = frame | {"d": {key: value for key, value in payload.items() if key != "limit"}}
    complaint = _complaint(_part(SENT, "GatewaySendPayload"), _normalised(frame))
    return [f"client frame op {frame.get('op')} {complaint}"] if complaint else []
