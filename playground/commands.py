"""Command menus: by scope and language, and which one a person sees."""

from typing import Any

#: Scope type, chat, user: what a menu is kept under.
Scope = tuple[str, int, int]
Menu = list[dict[str, str]]

DEFAULT: Scope = ("default", 0, 0)


class Commands:
    """The menus a bot has set."""

    def __init__(self) -> None:
        self._menus: dict[tuple[Scope, str], Menu] = {}

    def set(self, scope: Scope, language: str, menu: Menu) -> None:
        """Keep a menu; an empty one is the same as none."""
        if menu:
            self._menus[scope, language] = menu
        else:
            self._menus.pop((scope, language), None)

    def get(self, scope: Scope, language: str) -> Menu:
        """Exactly that menu, or nothing: no fallback."""
        return self._menus.get((scope, language), [])

    def seen(self, chat: int, person: int, language: str | None, *, admin: bool = False) -> Menu:
        """Give what a person sees: the narrowest scope first, her language before none in each."""
        for scope in self._scopes(chat, person, admin=admin):
            for key in (language or "", ""):
                if menu := self.get(scope, key):
                    return menu
        return []

    def _scopes(self, chat: int, person: int, *, admin: bool) -> list[Scope]:
        if chat > 0:
            return [("chat", chat, 0), ("all_private_chats", 0, 0), DEFAULT]
        narrow: list[Scope] = [("chat_member", chat, person)]
        narrow += [("chat_administrators", chat, 0)] if admin else []
        wide: list[Scope] = [("all_chat_administrators", 0, 0)] if admin else []
        return [*narrow, ("chat", chat, 0), *wide, ("all_group_chats", 0, 0), DEFAULT]

    def dump(self) -> list[Any]:
        """For keeping over a restart."""
        return [[list(scope), language, menu] for (scope, language), menu in self._menus.items()]

    def load(self, kept: list[Any]) -> None:
        """Take back what `dump` gave."""
        self._menus = {(tuple(scope), language): menu for scope, language, menu in kept}
