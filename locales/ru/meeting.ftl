# meeting.ftl - agreeing on a meeting. Shown to both sides; .ty is for pupils.
# $partner: «Пётр И.», «Мария Ивановна» or a group's title. $when, $slots: the school's clock.

meeting-kind-m0 = общая встреча
meeting-kind-m1 = встреча-знакомство
meeting-kind-m2 = пробная рабочая встреча
meeting-kind-m3 = встреча-планирование
meeting-kind-m4 = встреча по плану
meeting-kind-m5 = итоговая встреча
meeting-kind-m6 = общее итоговое мероприятие
meeting-kind-flash = разовая встреча

meeting-offline = Где: { $place }.
meeting-online = Онлайн: { $link }
# The link is shown to the other side once the two have agreed.
meeting-online-hidden = Онлайн. Ссылка придёт, когда договоритесь о времени.
    .ty = Онлайн. Ссылка придёт, когда вы договоритесь о времени.
meeting-online-later = Онлайн, ссылку пришлёт наставник.
meeting-place-later = О месте договоритесь отдельно.

# Choosing.
meeting-which-pair = С кем встреча?
meeting-day = { $number ->
    [1] В какой день?
   *[other] Ещё один день на выбор?
}
meeting-time = Во сколько? { $day }. Нажмите кнопку или напишите время, например 16:20.
    .ty = Во сколько? { $day }. Нажми кнопку или напиши время, например 16:20.
# $kind: one of the kinds above. $example: a day that would do, «25.09».
meeting-day-next = По порядку сейчас: { $kind }. В какой день? Нажмите кнопку или напишите дату, например { $example }.
    .ty = По порядку сейчас: { $kind }. В какой день? Нажми кнопку или напиши дату, например { $example }.
# $day: «пн 21.12».
meeting-day-exams = { $day }, экзамены
meeting-other-kind = Встреча другого рода
meeting-which-kind = Какая это встреча?
meeting-row-kind = Встреча
meeting-check-kind = Это { $kind }.
# $example: today, «25.09». $latest: «23.01.2027».
meeting-day-unclear = Не получилось понять день. Напишите дату так: { $example }. Подойдёт день от сегодняшнего до { $latest }.
    .ty = Не получилось понять день. Напиши дату так: { $example }. Подойдёт день от сегодняшнего до { $latest }.
meeting-time-typed = Во сколько? { $day }. Напишите время, например 16:20.
    .ty = Во сколько? { $day }. Напиши время, например 16:20.
meeting-time-unclear = Напишите время так: 16:20. Или нажмите кнопку.
    .ty = Напиши время так: 16:20. Или нажми кнопку.
# Where a start stands in the school's day. $clock: «13:10», $number: of a lesson.
meeting-start-before = { $clock } до уроков
meeting-start-break = { $clock } перемена после { $number } урока
meeting-start-after = { $clock } после { $number } урока
meeting-start-usual = { $clock }
# What the two should know of the time.
meeting-exams = В эти дни в школе экзамены или контрольные. Договориться можно, но время стоит выбрать поспокойнее.
meeting-rest-day = Это выходной день или каникулы.
meeting-in-lessons = В это время в школе идут уроки.
# Again and again. $days, $skipped: days; $more: how many more there are.
meeting-weekly = Каждую неделю
meeting-biweekly = Раз в две недели
meeting-once = Один раз
# $example: a day that would do, «20.12».
meeting-until = До какого дня? Нажмите кнопку или напишите дату, например { $example }.
    .ty = До какого дня? Нажми кнопку или напиши дату, например { $example }.
meeting-until-day = До { $day }
meeting-row-repeat = Повтор
meeting-row-until = До
meeting-row-until-value = { $until } (встреч: { $count })
meeting-skips = Каникулы, выходные и экзамены пропускаем: { $days }{ $more ->
    [0] {""}
   *[other] {" "}и ещё { $more }
 }.
meeting-repeats = { $weeks ->
    [1] И дальше каждую неделю
   *[other] И дальше раз в две недели
 } в это же время, до { $until }. Всего встреч: { $count }.
meeting-repeats-skipping = { $weeks ->
    [1] И дальше каждую неделю
   *[other] И дальше раз в две недели
 } в это же время, до { $until }. Всего встреч: { $count }. Пропускаем: { $skipped }{ $more ->
    [0] {""}
   *[other] {" "}и ещё { $more }
 }.
