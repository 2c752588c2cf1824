"""Every piece of a Discord message that says or shows something, with where it stood.

One walk over the raw JSON: text, files, stickers, embeds with all their fields and addresses, forwarded
snapshots (the same walk again, under `forward.`), components, polls, and who is mentioned.
"""

from collections.abc import Iterator

from bots.discord.components import components_of
from bots.discord.identity import account_of, address_of
from bots.discord.markdown import shown
from bots.discord.media import Media
from bots.discord.raw import Raw, record, records, snowflake, text
from core.model import Link, Mention, Part, Text


def parts_of(message: Raw, cdn_base: str) -> tuple[Part, ...]:
    """Return the parts of a message, in reading order.

    Args:
        message: As an event, the history or a report brings it.
        cdn_base: The file server's address.
    """
    media = Media(cdn_base, snowflake(message.get("channel_id")), snowflake(message.get("id")))
    return tuple(_parts(message, media))


def _parts(message: Raw, media: Media) -> Iterator[Part]:
    yield from _content(message, "", media)
    yield from _forwarded(message, media)
    yield from _poll(record(message.get("poll")))
    for place, user in enumerate(records(message.get("mentions"))):
        yield Mention(account=account_of(user, record(user.get("member"))), path=f"mention[{place}]")
    # Whoever lets an app speak for them is not its author, and answers for it all the same.
    if caller := record(record(message.get("interaction_metadata")).get("user")):
        yield Mention(account=account_of(caller, {}), path="interaction.user")


def _content(message: Raw, at: str, media: Media) -> Iterator[Part]:
    """Yield what a message and a forwarded one have in common; `at` goes before every path."""
    if words := text(message.get("content")):
        yield from shown(words, f"{at}text")
        yield from media.pasted(words, f"{at}text")
    for place, file in enumerate(records(message.get("attachments"))):
        path = f"{at}attachment[{place}]"
        yield media.attached(file, path)
        for key in ("title", "description"):
            if words := text(file.get(key)):
                yield Text(text=words, path=f"{path}.{key}")
    for place, sticker in enumerate(records(message.get("sticker_items"))):
        path = f"{at}sticker[{place}]"
        if name := text(sticker.get("name")):
            yield Text(text=name, path=f"{path}.name")
        yield from media.sticker(sticker, path)
    for place, embed in enumerate(records(message.get("embeds"))):
        yield from _embed(embed, f"{at}embed[{place}]", media)
    yield from components_of(message, at, media)


def _forwarded(message: Raw, media: Media) -> Iterator[Part]:
    """Yield forwarded snapshots; they have no author, but where they come from is known."""
    snapshots = list(records(message.get("message_snapshots")))
    reference = record(message.get("message_reference"))
    if snapshots and (guild := snowflake(reference.get("guild_id"))):
        channel, number = snowflake(reference.get("channel_id")), snowflake(reference.get("message_id"))
        yield Link(url=address_of(guild, channel, number), path="forward.origin", hidden=True)
    for snapshot in snapshots:
        yield from _content(record(snapshot.get("message")), "forward.", media)


def _embed(embed: Raw, at: str, media: Media) -> Iterator[Part]:
    for key in ("title", "description"):
        if words := text(embed.get(key)):
            yield from shown(words, f"{at}.{key}")
    if url := text(embed.get("url")):
        yield Link(url=url, path=f"{at}.url", hidden=True)
    for key, name in (("author", "name"), ("provider", "name"), ("footer", "text")):
        line = record(embed.get(key))
        if words := text(line.get(name)):
            yield Text(text=words, path=f"{at}.{key}")
        if url := text(line.get("url")):
            yield Link(url=url, path=f"{at}.{key}.url", hidden=True)
    for place, field in enumerate(records(embed.get("fields"))):
        yield from shown(f"{text(field.get('name'))}\n{text(field.get('value'))}", f"{at}.field[{place}]")
    for key in ("thumbnail", "image", "video"):
        yield from media.shown(record(embed.get(key)), f"{at}.{key}")


def _poll(poll: Raw) -> Iterator[Part]:
    if words := text(record(poll.get("question")).get("text")):
        yield Text(text=words, path="poll.question")
    for place, answer in enumerate(records(poll.get("answers"))):
        if words := text(record(answer.get("poll_media")).get("text")):
            yield Text(text=words, path=f"poll.option[{place}]")
