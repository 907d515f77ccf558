# category.ftl - what a person is to the school.
category-pupil = Ученик школы
category-teacher = Учитель, сотрудник школы
category-parent = Родитель
category-alumnus = Выпускник школы
category-student = Студент
category-employer = Работаю на предприятии
category-other = Другое
