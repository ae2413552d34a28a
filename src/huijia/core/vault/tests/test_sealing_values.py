"""What a sealed value promises, in both suites."""

import dataclasses
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huijia.core.vault import keyring
from huijia.core.vault.keyring import KeyRingError
from huijia.core.vault.sealing import HEAD, Vault
from huijia.core.vault.suites import SUITES, CannotOpenError

VAULTS = {name: Vault(keyring.make(suite)) for name, suite in SUITES.items()}
PLACE = "people.identity.number"


@pytest.fixture(params=sorted(VAULTS))
def vault(request):
    return VAULTS[request.param]


@given(value=st.binary(max_size=300), name=st.sampled_from(sorted(VAULTS)))
def test_what_was_sealed_opens_again(value, name):
    sealed = VAULTS[name].seal(value, context=PLACE)

    assert VAULTS[name].open(sealed, context=PLACE) == value
    assert len(sealed) == len(value) + HEAD + 12 + 16


@given(
    value=st.binary(min_size=1, max_size=40),
    at=st.integers(min_value=0, max_value=10_000),
    name=st.sampled_from(sorted(VAULTS)),
)
def test_a_value_altered_in_any_bit_does_not_open(value, at, name):
    sealed = bytearray(VAULTS[name].seal(value, context=PLACE))
    sealed[at % len(sealed)] ^= 1 << (at % 8)

    with pytest.raises(CannotOpenError):
        VAULTS[name].open(bytes(sealed), context=PLACE)


def test_a_value_moved_to_another_place_does_not_open(vault):
    sealed = vault.seal(b"13800000000", context="people.identity.phone")

    with pytest.raises(CannotOpenError):
        vault.open(sealed, context=PLACE)


def test_the_same_value_is_sealed_differently_each_time(vault):
    assert vault.seal(b"x", context=PLACE) != vault.seal(b"x", context=PLACE)


def test_a_blind_index_is_equal_for_equal_values_of_one_field_only(vault):
    first = vault.blind_index("330203199001010009", field="number")

    assert first == vault.blind_index("330203199001010009", field="number")
    assert first != vault.blind_index("330203199001010009", field="phone")
    assert uuid.UUID(vault.hex_indexer("number")("330203199001010009")) == first


def test_another_index_key_changes_every_blind_index(vault):
    other = Vault(dataclasses.replace(vault.ring, index_secret=b"\1" * 32))

    assert other.blind_index("1", field="number") != vault.blind_index("1", field="number")


def test_a_value_of_an_older_key_still_opens_after_a_new_key_was_added(vault):
    sealed = vault.seal(b"old", context=PLACE)
    fresh = keyring.Key(2, vault.ring.sealing_key.suite, b"\7" * len(vault.ring.sealing_key.secret))
    newer = Vault(dataclasses.replace(vault.ring, keys={**vault.ring.keys, 2: fresh}, current=2))

    assert newer.open(sealed, context=PLACE) == b"old"
    assert newer.seal(b"new", context=PLACE)[2:HEAD] == b"\0\2"


@given(pieces=st.lists(st.binary(max_size=30), max_size=6), name=st.sampled_from(sorted(VAULTS)))
def test_a_stream_opens_to_the_same_bytes(pieces, name):
    sealed = list(VAULTS[name].seal_stream(pieces, context="blob 7"))

    assert b"".join(VAULTS[name].open_stream(sealed, context="blob 7")) == b"".join(pieces)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pieces: pieces[:-1],
        lambda pieces: pieces[1:],
        lambda pieces: [pieces[1], pieces[0], *pieces[2:]],
        lambda pieces: [pieces[0], *pieces],
        lambda pieces: [],
    ],
    ids=["cut", "beheaded", "reordered", "repeated", "empty"],
)
def test_a_stream_that_was_tampered_with_does_not_open(vault, spoil):
    sealed = list(vault.seal_stream([b"a", b"b", b"c"], context="blob 7"))

    with pytest.raises(CannotOpenError):
        list(vault.open_stream(spoil(sealed), context="blob 7"))


def test_a_key_ring_is_written_for_its_owner_only_and_reads_back(tmp_path):
    ring = keyring.make(SUITES["sm4"])
    keyring.write(ring, tmp_path / "keys" / "ring.json")

    assert keyring.read(tmp_path / "keys" / "ring.json") == ring
    assert (tmp_path / "keys" / "ring.json").stat().st_mode & 0o777 == 0o600


def test_a_key_ring_is_never_overwritten(tmp_path):
    keyring.write(keyring.make(SUITES["aes"]), tmp_path / "ring.json")

    with pytest.raises(FileExistsError):
        keyring.write(keyring.make(SUITES["aes"]), tmp_path / "ring.json")


def test_a_key_ring_that_others_can_read_is_refused_with_the_remedy(tmp_path):
    file = tmp_path / "ring.json"
    keyring.write(keyring.make(SUITES["aes"]), file)
    file.chmod(0o644)

    with pytest.raises(KeyRingError, match="chmod 600"):
        keyring.read(file)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"keys": 3}'])
def test_a_damaged_key_ring_is_refused_in_words(tmp_path, content):
    file = tmp_path / "ring.json"
    file.write_text(content)
    file.chmod(0o600)

    with pytest.raises(KeyRingError):
        keyring.read(file)
