# staff.ftl - accounts of the school's staff: one's own page, colleagues, one-time links, the code after the password.

# Signing in, the second page.
staff-code-title = Код из приложения
staff-code = Код
staff-code-hint = Шесть цифр из приложения на телефоне. Подойдёт и запасной код.
staff-code-help = Нет телефона и запасных кодов? Попросите куратора или системного администратора сделать ссылку для нового пароля.
staff-code-other = Войти под другим логином
staff-code-wrong = Код не подошёл. Дождитесь в приложении следующего и введите его. Каждый код подходит один раз.
staff-code-late = Пароль введён слишком давно. Введите логин и пароль ещё раз.

# The page of one's own account.
staff-account-title = Мой вход
staff-account-login = Логин: { $login }.
# $day: the last day.
staff-account-until = Доступ открыт до { $day }.
staff-password-title = Пароль
staff-password-now = Пароль сейчас
staff-password-new = Новый пароль
staff-password-others = На всех остальных устройствах нужно будет войти заново.
staff-password-change = Сменить пароль
staff-password-wrong = Это не ваш нынешний пароль. Проверьте раскладку клавиатуры.
staff-password-same = Новый пароль совпадает с прежним. Придумайте другой.
staff-sessions-title = Где открыт кабинет
staff-session-device = Устройство
staff-session-since = Вход
staff-session-seen = Последнее действие
staff-session-this = это устройство
staff-session-end = Завершить
# $device, $at: which one.
staff-session-end-which = Завершить: { $device }, вход { $at }
staff-sessions-end = Завершить все, кроме этого
staff-sessions-what = Без действий кабинет закрывается через 10 часов. Не узнаёте устройство – завершите и смените пароль.
# $system, $browser: words below.
staff-device = { $system }, { $browser }
staff-system-windows = компьютер с Windows
staff-system-mac = компьютер Apple
staff-system-linux = компьютер с Linux
staff-system-android = телефон или планшет Android
staff-system-ios = iPhone или iPad
staff-system-other = неизвестное устройство
staff-browser-yandex = Яндекс Браузер
staff-browser-chrome = Chrome
staff-browser-edge = Edge
staff-browser-firefox = Firefox
staff-browser-opera = Opera
staff-browser-safari = Safari
staff-browser-other = другой браузер

# The code after the password.
staff-step-title = Код при входе
staff-step-is-on = Включён: после пароля кабинет спрашивает код из приложения.
staff-step-is-off = Выключен: для входа достаточно пароля. С кодом в кабинет не войдёт тот, кто подсмотрел пароль.
staff-step-switch-on = Включить код
staff-step-open = Настроить код
staff-step-what = После пароля кабинет будет спрашивать код из шести цифр. Его показывает приложение на вашем телефоне, интернет и сотовая связь ему не нужны.
staff-step-need = Подойдёт любое приложение для кодов входа: Яндекс ID, Google Authenticator, FreeOTP и другие.
staff-step-begin = Начать
staff-step-1 = Откройте приложение и выберите «Добавить».
staff-step-2 = Наведите камеру на картинку.
staff-step-picture = Картинка для приложения с кодами. Тот же ключ записан буквами ниже.
staff-step-typed = Нет камеры? Введите ключ:
staff-step-3 = Введите код, который показало приложение. Ключ после этого больше не показывается.
staff-step-confirm = Включить код
staff-step-already = Код при входе уже включён.
staff-step-not-begun = Сначала начните включение кода.
staff-step-left = { $count ->
    [0] Запасных кодов не осталось: сделайте новые.
    [one] Остался { $count } запасной код.
    [few] Осталось { $count } запасных кода.
   *[many] Осталось { $count } запасных кодов.
}
staff-step-change = Запасные коды и выключение
staff-step-codes = Сделать новые запасные коды
staff-step-off = Выключить код
staff-codes-title = Запасные коды
staff-codes-what = Код включён. Эти десять кодов пригодятся, если телефон потеряется: каждый заменяет код из приложения один раз.
staff-codes-once = Больше они не покажутся. Перепишите их или напечатайте и храните отдельно от телефона.
staff-codes-kept = Коды сохранены

