# command.ftl - what stands beside each command behind Telegram's «/» button.
command-start = С чего начать
command-sos = Мне нужна помощь
command-menu = Главное меню
command-meeting = Встречи
command-mymentor = Моя пара
command-help = Что можно написать
command-privacy = Мои данные
command-contact = Написать куратору
command-cancel = Выйти из вопросов, ответы сохранятся
command-pause = Пауза: бот не пишет сам
command-settings = Настройки: язык, пауза, другой мессенджер
command-tasks = Задачи: что ждёт решения
command-plan = План пары
command-write = Переписка с парой
command-idea = Идея для встречи
command-training = Материалы для наставника
