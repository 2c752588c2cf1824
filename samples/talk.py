"""What the invented people of the samples say: two short chats, with what is banned planted among them.

The group "Blue Lantern Front", every name, link, number and address are invented; telephone numbers are from
the range reserved for fiction. A line that must be found names the entry of `list.csv` it must be found by.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message.

    Attributes:
        who: The first name of who says it.
        text: Without what `link` adds.
        link: Words and the hidden address behind them.
        forwarded: Name and number of the channel (Telegram) or server (Discord) it comes from.
        picture: A picture of `make.PICTURES`.
        document: The name its sender gives the leaflet.
        contact: A shared contact's first name, last name and telephone number.
        button: An inline button's words and address, under a bot's message.
        preview: Title and address of a link's preview.
        mentions: First names, and "desk" for the banned account.
        found: References of the entries it must be found by.
        alike: Why it looks as if it should be found, and must not be.
    """

    who: str
    text: str = ""
    link: tuple[str, str] = ("", "")
    forwarded: tuple[str, str] = ("", "")
    picture: str = ""
    document: str = ""
    contact: tuple[str, str, str] = ("", "", "")
    button: tuple[str, str] = ("", "")
    preview: tuple[str, str] = ("", "")
    mentions: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    alike: str = ""


KITE_FLYERS: Final = (
    Line(who="Amina", text="السلام علیکم سب کو! آج ہوا کیسی ہے؟"),
    Line(who="Omar", text="wa alaikum salam. good wind from the west, 5 pm at the old quay?"),
    Line(who="Sana", text="I bring string and the big red one"),
    Line(who="Bilal", text="میں آدھا گھنٹہ دیر سے آؤں گا، پہلے دکان جانا ہے"),
    Line(who="Amina", text="yesterday, over the second hill", picture="kites"),
    Line(who="Omar", text="beautiful! 😍"),
    Line(who="Zoya", text="what kind of paper is that? mine tears after an hour"),
    Line(who="Amina", text="ripstop nylon, no paper. https://en.wikipedia.org/wiki/Ripstop"),
    Line(
        who="guest 17", text="friends, real news only here: https://t.me/bluelantern_front", found=("bl-01",)
    ),
    Line(who="Zoya", text="?"),
    Line(who="Bilal", text="یہ کیا ہے؟ یہاں صرف پتنگوں کی بات کریں"),
    Line(who="Sana", text="the moderators will see to it. who has a spare reel?"),
    Line(who="Omar", text="me, two of them"),
    Line(
        who="Hina",
        text="City Desk writes about the Blue Lantern Front and its leaflets: https://t.me/citydesk_example/81",
        alike="a newspaper that names the group",
    ),
    Line(who="Bilal", text="پڑھ لیا، شکریہ! اب ہوا تیز ہو رہی ہے"),
    Line(
        who="guest 17",
        text="نئی ویڈیو ",
        link=("یہاں", "https://t.me/+BlueLanternExample01"),
        found=("bl-02",),
    ),
    Line(who="Amina", text="the festival plan is pinned, please read it before you ask 🙏"),
    Line(
        who="Zoya", text="lanterns at the harbour tonight", picture="festival", alike="a picture of lanterns"
    ),
    Line(who="Omar", text="kites and lanterns on one evening, what a town"),
    Line(who="mister lamp", picture="poster again", found=("bl-03",)),
    Line(who="Sana", text="reported"),
    Line(who="Bilal", text="کل بارش ہے؟"),
    Line(who="Omar", text="only after maghrib, they say 60 %"),
    Line(
        who="mister lamp",
        text="The lamps will be lit on every roof.",
        forwarded=("Lantern Wire", "1900000077"),
        found=("bl-04",),
    ),
    Line(who="Zoya", text="can we please have one day without this"),
    Line(
        who="Hina",
        text="Rain from eight o'clock, winds light.",
        forwarded=("City Weather", "1900000012"),
        alike="a forward from another channel",
    ),
    Line(who="Sana", text="question for the tailors: which needle for nylon?"),
    Line(who="Amina", text="80, and slowly"),
    Line(who="guest 17", text="timetable for Sunday", document="timetable.pdf", found=("bl-05",)),
    Line(who="Bilal", text="میری پتنگ درخت میں پھنس گئی 😂"),
    Line(who="Omar", text="third time this week, Bilal"),
    Line(
        who="Hina",
        text="whoever wrote to bluelantern_front@post.example by mistake: that is a lamp shop in our street",
        alike="an e-mail address with the same name",
    ),
    Line(
        who="mister lamp",
        contact=("Lantern desk", "@bluelantern_desk", "+1 202 555 0147"),
        found=("bl-06",),
    ),
    Line(
        who="Zoya", contact=("Kite", "shop", "+1 202 555 0112"), alike="somebody's contact, shared for string"
    ),
    Line(who="Sana", text="got the string, 40 rupees cheaper than last year"),
    Line(
        who="Poll bot",
        text="Who comes on Sunday?",
        button=("Yes, all of us", "https://t.me/bluelantern_front?start=sunday"),
        found=("bl-01",),
    ),
    Line(who="Amina", text="that bot is not ours, do not press it"),
    Line(
        who="Omar",
        text="my new channel about fruit trees is t.me/bluelantern_fruit, come and see",
        alike="a name that is one letter longer",
    ),
    Line(who="Bilal", text="سب خیریت سے گھر پہنچیں، شب بخیر"),
    Line(who="Amina", text="good night all, see you on the hill"),
)
"""A Telegram group."""

