# web.ftl - pages that a participant opens without an account.

web-product = Наставник
web-skip = К содержанию
web-error = Ошибка:
web-optional = (по желанию)
web-other-language = English

web-demo-note = Демо. Данные выдуманы, сообщения никуда не уходят.
web-demo-people = Все участники

web-unfit-title = Ссылка не подходит
web-unfit = Эта ссылка не подходит: срок вышел, она уже использована или скопирована не полностью.
web-unfit-what = Ничего страшного. Проверьте, что адрес скопирован целиком, или обратитесь к куратору программы в школе: он даст новую ссылку.
    .ty = Ничего страшного. Проверь, что адрес скопирован целиком, или обратись к куратору программы в школе: он даст новую ссылку.
web-busy-title = Слишком часто
web-busy = Слишком много обращений подряд. Подождите минуту и обновите страницу. Ничего не потерялось.
    .ty = Слишком много обращений подряд. Подожди минуту и обнови страницу. Ничего не потерялось.

web-chat-title = Чат программы наставничества
# $who: «Аня К., 8А».
web-chat-you = вы: { $who }
    .ty = ты: { $who }
web-chat-log = Сообщения
web-chat-mine = Вы:
    .ty = Ты:
web-chat-ours = Бот:
web-chat-label = Сообщение
web-chat-hint = Напишите ответ
    .ty = Напиши ответ
web-chat-send = Отправить
web-chat-menu = Меню
web-chat-help = Помощь
web-chat-refresh = Обновить
web-chat-sending = Отправляется…
web-chat-failed = Нет связи. Сообщение не отправлено, оно осталось в поле. Попробуйте ещё раз.
    .ty = Нет связи. Сообщение не отправлено, оно осталось в поле. Попробуй ещё раз.
web-chat-slow = Слишком быстро. Подождите несколько секунд и отправьте ещё раз.
    .ty = Слишком быстро. Подожди несколько секунд и отправь ещё раз.
web-chat-empty = Здесь будет разговор с ботом программы. Это программа, не человек.
web-chat-start = Начать

web-join-title = Программа наставничества
# $name: of the curator.
web-join-curator = Приглашает куратор: { $name }
web-join-about-any = Наставник помогает освоиться, разобраться с предметом или выбрать дело по душе. Можно найти наставника, а можно стать им.
web-join-about-mentee = Вас приглашают найти наставника. Он поможет освоиться, разобраться с предметом или выбрать дело по душе.
web-join-about-mentor = Вас приглашают стать наставником: помочь другому тем, что вы знаете и умеете.
web-join-bot = Отвечать будет бот — это программа, не человек. Несколько вопросов, минут пять. Прерваться можно в любой момент.
web-join-where = Где удобнее?
web-join-telegram = Telegram
web-join-vk = ВКонтакте
web-join-web = Чат здесь, на сайте
web-join-web-anew = Начать новый чат на сайте
web-join-web-note = Ничего не нужно устанавливать.
web-join-continue = Продолжить начатый чат
web-join-continue-note = В этом браузере чат уже начат. Если это не вы, начните новый.
web-join-nothing-kept = Пока вы не ответите на вопросы, школа ничего о вас не записывает.

web-consent-title = Согласия родителя
web-consent-child = Ребёнок:
# $count: purposes.
web-consent-about = Ребёнок хочет участвовать в школьной программе наставничества. Здесь { $count ->
    [one] { $count } отдельный вопрос.
    [few] { $count } отдельных вопроса.
   *[many] { $count } отдельных вопросов.
 } На каждый можно ответить «да» или «нет».
web-consent-free = Если имя или класс не ваши, просто закройте страницу: ничего не записано.
web-consent-required = Нужно для участия. Если не согласиться, ребёнок не участвует; на учёбу это не влияет.
web-consent-optional = По желанию. Отказ ни на что не влияет.
web-consent-full = Полный текст
web-consent-version = Редакция { $version }.
web-consent-yes = Даю согласие
web-consent-no = Не даю согласие
web-consent-who = Кто отвечает
web-consent-who-note = Имя увидит только школа, чтобы проверить, что вы законный представитель.
web-consent-next = После отправки классный руководитель или куратор проверит, что вы законный представитель. До этого встречи не начнутся.
web-consent-send = Отправить ответы
web-consent-wrong = Проверьте ответы
# $title: of the consent.
web-consent-choose = выберите один из двух ответов.
web-consent-choose-relation = выберите, кем вы приходитесь ребёнку.
web-field-last-name = Фамилия
web-field-first-name = Имя
web-field-middle-name = Отчество
web-field-phone = Телефон
web-field-relation = Кем вы приходитесь ребёнку
web-field-decide-pd = Персональные данные
web-field-decide-participation = Участие в программе
web-field-decide-publication = Публикация
web-field-decide-messenger = Мессенджер

web-consent-done-title = Ответы записаны
web-consent-done-said = Ваши ответы
web-consent-said-yes = согласие дано
web-consent-said-no = отказ
web-consent-done-next = Что дальше
web-consent-done-wait = Классный руководитель или куратор проверит, что вы законный представитель ребёнка. После этого ваши ответы начнут действовать, и ребёнку подберут пару.
web-consent-done-confirmed = Школа уже подтвердила, что вы законный представитель. Ответы действуют.
web-consent-done-refused = Без согласия на данные и на участие ребёнок в программе не участвует. На учёбу это не влияет. Если решите иначе, откройте ту же ссылку ещё раз.
web-consent-done-withdraw = Отозвать согласие можно в любой день: скажите куратору, напишите ему из чата или подайте заявление в школу.
# $name: of the curator.
web-consent-done-curator = Куратор программы: { $name }.
web-consent-done-stay = Оставаться на связи
web-consent-done-stay-why = Сюда придёт сообщение о паре ребёнка. Отсюда же можно написать куратору. Это не обязательно.

web-demo-title = Демо программы наставничества
web-demo-about = Выберите, кем побыть. Чат откроется в новой вкладке: можно быть учеником в одной вкладке и куратором в другой.
web-demo-clock = Часы программы
# $now: «среда, 15 сентября, 15:30».
web-demo-now = Сейчас в школе: { $now }
web-demo-hour = +1 час
web-demo-day = +1 день
web-demo-week = +1 неделя
web-demo-clock-note = Напоминания и опросы приходят, когда часы доходят до их времени.
web-demo-admin = Кабинет куратора
# $login, $password: of the demo account.
web-demo-login = Вход: { $login }, пароль: { $password }
web-demo-open = Открыть кабинет
web-demo-people-title = Участники
web-demo-new-tab = (в новой вкладке)
web-demo-nobody = Участники ещё готовятся. Обновите страницу через несколько секунд.
web-demo-role-mentor = Наставники
web-demo-role-mentee = Наставляемые
web-demo-role-both = И наставники, и наставляемые
web-demo-role-guardian = Родители
web-demo-role-visitor = Новые люди
web-demo-role-other = Другие участники
web-demo-invited = есть приглашение, вопросы впереди
web-demo-bad-step = Часы можно перевести вперёд: от 1 минуты до 60 дней, например PT1H, P1D, P7D.
