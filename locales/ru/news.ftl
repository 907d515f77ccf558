# news.ftl - refusals about news and pictures; read by the curator only, so there is no English.
news-missing = Такой новости нет. Обновите страницу.
news-published = Новость уже опубликована, изменить её нельзя. Напишите новую.
news-empty = Нужны и заголовок, и текст.
# $limit: characters.
news-long = Текст слишком длинный: в одно сообщение помещается { $limit } знаков.
news-nowhere = Отметьте, куда отправить новость: в бот, на стену или туда и туда.
news-not-manual = Эту новость публиковать вручную не нужно.
news-link-odd = Нужен адрес записи во ВКонтакте. Он начинается с https://vk.com/
# $limit: megabytes.
news-photo-large = Фото слишком большое: нужно не больше { $limit } МБ.
news-photo-kind = Этот файл не похож на фото. Подойдут JPEG и PNG.
news-photo-broken = Фото повреждено и не открывается. Выберите другой файл.
# $limit: pictures.
news-photo-many = В одной новости может быть не больше { $limit } фото.
# $names: short names; $count: how many.
news-no-publication = Публикация остановлена: нет согласия на публикацию. { $count ->
    [one] Без согласия: { $names }.
   *[other] Без согласия ({ $count }): { $names }.
 } Попросите согласие у родителя (взрослого спросите самого) или уберите человека с фото и из текста.
news-takedown-done = Здесь снимать уже нечего. Обновите страницу.
news-person-unknown = Такого человека в школе нет: выберите из списка.
