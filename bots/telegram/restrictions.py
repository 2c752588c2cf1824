"""What a member of a supergroup may do, as sets of permissions; one holds at a time.

What a set gives is no more than the group gives everybody: Telegram takes away what the group does not allow,
so that giving everything only means that the group's own rules hold again.
"""

from typing import Final

from telegram import ChatPermissions

NOTHING: Final = ChatPermissions.no_permissions()
EVERYTHING: Final = ChatPermissions.all_permissions()

MEDIA: Final = (
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_other_messages",
    "can_add_web_page_previews",
)
"""What shows more than words; `can_send_other_messages` are stickers, animations, games and inline bots."""

NO_MEDIA: Final = ChatPermissions.de_json(dict(EVERYTHING.to_dict(), **dict.fromkeys(MEDIA, False)))
"""Everything else: to write, to vote, to react."""
