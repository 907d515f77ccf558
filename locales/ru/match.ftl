# match.ftl - why two people are proposed as a pair, and why not. The curator reads all of it;
# participants read match-for-request, -subject, -interest, -schedule only, hence no form of address.

# The parts that a score is made of.
match-part-request = Тема помощи
match-part-subject = Предметы
match-part-schedule = Свободное время
match-part-interest = Интересы
match-part-wish = Названный наставник
match-part-kind = Кого хочется видеть наставником
match-part-format = Формат встреч
match-part-age = Возраст подопечного
match-part-load = Нагрузка наставника
match-part-prefer = Взаимный выбор
match-part-elder = Наставник не младше
match-part-gap = Разница в возрасте
match-part-gender = Тот же пол (если об этом просят)
match-part-class = Из разных классов
match-part-language = Общий язык
match-part-worked = Уже работали вместе
match-part-wait = Давно без пары
match-part-clash = Время не совпадает
match-part-avoid = Просьба не ставить вместе

# $what: one or two labels of answers.
match-for-request = общая тема: { $what }
match-for-subject = предмет: { $what }
match-for-schedule = свободное время совпадает: { $what }
match-for-interest = общие интересы: { $what }
match-for-wish = имя есть в анкете наставляемого
# $kind: a code of the questionnaire's question about the wanted mentor.
match-for-kind = { $kind ->
    [senior] хотелось старшеклассника
    [peer] хотелось ровесника
    [teacher] хотелось учителя
    [student] хотелось студента
    [specialist] хотелось специалиста
    [alumnus] хотелось выпускника
   *[other] желаемый наставник
}
match-for-prefer = выбрали друг друга или один выбрал другого
match-for-gender = тот же пол, как просили
match-for-worked = уже работали вместе
match-for-format = подходит формат: { $what }
match-for-age = возраст, с которым хочется работать
match-for-load = { $left ->
    [one] свободно { $left } место
    [few] свободно { $left } места
   *[many] свободно { $left } мест
}
match-against-request = нет общей темы
match-against-request-unknown = тема помощи не указана
match-against-subject = нет общих предметов
match-against-schedule = нет общего свободного времени
match-against-schedule-unknown = свободное время указано не у обоих
match-against-kind = хотелось другого наставника
match-against-format = разные форматы встреч
match-against-age = наставнику хотелось другой возраст
match-against-age-unknown = возраст не указан
match-against-worked = пара уже была и завершилась
match-against-avoid = одна из сторон просила не ставить вместе
match-against-elder = наставник младше
match-against-gender = просили наставника того же пола
match-against-class = из одного класса
match-against-language = нет общего языка
match-against-gap = { $years ->
    [one] разница { $years } класс
    [few] разница { $years } класса
   *[many] разница { $years } классов
}

# $first, $second: labels; $rest: how many more.
match-two = { $first }, { $second }
match-more = { $first }, { $second } и ещё { $rest }
match-slot = { $day ->
    [mon] понедельник
    [tue] вторник
    [wed] среда
    [thu] четверг
    [fri] пятница
    [sat] суббота
   *[sun] воскресенье
} { $part ->
    [morning] утром
    [day] днём
   *[evening] вечером
}

# Hard rules: a part of a sentence, small letter.
match-no-self = это один и тот же человек
match-no-place = свободных мест нет
match-no-admission = наставник ещё не допущен
match-no-admission-now = у наставника не хватает: { $why }
match-no-mentor-consent = у наставника нет нужных согласий
match-no-mentee-consent = у наставляемого нет нужных согласий
match-no-family = это одна семья
match-no-again = пару уже отклоняли или меняли
match-no-ban = вы просили их не предлагать
match-no-elder = наставник младше
match-no-avoid = одна из сторон просила не ставить вместе
match-no-gap = разница в возрасте вне ваших границ
match-no-gender = просили наставника того же пола
match-no-class = они из одного класса
match-no-language = нет общего языка
match-no-schedule = нет общего свободного времени
match-no-request = нет общей темы
match-no-subject = нет общих предметов
match-no-interest = нет общих интересов
match-no-format = хотят встречаться по-разному
match-no-kind = хотелось другого наставника
match-no-age = наставнику хотелось другой возраст

# Why somebody stays without a pair. $count: mentors.
match-left-consent = Нет нужных согласий: без них в пару не ставят.
match-left-nobody = В этой форме пока нет наставников.
match-left-full = { $count ->
    [one] Подходит { $count } наставник, но его места заняты. Можно добавить место или пригласить ещё наставников.
    [few] Подходят { $count } наставника, но их места заняты. Можно добавить место или пригласить ещё наставников.
   *[many] Подходят { $count } наставников, но их места заняты. Можно добавить место или пригласить ещё наставников.
}
match-left-rule = Не подходят ({ $count }): { $rule }.

# Refusals to the curator.
match-form-unknown = Такой формы наставничества нет.
match-mentor-full = У этого наставника все места заняты. Добавьте ему место или выберите другого.
match-forbidden = Эту пару составить нельзя: { $why }.
