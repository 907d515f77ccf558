# quiz.ftl - questionnaires in the admin. The questions themselves are data (program/instruments_data).

# Refusals. $limit: of people on one side.
quiz-staff-only = Эту анкету заполняют сотрудники в кабинете: участникам её не отправляют.
quiz-closes-odd = Последний день должен быть не раньше сегодняшнего и не позже чем через 200 дней.
quiz-nobody = Спросить некого: под выбор никто не подходит, или все уже ответили.
quiz-one-form = Выберите одну форму наставничества: участники выбирают друг друга внутри неё.
quiz-both-sides = Отметьте и наставников, и наставляемых: они выбирают друг друга.
quiz-too-many-people = На одной стороне может быть не больше { $limit } человек: столько кнопок показывает мессенджер. Разделите встречу на группы.
