"""WhatsApp: invitations and channels are case-sensitive, numbers are digits only."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The invitation host, the site, the web client and the app lead to the same group, channel or number.
    addresses=[
        ("https://chat.whatsapp.com/EXAMPLEexample0000aa1Z", "whatsapp:invite/EXAMPLEexample0000aa1Z"),
        (
            "chat.whatsapp.com/EXAMPLEexample0000aa1Z?mode=ems_copy_t",
            "whatsapp:invite/EXAMPLEexample0000aa1Z",
        ),
        ("https://chat.whatsapp.com/invite/EXAMPLEexample0000aa1Z", "whatsapp:invite/EXAMPLEexample0000aa1Z"),
        ("whatsapp://chat?code=EXAMPLEexample0000aa1Z", "whatsapp:invite/EXAMPLEexample0000aa1Z"),
        (
            "https://web.whatsapp.com/accept?code=EXAMPLEexample0000aa1Z",
            "whatsapp:invite/EXAMPLEexample0000aa1Z",
        ),
        ("https://chat.whatsapp.com/exampleEXAMPLE0000aa1Z", "whatsapp:invite/exampleEXAMPLE0000aa1Z"),
        ("https://whatsapp.com/channel/0029VaEXAMPLE00001x", "whatsapp:channel/0029VaEXAMPLE00001x"),
        ("www.whatsapp.com/channel/0029VaEXAMPLE00001x/123", "whatsapp:channel/0029VaEXAMPLE00001x"),
        ("https://wa.me/12025550143", "whatsapp:number/12025550143"),
        ("wa.me/+12025550143?text=hello", "whatsapp:number/12025550143"),
        ("wa.me/0012025550143", "whatsapp:number/12025550143"),
        ("wa.me/۱۲۰۲۵۵۵۰۱۴۳", "whatsapp:number/12025550143"),
        ("wa.me/١٢٠٢٥٥٥٠١٤٣", "whatsapp:number/12025550143"),
        ("https://api.whatsapp.com/send?phone=12025550143", "whatsapp:number/12025550143"),
        ("https://api.whatsapp.com/send/?phone=%2B12025550143&text=hi", "whatsapp:number/12025550143"),
        ("whatsapp://send?phone=+12025550143", "whatsapp:number/12025550143"),
        ("https://wa.me/message/EXAMPLE1", "web:wa.me/message/EXAMPLE1"),
        ("https://wa.me/qr/EXAMPLE1", "web:wa.me/qr/EXAMPLE1"),
        ("https://api.whatsapp.com/message/EXAMPLE1?autoload=1", "web:api.whatsapp.com/message/EXAMPLE1"),
        ("https://wa.me/c/12025550143", "whatsapp:number/12025550143"),
        ("https://wa.me/p/123456789/12025550143", "whatsapp:number/12025550143"),
        ("https://web.whatsapp.com/send?phone=12025550143", "whatsapp:number/12025550143"),
        ("https://wa.me/?phone=12025550143", "whatsapp:number/12025550143"),
        ("whatsapp://send/?phone=12025550143&text=hi", "whatsapp:number/12025550143"),
        ("https://wa.me/?text=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
        ("https://l.wl.co/l?u=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
        ("https://wa.media/12025550143", "web:wa.media/12025550143"),
        (
            "https://chat.whatsapp.com.example/EXAMPLEexample0000aa1Z",
            "web:chat.whatsapp.com.example/EXAMPLEexample0000aa1Z",
        ),
        (
            "https://fake-whatsapp.com/channel/0029VaEXAMPLE00001x",
            "web:fake-whatsapp.com/channel/0029VaEXAMPLE00001x",
        ),
    ],
    # The download page, calls, and too short codes or numbers lead to nobody.
    nobody=[
        "https://whatsapp.com/download",
        "https://chat.whatsapp.com/",
        "https://chat.whatsapp.com/short",
        "https://wa.me/123",
        "https://api.whatsapp.com/send?text=hi",
        "whatsapp://app",
        "https://call.whatsapp.com/voice/EXAMPLEexample0000aa1Z",
        "https://call.whatsapp.com/video/EXAMPLEexample0000aa1Z",
        "https://wa.me/message",
        "https://whatsapp.com/channel/EXAMPLE",
        "https://wa.me/c/kites",
        "whatsapp://qr",
    ],
    names=[
        ("WhatsApp", "+1 (202) 555-0143", "whatsapp:number/12025550143"),
        ("whatsapp", "12025550143", "whatsapp:number/12025550143"),
        (
            "WHATSAPP",
            "chat.whatsapp.com/invite/EXAMPLEexample0000aa1Z",
            "whatsapp:invite/EXAMPLEexample0000aa1Z",
        ),
        ("Whatsapp channel", "0029VaEXAMPLE00001x", "whatsapp:channel/0029VaEXAMPLE00001x"),
        ("whatsapp group", "EXAMPLEexample0000aa1Z", "whatsapp:invite/EXAMPLEexample0000aa1Z"),
    ],
    no_names=[
        ("whatsapp", "ask the office"),
        ("whatsapp", "12 34"),
        ("Whatsapp channel", "EXAMPLEexample0000aa1Z"),
    ],
)
