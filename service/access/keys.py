"""Keys: who may ask what. Made by `joinedup keys`, stored hashed, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from service.atomic_files import OWNER_ONLY, write_atomically
from service.errors import BadParameter, StartError, UnknownResource
from service.file_locks import changing

log = logging.getLogger(__name__)


class Scope(StrEnum):
    READ = "read"
    CYPHER = "cypher"


READING = (Scope.READ, Scope.CYPHER)
"""What a key opens that says nothing of scopes: a scope that is added later must be given by name."""


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    name: str
    hash: str
    """sha256 of the token, which is 256 random bits: a slow hash would add nothing to them."""

    scopes: tuple[str, ...]
    created: str
    expires: str | None = None
    revoked: str | None = None

    def valid(self, today: date) -> bool:
        return self.revoked is None and (self.expires is None or today <= date.fromisoformat(self.expires))


class KeyRing:
    """The keys in a file, read again when it changes, and one more from the environment."""

    def __init__(self, path: Path, given: str | None = None) -> None:
        self.path = path
        self._given = Key("env", "JOINEDUP_KEY", _hash(given), READING, "", None) if given else None
        self._seen: tuple[int, int, int] | None = None
        self._keys: tuple[Key, ...] = ()
        self._trouble = ""
        self._asked = self._given is not None

    def listed(self) -> tuple[Key, ...]:
        """Raises StartError where the file is no file of keys."""
        try:
            state = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            self._keys, self._seen = (), None
            return self._keys
        except OSError as error:
            raise StartError(f"{self.path} cannot be read: {error.strerror}") from error
        seen = (state.st_mtime_ns, state.st_size, state.st_ino)
        if seen != self._seen:
            try:
                self._keys = _read(self.path)
            except OSError as error:
                raise StartError(f"{self.path} cannot be read: {error.strerror}") from error
            except (ValueError, KeyError, TypeError) as error:
                raise StartError(f"{self.path} is not a file of keys; restore it, or move it away") from error
            self._seen = seen
        return self._keys

    def _standing(self) -> tuple[Key, ...]:
        """The keys as they were last read: they stay while the file is broken."""
        try:
            keys, self._trouble = self.listed(), ""
        except StartError as error:
            if self._trouble != error.detail:
                log.error("%s; the keys read before stay as they are", error.detail)
            keys, self._trouble, self._asked = self._keys, error.detail, True
        self._asked = self._asked or bool(keys)
        return keys

    def find(self, token: str) -> Key | None:
        """The valid key of a token. Every key is compared, so that the time says nothing."""
        hashed, found = _hash(token), None
        for key in (*self._standing(), *([self._given] if self._given else [])):
            if hmac.compare_digest(key.hash, hashed) and key.valid(_today()):
                found = key
        return found

    @property
    def usable(self) -> bool:
        """Whether anyone could come in."""
        return self._given is not None or any(key.valid(_today()) for key in self._standing())

    @property
    def asked_for(self) -> bool:
        """Whether there is a key, or was one: a revoked or expired key counts, and so does a file that has gone since.

        After the last key is revoked nobody comes in: it would be a strange way to let everyone in.
        """
        self._standing()
        return self._asked

    def add(self, name: str, scopes: tuple[Scope, ...], expires: date | None) -> tuple[Key, str]:
        """Make a key: the key as it is stored, and the token, which is shown once and never stored."""
        if expires is not None and expires < _today():
            raise BadParameter(f"the expiry {expires} is in the past")
        token = f"joinedup_{secrets.token_urlsafe(32)}"
        now = datetime.now(UTC).isoformat(timespec="seconds")
        known = tuple(scope.value for scope in scopes)
        key = Key(secrets.token_hex(4), name, _hash(token), known, now, str(expires) if expires else None)
        with self._changing():
            if any(each.name == name and each.revoked is None for each in self.listed()):
                raise BadParameter(f"there is a key named {name!r} already; revoke it first, or choose another name")
            self._write((*self.listed(), key))
        return key, token

    def revoke(self, name: str) -> Key:
        """Raises UnknownResource where no key that is in use has this name or id."""
        with self._changing():
            found = next((key for key in self.listed() if name in (key.name, key.id) and key.revoked is None), None)
            if found is None:
                raise UnknownResource(f"no key in use is named {name!r}; `joinedup keys list` shows them")
            revoked = replace(found, revoked=datetime.now(UTC).isoformat(timespec="seconds"))
            self._write(tuple(revoked if key is found else key for key in self.listed()))
        return revoked

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """The file, held: what is read of it inside is what the change is made to."""
        try:
            with changing(self.path):
                yield
        except OSError as error:
            raise StartError(f"{self.path} cannot be written: {error.strerror}") from error

    def _write(self, keys: tuple[Key, ...]) -> None:
        listed = json.dumps({"keys": [asdict(key) for key in keys]}, indent=2)
        write_atomically(self.path, listed, mode=OWNER_ONLY)


def _read(path: Path) -> tuple[Key, ...]:
    """Raises ValueError, KeyError or TypeError where it is no file of keys."""
    listed = json.loads(path.read_text(encoding="utf-8"))["keys"]
    keys = tuple(Key(**{**each, "scopes": tuple(each["scopes"])}) for each in listed)
    for key in keys:
        key.valid(_today())
    return keys


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _today() -> date:
    return datetime.now(UTC).date()
