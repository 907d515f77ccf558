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
roster-twice = Такой человек уже есть в строке { $row }. Оставьте одну строку. Если это два разных человека, впишите обоим даты рождения.
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
roster-twin = Ниже есть строка с тем же именем. Если это другой человек, впишите обоим даты рождения.
roster-namesake = Человек с таким именем в школе уже есть. Будет добавлена новая запись.

## Taking an import back
roster-undo-none = Отменять нечего: за последние 24 часа списков не загружали.
roster-undo-late = Отменить загрузку можно в течение 24 часов. Это время прошло.

## The page: columns
roster-page-columns = Столбцы файла
roster-page-columns-what = Проверьте, что в каком столбце. Ваш выбор запомним для следующих списков.
roster-page-name-header = Выберите ниже строку, в которой стоят заголовки.
roster-page-header = Строка с заголовками
# $name: of the sheet.
roster-page-sheet = лист «{ $name }»
roster-page-no-sheet = Не загружать этот лист
roster-page-column = Столбец
# $n: number of the column.
roster-page-untitled = Столбец { $n } без заголовка
roster-page-examples = Примеры
roster-page-meaning = Что в нём
roster-page-again = Проверить заново
roster-field-full = ФИО целиком
roster-field-last = Фамилия
roster-field-first = Имя
roster-field-middle = Отчество
roster-field-class = Класс
roster-field-letter = Буква класса
roster-field-born = Дата рождения
roster-field-phone = Телефон
roster-field-email = Эл. почта
roster-field-gender = Пол
roster-field-position = Должность
roster-field-category = Кто это (ученик, учитель…)
roster-field-since = Стаж или год начала работы
roster-field-workplace = Место работы или учёбы
roster-field-guardian = Данные родителя (не загружать)
roster-field-skip = Не загружать

## The page: what is to be put right
roster-page-refused-what = Эти строки не загрузятся, пока их не поправить. Исправьте здесь или скачайте файл с отметками.
roster-page-warned = Загрузятся, но посмотрите
roster-page-warned-what = Здесь ничего не мешает загрузке. Если знаете верное значение, впишите его.
roster-page-mend = Проверить исправления
# $n: rows.
roster-page-mend-more = И ещё строк: { $n }. Они появятся здесь после проверки.
roster-page-copy = Скачать файл с отметками
# $name: of the file, without its ending.
roster-page-copy-name = { $name } с отметками.xlsx
roster-do-full = Впишите фамилию и имя
roster-do-born = Проверьте дату рождения
roster-do-class = Впишите класс
roster-do-phone = Проверьте телефон
roster-do-email = Проверьте почту
roster-do-position = Проверьте должность
roster-do-since = Проверьте начало работы
roster-do-row = Здесь исправить нечего

## The page: loading and taking back
roster-page-groups = Что загрузить
# $n: rows.
roster-page-load-new = Добавить новых: { $n }
# $n: rows.
roster-page-load-changed = Обновить данные: { $n }
roster-page-no-group = Отметьте, что загрузить: новых людей, изменения или всё вместе.
roster-page-apply = Загрузить
roster-page-undo-said = После загрузки её можно отменить в течение 24 часов.
# $n: people.
roster-page-missing = Есть в программе, но нет в файле ({ $n })
roster-page-missing-what = Сама загрузка их не меняет. Отметьте тех, кто больше не в школе. Их участие уйдёт в архив, пары закроются, встречи отменятся, сообщения прекратятся. Данные удалятся через 30 дней. Отменить можно вместе с загрузкой в течение 24 часов или в карточке человека; закрытые пары собирают заново.
roster-page-left = Больше не в школе
roster-page-left-below = Отметить тех, кто больше не в школе:
roster-page-card = Карточка
# $n: people.
roster-page-undo-back = Вернутся в школу: { $n }.
roster-left = В карточке отмечено: больше не в школе. Верните человека в его карточке и загрузите список ещё раз.
roster-leave-not-now = Участие этого человека уже остановлено.
roster-not-left = Этот человек и так в школе. Обновите страницу.
# $n: rows.
roster-page-skipped = Пропущенные строки: { $n }
roster-page-undo-title = Отменить загрузку
# $remove, $restore: people.
roster-page-undo-what = Из списка уйдут: { $remove }. Прежние данные вернутся у { $restore }.
# $n: people.
roster-page-undo-stay = Останутся те, кто уже ответил или получил место: { $n }.
# $when: moment.
roster-page-undo-until = Можно до: { $when }.
roster-page-undo = Отменить
# $name: of the file.
roster-page-undo-number = Отменить загрузку: { $name }

## Two records of one pupil
roster-twins = Похоже, это один человек
roster-twins-what = Ученик из списка школы и тот, кто вступил по общей ссылке, из одного класса и с одним именем. Сами мы записи не объединяем: решаете вы.
roster-twins-listed = В списке школы:
roster-twins-joined = В программе:
roster-twins-join = Это один человек
roster-twins-apart = Это разные люди
roster-twins-none = Похожих записей нет.
roster-twin-gone = Эти записи уже не похожи на одного человека. Обновите страницу.
roster-twin-busy = К записи из списка уже что-то привязано: чат, согласие или место в программе. Сначала уберите лишнее в её карточке.
