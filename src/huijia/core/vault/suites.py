"""The two pairs of algorithms: AES-256-GCM with HMAC-SHA-256, and SM4-GCM with HMAC-SM3."""

import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hmac import HMAC

NONCE = 12
TAG = 16


class CannotOpenError(Exception):
    """A sealed value was altered, moved to another place, or sealed under another key."""


Seal = Callable[[bytes, bytes], bytes]
Digest = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Suite:
    """One pair of algorithms; keys are bytes of `key_size`, digests have 32 bytes."""

    code: int
    name: str
    key_size: int
    sealer: Callable[[bytes], Seal]
    opener: Callable[[bytes], Seal]
    digester: Callable[[bytes], Digest]


def _aes_sealer(key: bytes) -> Seal:
    encrypt, random = AESGCM(key).encrypt, os.urandom

    def seal(plain: bytes, context: bytes) -> bytes:
        nonce = random(NONCE)
        return nonce + encrypt(nonce, plain, context)

    return seal


def _aes_opener(key: bytes) -> Seal:
    decrypt = AESGCM(key).decrypt

    def open_(sealed: bytes, context: bytes) -> bytes:
        try:
            return decrypt(sealed[:NONCE], sealed[NONCE:], context)
        except InvalidTag as fault:
            raise CannotOpenError from fault

    return open_


def _sm4_sealer(key: bytes) -> Seal:
    algorithm, random = SM4(key), os.urandom

    def seal(plain: bytes, context: bytes) -> bytes:
        nonce = random(NONCE)
        encryptor = Cipher(algorithm, GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(context)
        return nonce + encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    return seal


def _sm4_opener(key: bytes) -> Seal:
    algorithm = SM4(key)

    def open_(sealed: bytes, context: bytes) -> bytes:
        nonce, body, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
        try:
            decryptor = Cipher(algorithm, GCM(nonce, tag)).decryptor()
            decryptor.authenticate_additional_data(context)
            return decryptor.update(body) + decryptor.finalize()
        except (InvalidTag, ValueError) as fault:
            raise CannotOpenError from fault

    return open_


def _sha256_digester(key: bytes) -> Digest:
    digest = hmac.digest

    def of(value: bytes) -> bytes:
        return digest(key, value, "sha256")

    return of


def _sm3_digester(key: bytes) -> Digest:
    keyed = HMAC(key, hashes.SM3())

    def of(value: bytes) -> bytes:
        # Copying the keyed context saves hashing the key's two blocks each time.
        once = keyed.copy()
        once.update(value)
        return once.finalize()

    return of


INTERNATIONAL = Suite(1, "aes", 32, _aes_sealer, _aes_opener, _sha256_digester)
NATIONAL = Suite(2, "sm4", 16, _sm4_sealer, _sm4_opener, _sm3_digester)
SUITES = {suite.name: suite for suite in (INTERNATIONAL, NATIONAL)}
