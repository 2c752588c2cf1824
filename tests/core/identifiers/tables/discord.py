"""Discord: codes are case-sensitive, servers and accounts go by their number."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # All hosts, builds and the app lead to the same invitation, server or account.
    addresses=[
        ("https://discord.gg/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("discord.gg/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("http://www.discord.gg/EXmpl9Q2?event=1150000000000000001", "discord:invite/EXmpl9Q2"),
        ("https://discord.com/invite/EXmpl9Q2/", "discord:invite/EXmpl9Q2"),
        ("https://discordapp.com/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("https://ptb.discord.com/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("https://canary.discordapp.com/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("discord://-/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("https://discord.gg/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("https://discord.gg/exMPL9q2", "discord:invite/exMPL9q2"),
        (
            "https://discord.com/channels/1150000000000000001/1150000000000000002",
            "discord:guild/1150000000000000001",
        ),
        ("https://discord.com/events/1150000000000000001/1", "discord:guild/1150000000000000001"),
        ("discord://-/channels/1150000000000000001/2", "discord:guild/1150000000000000001"),
        ("https://discord.com/users/1150000000000000003", "discord:user/1150000000000000003"),
        ("https://discord.com/invite/#EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("https://discord.com//invite//EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("https:\\\\discord.gg\\EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("https://discord.gg/example/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("discord://invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("discord:///invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("discord://discord.com/invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("https://discord.com/friend-invite/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
        ("https://discord.com/api/v10/invites/EXmpl9Q2?with_counts=true", "discord:invite/EXmpl9Q2"),
        ("https://discord.new/EXmpl9Q2", "discord:template/EXmpl9Q2"),
        ("https://discord.com/template/EXmpl9Q2", "discord:template/EXmpl9Q2"),
        (
            "https://discord.com/servers/example-lantern-1150000000000000001",
            "discord:guild/1150000000000000001",
        ),
        ("https://discord.com/servers/1150000000000000001", "discord:guild/1150000000000000001"),
        ("https://discord.com/widget?id=1150000000000000001&theme=dark", "discord:guild/1150000000000000001"),
        (
            "https://discord.com/api/guilds/1150000000000000001/widget.json",
            "discord:guild/1150000000000000001",
        ),
        (
            "https://discord.com/api/v10/guilds/1150000000000000001/widget.png?style=banner2",
            "discord:guild/1150000000000000001",
        ),
        (
            "https://discord.com/oauth2/authorize?client_id=1&scope=bot&guild_id=1150000000000000001",
            "discord:guild/1150000000000000001",
        ),
        ("https://disboard.org/server/join/1150000000000000001", "discord:guild/1150000000000000001"),
        ("https://disboard.org/de/server/1150000000000000001", "discord:guild/1150000000000000001"),
        ("https://top.gg/servers/1150000000000000001", "discord:guild/1150000000000000001"),
        ("https://discords.com/servers/1150000000000000001", "discord:guild/1150000000000000001"),
        ("https://discordservers.com/server/1150000000000000001", "discord:guild/1150000000000000001"),
        (
            "https://cdn.discordapp.com/icons/1150000000000000001/a_0123.webp?size=64",
            "discord:guild/1150000000000000001",
        ),
        (
            "https://cdn.discordapp.com/banners/1150000000000000001/0123.png",
            "discord:guild/1150000000000000001",
        ),
        (
            "https://cdn.discordapp.com/avatars/1150000000000000003/0123.png",
            "discord:user/1150000000000000003",
        ),
        (
            "https://cdn.discordapp.com/guilds/1150000000000000001/users/1150000000000000003/avatars/0123.png",
            "discord:user/1150000000000000003",
        ),
        (
            "https://media.discordapp.net/attachments/1150000000000000001/1150000000000000002/kites.png?ex=1&hm=2",
            "web:cdn.discordapp.com/attachments/1150000000000000001/1150000000000000002/kites.png",
        ),
        ("https://dsc.gg/example-lantern", "web:dsc.gg/example-lantern"),
        ("https://discord.me/example-lantern", "web:discord.me/example-lantern"),
        ("https://invite.gg/example", "web:invite.gg/example"),
        ("https://mydiscord.com/invite/EXmpl9Q2", "web:mydiscord.com/invite/EXmpl9Q2"),
        ("https://discord.gg.example/EXmpl9Q2", "web:discord.gg.example/EXmpl9Q2"),
        ("https://disboard.org/servers/tag/kites", "web:disboard.org/servers/tag/kites"),
    ],
    # Pages of the site and conversations between two people are no invitation.
    nobody=[
        "https://discord.gg/",
        "https://discord.com/channels/@me/1150000000000000002",
        "https://discord.com/invite",
        "https://discord.com/download",
        "https://discord.com/users/1",
        "discord://-/settings",
        "https://discord.com/oauth2/authorize?client_id=1150000000000000001",
        "https://discord.com/servers/example-lantern",
        "https://discord.com/widget",
        "https://discord.com/api/v10/gateway",
        "https://discord.com/invite/#",
        "https://discord.new/",
    ],
    names=[
        ("discord", "1150000000000000003", "discord:user/1150000000000000003"),
        ("Discord", "<@!1150000000000000003>", "discord:user/1150000000000000003"),
        ("discord", "discord.gg/EXmpl9Q2", "discord:invite/EXmpl9Q2"),
    ],
    no_names=[
        ("discord", "example_member"),
        ("discord", "example#1234"),
    ],
)
