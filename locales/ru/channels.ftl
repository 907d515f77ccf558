# channels.ftl - «Каналы»: how Telegram and VK are set, line by line, and where to click. Names of buttons and menus
# are those of the platforms themselves. The doctor of the command line says the same lines.
# Of a line: <key>-fine, -needed, -advice, -off, -unknown: how it stands; <key>-where: where it is set.
channels-title = Каналы
channels-intro = Как настроены Telegram и ВКонтакте. Каждая строка либо в порядке, либо говорит, куда нажать.
channels-never = Ещё не проверяли. Нажмите «Проверить сейчас».
# $when: a moment.
channels-checked = Проверяли { $when }.
channels-check = Проверить сейчас
channels-tag-fine = в порядке
channels-tag-needed = нужно
channels-tag-advice = можно лучше
channels-tag-off = не подключено
channels-tag-unknown = неизвестно
channels-col-state = Состояние
channels-col-what = Что
channels-col-do = Что сделать
channels-set = Исправить
# $what: words of the line.
channels-set-what = Исправить: { $what }
channels-by-hand = Где настроить: { $where }
channels-server = Ключи вписывает на сервере тот, кто обслуживает программу. Здесь их не видно.
channels-needs-none = Всё в порядке.
# $count: how many lines.
channels-needs = { $count ->
    [one] Нужно ваше внимание: { $count } строка.
    [few] Нужно ваше внимание: { $count } строки.
   *[other] Нужно ваше внимание: { $count } строк.
}
channels-nothing-to-set = Эту настройку программа сама не меняет. Сделайте это на сайте мессенджера.
channels-telegram-not-set = Telegram не принял настройку. Подождите минуту и нажмите ещё раз.
channels-vk-not-set = ВКонтакте не дал изменить настройку. Скорее всего, ключу не хватает права «управление сообществом». Сделайте это на сайте ВКонтакте: где нажать, сказано в строке.

channels-telegram-off = Telegram не подключён. Ключ бота вписывают в настройки на сервере.
channels-telegram-token-fine = Ключ принят, бот @{ $bot } отвечает
channels-telegram-token-needed = Telegram не принимает ключ бота
channels-telegram-token-where = @BotFather → /mybots → ваш бот → API Token. Новый ключ впишите на сервере.
# $server: an address.
channels-telegram-away-needed = Сервер Telegram ({ $server }) не отвечает: проверьте интернет на сервере школы
# $waits: messages that Telegram keeps for us.
channels-telegram-polling-fine = Сообщения программа забирает сама, ждут: { $waits }
channels-telegram-polling-advice = Сообщения программа забирает сама, но их накопилось много: { $waits }. Проверьте, запущена ли она
channels-telegram-polling-needed = Telegram всё ещё шлёт сообщения на старый адрес (ждут: { $waits }); при запуске программа это исправит
channels-telegram-hook-fine = Telegram шлёт сообщения на адрес школы, ждут: { $waits }
# $url: an address of ours.
channels-telegram-hook-missing-needed = Telegram не знает адрес школы { $url }; при запуске программа его сообщит
# $said: Telegram's own words in English. $when: a moment.
channels-telegram-hook-failing-needed = Telegram не может доставить сообщения (ждут: { $waits }). Его ответ { $when }: «{ $said }»
channels-telegram-hook-failing-where = проверьте, что адрес программы открывается из интернета с телефона, не из школьной сети
channels-telegram-commands-fine = Список команд за кнопкой «/» на месте, по-русски и по-английски: { $count }
channels-telegram-commands-needed = Список команд за кнопкой «/» старый или пустой
channels-telegram-menu-fine = Кнопка «Меню» открывает команды
channels-telegram-menu-needed = Кнопка «Меню» открывает не команды
channels-telegram-name-fine = Имя бота: «{ $shown }»
channels-telegram-name-advice = Имя бота: «{ $shown }». Программа может поставить имя с названием школы
channels-telegram-name-needed = У бота нет имени
channels-telegram-name-where = @BotFather → /mybots → ваш бот → Edit Bot → Edit Name
channels-telegram-description-fine = Описание в пустом чате на месте
channels-telegram-description-advice = У бота своё описание: «{ $shown }». «Исправить» заменит его нашим
channels-telegram-description-needed = В пустом чате нет описания: человек не узнает, куда попал
channels-telegram-description-where = @BotFather → /mybots → ваш бот → Edit Bot → Edit Description
channels-telegram-short-fine = Короткое описание в карточке бота на месте
channels-telegram-short-advice = У бота своё короткое описание: «{ $shown }». «Исправить» заменит его нашим
channels-telegram-short-needed = В карточке бота нет короткого описания
channels-telegram-short-where = @BotFather → /mybots → ваш бот → Edit Bot → Edit About
channels-telegram-groups-fine = Бота нельзя добавить в группу
channels-telegram-groups-advice = Бота можно добавить в группу. Он сам из неё выйдет, но лучше запретить
channels-telegram-groups-where = @BotFather → /mybots → ваш бот → Bot Settings → Allow Groups? → Turn groups off

