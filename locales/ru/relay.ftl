# relay.ftl - writing to each other through the bot. $partner: a first name or a group; $name: a first name.

# Buttons.
relay-write-mentee = Написать наставнику
relay-write-mentor = Написать подопечному
relay-write-group = Написать группе
relay-answer = Ответить
relay-more = Написать ещё
relay-again = Написать заново
relay-mute = Тихо до утра
relay-loud = Снова присылать сразу
relay-report = Что-то не так
relay-read = Вся переписка
relay-who = Кто это читает

# Names.
relay-me = Вы
    .ty = Ты
relay-group = группа
# $title: of the group.
relay-group-named = группа «{ $title }»

# Who reads it: before the first message. $curator: name.
relay-rules = Кому: { $partner }. Пишем через бота: ни телефона, ни страницы другая сторона не видит — только имя и сообщение.
relay-rules-school = Из школы переписку может прочитать куратор ({ $curator }). Психолог читает её, только если что-то встревожило или кто-то пожаловался. Каждое такое чтение записывается. Родители, директор и учителя переписку не читают.
relay-rules-held = Сообщения с телефоном, ссылкой, номером карты или обидным словом сначала смотрит куратор. Если слова звучат так, будто кому-то плохо или опасно, их сразу увидят взрослые школы, а не другая сторона.
relay-rules-final = Отправленное нельзя изменить или стереть. { $photos ->
    [off] Фото, голосовые и файлы здесь не передаются.
   *[other] Фото можно приложить на странице школы; голосовые и файлы не передаются.
 } Переписка хранится, пока пара работает, и 30 дней после.
relay-understood = Понятно
relay-not-now-button = Не сейчас
relay-not-now-said = Хорошо. Вернуться можно в любой момент из «Моей пары».
# Under the first message that somebody gets.
relay-who-reads = Вы пишете друг другу через бота. Из школы переписку может прочитать куратор, психолог — только если что-то встревожило.
    .ty = Вы пишете друг другу через бота. Из школы переписку может прочитать куратор, психолог — только если что-то встревожило. Родители и учителя её не читают.

# Writing.
relay-whom = Кому написать?
relay-words = Кому: { $partner }. Напишите сообщение.
    .ty = Кому: { $partner }. Напиши сообщение.
relay-words-again = Напишите по-другому.
    .ty = Напиши по-другому.
relay-found-phone = Похоже, здесь есть номер телефона. Договориться о встрече можно прямо в боте, без номеров.
relay-found-card = Похоже, здесь есть номер карты. Деньги в программе не нужны: ни переводы, ни карты.
relay-found-email = Похоже, здесь есть адрес почты. Писать друг другу можно прямо здесь.
relay-found-nick = Похоже, здесь есть ник или страница в другом мессенджере. Писать друг другу можно прямо здесь.
relay-found-link = Похоже, здесь есть ссылка. Куратор сначала проверит, куда она ведёт.
relay-found-address = Похоже, здесь есть домашний адрес. Встречаться лучше в школе или там, о чём знает куратор.
relay-found-insult = Кажется, какое-то слово может обидеть. Бывает, когда накипело. Можно сказать то же самое иначе.
relay-sure-hold = Изменить сообщение или отдать его куратору на просмотр? Он передаст его или вернёт.
relay-sure-warn = Изменить сообщение или отправить так?
relay-change = Изменить
relay-to-curator = Отдать куратору
relay-send-so = Отправить так
relay-drop = Не отправлять
relay-dropped = Хорошо, сообщение не отправлено.

# A photo, where the school takes them.
relay-photo = Приложить фото
relay-photo-how = Фото можно приложить на странице школы.
relay-photo-in = (фото) { $words }
relay-photo-title = Фото для переписки
relay-photo-lead = Кому: { $partner }. Одно фото JPEG или PNG, до 5 МБ. Место и время съёмки бот стирает.
relay-photo-held = Сначала фото посмотрит куратор.
relay-photo-file = Фото
relay-photo-words = Подпись, если нужна
relay-photo-send = Отправить
relay-photo-back = Вернуться в чат
relay-photo-kept = Слова остались здесь, их можно скопировать
relay-photo-none = Выберите фото.
relay-photo-lost = Фото не сохранилось: его никто не видит.
relay-photo-off = В этой школе фото через бота не передаются. Можно показать их на встрече.

# What became of it. $when: day and hour.
relay-sent = Отправлено. Адресат: { $partner }.
relay-sent-later = Отправлено. Адресат: { $partner }. Сейчас не лучшее время, поэтому сообщение придёт позже: { $when }.
relay-sent-silent = Отправлено. Адресат: { $partner }. Там сейчас пауза в сообщениях, поэтому ответ может прийти не скоро. Срочное лучше передать через куратора.
relay-held = Сообщение у куратора. Он посмотрит его и передаст или вернёт с пояснением. Адресат { $partner } его пока не видит.
# After words of danger; the warm answer with contacts stands above it.
relay-care = Другой стороне это сообщение не ушло: его видят только взрослые школы. Если бот понял не так, можно написать по-другому или сказать об этом куратору.

# What one reads. $number, $of: parts of a long message.
relay-incoming = { $name } пишет через бота:
relay-incoming-group = { $name } пишет, { $group }:
relay-incoming-part = { $name } пишет через бота (часть { $number } из { $of }):
relay-incoming-photo = Фото через бота. Автор: { $name }.
relay-released = Куратор посмотрел сообщение и передал его.
relay-returned = Куратор вернул сообщение: другой стороне оно не ушло. Можно написать иначе.
# $words: of the curator.
relay-note = Слова куратора: { $words }

