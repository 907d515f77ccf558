# roadmap.ftl - the road map of a school year, for the school's staff.

roadmap-title-year = Дорожная карта, { $year }
roadmap-years = Учебный год
roadmap-add = Добавить мероприятие
roadmap-new = Новое мероприятие
roadmap-add-here = Добавить сюда мероприятие
roadmap-excel = Скачать в Excel
roadmap-excel-what = Скачать дорожную карту в Excel
roadmap-word = Скачать в Word
roadmap-word-what = Скачать дорожную карту в Word, на подпись
roadmap-attention = Просрочено и подходит срок
roadmap-show = Что показать
roadmap-show-all = Все мероприятия
roadmap-show-open = Не выполненные
roadmap-show-mine = Мои
roadmap-stage = Этап
roadmap-stage-empty = Мероприятий пока нет.
roadmap-stage-nothing = Здесь ничего не осталось.

## Beginning a year
roadmap-begin = На этот год карты ещё нет
roadmap-begin-about = Рекомендованная карта — это 7 этапов и 28 мероприятий целевой модели. Сроки встанут под ваш учебный год и не попадут на выходные. Всё можно изменить, убрать и дополнить.
roadmap-begin-how = С чего начать
roadmap-begin-year = Рекомендованная карта на учебный год: с сентября по май
roadmap-begin-half_year = Рекомендованная карта на полугодие: с сентября по декабрь
roadmap-begin-copy = Карта прошлого года, { $year }: сроки сдвинутся на год, отметки и документы не перейдут
roadmap-begin-empty = Пустая карта: только названия этапов
roadmap-begin-past = Год уже идёт: чей срок прошёл, отметить выполненным (для рекомендованной карты)
roadmap-begin-do = Начать карту
roadmap-begin-not-yet = Когда куратор начнёт карту, она появится здесь.
roadmap-there = Карта на { $year } уже есть.
roadmap-none = Карты на { $year } пока нет.

## The picture
roadmap-chart-title = Как идёт год
roadmap-chart-stage = { $n }. { $title }
roadmap-chart-now = { $n }. { $title } — сейчас
roadmap-chart-all = Всего
roadmap-chart-done = Выполнено
roadmap-chart-ahead = Впереди и в работе
roadmap-chart-overdue = Просрочено
roadmap-said-none = В карте пока нет мероприятий.
roadmap-said-all = Выполнено всё: { $total }.
roadmap-said-done = Выполнено { $done } из { $total }.
roadmap-said-now = Сейчас идёт этап «{ $stage }».
roadmap-said-overdue = { $count ->
    [one] Просрочено { $count } мероприятие.
    [few] Просрочено { $count } мероприятия.
   *[many] Просрочено { $count } мероприятий.
}
roadmap-said-in-time = Просроченного нет.

## One event
roadmap-term = Срок
roadmap-status = Состояние
roadmap-state-planned = впереди
roadmap-state-going = в работе
roadmap-state-done = выполнено
roadmap-state-dropped = не проводим
roadmap-state-overdue = просрочено
roadmap-state-soon = на этой неделе
roadmap-field-title = Мероприятие
roadmap-field-stage = Этап
roadmap-field-content = Содержание
roadmap-field-starts_on = Начало
roadmap-field-ends_on = Срок
roadmap-field-term = Срок словами
roadmap-term-hint = Если дней нет: «постоянно», «до первой рабочей встречи».
roadmap-field-owner = Ответственный
roadmap-field-owner_id = Ответственный сотрудник
roadmap-field-owner-words = Ответственные словами
roadmap-owner-none = не выбран
roadmap-owner-hint = Если учётной записи нет или отвечают несколько: «классные руководители».
roadmap-field-result = Результат, вид документа
roadmap-result-hint = Например: приказ, протокол, сводка.
roadmap-field-effect = Ожидаемый эффект
roadmap-field-function = Функция
roadmap-function-none = не указана
roadmap-function-inform_outside = Внешний контур: информационная поддержка
roadmap-function-resources = Внешний контур: привлечение ресурсов
roadmap-function-assess_outside = Внешний контур: проведение оценки
roadmap-function-run = Внутренний контур: организация хода программы
roadmap-function-inform_inside = Внутренний контур: информирование коллектива
roadmap-function-method = Внутренний контур: методическая поддержка
roadmap-function-assess_inside = Внутренний контур: оценка результатов
roadmap-field-notes = Примечание
roadmap-notes-hint = Без имён учеников: карту видит директор, её печатают.
roadmap-more = Эффект, функция, примечание
roadmap-edit = Изменить мероприятие
roadmap-way = Открыть раздел, где это делается
roadmap-done = Выполнено
roadmap-done-what = Отметить выполненным сегодня: { $title }
roadmap-reopen = Вернуть в работу
roadmap-reopen-what = Вернуть в работу: { $title }
roadmap-mark = Отметка о выполнении
roadmap-done-on = День выполнения
roadmap-mark-do = Сохранить отметку
roadmap-up = Выше
roadmap-up-what = Выше: { $title }
roadmap-down = Ниже
roadmap-down-what = Ниже: { $title }
roadmap-remove = Убрать мероприятие из карты
roadmap-remove-about = Мероприятие исчезнет из карты вместе с приложенными к нему файлами. Документы школы останутся. Если его просто не будет в этом году, выберите «не проводим».
roadmap-remove-do = Убрать из карты
roadmap-remove-what = Убрать из карты: { $title }

