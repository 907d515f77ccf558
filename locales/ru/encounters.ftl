# encounters.ftl - meetings outside of pairs: one-off, events of rounds, trial meetings, questions to mentors.
# $when: the school's clock. $who: a sentence about who leads. $where: a sentence about the place.

encounters-event = Разовая встреча
encounters-title = Разовые встречи
encounters-which = Разовые встречи и вопросы. Что выбрать?
encounters-part-signup = Записаться на встречу
encounters-part-mine = Мои записи
encounters-part-question = Задать вопрос
encounters-part-request = Нужна одна встреча
encounters-part-talks = Мои вопросы и ответы
encounters-part-topics = Отвечать на вопросы
encounters-part-offer = Предложить тему
encounters-later = Разовые встречи откроются, когда заявка и согласие будут у школы. Если это уже так, напишите куратору.
    .ty = Разовые встречи откроются, когда заявка и согласие будут у школы. Если это уже так, напиши куратору.
encounters-list = Какие есть встречи
encounters-none = Сейчас открытых встреч нет. Можно попросить об одной встрече на этой неделе.
encounters-choose = На какую встречу записаться?
encounters-button = { $when } – { $topic }
encounters-card =
    «{ $topic }»
    { $when }, { $minutes } мин.
    { $who }
    { $where }
encounters-host = Ведёт { $name }.
encounters-host-you = Встречу ведёте вы.
    .ty = Встречу ведёшь ты.
encounters-host-school = Встречу проводит школа.
encounters-with = С кем: { $names }.
encounters-online-later = Онлайн, ссылка придёт позже.
encounters-place-later = О месте сообщат отдельно.
encounters-free = { $count ->
    [one] Свободно { $count } место.
    [few] Свободно { $count } места.
   *[many] Свободно { $count } мест.
}
encounters-full = Мест пока нет. Можно встать в очередь: если место освободится, придёт сообщение.
encounters-sign-up = Записаться
encounters-wait = Встать в очередь
encounters-sure = Записаться?
encounters-yes = Да
encounters-no = Пока нет
encounters-another-time = Хорошо. Записаться можно в любой момент до начала.
encounters-signed-up = Готово, место за вами. Напомню заранее. Если планы изменятся, нажмите «Не смогу», причину объяснять не нужно.
    .ty = Готово, место за тобой. Напомню заранее. Если планы изменятся, нажми «Не смогу», причину объяснять не нужно.
encounters-in-queue = Вы в очереди. Если место освободится, придёт сообщение.
    .ty = Место в очереди за тобой. Если освободится место на встрече, придёт сообщение.
encounters-waiting-already = Вы уже в очереди на эту встречу.
    .ty = Место в очереди на эту встречу уже за тобой.
encounters-seat-came =
    Освободилось место, и теперь оно ваше: «{ $topic }».
    { $when }, { $minutes } мин.
    { $who }
    { $where }
    Если уже не получается, нажмите «Не смогу».
    .ty =
        Освободилось место, и теперь оно твоё: «{ $topic }».
        { $when }, { $minutes } мин.
        { $who }
        { $where }
        Если уже не получается, нажми «Не смогу».
encounters-coming =
    «{ $topic }»: { $when }, { $minutes } мин.
    { $who }
    { $where }
encounters-soon =
    Напоминание: «{ $topic }», { $when }.
    { $who }
    { $where }
encounters-you-lead =
    Куратор просит вас провести встречу: «{ $topic }».
    { $when }, { $minutes } мин.
    { $where }
    Запись открыта. Если не получается, нажмите «Не смогу».
    .ty =
        Куратор просит тебя провести встречу: «{ $topic }».
        { $when }, { $minutes } мин.
        { $where }
        Запись открыта. Если не получается, нажми «Не смогу».
encounters-mine-none = Записей на разовые встречи пока нет.
encounters-mine-proposed =
    Ваше предложение у куратора: «{ $topic }».
    { $when }, { $minutes } мин.
    { $where }
    .ty =
        Твоё предложение у куратора: «{ $topic }».
        { $when }, { $minutes } мин.
        { $where }
