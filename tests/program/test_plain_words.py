"""Words as pupils, mentors and parents type them to a program, and what each line is about."""

from __future__ import annotations

import pytest

from program.plain_words import AT_MOST, About, about

SAID: dict[About, tuple[str, ...]] = {
    About.MEETINGS: (
        "не смогу завтра", "Я заболела", "когда встреча?", "а можно перенести на пятницу", "опаздываю на 10 минут",
        "давай отменим", "мы вчера виделись", "во сколько встречаемся", "я не приду", "у меня не получится в четверг", "Меня не будет, уезжаем",
        "он не пришёл", "во сколько завтра", "какой кабинет", "у меня температура", "можно поменять время",
    ),
    About.PAIR: (
        "кто мой наставник", "А кто мой напарник", "хочу другого наставника", "передай Лене что я в библиотеке",
        "как написать подопечному", "у нас есть план?", "есть идеи чем заняться",
        "она не отвечает", "мне скучно", "я забыл что делать", "хочу с другим человеком",
    ),
    About.QUESTIONNAIRE: ("где анкета", "я не прошла опрос"),
    About.LEAVING: ("я больше не хочу", "хочу выйти", "отстаньте", "как уйти отсюда", "отпишите меня"),
    About.DATA: ("удалите мои данные", "я отзываю согласие"),
    About.SETTINGS: ("не присылайте ночью", "можно напоминания реже", "я поменял телефон", "хочу в телеграме"),
    About.PROGRAM: ("ты бот?", "ты кто", "как это работает", "я не понимаю"),
    About.FEELING: (
        "мне грустно", "Мне плохо", "я боюсь", "мне страшно идти", "меня обижают", "мне одиноко", "я устала", "сегодня тяжело",
    ),
    About.HELP: ("помогите", "мы поссорились", "у меня проблема"),
    About.THANKS: ("спасибо", "Спасибо большое!!", "спс"),
    About.FINE: ("ок", "Хорошо.", "да", "Поняла!", "нет", "👍"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "words"), [(kind, one) for kind, said in SAID.items() for one in said])
def test_what_is_typed_is_known_by_its_words(kind: About, words: str) -> None:
    assert kind in about(words)
    assert len(about(words)) <= AT_MOST


@pytest.mark.parametrize(
    "words", ["ыыы", "", "42", "мне подходит", "сегодня дождь", "аааа 😂", "привет медвед"]
)
def test_of_words_that_say_nothing_known_nothing_is_guessed(words: str) -> None:
    assert about(words) == ()


@pytest.mark.parametrize(
    "words",
    [
        "ничего страшного", "мне не страшно", "не плохо, спасибо", "у меня плохой интернет", "плохо слышно", "боюсь, не смогу завтра",
        "боюсь что не успею", "боюсь опоздаю", "я не обиделась", "не очень устал", "I am not sad",
    ],
)  # fmt: skip
def test_what_is_not_said_of_how_one_is_is_no_feeling(words: str) -> None:
    assert About.FEELING not in about(words)


def test_who_is_unwell_and_will_not_come_is_shown_the_meetings_too() -> None:
    assert about("болею, плохо себя чувствую, не приду") == (About.FEELING, About.MEETINGS)


def test_a_question_behind_thanks_is_the_question() -> None:
    assert about("Спасибо! А когда встреча?") == (About.MEETINGS,)


def test_a_call_for_help_is_offered_first_whatever_else_is_said() -> None:
    assert about("мы с наставником поссорились, встречи не будет")[0] is About.HELP
