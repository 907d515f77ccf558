# board.ftl - the matching board of the admin: decisions, explanations, runs. Read by the school's staff only.

# $waiting: mentees without a decided pair.
board-counts = { $waiting ->
    [one] { $waiting } наставляемый ждёт пару
    [few] { $waiting } наставляемых ждут пару
   *[many] { $waiting } наставляемых ждут пару
}
# $mentors: admitted mentors, $places: free places.
board-mentors = { $mentors ->
    [one] { $mentors } наставник
    [few] { $mentors } наставника
   *[many] { $mentors } наставников
}, свободных мест: { $places }
board-filter = Показать часть: балл, класс, ролевая модель
board-band-high = 80 и больше
board-band-middle = от 60 до 79
board-band-low = меньше 60
board-none-here = С таким отбором предложений нет.
board-tick = Отметить
# $who: names.
board-tick-whom = Отметить: { $who }
board-many = Одобрить отмеченные
# $n: suggestions.
board-many-all = Одобрить все ({ $n })
board-none-ticked = Отметьте хотя бы одну пару.
# $n: pairs.
board-many-title = { $n ->
    [one] Одобрить { $n } пару
    [few] Одобрить { $n } пары
   *[many] Одобрить { $n } пар
}
board-many-what = Участники ничего не узнают, пока вы не объявите пары. До объявления одобрение можно снять.
# $n: pairs.
board-many-do = { $n ->
    [one] Одобрить { $n } пару
    [few] Одобрить { $n } пары
   *[many] Одобрить { $n } пар
}
# $n: pairs.
board-many-some = { $n ->
    [0] Ни одна пара не одобрена
    [one] Одобрена { $n } пара
    [few] Одобрены { $n } пары
   *[many] Одобрено { $n } пар
}
# $n: pairs.
board-many-not = { $n ->
    [one] Одну пару одобрить нельзя:
    [few] { $n } пары одобрить нельзя:
   *[many] { $n } пар одобрить нельзя:
}
board-back = К подбору
# $n: how many in all.
board-all = Показать все ({ $n })
board-pages = Страницы
board-whole = Весь подбор
board-undo = Снять одобрение
# $who: names.
board-undo-whom = Снять одобрение: { $who }
board-pin = Закрепить
# $who: names.
board-pin-whom = Закрепить, чтобы пересчёт не изменил: { $who }
board-unpin = Открепить
# $who: names.
board-unpin-whom = Открепить: { $who }
board-pinned = закреплена
board-sum = Вместе
# $days: since the mentee is in the base.
board-waits = { $days ->
    [0] ждёт с сегодняшнего дня
    [one] ждёт { $days } день
    [few] ждёт { $days } дня
   *[many] ждёт { $days } дней
}
board-left-new = После подбора человек пришёл или пару отклонили. Нажмите «Пересчитать» или выберите наставника.
# $rule: part of a sentence, $n: mentors whom it keeps away.
board-left-rule = { $rule } ({ $n ->
    [one] { $n } наставник
    [few] { $n } наставника
   *[many] { $n } наставников
})
board-change = Что изменить?
# $who: the mentee.
board-change-whom = Что изменить: { $who }
board-left-change = Что изменить:
board-more = Ещё о подборе
# $when: moment.
board-last-run = Пересчёт { $when }.
board-difference = Что изменилось с прошлого раза
# $pair: short names, $status: of the pair, $who: staff, $when: moment.
board-decided-by = Эту пару уже разобрали: { $pair } – { $status }. Решение: { $who }, { $when }.
board-who = Кто
board-when = Когда

## Rejected

board-reject-back = Если передумаете, пару можно вернуть на странице «Больше не предлагаем».
board-rejected-title = Больше не предлагаем
board-rejected-what = Этих людей подбор не ставит вместе. Если что-то изменилось, верните пару: пересчёт снова сможет её предложить.
board-rejected-none = Здесь пока никого нет.
board-apart = По решению куратора
board-unreject = Вернуть
# $who: names.
board-unreject-whom = Снова разрешить предлагать: { $who }

## Rules, runs, fairness

