# roster.ftl - import of the school's lists; shown to the curator and on the command line.

## The file
roster-file-kind = Такой файл не читается. Подходят .xlsx, .xls, .ods и .csv.
roster-file-big = Файл больше { $limit } МБ. Уберите картинки и лишние листы и попробуйте снова.
roster-file-empty = В файле нет ни одной заполненной строки.
roster-file-rows = В файле больше { $limit } строк. Разделите его на части и загрузите по очереди.
roster-file-bomb = Таблица внутри файла слишком велика. Скопируйте список в новый файл и сохраните его как .xlsx.
roster-file-broken = Файл повреждён. Откройте его в Excel или LibreOffice, сохраните заново как .xlsx и попробуйте ещё раз.
roster-file-password = Файл защищён паролем. Сохраните копию без пароля.
roster-file-page = Это веб-страница, а не таблица. Откройте файл в Excel и сохраните как .xlsx.
roster-file-not-table = Внутри файла нет таблицы. Сохраните список как .xlsx или .csv.
roster-file-other = Содержимое файла не похоже на { $ending }. Откройте список в Excel и сохраните как .xlsx.
roster-no-header = В первых { $rows } строках нет заголовков. Нужен столбец «ФИО» или столбцы «Фамилия» и «Имя». Скачайте образец.
roster-no-people = Заголовки есть, а людей под ними нет.

## Whole columns
roster-column-guardian = Столбец «{ $title }» не загружен: данные родителя придут с согласием.
roster-class-from-title = Столбца «Класс» нет, класс { $class } взят из заголовка.

## Skipped rows
roster-skip-empty = Пустая строка.
roster-skip-total = Итоговая строка.
roster-skip-numbers = Номера столбцов.
roster-skip-header = Повтор заголовка.
roster-skip-section = Заголовок класса { $class }.

## Why a row stays out
roster-name-missing = Нет фамилии и имени. Впишите их.
roster-name-one-word = Указано одно слово. Впишите фамилию и имя.
roster-name-no-surname = Похоже на имя и отчество без фамилии. Впишите фамилию первой.
roster-name-initials = Вместо имени стоят инициалы. Впишите имя полностью.
roster-name-digits = В имени есть цифры. Уберите их.
roster-name-code = Вместо имени стоит формула или код. Впишите имя буквами.
roster-name-long = Имя длиннее { $limit } знаков. Проверьте, не попал ли в ячейку другой текст.
roster-name-letters = В имени есть посторонние знаки или смешаны разные алфавиты. Впишите имя заново русскими буквами.
roster-born-unclear = Дата рождения не читается. Впишите её так: 05.03.2012.
roster-born-future = Дата рождения { $day } ещё не наступила. Проверьте год.
roster-born-age = По дате рождения { $day } возраст { $age }. Проверьте год.
roster-twice = Этот человек уже есть в строке { $row }. Оставьте одну строку.
roster-no-category = Непонятно, ученик это или учитель. Заполните «Класс» или «Должность» или выберите, кто в списке.
roster-ambiguous = В школе несколько людей с таким именем. Добавьте дату рождения.
roster-frozen = Согласие отозвано, запись закрыта и не меняется.

## What was noticed about a row that goes in
roster-name-order = Порядок фамилии, имени и отчества угадан. Проверьте.
roster-name-lookalike = Латинские буквы в имени заменены на русские: { $name }.
roster-class-odd = Класс «{ $class }» выглядит необычно. Проверьте.
roster-born-empty = Даты рождения нет. Можно загрузить и без неё.
roster-born-year = Указан только год рождения. Загрузим без даты.
roster-line-odd = Должность или место работы похожи на формулу или слишком длинные. Они не загружены.
roster-since-odd = Начало работы не читается и не загружено.
roster-phone-unclear = Телефон { $phone } не читается. Загрузим без него.
roster-phone-first = Телефонов несколько. Взят первый.
roster-email-unclear = Почта { $email } не читается. Загрузим без неё.
roster-namesake = Человек с таким именем в школе уже есть. Будет добавлена новая запись.
