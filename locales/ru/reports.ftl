# reports.ftl - the page «Отчёты»: a school year in numbers, pictures and files. For the school's staff.
reports-period = За какое время
reports-year = Учебный год
reports-part = Часть года
reports-show = Показать
reports-part-year = весь год
reports-part-h1 = первое полугодие
reports-part-h2 = второе полугодие
# $from, $to: days.
reports-span = С { $from } по { $to }
reports-not-over = Время ещё идёт: числа на { $day }.
reports-figures = Главное
reports-charts = В картинках
reports-files = Файлы
reports-print = Чтобы напечатать страницу, нажмите Ctrl+P. За пределы школы отдавайте файл «Программа в числах»: в нём группы меньше пяти скрыты.
reports-open = Список: { $what }

## The six numbers. $past: the same for the span before.
reports-mentors = Наставники в базе
reports-mentees = Наставляемые в базе
reports-pairs = Пары и группы в работе
reports-meetings = Встречи состоялись
reports-share = Пары, которые встречаются
reports-mean = Оценка встреч
reports-base-about = Люди, внесённые в базу после всех согласий. Кто потом ушёл, остаётся в числе.
reports-pairs-about = Вместе с теми, что на паузе.
reports-meetings-about = Отмечены как состоявшиеся.
# $days: how often a pair is expected to meet.
reports-share-about = { $count ->
    [0] Пар, которые работают дольше { $days } { $days ->
        [one] дня
       *[many] дней
      }, пока нет.
   *[other] Виделись за { $days ->
        [one] последний { $days } день
        [few] последние { $days } дня
       *[many] последние { $days } дней
      }: { $some } из { $count } { $count ->
        [one] пары, что работает
       *[many] пар, что работают
      } дольше этого срока.
  }
reports-mean-about = { $count ->
    [0] Оценки появляются, когда месяц закончился и в нём ответили хотя бы { $least } человек.
    [one] По { $count } оценке наставляемых за законченные месяцы.
   *[other] По { $count } оценкам наставляемых за законченные месяцы.
  }
reports-past = { $when }: { $value }
reports-past-none = { $when }: не считали
reports-when-year = прошлый учебный год
reports-when-h1 = предыдущее полугодие
reports-when-h2 = предыдущее полугодие
reports-when-month = предыдущий месяц
reports-percent = { $value } %
reports-of-ten = { $value } из 10
reports-unknown = –

## Pictures
reports-forms = Пары и группы по формам
reports-forms-work = в работе
reports-forms-paused = на паузе
reports-forms-ended = завершены
reports-forms-whole = всего
reports-form = Форма
reports-months = Встречи по месяцам
reports-month = Месяц
reports-stages = Как далеко прошли участники
reports-stage = Этап
reports-stage-known = внесены в список года
reports-stage-base = в базе, со всеми согласиями
reports-stage-paired = вошли в пару или группу
reports-stage-done = закончили программу
reports-people = Человек
reports-marks = Оценки встреч наставляемыми
reports-mark = Оценка
reports-given = Сколько раз
reports-change-mentee = До и после: наставляемые
reports-change-mentor = До и после: наставники
reports-index = Показатель
reports-both-times = Считаются вопросы, которые задают и до, и после работы.
reports-before = в начале
reports-after = в конце
reports-difference = Разница
# $hidden: marks.
reports-marks-hidden = Не показаны оценки месяцев, в которых ответили меньше { $least } человек: { $count }.
reports-marks-open = Оценки этого месяца появятся, когда он закончится.

## What they say
reports-said-forms-none = Пар и групп за это время не было.
reports-said-forms-one = Все пары и группы ({ $whole }) – одной формы: «{ $form }».
reports-said-forms-alike = Пар и групп всего { $whole }. Больше всего – по { $count } – сразу в нескольких формах.
reports-said-forms = Больше всего пар и групп в форме «{ $form }»: { $count } из { $whole }.
reports-said-meetings-none = Состоявшихся встреч пока нет.
reports-said-meetings-few = { $count ->
    [one] Состоялась { $count } встреча.
    [few] Состоялись { $count } встречи.
   *[many] Состоялось { $count } встреч.
  } Этого мало, чтобы сравнивать месяцы.
