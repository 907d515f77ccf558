# cli.ftl - what the command line says to the operator. Refusals are one sentence.
# $said: what is wrong with the call, by the library, in English.
cli-usage = Команда вызвана неверно ({ $said }): посмотрите nastavnik --help.
cli-parts = части «{ $part }» нет, есть bot, scheduler и admin
cli-password-stdin = нужен --password-stdin, пароль подайте в стандартный ввод
cli-defect = Внутренняя ошибка программы: подробности выше, сообщите о них разработчикам.
cli-newer-database = Базу данных сделала более новая версия программы: обновите программу.
cli-database-damaged = Файл базы { $file } повреждён, программа с ним не работает: верните последнюю копию командой nastavnik restore ФАЙЛ --force; повреждённый файл останется рядом.
cli-database-away = База данных не отвечает: проверьте NASTAVNIK_DATABASE_URL и запущен ли сервер базы.
cli-no-school = Школы ещё нет: добавьте её командой nastavnik school add.
cli-no-such-school = Школы «{ $slug }» нет.
cli-no-file = Файла { $file } нет.
cli-not-written = Не удалось записать { $file }: проверьте папку и права.
cli-port-busy = Адрес { $host }:{ $port } занят или недоступен: остановите другую программу или выберите другой порт.
cli-demo-unfinished = Школа для показа в этой папке не была доделана. Удалите папку или назовите в --data другую.
cli-migrated = База данных приведена к версии { $revision }.
cli-migrated-already = База данных уже в порядке: версия { $revision }.
cli-school-added = Школа { $slug } добавлена.
# $name: of the municipality.
cli-municipality = Школа { $slug } относится к муниципалитету «{ $name }».
cli-municipality-none = Школа { $slug } не относится ни к какому муниципалитету.
cli-user-password = Пароль { $login } задан, прежние сессии закончены.
cli-user-closed = Доступ { $login } закрыт.
# $roles: codes of roles, as they are typed.
cli-user-codes = Код при входе требуется от ролей: { $roles }.
cli-user-open = открыта
cli-user-shut = закрыта
cli-user-added = Учётная запись { $login } добавлена.
# $row: row of the file; $person: the name as it was read.
cli-import-new = строка { $row }: добавить — { $person }
cli-import-changed = строка { $row }: изменить — { $person }
cli-import-same = строка { $row }: без изменений — { $person }
cli-import-refused = строка { $row }: отказ — { $person }
cli-import-skipped = строка { $row }: пропущена: { $reason }
cli-import-field = { $field }: { $now } → { $new }
cli-import-lacking = нет в файле: { $person }, { $where }
cli-import-undone = Загрузка отменена. Ушли из списка: { $removed }, прежние данные вернулись у: { $restored }, остались, потому что уже ответили: { $stayed }.
cli-import-would = Будет добавлено: { $new }, изменено: { $changed }, без изменений: { $same }, отказов: { $refused }, нет в файле: { $missing }.
cli-import-done = Добавлено: { $new }, изменено: { $changed }, без изменений: { $same }, отказов: { $refused }, нет в файле: { $missing }.
cli-report-done = Файл { $file } готов.
cli-audit-fine = Журнал изменений в порядке: цепочка не нарушена.
# $school: short name; $number: its last line; $hash: how the line's hash begins; $sealed: the last sealed line.
cli-audit-end = Школа { $school }: последняя запись { $number }:{ $hash }, под печатью до { $sealed }.
cli-audit-known = в --known нужны номер записи и не меньше 16 знаков её контрольной строки: 120:9f86d081884c7d65
# $school: its id; $number: the line within the school.
cli-audit-changed = Журнал изменений нарушен: школа { $school }, строка { $number }.
cli-audit-lost = Журнал изменений нарушен: школа { $school }, конец удалён, строка { $number } уже была.
cli-audit-seal = Печать журнала изменений подделана или сделана с другим ключом: школа { $school }.
