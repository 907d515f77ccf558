# frame.ftl - what stands around every page of the admin: the menu with its tabs, search, help, the foot.
frame-nav-quizzes = Анкеты
frame-nav-documents = Документы
# The row of pages under a word of the menu. $word: the word.
frame-tabs = Страницы раздела «{ $word }»
# On a phone the row is folded. $tab: the open page; $n: how many others.
frame-tabs-more = { $tab } · ещё { $n ->
    [one] { $n } страница
    [few] { $n } страницы
   *[many] { $n } страниц
}

frame-tab-today = Сегодня
frame-tab-week = Неделя
frame-tab-help = Просьбы о помощи
frame-tab-care = Кому нужна поддержка
frame-tab-calls = Просьбы без ответа

frame-tab-people = Список
frame-tab-consents = Согласия
frame-tab-confirmations = Ждут подтверждения
frame-tab-roster = Загрузить список
frame-tab-invitations = Приглашения
frame-tab-cards = Карточки с QR-кодами
frame-tab-selection = Отбор наставников

frame-tab-quizzes = Анкеты
frame-tab-polls = Что спрашивается само
frame-tab-comparison = До и после
frame-tab-pulse = Пульс пар
frame-tab-staff-cards = Карты и самопроверки

frame-tab-matching = Подбор
frame-tab-announce = Объявить пары
frame-tab-wishes = Кого имели в виду
frame-tab-rejected = Больше не предлагаем
frame-tab-fairness = Справедливость
frame-tab-runs = Все подборы
frame-tab-rules = Правила подбора

frame-tab-pairs = Все пары
frame-tab-worries = Парам нужно внимание
frame-tab-queue = Очередь без пары
frame-tab-plans = Программы
frame-tab-relay = Переписка пар

frame-tab-meetings = Встречи пар
frame-tab-gatherings = Общие встречи
frame-tab-encounters = Разовые встречи
frame-tab-pool-questions = Вопросы наставникам

frame-tab-news = Новости
frame-tab-stories = Рассказы участников
frame-tab-takedowns = Снять с публикации
frame-tab-mailings = Рассылки
frame-tab-messages = Сообщения

frame-tab-reports = Отчёты
frame-tab-years = Учебный год
frame-tab-export = Выгрузка всего
frame-tab-town-own = Для муниципалитета
frame-tab-town = Своды и файлы школ
frame-tab-site = Страница для сайта

frame-tab-documents = Документы
frame-tab-pack = Всё одним архивом
frame-tab-awards = Благодарности
frame-tab-templates = Шаблоны
frame-tab-roadmap = Дорожная карта
frame-tab-partners = Партнёры
frame-tab-materials = Материалы
frame-tab-directories = Справочники

frame-tab-settings = Школа
frame-tab-time = Время школы
frame-tab-users = Доступ
frame-tab-ages = Возраст участников
frame-tab-channels = Каналы
frame-tab-upkeep = Поломки и копии
frame-tab-nudges = Напоминания
frame-tab-help-rules = Кого зовут на помощь
frame-tab-relay-rules = Правила переписки

frame-tab-journal = Журнал изменений
frame-tab-acts = Акты об удалении

# Pages that stand in no row of tabs.
frame-page-news-new = Написать новость
frame-page-gathering-new = Назначить общую встречу
frame-page-encounter-new = Назначить разовую встречу
frame-page-paper = Внести заявление с бумаги
frame-page-twins = Один человек записан дважды
frame-page-training = Подготовка наставников
frame-page-group = Собрать группу
frame-page-release = Что нового

# The search that stands on every page.
frame-find = Найти человека, пару, страницу
frame-find-key = Найти человека, пару, страницу (Ctrl+K)
frame-find-title = Поиск
frame-find-words = Что найти
frame-find-do = Найти
frame-find-hint = Часть фамилии или имени, класс, номер телефона или слово из названия страницы. Большие буквы, «е» вместо «ё» и порядок слов не важны.
frame-find-people = Люди
frame-find-pairs = Пары и группы
frame-find-pages = Страницы
# $words: what was typed.
frame-find-nothing = По словам «{ $words }» ничего не нашлось. Попробуйте часть фамилии или другое слово.
frame-find-more = Показаны не все. Добавьте имя или класс, чтобы найти точнее.
# Said aloud while somebody types. $n: how many were found.
frame-find-count = { $n ->
    [0] Ничего не нашлось.
    [one] Нашлось: { $n }. Стрелка вниз – перейти к списку.
   *[other] Нашлось: { $n }. Стрелка вниз – перейти к списку.
}

