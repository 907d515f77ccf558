# states.ftl - a change that no longer fits what stands now.
states-not-now = Пока страница была открыта, это уже изменилось. Откройте её ещё раз.
    .ty = Пока ты смотришь, это уже изменилось. Открой ещё раз.
