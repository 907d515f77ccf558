"""«Каналы»: how Telegram and VK are set, where to click, one press where we can set it; the right to the wall."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import channel_lines
from actions.channel_lines import Line, Stand
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Channels, Fields, Reading, Signed, changing, house
from program.channels import Channel

router = APIRouter(prefix="/settings/channels")

SHOWN = (Channel.TELEGRAM, Channel.VK)
# What misses something first; what only could be better, or cannot be seen, after it.
ORDER = (Stand.NEEDED, Stand.UNKNOWN, Stand.ADVICE, Stand.FINE, Stand.OFF)


@router.get("", name="channels")
async def state(request: Request, staff: Signed, work: Reading) -> Response:
    """As it was found last; the platforms are asked by a press, and every few minutes by the house itself."""
    found = []
    for channel in SHOWN:
        lines, at = await channel_lines.kept(work.session, channel)
        found.append((channel, _rows(lines), at))
    every = [line for _, rows, _ in found for line, _ in rows]
    return page(
        request,
        "settings/channels.html",
        work,
        section="channels",
        channels=found,
        needed=sum(line.stand is Stand.NEEDED for line in every),
        asked=any(at for *_, at in found),
        asks=house(request).channels is not None,
        right=await channel_lines.right(work.session),
    )


@router.post("/check", name="channels-check")
async def check(request: Request, staff: Signed) -> Response:
    await _desk(request).look_at_all()
    return back(request, "channels", "channels-looked")


@router.post("/set", name="channels-set")
async def set_line(request: Request, staff: Signed, form: Fields) -> Response:
    """«Исправить»: what the line names; a second press finds it set."""
    place, desk = house(request), _desk(request)
    name = Typed(form, place.texts).words("name", 40)
    was_set = await desk.set(name)
    if was_set:
        async with changing(place, staff) as work:
            await channel_lines.note_set(work, name)
        await desk.look(Channel(name.partition("-")[0]))
    return back(request, "channels", "channels-set" if was_set else "channels-was-set")


@router.post("/wall", name="channels-wall")
async def test_wall(request: Request, staff: Signed) -> Response:
    """«Проверить право публикации»: leaves nothing on the wall."""
    place, desk = house(request), _desk(request)
    found = await desk.test_wall()
    async with changing(place, staff) as work:
        await channel_lines.note_right(work, found)
    await desk.look(Channel.VK)
    return back(request, "channels", "channels-wall", at="wall")


def _rows(lines: list[Line]) -> list[tuple[Line, bool]]:
    """The lines, and which of them gets the button: of several that one press sets, the first."""
    pressed: set[str] = set()
    rows = []
    for line in sorted(lines, key=lambda line: ORDER.index(line.stand)):
        rows.append((line, bool(line.fix) and line.fix not in pressed))
        pressed.add(line.fix)
    return rows


def _desk(request: Request) -> Channels:
    desk = house(request).channels
    if desk is None:
        raise HTTPException(404)
    return desk