# The correspondence. $when: day and hour.
relay-all = Переписка. { $partner }.
relay-empty = Пока здесь пусто. { $partner }.
relay-closed-now = Писать сюда сейчас нельзя, но прочитать можно.
relay-line-sent = { $name }, { $when }: { $words }
relay-line-held = { $name }, { $when } (смотрит куратор): { $words }
relay-line-returned = { $name }, { $when } (вернул куратор): { $words }
# In the file of one's own data.
relay-state-sent = отправлено
relay-state-held = смотрит куратор
relay-state-returned = вернул куратор
relay-state-care = передано взрослым школы

relay-muted = Хорошо: сообщения этой пары придут утром, { $when }. Другая сторона об этом не узнает.
relay-loud-again = Хорошо, сообщения снова приходят сразу.

# A complaint.
relay-report-what = Это сообщение посмотрят куратор и психолог. Автор не узнает, что на него пожаловались. Можно добавить пару слов.
relay-report-sent = Спасибо. Взрослые школы уже видят это и свяжутся с вами.
    .ty = Спасибо. Взрослые школы уже видят это и свяжутся с тобой.
# For the curator, in Russian.
relay-card = Жалоба на сообщение { $id } в переписке пары (раздел «Переписка»). Слова: { $words }
relay-bubble-old = Сообщение удалено: срок хранения переписки вышел.

# Refusals: what to do.
relay-none = Писать пока некому: пары, которая работает, сейчас нет. Куратору можно написать в любой момент.
relay-not-yours = Эта переписка не ваша или её уже нет. Если что-то не так, напишите куратору.
    .ty = Эта переписка не твоя или её уже нет. Если что-то не так, напиши куратору.
relay-off = В этой школе переписка через бота выключена. Договориться о встрече можно в «Моей паре», остальное передаст куратор.
relay-not-begun = Пара ещё не начала работать. Писать можно будет, как только обе стороны согласятся.
relay-paused = Переписка сейчас на паузе. Это ни о ком ничего не говорит: иногда школе нужно время. Куратору можно написать в любой момент.
relay-over = Эта пара закончила работу, новых сообщений нет. Передать что-то поможет куратор.
relay-unreachable = До другой стороны сообщения бота сейчас не доходят. Куратор видит это. Передать что-то важное можно через него.
relay-many = Сообщений за час уже много, дадим другой стороне прочитать. Продолжить можно чуть позже.
relay-length = В одном сообщении — от одного до { $limit } знаков. Длинное можно разделить.
relay-decided = По этому сообщению уже решено.
relay-not-now = Передать нельзя: пара сейчас не работает или автор уже не в ней. Сообщение можно вернуть.

# For the staff.
relay-staff-nav = Переписка
relay-staff-held = Ждут просмотра
relay-staff-held-what = Другая сторона этих сообщений ещё не видела. Передайте или верните с добрым словом: автор прочитает его дословно.
relay-staff-nothing-held = Ничего не ждёт.
relay-staff-worries = Встревожило
relay-staff-worries-what = Слова, похожие на беду, и жалобы участников. Просьба о помощи по каждому стоит в разделе «Помощь»: там часы и записи. Здесь — само сообщение.
relay-staff-nothing-worries = Тревожных сообщений нет.
relay-staff-sounds = звучит тревожно
relay-staff-complaint = жалоба
relay-staff-settle = Разобрались
relay-staff-settle-number = Разобрались с сообщением { $n }
relay-staff-release = Передать
relay-staff-release-number = Передать сообщение { $n }
relay-staff-return = Вернуть автору
relay-staff-return-number = Вернуть сообщение { $n }
relay-staff-note = Доброе слово автору
relay-staff-note-hint = Например: «Давайте договоримся о месте через бота, так спокойнее всем».
relay-staff-open = Открыть переписку
relay-staff-of = Переписка: { $pair }
relay-staff-journaled = Эта страница открыта под вашим именем: запись в журнале сделана. Участникам сказано, что переписку может прочитать куратор, а психолог — только если что-то встревожило.
relay-staff-empty = Сообщений нет.
relay-staff-count = Сообщений: { $n }
relay-staff-older = Показаны последние { $n }.
relay-staff-state-sent = передано
relay-staff-state-held = ждёт просмотра
relay-staff-state-returned = возвращено
relay-staff-state-care = не передано: звучит тревожно
relay-staff-arrived = дошло: { $name }
relay-staff-on-way = в пути: { $name }
relay-staff-lost = не дошло: { $name }
relay-staff-rewritten = до отправки автор убрал: { $what }
relay-staff-found = найдено: { $what }
relay-staff-kind-phone = телефон
relay-staff-kind-card = номер карты
relay-staff-kind-email = почта
relay-staff-kind-nick = ник в другой сети
relay-staff-kind-link = ссылка
relay-staff-kind-address = домашний адрес
relay-staff-kind-insult = обидное слово
relay-staff-rules = Правила переписки
relay-staff-rules-what = Что бот делает с сообщением, в котором что-то нашлось. Слова беды всегда идут взрослым школы, это не настраивается.
relay-staff-on = Переписка через бота включена
relay-staff-rule-hold = сначала смотрит куратор
relay-staff-rule-warn = спросить автора ещё раз
relay-staff-rule-allow = пропускать
relay-staff-hosts = Ссылки, которые можно
relay-staff-hosts-hint = По одному сайту в строке: сайт школы, «Сферум». Поддомены входят.
relay-staff-host-odd = Это не похоже на сайт: { $host }. Пример: school1.ru
relay-staff-photo = Фото к сообщению { $n }
relay-staff-photos = Фото
relay-staff-photos-hint = Фото прикладывают на странице школы, одно к сообщению, до 5 МБ; место и время съёмки стираются. Голосовые и файлы не передаются.
relay-staff-photos-off = не принимать
relay-staff-photos-hold = сначала смотрит куратор
relay-staff-photos-allow = пропускать
