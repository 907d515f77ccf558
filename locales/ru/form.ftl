# form.ftl - labels of the forms of mentoring («модули»), as documents name them (domain.md 1.1).
form-uch-uch = Ученик – ученик
form-uchit-uchit = Учитель – учитель
form-uchit-uch = Учитель – ученик
form-stud-uch = Студент – ученик
form-rab-uch = Работодатель – ученик
form-rab-stud = Работодатель – студент
form-stud-stud = Студент – студент
form-prep-stud = Преподаватель – обучающийся
form-spec-uch = Специалист – обучающийся
form-vyp-uch = Выпускник – ученик
form-rod-uch = Родитель – ученик
form-ruk-uchit = Руководитель – педагог
form-vuz-uchit = Педагог вуза или колледжа – молодой педагог
form-partner-uchit = Социальный партнёр – педагог