## Its documents
roadmap-documents = Документы
roadmap-documents-none = Документов пока нет.
roadmap-attach = Приложить документ
roadmap-attach-file = Файл
roadmap-attach-paper = Или документ школы
roadmap-attach-no-paper = не выбран
roadmap-attach-url = Или ссылка
roadmap-attach-url-hint = Например, на публикацию: https://…
roadmap-attach-name = Название
roadmap-attach-name-hint = Можно не писать: возьмём имя файла или сайта.
roadmap-attach-do = Приложить
roadmap-detach = Убрать
roadmap-detach-what = Убрать документ: { $title }

## Stages
roadmap-stages = Этапы карты
roadmap-stages-about = Названия и порядок этапов этого года. Убрать можно пустой этап.
roadmap-stage-name = Этап { $n }
roadmap-stage-title = Название этапа
roadmap-stage-save = Сохранить
roadmap-stage-save-what = Сохранить название этапа: { $title }
roadmap-stage-remove = Убрать этап
roadmap-stage-remove-what = Убрать этап: { $title }
roadmap-stage-holds = { $count ->
    [one] { $count } мероприятие
    [few] { $count } мероприятия
   *[many] { $count } мероприятий
}
roadmap-stage-add = Добавить этап

## Copying
roadmap-copy = Скопировать на { $year }
roadmap-copy-about = Сроки сдвинутся на год и уйдут с выходных и праздников. Отметки о выполнении и документы не перейдут, эта карта останется как есть.

## The document
roadmap-doc-title = Дорожная карта внедрения целевой модели наставничества на { $year } учебный год
roadmap-doc-file = Дорожная_карта

## Refusals
roadmap-title-missing = Напишите, что за мероприятие.
roadmap-days-odd = Срок раньше начала. Проверьте дни.
roadmap-stage-missing = Назовите этап.
roadmap-stage-gone = Такого этапа уже нет. Откройте карту заново.
roadmap-stage-away = Этот этап убрали, пока вы его переименовывали. Если он нужен, добавьте его снова: название стоит в поле нового этапа.
roadmap-stage-away-who = Кто убрал: { $name }, { $when }.
roadmap-stage-yours = У вас было: «{ $title }».
roadmap-stage-full = { $count ->
    [one] На этапе { $count } мероприятие. Перенесите его на другой этап.
   *[many] На этапе есть мероприятия: { $count }. Перенесите их на другие этапы.
}
roadmap-stages-many = В карте бывает до { $most } этапов.
roadmap-events-many = В карте бывает до { $most } мероприятий.
roadmap-event-gone = Этого мероприятия в карте уже нет.
roadmap-function-unknown = Выберите функцию из списка.
roadmap-owner-unknown = Такого сотрудника в школе нет. Выберите из списка.
roadmap-done-ahead = День выполнения ещё не наступил.
roadmap-proof-gone = Этого документа здесь уже нет.
roadmap-proofs-many = К мероприятию можно приложить до { $most } документов.
roadmap-link-odd = Это не адрес страницы. Он начинается с https://
