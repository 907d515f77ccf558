# today.ftl - «Сегодня»: what waits for the school. For each kind: what waits, the button (do), what happens if nobody does anything (else).

today-help = Просьбы о помощи
today-do-help = Открыть
today-else-help = Если срочную просьбу никто не возьмёт, через { $minutes } мин. бот позовёт следующего взрослого. Обычное письмо ждёт только вас и психолога.

today-calls = Просьбы о помощи без ответа
today-do-calls = Открыть
today-else-calls = Каждое рабочее утро бот снова зовёт всех взрослых, пока кто-нибудь не возьмёт просьбу.

today-worries = Парам нужно внимание
today-do-worries = Разобрать
today-else-worries = Срок, в который школа отвечает, указан у каждой пары. Если причина пройдёт, строка закроется сама.

today-relay = Сообщения пар ждут просмотра
today-do-relay = Посмотреть
today-else-relay = Письмо не уходит адресату, пока вы не решите. Через { $days } дней после конца пары оно удалится.

today-takedown = Новости нужно снять с публикации
today-do-takedown = Снять
today-else-takedown = Запись остаётся видна: снять её может только человек.

today-consents = Участники ждут согласия
today-do-consents = Посмотреть
today-else-consents = Пока согласия нет, человека нельзя подобрать в пару. Сам бот второй раз не напомнит.

today-guardians = Родители ждут подтверждения
today-do-guardians = Подтвердить
today-else-guardians = Ответ родителя не действует, пока школа не подтвердит, кто он ребёнку.

today-differ = Родители решили по-разному
today-do-differ = Решить
today-else-differ = Пока не решено, ребёнок в программе не участвует.

today-groups = Группы: у кого-то нет согласия
today-do-groups = Посмотреть
today-else-groups = Человек вернётся в группу сам, когда появится согласие. Других сроков нет.

today-refused = Сказали «нет» участию
today-do-refused = Посмотреть
today-else-refused = Человек не участвует, но его место открыто. Закрыть его можете только вы.

today-withdrawn = Согласие отозвано, идёт срок удаления
today-do-withdrawn = Посмотреть
today-else-withdrawn = В день, который указан в списке, данные удалятся сами. До этого дня человек может вернуть согласие.

today-paused = На паузе: согласие закончилось или ждёт ответа
today-do-paused = Посмотреть
today-else-paused = Место сохраняется. Участие продолжится само, когда придут все согласия.

today-admission = Наставники ждут допуска
today-do-admission = Допустить
today-else-admission = Подбор не предлагает этих наставников, пока школа их не допустит.

today-selection = Наставники в парах, у которых истёк срок документа или проверки
today-do-selection = Проверить
today-else-selection = Пары продолжают встречаться, но новых пар этим наставникам подбор не предложит.

today-unreachable = Не доходят сообщения
today-do-unreachable = Кому позвонить
today-else-unreachable = Приглашения и напоминания до этих людей не доходят, они об этом не знают.

today-failures = Сообщения не отправлены
today-do-failures = Посмотреть
today-else-failures = Остановленные сообщения заново не уйдут. Остальные бот ещё пробует отправить.

today-twins = Похоже, это один человек
today-do-twins = Сравнить
today-else-twins = Приглашения и отчёты считают их двумя людьми.

today-wishes = Неясно, кого хотят в наставники
today-do-wishes = Уточнить
today-else-wishes = Подбор не учтёт это пожелание.

today-observation = Карты наблюдения о ваших учениках
today-do-observation = Заполнить
today-else-observation = Когда время наблюдений закончится, строка исчезнет, а карта останется пустой.

today-suggested = Пары ждут вашего решения
today-do-suggested = Разобрать
today-else-suggested = Участники ничего не узнают и ждут пару дальше.

today-approved = Пары одобрены, но ещё не объявлены
today-do-approved = Объявить
today-else-approved = Места у наставников заняты, но участники о паре не знают, пока вы её не объявите.

today-answers = Пары, где на согласование не ответили вовремя
today-do-answers = Решить
today-else-answers = Пара занимает место наставника и не встречается. Сама она начнётся, только если ответят обе стороны.

today-requests = Просьбы о паузе, замене или сроке
today-do-requests = Разобрать
today-else-requests = Всё остаётся как есть, человек ждёт ответа. Через { $days } учебных дня пара попадёт в «Парам нужно внимание».

today-declined = Пары, которые не подошли: нужен другой вариант
today-do-declined = Посмотреть
today-else-declined = Ученик снова ищет пару и ждёт нового подбора.

today-group-changes = Изменения состава групп, которые не получились в свой день
today-do-group-changes = Посмотреть
today-else-group-changes = Состав группы остаётся прежним.

today-pauses = Паузы, срок которых вышел
today-do-pauses = Посмотреть
today-else-pauses = Пара остаётся на паузе: встреч и напоминаний у неё нет.

today-due = Пары, у которых подошёл срок
today-do-due = Завершить или продлить
today-else-due = Пара продолжает работать: сама она не завершится.

today-plans = Программы пар ждут ознакомления
today-do-plans = Посмотреть
today-else-plans = Пара работает, но отметки «ознакомлен» в программе нет.

today-queue = Ждут пару больше двух недель
today-do-queue = Открыть очередь
today-else-queue = Человек остаётся без пары. Чем занять его пока, предлагаете вы: сам бот об этом не пишет.

