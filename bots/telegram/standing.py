"""What Telegram says of accounts and chats at this moment, as far as moderating goes."""

from dataclasses import dataclass

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberOwner, ChatMemberRestricted


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """The bot itself; `reads_all` is false in privacy mode."""

    id: int
    username: str
    reads_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatFacts:
    """What a chat is.

    Attributes:
        is_private: The bot's chat with one person.
        username: Its public name: whoever knows it can read along; "" if it has none.
        linked_id: The channel whose discussion group this is.
    """

    is_private: bool
    title: str
    username: str
    linked_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A member's standing.

    Attributes:
        user_id: Telegram's number of the account.
        is_admin: Owner or administrator, with whatever rights.
        is_present: In the chat, neither gone nor banned.
        is_mute: Restricted so that they cannot even write.
    """

    user_id: int
    is_bot: bool = False
    is_admin: bool = False
    is_present: bool = False
    is_mute: bool = False
    may_delete: bool = False
    may_restrict: bool = False

    @classmethod
    def of(cls, member: ChatMember) -> "Standing":
        """Read the library's member."""
        is_owner = isinstance(member, ChatMemberOwner)
        admin = member if isinstance(member, ChatMemberAdministrator) else None
        restricted = member if isinstance(member, ChatMemberRestricted) else None
        inside = restricted is None or restricted.is_member
        return cls(
            user_id=member.user.id,
            is_bot=member.user.is_bot,
            is_admin=is_owner or admin is not None,
            is_present=inside and member.status not in {ChatMember.LEFT, ChatMember.BANNED},
            is_mute=restricted is not None and not restricted.can_send_messages,
            may_delete=is_owner or (admin is not None and admin.can_delete_messages),
            may_restrict=is_owner or (admin is not None and admin.can_restrict_members),
        )

    @property
    def moderates(self) -> bool:
        """May do something about messages or members, and so may decide cases."""
        return self.may_delete or self.may_restrict
