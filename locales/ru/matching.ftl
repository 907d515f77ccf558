# matching.ftl - rules of matching, what they change, and what a run shows. Staff only.

matching-level-required = обязательно
matching-level-important = важно
matching-level-desirable = желательно
matching-level-ignored = неважно

# Refusals.
matching-level-unknown = Такого правила или такой важности нет. Обновите страницу и выберите снова.
matching-gap-wrong = Границы разницы в возрасте стоят наоборот или слишком велики.
matching-gap-missing = Укажите, на сколько лет наставник может быть старше.
matching-run-unknown = Такого подбора нет.

# The cheapest single change that makes a pair; a part of a sentence. $name: a mentor.
matching-change-place = если { $name } возьмёт ещё одного
matching-change-time = если найдётся общее время: { $slot }
matching-change-rule = если правило «{ $rule }» сделать желательным
matching-change-mentee-consent = если придут согласия наставляемого
matching-change-mentor-consent = если придут согласия: { $name }
matching-change-admission = если допустить: { $name }
matching-change-admission-now = если { $name } доделает то, чего не хватает для допуска

# Who is left without a pair.
matching-left-full = места заняты другими
# What would help first; whole sentences.
matching-help-place = Спросите, возьмёт ли { $name } ещё одного.
matching-help-time = Спросите, найдётся ли общее время с наставником ({ $name }): { $slot }.
matching-help-rule = Подошёл бы наставник { $name }, если правило «{ $rule }» сделать желательным.
matching-help-mentor-consent = Подошёл бы наставник { $name }: не хватает согласий.
matching-help-admission = Подошёл бы наставник { $name }: нужен допуск.
matching-help-admission-now = Подошёл бы наставник { $name }: для допуска осталось одно дело.
matching-help-consent = Напомните о согласиях: без них в пару не ставят.
matching-help-gender = Укажите на карточке пол: есть просьба о наставнике того же пола, а сравнить не с чем.
matching-help-invite = Пригласите ещё наставников: одного изменения мало.

# Fairness in figures; whole sentences. $left of $all have no pair.
matching-fair-left = Без пары { $left } из { $all }.
matching-fair-wait = { $days ->
    [one] Дольше всех ждут { $days } день.
    [few] Дольше всех ждут { $days } дня.
   *[many] Дольше всех ждут { $days } дней.
}
matching-fair-class = В классе { $name } без пары больше, чем у других: { $left } из { $all }.
matching-fair-gender = Без пары чаще остаются { $gender ->
    [female] девочки и женщины
   *[male] мальчики и мужчины
}: { $left } из { $all }.
# $least, $most: percent of a mentor's places that are taken.
matching-fair-load = { $how ->
    [even] Наставники заняты поровну
    [near] Наставники заняты почти поровну
    [differ] Наставники заняты по-разному
   *[uneven] Наставники заняты неровно
}: от { $least } до { $most } % мест.

# Groups. $name: the first mentor; $what: the topic or hour that all have in common, staff only.
matching-group-title = Группа: { $name }
matching-group-group = общая тема: { $what }
matching-group-team = общая тема команды: { $what }
matching-group-circle = общее время: { $what }
matching-group-mutual = разные запросы, общее время: { $what }
matching-group-sizes = В группе может быть от { $least } до { $most } наставляемых, наставников – не больше четырёх.
# $placed: people in groups; $points: of all groups together; $most: what no other groups could exceed.
matching-groups-best = В группах { $placed }, баллов вместе – { $points }. Лучше не бывает: доказано, что никакие другие группы не разместят больше и не подойдут людям лучше.
matching-groups-none = Ни одной такой группы сейчас не собрать, это проверено: не хватает мест у наставников или нет общего для всех. Можно уменьшить группу или выбрать другой вид.
matching-groups-nearly = В группах { $placed }. Больше разместить нельзя, это доказано. Баллов вместе – { $points }; больше { $most } не набрали бы никакие группы.
matching-groups-bound = В группах { $placed }. Больше { $most } не разместили бы никакие группы. Доказать, что лучше нельзя, программа не успела: посмотрите группы внимательнее.
