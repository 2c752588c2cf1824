"""What files hold, as tests ask for it: texts, addresses and gaps by their places."""

from core.media.decode import Refused
from core.media.frames import Seen
from core.media.pieces import Linked, Piece, Unread, Written
from core.media.unfold import unfold
from tests.core.media.pictures import encoded, photograph

PICTURE = encoded(photograph(64, 48), "JPEG")
SEEN = Seen(fingerprints=())


def look(content: bytes) -> Seen:
    """See nothing in any picture but those that are cut off."""
    if len(content) < 100:
        raise Refused("picture that is cut off")
    return SEEN


def unfolded(content: bytes) -> list[Piece]:
    """Unfold a file."""
    return list(unfold(content, look))


def texts(content: bytes) -> dict[str, str]:
    """Give the texts of a file by their places, names left out."""
    found: dict[str, str] = {}
    for piece in unfolded(content):
        if isinstance(piece, Written) and not piece.place.endswith(".name"):
            found[piece.place] = found.get(piece.place, "") + piece.text
    return found


def links(content: bytes) -> list[tuple[str, str]]:
    """Give the addresses that a file marks as such, with their places."""
    return [(piece.place, piece.url) for piece in unfolded(content) if isinstance(piece, Linked)]


def gaps(content: bytes) -> list[tuple[str, str]]:
    """Give what could not be looked at, with its place."""
    return [(piece.place, piece.reason) for piece in unfolded(content) if isinstance(piece, Unread)]