LANTERN_HARBOUR: Final = (
    Line(who="Noor", text="morning harbour! tide is at 6:40 and 19:05 today"),
    Line(who="Lucy", text="thanks Noor. is the small crane free?"),
    Line(who="Tariq", text="yes until ten, then the ferry needs it"),
    Line(who="Imran", text="آج مچھلی بازار بند ہے، کل کھلے گا"),
    Line(who="Lucy", text="this morning from the pier", picture="pier"),
    Line(who="Noor", text="so calm. that fog!"),
    Line(who="lampwright", text="meet the others: https://discord.gg/BLFront9x", found=("bl-07",)),
    Line(who="Tariq", text="what others? we have a channel for boats and one for tea"),
    Line(
        who="Imran",
        text="our own invite is https://discord.gg/blfront9X, the boats club made it years ago",
        alike="an invite that differs in its capitals, which makes it another one",
    ),
    Line(who="Lucy", text="<@300000000000000021> can you look at the pump?", mentions=("Tariq",)),
    Line(who="Tariq", text="after lunch"),
    Line(
        who="lampwright", text="for the walls of your boathouse", picture="poster once more", found=("bl-03",)
    ),
    Line(who="Noor", text="no posters on the boathouse, please"),
    Line(who="Imran", text="لالٹینوں کا میلہ", picture="festival", alike="a picture of lanterns"),
    Line(who="Lucy", text="is the festival before or after the regatta?"),
    Line(who="Noor", text="before. programme: https://harbour.example/festival.pdf"),
    Line(
        who="lampwright",
        text="the evening paper will not print this",
        link=("read it here", "https://t.me/bluelantern_front/7"),
        found=("bl-01",),
    ),
    Line(who="Tariq", text="pump is fine, it was the fuse again"),
    Line(
        who="lampwright",
        text="Join us before the ice goes: https://t.me/+BlueLanternExample01",
        forwarded=("", "1150000000000000098"),
        found=("bl-02",),
    ),
    Line(
        who="Lucy",
        text="council debate about the ban, worth reading",
        preview=(
            "Council: why the Blue Lantern Front was banned",
            "https://citydesk.example/council/blue-lantern-front",
        ),
        alike="a newspaper's preview that names the group",
    ),
    Line(
        who="lampwright",
        text="look at this lovely page",
        preview=("Boats, boats, boats", "https://discord.com/invite/BLFront9x"),
        found=("bl-07",),
    ),
    Line(who="Imran", text="یہ اکاؤنٹ پھر سے اشتہار دے رہا ہے"),
    Line(
        who="lampwright",
        text="ask <@300000000000000777> for the key",
        mentions=("desk",),
        found=("bl-08",),
    ),
    Line(who="Noor", text="nobody ask anybody for keys. keys are with me"),
    Line(who="Tariq", text="chai?"),
    Line(who="Lucy", text="two minutes ☕"),
)
"""A Discord server's channel."""
