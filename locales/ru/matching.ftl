# matching.ftl - rules of matching, what they change, and what a run shows. Staff only.

matching-level-required = обязательно
matching-level-important = важно
matching-level-desirable = желательно
matching-level-ignored = неважно

# Refusals.
matching-level-unknown = Такого правила или такой важности нет. Обновите страницу и выберите снова.
matching-gap-wrong = Границы разницы в возрасте стоят наоборот или слишком велики.
matching-gap-missing = Укажите, на сколько лет наставник может быть старше.
matching-run-unknown = Такого подбора нет.