encounters-mine-waiting =
    Вы в очереди: «{ $topic }».
    { $when }, { $minutes } мин.
    { $who }
    .ty =
        Место в очереди: «{ $topic }».
        { $when }, { $minutes } мин.
        { $who }
encounters-leave-sure = Отменить запись: «{ $topic }», { $when }? Причину объяснять не нужно.
encounters-leave-all = Отменить встречу для всех: «{ $topic }», { $when }? Причину объяснять не нужно.
encounters-leave-yes = Да, отменить
encounters-leave-no = Оставить
encounters-left = Готово, отменено. Так бывает.
encounters-left-before = Это уже отменено.
encounters-changed = Изменения во встрече «{ $topic }».
encounters-changed-topic = Тема теперь такая: «{ $now }». Прежняя: «{ $was }».
encounters-changed-time = Новое время: { $now }. Прежнее: { $was }.
encounters-changed-where = { $now }
encounters-changed-about = { $now }
encounters-span = { $when }, { $minutes } мин
encounters-called-off = Встречи не будет: «{ $topic }», { $when }. Планы изменились, так бывает.

# Offering a topic.
encounters-offer-topic = О чём встреча? Одной фразой, например «Как выбрать профессию».
encounters-offer-topic-adults = О чём можно рассказать учителям? Одной фразой, например «Монтаж коротких видео».
encounters-offer-about = Можно добавить пару слов: для кого, что взять с собой. Или пропустите.
    .ty = Можно добавить пару слов: для кого, что взять с собой. Или пропусти.
encounters-day = В какой день?
encounters-format = Как пройдёт встреча?
encounters-place = Где? Напишите место, например «Кабинет 214». Или пропустите.
    .ty = Где? Напиши место, например «Кабинет 214». Или пропусти.
encounters-offer-seats = Сколько человек может прийти?
encounters-offer-whom = Для кого эта встреча?
encounters-whom-all = Для всех
encounters-whom-pupil = Для учеников
encounters-whom-teacher = Для учителей
encounters-offer-check = Проверьте. Сначала это увидит куратор.
    .ty = Проверь. Сначала это увидит куратор.
encounters-offered = Отправлено куратору. Когда он откроет запись, придёт сообщение.
encounters-offer-open = Запись на вашу встречу открыта: «{ $topic }».
    .ty = Запись на твою встречу открыта: «{ $topic }».
encounters-offer-not = Встреча «{ $topic }» пока не состоится. Куратор подскажет, как лучше сделать.
encounters-row-topic = Тема
encounters-row-about = Подробнее
encounters-row-day = День
encounters-row-time = Время
encounters-row-seats = Мест
encounters-row-whom = Для кого
encounters-row-question = Вопрос
encounters-row-request = Просьба

# An event of rounds.
encounters-wishes = С кем хотелось бы поговорить? Можно выбрать до { $count }. Имена увидит только школа.
encounters-wishes-later = Кто ведёт беседы, станет известно позже.
encounters-wishes-kept = Записано. Что получится, постараемся учесть.
encounters-card-head =
    «{ $topic }», { $when }. Ваша карточка:
    .ty = «{ $topic }», { $when }. Твоя карточка:
encounters-card-line = { $number }-й круг: стол { $table }, { $name }
encounters-card-rest = { $number }-й круг: отдых

# Afterwards.
encounters-who-came-ask = Встреча «{ $topic }», { $when }. Кто был?
encounters-who-came-do = Отметить
encounters-who-came = «{ $topic }». Отметьте, кто был. Если никого, пропустите.
    .ty = «{ $topic }». Отметь, кто был. Если никого, пропусти.
