"""Signal: what stands behind the hash is the identifier, in its own case."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The sites and the app lead to the same group, account or pack.
    addresses=[
        (
            "https://signal.group/#CjQKIEXAMPLE00000000000000000000",
            "signal:group/CjQKIEXAMPLE00000000000000000000",
        ),
        (
            "sgnl://signal.group/#CjQKIEXAMPLE00000000000000000000",
            "signal:group/CjQKIEXAMPLE00000000000000000000",
        ),
        (
            "sgnl://joingroup#CjQKIEXAMPLE00000000000000000000",
            "signal:group/CjQKIEXAMPLE00000000000000000000",
        ),
        ("https://signal.me/#p/+12025550143", "signal:number/12025550143"),
        ("sgnl://signal.me/#p/+12025550143", "signal:number/12025550143"),
        ("https://signal.me/#eu/EXAMPLEexampleEXAMPLEexample", "signal:user/EXAMPLEexampleEXAMPLEexample"),
        (
            "https://signal.art/addstickers/#pack_id=0123456789abcdef0123456789abcdef&pack_key=x",
            "signal:stickers/0123456789abcdef0123456789abcdef",
        ),
        (
            "sgnl://addstickers/?pack_id=0123456789abcdef0123456789abcdef&pack_key=x",
            "signal:stickers/0123456789abcdef0123456789abcdef",
        ),
        ("https://signal.groups.example/#CjQKIEXAMPLE00000000000000000000", "web:signal.groups.example/"),
        ("https://signal.org/#CjQKIEXAMPLE00000000000000000000", "web:signal.org/"),
    ],
    # Without a key there is no group; a call ends, and its link is nobody's.
    nobody=[
        "https://signal.group/",
        "https://signal.group/#short",
        "sgnl://signal.group/",
        "https://signal.link/call/#key=bcdf-ghkm-npqr-stxz",
        "https://signal.me/#p/+12",
        "https://signal.me/#eu/short",
        "https://signal.me/",
        "https://signal.art/addstickers/",
        "sgnl://linkdevice?uuid=x",
    ],
    names=[
        ("Signal", "+1 (202) 555-0143", "signal:number/12025550143"),
        ("signal group", "CjQKIEXAMPLE00000000000000000000", "signal:group/CjQKIEXAMPLE00000000000000000000"),
    ],
    no_names=[
        ("signal", "example.01"),
        ("signal", "12"),
        ("signal group", "ask the office"),
    ],
)
