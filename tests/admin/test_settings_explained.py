"""Each setting of the school says in a line what it is for, with an example."""

from __future__ import annotations

import re
from html import unescape

import httpx2


async def test_each_setting_has_one_line_and_an_example(curator: httpx2.AsyncClient) -> None:
    page = unescape((await curator.get("/settings")).text)
    form = page[page.index('action="/settings"') :]
    form = form[: form.index("</form>")]
    lines = dict(re.findall(r'<div class="text-secondary mb-1" id="([\w-]+)-hint">([^<]*)</div>', form))
    fields = re.findall(r'<(?:input|select|textarea)[^>]*\bname="([\w-]+)"[^>]*>', form)
    groups = re.findall(r"<fieldset.*?</fieldset>", form, re.S)
    for name in dict.fromkeys(fields):
        if name == "version":
            continue
        group = next((one for one in groups if f'name="{name}"' in one), None)
        if group is None:
            line = lines.get(name, "")
        elif name.startswith("quiet_"):  # two fields of hours, one line above both groups
            line = re.search(r'<p class="text-secondary">([^<]*)</p>', form)[1]  # type: ignore[index]
        else:
            found = re.search(r'<div class="text-secondary mb-1">([^<]*)</div>', group)
            line = found[1] if found else ""
        assert "апример" in line, name
        assert len(line) <= 160, name
