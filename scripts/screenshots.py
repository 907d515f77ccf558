"""Makes the pictures of the README from a running demo: real pages, invented people.

    .venv/bin/python scripts/screenshots.py http://127.0.0.1:8000 PASSWORD

The demo should be fresh (`make demo`); the password stands on its page. The system's Chromium is used.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 400, "height": 800}
HEAVIEST = 200_000  # bytes of one picture
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
PAUSE = 1_000  # milliseconds: the chat takes an answer
PATIENCE = 20_000  # milliseconds: ten people join at one press


def main() -> None:
    parser = argparse.ArgumentParser(description="Pictures of the README from a running demo.")
    parser.add_argument("address", help="for example http://127.0.0.1:8000")
    parser.add_argument("password", help="of the curator; stands on the demo's page")
    asked = parser.parse_args()
    with sync_playwright() as play:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        for _ in range(2):  # one is confirmed and fills in the questionnaire, one waits on «Сегодня»
            pupil_and_parent(browser, asked.address)
        curator(browser, asked.address, asked.password)
        browser.close()
    for picture in sorted(IMAGES.glob("*.png")):
        size = picture.stat().st_size
        print(picture.name, size)  # noqa: T201 - the command's answer
        if size > HEAVIEST:
            raise SystemExit(f"{picture.name}: more than {HEAVIEST} bytes")


def pupil_and_parent(browser: Browser, address: str) -> None:
    """A newcomer of class 5-8 joins, and a parent answers for them."""
    page = opened(browser, PHONE)
    page.goto(f"{address}/demo")
    invited = page.locator("details[open] a").filter(has_text=re.compile(", [5-8]")).first
    page.goto(str(invited.get_attribute("href")))
    page.get_by_role("button", name="Чат здесь, на сайте").click()
    for answer in ("Да, это я", "Нужен наставник", "Старший ученик"):
        press(page, answer)
    parents = page.get_by_role("link", name="Страница для родителя").get_attribute("href")
    parent = opened(browser, PHONE)
    parent.goto(str(parents))
    take(parent, "consent")
    for choice in parent.locator("fieldset.purpose").all():
        choice.locator("label").first.click()
    parent.get_by_label("Фамилия").fill("Соснова")
    parent.get_by_label("Имя", exact=True).fill("Вера")
    parent.get_by_label("Год рождения").fill("1984")
    parent.get_by_text("Мать").click()
    parent.locator("button[type=submit]").click()
    parent.wait_for_load_state()


def curator(browser: Browser, address: str, password: str) -> None:
    """«Сегодня» with a parent to confirm, the board after the newcomers have joined."""
    page = opened(browser, WIDE)
    page.goto(f"{address}/login")
    page.get_by_label("Логин").fill("curator")
    page.get_by_label("Пароль").fill(password)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_load_state()
    questionnaire(browser, page, address)
    page.goto(f"{address}/demo")
    page.get_by_role("button", name="Пусть вступят сами").click()
    page.wait_for_load_state()
    page.goto(f"{address}/matching?form=uch_uch")
    page.get_by_role("button", name=re.compile("Подобрать пары|Пересчитать")).click()
    page.goto(f"{address}/matching?form=uch_uch")
    take(page, "board")
    page.get_by_role("button", name=re.compile("^Одобрить: ")).first.click()
    page.locator("#status .ok").wait_for()
    page.goto(f"{address}/")
    take(page, "today")


def questionnaire(browser: Browser, curator_page: Page, address: str) -> None:
    """The curator confirms the parent; the pupil answers the first questions."""
    curator_page.goto(f"{address}/confirmations")
    child = curator_page.locator("tbody th a").first.inner_text().split()
    curator_page.get_by_role("button", name=re.compile("Подтвердить")).first.click()
    curator_page.wait_for_load_state()
    curator_page.goto(f"{address}/demo")
    curator_page.get_by_text("Наставляемые (").click()
    name = f"{child[1]} {child[0][0]}."
    link = curator_page.locator(".played a").filter(has_text=name).last.get_attribute("href")
    assert link is not None
    page = opened(browser, PHONE)
    page.goto(link)
    press(page, "Заполнить анкету")
    page.locator("#text").fill("Хочу лучше понимать математику")
    page.get_by_role("button", name="Отправить").click()
    press(page, "Учёба по предмету")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    take(page, "chat")
    page.get_by_role("button", name="Меню").click()
    page.wait_for_timeout(PAUSE)
    press(page, "Написать куратору")
    page.locator("#text").fill("Когда начнутся встречи?")
    page.get_by_role("button", name="Отправить").click()
    page.wait_for_timeout(PAUSE)


def opened(browser: Browser, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size, locale="ru-RU", reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def press(page: Page, label: str) -> None:
    """The newest button of that name; waits until the chat has taken it."""
    button = page.locator("#talk").get_by_role("button", name=label).last
    button.click()
    page.wait_for_timeout(PAUSE)


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
