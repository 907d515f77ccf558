# gathering.ftl - meetings of the whole programme: the first one (m0) and the last one (m6). $kind, $when, $where as in meeting.ftl.

gathering-invited =
    Приглашаем: { $kind }.
    { $when }, { $minutes } { $minutes ->
        [one] минута
        [few] минуты
       *[many] минут
    }.
    { $where }
    Получится прийти?
gathering-moved =
    Изменилось: { $kind }.
    { $when }, { $minutes } { $minutes ->
        [one] минута
        [few] минуты
       *[many] минут
    }.
    { $where }
    Получится прийти?
gathering-soon =
    Напоминание. { $when }: { $kind }.
    { $where }
gathering-coming-up =
    { $when } — { $kind }.
    { $where }
gathering-off = Не состоится: { $kind }, { $when }. Если будет новый день, придёт сообщение.
gathering-coming = Приду
gathering-cannot = Не смогу
gathering-coming-kept = Хорошо, ждём. Напомним заранее.
gathering-cannot-kept = Хорошо, передано. Причину объяснять не нужно.

gathering-state-planned = впереди
gathering-state-held = состоялась
gathering-state-cancelled = отменена
gathering-state-came = присутствие отмечено
gathering-state-absent = без участия

# Refusals.
gathering-unknown = Такой общей встречи нет. Откройте «Встречи» в меню.
    .ty = Такой общей встречи нет. Открой «Встречи» в меню.
gathering-began = Эта встреча уже началась.
gathering-past = День и час должны быть впереди.
# $most: minutes.
gathering-minutes-odd = Длительность — от 10 до { $most } минут.
gathering-no-place = Напишите, где встреча.
gathering-no-link = Для встречи онлайн нужна ссылка, она начинается с https://.
gathering-nobody = Некого пригласить: у выбранных участников нет действующих согласий или их нет в программе.
