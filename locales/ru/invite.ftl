# invite.ftl - shown to the curator and on the command line.
invite-purpose = Роли «{ $purpose }» нет. Выберите: mentor (наставник), mentee (наставляемый) или any (выберет сам человек).
invite-form = Формы наставничества «{ $form }» нет.
invite-number = Приглашений за один раз: от 1 до { $limit }; срок: от 1 до 366 дней; вступлений по одной ссылке: от 1 до 1000.
invite-person = Такого человека в школе нет, или его запись закрыта. Проверьте номер в списке людей.
invite-unknown = Такого приглашения нет. Обновите страницу.

invite-class = Выберите класс.
invite-class-none = Действующих приглашений у этого класса нет.
invite-nobody = Карточки делать не для кого: отметьте людей в списке или выберите класс, где ещё не все ответили.
invite-sheets = Карточки с QR-кодами
invite-sheets-print = Напечатайте страницу в масштабе 100% и разрежьте по пунктирным линиям. Карточка действует один раз; пока она не использована, при повторной печати код будет тем же.
# $n: cards on a page.
invite-sheets-size = { $n } на листе
invite-sheets-how = Наведите камеру телефона на код или наберите адрес:
invite-poster = Плакат с кодом для всего класса
invite-poster-title = Наставничество
invite-poster-how = Наведите камеру телефона на код или наберите адрес:
invite-poster-until = Приглашение действует до { $day } г.
invite-poster-pdf = Плакат для печати (PDF)
invite-poster-file = Плакат_наставничество
invite-class-revoke = Отозвать все приглашения класса
# $name: of the class.
invite-people-class = Карточки с QR для класса { $name }
