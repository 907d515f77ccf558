# The curator's admin. Read by staff only, so there is no English.

admin-product = Наставник
admin-error-prefix = Ошибка:
admin-skip = К содержанию страницы
admin-menu = Меню
admin-sign-out = Выйти
admin-to-start = На первую страницу
admin-back = Вернуться
admin-error-summary = Нужно поправить
admin-save = Сохранить
admin-cancel = Отмена
admin-all = Все
admin-none = –

admin-nav-today = Сегодня
admin-nav-people = Участники
admin-nav-roster = Загрузка списка
admin-nav-invitations = Приглашения
admin-nav-matching = Подбор пар
admin-nav-pairs = Пары
admin-nav-meetings = Встречи
admin-nav-help = Просьбы о помощи
admin-nav-news = Новости
admin-nav-messages = Сообщения
admin-nav-reports = Отчёты
admin-nav-settings = Настройки
admin-nav-journal = Журнал

## Signing in

admin-sign-in-title = Вход для сотрудников школы
admin-sign-in-login = Логин
admin-sign-in-password = Пароль
admin-sign-in = Войти
admin-sign-in-help = Нет логина или забыт пароль? Его выдаёт человек, который отвечает в школе за компьютеры.
admin-sign-in-wrong = Логин и пароль не подошли. Проверьте раскладку клавиатуры и попробуйте ещё раз.
# $minutes: length of the window.
admin-sign-in-wait = Пароль не подошёл несколько раз подряд. Чтобы никто чужой не подбирал его, вход ненадолго закрыт. Попробуйте через { $minutes } минут.
admin-kept-safe = Вас долго не было, и вход закрылся. То, что вы написали, не пропало: войдите ещё раз.
admin-kept-title = Вы снова вошли
admin-kept-text = То, что вы написали перед этим, на месте. Нажмите кнопку, и оно будет записано.
admin-kept-files = Файлы не сохранились: их придётся выбрать ещё раз.
admin-kept-yours = Ваш текст
admin-kept-send = Записать
admin-kept-leave = Не записывать
# $least: characters.
admin-password-guessable = Такой пароль подбирают первым. Не подходят имя, логин, название школы, ряды клавиш и цифр. Возьмите фразу из нескольких слов.
admin-password-short = Пароль слишком короткий: нужно не меньше { $least } знаков. Подойдёт фраза из нескольких слов.
admin-login-empty = Укажите логин: от 1 до 100 знаков.
# $login: as it was typed.
admin-login-taken = Логин «{ $login }» уже занят. Выберите другой.
admin-class-needed = Для классного руководителя укажите класс.
admin-user-missing = Такой учётной записи нет.
admin-user-yourself = Свою учётную запись закрыть нельзя. Попросите коллегу.

## Pages instead of the page

admin-denied-title = Эта страница не для вашей роли
admin-denied-text = Вы вошли, но такая страница открыта другим сотрудникам. Если она нужна вам для работы, попросите куратора.
admin-missing-title = Такой страницы нет
admin-missing-text = Возможно, запись удалена или адрес набран с ошибкой.
admin-said = Вот что вы написали. Слова можно скопировать отсюда:
admin-odd-title = Запрос не принят
admin-odd-text = Браузер прислал то, чего программа не ждала. Вернитесь и попробуйте ещё раз.
admin-busy-title = Слишком много запросов подряд
admin-busy-text = Так программа защищает данные от перебора и выкачивания. Подождите немного и продолжайте.
admin-defect-title = Не получилось
admin-defect-text = Это ошибка программы, а не ваша. Изменения не записаны. Попробуйте ещё раз; если повторится, передайте номер ниже тому, кто ведёт программу.
# $number: of the line in the log.
admin-defect-number = Номер ошибки: { $number }
admin-refused-title = Сейчас так нельзя

## Today

admin-today-do = Действие
admin-today-urgent = Важно
# $n: days.
admin-ago-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[many] { $n } дней
}
# $n: hours; 0 means less than one.
admin-ago-hours = { $n ->
    [0] меньше часа
    [one] { $n } час
    [few] { $n } часа
   *[many] { $n } часов
}

## What waits for the school's word

admin-confirm-title = Ждут подтверждения
admin-confirm-guardians = Проверьте по документам школы, что взрослый действительно законный представитель. После этого его ответы начнут действовать, а ребёнку придёт сообщение.
admin-confirm-mentors = Подбор пар видит только допущенных наставников.
admin-confirm-child = Ребёнок
admin-confirm-adult = Кто ответил
admin-confirm-nothing = Все подтверждены.
# $name: the mentor.
admin-place-admit-whom = Допустить { $name }

## Invitations

admin-done-consents-reminded = Напоминания уйдут в ближайшие вежливые часы.
admin-done-consents-reminded-none = Напоминать некому: всем уже напомнили или у них нет чата.
admin-done-mailing-paused = Рассылка на паузе. Несколько сообщений могли уйти только что.
admin-done-mailing-resumed = Рассылка продолжена.
admin-done-mailing-cancelled = Рассылка отменена. Несколько сообщений могли уйти только что.
admin-done-view-saved = Вид сохранён. Он стоит над таблицей.
admin-done-view-changed = Вид изменён.
admin-done-view-removed = Вид удалён.
admin-done-channels-looked = Telegram и ВКонтакте ответили: ниже то, как они настроены.
admin-done-channels-set = Настройка исправлена.
admin-done-channels-was-set = Эта настройка уже в порядке.
admin-done-channels-wall = Право публикации проверено: на стене ничего не осталось.
admin-done-channels-checked = Каналы проверены: ниже то, что они ответили.
admin-done-copy-made = Копия сделана и проверена.
admin-done-launch-away = Убрали из списка. Вернуть можно внизу.
admin-done-launch-back = Пункт снова в списке.
admin-done-launch-texts = Отмечено: тексты согласий прочитаны.
admin-done-class-revoked = Приглашения класса отозваны: старые карточки и плакаты больше не действуют.
admin-done-material = Список идей обновлён.
admin-done-password = Пароль сменён. На остальных устройствах нужно войти заново.
admin-done-session-ended = Там кабинет закрыт.
admin-done-sessions-ended = Кабинет закрыт на всех устройствах, кроме этого.
admin-done-second-step-off = Код при входе выключен.
admin-done-second-step-anew = Прежний код больше не действует. Войдите с паролем, и кабинет поможет подключить новое приложение.
admin-done-codes-required = Сохранено, от кого требуется код при входе.
admin-done-staff-link-revoked = Ссылка отменена.
admin-done-twins-joined = Теперь это одна запись.
admin-done-twins-apart = Записи остаются разными. Больше не спросим.
admin-done-paper-entered = Заявление записано.
admin-done-wish-settled = Записано. Подбор это учтёт.
admin-done-paper-answered = Анкета записана.
admin-done-invitation-revoked = Приглашение больше не действует.
admin-invite-class = Карточки для класса
admin-invite-class-what = У каждого из списка будет своя карточка с QR-кодом: по ней человек попадает сразу к себе. Карточки делаются для тех, кто ещё не отвечал.
admin-invite-class-do = Показать карточки
admin-invite-no-classes = Сначала загрузите список класса:
# $name: of the class.
admin-invite-cards = Карточки: { $name }
admin-invite-cut = Потом разрежьте лист.
admin-invite-everybody = Все из этого класса уже ответили, или такого класса в списке нет.
admin-invite-common = Одна ссылка для многих
admin-invite-common-what = Для тех, кого нет в списках школы: работодателей, выпускников, студентов, родителей. Ссылку можно отправить в письме или показать QR-код на собрании.
admin-invite-whom = Кого приглашаем
admin-invite-whom-mentor = Наставников
admin-invite-whom-mentee = Тех, кому нужен наставник
admin-invite-whom-any = Всех, роль человек выберет сам
admin-invite-card-mentor = Приглашаем стать наставником
admin-invite-card-mentee = Поможем найти наставника
admin-invite-card-any = Можно найти наставника или стать им
admin-invite-uses = Сколько человек может вступить по этой ссылке
admin-invite-common-do = Сделать ссылку и QR-код
admin-invite-left = Осталось мест
admin-invite-until = До какого дня
admin-invite-open = Открыть
# $n: number.
admin-invite-open-number = Открыть приглашение { $n }
admin-invite-revoke = Отозвать
# $n: number.
admin-invite-revoke-number = Отозвать приглашение { $n }
admin-invite-send = Адрес для письма или чата
admin-invite-copy = Скопировать
admin-invite-copied = Адрес скопирован.

## A group

admin-done-grouped = Группа собрана. Она среди одобренных: её участники узнают о ней, когда вы объявите пары.
admin-group-new = Собрать группу
admin-group-what = Группа – это один или несколько наставников и несколько наставляемых. Пока вы её не объявите, участники ничего не узнают.
admin-group-title = Название группы
admin-group-title-hint = Его увидят участники. Например, «Шахматный клуб».
admin-group-title-missing = Напишите название группы.
admin-group-mentors = Наставники
admin-group-mentees = Наставляемые
admin-group-no-mentor = Отметьте хотя бы одного наставника.
admin-group-few = Отметьте хотя бы двух наставляемых. Для одного подойдёт обычная пара.
admin-group-make = Собрать группу
admin-group-nobody = В этой форме нет допущенных наставников со свободными местами. Места можно прибавить в карточке наставника.
admin-group-no-mentees = В этой форме пока нет наставляемых.

