# quiz.ftl - questionnaires in the admin. The questions themselves are data (program/instruments_data).

# Refusals. $limit: of people on one side.
quiz-staff-only = Эту анкету заполняют сотрудники в кабинете: участникам её не отправляют.
quiz-closes-odd = Последний день должен быть не раньше сегодняшнего и не позже чем через 200 дней.
quiz-nobody = Спросить некого: под выбор никто не подходит, или все уже ответили.
quiz-one-form = Выберите одну форму наставничества: участники выбирают друг друга внутри неё.
quiz-both-sides = Отметьте и наставников, и наставляемых: они выбирают друг друга.
quiz-too-many-people = На одной стороне может быть не больше { $limit } человек: столько кнопок показывает мессенджер. Разделите встречу на группы.
quiz-no-draft = Черновика этой анкеты уже нет: его опубликовали или удалили.
# Somebody's press has ended the draft while a colleague was typing.
quiz-draft-published = Пока вы правили, черновик опубликовали. Ваши слова стоят в полях ниже. Если сохранить ещё раз, начнётся черновик следующей версии с ними.
quiz-draft-discarded = Пока вы правили, черновик удалили. Ваши слова стоят в полях ниже. Если сохранить ещё раз, начнётся новый черновик с ними.
quiz-onward = Сохранить в новый черновик
# What a draft is called that begins anew.
quiz-anew = Новая анкета
quiz-not-ready = Черновик пока нельзя опубликовать: посмотрите замечания к вопросам.
quiz-nothing-new = В черновике ничего не изменено: публиковать нечего.
quiz-not-yours = Эту карту заполняют другие сотрудники.
quiz-choose-person = Выберите, о ком карта.
quiz-filled-already = Вы уже заполнили эту карту. Ответы не меняют: так сравнение остаётся честным.

# What keeps a draft from being published, beside the question. $limit, $length, $count: numbers. $label: an option.
quiz-wrong-title = Назовите анкету: это название увидят участники.
quiz-wrong-empty = В анкете нет ни одного вопроса.
quiz-wrong-many = Вопросов больше { $limit }: такую анкету не дочитают.
# $what: the reason, in the words of the check itself.
quiz-wrong-other = Анкета не читается: { $what }
quiz-look-fits = Помещается во все мессенджеры.
quiz-wrong-text = У вопроса нет текста.
quiz-wrong-long = Вопрос длиннее { $limit } знаков (сейчас { $length }): в мессенджере он не поместится вместе с вариантами.
quiz-wrong-few = Вариантов ответа нужно хотя бы два.
quiz-wrong-options = Вариантов { $count }, а мессенджеры показывают не больше { $limit }.
quiz-wrong-label = Вариант «{ $label }» длиннее { $limit } знаков (сейчас { $length }): на кнопке его обрежет.
quiz-wrong-twice = Вариант «{ $label }» повторяется.
quiz-wrong-ends = У шкалы нужны слова на обоих концах: что значит 1 и что значит 10.
quiz-wrong-bounds = Наименьшее число должно быть меньше наибольшего.
quiz-wrong-reader = Выберите, кто прочитает ответ: участник видит это рядом с вопросом.
quiz-wrong-shown = Вопрос зависит от ответа, который теперь задаётся позже или удалён. Переставьте вопросы или уберите условие.
# $number: of the earlier question. $low, $high: its lowest and highest mark.
quiz-wrong-shown-kind = Условие не подходит к вопросу { $number }: у него другой вид ответа. Выберите условие заново.
quiz-wrong-shown-option = Условие называет ответ, которого в вопросе { $number } нет. Отметьте ответы заново.
quiz-wrong-shown-mark = Условие по вопросу { $number }: напишите числа от { $low } до { $high }, первое не больше второго.
quiz-wrong-shown-always = Условие по вопросу { $number } выполняется всегда. Сузьте его или уберите.
# $limit, $length: characters.
quiz-wrong-short = Короткое название длиннее { $limit } знаков (сейчас { $length }): на кнопке его обрежет.
quiz-wrong-escalation = Сообщать куратору об ответе «Да» можно только у вопроса «да или нет».
quiz-wrong-no-russian = Сначала напишите по-русски.
quiz-wrong-two = Условие может быть только по одному из вопросов выше.

