# ledger.ftl - pages of the curator: consents, deletion, acts. Staff only.

ledger-person-unknown = Такого человека в школе нет.
ledger-agree-already = Родители уже отвечают одинаково: решать нечего.
ledger-title = Согласия
ledger-lead = Без действующих согласий на данные и участие человек не попадает в подбор, и о нём ничего не рассылается.
ledger-show-missing = Ждут первого согласия
ledger-show-refused = Сказали «нет»
ledger-show-expiring = Скоро закончатся
ledger-show-paused = На паузе из-за согласия
ledger-show-groups = Группы без чьего-то согласия
ledger-show-differ = Родители решили по-разному
ledger-show-withdrawn = Отозваны, идёт срок удаления
ledger-nobody = Здесь никого нет.
ledger-person = Кто
ledger-why = Что с согласием
ledger-do = Что сделать
ledger-waits-days = { $n ->
    [one] ждёт { $n } день
    [few] ждёт { $n } дня
   *[many] ждёт { $n } дней
 }
ledger-with-school = родитель ответил, ждёт подтверждения школы
ledger-until = до { $day }
ledger-refused = отказ, причину не назвали
# $why: words of the parent or the participant.
ledger-refused-why = отказ: { $why }
ledger-reason = почему: { $why }
# $title: of the group.
ledger-group-goes-on = группа «{ $title }» занимается без этого человека; место сохраняется
ledger-group-paused = группа «{ $title }» на паузе: без этого человека нельзя. Вернётся согласие — продолжит; можно найти другого наставника
ledger-group-left = группа «{ $title }» занимается дальше: согласие отозвано, человек вышел
ledger-erase-on = будет удалено { $day }
ledger-paper = Записать бумажное согласие
ledger-out = Ребёнок не участвует
ledger-out-hint = Отказ одного из родителей остаётся в силе: места закрываются, пара завершается.
ledger-differ-how = Если родители договорились, запишите новое согласие того, кто отказал. Если взрослый не представляет ребёнка, уберите его на карточке.
ledger-basis-withdrawal = согласие отозвано
ledger-basis-request = просьба удалить
ledger-basis-retention = срок хранения прошёл
ledger-basis-child = данные ребёнка удалены
ledger-basis-curator = решение школы
ledger-basis-left = больше не в школе
ledger-erase-title = Удалить данные
ledger-erase-what = Будут стёрты имя, контакты, переписка, слова в анкетах и обращениях, ссылки. Останутся числа, выбранные варианты, даты и акт об удалении. Вернуть данные будет нельзя.
ledger-erase-backups = Из резервных копий данные уйдут вместе с самими копиями: храните их не дольше 30 дней.
ledger-erase-sure = Да, удалить данные навсегда
ledger-erase-link = Удалить данные
ledger-erase-tick = Понимаю, что данные не вернуть
ledger-erase-tick-missing = Отметьте, что понимаете: данные не вернуть.
ledger-acts = Акты об удалении
ledger-acts-lead = Кто по номеру, что, когда и на каком основании. Имён здесь нет: их больше нет нигде.
ledger-act-none = Актов пока нет.
ledger-act-number = Акт
ledger-act-person = Номер человека
ledger-act-when = Когда
ledger-act-basis = Основание
ledger-act-asked = Отзыв получен
ledger-act-what = Что стёрто
ledger-act-hand = Проверить руками
ledger-act-who = Кто выполнил
ledger-act-system = по расписанию
ledger-act-news = новость № { $n }
ledger-erased-addresses = адреса в мессенджерах и чате: { $n }
ledger-erased-bubbles = сообщения чата: { $n }
ledger-erased-conversations = неоконченные разговоры: { $n }
ledger-erased-invitations = ссылки-приглашения: { $n }
ledger-erased-bonds = связи родителей и детей: { $n }
ledger-erased-year = ответы о новом учебном годе: { $n }
ledger-erased-polls = отметки об участии в анонимных опросах: { $n }
ledger-erased-partners = записи о партнёрах: { $n }
ledger-erased-stories = рассказы для новостей: { $n }
ledger-erased-stories-named = рассказы других, где назван человек: { $n }
ledger-erased-awards = благодарностей и сертификатов: { $n }
ledger-erased-roadmap = мероприятия дорожной карты: { $n }
ledger-erased-messages = отправленные сообщения: { $n }
ledger-erased-answers = ответы словами: { $n }
ledger-erased-requests = обращения: { $n }
ledger-erased-notes = закрытые записи: { $n }
ledger-erased-interviews = записи собеседований: { $n }
ledger-erased-pairs = записи о парах: { $n }
ledger-erased-meetings = места и ссылки встреч: { $n }
ledger-erased-told = сообщения другим людям: { $n }
ledger-guardian-end = Не представляет ребёнка
ledger-guardian-ended = не представляет ребёнка
ledger-guardian-no-more = Куратор отметил, что этот взрослый не представляет ребёнка. Вернуть его может только куратор: по заявлению на бумаге.
