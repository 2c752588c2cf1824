"""What the bot says about itself: greetings, what it still needs, and how to set it up.

Everything is Telegram's HTML; names are quoted and harmless. Ordinary members read what is said in a group,
so nothing is told there of rooms, lists or cases.
"""

from html import escape
from typing import Final

from bots.telegram.actions import BAN_RIGHT, DELETE_RIGHT
from bots.telegram.standing import Me, Standing
from bots.wording import quoted

RIGHTS: Final = "delete_messages+restrict_members+invite_users"
"""What the link that adds the bot asks for; the last shows who asks to join, and their bio."""

CODE_MINUTES: Final = 15
_GREETING: Final = (
    "⚪ I watch this group for known material and accounts of banned organisations, "
    "and show each find to its moderators. They decide."
)


def adding_link(me: Me) -> str:
    """Return the link that adds the bot to a group with its rights filled in."""
    return f"https://t.me/{me.username}?startgroup=setup&admin={RIGHTS}"


def introduction(me: Me) -> str:
    """Say, in a private chat, what to do first."""
    return (
        "⚪ I show known material of banned organisations to a group's moderators, who decide with one tap.\n"
        "1. Press the button and choose your group. Leave the rights as they are.\n"
        f"2. In your moderators' room, or here if you moderate alone, send /bind@{escape(me.username)}."
    )


def _lacks(me: Me, mine: Standing) -> tuple[str, ...]:
    """Say what the bot lacks in a group, each with the taps that mend it."""
    missing = [
        f"“{right}”"
        for right, has in ((DELETE_RIGHT, mine.may_delete), (BAN_RIGHT, mine.may_restrict))
        if not has
    ]
    told = []
    if missing:
        taps = f"group → Edit → Administrators → @{escape(me.username)} → switch on {' and '.join(missing)}"
        told.append(f"I cannot carry out decisions here. Mend: {taps}.")
    if not mine.is_admin and not me.reads_all:
        told.append(
            "Privacy mode is on: I see only commands here. Making me administrator mends this too; "
            f"or @BotFather → /setprivacy → @{escape(me.username)} → Disable, "
            "then remove me from the group and add me again."
        )
    return tuple(told)


def status(me: Me, mine: Standing, *, is_bound: bool) -> str:
    """Say, in a group, what is in order and what is not."""
    todo = [*_lacks(me, mine)]
    if not is_bound:
        todo.append(
            f"I do not know yet where cards should go. Add me to your moderators' room and send "
            f"/bind@{escape(me.username)} there; then send here what I answer."
        )
    if not todo:
        return f"{_GREETING}\n✔ I have the rights I need, and know where the cards go."
    room = "" if is_bound else "\nIs this the moderators' room itself? Then only send /bind."
    numbered = "\n".join(f"{number}. {line}" for number, line in enumerate(todo, 1))
    return f"{_GREETING}\nStill to do:\n{numbered}{room}"


def room_status(me: Me, places: tuple[tuple[str, Standing], ...]) -> str:
    """Say, in a moderators' room, which groups' cards come here and what the bot lacks in each."""
    told = []
    for title, mine in places:
        missing = _lacks(me, mine)
        told.append(f"{'✘' if missing else '✔'} {escape(quoted(title))}")
        told += [f"    {line}" for line in missing]
    return "⚪ Cards of these groups come here:\n" + "\n".join(told)


def code_given(me: Me, code: str) -> str:
    """Say what to do with a binding code."""
    return (
        "⚪ To have a group's cards shown here, "
        f"one of its moderators sends there, within {CODE_MINUTES} minutes:\n"
        f"<code>/bind@{escape(me.username)} {code}</code>"
    )


def bound_here(title: str) -> str:
    """Say, in the room, that it worked."""
    return f"✔ Cards of {escape(quoted(title))} will be shown here. /status tells what is still missing."


NOTHING_WAITS: Final = "⚪ There is no message for you here."
BOUND_THERE: Final = "✔ Cards of this group now go to its moderators' room."
CODE_UNKNOWN: Final = "✘ This code is unknown, used, or too old. Send /bind in the other chat for a new one."
ONLY_ADMINISTRATORS: Final = "✘ Only an administrator of this group can do this."
ONLY_MODERATORS: Final = (
    "✘ Only a moderator of the group whose cards are to be shown can do this: "
    f"an administrator with the right “{DELETE_RIGHT}” or “{BAN_RIGHT}”, "
    "not posting anonymously in the moderators' room."
)
ITSELF: Final = "a group cannot be its own moderators' room"
PUBLIC: Final = "this room is public, so anyone can read it: make it a private group first"
NOT_A_MODERATOR: Final = "cards can go to a private chat only with somebody who moderates the group"


def strangers(extra: int, title: str) -> str:
    """Say that a room can be read by people who moderate neither the room nor the group."""
    verb = "is one member" if extra == 1 else f"are {extra} members"
    return (
        f"here {verb} who administrate neither this room nor {quoted(title)}, and cards must not be read by "
        "ordinary members. Make them administrators of this room (no right is needed) or remove them"
    )


def refused(reason: str) -> str:
    """Say why a room cannot be bound."""
    return f"✘ Not bound: {escape(reason)}. Then send /bind again."
