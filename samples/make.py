"""Makes the sample exports, in the true formats of Telegram Desktop and DiscordChatExporter, and their list.

Run it from the checkout as `python -m samples.make`; it writes the same files every time.
"""

import csv
import hashlib
import io
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PIL import Image

from core.media.decode import luma
from core.media.pdq import pdq
from samples.drawing import Scene, drawn
from samples.talk import KITE_FLYERS, LANTERN_HARBOUR, Line

Json = dict[str, object]

BEGIN: Final = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
DESK: Final = "300000000000000777"
CHANNEL: Final = "Lantern Harbour - Harbour - quay [1150000000000000002]"
LEAFLET: Final = (
    b"%PDF-1.4\n% An invented leaflet of an invented group: nothing is in it.\ntrailer<<>>\n%%EOF\n"
)

POSTER: Final = Scene(
    seed=14,
    sky=((24, 40, 92), (214, 150, 120)),
    sun=(470, 150, 46),
    ridges=((92, 104, 140), (62, 84, 96), (30, 52, 50)),
    lanterns=((210, 190, 190),),
)
"""The banned picture; only altered copies of it are in the exports."""

FESTIVAL: Final = Scene(
    seed=41,
    sky=((40, 56, 110), (226, 160, 120)),
    sun=(150, 120, 40),
    ridges=((96, 100, 130), (70, 80, 90), (36, 50, 48)),
    lanterns=((430, 150, 110), (540, 220, 80)),
)
KITES: Final = Scene(
    seed=3,
    sky=((90, 150, 220), (230, 236, 240)),
    sun=(90, 80, 36),
    ridges=((120, 160, 120), (70, 130, 70)),
    kites=((320, 110, 60), (500, 160, 40), (180, 190, 30)),
)
PIER: Final = Scene(
    seed=8,
    sky=((150, 170, 190), (236, 226, 206)),
    sun=(560, 90, 30),
    ridges=((130, 140, 150), (100, 110, 110), (70, 90, 70), (40, 60, 40)),
)


def pictures() -> dict[str, bytes]:
    """Draw the pictures that are posted, by name, as JPEG files."""
    poster = drawn(POSTER)
    return {
        "kites": _jpeg(drawn(KITES), 80),
        "festival": _jpeg(drawn(FESTIVAL), 80),
        "pier": _jpeg(drawn(PIER), 80),
        "poster again": _jpeg(poster.resize((400, 280)), 45),
        "poster once more": _jpeg(poster.resize((512, 358)).point(lambda level: min(255, level + 18)), 60),
    }


def entries() -> tuple[dict[str, str], ...]:
    """Return the rows of the list: links, accounts, a picture by its hashes, a file by its hash."""
    original = _jpeg(drawn(POSTER), 92)
    value, quality = pdq(luma(original))
    picture = {"sha256": hashlib.sha256(original).hexdigest(), "pdq": value, "pdq_quality": str(quality)}
    wire, desk = {"display_name": "Lantern Wire"}, {"display_name": "Lantern desk"}
    rows: tuple[dict[str, str], ...] = (
        {"ref": "bl-01", "label": "public group", "canonical": "telegram:user/bluelantern_front"},
        {"ref": "bl-02", "label": "private group", "canonical": "telegram:invite/BlueLanternExample01"},
        {"ref": "bl-03", "label": "poster 14", **picture},
        {"ref": "bl-04", "label": "channel", "canonical": "telegram:chat/1900000077", **wire},
        {"ref": "bl-05", "label": "leaflet 3", "sha256": hashlib.sha256(LEAFLET).hexdigest()},
        {"ref": "bl-06", "label": "account", "canonical": "telegram:user/bluelantern_desk", **desk},
        {"ref": "bl-07", "label": "server", "canonical": "discord:invite/BLFront9x"},
        {"ref": "bl-08", "label": "account", "canonical": f"discord:user/{DESK}", **desk},
    )
    return tuple({**row, "group": "Blue Lantern Front"} for row in rows)


def make(folder: Path) -> None:
    """Write everything below a folder, replacing what a former run wrote."""
    drawings = pictures()
    for name in ("telegram", "discord"):
        shutil.rmtree(folder / name, ignore_errors=True)
    chat = tuple(_telegram(folder / "telegram", drawings))
    _write_json(
        folder / "telegram" / "result.json",
        {"name": "Kite Flyers", "type": "private_supergroup", "id": 1700000051, "messages": chat},
        indent=1,
    )
    channel = tuple(_discord(folder / "discord", drawings))
    _write_json(folder / "discord" / f"{CHANNEL}.json", _server(channel), indent=2)
    columns = ("ref", "label", "group", "display_name", "canonical", "sha256", "pdq", "pdq_quality")
    _write_table(folder / "list.csv", columns, entries())
    played = (("telegram", KITE_FLYERS, chat[1:]), ("discord", LANTERN_HARBOUR, channel))
    told = [
        {"export": export, "message": str(message["id"]), "found": " ".join(line.found), "alike": line.alike}
        for export, lines, messages in played
        for line, message in zip(lines, messages, strict=True)
        if line.found or line.alike
    ]
    _write_table(folder / "expected.csv", ("export", "message", "found", "alike"), told)


