"""The poster of an invitation as PDF: one code of ten centimetres, to hang up in a corridor."""

from __future__ import annotations

import asyncio
from datetime import datetime, time

from actions import pages
from actions.plan_paper import full_day
from actions.template_check import qr
from actions.work import Work
from locales import Texts
from program.text import Text
from storage.tables import Invitation

say = Texts()


async def pdf(work: Work, invitation: Invitation, link: str) -> bytes:
    """Args:
    link: what the code opens, as it is typed.
    """
    data = {
        "title": say(Text("invite-poster-title")),
        "school": work.school.name,
        "class": invitation.class_name,
        "about": say(Text(f"admin-invite-card-{invitation.purpose}")),
        "how": say(Text("invite-poster-how")),
        "link": link.partition("://")[2],
        "until": say(
            Text("invite-poster-until", {"day": full_day(invitation.expires_at.astimezone(work.zone).date())})
        ),
    }
    made_at = datetime.combine(work.today, time(), work.zone)
    return await asyncio.to_thread(pages.composed, "poster", data, {"qr.png": qr(link)}, made_at)
