"""Queries about requests to come in, and the tries of codes."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from collective.people import Consent, Role
from collective.requests import JoinRequest
from storage import tables as t
from storage.unit import Noun


class SqlRequests(Noun):
    """Who waits for a yes, and how often an account has tried a code."""

    async def add(
        self,
        *,
        draft: str,
        invite_id: int,
        account_id: int,
        person_id: int | None,
        name: str | None,
        choices: Collection[Consent] | None,
        expires_at: datetime,
    ) -> JoinRequest | None:
        """Add a request; None when this draft already became one."""
        made = (
            self._insert(t.join_requests)
            .values(
                draft=draft,
                invite_id=invite_id,
                account_id=account_id,
                person_id=person_id,
                name=name,
                choices=None if choices is None else ",".join(sorted(choices)),
                expires_at=expires_at,
            )
            .on_conflict_do_nothing(index_elements=["draft"])
            .returning(t.join_requests.c.id)
        )
        row = await self._first(made)
        return await self.get(row.id) if row else None

    async def get(self, request_id: int) -> JoinRequest | None:
        """Return a request."""
        row = await self._first(_WAITING.where(t.join_requests.c.id == request_id))
        return _request(row) if row else None

    async def of_account(self, account_id: int) -> list[JoinRequest]:
        """Return what an account waits for, oldest first."""
        asked = t.join_requests.c
        rows = await self._all(_WAITING.where(asked.account_id == account_id).order_by(asked.id))
        return [_request(row) for row in rows]

    async def to_join(self, collective_id: int, role: Role) -> list[JoinRequest]:
        """Return who asks to come into a collective in this role, oldest first."""
        asked = _WAITING.where(
            t.invites.c.collective_id == collective_id, t.invites.c.role == role.value
        )
        return [_request(row) for row in await self._all(asked.order_by(t.join_requests.c.id))]

    async def remove(self, request_id: int) -> bool:
        """Forget a request; False when somebody else did before."""
        gone = delete(t.join_requests).where(t.join_requests.c.id == request_id)
        return await self._count(gone) == 1

    async def tries(self, who: bytes) -> dict[int, datetime]:
        """Return when codes were tried, by the message they were in."""
        rows = await self._all(select(t.code_tries).where(t.code_tries.c.who == who))
        return {row.message_id: row.at for row in rows}

    async def add_try(self, who: bytes, message_id: int, now: datetime) -> None:
        """Count a try."""
        await self._run(self._insert(t.code_tries).values(who=who, message_id=message_id, at=now))

    async def forget_tries(self, until: datetime) -> None:
        """Forget every try made by then."""
        await self._run(delete(t.code_tries).where(t.code_tries.c.at <= until))


_WAITING = (
    select(
        t.join_requests,
        t.invites.c.role,
        t.invites.c.collective_id,
        t.accounts.c.telegram_id,
        t.accounts.c.language,
        t.persons.c.name.label("person_name"),
    )
    .join(t.invites, t.invites.c.id == t.join_requests.c.invite_id)
    .join(t.accounts, t.accounts.c.id == t.join_requests.c.account_id)
    .outerjoin(t.persons, t.persons.c.id == t.join_requests.c.person_id)
)


def _request(row: Row[Any]) -> JoinRequest:
    choices = row.choices
    return JoinRequest(
        id=row.id,
        invite_id=row.invite_id,
        role=Role(row.role),
        collective_id=row.collective_id,
        account_id=row.account_id,
        chat_id=row.telegram_id,
        language=row.language,
        person_id=row.person_id,
        name=row.name or row.person_name,
        choices=None
        if choices is None
        else frozenset(map(Consent, filter(None, choices.split(",")))),
        expires_at=row.expires_at,
    )
