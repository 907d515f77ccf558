# pair.ftl - decisions about pairs (the curator) and the announcement (participants, guardians).

# The announcement. $name: one or several names, short; $count: how many; $title: of a group.
pair-announce-mentee = { $count ->
    [one] У вас есть наставник: { $name }.
   *[other] У вас есть наставники: { $name }.
}
    .ty = { $count ->
    [one] У тебя есть наставник: { $name }.
   *[other] У тебя есть наставники: { $name }.
}
pair-announce-mentee-group = Вы в группе «{ $title }». { $count ->
    [one] Наставник группы: { $name }.
   *[other] Наставники группы: { $name }.
}
    .ty = Ты в группе «{ $title }». { $count ->
    [one] Наставник группы: { $name }.
   *[other] Наставники группы: { $name }.
}
pair-announce-mentor = { $count ->
    [one] Ваша пара готова. Вы помогаете: { $name }.
   *[other] Всё готово. Вы помогаете: { $name }.
}
    .ty = { $count ->
    [one] Твоя пара готова. Ты помогаешь: { $name }.
   *[other] Всё готово. Ты помогаешь: { $name }.
}
pair-announce-mentor-group = Вы ведёте группу «{ $title }». В ней: { $name }.
    .ty = Ты ведёшь группу «{ $title }». В ней: { $name }.
# $child: first name of the reader's child.
pair-announce-guardian-mentee = { $child }: наставник нашёлся. Это { $name }.
pair-announce-guardian-mentor = { $child } начинает работу наставника. В паре: { $name }.
# $reason: why these two, from match.ftl.
pair-why = Почему такая пара — { $reason }.
pair-first-step = Первый шаг — встреча-знакомство. Расскажите о себе и договоритесь, как видеться.
    .ty = Первый шаг — встреча-знакомство. Расскажи о себе, и договоритесь, как видеться.
pair-not-sure = Если что-то не подходит, об этом можно сказать: нажмите «Нужна помощь».
    .ty = Если что-то не подходит, об этом можно сказать: нажми «Нужна помощь».
pair-guardian-next = О первой встрече они договорятся сами. Если есть вопросы, нажмите «Нужна помощь».
# The pair was closed while a meeting was ahead. $partner: the other side, or the title of the group.
pair-closed = { $partner }: совместная работа в программе закончена, поэтому намеченная встреча не состоится. Вопросы можно задать куратору.
pair-button-meeting = Назначить встречу
pair-button-help = Нужна помощь

# Refusals to the curator.
pair-unknown = Такой пары или участника нет в списках школы.
pair-decided = Решение по этой паре уже принято. Обновите страницу.
pair-mentee-busy = У наставляемого уже есть наставник. Сначала завершите ту пару.
pair-not-active = Завершить можно только пару, которая работает.
pair-not-approved = Объявить можно только одобренную пару. Обновите страницу.
pair-nothing-to-announce = Нет одобренных пар, которые можно объявить.
pair-not-open = { $name }: сейчас не участвует в подборе. Проверьте карточку участника.
pair-forms-differ = Наставник и наставляемый записаны в разные формы наставничества.
pair-group-empty = В группе нужны хотя бы один наставник и один наставляемый.
pair-group-mixed = В группе могут быть только участники этой формы, каждый один раз и на своей стороне.
pair-model-unknown = Эта ролевая модель относится к другой форме наставничества.
# $count: mentees the mentor leads or will lead.
pair-places-taken = { $count ->
    [0] Мест у наставника должно быть не меньше одного.
    [one] Мест не может быть меньше, чем занято: { $count } место.
    [few] Мест не может быть меньше, чем занято: { $count } места.
   *[many] Мест не может быть меньше, чем занято: { $count } мест.
}
# $name: whose consent is missing; $consent: which one.
pair-consent-missing = { $name }: нет согласия на { $consent }. Напомните о нём или внесите бумажное, потом объявите пару.
pair-mentor-lacks = { $name }: у наставника не хватает: { $why }. Отметьте это в «Отборе наставников», потом объявите пару.
pair-consent-pd = обработку персональных данных
pair-consent-participation = участие в программе
