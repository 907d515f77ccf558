# meeting.ftl - agreeing on a meeting. Shown to both sides; .ty is for pupils.
# $partner: «Пётр И.», «Мария Ивановна» or a group's title. $when, $slots: the school's clock.

meeting-kind-m0 = общая встреча
meeting-kind-m1 = встреча-знакомство
meeting-kind-m2 = пробная рабочая встреча
meeting-kind-m3 = встреча-планирование
meeting-kind-m4 = встреча по плану
meeting-kind-m5 = итоговая встреча
meeting-kind-m6 = общее итоговое мероприятие
meeting-kind-flash = разовая встреча

meeting-offline = Где: { $place }.
meeting-online = Онлайн: { $link }
meeting-online-later = Онлайн, ссылку пришлёт наставник.
meeting-place-later = О месте договоритесь отдельно.

# Choosing.
meeting-which-pair = С кем встреча?
meeting-day = { $number ->
    [1] В какой день?
   *[other] Ещё один день на выбор?
}
meeting-time = Во сколько? { $day }.
meeting-more = Можно предложить до трёх вариантов, так договориться проще.
meeting-add = Добавить ещё время
meeting-enough = Хватит
meeting-format = Как встретитесь?
meeting-format-offline = Лично
meeting-format-online = Онлайн
meeting-place = Где встретитесь? Нажмите кнопку или напишите место, например «Кабинет 214».
    .ty = Где встретитесь? Нажми кнопку или напиши место, например «Кабинет 214».
meeting-link = Пришлите ссылку на встречу: она начинается с https://. Если ссылки пока нет, пропустите.
    .ty = Пришли ссылку на встречу: она начинается с https://. Если ссылки пока нет, пропусти.
meeting-link-unclear = Ссылка должна начинаться с https://, например https://vk.com/call/join/abc. Её можно и пропустить.
meeting-check = Проверьте перед отправкой. Это увидит { $partner }.
    .ty = Проверь перед отправкой. Это увидит { $partner }.
meeting-row-day = День { $number }
meeting-row-time = Время { $number }
meeting-row-format = Как
meeting-row-place = Место
meeting-row-link = Ссылка
meeting-row-none = пока нет

# What the other side gets, and what is answered.
meeting-proposed =
    { $partner } предлагает встретиться: { $kind }.
    { $slots }
    { $where }
    Выберите время или предложите другое.
    .ty =
        { $partner } предлагает встретиться: { $kind }.
        { $slots }
        { $where }
        Выбери время или предложи другое.
meeting-move-proposed =
    { $partner } предлагает перенести встречу ({ $kind }). Было: { $was }.
    { $slots }
    { $where }
    Выберите время или предложите другое.
    .ty =
        { $partner } предлагает перенести встречу ({ $kind }). Было: { $was }.
        { $slots }
        { $where }
        Выбери время или предложи другое.
meeting-fits = Подходит: { $slot }
meeting-other-time = Предложить другое время
meeting-move = Перенести
meeting-cannot = Не смогу
meeting-withdraw = Отменить предложение
meeting-pick-time = Выбрать время
meeting-to-calendar = В календарь
meeting-sent = Отправлено. Ответит { $partner } — и время встречи придёт сюда.
# The other side has no messenger or closed it to us.
meeting-kept-only = Предложение сохранено, но сообщение не дойдёт: связи через бота сейчас нет. Не на связи: { $partner }. Напишите куратору, он поможет.
    .ty = Предложение сохранено, но сообщение не дойдёт: связи через бота сейчас нет. Не на связи: { $partner }. Напиши куратору, он поможет.
meeting-waiting =
    Предложение отправлено, ответа пока нет. Ответить должен второй участник: { $partner }.
    { $slots }
meeting-agreed =
    Встреча назначена: { $when }.
    { $partner }, { $kind }.
    { $where }
    Напомню заранее.
meeting-coming =
    { $when } — { $kind }, { $partner }.
    { $where }
meeting-none = Встреч пока не назначено. С кем: { $partner }.
# $button: one of the labels above; in a list of several pairs.
meeting-button-of = { $button }: { $partner }
meeting-no-pair = Пары пока нет. Когда куратор её подтвердит, придёт сообщение, и можно будет договориться о встрече.

# Not coming.
meeting-cancel-sure = Встречи не будет: { $when }. Всё верно? Причину объяснять не нужно.
meeting-cancel-offer-sure = Отменить предложение встретиться?
meeting-absent-sure = Передать наставнику, что на этой встрече вас не будет: { $when }? Причину объяснять не нужно.
    .ty = Передать наставнику, что на этой встрече тебя не будет: { $when }? Причину объяснять не нужно.
