"""The preview of a news item is drawn by what draws it when it goes out."""

from __future__ import annotations

from app.preview import CAPTION, preview
from program.channels import Channel
from program.outgoing import Choice, Message
from program.text import Text, raw

STORY = Choice(Text("tell-tell"), "f:story")


def test_words_and_buttons_stand_as_they_will_go_out() -> None:
    message = Message((raw("О клубе"), raw("Ждём всех: https://school.test")), rows=((STORY,),))
    bot = preview(message, Channel.WEB)
    assert (bot.text, bot.buttons) == (
        "О клубе\n\nЖдём всех: https://school.test",
        ("Предложить свою новость",),
    )


def test_what_is_too_long_for_a_chat_is_shown_cut() -> None:
    long = Message((raw("О"), raw("я" * 5000)))
    assert preview(long, Channel.WEB).text.endswith("…")
    assert len(preview(long, Channel.WEB).text) == 4096
    assert preview(long, Channel.VK_WALL).text.endswith("я")


def test_it_says_when_photos_come_apart_from_the_words() -> None:
    from bot.telegram.messenger import CAPTION as OF_TELEGRAM

    assert CAPTION == OF_TELEGRAM
    short = Message((raw("О"),), photos=(1,))
    assert not preview(short, Channel.WEB).apart
    assert preview(Message((raw("О"),), photos=(1, 2)), Channel.WEB).apart
    assert preview(Message((raw("я" * 1200),), photos=(1,)), Channel.WEB).apart
    assert not preview(Message((raw("О"),), photos=(1, 2)), Channel.VK_WALL).apart
