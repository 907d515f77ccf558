# category.ftl - what a person is to the school.
category-pupil = Pupil of the school
category-teacher = Teacher, school staff
category-parent = Parent
category-alumnus = Former pupil
category-student = Student
category-employer = I work at a company
category-other = Something else