reports-said-meetings = { $count ->
    [one] Состоялась { $count } встреча
    [few] Состоялись { $count } встречи
   *[many] Состоялось { $count } встреч
  }, больше всего { $month }: { $best }.
reports-said-meetings-past = { $count ->
    [one] Состоялась { $count } встреча
    [few] Состоялись { $count } встречи
   *[many] Состоялось { $count } встреч
  }, больше всего { $month }: { $best }. За те же месяцы прошлого года – { $past }.
reports-said-stages-none = В списке этого года пока никого нет.
reports-said-stages = Внесены в список { $count }, из них в базе { $base }, в пару или группу вошли { $paired }, закончили { $done }.
reports-said-marks-none = Показывать пока нечего: нужен законченный месяц, в котором ответили хотя бы пять человек.
reports-said-marks = { $few ->
    [few] В среднем { $mean } из 10; семь и выше – { $good } из { $count }. Оценок пока мало, выводы делать рано.
   *[many] В среднем { $mean } из 10; семь и выше – { $good } из { $count } оценок.
  }
# $up, $down: names of what was measured.
reports-said-change-up = { $few ->
    [few] Выросло: { $up }. Ответили { $people } – наблюдений мало, это ещё не вывод.
   *[many] Выросло: { $up }. Ответили { $people }.
  }
reports-said-change-down = { $few ->
    [few] Стало ниже: { $down }. Ответили { $people } – наблюдений мало, это ещё не вывод.
   *[many] Стало ниже: { $down }. Ответили { $people }.
  }
reports-said-change-both = { $few ->
    [few] Выросло: { $up }. Стало ниже: { $down }. Ответили { $people } – наблюдений мало, это ещё не вывод.
   *[many] Выросло: { $up }. Стало ниже: { $down }. Ответили { $people }.
  }
reports-said-change-same = { $few ->
    [few] Заметных изменений нет. Ответили { $people } – наблюдений мало, это ещё не вывод.
   *[many] Заметных изменений нет. Ответили { $people }.
  }
reports-change-one = { $name } ({ $by })

# In what leaves the school. $least: the fewest people of whom a number is told.
reports-hidden = скрыто
reports-said-hidden = Часть чисел скрыта: за ними меньше { $least } человек.

## The files
reports-file-mentees = Реестр наставляемых: ФИО, запрос, пара, даты, результат. Форма из методических рекомендаций.
reports-file-mentors = Реестр наставников: ФИО, чем могут помочь, пары, даты, результат.
reports-file-coverage = Сколько детей и педагогов участвует, по формам и ролевым моделям. Без имён, с диаграммами.
reports-file-meetings = Все состоявшиеся встречи: кто был, тема, методы, следующий шаг; посещаемость каждого.
reports-file-numbers = Эта страница за весь учебный год: числа, таблицы и диаграммы, которые можно перекрасить и вставить в свой отчёт. Без имён.
reports-file-head = Отчёт для руководителя на бланке школы: числа, картинки, таблицы и выводы выбранного времени. Откройте в Word, допишите своё и подпишите. Без имён.
reports-file-roadmap = Дорожная карта: мероприятия, сроки, ответственные, статус, документы.
reports-file-partners = Партнёры и предприятия: сколько наставников, в каких формах, какие мероприятия.
reports-file-papers = Приказы и положения школы с номерами и датами; публикации за год.
reports-file-federal = Шесть показателей целевой модели: числитель, знаменатель, факт, план, отклонение.
reports-file-satisfaction = Что сказали участники после работы: отклик, средние, доля довольных. По формам, без имён.
reports-file-dynamics = Что изменилось до и после: R1–R8, карты наблюдения, конкурсы, проекты. Без имён.
reports-file-swot = Сильные и слабые стороны, возможности и угрозы по формам; рядом – что говорят данные.
reports-file-cond = Девять условий модели, сумма и уровень; климат школы.
reports-file-programmes = Программы пар: срок, режим, статус, сколько выполнено, продление.
reports-file-work = Работа каждой пары и каждого наставника: встречи, часы, темы, методы, итог.
reports-file-note = Годовой отчёт словами и таблицами: цель, охват, показатели, динамика, SWOT, выводы, задачи. Допишите и подпишите.
reports-file-process = Кто ждёт, сколько пар работает, как часто встречаются, часы наставников, что просрочено.
reports-file-year = За какой учебный год файл
reports-personal = Есть персональные данные.
reports-more-comparison = Подвести итоги «до и после»
reports-head = Отчёт для руководителя
reports-head-make = Скачать в Word
# $title: what the picture shows.
reports-picture = Картинка PNG
reports-picture-of = Картинка PNG: { $title }
reports-picture-about = Картинки вставляются в письмо, презентацию или свой отчёт. Группы меньше { $least } человек на них скрыты.