encounters-came-kept = Записано, спасибо.
encounters-ask-feedback = Встреча «{ $topic }», { $when }. Как всё прошло? Несколько коротких вопросов.
encounters-ask-words = Встреча «{ $topic }», { $when }. { $who } Пара вопросов о том, с кем удалось поговорить. Ответы увидит только куратор.
encounters-feedback-about = «{ $topic }», { $when }.
encounters-met = Встреча состоялась? С кем: { $name }.
encounters-met-yes = Да
encounters-met-no = Нет
encounters-not-met = Так бывает. Если хотите другое время, напишите куратору.
    .ty = Так бывает. Если хочется выбрать другое время, напиши куратору.
encounters-words-intro = Ответы увидит только куратор. Тем, о ком вы отвечаете, их не покажут.
    .ty = Ответы увидит только куратор. Тем, о ком ты отвечаешь, их не покажут.
encounters-word = { $name }: хотелось бы работать вместе?
encounters-word-prefer = Да, хотелось бы
encounters-word-neutral = Можно, если так решат
encounters-word-avoid = Лучше с кем-то другим
encounters-words-kept = Спасибо, записано.

# Trial meetings.
encounters-trial-topic = Знакомство
encounters-trial =
    Куратор предлагает познакомиться: { $when }, { $minutes } мин.
    { $who }
    { $where }
    Это просто разговор, он ни к чему не обязывает. Если не получается, нажмите «Не смогу».
    .ty =
        Куратор предлагает познакомиться: { $when }, { $minutes } мин.
        { $who }
        { $where }
        Это просто разговор, он ни к чему не обязывает. Если не получается, нажми «Не смогу».

# Topics: the same as in the questionnaires.
encounters-topic-study = Учёба по предмету
encounters-topic-exam = Олимпиада или экзамен
encounters-topic-project = Проект
encounters-topic-friends = Общение и дружба
encounters-topic-adapt = Новая школа или класс
encounters-topic-career = Выбор профессии
encounters-topic-art-sport = Творчество и спорт
encounters-topic-confidence = Уверенность в себе
encounters-topic-digital = Цифровые навыки
encounters-topic-talk = Просто поговорить

# Questions and requests.
encounters-ask-question-topic = О чём вопрос?
encounters-ask-request-topic = С чем нужна помощь?
encounters-ask-question-words = Напишите вопрос, до { $limit } знаков. Ответит кто-то из тех, кому близка эта тема: фамилию и контакты не увидит. Куратор видит переписку.
    .ty = Напиши вопрос, до { $limit } знаков. Ответит кто-то из наставников: фамилию и контакты не увидит. Куратор видит переписку.
encounters-ask-request-words = Напишите, какая помощь нужна и когда удобно на этой неделе, до { $limit } знаков.
    .ty = Напиши, какая помощь нужна и когда удобно на этой неделе, до { $limit } знаков.
encounters-ask-check = Проверьте перед отправкой.
    .ty = Проверь перед отправкой.
encounters-question-sent = Вопрос отправлен. Ответ придёт сюда. Если за три дня никто не ответит, поможет куратор.
encounters-question-waits = Вопрос принят. По этой теме сейчас никто не дежурит, его увидит куратор.
encounters-request-sent = Просьба отправлена. Когда найдётся время и человек, сообщение придёт сюда. Куратор тоже её видит.
encounters-pupil = { $name }, { $grade } класс
encounters-question-new =
    { $kind ->
        [request] Нужна одна встреча
       *[question] Новый вопрос
    }: { $topic }. Пишет { $name }.
encounters-question-for-you =
    Куратор просит вас помочь: { $topic }. Пишет { $name }.
    .ty = Куратор просит тебя помочь: { $topic }. Пишет { $name }.
encounters-take = Помогу
encounters-taken-by-you = Спасибо! Теперь это у вас.
    .ty = Спасибо! Теперь это у тебя.
encounters-answer = Ответить
encounters-answer-words = Напишите ответ. Его прочитают тот, кто спросил, и куратор. Без телефонов и ссылок.
    .ty = Напиши ответ. Его прочитают тот, кто спросил, и куратор. Без телефонов и ссылок.
