"""Redirectors, viewers and translators: an address that carries another one stands for it.

Those of one service stand in its own file. What does not carry its target (a shortener) stays a web address.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from core.identifiers.address import Address, Elsewhere
from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service, carried, rest, words

_COUNTRIES: Final = words(
    "com ae al am at az ba be bg by ca ch cl cn cz de dk dz ee es fi fr ge gr hr hu ie iq it jo kg kz lk "
    "lt lu lv md mk mn nl no pl pt ro rs ru se si sk so tj tm tn us co.id co.il co.in co.jp co.ke co.kr "
    "co.ma co.nz co.th co.tz co.uk co.uz co.za com.af com.ar com.au com.bd com.bh com.br com.co com.cy "
    "com.eg com.et com.gh com.hk com.kw com.lb com.ly com.mx com.my com.ng com.np com.om com.pe com.ph "
    "com.pk com.qa com.sa com.sg com.tr com.tw com.ua com.vn"
)
"""Countries under which Google answers."""

_YANDEX: Final = words("ru com kz by uz com.tr com.am com.ge az tj tm eu")

_TARGETS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    **{(f"google.{country}", "url"): ("q", "url") for country in _COUNTRIES},
    **{(f"google.{country}", "imgres"): ("imgrefurl", "imgurl") for country in _COUNTRIES},
    **{(f"translate.google.{country}", ""): ("u",) for country in _COUNTRIES},
    **{(f"yandex.{country}", "clck"): ("url",) for country in _YANDEX},
    **{(f"translate.yandex.{country}", ""): ("url",) for country in _YANDEX},
    ("plus.url.google.com", "url"): ("q", "url"),
    ("consent.google.com", ""): ("continue",),
    ("consent.youtube.com", ""): ("continue",),
    ("accounts.google.com", ""): ("continue",),
    ("googleweblight.com", ""): ("lite_url", "u"),
    ("l.messenger.com", "l.php"): ("u",),
    ("l.threads.net", ""): ("u",),
    ("l.threads.com", ""): ("u",),
    ("duckduckgo.com", "l"): ("uddg",),
    ("html.duckduckgo.com", "l"): ("uddg",),
    ("lite.duckduckgo.com", "l"): ("uddg",),
    ("translatetheweb.com", ""): ("a",),
    ("microsofttranslator.com", ""): ("a",),
    ("out.reddit.com", ""): ("url",),
    ("click.redditmail.com", ""): ("url",),
    ("steamcommunity.com", "linkfilter"): ("url", "u"),
    ("t.umblr.com", "redirect"): ("z",),
    ("tumblr.com", "redirect"): ("z",),
    ("linkedin.com", "redir"): ("url",),
    ("linkedin.com", "safety"): ("url",),
    ("linkedin.com", "sharing"): ("url",),
    ("pinterest.com", "offsite"): ("url",),
    ("pinterest.com", "pin"): ("url",),
    ("reddit.com", "submit"): ("url",),
    ("medium.com", "r"): ("url",),
    ("getpocket.com", "redirect"): ("url",),
    ("flipboard.com", "redirect"): ("url",),
    ("slack-redir.net", "link"): ("url",),
    ("disq.us", "url"): ("url",),
    ("curseforge.com", "linkout"): ("remoteUrl",),
    ("link.zhihu.com", ""): ("target",),
    ("douban.com", "link2"): ("url",),
    ("weibo.cn", "sinaurl"): ("u", "toasturl"),
    ("gitee.com", "link"): ("target",),
    ("checklink.mail.ru", "proxy"): ("url",),
    ("click.mail.ru", "redir"): ("u",),
    ("linkprotect.cudasvc.com", "url"): ("a",),
    ("validator.w3.org", "check"): ("uri",),
    ("viglink.com", ""): ("u",),
    ("redirect.viglink.com", ""): ("u",),
    ("anonym.to", ""): ("url",),
    ("12ft.io", "proxy"): ("q",),
    ("publish.twitter.com", ""): ("query", "url"),
    ("publish.x.com", ""): ("query", "url"),
}
"""The query keys that carry the target, by host and first part of the path ("": any)."""

_WHOLE_QUERY: Final = words(
    "href.li anon.to anonym.to anonymz.com blankrefer.com nullrefer.com dereferer.me hiderefer.com"
)
"""Hosts whose whole query is the target."""

_WHOLE_PATH: Final = words("12ft.io r.jina.ai outline.com removepaywall.com smry.ai")
"""Hosts whose whole path is the target."""

_SAME_AS: Final[Mapping[str, str]] = {
    **dict.fromkeys(words("telega.one teleg.run tele.click telesco.pe tlg.wtf tx.me t-do.ru"), "t.me"),
    "pro.x.com": "x.com",
}
"""Hosts that pass every path on to the same path of another one."""

_SHOWN: Final = (
    *(
        Form("tgstat.com tgstat.ru", rf"/(?:[a-z]{{2}}/)?{what}/@([A-Za-z]\w{{3,31}})", "telegram:user/{0}")
        for what in ("channel", "chat")
    ),
    Form("rsshub.app", r"/telegram/channel/([A-Za-z]\w{3,31})", "telegram:user/{0}"),
    Form("threadreaderapp.com", r"/user/(\w{1,15})", "x:user/{0}"),
    Form("syndication.twitter.com", r"/srv/timeline-profile/screen-name/(\w{1,15})", "x:user/{0}"),
    Form("urlebird.com", r"/user/([\w.]{2,24})", "tiktok:user/{0}"),
)
"""Sites that show the accounts of another service under paths of their own."""

_APP: Final = "intent"
_INTENT: Final = re.compile(r"(?:^|;)scheme=([a-z][a-z0-9+.-]{0,30})(?:;|$)")
_FALLBACK: Final = re.compile(r"(?:^|;)S\.browser_fallback_url=([^;]+)")
_AMP: Final = "cdn.ampproject.org"
_TRANSLATED: Final = "translate.goog"
_SAFE_LINKS: Final = "safelinks.protection.outlook.com"
_PAGES: Final = "translated.turbopages.org"
_CACHE: Final = re.compile(r"cache:(?:[\w-]{8,16}:)?([^\s+]+)")
_DEFENSE: Final = re.compile(r"/v3/__(.+?)__;")
_YAHOO: Final = re.compile(r"RU=([^/]+)")


def identify(address: Address) -> str | Elsewhere | None:
    """Give the target; any other page of these hosts is a web address."""
    if address.scheme == _APP:
        return _intended(address)
    if same := _SAME_AS.get(address.host):
        return Elsewhere(f"https://{same}{address.path}{_query(address)}")
    found = _in_query(address)
    if found is None:
        read = _SPECIAL.get(address.host) or _SPECIAL_PARENTS.get(address.host.partition(".")[2])
        found = read(address) if read else None
    return found or _shown(address)


def _intended(address: Address) -> Elsewhere | None:
    """Read what Android is asked to open: `intent://host/path#Intent;scheme=…;end`."""
    scheme = _INTENT.search(address.fragment)
    if scheme is None:
        fallback = _FALLBACK.search(address.fragment)
        return carried(fallback[1]) if fallback else None
    return Elsewhere(f"{scheme[1]}://{address.host}{address.path}{_query(address)}")


def _query(address: Address) -> str:
    pairs = (f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in address.query.items())
    return f"?{'&'.join(pairs)}" if address.query else ""


def _in_query(address: Address) -> Elsewhere | None:
    keys = _TARGETS.get((address.host, address.segment(0)), ()) or _TARGETS.get((address.host, ""), ())
    return next((found for key in keys if (found := carried(address.query.get(key, "")))), None)


def _whole_query(address: Address) -> Elsewhere | None:
    return carried("&".join(f"{key}={value}" if value else key for key, value in address.query.items()))


def _whole_path(address: Address) -> Elsewhere | None:
    return rest(address, 0)


def _accelerated(address: Address) -> Elsewhere | None:
    """Read /amp/s/<host>/<path>, and /c/s/<host>/<path> of the cache; without `s` it is http."""
    return rest(address, 2 if address.segment(1) == "s" else 1)


def _google(address: Address) -> Elsewhere | None:
    """Read an accelerated page."""
    return _accelerated(address) if address.segment(0) == "amp" else None


def _cached(address: Address) -> Elsewhere | None:
    found = _CACHE.match(address.query.get("q", ""))
    return carried(found[1]) if found else None


def _translated(address: Address) -> Elsewhere | None:
    """Read `example-org.translate.goog`: a dot became a hyphen, and a hyphen two."""
    label = address.host.partition(".")[0]
    host = label.replace("--", "\0").replace("-", ".").replace("\0", "-")
    found = rest(address, 0)
    return Elsewhere(f"https://{host}/{found.url if found else ''}")


def _bing(address: Address) -> Elsewhere | None:
    """Read /ck/a?u=a1<base64url>; in older links the address itself stood there."""
    code = address.query.get("u", "") if address.segment(0) in {"ck", "alink", "news"} else ""
    if not code.startswith("a1"):
        return carried(address.query.get("url", "")) or carried(code)
    try:
        plain = base64.b64decode(code[2:] + "=" * (-len(code[2:]) % 4), altchars=b"-_", validate=True)
        return carried(plain.decode())
    except (binascii.Error, UnicodeDecodeError):
        return None


def _yahoo(address: Address) -> Elsewhere | None:
    """Read the part of the path that begins with RU=."""
    found = _YAHOO.search(address.path)
    return carried(found[1]) if found else None


def _defended(address: Address) -> Elsewhere | None:
    """Read what Proofpoint's filter made of an address; its second version has an alphabet of its own."""
    if address.segment(0) == "v2":
        return carried(address.query.get("u", "").translate(str.maketrans("-_", "%/")))
    found = _DEFENSE.match(address.path)
    return carried(found[1]) if found else carried(address.query.get("u", ""))


