# questionnaire.ftl - questionnaires in the conversation. The questions themselves are data (program/instruments_data).

# $title: of the questionnaire. $count: how many questions at most. $minutes: how long it takes.
questionnaire-start = { $title }. { $count ->
    [one] { $count } вопрос
    [few] { $count } вопроса
   *[many] { $count } вопросов
  }, примерно { $minutes } мин. Можно выйти и продолжить позже.
# $number, $total: of the part. $name: what it is called.
questionnaire-part = Часть { $number } из { $total }: { $name }. Можно прерваться и продолжить позже, ответы не пропадут.
# $name: first name of the child a parent is asked about.
questionnaire-child = Ответьте, пожалуйста, про ребёнка: { $name }.
# $name: first name of the mentee an adult mentor is asked about.
questionnaire-mentee = Ответьте, пожалуйста, про подопечного: { $name }. Чего не знаете, смело пропускайте. Ответы увидят только куратор и психолог школы.

# What becomes of the answers, at the beginning of a questionnaire.
questionnaire-fate = Оценки видят куратор и психолог школы, вторая сторона пары – нет. Кто прочитает слова, написано под вопросом. В таблицах школы нет имён и групп меньше пяти человек.

# Invitations. $title: of the questionnaire. $minutes: how long it takes. $name: of the child.
questionnaire-invite = { $title }. Это примерно { $minutes } мин. Почти каждый вопрос можно пропустить.
questionnaire-invite-child = { $title }: { $name }. Это примерно { $minutes } мин. Почти каждый вопрос можно пропустить.
questionnaire-again = Ещё ждёт ответа: «{ $title }». Если сейчас не до неё, больше мы о ней не напомним.
questionnaire-again-child = Ещё ждёт ответа: «{ $title }» ({ $name }). Если сейчас не до неё, больше мы о ней не напомним.
questionnaire-invite-anonymous = { $title }. Опрос анонимный: никто не узнает, кто что ответил. Это примерно { $minutes } мин.
questionnaire-again-anonymous = Анонимный опрос «{ $title }» ещё открыт. Если сейчас не до него, больше мы о нём не напомним.
# $partner: the other side of the pair.
questionnaire-pair = Про вашу пару: { $partner }. Ответы увидят куратор и психолог школы, второй стороне их не показывают.
    .ty = Про твою пару: { $partner }. Ответы увидят куратор и психолог школы, второй стороне их не показывают.
questionnaire-invite-pair = { $title }: { $partner }. Три коротких вопроса, меньше минуты.
questionnaire-again-pair = { $title }: { $partner }. Три вопроса ещё ждут. Если сейчас не до них, больше мы о них не напомним.
questionnaire-begin = Ответить

questionnaire-check = Проверьте ответы. Что-то изменить?
    .ty = Проверь ответы. Что-то изменить?
questionnaire-thanks = Спасибо, ответы сохранены.
questionnaire-skipped = пропущено

# Who reads a free answer, beside the question.
questionnaire-reader-curator = Ответ прочитает только куратор.
questionnaire-reader-psychologist = Ответ прочитают только куратор и психолог школы.
questionnaire-reader-pair = Ответ прочитают куратор и второй участник пары.

# $low, $high: bounds of the number.
questionnaire-bounds = Напишите число от { $low } до { $high }.
    .ty = Напиши число от { $low } до { $high }.
questionnaire-range = Напишите два числа от { $low } до { $high }, например: { $low }–{ $high }.
    .ty = Напиши два числа от { $low } до { $high }, например: { $low }–{ $high }.
questionnaire-date = Напишите дату, например: 15.09.2026.
    .ty = Напиши дату, например: 15.09.2026.
# $limit: how many options may be chosen.
questionnaire-too-many = Можно выбрать не больше { $limit }.

# Refusals. $question: the words of the question. $title: of the questionnaire.
questionnaire-needed = Без ответа на этот вопрос дальше не получится: «{ $question }»
questionnaire-unknown = Такой анкеты в школе нет. Напишите куратору, если ждали её.
    .ty = Такой анкеты в школе нет. Напиши куратору, если она тебе нужна.
questionnaire-not-yours = Эта анкета сейчас не для вас. Если это ошибка, напишите куратору.
    .ty = Эта анкета сейчас не для тебя. Если это ошибка, напиши куратору.
questionnaire-done-already = Анкета «{ $title }» уже заполнена. Если что-то изменилось, напишите куратору.
    .ty = Анкета «{ $title }» уже заполнена. Если что-то изменилось, напиши куратору.

questionnaire-no-consent = Сейчас нет действующего согласия, поэтому ответы не записываем. Вернуть согласие можно в разделе «Мои данные», помочь может куратор.
questionnaire-closed = Анкета «{ $title }» уже закрыта. Если нужно что-то сказать, напишите куратору.
    .ty = Анкета «{ $title }» уже закрыта. Если нужно что-то сказать, напиши куратору.

# Shown to the curator among calls for help. $title, $question: of the questionnaire.
questionnaire-asks = { $title }. «{ $question }» — да.
# $answer: what was chosen.
questionnaire-asks-answer = { $title }. «{ $question }» — { $answer }.