meeting-cancel-yes = Да, отменить
meeting-cancel-no = Оставить
meeting-absent-yes = Да, не приду
meeting-kept = Хорошо, всё остаётся как было.
meeting-cancel-note = Можно добавить пару слов. Их увидит только { $partner }.
meeting-cancel-done = Готово. { $partner } узнает об этом. Можно сразу выбрать другое время.
meeting-cancel-before = Эта встреча уже отменена. Можно выбрать другое время.
meeting-absent-done = Готово. { $partner } узнает об этом.
meeting-cancelled = Встречи не будет: { $when }. Планы изменились, так бывает. Можно выбрать другое время.
meeting-withdrawn = { $partner } снимает предложение о встрече. Можно предложить своё время.
meeting-absent = { $partner } не сможет прийти: { $when }. Встреча остаётся.
meeting-note = { $partner } пишет: { $words }
meeting-lapsed = Предложенное время прошло, ответа не было. Можно предложить другое. С кем: { $partner }.

# After the meeting.
meeting-outcome-which = Встреча состоялась?
meeting-outcome-held = Отмечено: встреча состоялась. Теперь несколько коротких вопросов о ней.
meeting-outcome-moved = Отмечено: встречу перенесли. Выберите новое время, когда будете готовы.
    .ty = Отмечено: встречу перенесли. Выбери новое время, когда договоритесь.
meeting-outcome-missed = Отмечено: встреча не состоялась. Так бывает. Можно выбрать другое время.
meeting-outcome-said =
    Уже отмечено: { $outcome ->
        [held] встреча состоялась
        [moved] встречу перенесли
       *[missed] встреча не состоялась
    }. Если это не так, напишите куратору.
    .ty =
        Уже отмечено: { $outcome ->
            [held] встреча состоялась
            [moved] встречу перенесли
           *[missed] встреча не состоялась
        }. Если это не так, напиши куратору.

# Refusals: what is so, and what to do.
meeting-not-yours = Такой встречи среди ваших нет. Откройте «Встречи» в меню.
    .ty = Такой встречи среди твоих нет. Открой «Встречи» в меню.
meeting-pair-closed = Эта пара сейчас не работает, поэтому встречу назначить нельзя. Если это ошибка, напишите куратору.
    .ty = Эта пара сейчас не работает, поэтому встречу назначить нельзя. Если это ошибка, напиши куратору.
meeting-open-already = О встрече уже идёт разговор. Откройте «Встречи»: там время, ответ и перенос.
    .ty = О встрече уже идёт разговор. Открой «Встречи»: там время, ответ и перенос.
meeting-group-by-mentor = Время встреч группы назначает наставник. Напишите ему или куратору.
    .ty = Время встреч группы назначает наставник. Напиши ему или куратору.
# $most: how many starts may be offered.
meeting-slots-wrong = { $most ->
    [1] Для группы выберите одно время.
   *[other] Выберите от одного до { $most } разных вариантов времени.
}
meeting-slot-past = Это время уже прошло. Откройте «Встречи» и выберите другое.
    .ty = Это время уже прошло. Открой «Встречи» и выбери другое.
meeting-slot-stale = Это предложение изменилось. Откройте «Встречи»: там новое время.
    .ty = Это предложение изменилось. Открой «Встречи»: там новое время.
meeting-own-slot = Это ваше предложение. Его подтверждает вторая сторона.
    .ty = Это твоё предложение. Его подтверждает вторая сторона.
meeting-agreed-already = Время встречи уже выбрано. Откройте «Встречи»: там его можно перенести.
    .ty = Время встречи уже выбрано. Открой «Встречи»: там его можно перенести.
meeting-over = Эта встреча уже закрыта. Откройте «Встречи», чтобы выбрать новое время.
    .ty = Эта встреча уже закрыта. Открой «Встречи», чтобы выбрать новое время.
meeting-began = Эта встреча уже началась. Отметьте потом, состоялась ли она.
    .ty = Эта встреча уже началась. Отметь потом, состоялась ли она.
meeting-not-yet = Встреча ещё не началась. Отметить её можно после начала.
meeting-no-times = В расписании школы нет времени для встреч. Напишите куратору.
    .ty = В расписании школы нет времени для встреч. Напиши куратору.

# The calendar feed: read on a lock screen, so no names.
meeting-feed = Встречи с наставником
meeting-event-mentee = Встреча с наставником
meeting-event-mentor = Встреча с подопечным
meeting-event-group = Встреча группы наставничества
