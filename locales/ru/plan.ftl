# plan.ftl - «Наш план»: the programme of a pair, its goal, achievements, projects, hours.
# $partner: the other side, short. $done, $whole: numbers of events.

plan-title = Наш план
plan-title-pupil = Индивидуальный план развития
plan-title-teacher = Персонализированная программа наставничества
plan-no-pair = План появится вместе с парой. Когда пара начнёт работать, он будет здесь.
plan-which-pair = Чей план открыть?
plan-none-mentor = Плана пока нет. Его можно составить за несколько минут: почти всё выбирается кнопками. Потом план прочитает вторая сторона: { $partner }.
plan-none-mentee = План готовит наставник ({ $partner }). Прочитать и поправить его можно будет вместе. А цель можно назвать уже сейчас.
plan-none-yet = Плана пока нет.
plan-state-draft = План пока черновик. Его видите вы и вторая сторона: { $partner }.
    .ty = План пока черновик. Его видишь ты и вторая сторона: { $partner }.
plan-state-sent = План ждёт слова второй стороны. Пара: { $partner }.
plan-state-agreed = План согласован. Можно начинать. Пара: { $partner }.
plan-state-work = План в работе. Пара: { $partner }.
plan-state-amended = Предложено изменение. Пока оно не согласовано, действует прежняя договорённость. Пара: { $partner }.
plan-state-completed = План завершён. Пара: { $partner }.
plan-goal-is = Цель: { $goal }
plan-progress = Сделано { $done } из { $whole }. План действует до { $ends }.
plan-event-row = { $mark ->
    [done] ✓
   *[open] •
} { $number }. { $event } (до { $until })
plan-what-now = Что делаем?
plan-more = Что ещё можно сделать:
plan-read-end = Всё можно изменить: план ваш.
    .ty = Всё можно изменить: план твой.
plan-part = { $name }: { $value }
plan-part-lines =
    { $name }:
    { $value }
plan-and = { $first }; { $next }
plan-term = Срок: с { $first } по { $last }
plan-events-more = и ещё { $count }
plan-chosen = выбрано { $count }

plan-button-draft = Составить план
plan-button-next = Составить новый план
plan-button-read = Прочитать план
plan-button-rest = Подробнее
plan-button-send = Отправить на согласование
plan-button-change = Изменить план
plan-button-agree = Согласиться
plan-button-propose = Предложить изменение
plan-button-wish = Добавить своё пожелание
plan-button-done = Отметить сделанное
plan-button-fact = Добавить строку о деле
plan-button-undo = Вернуть отметку
plan-button-goal = Наша цель
plan-button-own-goal = Моя цель
plan-button-more = Ещё
plan-button-achievement = Добавить достижение
plan-button-project = Наш проект
plan-button-hours = Часы наставника
plan-button-result = Подвести итог

# Sections, as the document calls them.
plan-section-goal = Цель
plan-section-problem = С чего начинаем
plan-section-tasks = Задачи
plan-section-mentor_activity = Что делает наставник
plan-section-mentee_activity = Что делает наставляемый
plan-section-interim = По пути
plan-section-planned = Что хотим получить
plan-section-rhythm = Как часто
plan-section-schedule = Расписание
plan-section-mode = Как встречаемся
plan-section-conditions = Условия
plan-section-directions = Направления
plan-section-wish = Моё пожелание
plan-section-events = Дела
plan-section-events-head = Дела плана:
plan-direction-d1 = Научно-теоретическое
plan-direction-d2 = Нормативно-правовое
plan-direction-d3 = Предметно-профессиональное
plan-direction-d4_pupils = Психология: ученики
plan-direction-d4_parents = Психология: родители
plan-direction-d5 = Методическое
plan-direction-d6 = ИКТ-компетенции
plan-direction-d7 = Цифровизация образования
plan-direction-d8 = Внеурочная и воспитательная работа
plan-direction-d9 = Здоровьесбережение
plan-direction-study = Учёба по предмету
plan-direction-exam = Олимпиада или экзамен
plan-direction-project = Проект
plan-direction-friends = Общение и дружба
plan-direction-adapt = Новая школа или класс
plan-direction-career = Выбор профессии
plan-direction-art_sport = Творчество и спорт
plan-direction-confidence = Уверенность в себе
plan-direction-digital = Цифровые навыки
plan-direction-talk = Просто поговорить
plan-rhythm-weekly = раз в неделю
plan-rhythm-biweekly = раз в две недели
plan-rhythm-monthly = раз в месяц
plan-rhythm-needed = по необходимости
plan-mode-offline = очно
plan-mode-online = онлайн
plan-mode-mixed = очно и онлайн