## What was done

admin-done-paper = Согласие записано.
admin-done-guardian = Родитель подтверждён.
admin-done-capacity = Число мест записано.
admin-done-wishes = Записано. Подбор учтёт это при следующем пересчёте.
admin-done-admitted = Наставник допущен к подбору пар.

## Forms

admin-field-choose = Выберите один из вариантов.
admin-field-date = Укажите дату: день, месяц и год.
admin-field-date-odd = Дата не подходит: она ещё не наступила или слишком давняя.
# $longest: characters.
admin-field-long = Слишком длинно: оставьте не больше { $longest } знаков.
admin-field-number = Укажите число от { $least } до { $most }.
admin-when = Когда
admin-download = Скачать в Excel
admin-pages = Страницы списка
admin-page-before = Назад
admin-page-after = Дальше
admin-page-of = Страница { $number } из { $pages }

## People

# $n: how many fit.
admin-people-title = Участники ({ $n })
admin-people-load = Загрузить из Excel
admin-people-words = Имя, класс или телефон
admin-people-side = Роль
admin-people-class-name = Класс
admin-people-form = Форма наставничества
admin-people-status = Этап
admin-people-consent = Согласие
admin-people-consent-missing = не получено
admin-people-state = Что с человеком
admin-people-show = Показать
admin-people-reset = Показать всех
admin-people-nobody = Таких участников нет. Измените условия или загрузите список класса.
admin-people-name = Имя
admin-people-class = Класс, должность
admin-people-places = Участие
admin-people-channel = Связь
admin-people-phone = Телефон
admin-people-since = В списке с
admin-place = { $side }, { $form }: { $status }
admin-side-mentor = наставник
admin-side-mentee = наставляемый
admin-place-registered = в списке
admin-place-consent_pending = ждёт согласия
admin-place-in_base = в базе, ждём анкету
admin-place-searching = ждёт пару
admin-place-paired = в паре
admin-place-finished = программа завершена
admin-place-declined = отказ
admin-place-paused = пауза
admin-place-withdrawn = согласие отозвано
admin-place-archived = в архиве
admin-place-admitted = допуск есть
admin-place-not-admitted = допуска нет
admin-place-admit = Допустить
# $n: mentees at once.
admin-place-capacity = может вести: { $n }
admin-place-capacity-set = Сколько подопечных может вести
admin-place-missing = Такого участия у этого человека нет. Обновите страницу.
admin-place-not-mentor = Допуск нужен только наставникам.
admin-state-visitor = гость
admin-state-invited = в списке школы, ещё не отвечал
admin-state-active = участвует
admin-state-frozen = участие остановлено
admin-state-erased = данные удалены
admin-state-guardian = родитель не подтверждён
admin-state-admission = наставник без допуска
admin-state-unreachable = сообщения не доходят
admin-category-pupil = ученик
admin-category-teacher = учитель
admin-category-parent = родитель
admin-category-alumnus = выпускник
admin-category-student = студент
admin-category-employer = работодатель
admin-category-other = другое
admin-consent-state-not_requested = не спрашивали
admin-consent-state-waiting = ждём ответа
admin-consent-answered = родитель ответил, подтвердите его ниже
admin-consent-state-given = получено
admin-consent-state-refused = отказ
admin-consent-state-withdrawn = отозвано
admin-consent-state-expired = срок истёк
admin-consent-kind-pd = Обработка персональных данных
admin-consent-kind-participation = Участие в программе
admin-consent-kind-publication = Публикация фото и отзывов
admin-consent-kind-messenger = Общение в мессенджере
admin-consent-kind-employment = Работа наставником
admin-consent-event-given = согласие дано
admin-consent-event-refused = отказ
admin-consent-event-withdrawn = согласие отозвано
admin-consent-method-bot_button = кнопкой в чате
admin-consent-method-web_form = на странице согласия
admin-consent-method-paper = на бумаге
admin-consenter-self = участник
admin-consenter-guardian = родитель или законный представитель
admin-consent-what = Что
admin-consent-who = Кто
admin-consent-how = Как
# $day: last day of the consent.
admin-consent-until = действует до { $day }
# $n: version of the text that was shown.
admin-consent-version = текст, версия { $n }
admin-channel-telegram = Telegram
admin-channel-vk = ВКонтакте
admin-channel-web = чат на сайте
admin-channel-vk_wall = стена ВКонтакте
admin-address-lost = не доходит
admin-address-lost-since = не доходит с { $day }
admin-address-used = на связи, { $when }
admin-address-none = ещё не на связи

## A person's card

admin-person-paper = Отметить бумажное согласие
admin-person-invite = Новое приглашение с QR-кодом
admin-person-consents = Согласия
admin-person-needed = Чьё слово нужно:
# $n: lines.
admin-person-ledger = Все записи о согласиях ({ $n })
admin-person-guardians = Родители и законные представители
admin-person-child = Представляет:
admin-guardian-confirmed = подтверждено { $day }
admin-guardian-waits = ждёт подтверждения школы
admin-guardian-confirm = Подтвердить
# $name: the adult.
admin-guardian-confirm-whom = Подтвердить: { $name }
admin-relation-mother = мама
admin-relation-father = папа
admin-relation-guardian = опекун
admin-relation-other = другой близкий взрослый
admin-person-no-places = В программе пока не участвует.
admin-person-born = Дата рождения: { $day }
admin-person-email = Почта
admin-person-workplace = Место работы или учёбы
# $n: meetings.
admin-person-history = История изменений
admin-paper-why = Бумага уже подписана и лежит в папке школы. Здесь записывают только то, что в ней сказано.
admin-paper-kinds = На что подписано согласие
admin-paper-event = Что сказано в бумаге
admin-paper-signer = Чья подпись
admin-paper-adult = Другой родитель или законный представитель
admin-paper-self = Сам участник
admin-paper-day = Дата на бумаге
admin-paper-number = Номер бумаги
admin-paper-number-hint = Необязательно. Например, номер в папке.
admin-paper-no-kind = Отметьте хотя бы одну цель согласия.
admin-paper-no-signer = Выберите, чья подпись стоит на бумаге.
admin-paper-future = Дата на бумаге ещё не наступила.
admin-card-title = Приглашение с QR-кодом
admin-card-programme = Программа наставничества
admin-card-qr = QR-код приглашения
admin-card-how = Наведите камеру телефона на код. Или наберите адрес:
# $day: the last day.
admin-card-until = Действует до { $day }.
admin-card-over = Это приглашение уже использовано или больше не действует. Сделайте новое.
admin-card-print = Чтобы напечатать карточку, нажмите Ctrl+P. Меню и кнопки на печать не попадут.

## Messages

admin-kind-reply = ответ
admin-kind-alert = срочное
admin-kind-soon = срочное о встрече
admin-kind-notice = напоминание или уведомление
admin-kind-nudge = просьба программы
admin-kind-letter = сообщение в переписке пары
admin-kind-news = новость
admin-message-sent = отправлено
admin-message-not-needed = уже не нужно
admin-message-dropped = не дошло
admin-message-again = не получилось, попробуем ещё
admin-message-waits = ждёт своего часа

## Pairs and meetings

admin-pair-suggested = предложена
admin-pair-approved = одобрена, не объявлена
admin-pair-offered = на согласовании
admin-pair-active = работает
admin-pair-completed = завершена
admin-pair-rejected = отклонена
admin-pair-declined = отказ участника
admin-pair-replaced = замена наставника
admin-pair-stopped = остановлена
admin-pair-paused = пауза
admin-pair-dropped = предложение снято
admin-meeting-proposed = ждёт выбора времени
admin-meeting-confirmed = назначена
admin-meeting-held = состоялась
admin-meeting-missed = не состоялась
admin-meeting-moved = переносится
admin-meeting-cancelled = отменена
# In place of an hour: noted afterwards by its day.
admin-meeting-by-day = без часа
admin-meeting-no-time = время не выбрано
admin-yes = да
admin-no = нет

## News

