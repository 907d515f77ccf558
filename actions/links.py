"""Addresses of the pages that a person opens without an account, signed by the installation's key."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from itsdangerous import BadSignature, URLSafeSerializer

from actions.journal_seal import Seals
from actions.sealing import Box
from program import secret_addresses


class Links:
    """Args:
    public_url: how the web part is reached from outside, without a slash at the end.
    secret: the installation's key.
    telegram_bot: user name of the bot, "" where the channel is off.
    vk_group: short name or id of the community (vk.me/<name>), "" where it is off.
    """

    def __init__(self, public_url: str, secret: str, *, telegram_bot: str = "", vk_group: str = "") -> None:
        self.public_url = public_url.rstrip("/")
        self.telegram_bot = telegram_bot
        self.vk_group = vk_group
        self._chat = _signer(secret, "chat")
        self._calendar = _signer(secret, "calendar")
        self._my_data = _signer(secret, "my-data")
        self._poll = _signer(secret, "poll")
        self.ballots = Box(secret, "ballots")
        self.notes = Box(secret, "care-notes")
        self.second_steps = Box(secret, "second-step")
        self.offered_steps = Box(secret, "second-step-offered")
        self.town_keys = Box(secret, "town-keys")
        self.seals = Seals(secret)
        self._staff = _signer(secret, "staff")
        self._pending = _signer(secret, "sign-in")

    @property
    def messengers(self) -> bool:
        """Whether the house has a channel that rings."""
        return bool(self.telegram_bot or self.vk_group)

    def chat(self, person_id: int, number: int = 0) -> str:
        """`number`: of `program.secret_addresses`; an address with an older one is not this person's any more."""
        return f"{self.public_url}/chat/{self.chat_token(person_id, number)}"

    def calendar(self, person_id: int, number: int = 0) -> str:
        """`number`: of `program.secret_addresses`; an address with an older one opens nothing any more."""
        return f"{self.public_url}/calendar/{_dumps(self._calendar, person_id, number)}.ics"

    def my_data(self, reader_id: int, about_id: int, expires: int) -> str:
        """`expires`: seconds since 1970; the link opens nothing afterwards."""
        return f"{self.public_url}/my-data/{self._my_data.dumps([reader_id, about_id, expires])}"

    def my_data_of(self, token: str, now: datetime) -> tuple[int, int, datetime] | None:
        """Who reads about whom until when; None if the signature is not ours or the link is too old."""
        try:
            reader_id, about_id, expires = self._my_data.loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        until = datetime.fromtimestamp(expires, UTC)
        return (reader_id, about_id, until) if now < until else None

    def poll(self, person_id: int, code: str) -> str:
        """The page of one anonymous poll for one person."""
        return f"{self.public_url}/poll/{self._poll.dumps([person_id, code])}"

    def poll_of(self, token: str) -> tuple[int, str] | None:
        """Who is asked and the poll's code; None if the signature is not ours."""
        try:
            person_id, code = self._poll.loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        return int(person_id), str(code)

    def staff(self, invitation_id: int, nonce: str) -> str:
        """A colleague's one-time link."""
        return f"{self.public_url}/welcome/{self._staff.dumps([invitation_id, nonce])}"

    def staff_of(self, token: str) -> tuple[int, str] | None:
        """Id and nonce of a colleague's invitation; None if the signature is not ours."""
        try:
            invitation_id, nonce = self._staff.loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        return int(invitation_id), str(nonce)

    def pending(self, user_id: int, mark: str, expires: int) -> str:
        """What a browser holds between the password and the code.

        Args:
            mark: of the password that was right. expires: seconds since 1970.
        """
        return str(self._pending.dumps([user_id, mark, expires]))

    def pending_of(self, token: str, now: datetime) -> tuple[int, str] | None:
        """The user and the password's mark; None if the signature is not ours or it took too long."""
        try:
            user_id, mark, expires = self._pending.loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        return (int(user_id), str(mark)) if now.timestamp() < expires else None

    def join(self, token: str) -> str:
        return f"{self.public_url}/join/{token}"

    @property
    def check(self) -> str:
        """The page that confirms a paper by its code; the code is added after a slash."""
        return f"{self.public_url}/check"

    def consent(self, token: str) -> str:
        """`token` is of an invitation for a guardian."""
        return f"{self.public_url}/consent/{token}"

    def telegram(self, token: str) -> str:
        """ "" where Telegram is off."""
        return f"https://t.me/{self.telegram_bot}?start={token}" if self.telegram_bot else ""

    def vk(self, token: str) -> str:
        return f"https://vk.me/{self.vk_group}?ref={token}" if self.vk_group else ""

    def chat_token(self, person_id: int, number: int = 0) -> str:
        return _dumps(self._chat, person_id, number)

    def chat_name(self, token: str) -> str:
        """Which address of the web chat is meant, as `storage.webchat.reader` knows it; "" if the signature is not ours."""
        found = _read(self._chat, token)
        return secret_addresses.chat_name(*found) if found else ""

    def calendar_person(self, token: str) -> tuple[int, int] | None:
        """The person a calendar's address belongs to, and its number; None if the signature is not ours."""
        return _read(self._calendar, token)

    def resolve(self, url: str, person_id: int | None, number: int = 0) -> str:
        """The real address of a symbolic one that a verb put on a button.

        `number`: of the person's web chat.

        `page:chat`, `page:today`, `page:help` and `page:week` (the admin's), `page:calendar[:<number>]`, `page:consent:<token>`, `page:join:<token>`,
        `page:my-data:<person>:<expires>`, `page:poll:<code>`, `page:relay-photo:<pair>`, `page:diploma:<achievement>`, `page:story-photo:<story>`; others stay as they are.
        """
        if not url.startswith("page:"):
            return url
        _, name, *rest = url.split(":")
        if name == "consent":
            return self.consent(rest[0])
        if name == "join":
            return self.join(rest[0])
        if name in ("help", "week"):
            return f"{self.public_url}/{name}"
        if name == "today":
            return f"{self.public_url}/"
        assert person_id is not None, "a personal page without a person"
        if name == "my-data":
            return self.my_data(person_id, int(rest[0]), int(rest[1]))
        if name == "relay-photo":
            return f"{self.chat(person_id, number)}/photo?pair={int(rest[0])}"
        if name == "story-photo":
            return f"{self.chat(person_id, number)}/story?of={int(rest[0])}"
        if name == "diploma":
            return f"{self.chat(person_id, number)}/diploma?of={int(rest[0])}"
        if name == "award":
            return f"{self.chat(person_id, number)}/award?paper={int(rest[0])}"
        if name == "poll":
            return self.poll(person_id, rest[0])
        if name == "calendar":
            return self.calendar(person_id, int(rest[0]) if rest else 0)
        return self.chat(person_id, number)


def _dumps(serializer: URLSafeSerializer, person_id: int, number: int) -> str:
    return str(serializer.dumps([person_id, number] if number else person_id))


def _read(serializer: URLSafeSerializer, token: str) -> tuple[int, int] | None:
    """The person's id and the number; None if the signature is not ours."""
    try:
        match serializer.loads(token):
            case int(person_id):
                return person_id, 0
            case [int(person_id), int(number)]:
                return person_id, number
    except BadSignature:
        pass
    return None


def _signer(secret: str, purpose: str) -> URLSafeSerializer:
    """Two purposes never share a signature."""
    return URLSafeSerializer(secret, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256})
