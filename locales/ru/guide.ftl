# guide.ftl - short explanations: kinds of mentoring, forms, words.
guide-which = О чём рассказать?
guide-section-model = Виды наставничества
guide-section-form = Кто кого поддерживает
guide-section-glossary = Слова программы
guide-what-model = Про какой вид рассказать?
guide-what-form = Про какую форму рассказать?
guide-what-glossary = Какое слово объяснить?
guide-card = { $title }. { $about }
guide-card-plus = { $title }. { $about }

    Чем хорошо: { $plus }
guide-more = Ещё о наставничестве
guide-unknown = Такого объяснения больше нет. Напишите «Что такое», и появится список.
    .ty = Такого объяснения больше нет. Напиши «Что такое», и появится список.

# How pairs are matched. $what: things that count, the most important first.
guide-section-matching = Как подбирают пары
guide-matching = Программа сравнивает анкеты и предлагает пары, а решает куратор. Вот что учитывается: { $what }. Баллы и чужие ответы никому из участников не показываются. Пара не подходит – скажите куратору, это нормально.
    .ty = Программа сравнивает анкеты и предлагает пары, а решает куратор. Вот что учитывается: { $what }. Баллы и чужие ответы никому из участников не показываются. Пара не подходит – скажи куратору, это нормально.
# $said, $next: things that count.
guide-counts-and = { $said }; { $next }
guide-counts-request = с чем нужна помощь и с чем наставник помогает
guide-counts-subject = общие предметы
guide-counts-schedule = время, когда свободны оба
guide-counts-interest = общие увлечения
guide-counts-wish = кого назвали в анкете
guide-counts-prefer = кто кого выбрал после общей встречи
guide-counts-kind = какого наставника хочется
guide-counts-format = как удобнее встречаться
guide-counts-age = с кем наставнику привычнее работать по возрасту
guide-counts-elder = чтобы наставник был не младше
guide-counts-class = чтобы классы были разные
guide-counts-language = общий язык
guide-counts-wait = кто ждёт дольше
