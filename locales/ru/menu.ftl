# menu.ftl - the constant menu: at most six entries.
menu-join = Хочу участвовать
menu-pair = Моя пара
menu-meetings = Встречи
menu-help = Мне нужна помощь
menu-curator = Написать куратору
menu-privacy = Мои данные
menu-commands = Помощь
menu-tasks = Задачи