# The list. $year: the school year. $number: of a question. $count: people or things.
quiz-title = Анкеты
quiz-about = { $year } учебный год. Анкеты до и после работы, в середине года, родителям и партнёрам бот предлагает сам. Остальные отправляете вы. Ответы никто, кроме самого участника, не меняет.
quiz-drafts = Черновики
quiz-lively = В этом году
quiz-lively-nothing = В этом году анкет ещё не отправляли.
quiz-quiet = Ещё не отправляли: { $count }
quiz-quiet-caption = Ещё не отправляли
quiz-one = Анкета
quiz-sent = Отправлена
quiz-finished = Заполнили
quiz-stopped = Остановились
quiz-stopped-at = на вопросе { $number }: { $count } { $count ->
    [one] человек
    [few] человека
   *[many] человек
  }
quiz-inside = внутри: { $count }
quiz-new = Своя анкета
quiz-new-title = Название
quiz-new-of = Взять за основу
quiz-new-empty = пустая
quiz-new-do = Создать черновик
# On which side somebody was asked, on the card of a person.
quiz-as-mentor = как наставник
quiz-as-mentee = как наставляемый
quiz-for-mentee = наставляемые
quiz-for-mentor = наставники
quiz-for-both = наставники и наставляемые
quiz-for-parent = родители
quiz-for-partner = партнёры
quiz-for-anyone = все, кто присоединился
quiz-for-staff = сотрудники

# One questionnaire.
quiz-now = Сейчас
quiz-counts = Отправлена: { $sent }. Заполнили: { $finished }.
quiz-is-closed = закрыта
quiz-stopped-list = Начали и остановились:
# $words: of the question.
quiz-stopped-line = вопрос { $number } «{ $words }»: { $count }
quiz-file = Скачать в Excel
quiz-remind = Напомнить тем, кто не ответил
quiz-close = Закрыть
quiz-reopen = Открыть снова
quiz-send = Отправить
quiz-send-about = Получат те, кто подходит под выбор, кому анкета адресована и у кого есть согласие. Кто уже отвечал, второй раз её не получит. Человеку приходит не больше одной анкеты в день.
quiz-send-each-other = Отметьте, кто был на встрече: наставляемые выберут из отмеченных наставников, наставники – из отмеченных наставляемых.
quiz-send-form = Форма наставничества
quiz-send-people-show = Показать людей
quiz-were-mentor = Наставники, которые были
quiz-were-mentee = Наставляемые, которые были
quiz-side-mentor = наставники
quiz-side-mentee = наставляемые
quiz-send-sides = Кому
quiz-send-forms = Формы
quiz-send-classes = Классы
quiz-send-all = Ничего не отмечено – значит, все.
quiz-send-until = Последний день для ответа
quiz-send-do = Отправить
quiz-results = Ответы
quiz-results-about = Ответы меньше { $least } человек не показываются: по ним можно угадать, кто ответил. Свободные ответы видит только куратор.
quiz-answered = ответили { $count }, пропустили { $skipped }
# $shown: of how many the counts are.
quiz-shown = показаны { $shown }: остальные добавятся, когда их станет { $least }
quiz-compared = Оценки «до» и «после» показаны рядом, на странице сравнения. Здесь их нет: два средних по почти одним и тем же людям выдали бы ответы тех, кого в одном из них не хватает.
quiz-told-later = Ответов пока мало, показывать рано.
quiz-told = посчитаны ответы: { $count }
quiz-is-anonymous = анонимный
quiz-anonymous = Анонимный опрос
quiz-anonymous-what = Отвечают на отдельной странице. Никто, и вы тоже, не узнает, кто что выбрал; итоги видны группами не меньше { $least } ответов. Вопросов со словами, датами и ветвлением в таком опросе нет. После публикации изменить это нельзя.
quiz-anonymous-about = Опрос анонимный. Пока он открыт, ответы на каждый вопрос добавляются по { $least }, с запасом; когда он закрыт, видны все, если их не меньше { $least }. Кто что ответил, система не знает.
quiz-anonymous-send = Опрос анонимный: адресатов должно быть не меньше { $least }. Напоминание получат только те, кто ещё не ответил.
quiz-by-the-clock = Этот опрос приходит сам, каждой паре в своё время. Отправить его вручную нельзя.
quiz-anonymous-few = Анонимный опрос нужен хотя бы для { $least } человек: ответы меньшей группы мы не покажем. Добавьте адресатов.
quiz-wrong-anonymous = Этого вопроса не может быть в анонимном опросе: по словам, датам и ветвям можно узнать человека, а сигнал куратору никого не назовёт.
quiz-mean = среднее
quiz-hidden = Меньше { $least } ответов: не показываем.
quiz-words = Свободные ответы: { $count }
quiz-column-number = №
quiz-column-question = Вопрос
quiz-column-count = Ответили
quiz-column-skipped = Пропустили
quiz-column-answer = Ответ
quiz-column-value = Значение
quiz-column-words = Ответ своими словами
quiz-sheet-counts = Сводка
quiz-sheet-words = Свободные ответы
quiz-sheet-year = Учебный год: { $year }

