# letterhead.ftl - what stands at the head of the school's papers; for the school's staff.

letterhead-page = Бланк школы
letterhead-about = Эти сведения встают в шапку и подписи документов. Пустая строка пропускается или остаётся местом для ручки. Название школы, город и куратор берутся из настроек.
letterhead-full-name = Полное название школы
letterhead-full-name-hint = Как в уставе.
letterhead-founder = Учредитель
letterhead-founder-hint = Для документов, где он нужен.
letterhead-address = Адрес
letterhead-address-hint = Одной строкой, с индексом.
letterhead-contacts = Телефон и почта
letterhead-contacts-hint = Одной строкой.
letterhead-head-name = Руководитель: фамилия, имя, отчество
letterhead-head-name-hint = Полностью; в подписи будут инициалы.
letterhead-head-position = Должность руководителя
letterhead-head-position-hint = Например: Директор.
