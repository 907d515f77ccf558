# privacy.ftl - «Мои данные»: what is known, who sees it, corrections, taking back, erasure. $child: first name, or none.

privacy-whom = О ком речь?
privacy-me = Обо мне
privacy-not-yours = Эти данные показываем только самому человеку и подтверждённому родителю. Вопросы можно задать куратору.
privacy-say-who = Сначала нажмите «Хочу участвовать» и ответьте, вы ли это: ссылка могла попасть к другому человеку. Данные покажем после этого.
    .ty = Сначала нажми «Хочу участвовать» и ответь, ты ли это: ссылка могла попасть к другому человеку. Данные покажем после этого.
privacy-visitor = Пока школа знает только адрес этого чата. Если за 7 дней вы не вступите в программу, он удалится сам.
# $name: short name; $class: or -; $born, $phone, $email: yes or no.
privacy-known = { $child ->
    [none] Что знает школа. Имя: { $name }. Класс: { $class }.
   *[other] Что школа знает о ребёнке: { $name }. Класс: { $class }.
 } Дата рождения: { $born ->
    [yes] записана
   *[no] нет
 }. Телефон: { $phone ->
    [yes] записан
   *[no] нет
 }. Почта: { $email ->
    [yes] записана
   *[no] нет
 }.
# $answered, $meetings, $asked: counts.
privacy-counts = Заполнено анкет: { $answered }. Состоявшихся встреч: { $meetings }. Сообщений куратору: { $asked }.
privacy-consent-line = { $kind }: { $state }
privacy-consent-line-until = { $kind }: { $state }, до { $day }
privacy-state-not_requested = не спрашивали
privacy-state-waiting = ждёт ответа или подтверждения школы
privacy-state-given = действует
# After leaving, while the clock of deletion runs.
privacy-state-kept = только до удаления данных
privacy-state-stopped = остановлено вместе с участием
privacy-state-refused = отказ
privacy-state-withdrawn = отозвано
privacy-state-expired = срок вышел
# $until: a date, or none.
privacy-until = { $until ->
    [none] Хранится, пока идёт участие, и ещё 30 дней после конца учебного года.
   *[other] Данные будут удалены: { $until }.
 }
privacy-who-button = Кто видит данные
privacy-download-button = Скачать всё файлом
privacy-fix-button = Исправить
privacy-withdraw-button = Отозвать согласие
privacy-erase-button = Удалить данные
# $curator: name.
privacy-who = Данные видят куратор ({ $curator }), директор и психолог школы. Классный руководитель видит свой класс. Оценки из анкет и слова просьб о помощи читают только куратор и психолог.
    .ty = Данные видят куратор ({ $curator }), директор и психолог школы. Классный руководитель видит свой класс. Оценки из анкет и слова просьб о помощи читают только куратор и психолог. Родители видят, что анкета заполнена, но не ответы, и когда назначены встречи.
privacy-who-pair = Ваша пара видит имя, класс, запрос, интересы, план и дневник встреч. Телефона и анкет она не видит. Пожелание к плану и слова об итоге читают наставник и куратор. Другим участникам группы они и цели не видны.
    .ty = Твоя пара видит имя, класс, запрос, интересы, план и дневник встреч. Телефона и анкет она не видит. Пожелание к плану и слова об итоге читают наставник, куратор и родители. Другим участникам группы они и цели не видны.
privacy-who-letters = Переписку через бота в школе может прочитать куратор. Психолог – только если что-то встревожило. Каждое чтение записывается.
privacy-who-child = Данные ребёнка видят куратор ({ $curator }), директор и психолог школы. Классный руководитель видит свой класс. Оценки из анкет и слова просьб о помощи читают только куратор и психолог. Вы видите, какие анкеты заполнены, но не ответы: это разговор ребёнка со школой.
privacy-who-child-pair = Пара ребёнка видит имя, класс, запрос, интересы, план и дневник встреч. Пожелание к плану и слова об итоге читают наставник, куратор и вы. Другим детям группы они и цели не видны.

