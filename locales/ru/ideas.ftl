# ideas.ftl - ideas and methods for meetings. $title, $steps: of the idea. $minutes: about how long.
ideas-title = Идея для встречи
ideas-card = Идея: { $title }

    { $steps }

    Около { $minutes } { $minutes ->
        [one] минуты
       *[many] минут
    }, { $format ->
        [both] можно вживую или онлайн
        [online] подойдёт онлайн
       *[offline] лучше вживую
    }.
ideas-take = Взять
ideas-other = Другая
ideas-more = Ещё идея
ideas-ours = Наши идеи
ideas-methods = Методы
ideas-words = Словарь
ideas-arrange = Назначить встречу
ideas-taken = Идея «{ $title }» сохранена за вашей парой. Договоритесь, когда попробуете.
ideas-taken-diary = Идея «{ $title }» сохранена за вашей парой. После встречи её можно выбрать темой в дневнике.
ideas-ours-none = Ваша пара пока ничего не сохранила.
ideas-ours-which = Какую идею открыть?
ideas-none = Подходящих идей сейчас нет. Загляните в методы: там короткие подсказки, как провести встречу.
    .ty = Подходящих идей сейчас нет. Загляни в методы: там короткие подсказки, как провести встречу.
ideas-no-pair = Идеи подбираются для пары, которая сейчас встречается.
ideas-no-pair-yet = Идеи появятся, когда будет пара. А пока можно посмотреть методы и словарь.
ideas-which-pair = Для какой пары?
ideas-unknown = Этой идеи больше нет в списке. Откройте другую.
    .ty = Этой идеи больше нет в списке. Открой другую.
ideas-methods-which = Методы – это способы провести встречу. О каком рассказать?
ideas-methods-more = Все методы
ideas-method-unknown = Такого метода в списке нет. Откройте «Методы».
    .ty = Такого метода в списке нет. Открой «Методы».
# $title, $about: of the method.
ideas-method = { $title }

    { $about }
ideas-method-activity = Дело вдвоём
ideas-method-discussion = Разговор
ideas-method-situations = Разбор ситуаций
ideas-method-environment = Новое место и люди
ideas-method-diagnostic = Посмотреть на рост
ideas-method-motivation = Поддержать интерес
ideas-method-consulting = Совет и объяснение
ideas-method-example = Личный пример
