# pairs.ftl - pairs for the curator: answers, wishes, changes, the queue.
pairs-safety = Просьба о паре с пометкой «небезопасно или очень неприятно». Причина и слова – в карточке пары.

pairs-show-work = в работе
pairs-show-approved = не объявлены
pairs-show-offered = на согласовании
pairs-show-asked = просьбы участников
pairs-show-declined = не подошли
pairs-show-ended = завершённые

# Answers. $when: moment; $name: first name of a child.
pairs-answers = Согласование
pairs-answers-until = Ответы ждём до срока: { $when }.
pairs-answers-late = Время на ответы вышло: { $when }. Позвоните или решите сами.
pairs-guardian-of = родитель { $name }
pairs-said-yes = подходит
pairs-said-no = не подходит
pairs-said-nothing = пока не ответили
pairs-guardian-silent = молчание родителя пару не задерживает
pairs-by-voice = записано со слов
pairs-reason = Причина
pairs-reason-choose = Выберите причину
pairs-note-yes = Согласие со слов
pairs-note-no = Отказ со слов
pairs-start = Начать работу пары
pairs-remind = Напомнить
pairs-dissolve = Развести пару
pairs-dissolve-hint = Видят только сотрудники школы. Снова эту пару не предложат.

# Wishes. $day: a day.
pairs-wishes = Просьбы участников
pairs-no-wishes = Просьб нет.
pairs-wish-pause = Просят паузу
pairs-wish-resume = Просят продолжить после паузы
pairs-wish-replace = Просят о замене
pairs-wish-longer = Просят продлить
pairs-wish-shorter = Просят закончить раньше срока
pairs-wish-end = Просят закончить сейчас
pairs-grant-pause = Поставить на паузу
pairs-grant-resume = Продолжить
pairs-grant-replace = Начать замену
pairs-grant-longer = Продлить
pairs-grant-shorter = Сократить срок
pairs-grant-end = Закончить
pairs-wish-keep = Оставить как есть
pairs-wish-waits = Ждём ответа второй стороны.
pairs-wish-closed = решено { $day }
pairs-till = до { $day }
pairs-part-mentee = наставляемый
pairs-part-mentor = наставник
pairs-part-guardian = родитель
pairs-part-curator = куратор

# Changes.
pairs-life = Что изменить
pairs-pause = Поставить на паузу
pairs-pause-until = До какого дня
pairs-pause-hint = Можно не указывать. В этот день пара появится на «Сегодня».
pairs-paused-for = Пауза:
pairs-waits-for-consent = Пара ждёт согласия и продолжит сама, когда оно будет.
pairs-resume = Продолжить работу
pairs-pause-over = пауза вышла
pairs-end-came = срок { $day }
pairs-substitute = Замещение на время
pairs-substitute-who = Кто замещает
pairs-substitute-until = До какого дня включительно
pairs-substitute-hint = Если у пары назначена встреча, она отменится: о новой договорятся заново. Сообщение получат наставляемый и тот, кто замещает; наставнику скажите сами. Когда наставник вернётся, отменится и встреча с тем, кто замещал.
# $name: who stands in.
pairs-stands-in = Замещает { $name } до { $day }.
pairs-mentor-back = Наставник вернулся
pairs-mentor-back-hint = Когда наставник вернётся, назначенная встреча с тем, кто замещает, отменится. Тому, кто замещал, скажите сами: сообщение получат наставляемый и наставник.
pairs-away = отсутствует до { $day }
pairs-guest = замещает до { $day }
pairs-nobody-free = Свободных участников этой формы сейчас нет.
pairs-member-since = Первый день
pairs-member-since-hint = Сегодня, задним числом (до месяца) или наперёд: тогда это случится само в этот день, заранее никто не узнает.
pairs-member-last = Последний день
pairs-changes = Запланировано
pairs-change-comes = { $day }: приходит { $name }
pairs-change-leaves = { $day } – последний день: { $name }
pairs-change-stuck = Не получилось
pairs-change-look = Проверьте допуск, согласие и места, затем сделайте это вручную.
pairs-change-off = Убрать
pairs-member-add = Добавить в группу
pairs-member-who = Кого добавить
pairs-member-remove = Вывести из группы
# $n: days in the pair or group.
pairs-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[many] { $n } дней
}
pairs-replace = Замена наставника
pairs-replace-hint = Сначала поговорите с обоими. Дневник и план останутся, наставляемый вернётся в поиск. Причину вторая сторона не узнает.
pairs-by = По чьей инициативе
pairs-term = Изменить срок
# $now, $latest: days.
pairs-term-hint = Сейчас срок до { $now }, самое позднее – до { $latest }. Менять можно только по желанию обеих сторон.
pairs-term-until = Новый последний день
pairs-term-mentor = Наставник согласен
pairs-term-mentee = Наставляемый согласен
pairs-term-both = Отметьте согласие обеих сторон: срок меняют только по общему желанию.
pairs-extended = продлена
pairs-history = История пары

