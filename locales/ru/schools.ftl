# schools.ftl - refusals when a school is added; shown to the operator. One sentence each.
schools-slug = Короткое имя школы «{ $slug }» не подходит: нужны латинские строчные буквы, цифры и дефис, до 64 знаков.
schools-taken = Школа с коротким именем «{ $slug }» уже есть.
schools-name = Название школы пустое: задайте его в --name.
schools-zone = Часового пояса «{ $zone }» нет: нужен вид Europe/Moscow или Asia/Yekaterinburg.