admin-done-saved = Черновик сохранён. Проверьте его и опубликуйте.
admin-done-left-out = Решение записано: ребёнок не участвует.
admin-done-bond-ended = Записано: этот взрослый не представляет ребёнка, его ответы не учитываются.
admin-done-erased = Данные удалены, акт составлен.
admin-done-published = Новость опубликована.
admin-done-news-planned = Новость запланирована.
admin-done-news-plan-off = План отменён, новость осталась черновиком.
admin-done-news-corrected = Новость исправлена. Копии в чатах и запись на стене меняются.
admin-done-news-withdrawn = Новость снимается с публикации.
admin-done-news-wall-done = Отмечено: на стене сделано.
admin-done-news-story-taken = Из рассказа получился черновик. Поправьте его и опубликуйте.
admin-done-news-story-declined = Автору отправлена благодарность с ответом.
admin-done-news-idea-used = Из идеи получился черновик.
admin-done-news-idea-dismissed = Идея убрана, больше она не появится.
admin-done-linked = Ссылка на запись сохранена.
admin-done-photo-removed = Фото убрано.
admin-done-taken-down = Отмечено: снято.
admin-done-left = Отмечено: больше не в школе. Сообщения остановлены.
admin-done-corrected = Данные исправлены.
admin-done-came-back = Отмечено: снова в школе.
admin-person-quiet = на паузе: просит не писать
# $since, $day: dates.
admin-person-quiet-since = Пауза в сообщениях с { $since }: бот пишет только в ответ.
admin-person-quiet-until = { $day } бот спросит, продолжать ли.
admin-message-paused = не отправлено: пауза по просьбе
admin-left-link = Больше не в школе
admin-left-back = Снова в школе
# $day: date.
admin-left-erased-on = Данные удалятся { $day }
admin-left-what = Отметьте, если человек перешёл в другую школу, окончил её или уволился. Что произойдёт сразу:
# $n: counts.
admin-left-places = { $n ->
    [0] Участия, которое ушло бы в архив, нет.
    [one] В архив уйдёт { $n } участие.
    [few] В архив уйдут { $n } участия.
   *[many] В архив уйдут { $n } участий.
}
admin-left-pairs = { $n ->
    [0] Пары или группы сейчас нет: предупреждать некого.
    [one] { $n } пара закроется, а группа останется без этого человека. Остальные получат нейтральное сообщение без имени и причины.
    [few] { $n } пары закроются, а группы останутся без этого человека. Остальные получат нейтральное сообщение без имени и причины.
   *[many] { $n } пар закроются, а группы останутся без этого человека. Остальные получат нейтральное сообщение без имени и причины.
}
admin-left-meetings = { $n ->
    [0] Назначенных встреч нет.
    [one] { $n } назначенная встреча отменится, групповая пройдёт без этого человека.
    [few] { $n } назначенные встречи отменятся, групповые пройдут без этого человека.
   *[many] { $n } назначенных встреч отменятся, групповые пройдут без этого человека.
}
admin-left-erase = Сообщения прекратятся, а данные удалятся { $day }.
admin-left-return = До этого дня человека можно вернуть кнопкой «Снова в школе» в карточке. Закрытые пары собирают заново.
admin-left-tick = Этот человек больше не в школе
admin-left-tick-missing = Поставьте отметку, если уверены.
admin-left-do = Остановить участие
admin-news-write = Написать новость
admin-news-nothing = Новостей пока нет.
admin-news-status-draft = черновик
admin-news-status-stopped = не вышла
admin-news-status-withdrawn = снята с публикации
# $when: day and hour.
admin-news-planned-short = по плану { $when }
admin-news-planned = Выйдет { $when }
admin-news-untitled = Без заголовка
# $n: stories.
admin-news-stories-wait = { $n ->
    [1] Участник предлагает новость.
   *[other] Участники предлагают новости: { $n }.
 }
admin-news-stories-open = Прочитать
admin-news-ideas = Идеи
admin-news-ideas-how = Программа заметила события, о которых можно рассказать. Черновик никого не называет, слова поправите вы.
admin-news-idea-use = Сделать черновик
admin-news-idea-dismiss = Не нужно
admin-stories-title = Рассказы участников
admin-stories-how = Эти рассказы прислали из бота, кроме вас их никто не видит. Возьмите в работу: получится черновик, его можно поправить. Или вежливо откажите.
admin-stories-named = Автор не против, чтобы его назвали:
admin-stories-unnamed = Автор просит не называть имя. Согласие на публикацию:
admin-stories-photo = Фото к рассказу
admin-stories-take = Сделать черновик
admin-stories-decline = Отказать
admin-stories-reply = Несколько слов автору, если хочется
admin-stories-decline-do = Поблагодарить и отказать
admin-stories-none = Новых рассказов нет. Участники пишут боту «предложить новость» или нажимают кнопку под новостью.
admin-news-bot = В бот
admin-news-wall = Стена ВКонтакте
admin-wall-off = не нужна
admin-wall-queued = отправляется
admin-wall-posted = опубликовано
admin-wall-manual = нужно опубликовать вручную
admin-wall-stopped = остановлено: согласие отозвано
admin-wall-removed = снято
admin-wall-todo-edit = исправьте запись на стене
admin-wall-todo-delete = удалите запись со стены
admin-wall-todo-edit-how = Эту запись публиковал человек или ВКонтакте не дал её изменить. Откройте её и вставьте новый текст.
admin-wall-todo-delete-how = Эту запись публиковал человек или ВКонтакте не дал её удалить. Откройте её и удалите.
admin-wall-todo-done = Сделано
admin-news-shown = Кто на фото и кто назван
admin-news-shown-hint = Отметьте всех, кого можно узнать на фото или по имени в тексте. Без согласия на публикацию новость не уйдёт.
admin-news-shown-agreed = согласие есть
admin-news-shown-missing = согласия на публикацию нет
admin-news-shown-nobody = Никого не нашлось. Попробуйте только фамилию.
admin-news-shown-more = Показаны не все. Наберите фамилию точнее.
admin-news-shown-find = Найти по имени, фамилии или классу
admin-news-shown-button = Найти
admin-news-shown-erased = человек, чьи данные удалены
admin-news-photos-again = Если фото были выбраны, выберите их ещё раз.
admin-news-named = В тексте названы. Без согласия на публикацию новость не выйдет:
admin-news-not-meant = Это другой человек
# $n: people.
admin-news-stopped = { $n ->
    [1] Публиковать нельзя: у одного человека нет согласия на публикацию.
   *[other] Публиковать нельзя: согласия на публикацию нет у нескольких человек ({ $n }).
 }
admin-news-stopped-do = Попросите согласие у родителя (взрослого спросите самого): бумагу можно внести в карточке. Или уберите человека с фото и из текста и снимите отметку.
admin-takedown-title = Снять с публикации
admin-takedown-what = В этих новостях видны или названы люди, чьё согласие на публикацию больше не действует. Из веб-чата новость уже убрана, неотправленные сообщения остановлены. Остальное снимает человек.
admin-takedown-here = Есть новости, которые нужно снять с публикации.
admin-takedown-nothing = Снимать нечего.
admin-takedown-place-wall = стена ВКонтакте
admin-takedown-place-chats = мессенджеры
admin-takedown-withdrawn = согласие отозвано
admin-takedown-refused = в согласии отказано
admin-takedown-expired = срок согласия вышел
admin-takedown-wall-do = Откройте запись, удалите её или уберите из неё человека. Потом нажмите «Снято».
admin-takedown-wall-maybe = Автоматически новость не выходила. Если вы опубликовали её на стене сами, удалите запись. Потом нажмите «Снято».
# $n: messages.
admin-takedown-chats-do = { $n ->
    [1] В мессенджеры ушло одно сообщение.
   *[other] В мессенджеры ушло сообщений: { $n }.
 } В сообществе ВКонтакте их можно удалить у всех в течение суток. Сообщения в Telegram отозвать нельзя. Спросите семью, нужно ли просить получателей удалить новость. Потом нажмите «Снято».
admin-takedown-done = Снято
admin-takedown-whole = Можно снять новость целиком: откройте её и нажмите «Снять с публикации».
admin-news-editor = Новость
admin-news-correct = Исправить
admin-news-correct-how = Новость уже вышла. Копии в боте изменятся там, где мессенджер это позволяет, запись на стене тоже. Второго сообщения никто не получит.
admin-news-correct-save = Исправить везде
admin-news-role-mentor = наставники
admin-news-role-mentee = наставляемые
admin-news-role-parent = родители
admin-news-parents-hint = Родители получат новость, только если отмечены: те, чьи дети подходят под остальные отметки.
admin-news-stage = Где сейчас в программе
admin-news-stage-waiting = ждут пару
admin-news-stage-paired = в паре
admin-news-stage-paused = на паузе
admin-news-stage-finished = завершили
admin-news-title = Заголовок
# $limit: characters.
admin-news-title-hint = До { $limit } знаков.
admin-news-title-missing = Напишите заголовок.
admin-news-body = Текст
# $limit: characters.
admin-news-body-hint = До { $limit } знаков. Пишите коротко: новость читают с телефона.
admin-news-body-missing = Напишите текст новости.
admin-news-photos = Добавить фото
# $limit: pictures.
admin-news-photos-hint = До { $limit } фото, JPEG или PNG, каждое до 5 МБ. Место и время съёмки из файлов убираются.
admin-news-photos-legend = Фото
# $n: which one.
admin-news-caption = Что на фото { $n }
admin-news-caption-hint = Эти слова прочитает тот, кто фото не видит. На странице для сайта и в веб-чате они стоят вместо картинки.
admin-news-photos-stay = Фото вышедшей новости не меняются. Если фото нужно убрать, снимите новость с публикации.
admin-news-photo-earlier = Фото { $n } раньше
admin-news-photo-later = Фото { $n } позже
# $n: which one.
admin-news-photo-number = Фото { $n }
admin-news-photo-remove = Убрать фото { $n }
admin-news-to = Куда отправить
admin-news-to-bot = Подписчикам бота
admin-news-to-wall = На стену школьного сообщества ВКонтакте
admin-news-audience = Кому в боте: всем или выбрать
admin-news-audience-hint = Если ничего не отмечено, новость получат все участники.
admin-news-save = Сохранить и посмотреть
admin-news-save-draft = Сохранить черновик
admin-news-check = Проверьте новость
admin-news-edit = Изменить
admin-news-preview = Так её увидят
admin-news-preview-out = Так она выглядит
admin-news-preview-gone = Так она выглядела
admin-news-preview-later = Здесь появится новость, как только вы начнёте писать и она сохранится.
admin-news-seen-wall = Как во ВКонтакте
admin-news-seen-bot = Как в боте
admin-news-seen-off = (сюда не отправляется)
admin-news-seen-apart = В Telegram фото придут отдельно, перед текстом.
# $n: people.
admin-news-silent = Из них до { $n } не дойдёт: у них нет действующего чата.
admin-news-silent-list = Кому сказать иначе
# $n: people.
admin-news-week = За неделю бот уже писал сам { $n ->
    [one] { $n } из этих людей.
   *[other] { $n } из этих людей.
 }
