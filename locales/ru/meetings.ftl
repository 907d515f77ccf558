# meetings.ftl - «Встречи» in the admin and meetings of the whole programme. For the staff.
meetings-gatherings = Общие встречи
meetings-weeks = Недели
meetings-week-before = Раньше
meetings-week-after = Позже
meetings-week = { $first } – { $last }
meetings-week-none = На этой неделе встреч нет.
meetings-views = Как показать встречи
meetings-view-week = Неделя
meetings-view-month = Месяц
meetings-view-table = Таблица
# $name: «ноябрь 2026».
meetings-month-title = Встречи: { $name }
meetings-months = Месяцы
meetings-month-before = Предыдущий месяц
meetings-month-after = Следующий месяц
meetings-month-count = { $n ->
    [one] За месяц { $n } встреча.
    [few] За месяц { $n } встречи.
   *[many] За месяц { $n } встреч.
  }
meetings-month-none = В этом месяце встреч нет.
meetings-month-today = сегодня
meetings-month-gathering = общая встреча
meetings-month-more = ещё { $n }
meetings-month-marks = ✓ состоялась, × не состоялась; зачёркнутые отменены или переносятся. На сером фоне – дни отдыха и каникулы.
meetings-one = Встреча
meetings-series = постоянная
meetings-settle = Состоялась ли встреча?
meetings-settle-hint = Участников бот уже спросил. Если известно, как было, отметьте.
meetings-correct = Отмечено по ошибке
meetings-correct-held = Встреча войдёт в отчёты, участников спросят, как она прошла. Тех, кого не было, снимите потом в «Кто был».
meetings-correct-missed = Встреча не войдёт в отчёты, опросы о ней больше не приходят. Отзывы, которые уже есть, останутся.
meetings-correct-do-held = На самом деле состоялась
meetings-correct-do-missed = На самом деле не состоялась
meetings-came = Кто был
meetings-was = на встрече
meetings-was-not = не на встрече
meetings-diary = Дневник
meetings-diary-none = Наставник пока ничего не записал. Это по желанию.
meetings-diary-step = Дальше
# $who: name.
meetings-diary-by = Записано: { $who }
meetings-diary-came = Были
# $kind: what comes next in the recommended order.
meetings-next = По порядку следующая: { $kind }

# Meetings of the whole programme. $n: how many.
meetings-gathering-new = Созвать встречу
meetings-gathering-none = Общих встреч в этом году ещё не было. Первая – знакомство всех участников, последняя – праздник с итогами.
meetings-gathering-what = Какая встреча
meetings-gathering-day = День
meetings-gathering-clock = Начало
meetings-gathering-clock-odd = Укажите время, например 15:30.
meetings-gathering-minutes = Длительность, минут
meetings-gathering-format = Как встречаемся
meetings-gathering-place = Место
meetings-gathering-link = Ссылка
meetings-gathering-link-hint = Для встречи онлайн, начинается с https://.
meetings-gathering-about = Пара слов для приглашённых
meetings-gathering-about-hint = По желанию: что будет, что взять с собой.
meetings-gathering-forms = Каких форм наставничества
meetings-gathering-forms-hint = Если ничего не отмечено, приглашаются все участники.
meetings-gathering-classes = Каких классов
meetings-gathering-classes-hint = Ограничивает только учеников. Наставники приглашаются все.
meetings-gathering-guests = Гости
meetings-gathering-guests-hint = Родные, администрация, партнёры: каждый с новой строки. Гостей зовёте сами, бот им не пишет. Через месяц после встречи список стирается.
meetings-gathering-call = Созвать и пригласить
meetings-gathering-called-note = Приглашения уйдут в часы, когда участникам можно писать.
meetings-gathering-invited = Приглашены: { $n }
meetings-gathering-coming = Придут: { $n }
meetings-gathering-not = Не смогут: { $n }
meetings-gathering-silent = Не ответили: { $n }
meetings-gathering-came = Кто пришёл
meetings-gathering-came-hint = После первой встречи те, кто был, получат короткий опрос: с кем хотелось бы работать. Если участников одной формы больше шестнадцати с одной стороны, разошлите опрос по группам на странице «Анкеты».
meetings-gathering-invite = Пригласить новых
meetings-gathering-change = Изменить
meetings-gathering-change-hint = Если изменится день, время или место, всех спросят ещё раз.
meetings-gathering-off = Отменить встречу
meetings-gathering-off-hint = Все приглашённые получат сообщение.
meetings-gathering-planned = назначена
meetings-gathering-held = состоялась, были { $n }
meetings-gathering-cancelled = отменена
meetings-gathering-answer-yes = придёт
meetings-gathering-answer-no = не сможет
meetings-gathering-answer-none = ответа нет
meetings-gathering-wait = ждёт списка, кто пришёл