# Correcting.
privacy-fix-what = Что исправить?
privacy-fix-phone = Телефон
privacy-fix-email = Электронную почту
privacy-fix-other = Другое
privacy-fix-new-phone = Новый номер телефона? Пример: +7 900 000-00-00.
privacy-fix-new-email = Новый адрес почты? Пример: imya@example.ru.
privacy-fix-words = Напишите, что исправить и как правильно. Это прочитает куратор.
    .ty = Напиши, что исправить и как правильно. Это прочитает куратор.
privacy-email-unclear = Не похоже на адрес почты. Пример: imya@example.ru.
privacy-fixed = Готово, записано.
privacy-fix-sent = Передано куратору. Он исправит и ответит.
# For the curator, in Russian. $child: first name, or none.
privacy-fix-card = { $child ->
    [none] Просьба исправить данные: { $words }
   *[other] Просьба исправить данные ребёнка ({ $child }): { $words }
 }

# Taking a consent back.
privacy-withdraw-nothing = Отзывать нечего: действующих согласий нет.
privacy-withdraw-what = { $child ->
    [none] Что отозвать?
   *[other] { $child }: что отозвать?
 }
privacy-withdraw-all = Участие и данные
privacy-withdraw-participation = Участие в программе
privacy-withdraw-publication = Только фото и отзывы
privacy-withdraw-messenger = Только мессенджер
privacy-keep = Ничего не менять
privacy-withdraw-sure-all = Сразу прекратятся все сообщения и встречи, пара закончит работу. Через 30 дней данные удалятся; до этого согласие можно вернуть. На учёбу и оценки это не влияет.
privacy-withdraw-sure-publication = Новых фотографий и отзывов не будет, куратор уберёт опубликованные. Участие продолжается.
privacy-withdraw-sure-messenger = В мессенджер больше не пишем: всё будет в чате на сайте школы. Участие продолжается.
privacy-withdraw-do = Отозвать согласие
privacy-withdrawn-all = Согласие отозвано. Сообщений и встреч больше не будет. Данные удалятся { $day }. Если передумаете, согласие можно вернуть.
    .ty = Согласие отозвано. Сообщений и встреч больше не будет. Данные удалятся { $day }. Если передумаешь, согласие можно вернуть.
privacy-withdrawn-part = Согласие отозвано. Остальное — без изменений.
privacy-kept = Хорошо, всё остаётся как есть.

# Erasure.
privacy-erase-first = { $child ->
    [none] Удалятся имя, телефон, переписка и всё, что написано словами. Останутся только числа без имени. Участие остановится сразу, данные удалятся через 10 дней.
   *[other] { $child }: удалятся имя, телефон, переписка и всё, что написано словами. Останутся только числа без имени. Участие остановится сразу, данные удалятся через 10 дней.
 }
privacy-erase-go-on = Продолжить
privacy-erase-sure = Потом вернуть данные будет нельзя. Удалить?
privacy-erase-do = Да, удалить данные
privacy-erase-asked = Записано. Участие остановлено, данные удалятся { $day }. До этого дня можно передумать.
# To a pupil below 14, who does not have data destroyed alone. $knows: both (parents and curator), or curator.
privacy-erase-child = Удалить данные насовсем могут только взрослые. Передать просьбу родителям и куратору? Остановить участие можно и без них: «Мои данные», «Отозвать согласие».
privacy-erase-pass = Передать просьбу
privacy-erase-passed = { $knows ->
    [both] Просьба передана родителям и куратору. Что решат, скажет взрослый. Пока всё остаётся как есть.
   *[curator] Просьба передана куратору, он поговорит с родителями. Пока всё остаётся как есть.
 }
# For the curator, in Russian.
privacy-erase-card = Просьба удалить данные. Ученику нет 14 лет: решает родитель или опекун. Подтверждённым родителям бот написал; если их нет, свяжитесь с семьёй.

# In place of a bubble in somebody else’s chat.
privacy-bubble-erased = Сообщение удалено: в нём были данные человека, которых школа больше не хранит.

