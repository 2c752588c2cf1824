"""One small list in every format: three items that can be used, and one that cannot, after the second."""

import json
from collections.abc import Mapping
from typing import Final

MD5: Final = ("a1" * 16, "b2" * 16, "c3" * 16)

SIGNALS: Final = "".join(
    f"{kind} {value}\n"
    for kind, value in (
        ("video_md5", MD5[0]),
        ("md5", MD5[1]),
        ("video_tmk_pdqf", "AAAA"),
        ("hash_md5", MD5[2]),
    )
)

THREAT_CSV: Final = "indicator_id,indicator,type,status,tags\n" + "".join(
    f'{n},{value},{kind},MALICIOUS,"a,b"\n'
    for n, (kind, value) in enumerate(
        (("HASH_MD5", MD5[0]), ("HASH_MD5", MD5[1]), ("HASH_TMK", "AAAA"), ("HASH_MD5", MD5[2]))
    )
)


def _four(kind: str, value: str, other: str, **more: object) -> list[dict[str, object]]:
    """Give four records of a format that names a kind and a value."""
    one: list[dict[str, object]] = [{kind: "MD5", value: md5, **more} for md5 in MD5]
    return [*one[:2], {kind: other, value: "ff" * 16, **more}, one[2]]


def _indicator(pattern: str) -> dict[str, object]:
    return {"type": "indicator", "id": "indicator--1", "pattern": pattern, "pattern_type": "stix"}


_PATTERNS: Final = [f"[file:hashes.MD5 = '{md5}']" for md5 in MD5]

DOCUMENTS: Final[Mapping[str, object]] = {
    "threat_updates": {
        "data": _four("type", "indicator", "HASH_TMK", status="MALICIOUS"),
        "paging": {"cursors": {"after": "x"}},
    },
    "tech_against_terrorism": {"count": 4, "results": _four("algorithm", "hash_digest", "SHA512")},
    "stopncii": {
        "count": 4,
        "hashRecords": [
            one | {"signalType": "VideoMD5" if one["signalType"] == "MD5" else "VideoTMK"}
            for one in _four("signalType", "hashValue", "VideoTMK", hashStatus="Active")
        ],
    },
    "stix": {
        "type": "bundle",
        "id": "bundle--1",
        "objects": [
            {"type": "identity", "id": "identity--1", "name": "Example Org"},
            *map(_indicator, [*_PATTERNS[:2], "[file:hashes.'SHA-512' = 'ff']", _PATTERNS[2]]),
        ],
    },
    "misp": {
        "Event": {
            "info": "posters",
            "Attribute": [
                one | {"type": str(one["type"]).lower()}
                for one in _four("type", "value", "sha512", category="Payload delivery", to_ids=True)
            ],
        }
    },
    "objects": [{"md5": MD5[0]}, {"md5": MD5[1]}, {"name": "nothing"}, {"md5": MD5[2]}],
}
"""The documents by name."""

FILES: Final[Mapping[str, str]] = {
    "signals.txt": SIGNALS,
    "threatexchange.csv": THREAT_CSV,
    "cas.csv": "5692472147\n1144868092\nnobody\n5698202678\n3548584083\n",
    **{f"{name}.json": json.dumps(document) for name, document in DOCUMENTS.items()},
    **{f"{name}_indented.json": json.dumps(document, indent=1) for name, document in DOCUMENTS.items()},
    "tech_against_terrorism.ndjson": "".join(
        f"{json.dumps(one)}\n" for one in _four("algorithm", "hash_digest", "SHA512")
    ),
}
"""All of them as files, by the name of the file."""
