# join.ftl - joining the programme.
join-is-it-you = { $class ->
    [none] Здравствуйте! В списке школы есть { $name }. Это вы?
   *[other] В списке школы есть { $name }, { $class }. Это вы?
}
    .ty = { $class ->
    [none] Привет! В списке школы есть { $name }. Это ты?
   *[other] Привет! В списке школы есть { $name }, { $class }. Это ты?
}
join-yes-me = Да, это я
join-not-me-button = Нет, не я
join-link-used = По этой ссылке уже вступил другой человек. Новую даст куратор.
join-not-me = Хорошо. Ссылка была для другого человека. Свою можно взять у куратора.
join-category = Кем вы приходитесь школе?
join-side = Как вы хотите участвовать?
    .ty = Как хочешь участвовать?
join-side-mentee = Нужен наставник
join-side-mentor = Могу быть наставником
join-side-both = И то и другое
join-form-mentee = Кто мог бы быть наставником?
join-form-mentor = Кому вы хотели бы помогать?
    .ty = Кому хочешь помогать?
join-no-place = Сейчас программа школы не набирает участников с такой ролью. Напишите куратору: он подскажет, как участвовать.
    .ty = Сейчас программа школы не набирает участников с такой ролью. Напиши куратору: он подскажет, как участвовать.
join-age = Сколько вам полных лет? По закону это решает, кто даёт согласие.
    .ty = Сколько тебе полных лет? По закону это решает, кто даёт согласие.
join-consent = { $title }

    { $summary }
join-agree = Согласие даю
join-refuse = Не даю
join-full-text = Полный текст
join-refused = Хорошо. Без этого согласия участвовать нельзя, поэтому ничего не записано. Передумать можно в любой день.
join-first-name = Как вас зовут? Напишите имя.
    .ty = Как тебя зовут? Напиши имя.
join-class = В каком вы классе?
    .ty = В каком ты классе?
join-full-name = Напишите фамилию, имя и отчество. Их увидят куратор и документы школы.
join-workplace = Где вы учитесь или работаете? Напишите организацию и должность.
join-ask-parent = Записано. Теперь нужно согласие родителя. Отправьте ему эту страницу: там всё объяснено. Когда школа подтвердит согласие, придёт сообщение.
    .ty = Записано. Теперь нужно согласие родителя. Отправь ему эту страницу: там всё объяснено. Когда школа подтвердит согласие, придёт сообщение.
join-parent-page = Страница для родителя
join-done = Спасибо, вы в базе программы.
    .ty = Спасибо, ты в базе программы.
join-in-base = Согласие получено, школа его подтвердила. Осталась короткая анкета: по ней подбирают пару.
join-intake-start = Заполнить анкету
join-waits = Анкета откроется, когда школа подтвердит согласие. Придёт сообщение.
join-last-name = Напишите фамилию. Её увидит только школа.
    .ty = Напиши фамилию. Её увидит только школа.
join-birth-date = Напишите дату рождения, например: 05.03.2012. Её увидит только школа.
    .ty = Напиши дату рождения, например: 05.03.2012. Её увидит только школа.
join-nothing-missing = Анкета уже заполнена. Если что-то изменилось, напишите куратору.
    .ty = Анкета уже заполнена. Если что-то изменилось, напиши куратору.
join-complete = Готово! Теперь куратор подберёт пару. Сообщение придёт сюда.

# $slug - form - side: whom one would work with, as short buttons.
join-with-uch-uch-mentee = Старший ученик
join-with-uch-uch-mentor = Помогать младшему ученику
join-with-uchit-uchit-mentee = Опытный учитель
join-with-uchit-uchit-mentor = Помогать коллеге
join-with-uchit-uch-mentee = Учитель
join-with-uchit-uch-mentor = Помогать ученику
join-with-stud-uch-mentee = Студент
join-with-stud-uch-mentor = Помогать ученику
join-with-rab-uch-mentee = Специалист с предприятия
join-with-rab-uch-mentor = Помогать ученику
join-with-rab-stud-mentee = Специалист с предприятия
join-with-rab-stud-mentor = Помогать студенту
join-with-stud-stud-mentee = Студент
join-with-stud-stud-mentor = Помогать студенту
join-with-prep-stud-mentee = Преподаватель
join-with-prep-stud-mentor = Помогать студенту
join-with-spec-uch-mentee = Специалист
join-with-spec-uch-mentor = Помогать ученику
join-with-vyp-uch-mentee = Выпускник
join-with-vyp-uch-mentor = Помогать ученику
join-with-rod-uch-mentee = Родитель
join-with-rod-uch-mentor = Помогать ученику
join-with-ruk-uchit-mentee = Руководитель
join-with-ruk-uchit-mentor = Помогать учителю
join-with-vuz-uchit-mentee = Преподаватель вуза
join-with-vuz-uchit-mentor = Помогать молодому учителю
join-with-partner-uchit-mentee = Партнёр школы
join-with-partner-uchit-mentor = Помогать учителю
join-age-mentor = Наставником
join-age-mentee = Подопечным
join-age-between = с { $low } до { $high } лет
join-age-from = с { $low } лет
join-age-to = до { $high } лет
join-age-other = { $side } здесь можно быть { $range }. Чем ещё можно заняться в программе, подскажет куратор — { $curator }.
join-age-no = В этой роли участвуют { $range }. Чем ещё можно заняться, подскажет куратор: нажмите «Написать куратору».
    .ty = В этой роли участвуют { $range }. Чем ещё можно заняться, подскажет куратор: нажми «Написать куратору».
