# feedback.ftl - the poll after a meeting. $partner: the other side. $when: day and time of the meeting.
feedback-invite = Встреча: { $partner }, { $when }. Как всё прошло? Несколько коротких вопросов, меньше минуты.
feedback-answer = Ответить
feedback-about = Встреча: { $partner }, { $when }.
feedback-thanks = Спасибо, ответ сохранён.
feedback-told = Спасибо. Куратор увидит это и свяжется с вами.
    .ty = Спасибо. Куратор увидит это и свяжется с тобой.

# Refusals.
feedback-not-yours = Этой встречи нет среди ваших.
    .ty = Этой встречи нет среди твоих.
feedback-not-held = Про эту встречу пока не отмечено, что она прошла.
feedback-done = Ответ про эту встречу уже сохранён. Спасибо!
feedback-closed = Опрос про эту встречу закрыт: прошло больше недели. Если важно что-то сказать, напишите куратору.
    .ty = Опрос про эту встречу закрыт: прошло больше недели. Если важно что-то сказать, напиши куратору.

# Shown to the curator and the psychologist among calls for help. $day: of the meeting. $words: what was written.
feedback-concern = Отклик после встречи { $day }.
feedback-concern-help = Просит о помощи.
feedback-concern-bad-mood = Самочувствие на встрече: плохо.
feedback-concern-low-twice = Две низкие оценки подряд.
feedback-concern-question = Есть вопрос к куратору.
feedback-concern-psychologist = Просит подключить психолога.
feedback-concern-stop = Хочет завершить работу в паре.
feedback-concern-not-on = Просит подобрать в пару другого человека.
# $day: of the meeting; $stands: held, moved or missed, as the other side has said.
feedback-concern-outcome = { $stands ->
    [held] Встреча { $day } отмечена как состоявшаяся, но здесь отвечают, что её не было.
   *[other] Встреча { $day } отмечена как несостоявшаяся, но здесь отвечают, что она была.
 }
feedback-concern-words = Слова куратору: { $words }