channels-vk-off = ВКонтакте не подключено. Ключ и номер сообщества вписывают в настройки на сервере.
# $group: short name of the community.
channels-vk-token-fine = Ключ принят, сообщество { $group } отвечает
channels-vk-token-needed = ВКонтакте не принимает ключ сообщества
channels-vk-token-where = Управление → Работа с API → Ключи доступа → Создать ключ. Новый ключ впишите на сервере.
channels-vk-group-needed = Сообщества с таким номером нет: проверьте номер в настройках на сервере
channels-vk-away-needed = Сервер ВКонтакте ({ $server }) не отвечает: проверьте интернет на сервере школы
channels-vk-rights-fine = Прав у ключа хватает: управление, сообщения, фотографии
# $what: one of channels-right-…
channels-vk-rights-needed = Ключу не хватает права: { $what }
channels-vk-rights-advice = Ключу не хватает права: { $what }. Без него рассылки уйдут без картинок
channels-vk-rights-where = Управление → Работа с API → Ключи доступа → Создать ключ: отметьте управление сообществом, сообщения и фотографии сообщества. Новый ключ впишите на сервере.
channels-right-manage = управление сообществом
channels-right-messages = сообщения сообщества
channels-right-photos = фотографии сообщества
channels-vk-messages-fine = Сообщения сообщества включены
channels-vk-messages-needed = Сообщения сообщества выключены
channels-vk-messages-where = Управление → Сообщения → Сообщения сообщества: «Включены»
channels-vk-bots-fine = Возможности ботов и кнопка «Начать» включены
channels-vk-bots-set-fine = Возможности ботов и кнопку «Начать» включили отсюда
channels-vk-bots-needed = Возможности ботов или кнопка «Начать» выключены: кнопок под сообщениями не будет
channels-vk-bots-unknown = Возможности ботов и кнопка «Начать»: ключу сообщества их не видно. «Исправить» включит и то и другое
channels-vk-bots-where = Управление → Сообщения → Настройки для бота: «Возможности ботов: Включены» и галочка «Добавить кнопку „Начать“»
channels-vk-listen-fine = Long Poll API включён: события программа забирает сама
channels-vk-listen-needed = Long Poll API выключен: программа не узнает о сообщениях
channels-vk-listen-where = Управление → Работа с API → Long Poll API → Настройки: «Включено»
channels-vk-listen-place = Long Poll API
channels-vk-hook-fine = Callback API: адрес { $url } подтверждён
channels-vk-hook-needed = Callback API: адрес { $url } не подтверждён
channels-vk-hook-where = Управление → Работа с API → Callback API → Настройки сервера: впишите адрес, секретный ключ и нажмите «Подтвердить»
channels-vk-hook-place = Callback API
channels-vk-hook-secret-fine = Callback API: секретный ключ совпадает с нашим
channels-vk-hook-secret-needed = Callback API: секретный ключ другой, и программа не верит этим событиям
channels-vk-hook-secret-where = Управление → Работа с API → Callback API → Настройки сервера → Секретный ключ
channels-vk-hook-word-fine = Callback API: строка подтверждения совпадает
channels-vk-hook-word-needed = Callback API: ВКонтакте ждёт другую строку подтверждения
channels-vk-hook-word-where = Управление → Работа с API → Callback API → Настройки сервера → «Строка, которую должен вернуть сервер»: впишите её на сервере или уберите из настроек, тогда программа спросит её сама
# $name: one of channels-event-…; $place: where its switch is.
channels-vk-event-fine = Событие «{ $name }» включено
channels-vk-event-needed = Событие «{ $name }» выключено
channels-vk-event-where = Управление → Работа с API → { $place } → Типы событий → Сообщения: отметьте «{ $name }»
channels-event-message_new = Входящее сообщение
channels-event-message_event = Действие с сообщением
channels-event-message_allow = Разрешение на получение
channels-event-message_deny = Запрет на получение
channels-vk-version-fine = Версия API событий: { $version }
channels-vk-version-advice = Версия API событий { $version }, а программа написана для { $wanted }
channels-vk-version-where = Управление → Работа с API → { $place } → Версия API: { $wanted }
channels-vk-online-fine = У сообщества стоит знак «отвечает сразу»
channels-vk-online-advice = У сообщества нет знака «отвечает сразу»