board-rules-title = Правила подбора
board-runs-title = Все подборы
board-fair-title = Справедлив ли подбор: цифры
board-nobody = без пары
board-rules-for-model = Отдельные правила для ролевой модели
board-rules-everybody = Для всех в этой форме
board-rules-own = свои правила
board-rules-what = Отметьте, насколько важно каждое правило. Сначала посмотрите, что изменится, потом сохраните.
board-rules-required = Обязательно: пару, о которой известно, что правило нарушено, подбор не предложит.
board-rules-weighed = Важно и желательно: больше или меньше баллов, но пара возможна.
board-rules-ignored = Неважно: не учитывается.
board-rule-request = Наставник умеет помогать с тем, о чём просит наставляемый.
board-rule-subject = Есть общий предмет.
board-rule-schedule = Есть время, когда свободны оба.
board-rule-interest = Есть общие увлечения.
board-rule-wish = Наставляемый назвал этого человека в анкете.
board-rule-prefer = После общей встречи они выбрали друг друга. Один выбрал другого – тоже учитывается.
board-rule-kind = Наставник такой, какого хотелось: старшеклассник, учитель, студент.
board-rule-format = Обоим подходит одинаковый формат: лично или онлайн.
board-rule-age = Возраст наставляемого такой, с каким наставник хочет работать.
board-rule-load = Раньше других предлагаем тех, у кого больше свободных мест.
board-rule-elder = Наставник учится в том же классе или старше.
board-rule-gap = Наставник старше на столько лет, сколько вы укажете ниже. Например, от 2 до 5.
board-rule-gender = Действует, только если об этом просит наставляемый или родитель.
board-rule-class = Наставник и наставляемый учатся в разных классах.
board-rule-language = Оба указали общий язык.
board-rule-worked = Баллы за пару, которая уже работала вместе.
board-rule-avoid = Кто-то после общей встречи попросил не ставить их вместе.
board-rule-wait = Когда мест не хватает, первым пару получает тот, кто ждёт дольше.
board-gap-least = Не меньше, лет
board-gap-most = Не больше, лет
board-rules-shown = Показывать участникам, что учитывается
board-rules-shown-hint = В боте появится карточка «Как подбирают пары»: перечень правил без баллов и имён.
board-rules-try = Показать, что изменится
board-rules-save = Сохранить правила
board-rules-usual = Вернуть обычные
board-effect-title = Что изменится
# $n: mentees.
board-effect-some = { $n ->
    [one] Другое предложение получит { $n } наставляемый.
    [few] Другое предложение получат { $n } наставляемых.
   *[many] Другое предложение получат { $n } наставляемых.
}
board-effect-none = Предложения останутся такими же.
board-effect-unsaved = Правила ещё не сохранены.
board-effect-what = Показатель
board-effect-now = Сейчас
board-effect-then = С новыми правилами
board-effect-pairs = Пар
board-effect-left = Без пары
board-effect-average = Средний балл
board-effect-who = У кого изменится
# $n: mentees.
board-effect-rest = И ещё: { $n }.
board-runs-what = Каждый подбор хранится со всем, что он знал. Его можно повторить и сравнить.
board-run-by = Кто запустил
board-run-points = Баллов
board-run-best = Лучший возможный
board-run-proved = да, доказано
board-run-unproved = не доказано
# $when: moment.
board-run-title = Подбор { $when }
board-difference-what = Что стало
board-difference-was = Было
board-difference-now = Стало
board-difference-changed = другой наставник
board-difference-added = новое предложение
board-difference-dropped = предложение снято
# $n: suggestions.
board-difference-first = Это первый подбор. Новых предложений: { $n }.
# $added, $changed, $dropped, $kept: mentees.
board-difference-counts = Новых предложений: { $added }. Другой наставник: { $changed }. Снято: { $dropped }. Без изменений: { $kept }.
# $n: mentees.
board-difference-decided = Уже решено и не тронуто: { $n }.
board-proof-title = Насколько это хорошо
# $pairs, $left, $points: numbers.
board-proof-counts = Пар: { $pairs }. Без пары: { $left }. Сумма баллов: { $points }.
board-proof-holds = Лучше с этими данными и правилами подобрать нельзя: это доказано расчётом.
board-proof-not = Доказательства, что лучше нельзя, для этого подбора нет.
board-replay = Повторить расчёт
board-replay-what = Повтор берёт те же данные и ничего не меняет на доске.
board-replay-same = Повтор дал те же самые пары.
board-replay-other = Повтор дал другие пары. Скорее всего, программа с тех пор обновилась.

## «Другой…» and «Почему не …?»