# $n: people who got three or more.
admin-news-often = Трижды и чаще: { $n }. Может быть, новость подождёт?
admin-news-plan-title = Запланировать
admin-news-plan-day = День
admin-news-plan-time = Время
admin-news-plan-how = По часам школы. В этот час согласия проверятся ещё раз: если кого-то показывать нельзя, новость не выйдет, а вы увидите это на «Сегодня».
admin-news-plan-do = Запланировать
admin-news-plan-off = Отменить план
admin-news-plan-edit = Отменить план и изменить
# $when: day and hour.
admin-news-plan-quiet = В это время бот не пишет: тихие часы, выходной или каникулы. На стену новость выйдет вовремя, ученики прочитают её { $when }.
admin-news-time-odd = Напишите время, например 15:00.
admin-news-stop-consent = Новость не вышла: не у всех есть согласие на публикацию.
admin-news-stop-late = Новость не вышла вовремя: программа была выключена. Проверьте, не устарела ли она.
admin-news-stop-empty = Новость не вышла: ей чего-то не хватает, например текста или места, куда отправить.
admin-news-stop-broken = Новость не вышла: в программе сбой, это не ваша ошибка. Текст и фото целы. Нажмите «Опубликовать»; если снова не выйдет, позовите того, кто обслуживает программу: причина записана в техническом журнале.
# $when: day and hour.
admin-news-stop-planned = План был на { $when }.
admin-news-stop-whom = Без согласия:
admin-news-stop-draft = Оставить черновиком
admin-news-withdraw = Снять с публикации
# $when: day and hour.
admin-news-withdrawn-at = Снята с публикации { $when }.
admin-news-mailing = Ход рассылки
# $done, $waiting: messages.
admin-news-again = Исправлено сообщений: { $done }, ещё меняются: { $waiting }.
admin-news-again-web = Кто читал её в чате на сайте, видит вместо неё: «Школа убрала эту новость».
admin-news-again-gone = Удалено сообщений: { $done }, ещё удаляются: { $waiting }.
admin-news-left = У кого осталась прежняя версия
admin-news-left-gone = У кого новость осталась
admin-news-left-why = ВКонтакте даёт менять и удалять сообщения сутки, Telegram – удалять двое суток. В веб-чате всё меняется сразу.
admin-news-where = Куда уйдёт
admin-news-where-out = Куда ушла
# $n: people.
# $n: кому сегодня уже писали без просьбы.
admin-news-tomorrow = { $n ->
    [one] { $n } человеку
   *[other] { $n } людям
} бот сегодня уже писал сам: к ним новость придёт на следующий учебный день.
admin-news-count = { $n ->
    [0] В боте её пока никто не получит: подходящих участников нет.
    [one] В боте её получит { $n } человек.
    [few] В боте её получат { $n } человека.
   *[many] В боте её получат { $n } человек.
}
admin-news-wall-auto = На стену она попадёт сама.
admin-news-wall-hand = Автопубликация на стене не подключена. После нажатия здесь появятся текст и фото, чтобы опубликовать вручную.
admin-news-to-nobody = Пока никуда. Нажмите «Изменить» и отметьте, куда отправить.
admin-news-agreed = У всех, кого видно на фото, есть согласие на публикацию
admin-news-agreed-missing = Проверьте согласия на публикацию и поставьте отметку.
admin-news-final = После публикации слова можно исправить, но кто-то их уже прочитает. В тихие часы сообщения подождут до утра.
admin-news-publish = Опубликовать
admin-news-published-at = Опубликовано { $when }
# $sent, $waiting, $lost: messages.
admin-news-delivered = В боте: отправлено { $sent }, ждут отправки { $waiting }, не дошло { $lost }{ $off ->
    [0] {""}
   *[other] , не придёт { $off }
}.
admin-kit-title = Опубликовать на стене вручную
admin-kit-doubt = Сначала посмотрите на стену: запись могла уже появиться.
admin-kit-steps = В сообществе: «Что у вас нового?» → вставьте текст → добавьте фото по порядку → «Опубликовать» → нажмите на дату записи и скопируйте адрес.
admin-kit-error = ВКонтакте не принял запись автоматически.
admin-kit-copy = Скопируйте текст
admin-kit-copy-button = Скопировать текст
admin-kit-copied = Текст скопирован.
admin-kit-photos = Скачайте фото
# $n: which one.
admin-kit-photo = Скачать фото { $n }
admin-kit-open = Откройте сообщество и опубликуйте запись.
admin-kit-no-group = Адрес сообщества можно указать в настройках.
admin-kit-link = Вставьте сюда адрес записи
admin-kit-done = Запись опубликована

## Matching

admin-done-suggested = Подбор пересчитан.
admin-done-approved = Пара одобрена. Участники пока ничего не знают.
admin-done-rejected = Пара отклонена. Больше она не предлагается.
admin-done-approved-many = Отмеченные пары одобрены. Участники пока ничего не знают.
admin-done-unapproved = Одобрение снято. Пара снова ждёт решения.
admin-done-unrejected = Теперь пересчёт снова может предложить эту пару.
admin-done-pinned = Пара закреплена: пересчёт её не изменит.
admin-done-unpinned = Пара откреплена.
admin-done-apart = Записано. Этих двоих подбор больше не предложит.
admin-done-swapped = Наставники поменялись местами, обе пары одобрены. Участники пока ничего не знают.
admin-done-rules = Правила подбора сохранены. Они подействуют при следующем пересчёте.
admin-done-chosen = Выбранная вами пара одобрена. Участники пока ничего не знают.
admin-done-announced = Пары объявлены. Пока сообщения не ушли, объявление можно отменить.
admin-done-recalled = Объявление отменено. Сообщений не будет, пары снова ждут объявления.
admin-done-recalled-heard = Объявление отменено. Тем, кто уже получил сообщение, придёт нейтральное: школа ещё уточняет.
admin-match-first = Подобрать пары
admin-match-again = Пересчитать
# $n: approved pairs.
admin-match-announce = Объявить пары ({ $n })
admin-match-quiet = Решение не уходит участникам, пока вы не нажмёте «Объявить пары».
admin-match-mentee = Наставляемый
admin-match-mentor = Наставник
admin-match-why = Почему
admin-match-for = За:
admin-match-against = Против:
admin-match-score = Балл
admin-match-parts = Из чего сложился балл
admin-match-decision = Решение
# $taken: decided, $offered: suggested, $capacity: mentees at most.
admin-match-places = { $offered ->
    [0] занято { $taken } из { $capacity }
   *[other] занято { $taken } из { $capacity }, предложено { $offered }
}
admin-match-approve = Одобрить
admin-match-reject = Отклонить
admin-match-other = Другой…
# $who: names.
admin-match-approve-whom = Одобрить: { $who }
# $who: names.
admin-match-reject-whom = Отклонить: { $who }
# $who: names.
admin-match-other-whom = Выбрать другого наставника: { $who }
# $n: suggestions.
admin-match-waiting = Ждут вашего решения ({ $n })
# $n: pairs.
admin-match-approved = Одобрены, ещё не объявлены ({ $n })
# $n: mentees.
admin-match-left = Пока без пары ({ $n })
admin-match-left-why = Почему и что сделать
admin-match-decided = Все предложения разобраны.
admin-match-nothing = Пары ещё не подбирали. Когда участники заполнят анкеты, нажмите «Подобрать пары».
# $when: moment.
admin-match-run = Последний подбор: { $when }.
admin-reject-title = Отклонить пару
admin-reject-what = Эту пару подбор больше не предложит. Участники ничего не узнают.
admin-reject-why = Причина
admin-reject-time = Не совпадает время
admin-reject-character = Не подойдут друг другу
admin-reject-parents = Просьба родителей
admin-reject-know = Есть лучший вариант
admin-reject-other = Другое
admin-reject-more = Подробнее
admin-reject-hint = Необязательно. Видят только сотрудники школы.
admin-reject-do = Отклонить пару
# $name: the mentee.
admin-others-title = Другой наставник для { $name }
# $n: places.
admin-others-free = { $n ->
    [0] свободных мест нет
    [one] свободно { $n } место
    [few] свободно { $n } места
   *[many] свободно { $n } мест
}
admin-others-displaces = Тогда снимется предложение для:
admin-others-choose = Выбрать
# $name: the mentor.
admin-others-choose-whom = Выбрать: { $name }
admin-others-nobody = Подходящих наставников нет. Пригласите ещё наставников или добавьте места тем, кто уже есть.
admin-announce-title = Объявить пары
# $pairs, $messages: how many.
admin-announce-what = Пар: { $pairs }. Сообщений уйдёт: { $messages }. Ниже всё, что получат люди, слово в слово.
admin-announce-call = Не в чате, им нужно позвонить:
# $n: pairs.
admin-announce-do = { $n ->
    [one] Объявить { $n } пару
    [few] Объявить { $n } пары
   *[many] Объявить { $n } пар
}
admin-announce-to = Кому:
admin-announce-no-channel = не в чате, нужно позвонить
admin-announce-nothing = Объявлять пока нечего.
admin-announce-blocked = Одобрены, но объявить пока нельзя
admin-reader-mentor = наставник
admin-reader-mentee = наставляемый
admin-reader-guardian = родитель

