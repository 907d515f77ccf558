# form.ftl - labels of the forms of mentoring.
form-uch-uch = Pupil – pupil
form-uchit-uchit = Teacher – teacher
form-uchit-uch = Teacher – pupil
form-stud-uch = Student – pupil
form-rab-uch = Employer – pupil
form-rab-stud = Employer – student
form-stud-stud = Student – student
form-prep-stud = College teacher – student
form-spec-uch = Specialist – pupil
form-vyp-uch = Alumnus – pupil
form-rod-uch = Parent – pupil
form-ruk-uchit = Head – teacher
form-vuz-uchit = University teacher – young teacher
form-partner-uchit = Partner – teacher