# As a chat.
quiz-chat = Как в чате
quiz-chat-title = Так анкету увидят участники
quiz-chat-about = Кнопки здесь не нажимаются.
quiz-chat-pupil = Показать обращение на «ты» (ученикам)
quiz-chat-formal = Показать обращение на «вы» (взрослым)
# $number: of an earlier question. $labels: its answers. $low, $high: marks.
quiz-if-options = если на вопрос { $number } ответили { $labels }
quiz-if-marks = если на вопрос { $number } ответили от { $low } до { $high }
quiz-chat-people = люди, которые были на встрече
quiz-chat-needed = Без ответа дальше не пройти.
quiz-chat-skip = Можно пропустить.

# The editor. $version: a number.
quiz-edit = Править
quiz-edit-about = Опубликованная версия не меняется. Правка делает следующую версию: кто уже внутри, заполнит прежнюю, новые люди получат новую.
quiz-edit-start = Начать правку
quiz-draft-about = Это черновик: участники его не видят, пока вы не опубликуете.
quiz-back-to-results = ответы
quiz-back-to-draft = К черновику
quiz-publish-title = Публикация
quiz-ready = Всё в порядке, анкету можно публиковать.
quiz-publish = Опубликовать версию { $version }
quiz-discard = Удалить черновик
quiz-head = Название и для кого
quiz-minutes = Сколько минут занимает
quiz-audience = Кто отвечает
quiz-keep = Сохранить
quiz-gone-title = Вопрос, которого больше нет
quiz-gone-kept = Пока вы меняли этот вопрос, его убрали из анкеты. Ваши слова ниже: их можно добавить новым вопросом в конец.
quiz-gone-add = Добавить как новый вопрос
quiz-question-number = Вопрос { $number }
quiz-question-edit = Изменить
quiz-question-edit-number = Изменить вопрос { $number }
quiz-question-add = Добавить вопрос
quiz-no-words = (пока без текста)
quiz-up = Выше
quiz-up-number = Вопрос { $number } выше
quiz-down = Ниже
quiz-down-number = Вопрос { $number } ниже
quiz-remove = Удалить
quiz-remove-number = Удалить вопрос { $number }
quiz-required = обязательный
quiz-text = Текст вопроса (на «вы»)
quiz-text-ty = Текст для учеников (на «ты»)
quiz-text-ty-about = Если не отличается, оставьте пустым.
quiz-text-en = Текст по-английски
quiz-text-en-about = Без него читающие по-английски увидят русский текст.
quiz-kind = Вид ответа
quiz-kind-scale10 = шкала от 1 до 10
quiz-kind-single = один вариант
quiz-kind-multi = несколько вариантов
quiz-kind-yes_no = да или нет
quiz-kind-number = число
quiz-kind-range = два числа, от и до
quiz-kind-text = своими словами
quiz-kind-date = дата
quiz-kind-smiles = пять смайликов
quiz-if-choice = Если выбирают из вариантов
quiz-options = Варианты, каждый с новой строки
quiz-options-about = Не больше 10, каждый до 30 знаков. После черты – по-английски, после второй – на «ты»: «Да, знаете | Yes | Да, знаешь».
quiz-limit-choices = Сколько можно выбрать (пусто – сколько угодно)
quiz-if-scale = Если шкала
quiz-low = Что значит 1
quiz-low-ty = Что значит 1, на «ты»
quiz-low-en = Что значит 1, по-английски
quiz-high = Что значит 10
quiz-high-ty = Что значит 10, на «ты»
quiz-high-en = Что значит 10, по-английски
quiz-if-number = Если число
quiz-low-number = Наименьшее
quiz-high-number = Наибольшее
quiz-if-words = Если своими словами
quiz-reader = Кто прочитает
quiz-reader-curator = только куратор
quiz-reader-psychologist = куратор и психолог
quiz-reader-pair = куратор и второй участник пары
quiz-limit = Сколько знаков можно написать
quiz-private = В ответе могут быть личные сведения: спрашивать там, где школа это разрешает

