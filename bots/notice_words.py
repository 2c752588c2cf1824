"""What a notice says to a member, sentence by sentence, in the languages it is written in.

Whole sentences, never glued pieces: a word's place and form depend on the others. Each begins with a letter
of its own script, so that it runs in its own direction. No sentence has room for the name of a list, a rule
or an entry: it would teach evasion, and lists are secrets.
"""
# ruff: noqa: RUF001  # Urdu ends its sentences with a full stop of its own

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.model import ActionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The sentences of one language; `{place}`, `{at}`, `{name}` and `{count}` are filled in.

    Attributes:
        message, profile: What it is about.
        found: By the kind of thing that was recognised; "" for every other one.
        deeds: What was decided, by its kind.
        nothing: In the place of deeds where there is none.
        warned_only: In the place of the warning where it is the only deed.
        counted: Of a warning that is not the first, its number.
        person, program: Who decided.
        ask: That a person can be asked.
        mistaken: In the place of what was found, where all of it is taken back.
        taken_back: What holds again, by the kind of what was done.
        sorry: The last but one line of a notice that takes back.
        waits: In a group: that a notice waits; `read` is the button to it.
        here: What a place without a name is called.
    """

    message: str
    profile: str
    found: Mapping[str, str]
    deeds: Mapping[ActionKind, str]
    nothing: str
    warned_only: str
    counted: str
    person: str
    program: str
    ask: str
    mistaken: str
    taken_back: Mapping[ActionKind, str]
    sorry: str
    waits: str
    read: str
    here: str


ENGLISH: Final = Words(
    message="This is about your message of {at} in {place}.",
    profile="This is about your profile in {place}.",
    found={
        "link": "It contained a link that is on a list of known material of banned organisations.",
        "account": "It named an account that is on a list of accounts of banned organisations.",
        "file": "It contained a file that is on a list of known material of banned organisations.",
        "image": "It contained a picture that is on a list of known propaganda of banned organisations.",
        "video": "It contained a video that is on a list of known propaganda of banned organisations.",
        "text": "It contained a text that is on a list of known propaganda of banned organisations.",
        "likeness": "It resembles an account that is on a list of accounts of banned organisations.",
        "": "Something in it is on a list of known material of banned organisations.",
    },
    deeds={
        ActionKind.WARN: "This is a warning.",
        ActionKind.DELETE: "The message is removed.",
        ActionKind.NO_MEDIA: "It was decided that you cannot send pictures, videos or files there for now.",
        ActionKind.MUTE: "It was decided that you cannot write there for now.",
        ActionKind.KICK: "It was decided that you leave the group. You may come back.",
        ActionKind.BAN: "It was decided that you are banned from the group.",
    },
    nothing="It was shown to the moderators. Nothing else has been done.",
    warned_only="This is a warning. Nothing else has been done.",
    counted="With it, {count} warnings to you stand in {place}.",
    person="A program recognised it, and a moderator decided.",
    program="A program recognised it; no person has decided yet.",
    ask="If this was news, research or a mistake, write to the moderators of {place}: a person can look.",
    mistaken="It was decided to take back what was done because of it.",
    taken_back={
        ActionKind.WARN: "The warning no longer counts.",
        ActionKind.DELETE: "The message cannot be brought back; you may post it again.",
        ActionKind.NO_MEDIA: "You can send pictures, videos and files there again.",
        ActionKind.MUTE: "You can write there again.",
        ActionKind.KICK: "You are welcome to come back.",
        ActionKind.BAN: "You are no longer banned, and may come back.",
    },
    sorry="We are sorry. You need not do anything; the moderators of {place} answer your questions.",
    waits="There is a message for you, {name}. Press the button to read it in a private chat with me.",
    read="Read it",
    here="the group",
)

URDU: Final = Words(
    message="یہ آپ کے اس پیغام کے بارے میں ہے جو آپ نے {place} میں {at} پر بھیجا تھا۔",
    profile="یہ {place} میں آپ کے پروفائل کے بارے میں ہے۔",
    found={
        "link": "اس میں ایک ایسا لنک تھا جو کالعدم تنظیموں کے معلوم مواد کی فہرست میں ہے۔",
        "account": "اس میں ایک ایسے اکاؤنٹ کا ذکر تھا جو کالعدم تنظیموں کے اکاؤنٹس کی فہرست میں ہے۔",
        "file": "اس میں ایک ایسی فائل تھی جو کالعدم تنظیموں کے معلوم مواد کی فہرست میں ہے۔",
        "image": "اس میں ایک ایسی تصویر تھی جو کالعدم تنظیموں کے معلوم پروپیگنڈے کی فہرست میں ہے۔",
        "video": "اس میں ایک ایسی ویڈیو تھی جو کالعدم تنظیموں کے معلوم پروپیگنڈے کی فہرست میں ہے۔",
        "text": "اس میں ایک ایسی تحریر تھی جو کالعدم تنظیموں کے معلوم پروپیگنڈے کی فہرست میں ہے۔",
        "likeness": "یہ ایک ایسے اکاؤنٹ سے ملتا جلتا ہے جو کالعدم تنظیموں کے اکاؤنٹس کی فہرست میں ہے۔",
        "": "اس میں کچھ ایسا ہے جو کالعدم تنظیموں کے معلوم مواد کی فہرست میں ہے۔",
    },
    deeds={
        ActionKind.WARN: "یہ ایک انتباہ ہے۔",
        ActionKind.DELETE: "پیغام ہٹا دیا گیا ہے۔",
        ActionKind.NO_MEDIA: "فیصلہ ہوا ہے کہ آپ فی الحال وہاں تصویریں، ویڈیوز یا فائلیں نہیں بھیج سکتے۔",
        ActionKind.MUTE: "فیصلہ ہوا ہے کہ آپ فی الحال وہاں لکھ نہیں سکتے۔",
        ActionKind.KICK: "فیصلہ ہوا ہے کہ آپ کو گروپ سے نکالا جائے۔ آپ دوبارہ شامل ہو سکتے ہیں۔",
        ActionKind.BAN: "فیصلہ ہوا ہے کہ گروپ میں آپ کے آنے پر پابندی ہو۔",
    },
    nothing="یہ منتظمین کو دکھایا گیا ہے۔ اس کے علاوہ کچھ نہیں کیا گیا۔",
    warned_only="یہ ایک انتباہ ہے۔ اس کے علاوہ کچھ نہیں کیا گیا۔",
    counted="اس کے ساتھ {place} میں آپ کے لیے {count} انتباہات ہو گئے ہیں۔",
    person="ایک پروگرام نے اسے پہچانا اور ایک منتظم نے فیصلہ کیا۔",
    program="ایک پروگرام نے اسے پہچانا ہے؛ ابھی کسی انسان نے فیصلہ نہیں کیا۔",
    ask="اگر یہ خبر، تحقیق یا غلطی تھی تو {place} کے منتظمین کو لکھیں: ایک انسان اسے دوبارہ دیکھ سکتا ہے۔",
    mistaken="فیصلہ ہوا ہے کہ اس کی وجہ سے جو کیا گیا تھا وہ واپس لیا جائے۔",
    taken_back={
        ActionKind.WARN: "وہ انتباہ اب شمار نہیں ہوتا۔",
        ActionKind.DELETE: "پیغام واپس نہیں لایا جا سکتا؛ آپ اسے دوبارہ بھیج سکتے ہیں۔",
        ActionKind.NO_MEDIA: "آپ وہاں دوبارہ تصویریں، ویڈیوز اور فائلیں بھیج سکتے ہیں۔",
        ActionKind.MUTE: "آپ وہاں دوبارہ لکھ سکتے ہیں۔",
        ActionKind.KICK: "آپ کا دوبارہ آنے پر خیر مقدم ہے۔",
        ActionKind.BAN: "آپ پر اب پابندی نہیں، اور آپ واپس آ سکتے ہیں۔",
    },
    sorry="ہم معذرت خواہ ہیں۔ آپ کو کچھ کرنے کی ضرورت نہیں؛ {place} کے منتظمین آپ کے سوالوں کا جواب دیں گے۔",
    waits="آپ کے لیے ایک پیغام ہے، {name}۔ اسے مجھ سے نجی گفتگو میں پڑھنے کے لیے بٹن دبائیں۔",
    read="پڑھیں",
    here="گروپ",
)

ARABIC: Final = Words(
    message="تتعلق هذه الرسالة بما نشرته في {place} بتاريخ {at}.",
    profile="تتعلق هذه الرسالة بملفك الشخصي في {place}.",
    found={
        "link": "عُثر فيه على رابط مدرج في قائمة مواد معروفة لمنظمات محظورة.",
        "account": "ورد فيه حساب مدرج في قائمة حسابات منظمات محظورة.",
        "file": "عُثر فيه على ملف مدرج في قائمة مواد معروفة لمنظمات محظورة.",
        "image": "عُثر فيه على صورة مدرجة في قائمة دعاية معروفة لمنظمات محظورة.",
        "video": "عُثر فيه على مقطع فيديو مدرج في قائمة دعاية معروفة لمنظمات محظورة.",
        "text": "عُثر فيه على نص مدرج في قائمة دعاية معروفة لمنظمات محظورة.",
        "likeness": "يشبه ذلك حسابًا مدرجًا في قائمة حسابات منظمات محظورة.",
        "": "فيه شيء مدرج في قائمة مواد معروفة لمنظمات محظورة.",
    },
    deeds={
        ActionKind.WARN: "هذا تنبيه.",
        ActionKind.DELETE: "أُزيلت الرسالة.",
        ActionKind.NO_MEDIA: "تقرر ألا تتمكن حاليًا من إرسال الصور أو الفيديو أو الملفات هناك.",
        ActionKind.MUTE: "تقرر ألا تتمكن من الكتابة هناك في الوقت الحالي.",
        ActionKind.KICK: "تقرر إخراجك من المجموعة. يمكنك العودة إليها.",
        ActionKind.BAN: "تقرر حظرك من المجموعة.",
    },
    nothing="عُرض ذلك على المشرفين. لم يُتخذ أي إجراء آخر.",
    warned_only="هذا تنبيه. لم يُتخذ أي إجراء آخر.",
    counted="صار عدد التنبيهات الموجهة إليك في {place}: {count}.",
    person="تعرّف برنامج على ذلك، واتخذ أحد المشرفين القرار.",
    program="تعرّف برنامج على ذلك، ولم يتخذ أي شخص قرارًا بعد.",
    ask="إذا كان ذلك خبرًا أو بحثًا أو خطأً فاكتب إلى مشرفي {place}: يمكن لشخص أن ينظر فيه من جديد.",
    mistaken="تقرر إلغاء ما اتُّخذ من إجراءات بسبب ذلك.",
    taken_back={
        ActionKind.WARN: "لم يعد التنبيه محسوبًا.",
        ActionKind.DELETE: "لا يمكن استعادة الرسالة، ويمكنك نشرها من جديد.",
        ActionKind.NO_MEDIA: "يمكنك إرسال الصور ومقاطع الفيديو والملفات هناك من جديد.",
        ActionKind.MUTE: "يمكنك الكتابة هناك من جديد.",
        ActionKind.KICK: "نرحب بعودتك.",
        ActionKind.BAN: "رُفع الحظر عنك، ويمكنك العودة.",
    },
    sorry="نعتذر إليك. ليس عليك فعل شيء، ويجيب مشرفو {place} عن أسئلتك.",
    waits="لديك رسالة يا {name}. اضغط الزر لقراءتها في محادثة خاصة معي.",
    read="قراءة",
    here="المجموعة",
)

LANGUAGES: Final[Mapping[str, Words]] = {"en": ENGLISH, "ur": URDU, "ar": ARABIC}
"""By the first part of a language's tag."""
