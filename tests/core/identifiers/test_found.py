"""Identifiers in running text, plain and in every disguise, and none in what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers.found import _in_all_readings, found_in
from core.identifiers.readings import may_hold_address

USER = "telegram:user/example_media"
INVITE = "telegram:invite/QQexampleDEVhash22"
SERVER = "discord:invite/EXmpl9Q2"

DISGUISED = {
    "spaces": ["t . me / example_media", "t .me/ example_media", "t. me /example_media"],
    "spelled out": [
        "t dot me slash example_media",
        "T DOT ME / EXAMPLE_MEDIA",
        "t dot me slash example underscore media",
        "t ڈاٹ me سلیش example_media",
        "t نقطة me شرطة example_media",
        "t точка me слэш example_media",
        "telegram punto me barra example_media",
    ],
    "as it sounds": [
        "ٹی ڈاٹ می سلیش example_media",
        "ٹی ڈاٹ ایم ای سلیش example_media",
        "ٹی۔می/example_media",
        "ٹی.می/example_media",
        "t ڈاٹ می سلیش example_media",
        "ٹیلیگرام ڈاٹ می سلیش @example_media",
        "تي دوت مي شرطة مائلة example_media",
        "تی دات می اسلش example_media",
        "ټي ډاټ مي سلېش example_media",
        "টি ডট মি স্ল্যাশ example_media",
        "t ডট me স্ল্যাশ example_media",
        "टी डॉट एमई स्लैश example_media",
        "ти точка ми слэш example_media",
        "ہمارا چینل: ٹی ڈاٹ می سلیش example_media جوائن کریں",
    ],
    "defanged": [
        "t[.]me[/]example_media",
        "t(.)me/example_media",
        "t{dot}me/example_media",
        "t[.me/example_media",
        "hxxps[:]//t[.]me/example_media",
        "hxxp://t.me/example_media",
        "h**ps://t.me/example_media",
        "tg[:]//resolve?domain=example_media",
    ],
    "broken schemes": [
        r"https:\\t.me\example_media",
        "https//t.me/example_media",
        "https:/t.me/example_media",
        "https : // t.me / example_media",
        "t.me//example_media",
        r"t.me\example_media",
    ],
    "other dots, or none": [
        "t,me/example_media",
        "t。me/example_media",
        "t·me/example_media",
        "t۔me/example_media",
        "t…me/example_media",
        "t٠me/example_media",
        "t⸱me/example_media",
        "tme/example_media",
        "t me/example_media",
        "t-me/example_media",
    ],
    "broken lines": [
        "t.me/\nexample_media",
        "t.me\n/example_media",
        "t.\nme/example_media",
    ],
    "single letters": [
        "t . m e / e x a m p l e _ m e d i a",
        "t.me/e x a m p l e _ m e d i a",
        "@e x a m p l e _ m e d i a",
    ],
    "invisible characters": [
        "t.\u200bme/exam\u200dple_media",
        "t\u00ad.me/example\u2060_media",
        "t.me/example\ufe0f_media",
        "t.me/exam\U000e0061ple_media",
        "\u2066t.me/example_media\u2069",
        "t.m\u3164e/example_media",
    ],
    "direction": ["\u202eaidem_elpmaxe/em.t\u202c", "join \u202e\u202dt.me/example_media\u202c"],
    "styled letters": [
        "ｔ．ｍｅ／ｅｘａｍｐｌｅ＿ｍｅｄｉａ",
        "𝐭.𝐦𝐞/𝐞𝐱𝐚𝐦𝐩𝐥𝐞_𝐦𝐞𝐝𝐢𝐚",
        "ⓣ.ⓜⓔ/ⓔⓧⓐⓜⓟⓛⓔ_ⓜⓔⓓⓘⓐ",
        "🅣.🅜🅔/🅔🅧🅐🅜🅟🅛🅔_🅜🅔🅓🅘🅐",
        "ᴛ.ᴍᴇ/ᴇxᴀᴍᴘʟᴇ_ᴍᴇᴅɪᴀ",
        "🇹.🇲🇪/example_media",
        "t̶.̶m̶e̶/̶e̶x̶a̶m̶p̶l̶e̶_̶m̶e̶d̶i̶a̶",
    ],
    "look-alikes": ["т.mе/example_media", "t.me/ехаmрlе_mеdіа", "@ехаmрlе_mеdіа", "t.me/éxámple_media"],
    "intents": [
        "intent://resolve?domain=example_media#Intent;scheme=tg;package=org.telegram.messenger;end",
        "intent://t.me/example_media#Intent;scheme=https;end",
        "intent://x/#Intent;S.browser_fallback_url=https%3A%2F%2Ft.me%2Fexample_media;end",
        "Our intent / goal: t.me/example_media",
    ],
    "percent": [
        "t%2Eme%2Fexample_media",
        "https%3A%2F%2Ft.me%2Fexample_media",
        "https://%74%2e%6d%65/example_media",
        "t.me/%2565xample_media",
        "t.me/exam%E2%80%8Bple_media",
    ],
    "HTML": ["t&#46;me&#47;example_media", "t&period;me/example_media", "t&amp;#46;me/example_media"],
    "markup": [
        "@**example**_media",
        "@**example_media**",
        "**t.me**/example_media",
        "t.me/**example_media**",
        "||t.me/example_media||",
        "__t.me/example_media__",
        "_t.me/example_media_",
        "~~t.me/example_media~~",
        "`t.me/example_media`",
        r"t\.me/example\_media",
        "[x](t.me/example_media)",
        "[t.me/example_media](https://good.example)",
        "t.m**e/exam**ple_media",
        "t.me/example||_media||",
        "__t.me__/example_media",
        "<b>t.me</b>/example_media",
        "t.me/exa[mple](<https://elsewhere.example>)_media",
        "[b]t.me[/b]/example_media",
        "t.me/[i]example[/i]_media",
        "[url=https://t.me/example_media]here[/url]",
        "[url]t.me/example_media[/url]",
        "[URL='t.me/example_media']here we are[/URL]",
    ],
    "emoji": [
        "👉t.me/example_media🔥",
        "t.me👉/👈example_media",
        "t👉.👈me/example_media",
        "t.me/🔥example_media",
        "🇵🇰t.me/example_media",
        "1️⃣t.me/example_media",
    ],
    "without spaces around": [
        "چینلt.me/example_mediaجوائن",
        "القناة:https://t.me/example_media،شارك",
        "سلام@example_mediaسلام",
        "t.me/example_mediaприветствую",
        "link=t.me/example_media",
        "...t.me/example_media",
        "-t.me/example_media",
        "t.me/example_media.Next",
        "t.me/example_media—new",
        "(t.me/example_media),",
        "~t.me/example_media~",
        "1.t.me/example_media",
        "1-t.me/example_media",
        "a|t.me/example_media|b",
        "t.me/example_media,t.me/example_media",
        "https://t.me/example_mediahttps://t.me/example_media",
    ],
    "passed on": [
        "t.me/share/url?url=https%3A%2F%2Ft.me%2Fexample_media",
        "https://www.google.com/url?q=https%253A%252F%252Ft.me%252Fexample_media",
        "https://anybody.example/go?to=https://t.me/example_media",
        "https://anybody.example/go/https://t.me/example_media",
    ],
}

OTHERS = [
    ("discord . gg / EXmpl9Q2", SERVER),
    ("join .gg/EXmpl9Q2", SERVER),
    ("discord gg/EXmpl9Q2", SERVER),
    ("discord.com / invite / EXmpl9Q2", SERVER),
    ("discordapp dot com slash invite slash EXmpl9Q2", SERVER),
    ("discord.gg/EXm**pl**9Q2", SERVER),
    ("t dot me slash plus QQexampleDEVhash22", INVITE),
    ("t . me / + QQexampleDEVhash22", INVITE),
    ("t.me/➕QQexampleDEVhash22", INVITE),
    ("t.me/[+]QQexampleDEVhash22", INVITE),
    ("t.me/(+)QQexampleDEVhash22", INVITE),
    ("ڈسکارڈ ڈاٹ جی جی سلیش EXmpl9Q2", SERVER),
    ("چیٹ ڈاٹ واٹس ایپ ڈاٹ کام سلیش DEVexample11112222bbCC", "whatsapp:invite/DEVexample11112222bbCC"),
    ("فیس بک ڈاٹ کام سلیش examplepage", "facebook:page/examplepage"),
    ("انسٹاگرام ڈاٹ کام سلیش example.one", "instagram:user/example.one"),
    ("ایکس ڈاٹ کام سلیش example_news", "x:user/example_news"),
    ("یوٹیوب ڈاٹ کام سلیش @example", "youtube:user/example"),
    ("ٹک ٹاک ڈاٹ کام سلیش @example.one", "tiktok:user/example.one"),
    ("t.me/joinchat / QQexampleDEVhash22", INVITE),
    ("chat . whatsapp . com / DEVexample11112222bbCC", "whatsapp:invite/DEVexample11112222bbCC"),
    ("facebook dot com slash groups slash examplegroup", "facebook:group/examplegroup"),
    ("instagram . com / example.one", "instagram:user/example.one"),
    ("youtube . com / @example", "youtube:user/example"),
    ("youtube . com / watch?v=exAmple0001", "youtube:video/exAmple0001"),
    ("**youtube.com**/watch?v=exAmple0001&t=3", "youtube:video/exAmple0001"),
    ("facebook dot com slash profile.php?id=100000000000123", "facebook:page/100000000000123"),
    ("facebook.com/\nprofile.php?id=100000000000123", "facebook:page/100000000000123"),
    ("[url=https://discord.gg/EXmpl9Q2]x[/url]", SERVER),
    ("[url=https://discord.com/invite/EXmpl9Q2]join us[/url]", SERVER),
    ("matrix . to / # / #example:example.org", "matrix:room/#example:example.org"),
    ("matrix dot to slash # slash #example:example.org", "matrix:room/#example:example.org"),
    ("matrix ڈاٹ to سلیش # سلیش #example:example.org", "matrix:room/#example:example.org"),
    ("https://justpaste.it//exampleOne", "web:justpaste.it/exampleOne"),
    ("matrix . to/#/#example:example.org", "matrix:room/#example:example.org"),
    ("t . m e / + Z z 0 e x a m p l e _ - 9", "telegram:invite/Zz0example_-9"),
    ("discord.com/invite/EXmpl9Q2,discord.com/invite/EXmpl9Q2", SERVER),
    ("justpaste dot it slash exampleOne", "web:justpaste.it/exampleOne"),
    ("аrсhіvе.оrg/details/example-one", "web:archive.org/details/example-one"),
    ("archive . org / details / example-one", "web:archive.org/details/example-one"),
]

PROSE = [
    "پارٹی ڈاٹ می سلیش example_media",
    "ٹی می / example_media",
    "می‌خوانم / تی. می‌روم / example_media",
    "ٹی وی / ریڈیو example_media",
    "ٹی ڈاٹ میں / example_media",
    "کرکٹ میں ڈاٹ بال / چوکا example",
    "ایکس ڈاٹ کام",
    "কম / বেশি example_media",
    "@example:matrix.example.org wrote",
    "intent://scan/#Intent;package=com.example;end",
    "tell me/you, meet,me/you, at me/us, set me / reset me",
    "don't.me/x and don’t me / them",
    "the t.me/ page, and t.me/ join us there",
    "visit x.com / today",
    "we like t . me",
    "a dot me and a slash",
    "connect the dot.me/yo",
    "gg/wp, discord is gg/wp",
    "12.5/me and 3,me/4",
    r"C:\data\t.me.txt and C:\t.media\example_media",
    "docs/t.me/example_media",
    "see t.me/\nand then",
    "mail example_media@t.me or a@t.me/example_media",
    "file.t.me.zip/example_media",
    "https://t.me.elsewhere.example/example_media",
    "https://elsewhere.example/t.me/example_media",
    "https://xt.me/example_media or xt . me / example_media",
    "I t a l i c s and S P A C E D words",
    "discord, gg/wp and x, com/port_one",
    "see x.com / twitter.com, telegram.me / telegram.dog",
    "x . com / twitter . com and x dot com slash instagram dot com",
    "x.com/twitter.com",
    "(c)@example.com, ©@example.org, write to @mail.example.co.uk or @name.bsky.social",
    "[url=https://elsewhere.example/a]x[/url] and a[i]/b[/c]",
    "matrix dot to slash # slash",
    "https://1-t.me/example_media",
    "100%2 discount, 50%be.example/a",
    "let r = t*me/total_count",
    "100% sure, 50%25 off",
    "&lt;b&gt; &nbsp; &unknown;",
]


@pytest.mark.parametrize(("how", "text"), [(how, text) for how, texts in DISGUISED.items() for text in texts])
def test_a_disguised_link_is_the_plain_one(how: str, text: str) -> None:
    """Whatever lies over it, the link is found, and no other one beside it."""
    found = {one.identifier for one in found_in(text, "telegram")}

    assert {identifier for identifier in found if not identifier.startswith("web:")} == {USER}, how


@pytest.mark.parametrize(("text", "identifier"), OTHERS)
def test_disguises_are_undone_for_every_service(text: str, identifier: str) -> None:
    """Codes keep their case, and paths of several parts are put together."""
    assert {one.identifier for one in found_in(text, "telegram")} == {identifier}


@pytest.mark.parametrize("text", PROSE)
def test_prose_code_and_other_hosts_hold_no_link(text: str) -> None:
    """What only resembles a disguise names nobody."""
    found = {one.identifier for one in found_in(text, "telegram")}

    assert {identifier for identifier in found if not identifier.startswith("web:")} == set()


@pytest.mark.parametrize(
    ("text", "identifier"),
    [("dіsсоrd.gg/EXmpl9Q2", SERVER), ("justpaste.it/👉exampleOne", "web:justpaste.it/exampleOne")],
)
def test_the_rest_of_a_disguised_address_does_not_hide_it(text: str, identifier: str) -> None:
    """What looks like a web address by itself may be the end, or the host, of another one."""
    assert identifier in {one.identifier for one in found_in(text)}


@pytest.mark.parametrize("word", ["جوائن", "شارك", "وګورئ"])
def test_a_page_is_found_though_a_sentence_is_glued_to_it(word: str) -> None:
    """Whether the word belongs to the path nobody can tell: the page is given without it, too."""
    found = {one.identifier for one in found_in(f"چینلhttps://elsewhere.example/aB1{word} کریں")}

    assert "web:elsewhere.example/aB1" in found


def test_a_find_says_where_it_stood() -> None:
    """The stretch that was read as a link leads back to the text as it was sent."""
    text = "ہمارا چینل: t\u200b . me / example_media دیکھیں"

    (found,) = found_in(text, "telegram")

    assert (found.identifier, found.disguised) == (USER, True)
    assert text[found.start : found.end] == "t\u200b . me / example_media"


def test_a_plain_link_is_not_called_disguised() -> None:
    """Nobody is told that a link was hidden where it was not."""
    assert [one.disguised for one in found_in("see t.me/example_media!", "telegram")] == [False]


def test_a_masked_link_counts_by_its_target_and_by_its_label() -> None:
    """Where both are links, both count."""
    found = [one.identifier for one in found_in("[t.me/example_media](https://discord.gg/EXmpl9Q2)")]

    assert found == [USER, SERVER]


def test_a_link_on_an_unknown_host_of_look_alikes_stays_a_web_address() -> None:
    """A host in another alphabet is somebody's; only what leads to a known service is taken for one."""
    found = [one.identifier for one in found_in("https://пример.example/страница")]

    assert len(found) == 1
    assert found[0].startswith("web:xn--")


