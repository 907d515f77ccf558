# week.ftl - the week in numbers for the staff, and what the house reminds of by itself.
# $held, $planned: meetings. $green, $amber, $red: pairs. $unanswered: meetings without an outcome. $help, $polls: open.
week-title = Неделя
week-link = Неделя в цифрах
week-intro = Неделя с { $day }. Только числа, без имён.
week-digest = Неделя в цифрах.

    Встречи: прошло { $held } на прошлой неделе, назначено { $planned } на эту.
    Пары: всё хорошо – { $green }, присмотреться – { $amber }, нужна помощь – { $red }.
    Ждут вас: встречи без ответа – { $unanswered }, обращения за помощью – { $help }.
    Анкеты ждут ответа: { $polls }.
week-open = Открыть неделю
week-what = Что
week-count = Сколько
week-held = Встреч прошло на прошлой неделе
week-planned = Встреч назначено на эту неделю
week-green = Пар, где всё хорошо
week-amber = Пар, к которым стоит присмотреться
week-red = Пар, которым нужна помощь
week-unanswered = Встреч, о которых никто не сказал, состоялись ли
week-help = Открытых обращений за помощью
week-polls = Анкет ждут ответа
week-about-chat = По понедельникам в 8:30 (или в первый учебный день недели) эти числа приходят куратору в чат, если чат привязан в разделе помощи.
week-nudges = Напоминания
week-nudges-about = Каждое слово говорится один раз, в вежливые часы, не чаще одного сообщения в день. В каникулы и недели экзаменов никого не беспокоим; тем, кто попросил тишины, не пишем.
week-nudges-say = Что напоминать
week-nudges-unfinished = Незаконченная анкета: через сутки, один раз
week-nudges-meetings = { $days ->
    [one] Наставнику, если пара не встречалась { $days } день
    [few] Наставнику, если пара не встречалась { $days } дня
   *[many] Наставнику, если пара не встречалась { $days } дней
} (срок задаётся в разделе «Парам нужно внимание»)
week-nudges-digest = Куратору в чат: неделя в цифрах