meeting-agreed-series =
    И дальше в это же время:
    { $slots }
    { $more ->
        [0] Любую из встреч можно перенести или отменить отдельно.
       *[other] И ещё { $more }, последняя { $last }. Любую из встреч можно перенести или отменить отдельно.
    }
meeting-more-ahead = И ещё встреч: { $count }. Последняя: { $last }.
# $example: a day that would do, «20.12».
meeting-until-unclear = Не получилось понять день. Напишите дату так: { $example }. Подойдёт день, до которого успеет пройти ещё одна встреча и не закончится ваша программа.
    .ty = Не получилось понять день. Напиши дату так: { $example }. Подойдёт день, до которого успеет пройти ещё одна встреча и не закончится ваша программа.
meeting-until-soon = До этого дня следующая встреча не успеет пройти. Выберите день позже.
    .ty = До этого дня следующая встреча не успеет пройти. Выбери день позже.
meeting-until-late = Так далеко встречи не назначаются. Выберите день раньше.
    .ty = Так далеко встречи не назначаются. Выбери день раньше.

# $most: how many starts may be offered.
meeting-more = { $most ->
    [1] Один раз или постоянно?
   *[other] Можно предложить до трёх вариантов, так договориться проще. Или встречаться постоянно.
}
meeting-more-times = Можно предложить до трёх вариантов, так договориться проще.
meeting-add = Добавить ещё время
meeting-enough = Хватит
meeting-format = Как встретитесь?
meeting-format-offline = Лично
meeting-format-online = Онлайн
meeting-place = Где встретитесь? Нажмите кнопку или напишите место, например «Кабинет 214».
    .ty = Где встретитесь? Нажми кнопку или напиши место, например «Кабинет 214».
meeting-link = Пришлите ссылку на встречу: она начинается с https://. Если ссылки пока нет, пропустите.
    .ty = Пришли ссылку на встречу: она начинается с https://. Если ссылки пока нет, пропусти.
# $when: of the meeting.
meeting-link-for = Ссылка на встречу: { $when }. Пришлите адрес, он начинается с https://.
    .ty = Ссылка на встречу: { $when }. Пришли адрес, он начинается с https://.
meeting-add-link = Добавить ссылку
meeting-link-kept = Готово. Ссылку получит { $partner }.
# Nobody or not everybody reads of it in time: `meeting-news-late` follows.
meeting-link-only = Готово, ссылка сохранена.
meeting-link-new =
    Ссылка на встречу: { $when }.
    { $partner }, { $kind }.
    { $where }
meeting-link-not-now = Ссылку можно добавить к назначенной онлайн-встрече. Откройте «Встречи»: там всё, что назначено.
    .ty = Ссылку можно добавить к назначенной онлайн-встрече. Открой «Встречи»: там всё, что назначено.
meeting-link-unclear = Ссылка должна начинаться с https://, например https://vk.com/call/join/abc. Её можно и пропустить.
meeting-check = Проверьте перед отправкой. Это увидит { $partner }.
    .ty = Проверь перед отправкой. Это увидит { $partner }.
meeting-row-day = День { $number }
meeting-row-time = Время { $number }
meeting-row-format = Как
meeting-row-place = Место
meeting-row-link = Ссылка
meeting-row-none = пока нет

# What the other side gets, and what is answered.
meeting-proposed =
    { $partner } предлагает встретиться: { $kind }.
    { $slots }
    { $where }
    Выберите время или предложите другое.
    .ty =
        { $partner } предлагает встретиться: { $kind }.
        { $slots }
        { $where }
        Выбери время или предложи другое.
meeting-move-proposed =
    { $partner } предлагает перенести встречу ({ $kind }). Было: { $was }.
    { $slots }
    { $where }
    Выберите время или предложите другое.
    .ty =
        { $partner } предлагает перенести встречу ({ $kind }). Было: { $was }.
        { $slots }
        { $where }
        Выбери время или предложи другое.
