# check.ftl - the page for everybody that confirms a letter of thanks, a diploma or a certificate by its code.

check-title = Проверка документа
check-type = Код с документа
check-do = Проверить
check-about = Код напечатан рядом с QR-кодом: три группы по четыре знака. Заглавные буквы и дефисы необязательны.
check-none = Документа с таким кодом нет. Проверьте, все ли знаки набраны верно.
check-holds = Документ выдан школой и действует.
check-revoked = Школа отозвала этот документ { $day }
check-what = Документ
check-when = Дата
check-school = Школа
check-whom = Кому
check-family = семье: { $name }
check-erased = сведения о человеке удалены по закону; школа подтверждает, что документ выдавался
check-role = Роль
check-form = форма «{ $form }»
check-period = Период
check-code = Код
check-note = Имя показано не полностью, чтобы беречь личные данные. Сверьте его с бумагой.
check-another = Проверить другой код