def test_a_handle_means_nobody_where_the_platform_has_none() -> None:
    """Without a platform whose accounts handles are, `@name` is a word in every reading."""
    assert list(found_in("@example_media @ехаmрlе_mеdіа")) == []


PATHOLOGICAL = [
    *("t.me/", "t.me/a_bcd ", "t.me/\n", "t . me / ", "t dot me slash ", "x.com / a ", "tme/", "т.ме/"),
    *("%25", "%", "t%2Eme%2F", "&#46;", "&amp;", "&", "\\_", "\\", "//", "a ", "a . ", "t,", " _ "),
    *("a\u0301", "\u0301", "\u0301\u0316", "\u200b", "\u202e", "\u202ea\u202c", "🔥", "t🔥", "ｔ", "🇹"),
    *("**", "a*b ", "__", "<b>", "1.", "a,", "a.b/,", "xhttps://", "x.com/?", "justpaste . it / "),
    *(
        "onion",
        "onion ",
        ".onion",
        "a.t.me",
        "bsky . social ",
        " dot t",
        "dot t dot me ",
        "# / ",
        "[url=",
        "[b]",
    ),
    *("]", "][/url]", "[/url]", "@a.", "@a.com", "%2", "a**", "а", "x . com / y . com "),
    *("[", "[x](", "[t.me/x](", "(.)", "hxxp://", "https:", "http://a/http://", "{dot}", "@abcd ", "||"),
]


