# head.ftl - the report for the head of the school, a Word file.
head-title = Отчёт о программе наставничества
head-file = Отчёт_для_руководителя
# $school: its name.
head-footer = { $school }. Отчёт о программе наставничества
# $year: «2026–2027»; $span: «С 1 августа 2026 по 22 ноября 2026».
head-span = { $year } учебный год. { $span }
head-figures = 1. Главное
head-charts = 2. Что показывают числа
head-conclusions = 3. Выводы
head-done = 4. Что сделано и что мешало
head-proposals = 5. Предложения
# $least: the fewest people of whom a number is told.
head-hidden = «Скрыто»: за числом меньше { $least } человек или его можно было бы вычислить. «–»: не считали.
head-col-what = Показатель
head-col-now = За это время
head-col-past = До этого
head-col-about = Что посчитано
head-curator = Куратор программы
head-director = Руководитель
head-day = дата