# A school that asks some roles for the code.
staff-step-required = Школа требует код для вашей роли. Новый телефон? Отключите прежнее приложение: вы выйдете из кабинета, и при входе он поможет подключить новое.
staff-step-change-required = Запасные коды и новый телефон
staff-step-anew = Отключить прежнее приложение
staff-step-due = Школа требует для вашей роли код при входе. Войдите заново: кабинет поможет его включить.
staff-due-title = Включите код при входе
staff-due-what = Пароль верный. Для вашей роли школа требует ещё и код из шести цифр: его показывает приложение на вашем телефоне, интернет и сотовая связь ему не нужны. Кабинет откроется сразу после этого шага.
staff-due-enter = Включить код и войти
staff-due-help = Нет телефона или код не подходит? Проверьте время на телефоне. Если не поможет, обратитесь к системному администратору: он снимет требование.
staff-codes-required-title = Код при входе
staff-codes-required-what = Отмеченные роли входят только с паролем и кодом из приложения. У кого кода ещё нет, тот сейчас выйдет из кабинета и включит код при следующем входе, иначе ничего не увидит.
staff-codes-required-roles = От кого требовать
staff-codes-required-hint = Советуем тех, кто видит больше всех: куратора, директора, психолога и системного администратора. Потерян телефон – поможет запасной код или кнопка «Новый пароль».
staff-codes-required-save = Сохранить требование
staff-codes-off-title = Вход без кода
staff-codes-off-what = Этим ролям код больше не понадобится: кто узнает их пароль, тот и войдёт.
staff-codes-off-do = Больше не требовать кода
staff-codes-own-first = Сначала включите код себе на странице «Мой вход»: вы отметили и свою роль.

# Colleagues.
staff-users-state = Вход
# $at: day and hour.
staff-users-seen = в кабинете: { $at }
staff-users-out = сейчас не в кабинете
staff-users-over = срок доступа вышел
staff-users-code = с кодом
staff-users-code-due = код ещё не включён
staff-users-until = до { $day }
staff-users-link = Новый пароль
staff-users-open = Вернуть доступ
staff-users-link-whom = Ссылка для нового пароля: { $login }
staff-links-title = Ссылки, которые ещё действуют
staff-links-whom = Кому
staff-links-until = До какого времени
staff-links-show = Показать
staff-links-show-whom = Показать ссылку: { $whom }
staff-invite-title = Пригласить сотрудника
# $days: how long the link holds.
staff-invite-what = Получится одноразовая ссылка на { $days } дней. Логин и пароль человек придумает сам, вы их не узнаете.
staff-invite-name-hint = Так человек будет подписан в журнале.
staff-invite-until = Последний день доступа
staff-invite-until-hint = Только для внешнего эксперта, не дальше года.
staff-invite-make = Сделать ссылку
staff-own-password = Ваш пароль
staff-own-password-why = Чтобы за вас этого не сделал тот, кто подойдёт к открытому кабинету.
# $login: whose.
staff-let-in-title = Новый пароль для { $login }
staff-let-in-what = Получится одноразовая ссылка на сутки. Кто по ней задаст новый пароль, тот и войдёт: прежний пароль и код при входе перестанут действовать.
staff-class-unknown = Класса «{ $name }» в списке школы нет. Есть: { $known }.
staff-until-needed = Укажите последний день доступа: от завтрашнего до года вперёд.
staff-until-over = Срок доступа вышел. Пригласите человека заново, если работа продолжается.
staff-not-yours = Эту роль даёт не ваша учётная запись. Психолога и системного администратора приглашает системный администратор, муниципального координатора – командная строка.
staff-link-title = Ссылка для сотрудника
staff-link-for = Новая учётная запись: { $role }.
staff-link-again = Новый пароль для { $login }.
staff-link-address = Адрес
staff-link-picture = QR-код с тем же адресом
# $at: day and hour.
staff-link-until = Действует до { $at } и открывается один раз.
staff-link-give = Передайте её этому человеку лично или в письме. Кто открыл первым, тот и вошёл.
staff-link-hidden = Ссылка видна десять минут тому, кто её сделал. Потом её открывает ваш пароль.
staff-link-revoke = Отменить ссылку
staff-link-used = Ссылкой воспользовались: { $at }. Больше она не открывается.
staff-link-over = Ссылка больше не действует. Сделайте новую.
staff-link-yourself = Свой пароль меняют на странице «Мой вход».
staff-roles-title = Кто что видит
staff-roles-who = Куратор приглашает всех, кроме психолога и системного администратора: их приглашает системный администратор или командная строка. Муниципального координатора добавляет только командная строка.
staff-role-curator = Ведёт программу: видит и меняет всё, кроме закрытых заметок психолога.
staff-role-director = Читает: участников, пары, встречи, отчёты, журнал. Просьбы о помощи – без слов и только если никто не ответил вовремя.
staff-role-class_teacher = Свой класс: участники, согласия, карточки, анкеты с бумаги.
staff-role-psychologist = Просьбы о помощи, тревоги, очередь без пары, закрытые заметки. Общего списка участников не видит.
staff-role-municipal_coordinator = Числа по школам своего муниципалитета, без имён; группы меньше пяти человек скрыты.
staff-role-site_editor = Новости и то, что видно всем: тексты, фотографии, снятие с публикации. Из людей – имя, класс и согласие на публикацию тех, кого отмечает на фото.
staff-role-evaluator = Числа школы и сравнение «до и после» без имён, до назначенного дня; группы меньше пяти человек скрыты.
staff-role-sysadmin = Настройки, учётные записи, каналы. Участников не видит.
staff-role-auditor = Журнал, отчёты, акты об удалении.

