"""Queries about invitations."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from collective.invites import Invite
from collective.people import Role
from storage import tables as t
from storage.unit import Noun


class SqlInvites(Noun):
    """Invitations by the hash of their token."""

    async def add(
        self,
        *,
        token_hash: bytes,
        role: Role,
        collective_id: int | None,
        created_by: int | None,
        expires_at: datetime,
        uses: int,
        now: datetime,
        person_id: int | None = None,
    ) -> None:
        """Keep a new invitation, perhaps to the record of one person."""
        await self._run(
            self._insert(t.invites).values(
                token_hash=token_hash,
                role=role.value,
                collective_id=collective_id,
                created_by=created_by,
                created_at=now,
                expires_at=expires_at,
                uses_left=uses,
                person_id=person_id,
            )
        )

    async def get(self, invite_id: int) -> Invite | None:
        """Return an invitation."""
        return await self._one(t.invites.c.id == invite_id)

    async def by_hash(self, token_hash: bytes) -> Invite | None:
        """Return an invitation."""
        return await self._one(t.invites.c.token_hash == token_hash)

    async def by_code(self, code_hashes: Iterable[bytes]) -> Invite | None:
        """Return the invitation whose human code has one of these hashes."""
        return await self._one(t.invites.c.code_hash.in_(list(code_hashes)))

    async def set_code(self, token_hash: bytes, code_hash: bytes, expires_at: datetime) -> bool:
        """Give an invitation a human code; False when another one has it."""
        if await self.by_code([code_hash]) is not None:
            return False
        await self._run(
            update(t.invites)
            .where(t.invites.c.token_hash == token_hash)
            .values(code_hash=code_hash, code_expires_at=expires_at)
        )
        return True

    async def _one(self, which: ColumnElement[bool]) -> Invite | None:
        row = await self._first(select(t.invites).where(which))
        if row is None:
            return None
        return Invite(
            id=row.id,
            role=Role(row.role),
            collective_id=row.collective_id,
            expires_at=row.expires_at,
            uses_left=row.uses_left,
            revoked_at=row.revoked_at,
            code_expires_at=row.code_expires_at,
            person_id=row.person_id,
        )

    async def consume(self, invite_id: int) -> bool:
        """Use it once; False when nothing was left to use."""
        used = (
            update(t.invites)
            .where(t.invites.c.id == invite_id, t.invites.c.uses_left > 0)
            .values(uses_left=t.invites.c.uses_left - 1)
        )
        return await self._count(used) == 1

    async def revoke_others(self, token_hash: bytes, now: datetime) -> None:
        """End every other open invitation to the same: role, collective, and person if one."""
        kept = await self.by_hash(token_hash)
        if kept is None:
            return
        await self._run(
            update(t.invites)
            .where(
                t.invites.c.role == kept.role.value,
                t.invites.c.collective_id == kept.collective_id,
                t.invites.c.person_id.is_not_distinct_from(kept.person_id),
                t.invites.c.id != kept.id,
                t.invites.c.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )

    async def revoke_of(self, person_id: int, now: datetime) -> None:
        """End every open invitation to the record of a person."""
        await self._run(
            update(t.invites)
            .where(t.invites.c.person_id == person_id, t.invites.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )
