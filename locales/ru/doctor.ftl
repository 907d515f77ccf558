# doctor.ftl - what `nastavnik doctor` says to the operator. $what: one of the texts below.
doctor-fine = в порядке — { $what }
doctor-needed = нужно — { $what }
doctor-off = выключен — { $what }
doctor-advice = к сведению — { $what }

doctor-settings = настройки прочитаны
doctor-folder = папка данных { $folder } доступна для записи
doctor-folder-closed = дайте программе право записи в папку данных { $folder }
doctor-space = на диске свободно { $free } МБ
doctor-space-low = освободите место на диске: свободно { $free } МБ, нужно не меньше { $least } МБ
doctor-sqlite = SQLite { $version }
doctor-sqlite-old = SQLite { $version }: до 3.51.3 есть редкая ошибка, от которой портится файл, если в него пишут две программы разом. Запускайте одну (nastavnik run без слов) или возьмите 3.51.3 либо PostgreSQL
doctor-key = ключ подписи адресов есть, читает его только владелец
doctor-key-set = ключ подписи адресов задан настройкой
doctor-key-later = ключ подписи адресов появится при первом запуске
doctor-key-open = закройте файл ключа от других: chmod 600 { $file }
doctor-key-windows = кто читает ключ и базу, покажет команда icacls "{ $folder }": должны остаться только администраторы, система и учётная запись службы. Как закрыть от остальных: docs/operations.md, «Windows»
doctor-copies-locked = копии запираются паролем
doctor-copies-open = копии данных не заперты паролем: задайте NASTAVNIK_BACKUP__PASSPHRASE, если они хранятся не на этом сервере
doctor-database = база данных отвечает, её версия подходит
doctor-database-none = базы данных ещё нет: выполните nastavnik migrate
doctor-database-old = база данных другой версии: выполните nastavnik migrate
doctor-database-damaged = файл базы { $file } повреждён: остановите программу и верните последнюю копию, nastavnik restore ФАЙЛ --force
doctor-database-clear = база на другом сервере, а связь с ней не обязана быть закрытой: добавьте в NASTAVNIK_DATABASE_URL sslmode=verify-full
doctor-database-away = база данных не отвечает: проверьте NASTAVNIK_DATABASE_URL и запущен ли сервер базы
doctor-no-school = добавьте школу: nastavnik school add
# $count: how many schools.
doctor-schools = школ: { $count }
doctor-no-curator = у школы { $slug } нет куратора: nastavnik user add … --role curator --school { $slug } --password-stdin
doctor-curators = у каждой школы есть учётная запись куратора
# $who: logins. $page: the address of the admin's page.
doctor-adults = школа { $slug }: просьба о помощи не придёт в мессенджер — { $who }. Каждый подключает свой чат сам: { $page }
doctor-adults-all = просьбы о помощи приходят в мессенджер всем взрослым, которых зовут
doctor-adults-no-messenger = тревоги в мессенджер: мессенджеров нет, просьбы о помощи видны только в кабинете
doctor-clock = часы не отстают от журнала изменений
doctor-clock-behind = переведите часы: в журнале изменений есть записи позже, чем сейчас на часах
doctor-public = страницы открываются по адресу { $url }
doctor-public-here = страницы открываются по адресу { $url }, только с этого компьютера
doctor-public-local = задайте NASTAVNIK_PUBLIC_URL: по нынешнему адресу телефоны участников страниц не откроют
doctor-platform-clear = { $name } ведёт на другой сервер по http://, токен и переписка идут туда открытыми: задайте адрес https://
doctor-public-https = задайте в NASTAVNIK_PUBLIC_URL адрес https://: на другой мессенджеры события не присылают
doctor-proxies = если веб-сервер стоит на другой машине, назовите её адрес в NASTAVNIK_ADMIN__PROXIES: иначе все посетители считаются одним адресом и исчерпают общий предел попыток
doctor-metrics = /metrics открыт по токену
doctor-metrics-off = /metrics: чтобы включить, задайте NASTAVNIK_METRICS__TOKEN

# $channel: Telegram, VK. $text, $where: a line of «Каналы».
doctor-line = { $channel }: { $text }
doctor-line-where = { $channel }: { $text }. Где: { $where }
# $what: a setting of a channel.
doctor-set = исправлено: { $what }
doctor-telegram-off = Telegram: чтобы включить, задайте NASTAVNIK_TELEGRAM__TOKEN

doctor-vk-off = ВКонтакте: чтобы включить, задайте NASTAVNIK_VK__TOKEN и NASTAVNIK_VK__GROUP_ID
doctor-wall-off = стена ВКонтакте: чтобы новости выходили сами, задайте NASTAVNIK_VK__WALL_TOKEN; без него их публикуют вручную