# Cards of the staff. $minutes: how long it takes. $who: a name. $when: a moment. $mark: 1-10. $total: points.
quiz-cards = Карты и самопроверки
quiz-cards-about = Их заполняют сотрудники. Участники и родители этих ответов не видят.
quiz-card-size = вопросов: { $count }, примерно { $minutes } мин
quiz-card-person = о каждом человеке отдельно
quiz-card-twice = два раза в год: до января и с февраля
quiz-card-done = Заполнено: { $who }, { $when }
quiz-card-done-mentor = Заполнено в чате: { $who }, наставник, { $when }
quiz-card-answers = Все ответы
quiz-card-mean = участники: в среднем { $mark } из 10 (ответили { $count })
quiz-card-save = Сохранить карту
quiz-needed = Нужен ответ на этот вопрос.
quiz-needed-mark = нужен ответ
quiz-choose-class = Класс
quiz-choose-show = Показать
quiz-choose-nobody = Здесь пока никого нет.
quiz-choose-other = выбрать другого человека
quiz-interview-elsewhere = Собеседование с кандидатом записывают в разделе «Отбор».
quiz-card-in-selection = записывают в разделе «Отбор»
quiz-conditions-optimal = { $total } из 18: оптимальный уровень.
quiz-conditions-fair = { $total } из 18: допустимый уровень.
quiz-conditions-poor = { $total } из 18: недостаточный уровень.
# $mean: of all marks. $count: of the staff who answered.
quiz-climate-school = Среднее по школе: { $mean } из 10, ответили { $count }.
quiz-climate-low = Среднее ниже 5. Начните с малого: дайте ученикам и родителям одно настоящее решение и выполните одно их предложение в этой четверти.
quiz-climate-fair = Среднее 5 и выше: школа ближе к сообществу, чем к иерархии.
quiz-swot-s = Сильные стороны
quiz-swot-w = Слабые стороны
quiz-swot-o = Возможности
quiz-swot-t = Угрозы

# «Кого имели в виду?»: for the curator.
quiz-wish-title = Кого имели в виду?
quiz-wish-about = На вопрос «Кого хочется в наставники?» отвечают своими словами. Где имя ясно, подбор учитывает его сам. Здесь – остальные: отметьте человека, и подбор это учтёт. Ответ участника не меняется. Его видят только кураторы.
quiz-wish-nothing = Все пожелания разобраны.
quiz-wish-who = Кто это
quiz-wish-one = Выберите из наставников этого года
quiz-wish-other = Или другой наставник
quiz-wish-how = Что сказано об этом человеке
quiz-wish-prefer = Хочет работать вместе
quiz-wish-avoid = Не хочет работать вместе
quiz-wish-nobody = Это не наставник программы
quiz-wish-choose = Отметьте, кого имели в виду, или нажмите «Это не наставник программы».
quiz-wish-unknown = Этого ответа больше нет.
quiz-wish-not-mentor = Выберите человека из наставников этого года.