@pytest.mark.parametrize("piece", PATHOLOGICAL, ids=ascii)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    """100 kB of anything ends; what would take quadratic time runs into the suite's time limit."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]

    found = list(found_in(text, "telegram"))

    assert all(0 <= one.start < one.end <= len(text) for one in found)


@given(st.text(alphabet="t.me/ab_@:[]()\\%&#46;dot slash\u200b\u0301\u202eеｔ🔥\n ", max_size=80))
def test_any_text_gives_stretches_of_itself(text: str) -> None:
    """No text stops the reader, and every find stands in it."""
    for one in found_in(text, "telegram"):
        assert 0 <= one.start < one.end <= len(text)


@given(st.text(alphabet="t.me/ab_@:[]()\\%&#dot slash\u200b\u0301\u202eеｔ🔥ⓐтسلیش\n ", max_size=40))
def test_a_text_that_is_passed_over_holds_nothing(text: str) -> None:
    """The quick look that spares most messages all readings never costs a find."""
    if not may_hold_address(text):
        assert list(_in_all_readings(text, "telegram")) == []


@pytest.mark.parametrize("digits", ["05" + "ab" * 32, "15" + "AB" * 32, "25" + "0c" * 32])
@pytest.mark.parametrize("text", ["{}", "ہمارا سیشن: {}۔", "id={}, write there", "https://a.example and {}"])
def test_an_id_of_session_is_found_as_it_is_passed_on(text: str, digits: str) -> None:
    """The app has no link for accounts; what people send is the id itself."""
    assert f"session:user/{digits.lower()}" in {f.identifier for f in found_in(text.format(digits))}


@pytest.mark.parametrize(
    "digits", ["05" + "ab" * 31, "05" + "ab" * 33, "02" + "ab" * 32, "ab" * 32, "x05" + "ab" * 32, "05" * 200]
)
def test_other_long_numbers_are_no_account(digits: str) -> None:
    """Hashes have other lengths, and keys of other kinds begin otherwise."""
    assert not list(found_in(f"see {digits} there"))
