# launch.ftl - «До запуска осталось»: each step, and one line about why.
launch-title = До запуска осталось: { $n }
launch-how = Состояние считается само. Пункт, который вам не нужен, можно убрать.
launch-do = Сделать
launch-do-what = Сделать: { $what }
launch-away = Не нужно нам
launch-away-what = Не нужно нам: { $what }
launch-back = Вернуть
launch-back-what = Вернуть: { $what }
launch-gone = Убрано и сделано
launch-done = сделано
launch-put = убрано
launch-unknown = Такого пункта нет: откройте страницу снова.

launch-school = Заполнить данные школы
launch-school-why = Полное название оператора и число учеников и учителей нужны в согласиях и отчётах.
launch-curator = Назвать куратора и его телефон или кабинет
launch-curator-why = Это увидит каждый, кто спросит, к кому подойти.
launch-privacy = Указать адрес политики о личных данных
launch-privacy-why = Закон просит, чтобы с ней можно было ознакомиться до согласия.
launch-channels = Подключить мессенджер
launch-channels-why = Без него остаётся чат на сайте: он работает, но не звонит.
launch-help = Связать чаты взрослых
# $who: names, or none.
launch-help-why = { $who ->
    [none] Просьба о помощи должна звонить в телефоне.
   *[other] Тревога не придёт в мессенджер: { $who }.
}
launch-texts = Прочитать тексты согласий
launch-texts-why = Их увидят родители и ученики от имени школы.
launch-forms = Выбрать формы наставничества
launch-forms-why = Участникам предлагают только их.
launch-bells = Внести звонки и каникулы
launch-bells-why = По ним бот предлагает время встреч и молчит в каникулы.
launch-staff = Загрузить список учителей
launch-staff-why = Тогда учителям не нужно вводить о себе ничего лишнего.
launch-people = Загрузить учеников
launch-people-why = Список классов из Excel подойдёт как есть.
launch-consents = Раздать приглашения и получить первые согласия
launch-consents-why = Карточки с кодом печатаются по классам.
launch-matching = Подобрать первые пары
launch-matching-why = Участникам ничего не придёт, пока вы не объявите пары.
launch-copy = Сделать резервную копию
launch-copy-why = Если компьютер сломается, данные останутся.

launch-texts-title = Тексты согласий
launch-texts-how = Так их читают сейчас. Если в данных школы что-то изменится, пункт появится снова.
launch-texts-self = Спрашиваем самого участника
launch-texts-guardian = Спрашиваем родителя
launch-texts-full = Полный текст
launch-texts-read = Тексты прочитаны
