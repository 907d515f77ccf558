"""A school signs its numbers for the municipality; keys are made when they are first needed."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from actions import journal, school_figures
from actions.sealing import Box
from actions.work import Work
from locales import Texts
from program import town as rules
from program.errors import Refusal
from program.town import FORMAT, VERSION, Numbers
from storage import town as rows

say = Texts()


@dataclass(frozen=True)
class Own:
    """What the school would hand out now. `fingerprint`: "" before its first file."""

    numbers: Numbers
    fingerprint: str


async def own(work: Work) -> Own:
    keys = await rows.keys(work.session, work.school.id)
    made = await numbers(work, work.settings.year, (keys.number if keys is not None else 0) + 1)
    return Own(made, rules.fingerprint(keys.public_key) if keys is not None else "")


async def numbers(work: Work, year: str, number: int) -> Numbers:
    """What is told of this school's year. `number`: of the file."""
    counted = await school_figures.of(work, year)
    figures, forms = rules.hidden(counted)
    return Numbers(
        school=work.school.name,
        city=work.school.city,
        municipality=work.school.municipality,
        year=year,
        number=number,
        made_on=work.today,
        figures=figures,
        forms=forms,
        names={slug: say(work.settings.form_name(slug)) for slug in forms},
        rates=rules.rates(counted, figures),
        survey=counted["survey"],
        flags=rules.flags_of(counted),
    )


async def sign(work: Work, box: Box) -> tuple[str, bytes]:
    """(file name, the signed file) with the numbers of the year in work; the next number is used up.

    Args:
        box: seals the private key with the installation's own.
    """
    if await rows.keys(work.session, work.school.id) is None:
        private = Ed25519PrivateKey.generate()
        await rows.add_keys(
            work.session,
            school_id=work.school.id,
            public_key=base64.b64encode(private.public_key().public_bytes_raw()).decode(),
            private_key=box.seal(base64.b64encode(private.private_bytes_raw()).decode()),
            made_at=work.now,
        )
    keys = await rows.lock_keys(work.session, work.school.id)  # of two at once the first one's keys stand
    keys.number += 1
    await work.session.flush()
    told = (await numbers(work, work.settings.year, keys.number)).to_json()
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(box.open(keys.private_key)))
    signature = private.sign(rules.canonical(told))
    whole: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "key": keys.public_key,
        "signature": base64.b64encode(signature).decode(),
        "numbers": told,
    }
    await journal.note(work, "town.signed", f"school:{work.school.id}", after={"year": work.settings.year})
    name = f"Наставничество, числа школы, {work.settings.year}, № {keys.number}.json"
    return name, json.dumps(whole, ensure_ascii=False, indent=1).encode()


def verified(data: bytes) -> tuple[str, dict[str, Any]]:
    """Public key and numbers of a file whose signature fits.

    Raises:
        Refusal: no such file, or somebody has changed it.
    """
    key, signature, signed = rules.opened(data)
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(signature, rules.canonical(signed))
    except (InvalidSignature, ValueError):
        raise Refusal("town-file-forged") from None
    return key, signed
