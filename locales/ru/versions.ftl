# versions.ftl - for staff: two people have edited one thing.
versions-title = Это уже изменено
versions-clash = Пока вы заполняли страницу, её сохранил кто-то другой. Сравните и сохраните ещё раз.
versions-who = { $name }, { $when }.
versions-somebody = Кто именно, журнал не говорит.
versions-what-now = Ничего не потеряно: ваш текст стоит в полях ниже. Кнопка «Сохранить» запишет то, что сейчас в полях.
versions-field = Что
versions-kept = Сохранено сейчас
versions-yours = У вас
versions-taken = вы не меняли, взято сохранённое
versions-empty = пусто
versions-yes = да
