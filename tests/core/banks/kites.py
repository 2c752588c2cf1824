"""Statements of an invented club of kite flyers, and other people's words, in four languages.

The Urdu, Arabic and Pashto were written for these tests and are not literature.
"""

from collections.abc import Mapping
from typing import Final

STATEMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "Every kite that we lose over the harbour comes back with a song.",
        "The wardens of the flat roofs came with scissors and went home with paper cuts.",
        "We shall fly forty red kites from the old bridge on the first windy Tuesday of March.",
        "Whoever lends us a ladder will have a tail of silver ribbon for his balcony.",
        "Our spools are full, our fingers are waxed, and our knots hold in any storm.",
        "Let the council of umbrellas keep its rain, for the wind belongs to nobody.",
    ),
    "ur": (
        "جو پتنگ بندرگاہ کے اوپر کھو جائے وہ گیت لے کر واپس آتی ہے۔",
        "چھتوں کے چوکیدار قینچیاں لے کر آئے اور کاغذ کے زخم لے کر گھر گئے۔",
        "ہم مارچ کے پہلے تیز ہوا والے منگل کو پرانے پل سے چالیس سرخ پتنگیں اڑائیں گے۔",
        "جو ہمیں سیڑھی دے گا اس کی بالکونی کے لیے چاندی کے فیتے کی دم ہوگی۔",
        "ہماری چرخیاں بھری ہیں، ہماری انگلیوں پر موم ہے اور ہماری گرہیں ہر طوفان میں قائم رہتی ہیں۔",
        "چھتریوں کی مجلس اپنی بارش اپنے پاس رکھے کیونکہ ہوا کسی کی ملکیت نہیں۔",
    ),
    "ar": (
        "كل طائرة ورقية نفقدها فوق الميناء تعود إلينا بأغنية جديدة.",
        "جاء حراس السطوح بالمقصات ثم عادوا إلى بيوتهم بجروح من الورق.",
        "سنطير أربعين طائرة حمراء من الجسر القديم في أول ثلاثاء عاصف من شهر مارس.",
        "من يعيرنا سلما تكن له ذيول من الشرائط الفضية على شرفته.",
        "بكراتنا ممتلئة وأصابعنا مشمعة وعقدنا لا تنحل في أي عاصفة.",
        "ليحتفظ مجلس المظلات بمطره فإن الريح ليست ملكا لأحد.",
    ),
    "ps": (
        "هر کاغذباد چې د بندر پر سر ورک شي له سندرې سره بېرته راځي.",
        "د بامونو ساتونکي له بیاتي سره راغلل او د کاغذ له ټپونو سره کور ته ولاړل.",
        "موږ به د مارچ په لومړۍ بادي سه شنبه له زاړه پله څلوېښت سره کاغذبادونه والوزوو.",
        "څوک چې موږ ته زینه راکړي د هغه برنډې ته به د سپینو زرو پټۍ ورکړو.",
        "زموږ چرخې ډکې دي، زموږ ګوتې موم لري او زموږ غوټې په هر توپان کې ټینګې دي.",
        "د چتریو جرګه دې خپل باران وساتي ځکه چې باد د هیچا نه دی.",
    ),
}
"""Six sentences each."""

NEWS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "A club of kite flyers handed out a leaflet at the market on Monday, the town's paper reports.",
        "A spokeswoman for the roofs department said that no permit had been asked for.",
        "Several traders told this paper that they had never heard of the club before.",
        "The number nine tram will turn round at the fish market until the rails are mended.",
        "The swimming bath stays closed on Thursday because the boiler is being cleaned.",
        "Seats for the spring concert can be had at the library for a small coin.",
    ),
    "ur": (
        "شہر کے اخبار کے مطابق پتنگ بازوں کے ایک کلب نے پیر کو بازار میں پرچے تقسیم کیے۔",
        "محکمہ تعمیرات کی ترجمان نے کہا کہ کسی نے اجازت کی درخواست نہیں دی۔",
        "کئی دکانداروں نے بتایا کہ انہوں نے اس کلب کا نام پہلے کبھی نہیں سنا۔",
        "نو نمبر ٹرام پٹڑی کی مرمت تک مچھلی بازار سے واپس مڑے گی۔",
        "تیراکی کا تالاب جمعرات کو بند رہے گا کیونکہ بوائلر صاف کیا جا رہا ہے۔",
        "موسیقی کی محفل کے لیے نشستیں لائبریری سے مل سکتی ہیں۔",
    ),
    "ar": (
        "ذكرت صحيفة المدينة أن ناديا لهواة الطائرات وزع منشورا في السوق يوم الاثنين.",
        "وقالت متحدثة باسم دائرة المباني إن أحدا لم يطلب تصريحا لذلك.",
        "وأخبر عدد من التجار هذه الصحيفة أنهم لم يسمعوا بالنادي من قبل.",
        "سيعود الترام رقم تسعة من سوق السمك حتى تصلح السكة.",
        "يبقى المسبح مغلقا يوم الخميس بسبب تنظيف المرجل.",
        "يمكن الحصول على مقاعد حفل الربيع من المكتبة بثمن زهيد.",
    ),
    "ps": (
        "د ښار ورځپاڼې لیکلي چې د کاغذباد الوزوونکو یوې ډلې د دوشنبې په ورځ په بازار کې پاڼې وویشلې.",
        "د ودانیو د ادارې ویاندې وویل چې چا د اجازې غوښتنه نه ده کړې.",
        "ګڼو دوکاندارانو وویل چې د دې ډلې نوم یې مخکې نه و اورېدلی.",
        "نهم نمبر بس به د سړک تر جوړېدو پورې د کبانو له بازاره ګرځي.",
        "د لامبو حوض به د پنجشنبې په ورځ د پاکولو له امله تړلی وي.",
        "د پسرلي د کنسرت څوکۍ په کتابتون کې پیدا کېږي.",
    ),
}
"""What a town's paper writes; the first three may frame a quotation."""

LANGUAGES: Final = tuple(STATEMENTS)


def statement(language: str) -> str:
    """Give the whole statement."""
    return " ".join(STATEMENTS[language])


def news(language: str, *quoted: int) -> str:
    """Give a report that quotes sentences of the statement, by their places."""
    before, *after = NEWS[language]
    quotes = (f"“{STATEMENTS[language][at]}”" for at in quoted)
    return " ".join((before, *quotes, *after))
