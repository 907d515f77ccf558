"""docs/faults.md out of the book that the tests have written.

python -m tests.faults.report BOOK [PAGE]
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from pathlib import Path

from tests.faults.count import Cost
from tests.reading import ROOT

KINDS = {
    "joining": "SIGKILL на каждом шаге записи",
    "commits": "SIGKILL прямо перед каждой записью в базу и сразу после неё, по очереди",
    "calls": "SIGKILL прямо перед каждым обращением к площадке и сразу после него, по очереди",
    "starts": "SIGKILL на каждом обращении при запуске, по очереди",
    "random": "SIGKILL в случайный миг, пятый раз — во время запуска",
    "500": "HTTP 500 и страница шлюза 502 вместо ответа",
    "flood": "429 с retry_after, ошибка 6",
    "late": "принято, но ответ опоздал (тайм-аут); страница 504",
    "cut": "принято, но связь оборвана",
    "vk-6": "ВКонтакте: ошибка 6",
    "vk-9": "ВКонтакте: ошибка 9",
    "storm": "500, 502, 504, 429, обрыв и опоздавший ответ вперемешку",
    "stirred": "события повторяются и приходят в другом порядке",
    "places": "потеряно место: failed 1, 2, 3; чужой getUpdates (409)",
    "streams": "события повторяются и путаются, место теряется",
    "frozen": "два процесса на одной базе, один стоит (SIGSTOP) дольше срока своих строк",
    "database": "PostgreSQL падает и возвращается",
    "disk": "диск полон и освобождается",
    "clock": "часы уходят назад на час и на сутки и возвращаются; вперёд — на часы и сутки",
    "night": "ночь перевода часов, туда и обратно, и SIGKILL в ней",
}
KILLED = ", и SIGKILL в случайный миг"

HEAD = """# Доставка под сбоями: измерено

Страница пишется сама: `make faults` убивает программу тысячу раз, `make faults KILLS=100` короче; сколько убийств стоит за этой
таблицей, говорит её последняя строка. Настоящие процессы программы работают с
серверами Telegram и ВКонтакте, которые проверяют каждый вызов, считают каждое сообщение и умеют сбоить; процесс убивают и
поднимают снова, как это делает служба. Потом считается всё.

Каждая «жизнь» одинакова: двое записываются в программу (Telegram и ВКонтакте, 12 шагов и четыре согласия у каждого), четверо
получают два напоминания о встрече и вопрос, состоялась ли она, десять человек — новость, стена — запись. Один раз она проходит
без сбоев: это и есть то, что каждый должен услышать.

- **Потеряно** — событие от человека, на которое нет ответа, или сообщение, которого никто не получил.
- **Удвоено** — сообщение, которое человек получил лишний раз без причины из следующих двух граф; во ВКонтакте — любой лишний раз.
- **В окне: личные** — повтор в Telegram, потому что программу убили (или ответ пропал) между отправкой и отметкой. У Telegram нет
  ключа повтора; обещано не больше одного на убийство. **В окне: рассылка** — то же у новости многим: обещано не больше 14 сообщений
  (`docs/operations.md`, «Рассылки»).
- **Отброшено ВКонтакте** — повторы с тем же `random_id`: площадка показала их человеку один раз.

"""

TAIL = """
В этих процессах изменено снаружи только это: строки расписания чаще (раз в полторы секунды), ожидание ответа 3 с вместо 20–30,
паузы после отказов короче, площадки быстрее, часы можно двигать; процесс рождается от уже загруженного (fork), чтобы запуск стоил
десятую долю. Порядок шагов, транзакции и правила отправки — те же. `tests/faults/altered.py` — весь список.

Не измерено: пропажа питания (kill -9 не теряет того, что уже отдано системе; против питания стоит `synchronous=FULL`).
"""


def main() -> None:
    book, *page = sys.argv[1:]
    found: dict[str, Cost] = {}
    for line in Path(book).read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        kind = said.pop("kind")
        found[kind] = found.get(kind, Cost()) + Cost(**said)
    Path(*page or [ROOT / "docs" / "faults.md"]).write_text(HEAD + table(found) + TAIL, encoding="utf-8")


def table(found: dict[str, Cost]) -> str:
    """One line for each kind of fault that was met, and one for all."""
    names = {name: words for kind, words in KINDS.items() for name, words in _both(kind, words)}
    unknown = found.keys() - names
    assert not unknown, unknown
    lines = [
        "| сбой | жизней | убийств | прочих сбоев | событий | сообщений | потеряно | удвоено | в окне: личные"
        " | в окне: рассылка | отброшено ВКонтакте |",
        "| --- |" + " ---: |" * 10,
    ]
    lines += [_line(words, found[name]) for name, words in names.items() if name in found]
    return "\n".join([*lines, _line("**всего**", sum(found.values(), Cost()))]) + "\n"


def _both(kind: str, words: str) -> tuple[tuple[str, str], ...]:
    return (kind, words), (f"{kind}-killed", words + KILLED)


def _line(words: str, cost: Cost) -> str:
    counts = [getattr(cost, one.name) for one in fields(Cost) if one.name != "wrong"]
    return f"| {words} | " + " | ".join(map(str, counts)) + " |"


if __name__ == "__main__":
    main()
