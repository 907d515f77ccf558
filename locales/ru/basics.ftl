# basics.ftl - greeting, help, a word to the curator, one's pair, privacy.
basics-hello = Здравствуйте! Это программа наставничества: { $school }. Я программа, не человек. Здесь находят наставника, договариваются о встречах и получают напоминания. Куратор — { $curator }, отвечает в рабочие часы.
basics-hello-again = Здравствуйте, { $name }! Выберите, что дальше.
    .ty = Привет, { $name }! Выбери, что дальше.
basics-bad-link = Эта ссылка не подходит: она уже использована, устарела или набрана с ошибкой. Новую даст куратор — { $curator }.
basics-menu = Выберите, что дальше.
    .ty = Выбери, что дальше.
basics-commands = Что можно написать или нажать:
# One line each; whoever reads sees only what is theirs.
basics-can-tasks = «Задачи» — что ждёт решения школы
basics-can-pair = «Моя пара» — кто в паре и что дальше
basics-can-child = «Моя пара» — с кем в паре ребёнок
basics-can-plan = «План» — цель и дела пары
basics-can-meetings = «Встречи» — ближайшие встречи
basics-can-write = «Переписка» — написать второй стороне
basics-can-story = «Предложить новость» — рассказать о своём в новостях школы
basics-can-privacy = «Мои данные» — что знает школа и кто это видит
basics-can-pause = «Пауза» — бот не пишет сам, «Стоп» — уйти из программы
basics-can-cancel = «Назад», «Пропустить», «Отмена» — во время вопросов
# Nothing is open, and somebody wants to stop.
basics-stop = Можно по-разному. Пауза: бот не пишет сам, место остаётся. Отозвать согласие: участие закончится, данные удалятся через 30 дней. Удалить данные: участие закончится сразу. Школа оставит только числа без имени. Перед каждым шагом бот спросит ещё раз.
basics-stop-stranger = Участия в программе ещё нет, выходить не нужно. Если не писать, адрес этого чата удалится сам через 7 дней.
basics-commands-stranger = Чтобы вступить в программу, откройте ссылку или QR-код от школы или нажмите «Хочу участвовать». Вопрос можно задать куратору.
    .ty = Чтобы вступить в программу, открой ссылку или QR-код от школы или нажми «Хочу участвовать». Вопрос можно задать куратору.
basics-parent-waits = Ваши ответы записаны. Школа проверяет, что вы представляете ребёнка; потом ребёнку подберут пару, и сообщение придёт сюда.
basics-parent-none = Сейчас ребёнок в программе не участвует. Вопрос можно задать куратору.
basics-no-place = Вы пока не в программе.
    .ty = Ты пока не в программе.
# $partner: one or several names; $count: how many.
basics-pair-mentee = { $form }. { $count ->
    [one] Ваш наставник: { $partner }.
   *[other] Ваши наставники: { $partner }.
 }
    .ty = { $form }. { $count ->
    [one] Твой наставник: { $partner }.
   *[other] Твои наставники: { $partner }.
 }
basics-pair-mentor = { $form }. { $count ->
    [one] Вы помогаете: { $partner }.
   *[other] Ваши подопечные: { $partner }.
 }
    .ty = { $form }. { $count ->
    [one] Ты помогаешь: { $partner }.
   *[other] Твои подопечные: { $partner }.
 }
# Announced, and this person is asked whether the pair suits.
basics-pair-offered-mentee = { $form }. Вам предложили наставника: { $partner }. Подходит ли вам такая пара?
    .ty = { $form }. Тебе предложили наставника: { $partner }. Подходит ли тебе такая пара?
basics-pair-offered-mentor = { $form }. Вам предложили помогать: { $partner }. Подходит ли вам такая пара?
    .ty = { $form }. Тебе предложили помогать: { $partner }. Подходит ли тебе такая пара?
basics-pair-paused-mentee = { $form }. { $count ->
    [one] Ваш наставник: { $partner }. Сейчас у вас пауза.
   *[other] Ваши наставники: { $partner }. Сейчас у вас пауза.
 }
    .ty = { $form }. { $count ->
    [one] Твой наставник: { $partner }. Сейчас у вас пауза.
   *[other] Твои наставники: { $partner }. Сейчас у вас пауза.
 }
basics-pair-paused-mentor = { $form }. { $count ->
    [one] Вы помогаете: { $partner }. Сейчас у вас пауза.
   *[other] Ваши подопечные: { $partner }. Сейчас у вас пауза.
 }
    .ty = { $form }. { $count ->
    [one] Ты помогаешь: { $partner }. Сейчас у вас пауза.
   *[other] Твои подопечные: { $partner }. Сейчас у вас пауза.
 }
basics-pair-more = Пауза, замена, срок
# $partner: the other side, or the title of a group.
basics-pair-open = Открыть: { $partner }
# To a parent. $child: first name of the child.
basics-child-pair = { $child }: { $form }. В паре: { $partner }. О встречах они договариваются сами. Если что-то не так, можно попросить о замене: причину увидит только куратор.
basics-child-replace = Попросить о замене: { $partner }
basics-child-asked = { $child }: { $form }. Предложена пара: { $partner }. Ответить можно в сообщении о ней.
basics-child-waits = { $child }: { $form }. Пары сейчас нет. Когда она появится, сообщение придёт и вам.
basics-arrange = Назначить встречу
basics-place-registered = { $form }. Заявка у куратора.
basics-place-consent-pending = { $form }. Ждём согласия родителя и подтверждения школы.
basics-place-in-base = { $form }. Осталось ответить на вопросы анкеты: напишите «Анкета».
    .ty = { $form }. Осталось ответить на вопросы анкеты: напиши «Анкета».
basics-place-searching = { $form }. Подбираем пару, прошло дней: { $days }. Куратор напишет сюда.
basics-place-paired = { $form }. Пара утверждена, скоро придёт сообщение.
basics-place-finished = { $form }. Программа завершена. Спасибо!
basics-place-declined = { $form }. Участие закончено.
basics-place-paused = { $form }. Участие на паузе. Чтобы продолжить, напишите куратору.
    .ty = { $form }. Участие на паузе. Чтобы продолжить, напиши куратору.
basics-place-withdrawn = { $form }. Согласие отозвано, участие остановлено.
basics-place-archived = { $form }. Прошлый учебный год.
basics-language = На каком языке говорить?
basics-russian = Русский
basics-english = English
basics-language-set = Готово, язык выбран.
