# pulse.ftl - how pairs are doing, for the curator and the psychologist. $days: between two times.
pulse-title = Пульс пар
pulse-about = Раз в { $days } { $days ->
    [one] день
    [few] дня
   *[many] дней
  } обе стороны отвечают, насколько им комфортно вместе и приближают ли встречи к цели, от 1 до 10. Второй стороне ответы не показывают. На паузе, в каникулы и в недели экзаменов не спрашиваем.
pulse-answered = Ответили { $part } из { $whole }.
pulse-off = пульс выключен
pulse-nothing = Ни одной пары ещё не спрашивали: первый пульс приходит на тридцатый день работы.
pulse-day = За день
pulse-side-mentee = Наставляемый: комфорт / цель
pulse-side-mentor = Наставник: комфорт / цель
pulse-came = Ответили
pulse-talk = хочет поговорить
