# backup.ftl - shown to the operator by backup and restore. One sentence each.
backup-no-file = Файла { $file } нет.
backup-no-folder = Папки { $folder } нет.
backup-no-database = Базы данных ещё нет: копировать нечего.
backup-not-written = Не удалось записать { $file }: проверьте место на диске и права на папку.
backup-not-at-head = База данных старее программы: сначала выполните nastavnik migrate.
backup-unknown = Файл { $file } не похож на копию «Наставника».
backup-damaged = Копия { $file } повреждена: контрольная сумма не сходится или файл обрезан.
backup-locked = Копия { $file } заперта паролем: задайте его в NASTAVNIK_BACKUP__PASSPHRASE.
backup-wrong-passphrase = Пароль из NASTAVNIK_BACKUP__PASSPHRASE не подходит к копии { $file }. Если он верный, файл повреждён.
backup-not-locked = Файл { $file } не заперт: открывать его не нужно.
backup-name-taken = Файл { $file } уже есть: назовите другой.
backup-unlocked = Открытая копия лежит в { $file }. В ней данные детей: удалите её, как только вернёте.
backup-newer = Копию сделала более новая версия программы ({ $version }): сначала обновите программу.
backup-data-there = Здесь уже есть данные: чтобы заменить их, добавьте --force.
backup-running = База данных занята: сначала остановите программу.
backup-dump-none = Перед обновлением базы программа делает её копию, а команды pg_dump здесь нет; база не изменена. Поставьте клиент PostgreSQL (Debian, Ubuntu: apt install postgresql-client) и запустите снова. Или сделайте копию сами и выполните nastavnik migrate --copy-made.
# $said: what pg_dump answered.
backup-dump-failed = Копия базы перед обновлением не получилась, база не изменена. pg_dump ответил: «{ $said }». Если он старше сервера базы, поставьте клиент PostgreSQL той же версии. Устраните причину и запустите снова или сделайте копию сами и выполните nastavnik migrate --copy-made.
backup-done = Копия { $file } сделана и проверена: школ — { $schools }, людей — { $people }.
# $messages: how many.
backup-settled = Всем сотрудникам нужно войти заново. Сообщений, о которых неизвестно, дошли ли они: { $messages }; сами они не уйдут, недавние покажет «Сегодня».
backup-repeated = Что сделано после копии, повторено: стёрто людей — { $erased }, закрыто учётных записей — { $closed }.
# $made: a moment.
backup-repeat-consents = Внесите снова отзывы согласий, которые пришли после { $made }.
backup-repeat-all = Прежней базы нет, или она не читается. Повторите то, что сделано после { $made }: удаление данных (по актам), отзывы согласий, закрытие учётных записей.
backup-restored = Данные восстановлены из копии от { $made }: школ — { $schools }, людей — { $people }.