# The mentor drafts.
plan-draft-start = Составим план. Ответы можно менять и потом.
plan-or-own = Можно нажать кнопку или написать своими словами.
plan-ask-goal = Чего хотим добиться вместе?
plan-ask-problem = С чего начинаем?
plan-ask-tasks = Какие задачи решим? Выберите до четырёх.
    .ty = Какие задачи решим? Выбери до четырёх.
plan-ask-directions = В каких направлениях пойдём?
plan-ask-events = Какие дела возьмём? Сроки поставим сами, их можно поменять.
plan-ask-planned = Что хотим получить в конце?
plan-ask-interim = Что будет видно по пути?
plan-ask-rhythm = Как часто удобно встречаться? Это можно менять в любое время.
plan-ask-mode = Как будем встречаться?
plan-ask-until = До какого дня действует план? Обычно от трёх месяцев до года.
plan-ask-schedule = Когда удобно встречаться? Например: по средам после шестого урока.
plan-ask-conditions = Какие условия важны? Например, где проходят встречи.
plan-own-line = Добавить свою строку? Напишите или пропустите.
    .ty = Добавить свою строку? Напиши или пропусти.
plan-draft-check = Проверьте план. Всё верно?
    .ty = Проверь план. Всё верно?
plan-drafted = Черновик готов. Когда отправите, его прочитает вторая сторона: { $partner }.
    .ty = Черновик готов. Когда отправишь, его прочитает вторая сторона: { $partner }.
plan-there-is = План уже согласован. Его можно изменить по частям.
plan-sent-off = Отправлено. Как только придёт ответ, будет сообщение. Пара: { $partner }.
plan-change-what = Что изменить?
plan-change-asks = План согласован. Изменение увидит вторая сторона ({ $partner }) и скажет, подходит ли оно. Ритм встреч можно менять сразу.
plan-change-done = Записано.
plan-change-sent = Записано. Вторая сторона ({ $partner }) увидит изменение и ответит.
plan-change-goal = Цель
plan-change-tasks = Задачи
plan-change-event = Добавить дело
plan-change-drop = Убрать дело
plan-change-directions = Направления
plan-change-planned = Что хотим получить
plan-change-interim = Что видно по пути
plan-change-rhythm = Как часто встречаемся
plan-change-mode = Как встречаемся
plan-change-schedule = Расписание
plan-change-problem = С чего начинаем
plan-change-conditions = Условия
plan-drop-which = Какое дело убрать?
plan-event-what = Какое дело добавить?
plan-event-due = К какому сроку?
plan-event-weeks = { $count ->
    [one] через { $count } неделю
    [few] через { $count } недели
   *[many] через { $count } недель
}

# The other side.
plan-sent = План готов, его можно прочитать. Пара: { $partner }. Подходит — нажмите «Согласиться». Хочется иначе — «Предложить изменение».
    .ty = План готов, его можно прочитать. Пара: { $partner }. Подходит — нажми «Согласиться». Хочется иначе — «Предложить изменение».
plan-amended = В плане предложено изменение. Пара: { $partner }. Если подходит, нажмите «Согласиться». Если нет, всё останется по-прежнему.
    .ty = В плане предложено изменение. Пара: { $partner }. Если подходит, нажми «Согласиться». Если нет, всё останется по-прежнему.
plan-agreed = План согласован обеими сторонами. Пара: { $partner }. Можно начинать.
plan-objected = Есть предложение по плану. От кого: { $partner }. Это нормально: план для того и обсуждают.
plan-rhythm-changed = Ритм встреч в плане изменён. Пара: { $partner }.
plan-newcomer = Пока вас не было, составили план. Он уже действует: { $partner }. Его можно прочитать и согласиться с ним.
    .ty = Пока тебя не было, составили план. Он уже действует: { $partner }. Его можно прочитать и согласиться с ним.
plan-talked-over = План ещё обсуждают: { $partner }. Если что-то изменится, придёт сообщение.
plan-wish-added = Пожелание к плану. От кого: { $partner }.
plan-wish-of = Пожелание. { $name }: { $value }
plan-yes-waits = Спасибо! Осталось слово другой стороны.
plan-yes-waits-group = Спасибо! Осталось дождаться остальных.
plan-yes-done = Спасибо! План согласован.
plan-propose-what = Что хочется изменить?
plan-propose-done = Предложение передано. План подправят и пришлют снова.
plan-wish-what = Чего хочется вам? Пожелание будет рядом с планом.
    .ty = Чего хочется тебе? Пожелание будет рядом с планом.
plan-wish-readers = Это прочитают наставник и куратор. Другие участники не прочитают.
    .ty = Это прочитают наставник, куратор и родители. Другие участники не прочитают.