## Pairs

admin-done-model = Ролевая модель записана.
admin-done-closed = Пара завершена.
admin-done-closed-many = Пары завершены.
admin-done-closed-some = Пары завершены, кроме тех, что уже не в работе.
# $n: pairs.
admin-pairs-title = Пары и группы ({ $n })
admin-pairs-show = Показать
admin-pairs-nothing = Таких пар пока нет.
admin-pair-card = Пара
admin-pair-group = группа
admin-pair-who = Кто
admin-pair-since = С какого дня
# $day: first day.
admin-pair-from = с { $day }
# $day: the day.
admin-pair-left = до { $day }
admin-pair-held = Встреч
admin-pair-next = Следующая
admin-pair-health = Как дела
admin-pair-no-meetings = Встреч ещё не было.
admin-pair-result = Результаты
admin-pair-result-hint = Коротко: что получилось. Попадёт в отчёт.
admin-pair-model = Ролевая модель
admin-pair-model-hint = Видят только сотрудники школы.
admin-pair-end = Завершить пару
admin-pair-how = Как завершается
admin-pair-end-completed = программа пройдена
admin-pair-end-stopped = остановить раньше срока
admin-pair-end-do = Завершить пару

## Meetings

# $n: meetings.
admin-meetings-unanswered = Никто не ответил, состоялась ли встреча ({ $n })
admin-meetings-unanswered-more = Бот уже спросил участников трижды. Если известно, как было, отметьте.
admin-meetings-answered = Обо всех прошедших встречах известно.
admin-meetings-all = Все встречи
# $n: offers.
admin-meetings-proposed = Время предложено, ждём ответа ({ $n })

## Help

admin-done-taken = Просьба у вас в работе.
admin-done-worry-taken = Записано: этой парой занимаетесь вы.
admin-done-worry-closed = Причина закрыта.
admin-done-letter = Сообщение поставлено в очередь и придёт в удобные для человека часы.
admin-done-letter-nowhere = Сообщение не ушло: у человека нет чата или такое же уже отправлено сегодня. Позвоните или подойдите сами.
admin-done-help-closed = Просьба закрыта.
admin-done-help-chat = Чат подключён: тревоги будут приходить туда.
admin-done-help-chat-off = Чат отключён.
admin-done-care-note = Заметка записана.
admin-done-relay-released = Сообщение передано, автору сказано.
admin-done-relay-returned = Сообщение вернулось к автору с вашим словом.
admin-done-relay-settled = Отмечено: с этим разобрались.
admin-done-relay-closed = Эта переписка не встревожила никого, поэтому открыть её может только куратор.
admin-help-private = Эти слова видят только куратор и психолог. Наставнику они не показываются.
admin-help-no-words = Без слов: человек попросил связаться.
admin-help-new = новая
admin-help-in_work = в работе
admin-help-closed = закрыта
admin-help-take = Беру в работу
# $n: number.
admin-help-take-number = Беру в работу, просьба { $n }
admin-help-close = Закрыть просьбу
# $n: number.
admin-help-close-number = Закрыть, просьба { $n }
admin-help-close-do = Закрыть
admin-help-action = Что сделано
admin-help-nothing = Просьб о помощи нет.

## Messages page

admin-messages-lost = Кому позвонить
admin-messages-lost-more = До этих людей не доходит ни одно сообщение: бот заблокирован или чат удалён.
admin-messages-all-reached = Сообщения доходят до всех.
admin-messages-all-sent = Всё отправлено.
admin-messages-whom = Кому
admin-messages-what = Что
admin-messages-state = Что с ним

## Reports

# $year: school year.
# $title: of the report.
admin-reports-download = Скачать в Excel: { $title }
admin-reports-care = В файлах есть персональные данные. Храните их там же, где другие документы школы. Скачивание записывается в журнал.

## Loading a list

admin-done-imported = Список загружен. Здесь те, кто ещё не отвечал: им нужны приглашения.
admin-done-import-undone = Загрузка отменена.
admin-roster-how = Загрузите список класса или учителей из Excel таким, какой он есть. Сначала вы увидите, что изменится. До подтверждения ничего не записывается.
admin-roster-file = Файл со списком
admin-roster-file-hint = Excel, LibreOffice или CSV, до 5 МБ.
admin-roster-no-file = Выберите файл.
admin-roster-category = Кто в списке
admin-roster-category-hint = Нужно, если из самого файла это не ясно.
admin-roster-by-row = Определить по файлу
admin-roster-look = Посмотреть, что изменится
admin-roster-sample = Скачать образец
admin-roster-check = Проверьте список
# $new, $changed, $same, $refused: rows.
admin-roster-counts = Новых: { $new }. Изменится: { $changed }. Без изменений: { $same }. Не подошло: { $refused }.
# $n: people.
admin-roster-missing = Есть в программе, но нет в файле: { $n }. С ними ничего не произойдёт.
admin-roster-nothing = Загружать нечего.
# $n: rows.
admin-roster-kind-new = Новые ({ $n })
# $n: rows.
admin-roster-kind-changed = Изменятся ({ $n })
# $n: rows.
admin-roster-kind-same = Без изменений ({ $n })
# $n: rows.
admin-roster-kind-refused = Не подошли ({ $n })
admin-roster-row = Строка
admin-roster-note = Что заметили
# $n: rows.
admin-roster-more = И ещё строк: { $n }.
admin-field-last_name = фамилия
admin-field-first_name = имя
admin-field-middle_name = отчество
admin-field-birth_date = дата рождения
admin-field-class_name = класс
admin-field-gender = пол
admin-field-phone = телефон
admin-field-email = почта
admin-field-position = должность
admin-field-workplace = место работы или учёбы
admin-field-teaching_since = год начала работы
admin-field-category = кто это

## Settings

admin-done-settings = Настройки сохранены.
admin-done-directory = Справочник изменён.
admin-done-ticked = Отмечено.
admin-done-unticked = Отметка снята.
admin-done-interviewed = Собеседование записано.
admin-done-suspended = Допуск закрыт, новых пар у наставника не будет.
admin-done-shortlist = Короткий список изменён.
admin-done-trained = Присутствие отмечено.
admin-done-ages = Возраст участников сохранён.
admin-settings-school = Школа
admin-settings-name = Название
admin-settings-name-hint = Так школа названа в документах и сообщениях. Например, МБОУ «Школа № 7».
admin-settings-name-missing = Напишите название школы.
admin-settings-city = Населённый пункт
admin-settings-city-hint = Попадёт в шапки документов. Например, Речной.
admin-settings-zone = Часовой пояс
admin-settings-zone-hint = По нему считаются напоминания и тихие часы. Например, для Омска – «Омск».
admin-settings-zone-unknown = Выберите часовой пояс из списка.
admin-zone-Europe-Kaliningrad = Калининград (Москва −1)
admin-zone-Europe-Moscow = Москва
admin-zone-Europe-Samara = Самара (Москва +1)
admin-zone-Asia-Yekaterinburg = Екатеринбург (Москва +2)
admin-zone-Asia-Omsk = Омск (Москва +3)
admin-zone-Asia-Novosibirsk = Новосибирск (Москва +4)
admin-zone-Asia-Krasnoyarsk = Красноярск (Москва +4)
admin-zone-Asia-Irkutsk = Иркутск (Москва +5)
admin-zone-Asia-Yakutsk = Якутск (Москва +6)
admin-zone-Asia-Vladivostok = Владивосток (Москва +7)
admin-zone-Asia-Magadan = Магадан (Москва +8)
admin-zone-Asia-Kamchatka = Камчатка (Москва +9)
admin-settings-operator = Оператор персональных данных
admin-settings-operator-hint = Полное название и адрес школы, как в уставе: попадёт в тексты согласий. Например, МБОУ «Школа № 7», г. Речной, ул. Садовая, 1.
admin-settings-privacy_url = Политика обработки данных
admin-settings-privacy_url-hint = Страница на сайте школы, бот даёт её тем, кто спросит о данных. Например, https://school7.example/privacy
admin-settings-url = Адрес должен начинаться с https://
admin-settings-programme = Программа
admin-settings-year = Учебный год
admin-settings-year-hint = По нему считаются отчёты и анкеты. Например, 2026-2027.
admin-settings-year-odd = Укажите два года подряд, например 2026-2027.
admin-settings-pupils = Всего учеников в школе
admin-settings-pupils-hint = Нужно для таблиц охвата: какая доля школы участвует. Например, 583.
admin-settings-teachers = Всего учителей в школе
admin-settings-teachers-hint = Тоже для таблиц охвата. Например, 51.
admin-settings-forms = Формы наставничества
admin-settings-forms-hint = Бот предлагает только отмеченные. Например, «Ученик – ученик», если старшие помогают младшим.
admin-settings-forms-none = Отметьте хотя бы одну форму наставничества.
admin-settings-curator = Куратор
admin-settings-curator_name = Как зовут куратора
admin-settings-curator_name-hint = Имя и отчество: так бот назовёт куратора участникам. Например, Мария Ивановна.
admin-settings-curator_contact = Как связаться с куратором
admin-settings-curator_contact-hint = Бот покажет, где найти куратора. Например, кабинет 214 или телефон школы.
admin-settings-help_line = Телефон доверия
admin-settings-help_line-hint = Бот показывает его тем, кому нужна помощь. Например, 8-800-2000-122.
admin-settings-hours = Когда писать участникам
admin-settings-hours-hint = Вне этих часов бот только отвечает на то, что ему написали. Например, ученикам с 8:00 до 20:00.
admin-settings-hours-odd = Укажите два времени, первое раньше второго.
admin-settings-quiet_pupils = Ученикам и родителям
admin-settings-quiet_staff = Учителям и работодателям
admin-settings-from = с
admin-settings-to = до
admin-settings-bells = Обычное начало встреч
admin-settings-bells-hint = Начала встреч вне уроков, через запятую. Например, 13:30, 14:30.
admin-settings-bells-odd = Укажите время через запятую, например 13:30, 14:30. Не больше двенадцати.
admin-settings-meeting_place = Обычное место встреч
admin-settings-meeting_place-hint = Бот предложит его первым. Например, библиотека.
admin-settings-channels = Где мы на связи
admin-settings-enabled_channels = Каналы
admin-settings-enabled_channels-hint = Где бот разговаривает с участниками. Например, только чат на сайте, пока нет разрешения на мессенджер.
admin-settings-channels-none = Отметьте хотя бы один канал.
admin-settings-personal_channels = Где можно спрашивать личное
admin-settings-personal_channels-hint = Где можно спрашивать личное, например дату рождения. В остальных такие вопросы откроются на странице сайта.
admin-settings-vk_group_url = Сообщество школы ВКонтакте
admin-settings-vk_group_url-hint = Для ссылок на новости и приглашений. Например, https://vk.com/school7

