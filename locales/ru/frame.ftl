# frame.ftl - what stands around every page of the admin: the menu with its tabs, search, help, the foot.
frame-nav-quizzes = Анкеты
frame-nav-documents = Документы
# The row of pages under a word of the menu. $word: the word.
frame-tabs = Страницы раздела «{ $word }»

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
frame-tab-worries = Нужно внимание
frame-tab-queue = Очередь без пары
frame-tab-plans = Программы
frame-tab-relay = Переписка

frame-tab-meetings = Встречи пар
frame-tab-gatherings = Общие встречи
frame-tab-encounters = Разовые встречи
frame-tab-pool-questions = Вопросы наставникам

frame-tab-news = Новости
frame-tab-takedowns = Снять с публикации
frame-tab-messages = Сообщения

frame-tab-reports = Отчёты

frame-tab-materials = Материалы
frame-tab-directories = Справочники

frame-tab-settings = Школа
frame-tab-time = Время школы
frame-tab-users = Доступ
frame-tab-ages = Возраст участников
frame-tab-nudges = Напоминания
frame-tab-help-rules = Кого зовут на помощь
frame-tab-relay-rules = Правила переписки

frame-tab-journal = Журнал изменений
frame-tab-acts = Акты об удалении
