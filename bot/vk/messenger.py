"""Sending through a VK community."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import structlog

from bot.messenger import Button, Capabilities, DeliveryFailed, Mail, Mailed, Outgoing, certainly
from bot.vk.client import VkClient, code_of, of_reader
from program.channels import Channel

log = structlog.get_logger()

Rows = Sequence[Sequence[Button]]

INLINE_BUTTONS, INLINE_ROWS, ROW = 10, 6, 5
LOWER_ROWS = 10
COLOURS = {"primary": "primary", "danger": "negative", "success": "positive"}
PHOTOS = 10
REMEMBERED = 100  # uploaded pictures
# Too old, of another kind, not there any more: a new message says it instead.
CANNOT_EDIT = {15, 100, 104, 909, 920}
CANNOT_REMOVE = {15, 100, 104, 924}  # 924: too late to delete it for everybody


class VkMessenger:
    """One community, for sending. A message tried again carries the same `random_id`; VK drops the copy.

    Args:
        client: shared with the inbox of the same account.
        salt: any constant of this installation. With a database begun anew the outbox counts from 1 again,
            and without a salt VK would take the first messages for copies of the hour before.
    """

    channel = Channel.VK
    together, at_once, drops_repeats = 100, 8, True  # `peer_ids` takes a hundred (platforms.md 2.5)
    capabilities = Capabilities(
        text_limit=4096,
        buttons=INLINE_BUTTONS,
        row=ROW,
        rows=INLINE_ROWS,
        label_limit=40,
        edits=True,
        lower_keyboard=True,
        lower_rows=LOWER_ROWS,
        menu_stays=False,  # a keyboard of marks takes its place
    )

    def __init__(self, client: VkClient, group_id: int, account: str = "default", *, salt: str = "") -> None:
        self.account = account
        self.client = client
        self.group_id = group_id
        self._salt = salt
        self._uploaded: OrderedDict[bytes, str] = OrderedDict()  # pictures of mailings by their bytes

    async def send(self, outgoing: Outgoing) -> str:
        """Returns the message's number within its conversation.

        `peer_ids` with one person: only so VK answers with that number, which `messages.edit` takes
        (github.com/python273/vk_api/issues/390).
        """
        values: dict[str, Any] = {
            "peer_ids": outgoing.address,
            "random_id": self.random_id(outgoing.key),
            "message": outgoing.text,
            "dont_parse_links": 1,
            "disable_mentions": 1,
        }
        if drawn := keyboard(outgoing.rows, outgoing.lower, silent=outgoing.in_place or outgoing.silent):
            values["keyboard"] = drawn
        if outgoing.photos:
            values["attachment"] = ",".join(
                [await self._photo(outgoing, photo) for photo in outgoing.photos[:PHOTOS]]
            )
        answer = (await self.client.call("messages.send", **values))[0]
        if error := answer.get("error"):
            raise self._one(int(error["code"]))
        return str(answer["conversation_message_id"])

    async def mail(self, mail: Mail) -> Mailed:
        """One call for up to a hundred readers; VK answers with a list, errors of single readers within.

        The whole call carries one `random_id`, and a call tried again the same one. VK compares it within each
        conversation, with what came there in the last hour.
        """
        outgoing, uploads = mail.outgoing, mail.uploads
        if outgoing.photos and not uploads:
            pictures = outgoing.photos[:PHOTOS]
            uploads = tuple([await self._upload(picture, mail) for picture in pictures])
        values: dict[str, Any] = {
            "peer_ids": ",".join(mail.addresses),
            "random_id": self.random_id(mail.batch, "batch"),
            "message": outgoing.text,
            "dont_parse_links": 1,
            "disable_mentions": 1,
        }
        if drawn := keyboard(outgoing.rows, outgoing.lower):
            values["keyboard"] = drawn
        if uploads:
            values["attachment"] = ",".join(uploads)
        answers = await self.client.spare(mail.still, "messages.send", **values)
        by_peer = {str(answer["peer_id"]): answer for answer in answers}
        return Mailed(tuple(self._fate(by_peer.get(address)) for address in mail.addresses), uploads)

    async def edit(self, external_id: str, outgoing: Outgoing) -> str:
        """Redraws an earlier message; falls back to a new one where it is gone. Returns its id.

        What only replaces another (`outgoing.replaces`) is never sent anew. Pictures are given again: VK drops
        what an edit does not name.
        """
        if outgoing.remove:
            return await self._remove(external_id, outgoing)
        if outgoing.rows and not fits_inline(outgoing.rows):
            return await self.send(outgoing)  # the lower keyboard comes with new messages only
        values: dict[str, Any] = {
            "peer_id": outgoing.address,
            "conversation_message_id": external_id,
            "message": outgoing.text,
            "dont_parse_links": 1,
            "disable_mentions": 1,
            "keep_snippets": 1,
        }
        if outgoing.rows:
            values["keyboard"] = keyboard(outgoing.rows, None, silent=outgoing.in_place or outgoing.silent)
        if outgoing.photos and outgoing.replaces:
            values["attachment"] = ",".join(
                [await self._photo(outgoing, photo) for photo in outgoing.photos[:PHOTOS]]
            )
        try:
            await self.client.call("messages.edit", **values)
        except DeliveryFailed as failed:
            if code_of(failed) not in CANNOT_EDIT:
                raise
            if outgoing.replaces:
                raise DeliveryFailed("cannot-edit", broken=True) from failed.__cause__
            log.info("vk.redrawn_anew", message=outgoing.key, code=code_of(failed))
            return await self.send(outgoing)
        return external_id

    async def _remove(self, external_id: str, outgoing: Outgoing) -> str:
        """Deletes the message for everybody. Raises `DeliveryFailed`: older than a day, or not there."""
        values = {"peer_id": outgoing.address, "cmids": external_id, "delete_for_all": 1}
        try:
            answer = await self.client.call("messages.delete", **values)
        except DeliveryFailed as failed:
            if code_of(failed) not in CANNOT_REMOVE:
                raise
            raise DeliveryFailed("cannot-remove", broken=True) from failed.__cause__
        if isinstance(answer, list) and any(
            one.get("error") for one in answer
        ):  # one answer for each message
            raise DeliveryFailed("cannot-remove", broken=True)
        return external_id

    def random_id(self, key: int, of: str = "") -> int:
        """31 bits, never 0 (0 switches VK's check off); the same for the same row, or batch of rows."""
        digest = hashlib.sha256(f"{self._salt}:{self.account}:{of}{key}".encode()).digest()
        return int.from_bytes(digest[:4]) & 0x7FFF_FFFF or 1

    async def close(self) -> None:
        await self.client.close()

    def _one(self, code: int) -> DeliveryFailed:
        failed = of_reader(code)
        if failed.retry_after:
            self.client.pace.hold(failed.retry_after)
        return failed

    def _fate(self, answer: dict[str, Any] | None) -> str | DeliveryFailed:
        if answer is None:
            return DeliveryFailed("unanswered", unknown=True)
        if error := answer.get("error"):
            return of_reader(int(error["code"]))
        return str(answer["conversation_message_id"])

    async def _upload(self, picture: tuple[str, str, bytes], mail: Mail) -> str:
        """A picture for many conversations: it is asked for without naming one.

        Remembered, so that a mailing which is looked at again after a slow upload does not begin anew.
        """
        known = hashlib.sha256(picture[2]).digest()
        if known not in self._uploaded:
            server = await self.client.spare(mail.still, "photos.getMessagesUploadServer")
            uploaded = await self.client.upload(server["upload_url"], "photo", picture)
            # What is up shows nothing to anybody: it is kept also where the mailing has stopped meanwhile.
            saved = await self.client.spare(certainly, "photos.saveMessagesPhoto", **uploaded)
            self._uploaded[known] = attachment(saved[0])
            while len(self._uploaded) > REMEMBERED:
                self._uploaded.popitem(last=False)
        return self._uploaded[known]

    async def _photo(self, outgoing: Outgoing, photo: tuple[str, str, bytes]) -> str:
        server = await self.client.call("photos.getMessagesUploadServer", peer_id=outgoing.address)
        uploaded = await self.client.upload(server["upload_url"], "photo", photo)
        saved = await self.client.call("photos.saveMessagesPhoto", **uploaded)
        return attachment(saved[0])


def fits_inline(rows: Rows) -> bool:
    count = sum(len(row) for row in rows)
    return count <= INLINE_BUTTONS and len(rows) <= INLINE_ROWS and all(len(row) <= ROW for row in rows)


def keyboard(rows: Rows, lower: Rows | None, *, silent: bool = False) -> str:
    """VK's JSON; "" leaves the keyboard as it is.

    Buttons that do not fit under the message take the place of typing until one is used.
    """
    if rows and fits_inline(rows):
        return _json({"inline": True, "buttons": _buttons(rows, "callback" if silent else "text")})
    if rows:
        return _json({"one_time": True, "buttons": _buttons(rows)})
    if lower is not None:
        return _json({"one_time": False, "buttons": _buttons(lower)})
    return ""


def attachment(saved: dict[str, Any]) -> str:
    """How a saved photo is named in a message or a post."""
    name = f"photo{saved['owner_id']}_{saved['id']}"
    return f"{name}_{saved['access_key']}" if saved.get("access_key") else name


def _buttons(rows: Rows, kind: str = "text") -> list[list[dict[str, Any]]]:
    return [[_button(button, kind) for button in row] for row in rows]


def _button(button: Button, kind: str) -> dict[str, Any]:
    """A text button: what was chosen then stands in the conversation as the person's words. Pages and ticks are pressed
    without a word (`callback`).
    """
    payload = _json({"d": button.data})
    if button.url:
        return {
            "action": {"type": "open_link", "link": button.url, "label": button.label, "payload": payload}
        }
    action = {"type": kind, "label": button.label, "payload": payload}
    return {"action": action, "color": COLOURS.get(button.style, "secondary")}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