encounters-answer-sent = Ответ отправлен. Спасибо!
encounters-question-answer =
    Вам отвечает { $name }:
    { $words }
    .ty =
        Тебе отвечает { $name }:
        { $words }
encounters-question-more =
    Пишет { $name }:
    { $words }
encounters-ask-more = Уточнить
encounters-settled = Спасибо, всё понятно
encounters-more-words = Что уточнить? До 600 знаков.
encounters-kept-safe = Другим участникам эти слова не ушли: их прочитают только взрослые школы.
encounters-more-sent = Отправлено. Ответ придёт сюда.
encounters-question-done = Хорошо, вопрос закрыт.
encounters-give-back = Не успеваю
encounters-given-back = Хорошо. Ответит кто-то другой.
encounters-offer-time = Предложить время
encounters-meet-check = Проверьте. Это увидит { $name }.
    .ty = Проверь. Это увидит { $name }.
encounters-meet-made = Встреча назначена, сообщение отправлено. Напомню заранее.
encounters-request-met =
    Нашёлся человек и время: { $when }, { $minutes } мин.
    { $who }
    { $where }
    Если не получается, нажмите «Не смогу».
    .ty =
        Нашёлся человек и время: { $when }, { $minutes } мин.
        { $who }
        { $where }
        Если не получается, нажми «Не смогу».
encounters-school = куратор
encounters-topics = По каким темам присылать вам вопросы? Если сейчас не время, пропустите.
    .ty = По каким темам присылать тебе вопросы? Если сейчас не время, пропусти.
encounters-topics-adults = По каким темам присылать вам вопросы взрослых? Если сейчас не время, пропустите.
    .ty = Учителя тоже задают вопросы. По каким темам их присылать тебе? Если сейчас не время, пропусти.
encounters-topics-kept = Записано. Вопросы по этим темам будут приходить сюда. Отвечать можно, когда удобно.
encounters-topics-none = Хорошо, вопросы приходить не будут.
encounters-talks = Какой вопрос открыть?
encounters-talks-none = Открытых вопросов нет.
encounters-talk-label = { $day } – { $topic }
encounters-talk-head = { $topic }
encounters-talk-you =
    Вы: { $words }
    .ty = Ты: { $words }
encounters-talk-other = { $name }: { $words }
encounters-talk-open = Ответа пока нет.
encounters-talk-taken = Ответ готовят.
encounters-talk-answered = Ответ есть. Можно уточнить или закрыть вопрос.

# Refusals: what is so, and what to do.
encounters-unknown = Такой встречи среди ваших нет. Откройте «Разовые встречи».
    .ty = Такой встречи среди твоих нет. Открой «Разовые встречи».
encounters-not-in-programme = Разовые встречи открыты участникам программы. Нажмите «Хочу участвовать» или напишите куратору.
    .ty = Разовые встречи открыты участникам программы. Нажми «Хочу участвовать» или напиши куратору.
encounters-no-consent = Сначала нужно согласие на участие. Что с ним, покажет раздел «Мои данные».
encounters-not-admitted = Для этого нужен допуск наставника. Напишите куратору, он подскажет, что сделать.
    .ty = Для этого нужен допуск наставника. Напиши куратору, он подскажет, что сделать.
encounters-for-others = Эта встреча для других участников. Посмотрите остальные в «Разовых встречах».
    .ty = Эта встреча для других участников. Посмотри остальные в «Разовых встречах».
encounters-own = Эту встречу ведёте вы.
    .ty = Эту встречу ведёшь ты.
encounters-closed = Запись на эту встречу закрыта. Посмотрите другие в «Разовых встречах».
    .ty = Запись на эту встречу закрыта. Посмотри другие в «Разовых встречах».
encounters-began = Эта встреча уже началась.
encounters-not-yet = Эта встреча ещё не началась. Вернитесь к этому после неё.
    .ty = Эта встреча ещё не началась. Вернись к этому после неё.
