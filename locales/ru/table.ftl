# table.ftl - lists of the admin: narrowing, sorting, saved views, their files.

table-more = Ещё условия и порядок
table-sort = Порядок строк
table-sort-up = { $head }: по возрастанию
table-sort-down = { $head }: по убыванию
table-reset = Показать всех
table-first = с, включительно
table-last = по, включительно
table-from = с { $first }
table-to = по { $last }
table-from-to = с { $first } по { $last }
table-narrowed = Условия отбора
table-filter-said = { $label }: { $value }
table-drop = Убрать условие «{ $label }: { $value }»
table-by = Отбор: { $what }
table-by-nothing = Отбор: нет, весь список
table-order-up = Порядок: { $head }, по возрастанию
table-order-down = Порядок: { $head }, по убыванию

table-views = Сохранённые виды
table-views-back = К списку
table-views-manage = Изменить сохранённые виды
table-views-none = Здесь пока нет ваших видов.
table-view-save = Сохранить вид
table-view-name = Название вида
table-view-hint = Запомнятся условия и порядок строк. Вид станет ссылкой над таблицей.
table-view-no-words = Слова из поиска не запоминаются: в них бывают имена.
table-view-shared = Показывать коллегам из школы
table-view-of = от { $who }
table-view-remove = Удалить вид
table-view-remove-which = Удалить вид «{ $name }»
table-view-keep = Сохранить название вида «{ $name }»
table-view-name-missing = Назовите вид
table-view-taken = Вид с таким названием здесь уже есть. Назовите иначе.
table-view-many = На одной странице можно сохранить до { $most } видов. Удалите лишние.

table-own-class = класс { $name }
table-channel-lost = { $channel } (не доходит)

# «Сообщения»
table-messages = Сообщения за две недели ({ $n })
table-messages-failed = Не дошло: { $n }
table-messages-none = Таких сообщений за две недели нет.
table-message-failed = не дошло
table-message-sent = отправлено
table-message-waits = ждёт отправки
table-message-not-needed = уже не нужно

# «Пары»
table-find-pair = Имя, класс или название группы
table-until = Ответы ждём до
table-said = Кто что ответил
table-said-line = { $name }: { $said }
table-said-why = { $name }: { $said } ({ $why })

# «Встречи»
table-meetings = Встречи таблицей
table-meetings-title = Встречи ({ $n })
table-meetings-none = Таких встреч нет. Измените условия.
table-mentees = Наставляемые
table-mentors = Наставники
table-kind = Какая встреча
table-state = Что с ней
table-place = Место

# «Очередь», «Программы», «Анкеты», «Приглашения»
table-queue-days = Дней в очереди
table-plan-late = Просрочено событий
table-quiz-whom = Для кого
table-made = Создано
table-whose = Кому
table-card = личная карточка
table-link = общая ссылка
table-invitations = Выданные приглашения ({ $n })
table-invitations-none = Таких приглашений нет.
table-invitation-works = действует
table-invitation-used = использовано
table-invitation-over = срок вышел
table-invitation-revoked = отозвано
table-card-print = Напечатать карточку

# «Анкеты»: кто ответил
table-quiz-people = Кто ответил
table-quiz-state = Ответ
table-quiz-answered = ответ есть
table-quiz-waits = ответа пока нет
table-quiz-asked = Попросили
table-quiz-reminded = Напомнили
table-quiz-when = Ответ получен
table-quiz-yes = да
table-quiz-nobody = Таких людей нет. Измените условия.
