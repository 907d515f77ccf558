"""Each setting of the school says in a line what it is for; what is typed or chosen beside it has an example."""

from __future__ import annotations

import re
from html import unescape

import httpx2
import pytest

# Pages of settings beside «Настройки», and where their form posts to.
PAGES = {
    "/settings/time": "/settings/time",
    "/settings/ages": "/settings/ages",
    "/settings/nudges": "/settings/nudges",
    "/help-rules": "/help-rules",
    "/relay/rules": "/relay/rules",
    "/polls": "/polls",
    "/worries": "/worries/rules",
    "/matching/rules?form=uch_uch": "/matching/rules",
}
CONTROL = re.compile(r"<(input|select|textarea)\b([^>]*)>")


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
            found = re.search(r'<div class="text-secondary mb-1" id="[\w-]+-hint">([^<]*)</div>', group)
            line = found[1] if found else ""
        assert "апример" in line, name
        assert len(line) <= 160, name


@pytest.mark.parametrize("path", PAGES)
async def test_each_field_of_the_other_pages_of_settings_says_what_it_does(
    curator: httpx2.AsyncClient, path: str
) -> None:
    page = unescape((await curator.get(path)).text)
    form = page[page.index(f'method="post" action="{PAGES[path]}"') :]
    form = form[: form.index("</form>")]
    silent, plain = [], []
    for found in CONTROL.finditer(form):
        tag, name = found[2], re.search(r'\bname="([\w-]+)"', found[2])
        if name is None or 'type="hidden"' in tag:
            continue
        said = described(page, tag) or described(page, group_of(form, found.start()))
        if len(said) < 15:
            silent.append(name[1])
        typed = found[1] == "textarea" or (
            found[1] == "input" and not re.search('type="(radio|checkbox)"', tag)
        )
        if typed and "апример" not in said:
            plain.append(name[1])
    assert (silent, plain) == ([], [])


def described(page: str, tag: str) -> str:
    """What the element names by `aria-describedby` says."""
    named = re.search(r'aria-describedby="([^"]+)"', tag)
    words = []
    for key in named[1].split() if named else ():
        found = re.search(rf'id="{re.escape(key)}"[^>]*>([^<]*)<', page)
        words.append(found[1] if found else "")
    return " ".join(words)


def group_of(form: str, at: int) -> str:
    """The head of the fieldset around a place; "" where there is none."""
    begins = form.rfind("<fieldset", 0, at)
    if begins < 0 or "</fieldset>" in form[begins:at]:
        return ""
    return form[begins : form.index(">", begins)]
