# announce.ftl - the page «Объявить пары», for the curator.
announce-standing = Объявлено: ещё можно отменить
announce-standing-what = Отменённая пара снова станет одобренной, её можно объявить заново.
# $when: when the next message goes.
announce-until = Ближайшее сообщение уйдёт: { $when }.
announce-heard = Уже получили:
announce-heard-what = При отмене им придёт нейтральное сообщение, что школа ещё уточняет.
announce-waiting = Ещё не получили:
announce-recall = Отменить объявление
# $n: pairs.
announce-recall-all = { $n ->
    [one] Отменить всё ({ $n } пара)
    [few] Отменить всё ({ $n } пары)
   *[many] Отменить всё ({ $n } пар)
}
# $n: minutes.
announce-delay-what = { $n ->
    [one] Сообщения уйдут через { $n } минуту: до этого объявление можно отменить.
    [few] Сообщения уйдут через { $n } минуты: до этого объявление можно отменить.
   *[many] Сообщения уйдут через { $n } минут: до этого объявление можно отменить.
}
announce-no-delay = Сообщения уйдут сразу, отменить можно будет только то, что ждёт утра.
announce-acceptance-what = Пара начнёт работать, когда согласятся обе стороны.
announce-no-acceptance = Пары начнут работать сразу: согласия сторон школа не спрашивает.
announce-rules = Правила объявления
announce-rule-delay = Через сколько минут уходят сообщения
announce-rule-delay-hint = За это время объявление можно отменить. 0 – сразу.
announce-rule-acceptance = Спрашивать ли стороны, подходит ли пара
announce-rule-acceptance-yes = Да: пара работает после согласия обоих
announce-rule-acceptance-no = Нет: пара работает сразу
announce-rule-answers = Сколько ждать ответа
# $n: days.
announce-rule-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[many] { $n } дней
}
# $n: pairs that were ticked.
announce-gone = { $n ->
    [one] Ещё { $n } пара из отмеченных уже объявлена или больше не одобрена: её не объявим.
    [few] Ещё { $n } пары из отмеченных уже объявлены или больше не одобрены: их не объявим.
   *[many] Ещё { $n } пар из отмеченных уже объявлены или больше не одобрены: их не объявим.
}