def _telegram(folder: Path, drawings: dict[str, bytes]) -> Iterator[Json]:
    """The messages as Telegram Desktop writes them, keys in its order; the first is the group's making."""
    people = {who: f"user{510000000 + place * 7919}" for place, who in enumerate(_people(KITE_FLYERS))}
    begun = _telegram_time(BEGIN)
    made = {"action": "create_group", "title": "Kite Flyers", "members": ["Amina", "Omar"]}
    who = {"actor": "Amina", "actor_id": people["Amina"]}
    yield {"id": 1, "type": "service", **begun, **who, **made, "text": "", "text_entities": []}
    for place, line in enumerate(KITE_FLYERS):
        at = BEGIN + timedelta(minutes=4 * place + 3)
        one: Json = {"id": place + 2, "type": "message", **_telegram_time(at)}
        one |= {"from": line.who, "from_id": people[line.who]}
        if line.forwarded[0]:
            one |= {"forwarded_from": line.forwarded[0], "forwarded_from_id": f"channel{line.forwarded[1]}"}
        one |= _telegram_media(folder, line, drawings, at)
        if line.contact[0]:
            first, last, number = line.contact
            one["contact_information"] = {"first_name": first, "last_name": last, "phone_number": number}
        if line.button[0]:
            one["inline_bot_buttons"] = [[{"type": "url", "text": line.button[0], "data": line.button[1]}]]
        pieces = [{"type": "plain", "text": line.text}] if line.text else []
        if line.link[0]:
            pieces.append({"type": "text_link", "text": line.link[0], "href": line.link[1]})
        one["text"] = (
            [p["text"] if p["type"] == "plain" else p for p in pieces] if line.link[0] else line.text
        )
        one["text_entities"] = pieces
        yield one


def _telegram_time(at: datetime) -> Json:
    return {"date": f"{at:%Y-%m-%dT%H:%M:%S}", "date_unixtime": str(int(at.timestamp()))}


def _telegram_media(folder: Path, line: Line, drawings: dict[str, bytes], at: datetime) -> Json:
    if line.picture:
        name = f"photos/photo_{list(drawings).index(line.picture) + 1}@{at:%d-%m-%Y_%H-%M-%S}.jpg"
        content = drawings[line.picture]
        width, height = Image.open(io.BytesIO(content)).size
        _write(folder / name, content)
        return {"photo": name, "photo_file_size": len(content), "width": width, "height": height}
    if line.document:
        name = f"files/{line.document}"
        _write(folder / name, LEAFLET)
        about = {"file_name": line.document, "file_size": len(LEAFLET), "mime_type": "application/pdf"}
        return {"file": name, **about}
    return {}


def _discord(folder: Path, drawings: dict[str, bytes]) -> Iterator[Json]:
    """The messages as DiscordChatExporter writes them with media, keys in its order."""
    people = {
        who: _user(f"3000000000000000{place + 19}", who) for place, who in enumerate(_people(LANTERN_HARBOUR))
    }
    people["desk"] = _user(DESK, "lantern_desk")
    for place, line in enumerate(LANTERN_HARBOUR):
        at = BEGIN + timedelta(minutes=6 * place)
        number = (int(at.timestamp() * 1000) - 1_420_070_400_000 << 22) + place
        text = f"{line.text} [{line.link[0]}]({line.link[1]})" if line.link[0] else line.text
        said: Json = {"content": text, "attachments": [], "embeds": [], "stickers": []}
        if line.picture:
            name = f"{CHANNEL}.json_Files/{line.picture.replace(' ', '_')}-{place:05X}.jpg"
            content = drawings[line.picture]
            _write(folder / name, content)
            about = {"fileName": f"{line.picture.replace(' ', '_')}.jpg", "fileSizeBytes": len(content)}
            said["attachments"] = [{"id": str(number + 7), "url": name, **about}]
        if line.preview[0]:
            title, url = line.preview
            empty: Json = {
                "timestamp": None,
                "description": "",
                "images": [],
                "fields": [],
                "inlineEmojis": [],
            }
            said["embeds"] = [{"title": title, "url": url, **empty}]
        one: Json = {"id": str(number), "type": "Default", "timestamp": at.isoformat(timespec="milliseconds")}
        one |= {"timestampEdited": None, "callEndedTimestamp": None, "isPinned": False}
        blank: Json = {"content": "", "attachments": [], "embeds": [], "stickers": []}
        content_ = blank if line.forwarded[1] else said
        one |= {
            "content": content_["content"],
            "author": people[line.who],
            "attachments": content_["attachments"],
        }
        one |= {
            "components": [],
            "embeds": content_["embeds"],
            "stickers": content_["stickers"],
            "reactions": [],
        }
        one["mentions"] = [people[who] for who in line.mentions]
        if line.forwarded[1]:
            origin = {"channelId": "1150000000000000099", "guildId": line.forwarded[1]}
            one["reference"] = {"type": "Forward", "messageId": str(number - 5000), **origin}
            one["forwardedMessage"] = {"timestamp": one["timestamp"], "timestampEdited": None, **said}
        yield {**one, "inlineEmojis": []}


def _user(number: str, name: str) -> Json:
    about: Json = {"id": number, "name": name.lower(), "discriminator": "0000", "nickname": name}
    return {**about, "color": None, "isBot": False, "roles": [], "avatarUrl": ""}


def _server(messages: Sequence[Json]) -> Json:
    place = {"categoryId": "1150000000000000003", "category": "Harbour", "name": "quay", "topic": None}
    return {
        "guild": {"id": "1150000000000000001", "name": "Lantern Harbour", "iconUrl": ""},
        "channel": {"id": "1150000000000000002", "type": "GuildTextChat", **place},
        "dateRange": {"after": None, "before": None},
        "exportedAt": (BEGIN + timedelta(days=1)).isoformat(timespec="milliseconds"),
        "messages": messages,
        "messageCount": len(messages),
    }


def _people(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.who for line in lines))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write_json(path: Path, content: Json, *, indent: int) -> None:
    _write(path, json.dumps(content, ensure_ascii=False, indent=indent).encode())


def _write_table(path: Path, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent)
