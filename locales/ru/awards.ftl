# awards.ftl - letters of thanks, diplomas, certificates: pages of the admin.

awards-family = Семье { $name }
awards-family-of = Семья: { $name }
awards-erased = данные удалены

## Refusals
awards-nobody = Выберите, кому.
awards-reason-missing = Напишите, за что: эти слова будут в документе.
awards-none-left = Печатать нечего: документы отозваны или данные людей удалены.
awards-why-missing = Напишите, почему документ отзывается: это увидят только сотрудники.

## Pages
awards-page = Благодарности и сертификаты
awards-about = Выберите людей списком, посмотрите, как выглядит документ, и получите всё сразу: для печати, в Word и по одному файлу. На каждом документе номер и код, по которому его подлинность подтвердит страница школы.
awards-new = Выдать
awards-new-title = Выдать благодарности или сертификаты
awards-year = Выдано в { $year } учебном году
awards-what = Что
awards-day = Дата
awards-count = Сколько
awards-told-count = Отправлено в чат
awards-revoked-count = Отозвано
awards-none = Пока ничего не выдавали. Начните с благодарственных писем наставникам: их ценят и сами наставники, и родители.
awards-templates = Шаблон благодарственного письма
awards-check = Страница проверки
awards-check-what = Что увидит тот, кто проверит документ № { $number }
awards-step-whom = Кого показать
awards-side = Список
awards-side-mentor = Наставники
awards-side-mentee = Наставляемые
awards-side-family = Семьи наставников-учеников
awards-side-partner = Партнёры школы
awards-class = Класс
awards-any-class = Все классы
awards-show = Показать
awards-people = Кому
awards-all = Всем из этого списка: { $count }
awards-many = Показаны первые { $count }. Выберите класс, чтобы увидеть остальных.
awards-empty-list = В этом списке никого нет. Выберите другой.
awards-reason = За что
awards-reason-hint = Начните с «за»: «за поддержку младших и терпение». До { $longest } знаков. Для сертификата можно не писать.
awards-first = Участие с
awards-last = по
awards-on = Дата документа
awards-look = Посмотреть
awards-preview = Проверьте перед выдачей
awards-preview-about = { $count ->
    [1] Документ ещё не выдан. Проверьте имя и падеж, посмотрите, как он выглядит.
   *[other] Документы ещё не выданы ({ $count }). Проверьте имена и падежи, посмотрите, как выглядит первый.
}
awards-in-paper = Как в документе
awards-place = Класс, должность
awards-name-fix = Имя неверно?
awards-fix = Исправить падеж
awards-fix-what = Исправить падеж: { $name }
awards-first-look = Как выглядит
awards-first-alt = Первый документ; номер и код появятся после выдачи
awards-give = Выдать: { $count }
awards-print = Напечатать
awards-print-about = В одном файле, каждый документ на своей странице. В архиве — оба общих файла и каждый документ отдельно, по номерам.
awards-take-pdf = Скачать PDF
awards-take-docx = Скачать Word
awards-take-zip = Скачать архив
awards-tell = Отправить в чат
awards-tell-about = { $count ->
    [1] Один человек получит доброе слово и кнопку «Открыть документ».
    [one] { $count } человек получит доброе слово и кнопку «Открыть документ».
    [few] { $count } человека получат доброе слово и кнопку «Открыть документ».
   *[many] { $count } человек получат доброе слово и кнопку «Открыть документ».
}
awards-tell-do = Отправить
awards-tell-sure = Отправить документы в чат?
awards-tell-effect = Сообщений: { $count }. Уйдут в удобное время, каждому один раз.
awards-tell-all = Все, до кого дотягивается чат, уже получили.
awards-given = Что выдано
awards-number = Номер
awards-whom = Кому
awards-code = Код проверки
awards-state = Состояние
awards-sent = отправлено { $day }
awards-not-sent = ещё не отправлено
awards-revoke = Отозвать
awards-revoke-open = Отозвать…
awards-revoke-what = Отозвать документ № { $number }
awards-revoke-do = Отозвать
awards-why = Почему (увидят только сотрудники)
awards-revoke-sure = Отозвать документ № { $number }?
awards-revoke-effect = { $name }. Страница проверки будет говорить, что документ отозван. Вернуть его нельзя, можно выдать новый.
awards-revoked = отозван { $day }
