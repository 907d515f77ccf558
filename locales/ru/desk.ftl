# desk.ftl - cards of the staff's queue in their own chat. $mentees, $mentors: first names with classes.
# $count: cards.
desk-head = { $count ->
    [one] Ждёт вас: { $count } карточка.
    [few] Ждут вас: { $count } карточки.
   *[many] Ждут вас: { $count } карточек.
}
desk-later = Потом
desk-again = С начала
desk-open = Открыть кабинет
desk-on-page = Карточки с именами открываются на защищённой странице школы.
desk-calm = Сейчас решать нечего.
desk-end = Больше карточек нет. Отложенное ждёт.
desk-rest = Карточки кончились. В кабинете ждут ещё:

    { $lines }
# $what: a kind of decision. $more: the following lines, or none.
desk-rest-line = { $more ->
    [none] { $what } – { $count }
   *[other] { $what } – { $count }
    { $more }
 }
desk-gone = Этого уже нет в списке: решать ничего не нужно.
desk-settled-you = Это вы уже решили.
# $who: of the staff, or none: a participant or the clock.
desk-settled = { $who ->
    [none] Уже решено без вас. Делать ничего не нужно.
   *[other] Уже решено: { $who }. Делать ничего не нужно.
}

# $score: of 100. $first, $second: what speaks for the pair, or none. $against: or none.
desk-pair = Предложена пара: { $mentees } и { $mentors }. Балл { $score }.{ $first ->
    [none] {""}
   *[other] {" "}За: { $first }.
 }{ $second ->
    [none] {""}
   *[other] {" "}За: { $second }.
 }{ $against ->
    [none] {""}
   *[other] {" "}Против: { $against }.
 }
desk-suggested-approve = Утвердить
desk-suggested-reject = Отклонить
desk-suggested-reject-ask = Почему не подходит? Эту пару больше не предложат.
desk-pair-approved = Утверждено: { $mentees } и { $mentors }. Участники узнают, когда вы объявите пары в кабинете.
desk-pair-rejected = Отклонено: { $mentees } и { $mentors }.

desk-pair-approved-one = Можно объявить: { $mentees } и { $mentors }. { $count ->
    [one] Сообщение получит { $count } человек
    [few] Сообщение получат { $count } человека
   *[many] Сообщение получат { $count } человек
  }{ $calls ->
    [0] {""}
   *[other] , ещё позвонить: { $calls }
  }.{ $delay ->
    [0] {" "}Уйдёт сразу.
   *[other] {" "}Уйдёт через { $delay } мин; до этого можно отозвать в кабинете.
  }
desk-approved-announce = Объявить
desk-pair-announced = Объявлено: { $mentees } и { $mentors }. Сообщения уйдут в часы, когда можно писать.

# $who: «Мария Ивановна» or «Аня, 9Б»; $form: of mentoring.
desk-admit = Ждёт допуска: { $who }, форма «{ $form }». Всё нужное по списку есть.
desk-admission-admit = Допустить
desk-admission-admitted = Допуск дан: { $who }. Теперь человека можно предлагать в пару.

desk-offer = Ответили не все, время вышло: { $mentees } и { $mentors }.
desk-answers-start = Пусть начинают
desk-answers-remind = Спросить ещё раз
desk-answers-dissolve = Развести
desk-answers-dissolve-ask = Почему? Тем, кто знал о паре, придёт нейтральное сообщение.
desk-offer-started = Пара начинает: { $mentees } и { $mentors }. Обеим сторонам придёт сообщение.
desk-offer-reminded = Спросим ещё раз: { $mentees } и { $mentors }.
desk-offer-reminded-none = Сегодня уже спрашивали, или писать некуда: { $mentees } и { $mentors }.
desk-offer-dissolved = Пара разведена: { $mentees } и { $mentors }.

# $what: a wish. $part: who asked. $why: there, or none was given. $until: a day, or none.
desk-ask = { $what }: { $mentees } и { $mentors }. Просит: { $part }.{ $why ->
    [none] {""}
   *[other] {" "}Причина – только в кабинете.
 }{ $until ->
    [none] {""}
   *[other] {" "}До { $until }.
 }