board-now = Сейчас предложено
board-is-now = предложен сейчас
board-now-nobody = Сейчас наставника нет.
board-best = Кто подходит лучше всего
board-swap-title = Что изменится у других
board-swap-others = Если выбрать и пересчитать остальных как можно лучше:
board-swap-nobody = У других ничего не изменится.
# $name: another mentee.
board-swap-with = Поменять местами с наставляемым: { $name }
# $name: another mentee.
board-swap-do = Поменять местами: { $name }
board-why = Почему не другой наставник?
# $name: a mentor.
board-why-name = Почему не { $name }?
board-why-more = Подробнее
# $name: a mentor.
board-why-whom = Подробнее: { $name }
board-why-suggested = Эту пару подбор и предлагает.
board-why-blocking = Этой паре мешает:
# $n: points.
board-why-score = { $n ->
    [one] Пара набрала бы { $n } балл
    [few] Пара набрала бы { $n } балла
   *[many] Пара набрала бы { $n } баллов
}
# $name: the mentor of the best answer.
board-why-lost = Где баллов меньше, чем с наставником «{ $name }»:
board-why-part = Из чего балл
board-why-here = Здесь
board-why-there = Там
# $pairs, $points: more (or less, below zero) in all.
board-why-price = Если составить эту пару, а остальных распределить как можно лучше, всего изменится: пар { $pairs }, баллов { $points }.
board-why-change = Пара получится,
# $pairs, $points: more (or less, below zero) in all.
board-why-change-then = Всего изменится: пар { $pairs }, баллов { $points }.
board-why-change-pin = Пару нужно будет выбрать самим: пересчёт её не предложит.
board-why-no-change = Одного изменения мало, чтобы пара получилась.
board-why-unknown = Этого наставника нет в базе формы.
board-why-ask = Наставник
board-why-do = Объяснить
board-choose-reverse = Всё равно выбрать: младший ведёт старшего
board-apart-title = Больше не предлагать эту пару
board-apart-what = Подбор никогда не поставит этих двоих вместе. Участники ничего не узнают. Вернуть можно на странице «Больше не предлагаем».
board-apart-do = Больше не предлагать

## Fairness

board-fair-what = Предложение считается парой, даже если решения ещё нет. Эти цифры видят только сотрудники школы.
board-fair-said = Коротко
board-fair-value = Значение
board-fair-total = Без пары
# $left of $all mentees.
board-fair-of = { $left } из { $all }
board-fair-longest = Дольше всех ждёт
# $n: days.
board-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[many] { $n } дней
}
board-fair-load = Занято мест у наставников: меньше всего, обычно, больше всего
board-fair-gini = Неравномерность нагрузки (0 – у всех поровну)
board-fair-groups = По группам
board-fair-left = Без пары
board-fair-all = Всего
board-fair-share = Доля без пары
board-fair-small = меньше пяти человек
board-gender = Пол
board-gender-unsaid = не указан
board-gender-one-female = женский
board-gender-one-male = мужской
board-gender-same = Просят наставника того же пола (просьба участника или родителя)
board-gender-unknown = Пол выбирают из списка. Выберите ещё раз.
board-gender-first = Чтобы учесть эту просьбу, укажите и пол участника.
board-fair-gender = Пол
board-gender-female = девочки и женщины
board-gender-male = мальчики и мужчины
board-fair-nobody = В этой форме пока никто не ищет пару.

## Groups by the programme

board-groups-title = Предложить группы
board-groups-what = Программа соберёт группы из тех, у кого ещё нет решённой пары. Прежние предложения групп заменятся, предложения пар останутся. Участники ничего не узнают: решаете вы, на странице подбора. Закреплённая группа останется.
board-groups-kind = Какие группы
board-groups-group = Один наставник, одна тема
board-groups-about-group = Всем нужна помощь с одним и тем же.
board-groups-team = Команда наставников, одна тема
board-groups-about-team = Наставников двое или больше, они ведут группу вместе.
board-groups-circle = Кружок в одно время
board-groups-about-circle = Запросы любые, всем удобен один и тот же час.
board-groups-mutual = Взаимная помощь
board-groups-about-mutual = Запросы разные: участники помогают друг другу, наставник поддерживает.
board-groups-least = Наставляемых не меньше
board-groups-most = Наставляемых не больше
board-groups-mentors = Наставников в группе
board-groups-mentors-hint = От 1 до 4. В команде их не меньше двух.
board-groups-do = Предложить группы
# Before the sentence about the groups that are suggested now.
board-groups-now = Предложены сейчас:
board-groups-see = Посмотреть на странице подбора