def _turned(address: Address) -> Elsewhere | None:
    """Read /proxy_u/<languages>/<scheme>/<host>/<path>."""
    found = rest(address, 3)
    return found if address.segment(0) == "proxy_u" else None


def _linked(address: Address) -> Elsewhere | None:
    """Read /linkfilter/<address>, as Steam wrote it before it had a key for it."""
    return rest(address, 1) if address.segment(0) == "linkfilter" else None


_SPECIAL: Final[Mapping[str, Callable[[Address], Elsewhere | None]]] = {
    **{f"google.{country}": _google for country in _COUNTRIES},
    **dict.fromkeys(_WHOLE_QUERY, _whole_query),
    **dict.fromkeys(_WHOLE_PATH, _whole_path),
    "webcache.googleusercontent.com": _cached,
    "bing.com": _bing,
    "r.search.yahoo.com": _yahoo,
    "urldefense.com": _defended,
    "urldefense.proofpoint.com": _defended,
    "steamcommunity.com": _linked,
    _PAGES: _turned,
}
"""Hosts that carry their target in another way, asked where no key of theirs holds one."""

_SPECIAL_PARENTS: Final[Mapping[str, Callable[[Address], Elsewhere | None]]] = {
    _AMP: _accelerated,
    _TRANSLATED: _translated,
    _SAFE_LINKS: lambda address: carried(address.query.get("url", "")),
}

_shown: Final = reading(_SHOWN, {"telegram:user": str.lower, "x:user": str.lower, "tiktok:user": str.lower})

SERVICE: Final = Service(
    hosts=frozenset(host for host, _ in _TARGETS) | frozenset(_SPECIAL) | frozenset(_SAME_AS) | hosts(_SHOWN),
    parents=frozenset(_SPECIAL_PARENTS),
    schemes=frozenset({_APP}),
    identify=identify,
)
