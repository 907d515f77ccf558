# quiz.ftl - questionnaires in the admin. The questions themselves are data (program/instruments_data).

# Refusals. $limit: of people on one side.
quiz-staff-only = Эту анкету заполняют сотрудники в кабинете: участникам её не отправляют.
quiz-closes-odd = Последний день должен быть не раньше сегодняшнего и не позже чем через 200 дней.
quiz-nobody = Спросить некого: под выбор никто не подходит, или все уже ответили.
quiz-one-form = Выберите одну форму наставничества: участники выбирают друг друга внутри неё.
quiz-both-sides = Отметьте и наставников, и наставляемых: они выбирают друг друга.
quiz-too-many-people = На одной стороне может быть не больше { $limit } человек: столько кнопок показывает мессенджер. Разделите встречу на группы.
quiz-no-draft = Черновика этой анкеты уже нет: его опубликовали или удалили.
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
quiz-wrong-two = Отметьте ответы только на один из вопросов выше.

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
quiz-chat-if = не всем: зависит от ответа выше
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
quiz-options-about = Не больше 10, каждый до 30 знаков. По-английски – после черты: «Да, часто | Yes, often».
quiz-limit-choices = Сколько можно выбрать (пусто – сколько угодно)
quiz-if-scale = Если шкала
quiz-low = Что значит 1
quiz-low-en = Что значит 1, по-английски
quiz-high = Что значит 10
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
quiz-shown-if = Задавать только тем, кто ответил
quiz-shown-if-about = Ничего не отмечено – значит, всем. Отмечайте ответы на один вопрос.

# Cards of the staff. $minutes: how long it takes. $who: a name. $when: a moment. $mark: 1-10. $total: points.
quiz-cards = Карты и самопроверки
quiz-cards-about = Их заполняют сотрудники. Участники и родители этих ответов не видят.
quiz-card-size = вопросов: { $count }, примерно { $minutes } мин
quiz-card-person = о каждом человеке отдельно
quiz-card-twice = два раза в год: до января и с февраля
quiz-card-done = Заполнено: { $who }, { $when }
quiz-card-done-mentor = Заполнено в чате: { $who }, наставник, { $when }
quiz-card-answers = Все ответы
quiz-card-mean = участники: { $mark } (ответили { $count })
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