# Reasons: staff only.
pairs-because-fit = кажется, не подойдут друг другу
pairs-because-busy = много дел
pairs-because-moving = переезд или смена школы
pairs-because-wish = хочется кого-то другого
pairs-because-other = другое
pairs-because-silent = ответа не дождались
pairs-because-called = решили в разговоре
pairs-because-illness = самочувствие
pairs-because-asked = по просьбе
pairs-because-character = не сошлись характерами
pairs-because-interests = сменились интересы
pairs-because-safety = небезопасно или очень неприятно
pairs-because-not-yet = не всё успели
pairs-because-new-goal = новая цель
pairs-because-good = хорошо работается вместе
pairs-because-goals = цель достигнута
pairs-because-wish-mentee = желание наставляемого
pairs-because-wish-mentor = желание наставника
pairs-because-duties = обязанности не выполнялись
pairs-because-left-school = уход из школы
pairs-because-consent = отозвано согласие
pairs-because-both = общее желание
pairs-because-stood-in = замещение закончилось

# The queue of those without a pair.
pairs-queue = Очередь без пары
pairs-queue-what = Кто ждёт дольше, стоит выше. Пока пары нет, можно предложить разовую встречу, группу или разговор с психологом.
pairs-queue-who = Кто
pairs-queue-days = Ждёт
pairs-queue-blocks = Что мешает
pairs-queue-suggested = есть предложение, решите в «Подборе»
pairs-queue-others = Подобрать вручную
pairs-queue-support = Психолог
pairs-support-none = не отмечено
pairs-support-offered = предложить разговор
pairs-support-wanted = нужна поддержка
pairs-queue-meanwhile = Пока ждёт
pairs-queue-flash = Написать о разовых встречах
pairs-queue-group = Написать о группах
pairs-queue-found = если пересчитать подбор сейчас, пара найдётся
pairs-queue-make-meeting = Собрать разовую встречу
pairs-queue-fitting = Подходящие группы
# The groups at work as places for somebody who waits. $name: who waits.
pairs-fit-title = Группы для { $name }
pairs-fit-what = Сначала те, что подходят. Если добавить, участнику и наставникам группы придёт сообщение; в очереди этого участника больше не будет.
pairs-fit-mentors = Наставники:
# $size: mentees in the group; $free: places left.
pairs-fit-places = Сейчас в группе { $size }, свободных мест { $free }.
pairs-fit-join = Добавить в группу
pairs-fit-not = Не подходит:
pairs-fit-mentor-away = наставника группы нет среди тех, кто сейчас может вести
pairs-fit-none = Работающих групп этой формы пока нет. Можно собрать новую.
pairs-queue-nobody = Очереди нет: у всех есть пара.
pairs-again = Снова ищет пару

# Many at once. $n: pairs or people.
pairs-decided = Решено
pairs-many-close = Завершить пары
pairs-many-number = { $n ->
    [one] Коснётся { $n } пары
   *[other] Коснётся { $n } пар
}
pairs-many-do = { $n ->
    [one] Завершить { $n } пару
    [few] Завершить { $n } пары
   *[many] Завершить { $n } пар
}
pairs-many-says = Работа этих пар закончится сегодня. Дневник, план и встречи останутся в отчётах.
pairs-many-told = { $n ->
    [one] Одно и то же нейтральное сообщение получит { $n } человек, без причины.
    [few] Одно и то же нейтральное сообщение получат { $n } человека, без причины.
   *[many] Одно и то же нейтральное сообщение получат { $n } человек, без причины.
}
pairs-many-partner = Имя второй стороны
pairs-many-unheard = Не в чате, им нужно сказать самим:
pairs-many-ahead = { $n ->
    [one] У { $n } пары назначена встреча: она отменится.
   *[other] У { $n } пар назначены встречи: они отменятся.
}
pairs-many-forever = Отменить это нельзя: сообщения уйдут, места наставников освободятся.
pairs-many-skipped = { $n ->
    [one] Останется как есть: { $n } пара
    [few] Останутся как есть: { $n } пары
   *[many] Останутся как есть: { $n } пар
}
pairs-many-nothing-fits = Из отмеченных пар ни одна сейчас не в работе. Ничего не изменится.
pairs-many-not-at-work = пара не в работе
pairs-many-choose = Выберите
pairs-many-how-missing = Выберите, как завершаются пары
pairs-many-result-hint = Одинаково для всех этих пар, попадёт в отчёт. Пусто – у каждой останется записанное раньше.
pairs-many-none = Ни одна пара не отмечена. Отметьте пары в таблице и нажмите «Дальше».
pairs-many-nothing = Из отмеченных пар ни одна сейчас не в работе. Ничего не изменилось.
pairs-many-most = За один раз можно завершить до { $most } пар. Сузьте отбор.
