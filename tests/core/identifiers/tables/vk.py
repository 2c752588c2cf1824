"""VK: numbers of accounts and communities, names, invitations."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # A community is its number whatever it calls itself, and so is what hangs on its wall.
    addresses=[
        ("https://vk.com/example_lantern", "vk:user/example_lantern"),
        ("https://m.vk.com/Example.Lantern", "vk:user/example.lantern"),
        ("vk.ru/example_lantern", "vk:user/example_lantern"),
        ("https://vk.me/example_lantern", "vk:user/example_lantern"),
        ("https://vk.com/club123456", "vk:group/123456"),
        ("https://vk.com/public123456", "vk:group/123456"),
        ("https://vk.com/event123456", "vk:group/123456"),
        ("https://vk.com/wall-123456_789", "vk:group/123456"),
        ("https://vk.com/video-123456_456239017", "vk:group/123456"),
        ("https://vk.com/topic-123456_7890", "vk:group/123456"),
        ("https://vk.com/id123456", "vk:id/123456"),
        ("https://vk.com/wall123456_789?reply=1", "vk:id/123456"),
        ("https://vk.com/write123456", "vk:id/123456"),
        ("https://vk.me/join/AJQ1d0exampleEXAMPLE00=", "vk:invite/AJQ1d0exampleEXAMPLE00="),
        ("https://vk.com/away.php?to=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
        ("https://away.vk.com/away.php?to=t.me%2Fexample_media", "telegram:user/example_media"),
    ],
    # Pages of the site name nobody; a name may begin like a number's word.
    others=[
        ("https://vk.com/clubs_of_kites", "vk:user/clubs_of_kites"),
        ("https://vk.com/wallpapers", "vk:user/wallpapers"),
        ("https://vk.cc/exAmpl", "web:vk.cc/exAmpl"),
        ("https://vk.com.example/example_lantern", "web:vk.com.example/example_lantern"),
    ],
    nobody=[
        "https://vk.com/",
        "https://vk.com/feed",
        "https://vk.com/search?q=kites",
        "https://vk.com/away.php",
    ],
    names=[
        ("VK", "@Example_lantern", "vk:user/example_lantern"),
        ("vkontakte", "club123456", "vk:group/123456"),
        ("vk", "id123456", "vk:id/123456"),
    ],
    no_names=[
        ("vk", "two words"),
        ("vk", "feed"),
    ],
)
