# compare.ftl - before and after the work, for the staff. $least: fewest people that are shown together.
compare-title = До и после
compare-about = Сравниваются ответы тех, кто заполнил анкету и в начале, и в конце. Группы меньше { $least } человек скрыты, и вместе с ними те соседние, вычитанием из которых их можно было бы узнать.
compare-sides = Чьи ответы
compare-make-title = Подвести итоги
# $count: people who have answered after the work and stand in no table.
compare-waiting = { $count ->
    [0] Новых итоговых анкет нет.
    [one] Новая итоговая анкета: { $count }.
   *[other] Новых итоговых анкет: { $count }.
  }
compare-make-about = Таблица считается один раз и потом не меняется: иначе по разнице «было – стало» можно узнать ответ того, кто заполнил анкету последним. Подводите итоги, когда ответили почти все; кто ответит позже, войдёт в следующую таблицу.
compare-make = Подвести итоги
compare-make-later = Подвести итоги можно, когда новых анкет станет { $least } или больше.
compare-few = Новых итоговых анкет пока { $count }. Таблицу меньше чем по { $least } людям мы не показываем.
compare-nothing = Итоги ещё не подводили.
compare-number = Итоги { $number }
# $after, $both, $asked: people.
compare-counts = Итоговую анкету заполнили { $after } из { $asked }, обе анкеты – { $both }.
compare-rate = Отклик { $rate } %.
compare-indices = Главное по группам
# $bound: a mean of ten.
compare-indices-about = Удовлетворён тот, чьи оценки совместной работы в среднем { $bound } и выше. Остальное – средние по вопросам, которые показаны ниже, по шкале от 1 до 10: чем больше, тем лучше.
compare-satisfied = Удовлетворены
compare-hidden-note = Чего здесь нет, то скрыто: ответов мало или их можно было бы вычислить.
compare-people = { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[many] { $count } человек
  }
compare-hidden = Не показаны, ответов мало: { $count }
compare-questions = По вопросам: { $name }
compare-all = Все
compare-class = Класс { $name }
compare-reversed = (оценка перевёрнута: больше – лучше)
compare-share-of-yes = (доля «да», %)
compare-few-seen = наблюдений мало
compare-column-group = Группа
compare-column-question = Вопрос
compare-column-people = Человек
compare-column-before = До
compare-column-after = После
compare-column-change = Разница
compare-column-up = Выше
compare-column-same = Так же
compare-column-down = Ниже
compare-column-few = Заметка
# Not every question makes sense before the work.
compare-after-only = до работы не спрашивают
compare-both-times = по вопросам, которые задают и до, и после
compare-title-mentee = До и после, наставляемые
compare-title-mentor = До и после, наставники
compare-sheet-questions = Вопросы
compare-sheet-indices = Индексы
compare-sheet-what = Учебный год { $year }, итоги { $number }. Считаются люди.
compare-person = Ответы до и после
compare-person-about = Эту страницу видят только куратор и психолог. Наставнику и подопечному её не показывают.
compare-person-nothing = Итоговой анкеты этого человека пока нет.

compare-index-SAT = Удовлетворённость
compare-index-GAP = Ожидания и что вышло
compare-index-PQ = Организация
compare-index-SAFE = Доверие и безопасность
compare-index-GOAL = Движение к цели
compare-index-ENG = Вовлечённость
compare-index-SB = Самочувствие в школе
compare-index-AX = Спокойствие
compare-index-FU = Представление о будущем
compare-index-R1 = Успеваемость и настроение
compare-index-R2 = Интерес к учёбе
compare-index-R3 = Смелость в конкурсах
compare-index-R5 = Навыки общения и планирования
compare-index-R6 = Увлечение всерьёз
compare-index-R7 = Выбор пути
compare-index-PSAT = Радость от работы
compare-index-PCONF = Уверенность на уроке
compare-index-BURN = Силы
compare-index-CLIM = Атмосфера в коллективе
compare-index-STAY = Желание остаться в школе
compare-index-PGROW = Профессиональный рост
compare-index-ADAPT = Освоился в школе
compare-index-EMP = Готовность к практике и работе
compare-index-SKILL = Практические умения