desk-requests-grant = Согласиться
desk-requests-complete = Завершить: цель есть
desk-requests-stop = Завершить раньше
desk-requests-keep = Оставить как есть
desk-ask-granted = Сделано, как просили: { $mentees } и { $mentors }.
desk-ask-ended = Пара завершена: { $mentees } и { $mentors }. Обеим сторонам придёт сообщение.
desk-ask-kept = Всё остаётся как есть: { $mentees } и { $mentors }. Тому, кто просил, придёт доброе слово.

# $when: a moment. $outcome: one of the three below.
desk-meeting = Встреча { $when }: { $mentees } и { $mentors }. Никто не ответил, состоялась ли она.
desk-meetings-held = Состоялась
desk-meetings-moved = Перенесли
desk-meetings-missed = Не состоялась
desk-meeting-held = состоялась
desk-meeting-moved = перенесена
desk-meeting-missed = не состоялась
desk-meeting-settled = Отмечено: { $outcome }. { $mentees } и { $mentors }, { $when }.

# $title: of a news item. $place: where it stands.
desk-takedown = Снимите новость «{ $title }»: { $place }. Согласия на публикацию больше нет; чьё именно – в кабинете. Когда снято, отметьте.
desk-takedown-done = Снято
desk-takedown-gone = Отмечено: «{ $title }» больше не видна ({ $place }).
# $when: for when it was planned, or none. $why: a whole sentence.
desk-news-stopped = «{ $title }». { $why }{ $when ->
    [none] {""}
   *[other] {" "}План был на { $when }.
 }
desk-news-stopped-draft = Оставить черновиком
desk-news-drafted = «{ $title }» теперь черновик. Новое время можно выбрать в кабинете.

# $number: of the call. $at: a moment. $urgent: yes or no.
desk-help = { $urgent ->
    [yes] Срочно: просьба о помощи № { $number }, { $at }.
   *[no] Обращение № { $number }, { $at }.
 } Кто и о чём – только в кабинете.
desk-help-mine = Обращение № { $number } у вас в работе с { $at }. Кто и о чём – только в кабинете.
desk-help-take = Беру
desk-help-close = Закрыто
desk-help-close-ask = Что сделано? Подробности можно записать в кабинете.
desk-help-taken = Обращение № { $number } у вас. Когда всё решится, закройте его здесь или в кабинете.
desk-help-closed = Обращение № { $number } закрыто.
desk-done-talked = Поговорили с учеником
desk-done-parents = Поговорили с родителями
desk-done-passed = Передано психологу
desk-done-nothing = Помощь не понадобилась

# $why: a reason. $until: a day.
desk-worry = Паре нужно внимание: { $mentees } и { $mentors }. { $why }. Ответить до { $until }.
desk-worry-closed-sign = Причина – только в кабинете
desk-worries-take = Беру
desk-worries-close = Закрыть
desk-worries-close-ask = Что сделано?
desk-worry-taken = Эта пара у вас: { $mentees } и { $mentors }.
desk-worry-done = Закрыто: { $mentees } и { $mentors }.

# $count: people. $unheard: of whom nobody has a chat.
desk-consents = Нет согласия. Напомнить можно { $count ->
    [one] { $count } человеку
   *[other] { $count } людям
 }.{ $unheard ->
    [0] {""}
   *[other] {" "}Без чата: { $unheard }, им нужен звонок или бланк.
 }
desk-consents-remind = Напомнить всем
desk-consents-reminded = Напоминание получат: { $count }.

# $child, $adult: first names. $relation: what the adult is to the child.
desk-guardian = Родитель ждёт подтверждения: { $adult } ({ $relation }), ребёнок – { $child }. Подтверждайте, если школа знает этого взрослого.
desk-guardians-confirm = Подтвердить
desk-guardian-confirmed = Подтверждено: { $adult }, ребёнок – { $child }.
desk-guardian-before = Этот взрослый уже подтверждён.

# $count: decisions that wait. $urgent: of them urgent ones.
desk-morning = { $urgent ->
    [0] Доброе утро. Ждёт вашего решения: { $count }.
   *[other] Доброе утро. Ждёт вашего решения: { $count }, срочно: { $urgent }.
 }
desk-show = Показать
