"""A policy sent to the real process in a chat: one tap, and messages feel it; another, and they do not."""

from tests.e2e.scene import Scene, promote
from tests.standins.telegram import media

DELETING = b"""version: 1
rules:
  - name: links
    when: {match: {signal: link}}
    do: [report, delete]
    examples:
      must_match: [{finds: [{signal: link}]}]
"""


async def test_a_policy_from_a_chat_is_in_force_by_one_tap_and_out_of_it_by_another(
    scene: Scene,
) -> None:
    """The file is offered in private; what it deletes is deleted from the tap on, and not after the other."""
    telegram, group, room, amina, omar = scene.telegram, scene.group, scene.room, scene.amina, scene.omar
    await promote(scene.home)
    private = telegram.private(omar)

    async with scene.process():
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
