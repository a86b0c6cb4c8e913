"""Keys come from the settings or from a file of one's own, and a bad one is said to be bad."""

import base64

import pytest

from storage.keys import Cipher, KeysInvalid, load_cipher, new_key, parse_keys


def encoded(byte, length=32):
    return base64.b64encode(bytes([byte]) * length).decode()


def test_keys_are_read_by_their_numbers():
    text = f"1:{encoded(1)}, 2:{encoded(2)}\n"
    assert parse_keys(text) == {1: b"\x01" * 32, 2: b"\x02" * 32}


def test_a_new_key_can_be_read_and_is_never_the_same():
    assert len(parse_keys(new_key(7))[7]) == 32
    assert new_key(1) != new_key(1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        encoded(1),
        "one:" + encoded(1),
        "1:not base64",
        f"1:{encoded(1, 31)}",
        f"256:{encoded(1)}",
        f"-1:{encoded(1)}",
        f"1:{encoded(1)},1:{encoded(2)}",
    ],
)
def test_keys_that_cannot_be_used_are_refused_without_telling_them(text):
    with pytest.raises(KeysInvalid) as fault:
        Cipher(parse_keys(text))
    assert encoded(1)[:8] not in str(fault.value)


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path):
    home = tmp_path / "home"
    sealed = load_cipher(None, home).seal("a.b", "Mbote")
    assert load_cipher(None, home).open("a.b", sealed) == "Mbote"
    assert (home / "keys").stat().st_mode & 0o777 == 0o600


def test_given_keys_need_no_file(tmp_path):
    cipher = load_cipher(new_key(3), tmp_path)
    assert cipher.seal("a.b", "Mbote")[0] == 3
    assert list(tmp_path.iterdir()) == []


def test_an_empty_key_file_is_refused_and_not_replaced(tmp_path):
    (tmp_path / "keys").touch()
    with pytest.raises(KeysInvalid):
        load_cipher(None, tmp_path)
    assert (tmp_path / "keys").read_text() == ""
