"""A policy sent to the real process in a chat: one tap, and messages feel it; another, and they do not."""

from pathlib import Path

from core.model import Bank, Entry, Trust
from core.store.banks import SqlBanks
from core.store.rooms import SqlRooms
from tests.e2e.process import running
from tests.standins.telegram import media
from tests.standins.telegram.stage import TelegramStandIn
from tests.stores import opened_store

DELETING = b"""version: 1
rules:
  - name: links
    when: {match: {signal: link}}
    do: [report, delete]
    examples:
      must_match: [{finds: [{signal: link}]}]
"""


async def test_a_policy_from_a_chat_is_in_force_by_one_tap_and_out_of_it_by_another(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    """The file is offered in private; what it deletes is deleted from the tap on, and not after the other."""
    group, room = telegram.group("Kite Flyers"), telegram.group("Moderators")
    amina, omar = telegram.member(group, "Amina"), telegram.admin(group, "Omar")
    telegram.admin(room, omar)
    telegram.add_bot(group)
    telegram.add_bot(room, rights=None)
    telegram.world.feed.pending.clear()
    async with opened_store(tmp_path) as database:
        banks = SqlBanks(database)
        await banks.add("community", [Entry(kind="link", value="telegram:user/bluelantern", ref="r1")])
        await banks.put_bank(Bank(name="community", trust=Trust.ACT))
        await SqlRooms(database).bind(f"telegram:{group.id}", f"telegram:{room.id}")
    settings = {
        "NIGEHBAN_TELEGRAM__TOKEN": telegram.token,
        "NIGEHBAN_TELEGRAM__BASE_URL": telegram.base_url,
        "NIGEHBAN_TELEGRAM__BASE_FILE_URL": telegram.base_file_url,
    }
    private = telegram.private(omar)

    async with running(tmp_path, settings):
        document = media.document(telegram.world, DELETING, name="kites.yaml", mime="application/yaml")
        telegram.post(private, omar, attached=document)
        await telegram.api.wait_until(lambda: bool(telegram.said(private)), 20)
        (offer,) = telegram.said(private)
        offered = offer.text
        telegram.tap(offer, next(iter(offer.buttons)), omar)
        await telegram.api.wait_until(lambda: "Leave it" not in offer.buttons, 20)
        deleted = telegram.post(group, amina, "look: t.me/BlueLantern")
        await telegram.api.wait_until(lambda: not deleted.is_there, 20)
        telegram.tap(offer, next(iter(offer.buttons)), omar)
        await telegram.api.wait_until(lambda: not offer.buttons, 20)
        kept = telegram.post(group, amina, "again: t.me/BlueLantern")
        await telegram.api.wait_until(
            lambda: sum(m.text.startswith("🔴") for m in telegram.said(room)) > 1, 20
        )

    told = "\n".join(m.text for m in telegram.said(room))
    assert "1 rule; 1 of 1 examples hold." in offered
    assert "In the last 30 days it would have hit no message." in offered
    assert kept.is_there
    assert "“\u2068kites\u2069” was put in force (in the chat by “\u2068Omar\u2069”)" in told
    assert "taken back (rolled back by “\u2068Omar\u2069”)" in told