channels-vk-wall-off = Стена: новости на неё выкладывают вручную, программа даёт готовый текст и картинки
channels-vk-wall-unknown = Стена: ключ есть, но право публикации ещё не проверяли
channels-vk-wall-pictures-fine = Стена: новости выходят сами, с картинками
channels-vk-wall-words-fine = Стена: новости выходят сами, но без картинок
channels-vk-wall-none-advice = Стена: ключа для неё нет, новости выкладывают вручную
channels-vk-wall-none-where = { channels-wall-where-key }
channels-vk-wall-token-advice = Стена: ВКонтакте не принимает ключ, новости выкладывают вручную
channels-vk-wall-token-where = { channels-wall-where-key }
channels-vk-wall-scope-advice = Стена: ключ выдан без права «стена», новости выкладывают вручную
channels-vk-wall-scope-where = { channels-wall-where-key }
channels-vk-wall-role-advice = Стена: владелец ключа не редактор этого сообщества, новости выкладывают вручную
channels-vk-wall-role-where = Управление → Участники → Руководители → Добавить руководителя: «Редактор» или «Администратор»
channels-vk-wall-refused-advice = Стена: ВКонтакте не даёт этому ключу публиковать, новости выкладывают вручную
channels-vk-wall-refused-where = { channels-wall-where-key }
channels-vk-wall-away-advice = Стена: ВКонтакте не ответил, проверьте право ещё раз
channels-vk-wall-away-where = нажмите «Проверить право публикации» через несколько минут
channels-wall-where-key = право «стена» ВКонтакте сейчас даёт только по просьбе: напишите на devsupport@corp.vk.com, зачем оно школе. Новый ключ впишите на сервере. Пока его нет, новости выходят вручную

channels-wall = Право публикации на стене
channels-wall-what = Проверка ничего не оставляет на стене. Программа спрашивает у ВКонтакте, руководит ли владелец ключа сообществом, какие права у ключа, можно ли загружать картинки, и просит опубликовать пустую запись: такую запись создать нельзя, но по ответу видно, есть ли право.
channels-wall-test = Проверить право публикации
channels-wall-never = Право ещё не проверяли.
channels-wall-when = Проверяли { $when }.
channels-wall-pictures = Новости выйдут сами, с картинками.
channels-wall-words = Новости выйдут сами, но без картинок: ВКонтакте не даёт этому ключу загружать фотографии.
channels-wall-none = Ключа для стены нет. Новости выкладывают вручную: программа даёт текст, картинки и шаги.
channels-wall-token = ВКонтакте не принимает ключ. Новости выкладывают вручную.
channels-wall-scope = Ключ выдан без права «стена». Новости выкладывают вручную.
channels-wall-role = Владелец ключа не редактор и не администратор этого сообщества. Новости выкладывают вручную.
channels-wall-refused = ВКонтакте не даёт этому ключу публиковать. Новости выкладывают вручную.
channels-wall-away = ВКонтакте не ответил. Попробуйте через несколько минут.
channels-wall-community = Ключ сообщества тоже проверили: публиковать им нельзя.

channels-links = Поломки и копии
# What one press set, for the journal.
channels-thing-telegram-hook = приём сообщений Telegram
channels-thing-telegram-commands = команды бота Telegram
channels-thing-telegram-menu = кнопка «Меню» бота Telegram
channels-thing-telegram-name = имя бота Telegram
channels-thing-telegram-description = описание бота Telegram
channels-thing-telegram-short = короткое описание бота Telegram
channels-thing-vk-messages = сообщения сообщества ВКонтакте
channels-thing-vk-bots = возможности ботов и кнопка «Начать» ВКонтакте
channels-thing-vk-listen = приём событий ВКонтакте
channels-thing-vk-hook = адрес для событий ВКонтакте
channels-thing-vk-online = знак «отвечает сразу» ВКонтакте
channels-right-is-pictures = с картинками
channels-right-is-words = без картинок
channels-right-is-none = ключа нет
channels-right-is-token = ключ не принят
channels-right-is-scope = у ключа нет права «стена»
channels-right-is-role = владелец ключа не редактор
channels-right-is-refused = ВКонтакте не разрешил
channels-right-is-away = ВКонтакте не ответил
