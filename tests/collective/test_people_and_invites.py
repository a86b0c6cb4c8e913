"""Names, and what an invitation is worth by itself."""

import hashlib
import re
from datetime import timedelta

import pytest

from collective import invites
from collective.collectives import CONGO_ZONES, GroupLanguage, ensure_zone
from collective.errors import InviteExpired, InviteUsed, TextEmpty, TextTooLong, ZoneUnknown
from collective.people import NAME_LIMIT, Role, Standing, clean_name


def invite(now, **changes):
    fields = {
        "id": 1,
        "role": Role.MEMBER,
        "collective_id": 1,
        "expires_at": now + timedelta(days=1),
        "uses_left": 1,
        "revoked_at": None,
    }
    return invites.Invite(**(fields | changes))


def test_a_name_is_one_line_without_double_spaces():
    assert clean_name("  Mama \n  Béatrice\t ") == "Mama Béatrice"


def test_a_name_hides_nothing_and_turns_nothing_round():
    assert clean_name("\u202eMado\0\u2069") == "Mado"
    assert clean_name("\U0001f469\u200d\U0001f9b1") == "\U0001f469\u200d\U0001f9b1"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200d", "\u202e"])
def test_a_name_of_spaces_is_none(text):
    with pytest.raises(TextEmpty):
        clean_name(text)


def test_a_name_fills_its_place_and_no_more():
    assert clean_name("a" * NAME_LIMIT)
    with pytest.raises(TextTooLong) as refusal:
        clean_name("a" * (NAME_LIMIT + 1))
    assert (refusal.value.limit, refusal.value.length) == (NAME_LIMIT, NAME_LIMIT + 1)


def test_roles_are_the_union_of_what_she_holds():
    nobody = Standing(
        person_id=1, coordinator=False, facilitates=frozenset(), member_of=frozenset()
    )
    both = Standing(
        person_id=1, coordinator=False, facilitates=frozenset({1}), member_of=frozenset({2})
    )
    assert nobody.roles == frozenset()
    assert both.roles == {Role.FACILITATOR, Role.MEMBER}


def test_a_link_fits_what_telegram_allows_and_no_two_are_alike():
    link = invites.link("LisangaBot", invites.new_token())
    payload = link.removeprefix("https://t.me/LisangaBot?start=")
    assert re.fullmatch(r"i_[A-Za-z0-9_-]{30,62}", payload)
    assert len({invites.new_token() for _ in range(100)}) == 100


def test_a_token_is_kept_as_its_hash():
    assert invites.token_hash("secret") == hashlib.sha256(b"secret").digest()


def test_an_invite_serves_until_its_last_second(now):
    invites.ensure_usable(invite(now), now + timedelta(days=1, microseconds=-1))
    with pytest.raises(InviteExpired):
        invites.ensure_usable(invite(now), now + timedelta(days=1))


def test_a_revoked_invite_is_over(now):
    with pytest.raises(InviteExpired):
        invites.ensure_usable(invite(now, revoked_at=now), now)


def test_an_invite_without_uses_left_is_used(now):
    with pytest.raises(InviteUsed):
        invites.ensure_usable(invite(now, uses_left=0), now)


def test_a_group_of_both_languages_hears_lingala_first():
    assert GroupLanguage.BOTH.languages == ("ln", "fr")
    assert GroupLanguage.FRENCH.languages == ("fr",)


def test_zones_are_those_of_the_iana_list():
    assert [ensure_zone(zone) for zone in CONGO_ZONES] == list(CONGO_ZONES)
    with pytest.raises(ZoneUnknown) as refusal:
        ensure_zone("Africa/Bukavu")
    assert refusal.value.zone == "Africa/Bukavu"