meeting-fits = Подходит: { $slot }
meeting-other-time = Предложить другое время
meeting-move = Перенести
meeting-cannot = Не смогу
meeting-withdraw = Отменить предложение
meeting-pick-time = Выбрать время
meeting-to-calendar = В календарь
meeting-sent = Отправлено. Ответит { $partner } — и время встречи придёт сюда.
# $when: the message itself goes out then, because of the reader's hours.
meeting-sent-later = Отправлено. Сейчас не лучшее время, поэтому сообщение придёт позже: { $when }. Ответит { $partner } — и время встречи придёт сюда.
# The other side asked for silence.
meeting-kept-silent = Предложение сохранено. Там сейчас пауза в сообщениях, поэтому ответ может прийти не скоро: { $partner }. Срочное лучше передать через куратора.
# The message would come after the last of the offered times.
meeting-kept-late = Предложение сохранено, но сообщение о нём до этого времени не дойдёт: { $partner }. Выберите время попозже или договоритесь лично.
    .ty = Предложение сохранено, но сообщение о нём до этого времени не дойдёт: { $partner }. Выбери время попозже или договорись лично.
# Below an answer: whom the bot cannot tell of it in time. $names: people. $more: further ones.
meeting-news-late = Бот не успеет сообщить об этом: { $names }{ $more ->
    [0] {""}
   *[other] {" "}и ещё { $more }
 }. Скажите лично или передайте через школу.
    .ty = Бот не успеет сообщить об этом: { $names }{ $more ->
        [0] {""}
       *[other] {" "}и ещё { $more }
     }. Скажи лично или передай через школу.
# The other side has no messenger or closed it to us.
meeting-kept-only = Предложение сохранено, но сообщение не дойдёт: связи через бота сейчас нет. Не на связи: { $partner }. Напишите куратору, он поможет.
    .ty = Предложение сохранено, но сообщение не дойдёт: связи через бота сейчас нет. Не на связи: { $partner }. Напиши куратору, он поможет.
meeting-waiting =
    Предложение ждёт ответа. Ответить должен второй участник: { $partner }.
    { $slots }
meeting-agreed =
    Встреча назначена: { $when }.
    { $partner }, { $kind }.
    { $where }
    Напомню заранее.
meeting-coming =
    { $when } — { $kind }, { $partner }.
    { $where }
meeting-none = Встреч пока не назначено. С кем: { $partner }. По порядку следующая: { $kind }.
# $button: one of the labels above; in a list of several pairs.
meeting-button-of = { $button }: { $partner }
# In a list of several meetings of one pair.
meeting-button-on = { $button }: { $day }
meeting-two-lines =
    { $first }
    { $second }
# To a parent: the child's name, when, with whom, where.
meeting-child-ahead =
    { $child }: { $when }, с кем: { $partner }.
    { $where }
meeting-child-online = Онлайн.
meeting-child-somewhere = О месте договорятся отдельно.
meeting-child-none = { $child }: встреч пока не назначено.
meeting-of-child = О встречах ребёнок и вторая сторона договариваются сами. Если что-то тревожит, напишите куратору.
meeting-no-pair = Пары пока нет. Когда куратор её подтвердит, придёт сообщение, и можно будет договориться о встрече.

# Not coming.
meeting-cancel-sure = Встречи не будет: { $when }. Всё верно? Причину объяснять не нужно.
meeting-cancel-offer-sure = Отменить предложение встретиться?
meeting-absent-sure = Передать наставнику, что на этой встрече вас не будет: { $when }? Причину объяснять не нужно.
    .ty = Передать наставнику, что на этой встрече тебя не будет: { $when }? Причину объяснять не нужно.
meeting-cancel-yes = Да, отменить
meeting-cancel-no = Оставить
meeting-cancel-one = Отменить только эту
# $count: of the series, this one among them.
meeting-cancel-all = Эту и все следующие ({ $count })
meeting-series-off = Встреч не будет: { $first } и дальше до { $last }, всего { $count }. Планы изменились, так бывает. Можно выбрать другое время.
meeting-absent-yes = Да, не приду
meeting-kept = Хорошо, всё остаётся как было.
meeting-note-add = Добавить пару слов
meeting-cancel-note = Напишите пару слов. Их увидит только { $partner }.
    .ty = Напиши пару слов. Их увидит только { $partner }.
meeting-cancel-done = Готово. { $partner } узнает об этом. Можно сразу выбрать другое время.
# Nobody or not everybody reads of it in time: `meeting-news-late` follows.
meeting-cancel-only = Готово, отменено. Можно сразу выбрать другое время.
meeting-absent-only = Готово, отмечено, что вас не будет.
    .ty = Готово, отмечено, что тебя не будет.
