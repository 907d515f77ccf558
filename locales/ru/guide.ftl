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