## Accounts

admin-done-user-closed = Учётная запись закрыта.
admin-users-title = Сотрудники с доступом
admin-users-name = Имя и отчество
admin-users-role = Роль
admin-users-closed = доступ закрыт
admin-users-close = Закрыть доступ
# $login: whose.
admin-users-close-whom = Закрыть доступ: { $login }
admin-users-class-hint = Только для классного руководителя.
# $least: characters.
admin-users-password-hint = Не меньше { $least } знаков. Подойдёт фраза из нескольких слов.
admin-role-curator = куратор
admin-role-director = директор
admin-role-class_teacher = классный руководитель
admin-role-psychologist = психолог
admin-role-municipal_coordinator = муниципальный координатор
admin-role-site_editor = редактор сайта
admin-role-evaluator = внешний эксперт
admin-role-sysadmin = системный администратор
admin-role-auditor = проверяющий

## Journal

admin-journal-closed = Просьбы о помощи и переписку пар здесь видит только куратор, поэтому номера могут идти не подряд.
admin-journal-number = Номер
admin-journal-who = Кто
admin-journal-did = Что сделано
admin-journal-more = Для проверки
admin-journal-nothing = Записей пока нет.
# $n: id of the person.
admin-actor-person = участник { $n }
admin-actor-cli = командная строка
admin-actor-system = программа
admin-actor-someone = участник
admin-act-other = изменение
admin-act-person-joined = вступление в программу
admin-act-person-same-gender = пол и просьба о наставнике записаны
admin-act-person-answered = анкета заполнена
admin-act-person-merged = две записи объединены
admin-act-person-kept-apart = записи признаны разными людьми
admin-act-person-linked = подключён ещё один чат
admin-act-person-answered-on-paper = внесена анкета с бумаги
admin-act-person-paused = просьба не писать
admin-act-person-unpaused = пауза в сообщениях закончилась
admin-act-person-left = человек больше не в школе
admin-act-person-came-back = человек снова в школе
admin-act-person-frozen = участие остановлено
admin-act-person-returned = согласие дано снова
admin-act-pair-member-aside = участник группы ждёт согласия
admin-act-pair-member-back = участник вернулся в группу
admin-act-person-put-aside = участие на паузе из-за согласия
admin-act-person-taken-back = участие продолжается
admin-act-person-erased = данные удалены
admin-act-person-erasure-asked = просьба удалить данные
admin-act-person-erasure-planned = назначен день удаления
admin-act-person-corrected = исправлен телефон или почта
admin-act-guardians-decided = решение, когда родители ответили по-разному
admin-act-guardian-ended = взрослый не представляет ребёнка
admin-act-pair-paused = пара на паузе
admin-act-pair-resumed = пара продолжает работу
admin-act-pair-left = участник вышел из группы
admin-act-table-downloaded = список скачан в Excel
admin-act-person-side = роль в программе изменена
admin-act-person-class = класс изменён
admin-act-bulk-consent = напоминание о согласии сразу многим
admin-act-bulk-quiz = напоминание об анкете сразу многим
admin-act-bulk-cards = карточки с QR сразу для многих
admin-act-bulk-class = класс изменён сразу у многих
admin-act-bulk-mentor = роль «наставник» сразу у многих
admin-act-bulk-mentee = роль «наставляемый» сразу у многих
admin-act-bulk-admit = допуск сразу многим наставникам
admin-act-bulk-left = многие отмечены как ушедшие из школы
admin-act-bulk-undone = изменение сразу у многих отменено
admin-act-consent-given = согласие дано
admin-act-consent-refused = отказ от согласия
admin-act-consent-withdrawn = согласие отозвано
admin-act-guardian-named = назван родитель
admin-act-guardian-confirmed = родитель подтверждён
admin-act-guardian-exception = взрослый подтверждён как исключение
admin-act-person-erasure-wished = ученик просит удалить данные
admin-act-wish-settled = уточнено, кого хотят в наставники
admin-act-mentor-admitted = наставник допущен
admin-act-mentor-places = изменено число мест наставника
admin-act-invitation-made = создано приглашение
admin-act-invitation-revoked = приглашение отменено
admin-act-match-suggested = подбор пар
admin-act-pair-approved = пара одобрена
admin-act-pair-unapproved = одобрение пары снято
admin-act-pair-unrejected = пару снова можно предлагать
admin-act-matching-rules = изменены правила подбора
admin-act-matching-shown = изменено, рассказывать ли участникам о подборе
admin-act-pair-chosen = пара выбрана куратором
admin-act-pair-rejected = пара отклонена
admin-act-pair-grouped = собрана группа
admin-act-pair-announced = пара объявлена
admin-act-pair-model = записана ролевая модель
admin-act-pair-completed = пара завершена
admin-act-pair-stopped = пара остановлена
admin-act-feedback-asked = отправлен опрос
admin-act-feedback-concern = в отзыве просят внимания
admin-act-meeting-cancelled = встреча отменена
admin-act-meeting-confirmed = встреча назначена
admin-act-meeting-proposed = предложена встреча
admin-act-meeting-lapsed = предложение встречи устарело
admin-act-meeting-held = встреча состоялась
admin-act-meeting-corrected = исправлено, состоялась ли встреча
admin-act-meeting-missed = встреча не состоялась
admin-act-meeting-moved = встреча переносится
admin-act-meeting-absent = участник не придёт на встречу
admin-act-meeting-series = встречи назначены на несколько недель
admin-act-meeting-attendance = отмечено, кто был на встрече
admin-act-meeting-met = отмечена встреча, о которой не договаривались
admin-act-meeting-diary = записано в дневник встречи
admin-act-meeting-link = к встрече добавлена ссылка
admin-act-gathering-called = созвана общая встреча
admin-act-gathering-invited = на общую встречу приглашены новые участники
admin-act-gathering-changed = изменена общая встреча
admin-act-gathering-cancelled = отменена общая встреча
admin-act-gathering-held = отмечено, кто был на общей встрече
admin-act-person-calendar = изменён адрес календаря
admin-act-pair-dropped = предложение пары снято
admin-act-news-not-meant = в новости назван другой человек с тем же именем
admin-act-news-planned = новость запланирована
admin-act-news-plan-cancelled = план новости отменён
admin-act-news-plan-stopped = новость по плану не вышла
admin-act-news-corrected = вышедшая новость исправлена
admin-act-news-withdrawn = новость снимается с публикации
admin-act-news-wall-corrected = запись на стене исправлена
admin-act-news-wall-removed = запись на стене удалена
admin-act-news-wall-by-hand = запись на стене изменена вручную
admin-act-news-idea-used = из идеи сделан черновик новости
admin-act-news-story-proposed = участник предлагает новость
admin-act-news-story-recalled = участник забрал свой рассказ
admin-act-news-story-taken = из рассказа сделан черновик новости
admin-act-news-story-declined = рассказ участника не взят в новости
admin-act-news-edited = изменён черновик новости
admin-act-news-on-site = новость показана на странице для сайта
admin-act-news-off-site = новость убрана со страницы для сайта
admin-act-news-published = новость опубликована
admin-act-news-mailing-paused = рассылка новости на паузе
admin-act-news-mailing-resumed = рассылка новости продолжена
admin-act-news-mailing-cancelled = рассылка новости отменена
admin-act-news-takedown-asked = новость нужно снять с публикации
admin-act-news-takedown-lifted = согласие вернулось, снимать не нужно
admin-act-news-taken-down = новость снята с публикации
admin-act-news-wall-stopped = запись для стены остановлена
admin-act-news-posted = новость размещена на стене
admin-act-news-wall-failed = стена не приняла новость
admin-act-relay-opened = открыта переписка пары
admin-act-relay-photo-opened = открыто фото в переписке пары
admin-act-relay-released = сообщение пары передано
admin-act-relay-returned = сообщение пары возвращено автору
admin-act-relay-settled = с тревожным сообщением разобрались
admin-act-relay-reported = жалоба на сообщение в паре
admin-act-help-asked = просьба о помощи
admin-act-help-taken = просьба взята в работу
admin-act-help-closed = просьба закрыта
admin-act-help-added = просьба дополнена
admin-act-help-called-in = позван следующий взрослый
admin-act-care-note = записана заметка психолога
admin-act-care-notes-read = открыты заметки психолога
admin-act-user-chat = изменён чат для тревог
admin-act-report-made = отчёт скачан
admin-act-roster-imported = список загружен
admin-act-roster-undone = загрузка списка отменена
admin-act-settings-changed = настройки изменены
admin-act-school-page-changed = изменена страница для сайта
admin-act-school-added = школа добавлена
admin-act-person-opened = открыта карточка участника
admin-act-person-changes-opened = открыто сравнение ответов одного человека
admin-act-pair-pulse-opened = открыт пульс пар
admin-act-mentor-opened = открыта карточка отбора наставника
admin-act-wish-opened = открыты слова о желаемом наставнике
admin-act-achievement-opened = открыта копия диплома
admin-act-help-opened = открыты слова просьб о помощи
admin-act-user-invited = сделана ссылка для сотрудника
admin-act-user-invitation-revoked = ссылка для сотрудника отменена
admin-act-user-joined = по ссылке задан пароль
admin-act-user-let-in = сделана ссылка для нового пароля
admin-act-user-second-step-on = включён код при входе
admin-act-user-second-step-off = выключен код при входе
admin-act-user-codes-required = изменено, от каких ролей требуется код при входе
admin-act-user-recovery-codes = сделаны новые запасные коды
admin-act-user-recovery-used = вход по запасному коду
admin-act-user-session-ended = сеанс завершён
admin-act-school-municipality = изменён муниципалитет школы
admin-act-card-filled = заполнена карта или самопроверка
admin-act-comparison-made = подведены итоги «до и после»
admin-act-consents-reminded = напомнено о согласиях
admin-act-copy-made = сделана резервная копия
admin-act-settings-channel = исправлена настройка канала
admin-act-settings-wall-tested = проверено право публикации на стене
admin-act-copy-taken = скачана резервная копия
admin-act-directory-added = в справочник добавлена строка
admin-act-directory-edited = изменена строка справочника
admin-act-directory-moved = строка справочника переставлена
admin-act-directory-off = строка справочника убрана
admin-act-directory-on = строка справочника возвращена
admin-act-encounter-asked-for = попросили о разовой встрече
admin-act-encounter-brought = участник записан на разовую встречу
admin-act-encounter-cancelled = разовая встреча отменена
admin-act-encounter-cards = разосланы карточки после знакомства
admin-act-encounter-changed = изменена разовая встреча
admin-act-encounter-decided = решено о разовой встрече
admin-act-encounter-held = отмечено, кто был на разовой встрече
admin-act-encounter-invited = приглашены на разовую встречу
admin-act-encounter-left = отказ от разовой встречи
admin-act-encounter-offered = предложена разовая встреча
admin-act-encounter-planned = составлены круги знакомства
admin-act-encounter-published = объявлена разовая встреча
admin-act-encounter-replanned = круги знакомства составлены заново
admin-act-encounter-seated = дано место на разовой встрече
admin-act-encounter-signed-up = запись на разовую встречу
admin-act-encounter-trial = назначена пробная встреча
admin-act-encounter-words = сказано, с кем хочется продолжить
admin-act-idea-added = добавлена идея встречи
admin-act-idea-edited = изменена идея встречи
admin-act-idea-off = идея встречи убрана
admin-act-idea-on = идея встречи возвращена
admin-act-launch-changed = изменён чек-лист запуска
admin-act-launch-texts-read = тексты бота прочитаны
admin-act-match-allowed = пару снова можно предлагать
admin-act-match-forbidden = эту пару больше не предлагать
admin-act-match-grouped = подбор групп
admin-act-match-pinned = пара закреплена в подборе
admin-act-match-unpinned = закрепление пары снято
admin-act-mentor-interviewed = записано собеседование
admin-act-mentor-shortlisted = наставник выбран из отклика
admin-act-mentor-unlisted = выбор наставника снят
admin-act-mentor-suspended = допуск наставника приостановлен
admin-act-mentor-ticked = отмечено обучение или условие
admin-act-mentor-unticked = отметка снята
admin-act-nudges-changed = изменены напоминания
admin-act-polls-changed = изменено, что спрашивается само
admin-act-pool-answered = есть ответ на вопрос наставникам
admin-act-pool-asked = задан вопрос наставникам
admin-act-pool-asked-more = вопрос наставникам дополнен
admin-act-pool-assigned = вопрос передан наставнику
admin-act-pool-closed = вопрос наставникам закрыт
admin-act-pool-given-back = вопрос возвращён
admin-act-pool-taken = вопрос взят
admin-act-questionnaire-closed = анкета закрыта
admin-act-questionnaire-published = анкета опубликована
admin-act-questionnaire-discarded = черновик анкеты удалён
admin-act-questionnaire-reminded = напомнено об анкете
admin-act-questionnaire-reopened = анкета открыта снова
admin-act-questionnaire-sent = анкета отправлена
admin-act-relay-care = в сообщении пары найдены слова беды
admin-act-user-added = учётная запись добавлена
admin-act-user-closed = учётная запись закрыта
admin-act-user-password = пароль сменён
admin-act-user-signed-in = вход
admin-roster-sample-name = Образец списка.xlsx

