"""What moderators are told of brakes: a quota is used up, a rule matches far more than usual, or nothing.

What is told names rules and counts, and never a member or what a rule waits for.
"""

from datetime import tzinfo
from typing import Final

from bots.wording import harmless, moment, quoted
from core.announcing import Announcer
from core.brakes.quotas import HOUR, words_of
from core.brakes.watch import BACK_DAYS, Silence, Surge
from core.keeping import Full, Rooms, Which
from core.model import Message

_SHOWS: Final = "/policy shows what holds here."


class BrakeNews:
    """Tells the rooms.

    Args:
        announce: Says things in rooms, once for each key.
        rooms: Which places a room has.
        zone: The time zone of times.
    """

    def __init__(self, announce: Announcer, rooms: Rooms, *, zone: tzinfo) -> None:
        self._announce = announce
        self._rooms = rooms
        self._zone = zone

    async def braked(self, message: Message, policy: str, full: Full) -> None:
        """Tell that a quota is used up, once for each hour (or day) at whose end there is room again."""
        allowance, place = full.allowance, message.place
        lasts = f"{full.until:%Y-%m-%dT%H}" if allowance.within == HOUR else f"{full.until:%Y-%m-%d}"
        key = f"brake/{place.id}/{policy}/{allowance.kind}/{allowance.within.total_seconds():.0f}/{lasts}"
        hour = "hour" if allowance.within == HOUR else "day"
        where, until = quoted(place.name or place.id), moment(full.until, self._zone)
        lines = (
            f"⚪ Brake: policy {quoted(policy)} has come to {words_of(allowance)} in {where}, its quota.",
            (
                f"All that it finds in this whole group or server is only reported until {until}; "
                "then it acts again by itself."
            ),
            f"If it was right, raise the quota in the policy file (quotas, {allowance.kind}, {hour}).",
            "If it was not, undo it on the cards and set the rule to stage: shadow.",
            _SHOWS,
        )
        await self._announce(key, lines, places=(place.id,))

    async def surged(self, surge: Surge) -> None:
        """Tell that a rule matched far more than usual."""
        days = "day" if surge.days == 1 else f"{surge.days} days"
        rule = await self._named(surge.which)
        touched = "A wave, or a rule or list that is wrong: the cards say which."
        lines = (
            f"⚪ {rule} matched {surge.messages} messages this hour.",
            f"In the {days} before, mostly not more than {surge.usually} an hour.",
            touched if surge.touches else "It is in shadow: nobody was touched.",
            _SHOWS,
        )
        key = f"surge/{'/'.join(surge.which)}{surge.hour:%Y-%m-%dT%H}"
        await self._announce(key, lines, places=(surge.which.place,))

    async def silent(self, silence: Silence) -> None:
        """Tell that a rule matches nothing any more."""
        rule = await self._named(silence.which)
        lines = (
            f"⚪ {rule} has matched nothing for 24 hours.",
            f"On each of the {BACK_DAYS} days before, at least {silence.least} messages.",
            "Perhaps a list lost what it knew, the rule was changed, or the bot no longer sees all messages.",
            _SHOWS,
        )
        key = f"silence/{'/'.join(silence.which)}{silence.at:%Y-%m-%d}"
        await self._announce(key, lines, places=(silence.which.place,))

    async def _named(self, which: Which) -> str:
        """Name a rule, with its place where the room has several."""
        room = await self._rooms.room(which.place)
        several = room is not None and len(await self._rooms.places(room)) > 1
        where = f" in {harmless(which.place, 60)}" if several else ""
        return f"Rule {quoted(which.rule, 80)} of policy {quoted(which.policy)}{where}"