## One report
reports-day = На какой день
# $as: kind of file, $title: of the report.
reports-take = { $as }: { $title }
reports-as-xlsx = Таблица Excel
reports-as-open = Таблица Excel без персональных данных
reports-as-docx = Документ Word
reports-as-pdf = PDF
reports-checks = Проверьте до скачивания
reports-checks-about = В документ Word и PDF эти замечания не попадут. Исправьте их здесь или впишите недостающее.
reports-who = кто это
reports-empty = За это время строк нет.
# $shown, $all: rows.
reports-rest = Показано строк: { $shown } из { $all }. Все строки – в файле.
reports-behind = Кто стоит за числом на { $day }, учебный год { $year }.
reports-behind-who = Кто
reports-behind-class = Класс или должность
reports-behind-pairs = Пары и группы
reports-behind-erased = данные удалены
# $count: people.
reports-behind-hidden = { $count ->
    [one] Ещё { $count } человек: данные удалены или вам не видны.
    [few] Ещё { $count } человека: данные удалены или вам не видны.
   *[many] Ещё { $count } человек: данные удалены или вам не видны.
  }

## What the curator decides
reports-own = Настройки отчётов
reports-own-totals = Сколько всего, { $year } учебный год
reports-own-totals-about = Этих чисел программа не знает: она видит только участников. Без них у показателей нет процентов.
reports-own-pupils = Всего учеников в школе
reports-own-pupils-hint = Для таблиц охвата того года. Например, 583.
reports-own-teachers = Всего учителей в школе
reports-own-teachers-hint = Тоже для таблиц охвата. Например, 51.
reports-own-pupils_10_19 = Дети от 10 до 19 лет в школе
reports-own-pupils_10_19-hint = Все, не только участники. Например, 420.
reports-own-pupils_15_19 = Подростки от 15 до 19 лет в школе
reports-own-pupils_15_19-hint = Все, не только участники. Например, 96.
reports-own-young_teachers = Молодые специалисты
reports-own-young_teachers-hint = Учителя со стажем до трёх лет. Например, 5.
reports-own-organisations = Организации на территории
reports-own-organisations-hint = Предприятия и организации, среди которых школа ищет партнёров. Например, 40.
reports-own-targets = План на { $year } учебный год, %
reports-own-targets-about = Пустое поле вернёт значение целевой модели.
# $value: per cent.
reports-own-federal = В целевой модели: { $value } %.
reports-own-percent = Впишите число от 0 до 100, например 35 или 12,5.
reports-own-titles = Названия отчётов
reports-own-titles-about = Стоят в файле, в его имени и на странице. Пустое поле вернёт обычное название.
reports-own-columns = Столбцы
reports-own-changed = изменены
# $name: of a sheet.
reports-own-columns-of = Столбцы: { $name }
reports-own-columns-about = Снимите отметку, чтобы спрятать столбец. Место – каким по счёту он стоит.
reports-own-shown = Показывать
reports-own-shown-what = Показывать столбец: { $name }
reports-own-place = Место
reports-own-place-what = Место столбца: { $name }
reports-own-title = Заголовок
reports-own-title-what = Заголовок столбца: { $name }
# $name: the column's own title.
reports-own-was = Обычно: { $name }
reports-own-usual = Вернуть как было
reports-own-none-shown = Оставьте хотя бы один столбец.