plan-wish-done = Пожелание записано. Его прочитают наставник и куратор.
    .ty = Пожелание записано. Его прочитают наставник, куратор и родители.
plan-wish-is = Ваше пожелание: { $words }
    .ty = Твоё пожелание: { $words }
plan-wish-do = Что с ним сделать?
plan-wish-other = Написать другое
plan-wish-drop = Убрать
plan-wish-dropped = Пожелание убрано.
plan-heard = В план эти слова не попали: их прочитает взрослый из школы.

# Events.
plan-done-which = Что сделано?
plan-done-said = Отмечено! Сделано { $done } из { $whole }.
plan-all-done = Все дела плана отмечены. Можно добавить новые или подвести итог.
plan-undone = Отметка снята.
plan-fact-how = Как получилось?
plan-fact-words = Строка о том, что вышло. Можно пропустить.
plan-fact-done = Записано.
plan-grade-done = Получилось
plan-grade-partly = Получилось отчасти
plan-grade-otherwise = Попробуем иначе

# The end.
plan-result-what = Что получилось за это время?
plan-result-readers-mentor = Это прочитает куратор. Слова войдут в итог программы.
plan-result-done = Записано, спасибо.
plan-advice = Что дальше?
plan-advice-continue = Продолжить
plan-advice-change = Продолжить с другой целью
plan-advice-finish = Завершить

# The goal. $stage: one of the stages below. $who: whose word it is.
plan-goal-named = Цель записана.
plan-goal-none = Цель пока не названа.
plan-goal-what = Что сделать?
plan-goal-whose = Чья цель?
plan-goal-common = Общая цель
plan-goal-common-is = Общая цель: { $goal }
plan-goal-own = Назвать свою цель
plan-ask-own-goal = Чего хочется добиться?
plan-goal-readers = Свою цель прочитают наставник и куратор. Другие участники не прочитают.
plan-goal-look = Отметить, как далеко
plan-goal-other = Назвать другую цель
plan-goal-near = Как близко цель? «{ $goal }»
plan-goal-far = только начали
plan-goal-there = уже получилось
plan-goal-words = Что помогло или что изменилось? Можно пропустить.
plan-goal-reached = Цель достигнута?
plan-goal-yes = Да
plan-goal-not-yet = Ещё идём к ней
plan-goal-looked = Записано: { $stage }.
plan-goal-mark = { $stage }, { $who }: { $progress } из 10
plan-stage-start = начало
plan-stage-mid = середина пути
plan-stage-end = итог
plan-who-mentor = наставник
plan-who-mentee = наставляемый

# Achievements.
plan-won-whose = Чьё достижение?
plan-won-kind = Что это было?
plan-won-title = Как называется? Например: олимпиада по биологии.
plan-won-level = Какой уровень?
plan-won-outcome = Какой результат?
plan-won-day = Когда это было? День можно написать: 15.10.2026.
plan-won-done = Достижение записано, здорово! К нему можно добавить фото диплома или файл, сейчас или потом: «Наш план», «Ещё».
plan-kind-contest = Конкурс
plan-kind-olympiad = Олимпиада
plan-kind-conference = Конференция
plan-kind-festival = Фестиваль
plan-kind-sport = Соревнование
plan-kind-other = Другое
plan-level-school = Школьный
plan-level-municipal = Муниципальный
plan-level-regional = Региональный
plan-level-national = Всероссийский
plan-level-international = Международный
plan-outcome-part = Участие
plan-outcome-prize = Призёр
plan-outcome-winner = Победитель
plan-day-today = Сегодня
plan-day-yesterday = Вчера
plan-day-week = Неделю назад

# Projects.
plan-project-which = Какой проект?
plan-project-new = Новый проект
plan-project-whose = Чей проект?
plan-project-common = Общий
plan-project-title = Как называется проект?
plan-project-stage = На каком он шаге?
plan-project-day = Когда была защита? День можно написать: 15.10.2026.
plan-project-result = Чем закончилась защита? Можно пропустить.
plan-project-done = Записано.
plan-project-finished = Записано: проект защищён. Поздравляем!
plan-project-idea = Идея
plan-project-plan = План
plan-project-making = Работа
plan-project-ready = Готов
plan-project-defended = Защищён

# Hours of the mentor. $time, $meetings, $beside, $whole: «1:30».
plan-hours-so-far = Встречи: { $meetings }. Подготовка и другое: { $beside }. Всего: { $whole } (часы и минуты). Встречи считаются сами.
plan-hours-what = На что ушло время?
plan-hours-long = Сколько?
plan-hours-day = В какой день? Его можно написать: 15.10.2026.
plan-hours-minutes = { $time }
plan-hours-done = Записано. Всего: { $whole }.
plan-hours-prepare = Подготовка к встрече
plan-hours-materials = Материалы и задания
plan-hours-family = Разговор с семьёй
plan-hours-papers = Документы
plan-hours-other = Другое

