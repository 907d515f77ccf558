# training.ftl - materials for mentors in the chat.

# $read, $all: materials.
training-which = Короткие материалы для наставников, прочитано { $read } из { $all }. Что открыть?
# $title, $about: of the material. $day: when it was read.
training-card = { $title }

    { $about }
training-card-read = { $title }

    { $about }

    Прочитано { $day }.
training-read = Прочитано
training-all = Все материалы
training-title = Материалы
training-next = Следующий материал
# $left: how many are not read yet.
training-marked = Отмечено. { $left ->
    [one] Остался { $left } материал.
    [few] Осталось { $left } материала.
   *[many] Осталось { $left } материалов.
}
training-done = Всё прочитано, спасибо. Занятия проводит куратор, о них он расскажет отдельно.
training-nothing = Материалов пока нет. Куратор добавит их позже.
training-not-mentor = Материалы открываются наставникам этого года. Если это ошибка, напишите куратору.
    .ty = Материалы открываются наставникам этого года. Если это ошибка, напиши куратору.
training-unknown = Этого материала больше нет. Напишите «Материалы», и появится список.
    .ty = Этого материала больше нет. Напиши «Материалы», и появится список.
