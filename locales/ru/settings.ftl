# settings.ftl - shown to the operator when a setting is wrong. $name: the setting. One sentence each.
settings-unknown = { $near ->
    [none] Настройки { $name } нет: список настроек есть в docs/operations.md.
   *[other] Настройки { $name } нет, самая похожая называется { $near }.
}
settings-twice = Настройка { $name } задана дважды: оставьте либо значение, либо файл.
settings-file = Не читается файл, который назван в { $name }.
settings-dotenv-encoding = Файл .env не читается: сохраните его в кодировке UTF-8.
settings-dotenv-closed = Файл .env не читается: дайте учётной записи программы право читать его.
settings-wrong = Настройка { $name } задана неверно.
# $choices: what is possible, in English.
settings-choice = Настройка { $name } задана неверно, возможны только значения: { $choices }.
settings-number = Настройка { $name } задана неверно: нужно целое положительное число в допустимых пределах.
settings-not-address = Настройка { $name } задана неверно: нужен адрес, который начинается с http:// или https://.
settings-not-database = Настройка { $name } задана неверно: нужен адрес вида postgresql://… или sqlite:///….
settings-not-machines = Настройка { $name } задана неверно: нужны адреса или сети через запятую, например 10.0.0.10 или 172.30.0.0/24.
settings-secret-short = Настройка { $name } задана неверно: нужно не меньше 16 знаков.
settings-webhook-secret = Для режима webhook нужна ещё настройка { $name }__WEBHOOK_SECRET.
settings-vk-group = К токену ВКонтакте нужна ещё настройка { $name }__GROUP_ID — номер сообщества.
settings-webhook-secret-odd = { $name }__WEBHOOK_SECRET: годятся только латинские буквы, цифры, «_» и «-», до 256 знаков.
settings-vk-secret = { $name }__SECRET длиннее 50 знаков: столько ВКонтакте не принимает.
settings-vk-callback = Для режима callback нужна ещё настройка { $name }__SECRET.