# The link to help, in the same place on every page, and the foot.
frame-manual = Как пользоваться
frame-foot = «Наставник» · данные хранятся на компьютере школы
# $version: of the programme.
frame-version = Версия { $version }

# Other words by which somebody may look for a page. Read by the search only.
frame-words-today = начало главная решить дела очередь задачи
frame-words-week = сводка неделя цифры итоги
frame-words-help = беда опасность буллинг тревога срочно психолог
frame-words-care = психолог заметки поддержка
frame-words-calls = беда срочно не ответили
frame-words-people = ученики учителя наставники наставляемые родители дети педагоги список классы контакты телефоны
frame-words-consents = родители персональные данные разрешение фото 152-фз
frame-words-confirmations = родители законные представители опекуны
frame-words-roster = импорт загрузка эксель таблица excel csv класс файл
frame-words-invitations = qr код ссылка плакат пригласить карточки
frame-words-card-sheets = qr код печать приглашения
frame-words-paper = бумага бланк заявление анкета
frame-words-twins = двойники дубли повтор объединить
frame-words-selection = кандидаты собеседование справка требования отбор
frame-words-training = обучение школа наставника подготовка
frame-words-quizzes = опросы вопросы ответы анкетирование диагностика
frame-words-polls = опросы расписание сами автоматически рассылка
frame-words-comparison = сравнение результат эффект вход выход
frame-words-pulse = настроение оценки опрос
frame-words-staff-cards = наблюдение карта педагог самопроверка самоанализ
frame-words-matching = подобрать предложения одобрить баллы совпадение пересчитать
frame-words-announce = сообщить объявление отправить
frame-words-wishes = желания хочет просил имя пожелания
frame-words-matching-rejected = отклонённые запрет отказ
frame-words-matching-fairness = равенство шансы
frame-words-matching-runs = история расчёт пересчёт
frame-words-matching-rules = веса критерии условия
frame-words-group = группа несколько учеников
frame-words-pairs = наставничество закрепление работают
frame-words-worries = молчат тревожные риск светофор внимание
frame-words-queue = ждут ожидание без наставника
frame-words-plans = индивидуальный план ипр программа цели
frame-words-relay = письма сообщения чат переписка
frame-words-meetings = календарь расписание занятия встречи
frame-words-gatherings = мероприятия сборы собрания общие событие
frame-words-gathering-new = мероприятие сбор собрание
frame-words-encounters = флэш экспресс разовые скорые знакомства
frame-words-encounter-new = флэш разовая знакомство
frame-words-pool-questions = спросить совет вопрос
frame-words-news = публикация вконтакте стена пост запись
frame-words-news-new = публикация вконтакте пост добавить
frame-words-news-stories = рассказ история предложение письмо
frame-words-news-takedowns = удалить убрать фото отзыв согласия
frame-words-messages = рассылки не дошло доставка отправлено бот
frame-words-site = сайт публичная страница цифры рамка код
frame-words-school-numbers = муниципалитет школы сравнить сводка
frame-words-reports = отчёт статистика цифры выгрузка графики
frame-words-documents = приказ положение бумаги шаблоны согласия сертификаты бланки печать
frame-words-awards = сертификат грамота благодарственное письмо поощрение наградить код проверки
frame-words-templates = шаблон бланк свой документ docx word поля образец
frame-words-roadmap = план график этапы мероприятия ответственные сроки
frame-words-partners = организации колледж вуз предприятие договор соглашение
frame-words-materials = идеи игры методички
frame-words-directories = списки слова причины формы модели
frame-words-settings = школа учебный год название каналы вконтакте телеграм бот сроки
frame-words-channels = телеграм вконтакте бот стена команды описание подключить настроить вк
frame-words-upkeep = телеграм вконтакте бот копия резервная восстановить связь не работает
frame-words-account = пароль вход профиль код устройства
frame-words-release = обновление версия изменения
frame-words-school-time = тихие часы звонки уроки каникулы выходные часовой пояс расписание
frame-words-users = сотрудники пароль роли права войти учётные записи логин
frame-words-ages = возраст допуск классы
frame-words-nudges = напомнить подсказки советы
frame-words-help-rules = телефон доверия дежурный взрослые
frame-words-relay-rules = письма правила проверка слова
frame-words-journal = кто изменил история действия аудит
frame-words-deletion-acts = удаление уничтожение акт персональные данные
frame-words-manual = помощь справка инструкция руководство клавиши
