"""`python -m tests.worlds telegram|vk [--port N]`: a world in a process of its own.

It prints {"url": …} and runs until it is ended; people in it are driven by POST /control.
"""

from __future__ import annotations

import argparse
import asyncio
import json

from tests.worlds import TelegramWorld, VkWorld

WORLDS = {"telegram": TelegramWorld, "vk": VkWorld}


async def forever(name: str, port: int) -> None:
    world = await WORLDS[name]().start(port)
    print(json.dumps({"url": world.url}), flush=True)  # noqa: T201 - read by who started us
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("world", choices=WORLDS)
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    asyncio.run(forever(asked.world, asked.port))