meeting-cancel-before = Эта встреча уже отменена. Можно выбрать другое время.
meeting-absent-done = Готово. { $partner } узнает об этом.
meeting-cancelled = Встречи не будет: { $when }. Планы изменились, так бывает. Можно выбрать другое время.
meeting-withdrawn = { $partner } снимает предложение о встрече. Можно предложить своё время.
meeting-absent = { $partner } не сможет прийти: { $when }. Встреча остаётся.
# $when: of the meeting that was called off, or to which one will not come.
meeting-note = { $partner } пишет о встрече ({ $when }): { $words }
meeting-note-done = Готово, слова отправлены.
meeting-note-held-back = Сами слова дальше не передали: в них телефон, ссылка или то, что лучше обсудить со взрослым школы. Причину никто не спросит.
meeting-note-late = К этой встрече слова уже не добавить: они отправлены или её время прошло.
meeting-lapsed = Предложенное время прошло, встреча на него не назначена. Можно предложить другое. С кем: { $partner }.

# After the meeting.
meeting-outcome-which = Встреча состоялась?
meeting-outcome-held = Отмечено: встреча состоялась. Теперь несколько коротких вопросов о ней.
meeting-outcome-moved = Отмечено: встречу перенесли. Выберите новое время, когда будете готовы.
    .ty = Отмечено: встречу перенесли. Выбери новое время, когда договоритесь.
meeting-outcome-missed = Отмечено: встреча не состоялась. Так бывает. Можно выбрать другое время.
# Of a pair that is over: no other time can be chosen.
meeting-outcome-over = Отмечено. Спасибо!
meeting-outcome-said =
    Уже отмечено: { $outcome ->
        [held] встреча состоялась
        [moved] встречу перенесли
       *[missed] встреча не состоялась
    }. Если это не так, напишите куратору.
    .ty =
        Уже отмечено: { $outcome ->
            [held] встреча состоялась
            [moved] встречу перенесли
           *[missed] встреча не состоялась
        }. Если это не так, напиши куратору.
meeting-outcome-differs =
    Уже отмечено: { $outcome ->
        [held] встреча состоялась
        [moved] встречу перенесли
       *[missed] встреча не состоялась
    }. Ваш другой ответ увидит куратор.
    .ty =
        Уже отмечено: { $outcome ->
            [held] встреча состоялась
            [moved] встречу перенесли
           *[missed] встреча не состоялась
        }. Твой другой ответ увидит куратор.

# A meeting that nobody planned, noted afterwards. $example: a day that would do, «12.09».
meeting-met = Мы уже виделись
meeting-met-day = Когда вы виделись? С кем: { $partner }. Нажмите кнопку или напишите дату, например { $example }.
    .ty = Когда вы виделись? С кем: { $partner }. Нажми кнопку или напиши дату, например { $example }.
meeting-met-earlier = Раньше
# $since: the first day that can be noted.
meeting-met-which = В какой день? Отметить можно встречу начиная с { $since }.
meeting-met-unclear = Не получилось понять день. Напишите дату так: { $example }. Подойдёт день от { $since } до сегодняшнего.
    .ty = Не получилось понять день. Напиши дату так: { $example }. Подойдёт день от { $since } до сегодняшнего.
meeting-met-kept = Отмечена встреча: { $when }. Теперь несколько коротких вопросов о ней.
# That day has a meeting already.
meeting-met-stands = В этот день встреча уже есть: { $when }.
meeting-met-planned = В этот день встреча уже назначена и ещё впереди. Отметить её можно после начала.
# To the other side.
meeting-met-told = { $partner } отмечает, что вы виделись: { $when }. Встреча появится в истории пары.
meeting-met-not = Встречи не было

# Who came (groups).
meeting-came = Кто был?
# $names: of those who said before that they cannot come.
meeting-came-but = Кто был? Предупреждали, что не смогут: { $names }.
meeting-came-all = Были все
meeting-came-some = Кого-то не было
meeting-absent-who = Кого не было? Отметьте.
    .ty = Кого не было? Отметь.
meeting-came-change = Исправить, кто был
meeting-came-kept = Записано, кто был.

