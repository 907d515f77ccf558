# invite.ftl - shown to the curator and on the command line.
invite-purpose = Роли «{ $purpose }» нет. Выберите: mentor (наставник), mentee (наставляемый) или any (выберет сам человек).
invite-form = Формы наставничества «{ $form }» нет.
invite-number = Приглашений за один раз: от 1 до { $limit }; срок: от 1 до 366 дней; вступлений по одной ссылке: от 1 до 1000.
invite-person = Такого человека в школе нет, или его запись закрыта. Проверьте номер в списке людей.
invite-unknown = Такого приглашения нет. Обновите страницу.