# How a questionnaire was filled in.
quiz-method-chat = в мессенджере
quiz-method-web = на сайте
quiz-method-paper = на бумаге
# $count: questionnaires.
quiz-method-count-chat = в мессенджере: { $count }
quiz-method-count-web = на сайте: { $count }
quiz-method-count-paper = на бумаге: { $count }
# $how: the counts above, separated by commas.
quiz-methods = Заполнено { $how }

# The editor: branches, parts, what an answer is for.
quiz-shown-if = Показывать, если…
quiz-shown-if-about = Без условия вопрос задают всем. Условие – ответы на один из вопросов выше или отметка по шкале.
quiz-shown-if-answers = Выбран ответ
quiz-shown-if-ticks = Достаточно любого из отмеченных
quiz-shown-if-marks = Отметка по шкале или число
quiz-shown-if-which = Вопрос
quiz-shown-if-none = не зависит от отметки
quiz-shown-if-from = От (пусто – с наименьшей)
quiz-shown-if-to = До (пусто – по наибольшую)
quiz-reversed = Обратная шкала: 10 – это плохо
quiz-reversed-about = В сводке до и после отметка считается как 11 минус ответ.
quiz-is-reversed = обратная шкала
quiz-more = Короткое название и части
quiz-short = Короткое название
quiz-short-about = До 30 знаков. Если оно есть у всех вопросов, перед отправкой ответы показывают ещё раз, и любой можно изменить.
quiz-short-ty = Короткое название, на «ты»
quiz-short-en = Короткое название, по-английски
quiz-part = С этого вопроса начинается часть
quiz-part-about = Название части, например «Школа и я». Длинную анкету легче пройти по частям.
quiz-part-ty = Название части, на «ты»
quiz-part-en = Название части, по-английски
quiz-feeds = Для чего этот ответ
quiz-feeds-which = Куда идёт ответ
quiz-feeds-about = Отмечайте только то, о чём вопрос действительно спрашивает. Ничего не отмечено – ответ виден только в сводке по анкете.
quiz-feeds-match = Ответ учитывает подбор пар. Пока вопрос остаётся в анкете, это не меняется.
quiz-feed-escalation = Сообщить куратору, если ответили «Да»
quiz-feed-req = Карта запросов
quiz-feed-base5 = База: запрос или компетенции
quiz-feed-base6 = База: результаты
quiz-feed-base7 = База: интересы
quiz-feed-sat = Удовлетворённость
quiz-feed-pq = Качество организации
quiz-feed-safe = Доверие и безопасность
quiz-feed-eng = Включённость
quiz-feed-goal = Достижение цели
quiz-feed-sb = Хорошо ли в школе
quiz-feed-ax = Спокойствие и тревога
quiz-feed-fu = Своё будущее
quiz-feed-r1 = Результат 1: учёба и настроение
quiz-feed-r2 = Результат 2: интерес к учёбе
quiz-feed-r3 = Результат 3: конкурсы и олимпиады
quiz-feed-r4 = Результат 4: проекты
quiz-feed-r5 = Результат 5: навыки общения и лидерства
quiz-feed-r6 = Результат 6: увлечения
quiz-feed-r7 = Результат 7: выбор пути
quiz-feed-r8 = Результат 8: желание стать наставником
quiz-feed-swot-s = SWOT: сильные стороны
quiz-feed-swot-w = SWOT: слабые стороны

# What the data say beside a question. $part of $whole: counts. $count: people.
quiz-evidence-queue = по данным: с парой { $part } из { $whole } { $whole ->
    [one] наставляемого
   *[many] наставляемых
  }
quiz-evidence-meetings = по данным: состоялось { $part } из { $whole } { $whole ->
    [one] встречи
   *[many] встреч
  }
quiz-evidence-documents = по данным: все согласия есть у { $part } из { $whole } { $whole ->
    [one] участника
   *[many] участников
  }
quiz-evidence-responses = по данным: заполнено { $part } из { $whole } { $whole ->
    [one] отправленной анкеты
   *[many] отправленных анкет
  }
quiz-evidence-partners = по данным: наставников от партнёров – { $count }
quiz-card-revise = Новая редакция
quiz-card-revise-about = Вы уже заполнили эту карту. Если что-то изменилось, сделайте новую редакцию: прежняя останется в истории.
quiz-card-waits = карта ждёт