# The diary: a mentor's line, read by both sides and the school.
meeting-topic-acquaint = Знакомились
meeting-topic-study = Учёба
meeting-topic-project = Проект
meeting-topic-career = Выбор профессии
meeting-topic-art_sport = Творчество, спорт
meeting-topic-friends = Друзья, класс
meeting-topic-confidence = Уверенность
meeting-topic-plan = План и цели
meeting-topic-talk = Поговорили
meeting-method-m_activity = Делали дело вместе
meeting-method-m_discussion = Обсуждали
meeting-method-m_situations = Разбирали ситуации
meeting-method-m_environment = Новое место, люди
meeting-method-m_diagnostic = Смотрели, что выходит
meeting-method-m_motivation = Искали интерес
meeting-method-m_consulting = Советы, объяснения
meeting-method-m_example = Личный пример
meeting-diary-offer = Встреча { $when }, { $partner }. В дневник её можно записать в два нажатия.
meeting-diary-write = Записать в дневник
meeting-diary-read = Дневник встреч
meeting-diary-topic = Дневник: { $when }. О чём была встреча? Нажмите кнопку или напишите. Запись увидят: { $partner }, куратор и директор; она войдёт и в «Мои данные».
    .ty = Дневник: { $when }. О чём была встреча? Нажми кнопку или напиши. Запись увидят: { $partner }, куратор и директор; она войдёт и в «Мои данные».
meeting-diary-method = Что делали?
meeting-diary-many = Несколько из этого
meeting-diary-methods = Отметьте всё, что было.
    .ty = Отметь всё, что было.
meeting-diary-kept = Записано, длительность { $minutes ->
    [one] { $minutes } минута
    [few] { $minutes } минуты
   *[many] { $minutes } минут
 }. Можно добавить следующий шаг или поправить длительность.
meeting-diary-step-add = Следующий шаг
meeting-diary-length-change = Другая длительность
meeting-diary-step = Что дальше? Одного предложения достаточно.
# $example: a day that would do, «25.09».
meeting-diary-when = К какому дню? Можно написать дату, например { $example }.
# $day: a weekday and a day.
meeting-diary-next = К встрече: { $day }
meeting-diary-week = Через неделю
meeting-diary-no-day = Без даты
meeting-diary-step-kept = Следующий шаг записан.
meeting-diary-length = Сколько минут длилась встреча? Нажмите кнопку или напишите число.
    .ty = Сколько минут длилась встреча? Нажми кнопку или напиши число.
meeting-minutes = { $minutes } мин
meeting-diary-length-kept = Записано: { $minutes ->
    [one] { $minutes } минута
    [few] { $minutes } минуты
   *[many] { $minutes } минут
 }.
meeting-diary-empty = В дневнике пока ничего нет.
# $has: step or no. $day: of the next step, or none.
meeting-diary-line = { $when }, { $minutes } мин. { $topic }{ $methods ->
    [none] {""}
   *[other] . Методы: { $methods }
 }.{ $has ->
    [step] {" "}Дальше: { $step }
   *[no] {""}
 }{ $day ->
    [none] {""}
   *[other] {" "}(к { $day })
 }

# Refusals: what is so, and what to do.
meeting-not-yours = Такой встречи среди ваших нет. Откройте «Встречи» в меню.
    .ty = Такой встречи среди твоих нет. Открой «Встречи» в меню.
meeting-pair-closed = Эта пара сейчас не работает, поэтому встречу назначить нельзя. Если это ошибка, напишите куратору.
    .ty = Эта пара сейчас не работает, поэтому встречу назначить нельзя. Если это ошибка, напиши куратору.
meeting-open-already = О встрече уже идёт разговор. Откройте «Встречи»: там время, ответ и перенос.
    .ty = О встрече уже идёт разговор. Открой «Встречи»: там время, ответ и перенос.
meeting-group-by-mentor = Время встреч группы назначает наставник. Напишите ему или куратору.
    .ty = Время встреч группы назначает наставник. Напиши ему или куратору.
# $most: how many starts may be offered.
meeting-slots-wrong = { $most ->
    [1] Для группы выберите одно время.
   *[other] Выберите от одного до { $most } разных вариантов времени.
}
meeting-slot-soon = Это слишком скоро: второй стороне нужно хотя бы два часа на ответ. Напишите время позже.
    .ty = Это слишком скоро: второй стороне нужно хотя бы два часа на ответ. Напиши время позже.
meeting-slot-far = Так далеко встречи не назначаются. Выберите день ближе четырёх месяцев.
    .ty = Так далеко встречи не назначаются. Выбери день ближе четырёх месяцев.
meeting-slot-hours = Встречи бывают с 7:00 до 21:00. Напишите другое время.
    .ty = Встречи бывают с 7:00 до 21:00. Напиши другое время.
meeting-slot-busy = На это время уже назначена другая встреча: ваша или второй стороны. Напишите другое время.
    .ty = На это время уже назначена другая встреча: твоя или второй стороны. Напиши другое время.
