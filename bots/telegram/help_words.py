"""What `/help` answers: the commands that count in that chat, a sentence for each, in the asker's language.

It has the languages of the notices to members, because members write to the bot in private, too. Commands are
isolated, so that a line that begins with one still runs in the direction of its own letters.
"""
# ruff: noqa: RUF001  # Urdu ends its sentences with a full stop of its own

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

POLICY: Final = "/policy"
CASE: Final = "/why 7K3"
OF_POLICIES: Final = (POLICY, CASE)
"""What counts only where policies can be put in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The sentences of one language; `{}` is the command.

    Attributes:
        head: The first line.
        room, private: What each command does in a moderators' room, and in a private chat.
    """

    head: str
    room: Mapping[str, str]
    private: Mapping[str, str]


ENGLISH: Final = Words(
    head="Here I can be told:",
    room={
        "/status": "{} says what I may do in the groups whose cards come here, and what is missing.",
        "/bind": "{} has another group's cards shown here, too.",
        POLICY: "{} says which policy holds in those groups, and what changed last.",
        CASE: "{} says why a case was judged as it was. Its id stands on its card.",
    },
    private={
        "/why": "{} shows a message that waits for you.",
        "/start": "{} says how I am added to a group.",
        "/bind": "{} has a group's cards shown here, if you moderate it alone.",
        POLICY: "{} says how I am sent a policy file; if cards come here, which policy holds.",
        CASE: "{} says why a case was judged as it was, to who moderates its group.",
    },
)

URDU: Final = Words(
    head="یہاں آپ مجھے یہ کمانڈز دے سکتے ہیں:",
    room={
        "/status": "{} بتاتا ہے کہ جن گروپوں کے کارڈ یہاں آتے ہیں ان میں مجھے کیا اجازت ہے اور کیا کمی ہے۔",
        "/bind": "{} سے کسی اور گروپ کے کارڈ بھی یہاں دکھائے جاتے ہیں۔",
        POLICY: "{} بتاتا ہے کہ ان گروپوں میں کون سی پالیسی لاگو ہے اور آخری تبدیلی کیا تھی۔",
        CASE: "{} بتاتا ہے کہ کسی کیس کا فیصلہ اس طرح کیوں ہوا۔ کیس کا نمبر اس کے کارڈ پر لکھا ہے۔",
    },
    private={
        "/why": "{} وہ پیغام دکھاتا ہے جو آپ کا منتظر ہے۔",
        "/start": "{} بتاتا ہے کہ مجھے کسی گروپ میں کیسے شامل کیا جائے۔",
        "/bind": "{} سے کسی گروپ کے کارڈ یہاں دکھائے جاتے ہیں، اگر آپ اکیلے اس کے منتظم ہیں۔",
        POLICY: "{} بتاتا ہے کہ مجھے پالیسی کیسے بھیجی جائے، اور کارڈ یہاں آتے ہوں تو کون سی لاگو ہے۔",
        CASE: "{} کیس کے گروپ کے منتظم کو بتاتا ہے کہ اس کا فیصلہ اس طرح کیوں ہوا۔",
    },
)

ARABIC: Final = Words(
    head="يمكن إعطائي هنا هذه الأوامر:",
    room={
        "/status": "{} يبيّن ما يحقّ لي فعله في المجموعات التي تصل بطاقاتها إلى هنا، وما الذي ينقص.",
        "/bind": "{} يعرض هنا بطاقات مجموعة أخرى أيضًا.",
        POLICY: "{} يبيّن أي سياسة تسري في تلك المجموعات، وما آخر ما تغيّر.",
        CASE: "{} يبيّن لماذا حُكم في حالة ما على هذا النحو. رقم الحالة مكتوب على بطاقتها.",
    },
    private={
        "/why": "{} يعرض الرسالة التي تنتظرك.",
        "/start": "{} يبيّن كيف أُضاف إلى مجموعة.",
        "/bind": "{} يعرض هنا بطاقات مجموعة إذا كنت تشرف عليها وحدك.",
        POLICY: "{} يبيّن كيف يُرسَل إليّ ملف سياسة، وأي سياسة تسري إذا كانت البطاقات تصل إلى هنا.",
        CASE: "{} يبيّن لمن يشرف على مجموعة الحالة لماذا حُكم فيها على هذا النحو.",
    },
)

LANGUAGES: Final[Mapping[str, Words]] = {"en": ENGLISH, "ur": URDU, "ar": ARABIC}
"""By the first part of a language's tag."""


def help_of(language: str, *, is_private: bool, policies: bool) -> str:
    """Say what the bot can be told in a private chat, or in a moderators' room.

    Args:
        language: The tag of the asker's language, as the platform tells it; "" for none.
        is_private: In a private chat.
        policies: Policies can be put in force here.
    """
    words = LANGUAGES.get(language.partition("-")[0].casefold(), ENGLISH)
    known = words.private if is_private else words.room
    told = [
        does.format(f"\u2068{command}\u2069")
        for command, does in known.items()
        if policies or command not in OF_POLICIES
    ]
    return "\n".join((f"⚪ {words.head}", *told))