encounters-said = Это уже отмечено. Если что-то не так, напишите куратору.
    .ty = Это уже отмечено. Если что-то не так, напиши куратору.
encounters-past = Это время уже прошло. Выберите другое.
    .ty = Это время уже прошло. Выбери другое.
encounters-topic-wrong = Тема – одной фразой, до { $limit } знаков.
encounters-seats-taken = { $count ->
    [one] Место уже занято, поэтому сделать мест меньше { $count } нельзя. Оставьте { $count } или сначала попросите того, кто записан, нажать «Не смогу».
   *[other] Занято мест: { $count }, меньше сделать нельзя. Оставьте не меньше { $count } или сначала попросите кого-то из записавшихся нажать «Не смогу».
}
encounters-numbers-wrong = Мест может быть от 1 до { $most }, длительность – от 5 минут до 8 часов.
encounters-rounds-wrong = Кругов может быть от 1 до { $most }.
encounters-nobody = Такого участника в этой школе нет.
encounters-nobody-met = О ком ответить, пока неизвестно. Если это ошибка, напишите куратору.
    .ty = О ком ответить, пока неизвестно. Если это ошибка, напиши куратору.
encounters-no-contacts = Телефоны, почту и ссылки здесь писать не нужно: разговор идёт через бота, так безопаснее. Уберите их и отправьте ещё раз.
    .ty = Телефоны, почту и ссылки здесь писать не нужно: разговор идёт через бота, так безопаснее. Убери их и отправь ещё раз.
encounters-no-address = Домашний адрес здесь писать не нужно: о месте встречи договоримся с куратором. Уберите его и отправьте ещё раз.
    .ty = Домашний адрес здесь писать не нужно: о месте встречи договоримся с куратором. Убери его и отправь ещё раз.
encounters-no-insult = Кажется, какое-то слово может обидеть. Бывает, когда накипело. Напишите то же самое иначе и отправьте ещё раз.
    .ty = Кажется, какое-то слово может обидеть. Бывает, когда накипело. Напиши то же самое иначе и отправь ещё раз.
encounters-words-short = Напишите чуть подробнее, хотя бы { $least } знаков.
    .ty = Напиши чуть подробнее, хотя бы { $least } знаков.
encounters-words-length = Здесь нужно от { $least } до { $most } знаков.
encounters-questions-many = Открытых вопросов уже { $count }. Дождитесь ответа или закройте один в «Моих вопросах и ответах».
    .ty = Открытых вопросов уже { $count }. Дождись ответа или закрой один в «Моих вопросах и ответах».
encounters-topic-unknown = Такой темы нет. Выберите из списка.
    .ty = Такой темы нет. Выбери из списка.
encounters-taken = На это уже ответит другой человек. Спасибо!
encounters-not-for-you = Этот вопрос не в вашем списке. Если это ошибка, напишите куратору.
    .ty = Этот вопрос не в твоём списке. Если это ошибка, напиши куратору.
encounters-question-unknown = Такого вопроса нет.
encounters-question-closed = Этот вопрос уже закрыт. Можно задать новый.