## Questionnaires
admin-done-comparison-made = Итоги подведены. Таблица больше не изменится.
admin-done-polls-saved = Сохранено. Кого уже спросили, те ещё могут ответить.
admin-done-quiz-sent = Анкета отправлена. Ночью и в выходные она подождёт.
admin-done-quiz-reminded = Напоминание уйдёт тем, кто ещё не ответил.
admin-done-quiz-nobody-left = Напоминать некому: все ответили или уже получили напоминание.
admin-done-quiz-closed = Анкета закрыта: новых ответов не будет, напоминания не уйдут.
admin-done-quiz-reopened = Анкета снова открыта.
admin-done-quiz-gone = Этот вопрос уже убрали, в анкете ничего не изменилось.
admin-done-quiz-kept = Черновик сохранён.
admin-done-quiz-removed = Вопрос удалён из черновика.
admin-done-quiz-published = Новая версия опубликована. Кто уже внутри, заполнит прежнюю.
admin-done-quiz-discarded = Черновик удалён.
admin-done-card-filled = Карта сохранена.
admin-done-plan-saved = Программа сохранена.
admin-done-plan-won = Достижение записано.
admin-done-plan-won-removed = Достижение удалено.
admin-done-plan-sent = Программа отправлена на согласование.
admin-done-plan-yes = Согласие записано.
admin-done-plan-read = Ознакомление отмечено.
admin-done-plan-finish = Программа завершена.
admin-done-spoken = Ответ записан со слов.
admin-done-reminded = Напоминание отправится в вежливые часы.
admin-done-reminded-before = Сегодня уже напоминали, или написать некуда: позвоните.
admin-done-begun = Пара начала работать.
admin-done-dissolved = Пара разведена. Тем, кто о ней знал, придёт нейтральное сообщение.
admin-done-paused = Пара на паузе. Обе стороны узнают об этом.
admin-done-resumed = Пара снова работает.
admin-done-replaced = Замена начата: наставляемый снова в поиске. Причину вторая сторона не узнает.
admin-done-term = Новый срок записан.
admin-done-substitute = Замещение записано. Наставляемый и тот, кто замещает, узнают об этом. Встреча, если она была назначена, отменена: о новой договорятся заново.
admin-done-mentor-back = Наставник снова ведёт пару. Встреча, если она была назначена, отменена: о новой договорятся заново.
admin-done-member-planned = Записано. В этот день состав изменится сам.
admin-done-change-off = Убрано из плана.
admin-act-pair-change-planned = изменение состава запланировано
admin-act-pair-change-off = запланированное изменение убрано
admin-done-joined = Участник теперь в группе, сообщение отправится в вежливые часы.
admin-done-member = Состав группы изменён.
admin-done-wish-granted = Сделано.
admin-done-wish-kept = Всё остаётся как есть. Тому, кто просил, придёт тёплое сообщение.
admin-act-pair-agreed = сторона согласна
admin-act-pair-begun = пара начала работать
admin-act-pair-declined = пара не подошла
admin-act-pair-recalled = объявление отменено
admin-act-pair-asked = просьба участника
admin-act-pair-end-said = ответ о новом сроке
admin-act-pair-wish-kept = решено оставить как есть
admin-act-pair-replaced = замена наставника
admin-act-pair-extended = пара продлена
admin-act-pair-shortened = срок пары сокращён
admin-act-pair-substitute = наставника замещают
admin-act-pair-mentor-back = наставник вернулся
admin-act-pair-joined = участник пришёл в группу
admin-act-pair-end-agreed = последний день пары согласован вместе с программой
admin-act-plan-begun = программа пары составлена
admin-act-plan-changed = программа пары изменена
admin-act-plan-sent = программа отправлена на согласование
admin-act-plan-said-yes = участник согласен с программой
admin-act-plan-agreed = программа согласована
admin-act-plan-objected = участник предложил изменить программу
admin-act-plan-wish = добавлено пожелание к программе
admin-act-plan-wish-dropped = пожелание к программе убрано
admin-act-plan-event = отметка о деле программы
admin-act-plan-fact = записан результат дела программы
admin-act-plan-at-work = программа начала работать
admin-act-plan-acknowledged = отмечено ознакомление с программой
admin-act-plan-result = сторона подвела итог программы
admin-act-plan-completed = программа завершена
admin-act-plan-document = программа скачана документом
admin-act-plan-report = отчёт наставника скачан документом
admin-act-goal-named = пара назвала цель
admin-act-goal-looked-at = отмечено, как близко цель
admin-act-achievement-entered = добавлено достижение
admin-act-achievement-file = к достижению приложен диплом
admin-act-achievement-removed = достижение удалено
admin-act-project-stage = отмечен шаг проекта
admin-act-hours-entered = записаны часы наставника
admin-act-queue-support = отмечена поддержка психолога
admin-act-worry-taken = причина тревоги взята в работу
admin-act-worry-closed = причина тревоги закрыта
admin-act-worry-rules = изменены сроки внимания к парам
admin-act-person-written-to = человеку написано от имени куратора
admin-act-queue-offered = предложено занятие на время ожидания
admin-done-encounter-open = Запись открыта.
admin-done-encounter-not = Предложение отложено. Его автору придёт сообщение.
admin-done-encounter-invited = Сообщения о встрече отправляются.
admin-done-encounter-changed = Встреча изменена.
admin-done-encounter-same = Всё осталось как было, никому ничего не отправлено.
admin-done-encounter-off = Встреча отменена, участники узнают об этом.
admin-done-encounter-came = Записано. Тем, кто был, придут несколько вопросов.
admin-done-encounter-table = Круги составлены. Карточки пока не отправлены.
admin-done-encounter-cards = Карточки отправляются тем, у кого они изменились.
admin-done-encounter-side = Сторона изменена. Составьте круги заново.
admin-done-encounter-trials = Приглашения на знакомство отправляются.
admin-done-pool-assigned = Просьба ответить отправляется.
admin-done-pool-answered = Ответ отправляется.
admin-done-pool-met = Встреча назначена, оба узнают о ней.
admin-done-pool-back = Вопрос снова в общем списке.
admin-done-pool-closed = Вопрос закрыт.
admin-done-support = Отмечено.
admin-done-meanwhile = Предложение отправится в вежливые часы.
admin-done-again = Участник снова в поиске пары.
admin-act-pair-searches-again = участник снова ищет пару
admin-done-meeting-held = Отмечено: встреча состоялась. Кого о ней ещё не спрашивали, тех спросят.
admin-done-meeting-not-held = Отмечено. Вопросы об этой встрече никому не придут.
admin-done-meeting-came = Записано, кто был.
admin-done-gathering-called = Встреча назначена, приглашения отправляются.
admin-done-gathering-changed = Изменения сохранены.
admin-done-gathering-invited = Новые участники приглашены.
admin-done-gathering-off = Встреча отменена, приглашённые узнают об этом.
admin-done-gathering-came = Записано, кто пришёл.