# The page /my-data/<token> and the file.
privacy-page-title = Данные файлом
privacy-page-lead = { $name }. Здесь всё, что хранит программа. Ссылка работает до { $until } и только для вас: не пересылайте её.
privacy-page-button = Скачать архив
privacy-page-what = В архиве: страница для чтения, таблица и файл для программ (JSON).
privacy-file-title = Что хранит о вас программа наставничества
privacy-file-child = Что хранит программа наставничества о ребёнке
privacy-file-child-note = Ответы ребёнка в анкетах и его письма куратору не показываются: это разговор ребёнка со школой. Видно только, что анкета заполнена.
privacy-section-person = Человек
privacy-section-channels = Где вы с нами на связи
privacy-section-places = Участие
privacy-section-consents = Согласия
privacy-section-questionnaires = Анкеты
privacy-section-pairs = Пары и группы
privacy-section-plans = План, цель, достижения
privacy-section-ideas = Идеи, взятые для встреч
privacy-section-meetings = Встречи
privacy-section-gatherings = Общие встречи программы
privacy-section-diary = Дневник встреч
privacy-section-encounters = Разовые встречи
privacy-section-questions = Вопросы и ответы
privacy-section-requests = Обращения к куратору
privacy-section-awards = Благодарности и сертификаты
privacy-section-partners = Партнёры школы
privacy-partner-of = Вы пришли в программу от партнёра
privacy-partner-contact = Вы — контактное лицо партнёра «{ $name }»
privacy-section-training = Обучение и допуск
privacy-section-selection = Собеседования
privacy-section-asked = Ответы и просьбы о паре
privacy-section-year = Ответы о новом учебном годе
privacy-section-letters = Мои слова в переписке пары
privacy-section-messages = Сообщения программы
privacy-section-left-out = Чего в файле нет
privacy-section-guardians = Родители и дети
privacy-field-name = Имя
privacy-field-cases = Имя в падежах, как записала школа
privacy-field-born = Дата рождения
privacy-field-gender = Пол
privacy-gender-female = женский
privacy-gender-male = мужской
privacy-field-mentor = Просьба о наставнике
privacy-same-gender = того же пола
privacy-field-class = Класс
privacy-field-position = Должность
privacy-field-workplace = Место работы или учёбы
privacy-field-phone = Телефон
privacy-field-email = Почта
privacy-field-language = Язык
privacy-field-joined = В программе с
privacy-field-erase = Будет удалено
privacy-filled-on = заполнена { $day }
privacy-filled-anonymous = участие отмечено; ответы хранятся без имён, какие из них чьи, неизвестно
privacy-filled-paper = с бумаги
# $day: a date.
privacy-interview = Собеседование { $day }
privacy-interview-admit = допуск
privacy-interview-reserve = резерв
privacy-interview-refuse = отказ
privacy-criterion-motivation = Мотивация
privacy-criterion-respect = Доброжелательность и уважение
privacy-criterion-listening = Умение слушать
privacy-criterion-steadiness = Устойчивость в трудной ситуации
privacy-criterion-responsibility = Ответственность и время
privacy-criterion-experience = Опыт по запросам
privacy-criterion-boundaries = Понимание границ роли
privacy-criterion-learning = Готовность учиться
privacy-left-notes = Заметки тех, кто проводил собеседование
privacy-left-impressions = Слова других людей, сказанные куратору по секрету
privacy-left-letters = Сообщения, которые другие люди писали вам в переписке
privacy-left-staff-cards = Карты наблюдения сотрудников школы
privacy-left-care-notes = Закрытые заметки психолога школы, если они есть
privacy-left-journal = Журнал действий сотрудников
privacy-left-why = В них есть данные других людей (152-ФЗ, статья 14, часть 8). Что в них относится к вам, расскажет куратор.
    .ty = В них есть данные других людей (152-ФЗ, статья 14, часть 8). Что в них относится к тебе, расскажет куратор.
privacy-withdrawn-line = { $kind }: отозвано { $day }
privacy-given-line = { $kind }: дано { $day }
privacy-refused-line = { $kind }: отказ { $day }

# Published news that show or name the person. $titles: in quotation marks; $more: how many are not named.
privacy-news = Снимки и имя в новостях: { $titles }{ $more ->
    [0] .
   *[other]  и ещё { $more }.
 }
privacy-news-out = опубликовано
privacy-news-leaving = школа убирает эту новость
privacy-news-gone = школа убрала эту новость
privacy-section-news = Новости
privacy-section-stories = Рассказы для новостей
