"""The desk for policies in chats: what holds, a file that is sent, a tap that makes it live or rolls it back.

Whoever asks has shown the platform that they may: the desk asks for no rights. A policy that is sent holds
for one place. Nothing is in force without a tap on a proposal that said what would change; a tap that comes
twice, or late, has its effect once.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from typing import Final, Protocol

from bots.policies import words as policy_words
from bots.policies.record import PAST, PolicyRecord, name_before
from bots.policies.trial import trial_of
from bots.policies.why import Why
from bots.policies.words import COUNTS_FOR, Said, Trial
from bots.wording import quoted
from core.errors import BadInput
from core.history import History
from core.inforce import InForce
from core.keeping import EVERYWHERE, PolicyStore, Version
from core.model import Account, Place
from core.policy.loader import Files
from core.policy.plaintext import MAX_BYTES, text_of
from core.policy.policy import Policy

ENDS: Final = (".yaml", ".yml", ".txt")
"""What the name of a policy file ends with; some programs write no other texts than `.txt`."""

_HOW: Final = "in the chat"
_BACK: Final = "rolled back"
_WENT: Final = "moved along with the group"

GONE: Final = "This proposal is not known any more. Send the file again."
TOO_OLD: Final = (
    f"This proposal is older than {COUNTS_FOR.days} days. Nothing was changed. Send the file again."
)
REPLACED: Final = "This proposal was in force, and is not any more. Nothing was changed. Send the file again."
LEFT: Final = "Left. Nothing was changed."

_TRIED_WITHIN_S: Final = 60.0
"""How long a backtest may take while somebody waits for an answer."""

_NAME: Final = 60
_TAPPED: Final = re.compile(r"[.@#:<>*`|~\[\]()/]+")
"""What makes a mention, an address or markup of a name."""


class Tried(Protocol):
    """Says what a policy would have hit lately (`core.backtest`)."""

    async def __call__(self, policy: Policy, *, place: str, by: Account) -> str:
        """Return the end of a sentence: `would have hit 3 messages, 1 of them dismissed by you`."""
        ...


class Shadows(Protocol):
    """Says what rules in shadow matched lately (`bots.brakes.hits.in_shadow`)."""

    async def __call__(self, place: str) -> Sequence[str]:
        """Return a line for each such rule; none where nothing was matched."""
        ...


class PolicyDesk:
    """Takes policies in, puts them in force, and takes them back.

    Args:
        store: Where proposals and versions are kept.
        in_force: What holds in this process; others follow it within a second.
        clock: The present moment.
        zone: The time zone of times.
        tried: Says what a policy would have hit; without it, nothing is said of that.
        shadows: Says what rules in shadow matched; without it, nothing is said of that.
        history: What is stored of before, for why a case was judged as it was.
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is built
        self,
        store: PolicyStore,
        in_force: InForce,
        *,
        clock: Callable[[], datetime],
        zone: tzinfo,
        tried: Tried | None = None,
        shadows: Shadows | None = None,
        history: History | None = None,
    ) -> None:
        self.record = PolicyRecord(store, in_force, clock)
        self.why = Why(self.record, history, zone)
        self._store = store
        self._in_force = in_force
        self._clock = clock
        self._zone = zone
        self._tried = tried
        self._shadows = shadows

    async def shown(self, place: Place) -> Said:
        """Say to moderators what holds, and what rules in shadow would have done."""
        shadows = await self._shadows(place.id) if self._shadows else ()
        return policy_words.holds(place, await self.record.holding(place), self._zone, shadows=shadows)

    async def shown_to_all(self, place: Place) -> Said:
        """Say in a group what holds, and nothing of its rules."""
        return policy_words.holds_here(await self.record.holding(place), self._zone)

    async def propose(self, place: Place, name: str, raw: bytes, by: Account) -> Said:
        """Check a file for a place and keep it as a proposal; or say why not, and keep nothing of it.

        Args:
            place: For which it is; nothing else is touched.
            name: What the file is called.
            raw: Its content.
            by: Who sent it.
        """
        name = _file_name(name)
        try:
            files: Files = ((name, text_of(raw, name)),)
        except BadInput as exc:
            return policy_words.refused(name, str(exc))
        trial = await self._tested(files)
        if isinstance(trial, Said):
            return trial
        tried = await self._would(trial.policy, place, by)
        proposal = self._version(place, files, trial.policy.name, by, how=_HOW)
        kept = await self._store.put(replace(proposal, live=False))
        return await self._offer(kept, trial, place, tried)

    async def proposal(self, number: int) -> Version | None:
        """Return a proposal, or None if there is none of that number."""
        found = await self._store.version(number)
        return found if found and not found.live and found.files else None

    async def live(self, number: int) -> Version | None:
        """Return a place's version that was in force, or None if there is none of that number."""
        found = await self._store.version(number)
        return found if found and found.live and found.place != EVERYWHERE else None

    async def make_live(self, proposal: Version, place: Place, by: Account, *, seen: int) -> Said:
        """Put a proposal in force; a second tap changes nothing.

        Args:
            proposal: As `proposal` returned it.
            place: Its place.
            by: Who tapped.
            seen: The latest version that they were told about; what came after it is said first.
        """
        trial = await self._tested(proposal.files)
        own = await self._store.history(place.id, limit=PAST)
        if made := next((one for one in own if one.origin == proposal.number), None):
            return await self._done(made, place, again=True) if made == own[0] else Said.of(REPLACED)
        if self._clock() - proposal.at > COUNTS_FOR:
            return Said.of(TOO_OLD)
        if isinstance(trial, Said):
            return trial
        live = replace(
            self._version(place, proposal.files, proposal.name, by, how=_HOW), origin=proposal.number
        )
        made = await self._put(live, seen=seen)
        if made.origin == proposal.number:
            return await self._done(made, place, again=False)
        tried = await self._would(trial.policy, place, by)
        meanwhile = policy_words.put_since(made, self._zone)
        return await self._offer(proposal, trial, place, tried, meanwhile=meanwhile)

    async def roll_back(self, version: Version, place: Place, by: Account) -> Said:
        """Put what held before a version in force again, if that version is the one that holds.

        Args:
            version: As `live` returned it.
            place: Its place.
            by: Who tapped.
        """
        own = await self._store.history(place.id, limit=2)
        house = await self._store.history(EVERYWHERE, limit=1)
        done = own[0] if own and own[0].origin == version.number else None
        if done is None and (not own or own[0].number != version.number or not version.files):
            return Said.of(f"{quoted(version.name)} is not in force any more. Nothing was changed.")
        if done is None:
            before = own[1].files if own[1:] else ()
            if before and isinstance(trouble := await self._read(before), Said):
                return trouble
            back = self._version(place, before, name_before(own, house), by, how=_BACK)
            seen = max(one.number for one in (own[0], *house))
            done = await self._put(replace(back, origin=version.number), seen=seen)
        if done.origin != version.number:
            return await self.roll_back(version, place, by)  # something was put in force while this was read
        return policy_words.rolled_back(version, self.record.now(place), place, done.at, self._zone)

    async def moved(self, old: str, new: str) -> None:
        """Let a place's own policy go with it to another id; a place that has one already keeps that."""
        own = await self._store.history(old, limit=1)
        if own and own[0].files and not await self._store.history(new, limit=1):
            await self._store.put(
                replace(own[0], number=0, place=new, how=_WENT, at=self._clock(), origin=None)
            )
            await self._in_force.refresh()

    async def _read(self, files: Files) -> Trial | Said:
        """Read a policy and run its examples; returns what is known of it, or why it cannot be used."""
        house = await self.record.house()
        try:
            return await asyncio.to_thread(trial_of, files, house)
        except BadInput as exc:
            return policy_words.refused(files[0][0], str(exc))

    async def _tested(self, files: Files) -> Trial | Said:
        """Return what is known of a policy, or why it is not offered."""
        trial = await self._read(files)
        return policy_words.failing(trial) if isinstance(trial, Trial) and trial.wrong else trial

    async def _offer(
        self, proposal: Version, trial: Trial, place: Place, tried: str, *, meanwhile: str = ""
    ) -> Said:
        latest = await self.record.latest(place)
        return policy_words.offered(
            proposal,
            trial,
            self.record.now(place),
            place,
            seen=latest.number if latest else 0,
            tried=tried,
            meanwhile=meanwhile,
        )

    async def _would(self, policy: Policy, place: Place, by: Account) -> str:
        """Return what a policy would have hit, or "" where nobody can say."""
        if self._tried is None:
            return ""
        try:
            async with asyncio.timeout(_TRIED_WITHIN_S):
                return await self._tried(policy, place=place.id, by=by)
        except TimeoutError:
            return "had more messages than could be tried here (nigehban policy backtest tries all)"

    async def _done(self, version: Version, place: Place, *, again: bool) -> Said:
        own = await self._store.history(place.id, limit=2)
        back = name_before(own, await self._store.history(EVERYWHERE, limit=1))
        return policy_words.made_live(version, place, self._zone, back=back, again=again)

    def _version(self, place: Place, files: Files, name: str, by: Account, *, how: str) -> Version:
        """Return what is to hold in a place from now on."""
        who = by.name or by.id
        return Version(place=place.id, name=name, files=files, by=who, how=how, at=self._clock())

    async def _put(self, version: Version, *, seen: int) -> Version:
        """Put a version in force in this process too, unless another was put there that nobody has seen."""
        put = await self._store.put(version, seen=seen)
        await self._in_force.refresh()
        return put


def oversized(name: str, size: int | None) -> Said | None:
    """Refuse a file by the size that the platform tells, before it is fetched; None where it may be."""
    if size is None or size <= MAX_BYTES:
        return None
    name = _file_name(name)
    return policy_words.refused(
        name,
        f"{name}: larger than {MAX_BYTES // 1024} kB. A policy is rules, not lists; banks are.",
    )


def _file_name(name: str) -> str:
    """Return what a file is called, without folders and whatever could break a line, or be tapped.

    Every card of the place tells it, as the name of the policy.
    """
    shown = "".join(c for c in PurePosixPath(name).name if c.isprintable()).strip()
    stem = shown.rpartition(".")[0] if shown.casefold().endswith(ENDS) else shown
    stem = _TAPPED.sub("-", stem[:_NAME]).strip("-")
    return f"{stem or 'policy'}.yaml"