today-meetings = Встречи, о которых никто не ответил
today-do-meetings = Посмотреть
today-else-meetings = Бот спросил обе стороны дважды и больше не спросит. В отчёт встреча не попадёт.

today-gathering = Общая встреча прошла: не отмечено, кто пришёл
today-do-gathering = Отметить
today-else-gathering = Встреча остаётся без отметки, кто пришёл: сама она не появится.

today-encounter-offers = Предлагают провести разовую встречу
today-do-encounter-offers = Решить
today-else-encounter-offers = Участники встречу не видят. Если её время пройдёт, разрешить её будет нельзя.

today-encounter-came = Разовые встречи: не отмечено, кто был
today-do-encounter-came = Отметить
today-else-encounter-came = Тех, кто был, бот не спросит, как прошло.

today-pool-questions = Вопросы и просьбы участников без ответа
today-do-pool-questions = Помочь
today-else-pool-questions = Ответить может и кто-то из наставников. Пока автор ждёт.

today-news-stopped = Новости по плану не вышли
today-do-news-stopped = Решить
# $said: titles, and in brackets who has not agreed to be shown.
today-else-news-stopped = { $said }. Сами они уже не выйдут: выберите новое время или оставьте черновиком.
today-stories = Участники предлагают новости
today-do-stories = Прочитать
today-else-stories = Автор ждёт ответа и не знает, выйдет ли рассказ.
today-ideas = { $n ->
    [one] Для новостей есть { $n } идея
    [few] Для новостей есть { $n } идеи
   *[many] Для новостей есть { $n } идей
 }.
today-ideas-open = Посмотреть идеи
today-news = Новости ждут публикации вручную
today-do-news = Опубликовать
today-else-news = На стене сообщества новости нет, пока вы её там не опубликуете.

today-do-look = Посмотреть

# $day: «15 сентября».
today-title = Сегодня, { $day }
today-decide = Нужно решить
today-what = Что и что будет, если ничего не делать
today-count = Сколько
today-oldest = Самое давнее
today-calm = Сегодня всё спокойно
today-calm-more = Решать ничего не нужно. Новое появится здесь само.
today-list = Список
today-file = Скачать
# $what: what waits.
today-file-whom = Скачать список: { $what }
today-remind = Напомнить
today-remind-whom = Напомнить: { $what }

today-week = Ближайшие семь дней
# $today, $n: meetings of today and of seven days.
today-week-meetings = { $n ->
    [0] Встреч пар пока не назначено.
    [one] { $n } встреча пар, сегодня – { $today }.
    [few] { $n } встречи пар, сегодня – { $today }.
   *[many] { $n } встреч пар, сегодня – { $today }.
}
today-week-open = Открыть неделю
today-week-events = События
today-week-closing = Закрываются анкеты
# $year: school year.
today-programme = Программа в { $year } учебном году
# $mentors, $mentees: people; $pairs: at work.
today-numbers = Наставников: { $mentors }. Наставляемых: { $mentees }. Пар и групп в работе: { $pairs }.

today-remind-title = Напомнить о согласии
# $n: people.
today-remind-count = { $n ->
    [one] Напоминание получит { $n } человек
    [few] Напоминание получат { $n } человека
   *[many] Напоминание получат { $n } человек
}
today-remind-how = Каждый прочитает в своём чате один из этих текстов с кнопкой для ответа. Сообщения уходят в вежливые часы; отозвать их после отправки нельзя.
today-remind-to-parents = Родителям, чей чат известен:
today-remind-to-own = Тем, кто ещё не ответил сам:
today-remind-to-pages = Ученикам, чей родитель ещё не писал:
today-remind-send = { $n ->
    [one] Отправить { $n } человеку
   *[other] Отправить { $n } людям
}
today-remind-not = Не отправлять
today-remind-nobody = Сейчас напоминать некому.
today-remind-unheard = Чата нет: { $n }
today-remind-unheard-how = Позвоните или дайте бланк на бумаге.
today-remind-paper = Ответы с бумаги
today-remind-school = Родитель ответил и ждёт подтверждения школы: { $n }
# $days: during which nobody is reminded again.
today-remind-lately = { $days ->
    [one] Напоминали за последний день: { $n }
    [few] Напоминали за последние { $days } дня: { $n }
   *[many] Напоминали за последние { $days } дней: { $n }
}

today-roadmap = Дорожная карта: срок прошёл
today-do-roadmap = Открыть карту
today-else-roadmap = Мероприятие так и останется просроченным и попадёт в отчёт директору. Отметьте его выполненным, перенесите или выберите «не проводим».

today-roadmap-soon = Дорожная карта: срок на этой неделе
today-do-roadmap-soon = Открыть карту
today-else-roadmap-soon = Само ничего не отметится: после срока мероприятие станет просроченным.

today-school-year = Учебный год пора завершить: столько мест ещё открыто
today-do-school-year = Открыть мастер нового года
today-else-school-year = Классы, пары и места останутся в прошлом году. Мастер переведёт их по шагам и ничего не сделает без вас.
today-partners = Соглашения с партнёрами заканчиваются
today-do-partners = Открыть партнёров
today-else-partners = Само соглашение не продлится. Впишите новый срок или уберите партнёра в архив.
