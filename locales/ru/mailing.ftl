# mailing.ftl - a news item on its way to many people; for staff.
mailing-missing = У этой новости нет рассылки.
mailing-over = Рассылка уже закончена или отменена.
mailing-changed = Кто-то уже изменил рассылку. Обновите страницу.
mailing-what = Как новости доходят до людей в чатах. Рассылку можно остановить и продолжить.
mailing-own-class = Здесь только ваш класс: { $name }.
mailing-nothing = Рассылок пока не было. Рассылка начинается, когда новость опубликована в бот.
# $title: of the news item.
mailing-title = Рассылка: { $title }
mailing-item = Новость
mailing-begun = Начата
mailing-state = Состояние
mailing-short-going = идёт
mailing-short-paused = на паузе
mailing-short-cancelled = отменена
mailing-short-over = закончена
# $done, $total: people.
mailing-of = { $done } из { $total }
mailing-state-going = Рассылка идёт.
mailing-state-waiting = Рассылка ждёт: всем, кому можно написать сейчас, уже написано.
# $when: day and time.
mailing-state-paused = На паузе: { $when }. Новых сообщений нет, пока рассылку не продолжат.
mailing-state-cancelled = Отменена: { $when }. Кому не успели отправить, тем она не придёт.
mailing-state-over = Рассылка закончена.
mailing-bar = Сколько сделано
mailing-bar-words = Готово: { $done } из { $total }.
mailing-bar-off = Успели получить: { $done } из { $total }.
# $n: minutes; $when: time of day.
mailing-ends = { $n ->
    [one] Осталось около { $n } минуты: до { $when }.
   *[many] Осталось около { $n } минут: до { $when }.
}
mailing-ends-soon = Осталось меньше минуты.
# $n: people; $when: day and time of the earliest.
mailing-later-more = { $n ->
    [one] Ещё { $n } человек получит её позже: сейчас тихие часы, или одно сообщение сегодня уже было.
    [few] Ещё { $n } человека получат её позже: сейчас тихие часы, или сегодня им уже писали.
   *[many] Ещё { $n } человек получат её позже: сейчас тихие часы, или сегодня им уже писали.
} Ближайшая отправка: { $when }.
mailing-count-sent = Отправлено
mailing-count-waits = В очереди
mailing-count-later = Придёт позже
mailing-count-lost = Не дошло
mailing-count-not-allowed = Нет согласия
mailing-count-silence = Попросили не писать
mailing-count-expired = Устарело
mailing-count-cancelled = Отменено
mailing-count-not-needed = Больше не нужно
mailing-pause = Поставить на паузу
mailing-resume = Продолжить рассылку
mailing-cancel = Отменить рассылку
mailing-cancel-sure = Отменить рассылку «{ $title }»?
# $n: people who have not got it; $sent: who have.
mailing-cancel-effect = { $n ->
    [one] { $n } человек её не получит.
    [few] { $n } человека её не получат.
   *[many] { $n } человек её не получат.
} Уже отправлено: { $sent }, эти сообщения останутся в чатах.
mailing-cancel-do = Отменить рассылку
# $n: people.
mailing-readers = { $n ->
    [one] { $n } получатель
    [few] { $n } получателя
   *[many] { $n } получателей
}
# $n: people whom it did not reach.
mailing-to-call = Кому позвонить: { $n }
mailing-table = Получатели рассылки
mailing-none = Таких получателей нет.
mailing-whom = Кому
mailing-fate = Что стало
mailing-why = Почему
mailing-call = Кому звонить
mailing-call-one = { $name }: { $phone }
mailing-no-phone = телефона нет
mailing-no-adult = подтверждённого взрослого нет
mailing-not-before = не раньше { $when }
mailing-fate-sent = отправлено
mailing-fate-waits = в очереди
mailing-fate-later = придёт позже
mailing-fate-lost = не дошло
mailing-fate-not-allowed = нет согласия
mailing-fate-silence = по просьбе не пишем
mailing-fate-expired = устарело
mailing-fate-cancelled = отменено
mailing-fate-not-needed = больше не нужно
mailing-why-none = { "" }
mailing-why-unreachable = бот закрыт или чат удалён
mailing-why-in-doubt = неизвестно, дошло ли
mailing-why-no-address = нет чата, куда писать
mailing-why-refused = мессенджер не принял сообщение
mailing-why-gave-up = не вышло отправить много раз подряд
mailing-why-joined = пришло вместе с другим сообщением
mailing-why-crowded = в срок уже было другое сообщение
mailing-why-again = не вышло отправить, попробуем ещё