meeting-slot-taken = На это время уже назначена другая встреча: ваша или второй стороны. Выберите или предложите другое: «Встречи» в меню.
    .ty = На это время уже назначена другая встреча: твоя или второй стороны. Выбери или предложи другое: «Встречи» в меню.
meeting-slot-twice = Это время уже выбрано. Напишите другое.
    .ty = Это время уже выбрано. Напиши другое.
meeting-unknown = Такой встречи в школе нет. Обновите страницу.
meeting-met-ahead-of = Этот день ещё не наступил. Откройте «Встречи»: там можно договориться о встрече.
    .ty = Этот день ещё не наступил. Открой «Встречи»: там можно договориться о встрече.
meeting-met-old = Отметить можно встречу начиная с { $since }. О более ранней напишите куратору.
    .ty = Отметить можно встречу начиная с { $since }. О более ранней напиши куратору.
meeting-not-held = Эта встреча не отмечена как состоявшаяся. Сначала отметьте её в разделе «Встречи».
    .ty = Эта встреча не отмечена как состоявшаяся. Сначала отметь её в разделе «Встречи».
meeting-diary-by-mentor = Дневник пары ведёт наставник. Прочитать его можно в разделе «Встречи».
meeting-diary-late = Прошло больше месяца, и в дневник эту встречу уже не записать. Сама она отмечена и останется в отчётах.
meeting-diary-first = Сначала запишите, о чём была встреча.
    .ty = Сначала запиши, о чём была встреча.
meeting-diary-odd = Такую запись сохранить не получилось. Откройте «Встречи» и попробуйте ещё раз.
    .ty = Такую запись сохранить не получилось. Открой «Встречи» и попробуй ещё раз.
meeting-diary-step-day = Для следующего шага подходит день от сегодняшнего до полугода вперёд.
meeting-slot-past = Это время уже прошло. Откройте «Встречи» и выберите другое.
    .ty = Это время уже прошло. Открой «Встречи» и выбери другое.
meeting-slot-stale = Это предложение изменилось. Откройте «Встречи»: там новое время.
    .ty = Это предложение изменилось. Открой «Встречи»: там новое время.
meeting-own-slot = Это ваше предложение. Его подтверждает вторая сторона.
    .ty = Это твоё предложение. Его подтверждает вторая сторона.
meeting-agreed-already = Время встречи уже выбрано. Откройте «Встречи»: там его можно перенести.
    .ty = Время встречи уже выбрано. Открой «Встречи»: там его можно перенести.
meeting-over = Эта встреча уже закрыта. Откройте «Встречи», чтобы выбрать новое время.
    .ty = Эта встреча уже закрыта. Открой «Встречи», чтобы выбрать новое время.
meeting-began = Эта встреча уже началась. Отметьте потом, состоялась ли она.
    .ty = Эта встреча уже началась. Отметь потом, состоялась ли она.
meeting-not-yet = Встреча ещё не началась. Отметить её можно после начала.
meeting-no-times = В расписании школы нет времени для встреч. Напишите куратору.
    .ty = В расписании школы нет времени для встреч. Напиши куратору.

# The calendar feed: read on a lock screen, so no names; a mentor of several people reads first names.
meeting-feed = Встречи с наставником
meeting-event-mentee = Встреча с наставником
meeting-event-mentor = Встреча с подопечным
# Where a mentor leads several people. $name: first name.
meeting-event-mentor-of = Встреча: { $name }
meeting-event-m0 = Общая встреча программы
meeting-event-m6 = Итоги программы
meeting-event-group = Встреча группы наставничества

# One's own calendar.
meeting-calendar-button = Календарь встреч
meeting-calendar-about = Встречи можно видеть в календаре телефона. Имён в нём нет; кто ведёт нескольких, видит имена без фамилий. Адрес секретный: по нему видно, когда и где встречи. Если его увидел кто-то чужой, смените его.
    .ty = Встречи можно видеть в календаре телефона. Имён в нём нет; кто ведёт нескольких, видит имена без фамилий. Адрес секретный: по нему видно, когда и где встречи. Если его увидел кто-то чужой, смени его.
meeting-calendar-change = Сменить адрес
meeting-calendar-sure = Старый адрес перестанет работать везде, где он записан. Сменить?
meeting-calendar-yes = Да, сменить
meeting-calendar-no = Оставить
meeting-calendar-changed = Готово, старый адрес больше ничего не покажет. Новый — по кнопке.
