# report.ftl - words of the reports, for the school's staff. Column titles are data of each report.

## Above and below every table
report-day = На { $day } · учебный год { $year }
report-made-by = Сформировано: { $who }
report-by-cli = командная строка
report-by-system = система
report-footer-personal = Содержит персональные данные
report-total = Всего
report-what-counts = Что посчитано
# $people: who filled in the questionnaire both times.
# $least: fewest that are shown.
report-hidden = Пустая клетка: меньше { $least }, или такое число можно было бы вычислить.
report-people-answered = Ответили оба раза: { $people }.
report-rows = Участий: { $rows }. Людей: { $people }.

## What is counted
report-rule-roadmap = Правило подсчёта: строка — одно мероприятие карты. Просрочено то, чей срок прошёл, а отметки о выполнении нет.
report-rule-partners = Правило подсчёта: строка — один партнёр, кроме архива. Мероприятия — за учебный год, без имён людей.
report-rule-papers = Документы — в последней редакции. Публикации — новости программы, которые сейчас стоят на стене сообщества.
report-roadmap-total = Выполнено { $done } из { $total }, просрочено: { $overdue }.
report-yes = да
report-no = нет
report-rule-participations = Правило подсчёта: строка — одно участие (человек в одной форме наставничества). Один человек может занимать несколько строк.
report-rule-meetings = Правило подсчёта: строка — одна состоявшаяся встреча пары или группы. Часы — длительность встреч, на которых человек был.
report-rule-people = Правило подсчёта: люди. Каждый посчитан один раз, в скольких бы формах он ни участвовал.
report-rule-both = Правило подсчёта: участия (человек в одной форме) и люди (каждый один раз) — в отдельных столбцах.

## Base of mentees and base of mentors
report-guardian = Представитель: { $contact }
report-hours = { $hours } ч в месяц
report-completed = пройдена
report-not-completed = не пройдена
report-going-on = продолжается

## Coverage
report-t1 = Т1. База наставников и база наставляемых
report-t2 = Т2. Охват обучающихся
report-t3 = Т3. Охват педагогов
report-t4 = Т4. Формы и ролевые модели
report-base-mentor = База наставников
report-base-mentee = База наставляемых
report-category-pupil = учащиеся
report-category-teacher = учителя
report-category-parent = родители
report-category-alumnus = выпускники
report-category-student = студенты
report-category-employer = работодатели
report-category-other = другие
report-no-model = не указана
report-to-last-year = К прошлому году
report-check-fine = Проверка: все, кто вошёл в программу, есть в базах. Противоречий нет.
report-check-outside = { $count ->
    [one] ПРОТИВОРЕЧИЕ: в программу вошёл { $count } человек, которого нет в базах. Проверьте его регистрацию и согласие.
    [few] ПРОТИВОРЕЧИЕ: в программу вошли { $count } человека, которых нет в базах. Проверьте их регистрацию и согласия.
   *[many] ПРОТИВОРЕЧИЕ: в программу вошли { $count } человек, которых нет в базах. Проверьте их регистрацию и согласия.
}
report-check-total = ПРОТИВОРЕЧИЕ: людей в таблице больше, чем всего в школе ({ $total }). Обновите общую численность в настройках.
report-check-no-total = Общая численность не указана, поэтому процентов нет. Впишите её в настройках школы.

## Sheet «Правила подсчёта»
report-rules = Правила подсчёта
report-rule-units = Человек — одна запись. Участие — человек в одной роли в одной форме наставничества за учебный год. У одного человека может быть несколько участий.
report-rule-base = В базе — те, чьё участие внесено в базу после всех нужных согласий.
report-rule-entered = Вошёл в программу — тот, чья пара или группа работает, приостановлена или завершена. Досрочно прекращённая пара считается, если была хотя бы одна состоявшаяся встреча.
report-rule-withdrawn = Отозвавшие согласие остаются в числах, но не входят в поимённые списки.
report-rule-coverage = Т2 и Т3 считают людей: каждый один раз. Т1 показывает отдельно участия и людей, поэтому суммы по формам могут быть больше охвата.
report-rule-models = Т4 считает пары и группы; наставники и наставляемые в строке и в итоге — люди, каждый один раз.
report-rule-check = Проверка: в базах должно быть не меньше людей, чем вошло в программу в роли наставляемого или наставника.

## Asking for a report
report-unknown = Отчёта «{ $name }» нет. Есть: { $names }.
report-year = «{ $year }» — не учебный год. Напишите так: 2026-2027.
# $n: meetings with a line in the diary, $all: meetings.
report-meetings-written = В дневнике есть запись о встречах: { $n } из { $all }. Дневник ведётся по желанию наставника.
# $first, $last: days.
report-span = События с { $first } по { $last }
report-part = «{ $part }» — не часть учебного года. Есть: year, h1, h2 и месяцы m08…m07.
# $first, $last: days of the period.
report-day-wrong = День должен лежать в выбранном времени, с { $first } по { $last }, и не позже сегодняшнего.
