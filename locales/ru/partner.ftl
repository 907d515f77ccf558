# partner.ftl - partners of the programme, for the school's staff.

partner-title = Партнёры
partner-title-count = Партнёры ({ $n })
partner-new = Добавить партнёра
partner-edit = Изменить
partner-search = Название или контактное лицо
partner-empty = Здесь будут предприятия, колледжи, вузы, выпускники и родители, которые помогают программе: соглашения, что предлагают, события, их наставники.
partner-nobody = Никто не подходит под эти условия.
partner-name = Название
partner-kind = Вид
partner-state = Состояние
partner-state-talks = ведём переговоры
partner-state-active = сотрудничаем
partner-state-paused = на паузе
partner-state-archived = в архиве
partner-forms = Формы наставничества
partner-forms-none = не указаны
partner-people = Наставников
partner-offers = Предложений
partner-events = Событий

## Fields
partner-field-name = Название организации
partner-field-kind = Вид партнёра
partner-field-state = Состояние
partner-field-contact = Имя
partner-field-contact_position = Должность
partner-field-phone = Телефон
partner-field-email = Почта
partner-field-ground = Почему школа может хранить эти данные
partner-field-agreement_number = Номер
partner-field-agreement_on = Дата соглашения
partner-field-agreement_until = Действует до
partner-field-notes = Примечание

## The contact
partner-contact = Контактное лицо
partner-contact-about = Пишите только то, без чего не связаться. Данные сотрутся через { $days } дней после того, как партнёр уйдёт в архив.
partner-contact-position = Должность контактного лица
partner-contact-none = Не указано.
partner-contact-kept = Данные сотрутся через { $days } дней после архива партнёра.
partner-contact-forget = Стереть контактное лицо
partner-contact-forget-about = Имя, должность, телефон и почта исчезнут сразу. Вернуть их нельзя. Партнёр, соглашение и события останутся.
partner-contact-forget-do = Стереть
partner-contact-forget-what = Стереть контактное лицо партнёра: { $name }
partner-phone = Телефон
partner-email = Почта
partner-email-odd = Проверьте адрес почты: в нём нет «@» или есть пробел.
partner-ground = Основание: { $why }.
partner-ground-none = выберите основание
partner-ground-hint = Без основания имя, телефон и почту хранить нельзя.
partner-ground-agreement = Назван в соглашении для связи
partner-ground-consent = Дал согласие письменно
partner-ground-open = Организация сама открыто указывает эти данные
partner-ground-missing = Выберите, почему школа может хранить контактные данные, или сотрите их.

## The agreement
partner-agreement = Соглашение
partner-agreement-none = не заключено
partner-agreement-number = Номер соглашения
partner-agreement-on = Дата соглашения
partner-agreement-until = Действует до
partner-agreement-ends = скоро закончится
partner-agreement-over = срок прошёл
partner-agreement-odd = Срок действия раньше даты соглашения. Проверьте дни.
partner-until-soon = заканчивается за месяц или закончилось
partner-until-none = без срока
partner-from = от { $day }
partner-until = действует до { $day }

## Their people
partner-people-title = Наставники от партнёра
partner-people-none = Пока никого.
partner-people-how = Сюда можно добавить наставников из базы, которые не ученики и не педагоги школы: сотрудников, студентов, выпускников, родителей.
partner-person = Наставник из базы
partner-person-add = Добавить наставника
partner-person-remove-what = Убрать из списка партнёра: { $name }
partner-remove = Убрать

## What they offer
partner-offers-title = Что предлагает
partner-offers-none = Предложений пока нет.
partner-offer-add = Записать предложение
partner-offer-title = Что именно
partner-offer-hint = Деньги проходят через бухгалтерию школы. Здесь пишут только, на что они.
partner-offer-on = Когда предложено
partner-resource = Ресурс
partner-received = Получено
partner-received-do = Получено
partner-received-what = Отметить полученным: { $title }
partner-received-undo = Не получено
partner-received-undo-what = Снять отметку о получении: { $title }
partner-not-yet = пока нет
partner-deed-remove-what = Убрать запись: { $title }

## Events with them
partner-events-title = События с партнёром
partner-events-none = Событий пока нет.
partner-event-add = Записать событие
partner-event-title = Событие
partner-event-on = День
partner-event-people = Сколько участников

## The archive
partner-archive = Убрать в архив
partner-archive-about = Записи останутся в архиве. Контактное лицо сотрётся через { $days } дней.
partner-return = Вернуть из архива

## Refusals
partner-name-missing = Напишите название.
partner-there = Партнёр с таким названием уже есть. Поищите и в архиве.
partner-kind-unknown = Выберите вид партнёра из списка.
partner-gone = Такого партнёра нет.
partner-many = Партнёров может быть до { $most }.
partner-deed-missing = Напишите, что именно.
partner-deed-ahead = Этот день ещё не наступил.
partner-deed-gone = Этой записи уже нет.
partner-deeds-many = У партнёра может быть до { $most } записей.
partner-resource-unknown = Выберите ресурс из списка.
partner-person-unknown = Выберите наставника из списка.
partner-people-many = У партнёра может быть до { $most } наставников.
