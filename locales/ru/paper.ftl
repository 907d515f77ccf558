# paper.ftl - applications and questionnaires on paper; shown to the curator and the class teacher.

paper-title = Заявление на бумаге
paper-what = Для тех, у кого нет мессенджера. Перепишите заявление: человек появится в программе так же, как если бы вступил сам. Бумагу храните в папке школы.
paper-link = Внести бумажное заявление
paper-child = Ученик
paper-place-title = Как участвует
# $side, $form: words.
paper-place = { $side }, { $form }
paper-consents = Согласия
paper-own = Подпись ученика
paper-own-yes = Ученик подписал сам
paper-own-hint = Нужна с 14 лет.
paper-guardian = Кто подписал за ученика
paper-relation = Кем приходится
paper-guardian-born = Год рождения
paper-guardian-born-hint = Только год, для проверки: взрослый хотя бы на 14 лет старше ребёнка. Год не сохраняется.
paper-exception = Исключение: почему подписывает взрослый младше
paper-exception-hint = Только если разница меньше 14 лет и вы видели документ. Пример: сестра — опекун по решению. Без имён: запись остаётся в журнале.
paper-name = Впишите буквами, как в документе.
paper-class = Впишите класс так: 8А.
paper-phone = Телефон не читается. Впишите его так: +7 900 123-45-67.
paper-signed-before = Заявление не может быть подписано раньше рождения ученика. Проверьте даты.
paper-guardian-needed = Ученику нет 18 лет: впишите, кто из взрослых подписал заявление.
paper-guardian-is-child = Взрослый и ученик записаны одинаково. Проверьте, кто подписал заявление.
paper-own-needed = С 18 лет заявление подписывает сам ученик. Отметьте его подпись.
paper-answers-title = Анкета с бумаги
paper-answers-link = Внести анкету с бумаги
paper-answers-what = Перепишите ответы так, как их дал человек. После сохранения изменить их нельзя. Обязательные вопросы отмечены звёздочкой.
paper-answers-none = Нет ответа
paper-answers-needed = На этот вопрос нужен ответ.
paper-answers-early = Анкету можно внести, когда есть все согласия.
paper-answers-once = Эта анкета уже заполнена, изменить её нельзя.
paper-answers-nothing = Все анкеты этого человека заполнены.
