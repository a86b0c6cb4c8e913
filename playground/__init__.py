"""A local stand-in for Telegram: the Bot API, people to play, a clock to move (README.md)."""

from playground.server import Playground

__all__ = ["Playground"]
