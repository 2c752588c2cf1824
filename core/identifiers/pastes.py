"""Sites for pasted text: one form for a text, whichever host and view of it is linked; codes keep their case.

`justpaste.it` needs no row: its addresses have one form, and those of `jpst.it` are codes of their own.
"""

from typing import Final

from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service

_SLUG: Final = r"([\w.~-]{1,200})"
_FORMS: Final = (
    Form("telegra.ph te.legra.ph graph.org", r"/([^\s/?&#]{1,200})", "web:telegra.ph/{0}"),
    Form("pastebin.com m.pastebin.com", r"/u/([\w-]{1,40})", "web:pastebin.com/u/{0}"),
    Form(
        "pastebin.com m.pastebin.com",
        r"/(?:(?:raw|dl|print|clone|embed|embed_iframe|embed_js|report)/)?([A-Za-z0-9]{8})",
        "web:pastebin.com/{0}",
    ),
    Form("pastebin.com m.pastebin.com", r"/raw(?:\.php)?\?.*?&i=([A-Za-z0-9]{8})", "web:pastebin.com/{0}"),
    Form("rentry.co rentry.org rentry.io", rf"/(?:raw/)?{_SLUG}", "web:rentry.co/{0}"),
    Form(
        "controlc.com pasted.co tinypaste.com",
        r"/(?:raw/|full/|download/)?([0-9a-z]{6,12})",
        "web:controlc.com/{0}",
    ),
    Form(
        "ghostbin.com ghostbin.co ghostbin.me",
        r"/(?:paste/)?([A-Za-z0-9]{3,12})",
        "web:ghostbin.com/paste/{0}",
    ),
    Form("paste.ee p.paste.ee", r"/(?:p|r|d)/([A-Za-z0-9]{4,12})", "web:paste.ee/p/{0}"),
    Form("dpaste.org dpaste.de", r"/([A-Za-z0-9]{4,12})(?:/raw)?", "web:dpaste.org/{0}"),
    Form(
        "hastebin.com toptal.com", r"/(?:developers/hastebin/)?(?:raw/)([a-z]{6,12})", "web:hastebin.com/{0}"
    ),
    Form("toptal.com", r"/developers/hastebin/([a-z]{6,12})", "web:hastebin.com/{0}"),
    Form(
        "gist.github.com gist.githubusercontent.com",
        r"/([\w-]{1,40}/[0-9a-f]{32})",
        "web:gist.github.com/{0}",
    ),
    Form("write.as", r"/([\w-]{1,100}/[\w-]{1,200})(?:\.(?:md|txt))?", "web:write.as/{0}"),
    Form("privatebin.net", r"/\?.*?&([0-9a-f]{16})", "web:privatebin.net/{0}"),
)

SERVICE: Final = Service(hosts=hosts(_FORMS), identify=reading(_FORMS))
