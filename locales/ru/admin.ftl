# The curator's admin. Read by staff only, so there is no English.

admin-product = Наставник
admin-error-prefix = Ошибка:
admin-skip = К содержанию страницы
admin-menu = Меню
admin-find = Найти человека
admin-sign-out = Выйти
admin-footer = «Наставник» · данные хранятся на компьютере школы
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
# $least: characters.
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
admin-odd-title = Запрос не принят
admin-odd-text = Браузер прислал то, чего программа не ждала. Вернитесь и попробуйте ещё раз.
admin-defect-title = Не получилось
admin-defect-text = Это ошибка программы, а не ваша. Изменения не записаны. Попробуйте ещё раз; если повторится, передайте номер ниже тому, кто ведёт программу.
# $number: of the line in the log.
admin-defect-number = Номер ошибки: { $number }
admin-refused-title = Сейчас так нельзя

## Today

# $day: «15 сентября».
admin-today-title = Сегодня, { $day }
admin-today-decide = Нужно решить
admin-today-what = Что
admin-today-count = Сколько
admin-today-oldest = Самое давнее
admin-today-do = Действие
admin-today-urgent = Важно
admin-today-calm = Сегодня всё спокойно
admin-today-calm-more = Решать ничего не нужно. Новое появится здесь само.
# $year: school year.
admin-today-programme = Программа в { $year } учебном году
# $n: meetings.
admin-today-week = { $n ->
    [0] В ближайшие семь дней встреч пока нет.
    [one] В ближайшие семь дней { $n } встреча.
    [few] В ближайшие семь дней { $n } встречи.
   *[many] В ближайшие семь дней { $n } встреч.
}
# $mentors, $mentees: people; $pairs: at work.
admin-today-numbers = Наставников: { $mentors }. Наставляемых: { $mentees }. Пар и групп в работе: { $pairs }.
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
admin-waiting-help = Просьбы о помощи
admin-waiting-guardians = Родители ждут подтверждения
admin-waiting-consents = Участники ждут согласия
admin-waiting-admission = Наставники ждут допуска
admin-waiting-suggested = Пары ждут вашего решения
admin-waiting-approved = Пары одобрены, но ещё не объявлены
admin-waiting-meetings = Встречи, о которых никто не ответил
admin-waiting-news = Новости ждут публикации вручную
admin-waiting-unreachable = Не доходят сообщения
admin-waiting-failures = Сообщения не отправлены
admin-way-help = Открыть
admin-way-guardians = Подтвердить
admin-way-consents = Посмотреть
admin-way-admission = Допустить
admin-way-suggested = Разобрать
admin-way-approved = Объявить
admin-way-meetings = Посмотреть
admin-way-news = Опубликовать
admin-way-unreachable = Кому позвонить
admin-way-failures = Посмотреть
