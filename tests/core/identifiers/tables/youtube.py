"""YouTube: ids of channels and videos keep their case, names fold it."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Channels, their names and every form of a video's address are told apart.
    addresses=[
        ("vnd.youtube:exAmple0001", "youtube:video/exAmple0001"),
        ("youtube://watch?v=exAmple0001", "youtube:video/exAmple0001"),
        ("vnd.youtube://www.youtube.com/@example", "youtube:user/example"),
        ("https://www.youtube.com/?v=exAmple0001", "youtube:video/exAmple0001"),
        ("https://m.youtube.com/#/watch?v=exAmple0001", "youtube:video/exAmple0001"),
        (
            "https://www.youtube.com/channel/UCexample000000000000000",
            "youtube:channel/UCexample000000000000000",
        ),
        (
            "https://m.youtube.com/channel/UCexample000000000000000/videos",
            "youtube:channel/UCexample000000000000000",
        ),
        ("https://www.youtube.com/@ExampleLantern", "youtube:user/examplelantern"),
        ("youtube.com/@ExampleLantern/streams", "youtube:user/examplelantern"),
        ("https://www.youtube.com/user/ExampleLantern", "youtube:user/examplelantern"),
        ("https://www.youtube.com/c/ExampleLantern", "youtube:user/examplelantern"),
        ("https://youtu.be/exAmple0001?si=abc", "youtube:video/exAmple0001"),
        ("https://www.youtube.com/watch?v=exAmple0001&t=3s", "youtube:video/exAmple0001"),
        ("https://www.youtube.com/shorts/exAmple0001", "youtube:video/exAmple0001"),
        ("https://www.youtube.com/live/exAmple0001", "youtube:video/exAmple0001"),
        ("https://www.youtube-nocookie.com/embed/exAmple0001", "youtube:video/exAmple0001"),
        (
            "https://www.youtube.com/redirect?q=https%3A%2F%2Ft.me%2Fexample_media",
            "telegram:user/example_media",
        ),
        ("https://www.youtube.com/playlist?list=PLexample0000000", "youtube:playlist/PLexample0000000"),
        (
            "https://www.youtube.com/embed/videoseries?list=PLexample0000000",
            "youtube:playlist/PLexample0000000",
        ),
        ("https://www.youtube.com/watch?v=exAmple0001&list=PLexample0000000", "youtube:video/exAmple0001"),
        (
            "https://www.youtube.com/embed/live_stream?channel=UCexample000000000000000",
            "youtube:channel/UCexample000000000000000",
        ),
        ("https://youtu.be/watch?v=exAmple0001", "youtube:video/exAmple0001"),
        ("https://www.youtube.com/e/exAmple0001", "youtube:video/exAmple0001"),
        ("https://i.ytimg.com/vi/exAmple0001/hqdefault.jpg", "youtube:video/exAmple0001"),
        ("https://music.youtube.com/watch?v=exAmple0001", "youtube:video/exAmple0001"),
        ("https://yewtu.be/watch?v=exAmple0001", "youtube:video/exAmple0001"),
        (
            "https://invidious.lantern.example/channel/UCexample000000000000000",
            "youtube:channel/UCexample000000000000000",
        ),
        ("https://piped.video/watch?v=exAmple0001", "youtube:video/exAmple0001"),
        (
            "https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DexAmple0001%26feature%3Dshare",
            "youtube:video/exAmple0001",
        ),
        (
            "https://www.youtube.com/oembed?url=https%3A%2F%2Fyoutu.be%2FexAmple0001",
            "youtube:video/exAmple0001",
        ),
        (
            "https://www.youtube.com/redirect?event=x&q=https%253A%252F%252Ft.me%252Fexample_media",
            "telegram:user/example_media",
        ),
        ("https://youtube.com.example/@ExampleLantern", "web:youtube.com.example/@ExampleLantern"),
        ("https://myoutube.com/@ExampleLantern", "web:myoutube.com/@ExampleLantern"),
    ],
    # Pages of the site and malformed ids name nothing.
    nobody=[
        "https://www.youtube.com/#exAmple0001",
        "vnd.youtube://exAmple0001",
        "https://www.youtube.com/",
        "https://www.youtube.com/feed/trending",
        "https://www.youtube.com/channel/UCshort",
        "https://www.youtube.com/watch?v=short",
        "https://youtu.be/",
        "https://www.youtube.com/redirect",
        "https://www.youtube.com/playlist",
        "https://www.youtube.com/playlist?list=WL",
        "https://www.youtube.com/results?search_query=kites",
        "https://www.youtube.com/attribution_link",
    ],
    names=[
        ("YouTube", "@ExampleLantern", "youtube:user/examplelantern"),
        ("yt", "UCexample000000000000000", "youtube:channel/UCexample000000000000000"),
    ],
    no_names=[
        ("youtube", "two words"),
    ],
)