# For the staff.
encounters-staff-what = Встречи вне пар: на одну тему, знакомства по кругу, пробные встречи. Записаться могут только те, чьи согласия действуют; взрослые не из школы – после допуска.
encounters-staff-new = Новая встреча
encounters-staff-make = Открыть запись
encounters-staff-no-topic = Без темы
encounters-staff-offers = Предлагают провести: { $n }
encounters-staff-open = Открыть запись
encounters-staff-open-one = Открыть запись: { $topic }
encounters-staff-decline = Пока нет
encounters-staff-decline-one = Пока нет: { $topic }
encounters-staff-up-to = мест: { $n }
encounters-staff-unmarked = Прошли, но не отмечено, кто был: { $n }
encounters-staff-ahead = Впереди
encounters-staff-none = Открытых встреч нет.
encounters-staff-past = Прошли
encounters-staff-counts = За учебный год
encounters-staff-kind = Вид
encounters-staff-invited = Кого пригласить сразу
encounters-staff-invited-hint = Отмеченным придёт приглашение с кнопкой «Записаться». Приходить или нет, каждый решает сам; кого ещё позвали, в приглашении не сказано.
encounters-staff-invited-same = тоже просит:
encounters-staff-kind-hint = Разовая – одна тема и запись. Знакомства по кругу – несколько коротких бесед с разными людьми.
encounters-staff-kind-flash = Разовая встреча
encounters-staff-kind-speed = Знакомства по кругу
encounters-staff-kind-trial = Пробная встреча
encounters-staff-kind-situational = Встреча по просьбе
encounters-staff-planned = Впереди
encounters-staff-held = Прошли
encounters-staff-people = Участников
encounters-staff-questions-count = Вопросов наставникам: { $asked }, с ответом: { $answered }.
encounters-staff-seats = записались { $taken } из { $seats }
encounters-staff-state-proposed = ждёт вашего решения
encounters-staff-state-open = запись открыта
encounters-staff-state-held = прошла
encounters-staff-state-cancelled = отменена
encounters-staff-state-declined = не открыта
encounters-staff-reverse = Реверсивная
encounters-staff-reverse-yes = Младший рассказывает старшим
encounters-staff-reverse-mark = младший – старшим
encounters-staff-minutes = Сколько минут
encounters-staff-lasts = { $n } мин.
encounters-staff-rounds = Сколько кругов
encounters-staff-rounds-hint = Только для знакомств по кругу. Обычно 4–6 кругов по 7–10 минут.
encounters-staff-link-hint = Если встреча онлайн. Начинается с https://.
encounters-staff-host = Ведёт
encounters-staff-host-none = Школа
encounters-staff-host-hint = Только допущенные наставники. У знакомств по кругу ведущего нет: беседуют все наставники, которые записались.
encounters-staff-whom-hint = Ничего не отмечено – для всех участников программы.
encounters-staff-classes = Только эти классы
encounters-staff-topic-missing = Напишите тему.
encounters-staff-clock = Укажите время, например 15:30.
encounters-staff-guests = Записались { $taken } из { $seats }
encounters-staff-nobody = Пока никто не записался.
encounters-staff-queue = В очереди: { $n }
encounters-staff-who-came = Кто был
encounters-staff-came-save = Записать
encounters-staff-came-yes = на встрече
encounters-staff-came-no = не на встрече
encounters-staff-side-mentor = наставник
encounters-staff-side-mentee = наставляемый
encounters-staff-side-change = Поменять сторону
encounters-staff-side-change-one = Поменять сторону: { $name }
encounters-staff-table = Кто с кем и когда
encounters-staff-table-what = Никто не встречается дважды; семья и те, кого просили не сводить, не встречаются. Бесед – наибольшее возможное число, отдых поделён поровну, затем учтены пожелания. Это доказанный наилучший вариант.
encounters-staff-table-make = Составить
encounters-staff-table-again = Составить заново
encounters-staff-table-no = Стол
encounters-staff-round = Круг { $n }
encounters-staff-rest = Отдыхают
encounters-staff-print = Лист для печати
encounters-staff-cards = Отправить карточки
encounters-staff-no-plan = Круги ещё не составлены.
encounters-staff-absent = Нет на месте
encounters-staff-absent-who = Кого нет
encounters-staff-absent-done = Сколько кругов уже прошло
encounters-staff-absent-instead = Кто вместо
encounters-staff-absent-nobody = Никто: остальные круги составить заново
encounters-staff-absent-do = Пересчитать
encounters-staff-said = Кто что сказал
encounters-staff-said-what = Видно только вам и учитывается при подборе пар. Участники этого не узнают.
encounters-staff-word-prefer = хотелось бы работать вместе
encounters-staff-word-neutral = можно
encounters-staff-word-avoid = лучше с кем-то другим
encounters-staff-change = Изменить встречу
encounters-staff-change-do = Сохранить
encounters-staff-change-what = Тем, кто записан, стоит в очереди или ведёт, придёт одно сообщение о том, что стало другим. О числе мест сообщения нет; новые места получит очередь.
encounters-staff-call = До начала сообщение не дойдёт, позвоните: { $names }.
encounters-staff-of-person = Разовые встречи
encounters-staff-leads = ведёт
encounters-staff-seat-seated = записан на встречу
encounters-staff-seat-waiting = в очереди
encounters-staff-seat-left = место освобождено
encounters-staff-off = Отменить встречу
encounters-staff-off-what = Все, кто записан, получат сообщение нейтральными словами.
encounters-staff-off-do = Отменить
encounters-staff-trials = Пробные встречи
encounters-staff-trials-what = До трёх знакомств перед тем, как выбрать пару. Бот пригласит обоих, а после встречи спросит каждого отдельно. Ответы видите только вы; об отказе никто не узнает.
encounters-staff-trials-who = Для кого
encounters-staff-looking = Ищут наставника
encounters-staff-leaders = Наставники
encounters-staff-trials-choose = Показать, с кем
encounters-staff-trials-with = С кем познакомить
encounters-staff-trials-times = Время первой встречи – для первого отмеченного в списке, второй – для второго. Лишнее оставьте пустым.
encounters-staff-trials-nth = Встреча { $n }
encounters-staff-trials-do = Пригласить
encounters-staff-trials-nobody = Пока никого: нужны допуск, согласия и свободное от родства знакомство.
encounters-staff-questions = Вопросы наставникам
encounters-staff-questions-what = Переписка идёт через бота. Участники видят только имена, вы – всё. Тревожные слова сюда не попадают: они сразу в «Просьбах о помощи».
encounters-staff-questions-none = Открытых вопросов нет.
encounters-staff-question = Вопрос
encounters-staff-request = Нужна одна встреча
encounters-staff-late = Нет ответа три дня
encounters-staff-question-open = никто не взял
encounters-staff-question-taken = взял
encounters-staff-question-answered = есть ответ
encounters-staff-by-school = Школа
encounters-staff-by-other = Другой наставник
encounters-staff-assign = Кого попросить ответить
encounters-staff-assign-do = Попросить
encounters-staff-assign-number = Попросить ответить на вопрос { $n }
encounters-staff-answer = Ответить от школы
encounters-staff-answer-words = Ответ
encounters-staff-answer-do = Отправить
encounters-staff-answer-number = Отправить ответ на вопрос { $n }
encounters-staff-meet = Назначить встречу
encounters-staff-meet-do = Назначить
encounters-staff-meet-number = Назначить встречу по просьбе { $n }
encounters-staff-back = Вернуть в общий список
encounters-staff-back-number = Вернуть в общий список вопрос { $n }
encounters-staff-close = Закрыть
encounters-staff-close-number = Закрыть вопрос { $n }
encounters-staff-no-table = Сначала составьте круги.
encounters-staff-one-side = Нужны и наставники, и наставляемые: на одной стороне пока никого.
encounters-staff-trial-nobody = Выберите хотя бы одного человека.
encounters-staff-trial-again = Этих двоих уже пригласили познакомиться.
encounters-staff-trial-many = Знакомств одновременно может быть не больше { $count }.
encounters-staff-trial-not-now = Эту встречу назначить нельзя: нет согласия или допуска, это одна семья или кто-то просил не сводить.
encounters-staff-invite = Рассказать о встрече
encounters-staff-invite-what = Каждый, для кого она, получит одно сообщение с кнопкой записи. Второе нажатие дойдёт только до новых участников.
encounters-staff-invite-do = Отправить
encounters-staff-fell-away = Не состоятся
encounters-staff-fell-away-what = Знакомства и встречи по просьбе, которые отменены за последние две недели. Просьба снова ждёт человека.
