"""Media as Telegram serves it in a message: pictures recompressed in several sizes, files as they are.

Telegram never keeps a photo's bytes: it decodes, shrinks and writes JPEG anew, so that only a
perceptual hash survives. Documents keep theirs.
"""

import io

from PIL import Image

from tests.standins.telegram.spec import JsonObject
from tests.standins.telegram.wire import bad_request
from tests.standins.telegram.world import StoredFile, World

PHOTO_SIDES = (90, 320, 800, 1280)
JPEG_QUALITY = 87


PHOTO_LIMIT_BYTES = 10_000_000
PHOTO_LIMIT_SIDES = 10_000
PHOTO_LIMIT_RATIO = 20


def checked_photo(content: bytes) -> bytes:
    """An upload that is to be a photo: a picture, up to 10 MB, not too large and not too narrow."""
    if len(content) > PHOTO_LIMIT_BYTES:
        raise bad_request("file is too big")
    try:
        with Image.open(io.BytesIO(content)) as opened:
            opened.load()
            width, height = opened.size
    except OSError:
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > PHOTO_LIMIT_SIDES or max(width, height) > PHOTO_LIMIT_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return content


def photo(world: World, content: bytes) -> JsonObject:
    """A photo in all sizes up to its own, smallest first, as `photo` lists them."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    longest = max(picture.size)
    sides = [side for side in PHOTO_SIDES if side < longest] + [min(longest, PHOTO_SIDES[-1])]
    return {"photo": [_size(world, picture, side) for side in dict.fromkeys(sides)]}


def chat_photo(world: World, content: bytes) -> JsonObject:
    """A profile's picture, which has two sizes and is recompressed like a photo."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    shown: JsonObject = {}
    for name, side in (("small", 160), ("big", 640)):
        size = _size(world, picture, side)
        shown |= {f"{name}_file_id": size["file_id"], f"{name}_file_unique_id": size["file_unique_id"]}
    return {"photo": shown}


def document(
    world: World, content: bytes, *, name: str, mime: str, claimed_size: int | None = None
) -> JsonObject:
    """A file sent as it is."""
    stored = world.store("documents", content, name=name, size=claimed_size)
    return {"document": _file(stored) | {"file_name": name, "mime_type": mime}}


def video(
    world: World, content: bytes, *, thumbnail: bytes | None = None, claimed_size: int | None = None
) -> JsonObject:
    """A video with its thumbnail picture."""
    return {"video": _moving(world, content, thumbnail, claimed_size)}


def animation(world: World, content: bytes, *, thumbnail: bytes | None = None) -> JsonObject:
    """A GIF or a silent video; Telegram repeats it as `document` for old clients."""
    shown = _moving(world, content, thumbnail, None)
    kept = ("file_id", "file_unique_id", "file_size", "thumbnail", "mime_type")
    return {"animation": shown, "document": {k: v for k, v in shown.items() if k in kept}}


def sticker(world: World, content: bytes, *, set_name: str | None = None) -> JsonObject:
    """A still sticker."""
    stored = world.store("stickers", content, name="sticker.webp")
    shown = _file(stored) | {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    }
    return {"sticker": shown | ({"set_name": set_name} if set_name else {})}


def _moving(world: World, content: bytes, thumbnail: bytes | None, claimed_size: int | None) -> JsonObject:
    stored = world.store("videos", content, name="video.mp4", size=claimed_size)
    shown = _file(stored) | {"width": 640, "height": 360, "duration": 5, "mime_type": "video/mp4"}
    if thumbnail is None:
        return shown
    with Image.open(io.BytesIO(thumbnail)) as opened:
        return shown | {"thumbnail": _size(world, opened.convert("RGB"), 320)}


def _size(world: World, picture: Image.Image, side: int) -> JsonObject:
    shrunk = picture.copy()
    shrunk.thumbnail((side, side))
    written = io.BytesIO()
    shrunk.save(written, "JPEG", quality=JPEG_QUALITY)
    stored = world.store("photos", written.getvalue(), name="photo.jpg")
    return _file(stored) | {"width": shrunk.width, "height": shrunk.height}


def _file(stored: StoredFile) -> JsonObject:
    return {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": stored.size}