# What a link opens.
staff-welcome-title = Вход в кабинет
staff-welcome-role = Ваша роль: { $role }
staff-welcome-login = Придумайте логин
staff-welcome-login-hint = Например, фамилия латинскими буквами.
staff-welcome-password = Придумайте пароль
staff-welcome-enter = Сохранить и войти
staff-welcome-why = Пароль знаете только вы. Коллеги и администратор его не увидят.
staff-again-title = Новый пароль
staff-again-what = Прежний пароль перестанет действовать, на всех устройствах нужно будет войти заново. Код при входе, если он был, выключится.
staff-dead-title = Ссылка не открывается
staff-link-dead = Ссылка уже использована, отменена или устарела. Попросите новую у того, кто её прислал.
staff-link-tries = Слишком много попыток открыть чужую ссылку. Подождите 15 минут.

# Numbers of schools, without names.
staff-schools-tab = Школы
staff-schools-title = Школы
# $least: the smallest group that is shown.
staff-schools-what = Числа без имён. Меньше { $least } человек или пар не показываем: в маленькой школе их легко узнать.
staff-schools-school = Школа
staff-schools-year = Учебный год
staff-schools-mentees = Наставляемые
staff-schools-mentors = Наставники
staff-schools-pairs = Пары и группы в работе
staff-schools-meetings = Встречи состоялись
staff-schools-none = Такой школы здесь нет.
staff-schools-few = меньше { $least }
staff-schools-hidden = не показываем
staff-schools-total = Всего из показанного
staff-schools-total-what = Скрытые числа в сумму не входят.

staff-copy-by-sysadmin = Файл копии забирает системный администратор: в нём есть и ключ, которым запечатаны заметки психолога.

# Into a colleague's chat. $role: of the new account. $by: who made the link. $login: whose password.
staff-told-invited = В кабинет приглашён ещё один сотрудник: { $role }. Кто сделал ссылку: { $by }. Если вы об этом не знаете, отмените её: «Настройки» → «Сотрудники».
staff-told-let-in = Для входа { $login } сделана ссылка на новый пароль. Кто сделал: { $by }. Если вы об этом не знаете, отмените её: «Настройки» → «Сотрудники».
staff-told-let-you-in = Для вашего входа в кабинет сделана ссылка на новый пароль. Кто сделал: { $by }. Если вы об этом не просили, скажите куратору сегодня.
staff-told-server = командная строка на сервере