# Why not.
plan-not-yours = Этот план сейчас не открыть: в паре уже другой состав.
plan-pair-over = Пара сейчас не работает, план можно посмотреть у куратора.
plan-for-mentor = Это делает наставник пары.
plan-for-mentee = Это пожелание наставляемого.
plan-mark-of-another = Эту отметку снимает тот, кто её поставил, или наставник.
plan-over = План уже завершён.
plan-change-waits = Одно изменение уже ждёт ответа. Сначала дождёмся его.
plan-changed-meanwhile = План за это время изменился. Откройте его ещё раз.
    .ty = План за это время изменился. Открой его ещё раз.
plan-nothing-asked = Сейчас план ни о чём не спрашивает.
plan-not-ready = Для начала нужны цель и хотя бы одно дело.
plan-not-agreed-yet = План ещё не согласован обеими сторонами.
plan-not-done-yet = Сначала нужно отметить, что дело сделано.
plan-event-gone = Этого дела в плане уже нет.
plan-event-done = Дело уже сделано, оно остаётся в плане.
plan-goal-gone = Эта цель уже сменилась.
plan-achievement-gone = Такого достижения уже нет.
plan-project-gone = Такого проекта уже нет.
plan-choice-unknown = Такого выбора нет.
plan-lines-many = Строк слишком много, помещается { $most }.
plan-items-many = Дел слишком много, помещается { $most }.
plan-words-long = Слишком длинно: помещается { $limit } знаков.
plan-words-empty = Нужно хотя бы слово.
plan-no-contacts = Телефоны, почту и ссылки в план не пишут: его читают разные люди. Напишите без них.
    .ty = Телефоны, почту и ссылки в план не пишут: его читают разные люди. Напиши без них.
plan-no-insult = Кажется, какое-то слово может обидеть. Бывает, когда накипело. Напишите то же самое иначе.
    .ty = Кажется, какое-то слово может обидеть. Бывает, когда накипело. Напиши то же самое иначе.
plan-term-turned = Последний день должен быть позже первого.
plan-term-long = Программа длится не больше { $months } месяцев, потом составляют новую.
plan-minutes = Можно записать от { $least } до { $most } минут.
plan-day-ahead = Этот день ещё не наступил.
plan-day-old = Это было слишком давно: записывают дела последнего года.
plan-file-large = Файл больше { $megabytes } МБ. Подойдёт снимок поменьше.
# Adding a diploma, on a page of the chat. $title: of the achievement.
plan-button-diploma = Добавить диплом
plan-file-title = Диплом или грамота
plan-file-lead = Достижение: { $title }. Файл увидят куратор и директор школы, он есть и в «Моих данных». Другим участникам его не показывают.
plan-file-again = Файл уже есть, новый заменит его.
plan-file-which = Фото или файл
plan-file-limits = JPG, PNG или PDF, до { $megabytes } МБ. Место и время съёмки из фото убираются.
plan-file-send = Добавить
plan-file-kept = Файл добавлен. Куратор увидит его рядом с достижением.
plan-file-none = Файл не выбран. Выберите фото или файл и нажмите ещё раз.
    .ty = Файл не выбран. Выбери фото или файл и нажми ещё раз.
plan-file-many = Файлов у этой пары уже { $limit }, больше не поместится. Новый можно отдать куратору.
plan-file-broken = Этот файл не открывается. Может быть, он скопировался не полностью: попробуйте другой снимок.
    .ty = Этот файл не открывается. Может быть, он скопировался не полностью: попробуй другой снимок.
plan-file-not-yours = К этому достижению файл отсюда не добавить. Его можно отдать куратору.
plan-file-no-achievement = Сначала запишите достижение, потом к нему можно добавить диплом.
    .ty = Сначала запиши достижение, потом к нему можно добавить диплом.
plan-file-whose = К какому достижению?
plan-file-here = Фото или файл к достижению «{ $title }» принимает страница школы: мессенджер хранил бы его у себя.
plan-file-kind = Такой файл здесь не сохранить. Подойдёт фото (JPG, PNG) или PDF.

# In «Мои данные».
plan-my-goal = Цель пары
plan-my-own-goal = Своя цель
plan-my-wish = Пожелание к плану
plan-my-project = Проект
plan-my-diploma = диплом лежит в папке files
plan-my-achievement = Достижение, { $day }
plan-my-hours = Время наставника, { $day }