## Road map, partners, the school's documents
admin-done-year-asked = Вопросы отправляются. Ответы появятся на этой странице.
admin-done-year-kept = Выбор сохранён. Это следующие пары.
admin-done-year-noted = Ответ записан.
admin-done-year-turned = Новый учебный год начался. Сообщения участникам уйдут через сутки.
admin-done-year-undone = Прошлый учебный год вернулся.
admin-done-year-undone-part = Прошлый учебный год вернулся. То, что изменили после кнопки, осталось как есть.
admin-done-pack-asked = Сборка архива началась.
admin-done-pack-dropped = Архива больше нет.
admin-done-export-asked = Сборка архива началась.
admin-done-export-dropped = Архив удалён.
admin-done-town-added = Файл принят.
admin-done-town-trusted = Отпечаток сверен, числа школы войдут в своды.
admin-done-town-removed = Школа убрана.
admin-done-roadmap-begun = Карта готова. Проверьте сроки и ответственных.
admin-done-roadmap-copied = Карта скопирована на следующий год. Проверьте сроки.
admin-done-roadmap-saved = Мероприятие сохранено.
admin-done-roadmap-marked = Отметка сохранена.
admin-done-roadmap-moved = Порядок изменён.
admin-done-roadmap-removed = Мероприятие убрано из карты.
admin-done-roadmap-attached = Документ приложен.
admin-done-roadmap-detached = Документ убран.
admin-done-roadmap-stage = Этапы сохранены.
admin-done-roadmap-stage-removed = Этап убран.
admin-done-partner-saved = Партнёр сохранён.
admin-done-partner-archived = Партнёр в архиве.
admin-done-partner-returned = Партнёр возвращён из архива.
admin-done-partner-forgotten = Контактное лицо стёрто.
admin-done-partner-offer = Предложения обновлены.
admin-done-partner-event = Событие записано.
admin-done-partner-removed = Запись убрана.
admin-done-partner-person = Список наставников партнёра обновлён.
admin-done-paper-added = Документ загружен.
admin-done-paper-saved = Описание сохранено.
admin-done-site-on = Страница сохранена и открыта всем.
admin-done-site-off = Страница сохранена, она выключена.
admin-done-site-story-on = Новость показана на странице для сайта.
admin-done-site-story-off = Новость убрана со страницы для сайта.
admin-done-paper-replaced = Новая редакция загружена, прежняя осталась в списке.
admin-done-paper-replaced-closed = Новая редакция загружена. Документ пока закрыт: просмотрите файл и откройте его всем снова.
admin-done-paper-removed = Документ удалён.
admin-act-roadmap-taken = взята рекомендованная дорожная карта
admin-act-roadmap-begun = начата пустая дорожная карта
admin-act-year-chosen = выбор в мастере нового года сохранён
admin-act-year-asked = участников спросили о новом годе
admin-act-year-said = ответ о новом учебном годе
admin-act-year-turned = начат новый учебный год
admin-act-year-undone = новый учебный год отменён
admin-act-year-begun = предложены анкеты начала года
admin-act-pair-continued = пара продолжена в новом учебном году
admin-act-pack-asked = заказан архив документов и отчётов
admin-act-pack-taken = архив документов и отчётов скачан
admin-act-pack-cancelled = сборка архива документов отменена
admin-act-pack-dropped = архив документов и отчётов удалён
admin-act-export-asked = заказана выгрузка всех данных
admin-act-export-taken = выгрузка всех данных скачана
admin-act-export-dropped = выгрузка всех данных удалена
admin-act-town-signed = числа школы подписаны для муниципалитета
admin-act-town-added = загружены числа школы
admin-act-town-trusted = отпечаток школы сверен
admin-act-town-removed = школа со своей копией убрана
admin-act-roadmap-copied = дорожная карта скопирована на следующий год
admin-act-roadmap-added = мероприятие добавлено в карту
admin-act-roadmap-edited = мероприятие карты изменено
admin-act-roadmap-marked = изменено состояние мероприятия
admin-act-roadmap-moved = мероприятие переставлено
admin-act-roadmap-removed = мероприятие убрано из карты
admin-act-roadmap-attached = к мероприятию приложен документ
admin-act-roadmap-detached = документ мероприятия убран
admin-act-roadmap-document = дорожная карта скачана для подписи
admin-act-roadmap-stage-added = добавлен этап карты
admin-act-roadmap-stage-renamed = этап карты переименован
admin-act-roadmap-stage-moved = этап карты переставлен
admin-act-roadmap-stage-removed = этап карты убран
admin-act-partner-added = добавлен партнёр
admin-act-partner-edited = данные партнёра изменены
admin-act-partner-turned = партнёр переведён в архив или возвращён
admin-act-partner-contact-forgotten = контактное лицо партнёра стёрто
admin-act-partner-offer = записано предложение партнёра
admin-act-partner-event = записано событие с партнёром
admin-act-partner-received = отмечено, получено ли предложенное
admin-act-partner-deed-removed = запись партнёра убрана
admin-act-partner-person-added = наставник отнесён к партнёру
admin-act-partner-person-removed = наставник убран из списка партнёра
admin-act-paper-added = загружен документ школы
admin-act-paper-edited = описание документа школы изменено
admin-act-paper-replaced = загружена новая редакция документа
admin-act-paper-removed = документ школы удалён

## Templates, letters of thanks and certificates
admin-done-template-uploaded = Шаблон загружен и проверен. Посмотрите образец и нажмите «Составлять из этой».
admin-done-template-used = Готово: документы составляются из этой редакции.
admin-done-template-removed = Редакция удалена.
admin-done-letterhead = Бланк сохранён.
admin-done-award-given = Готово: номера и коды присвоены. Напечатайте документы или отправьте их в чат.
admin-done-award-told = Отправлено: сообщения уйдут в удобное время.
admin-done-award-told-some = Отправлено тем, до кого дотягивается чат. Остальным отдайте бумагу.
admin-done-award-told-none = Отправить некому: ни у кого нет чата. Отдайте бумагу.
admin-done-award-revoked = Документ отозван.
admin-act-template-made = составлен документ по шаблону
admin-act-template-uploaded = загружен свой шаблон
admin-act-template-used = выбран шаблон документа
admin-act-template-removed = удалена редакция шаблона
admin-act-award-given = выданы благодарности или сертификаты
admin-act-award-printed = напечатаны благодарности или сертификаты
admin-act-award-revoked = отозвана благодарность или сертификат
admin-act-award-told = благодарности отправлены в чат
