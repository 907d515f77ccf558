# guardian.ftl - the adult who acts for a child: page of consents, conversation, notices. Always «вы».

guardian-relation-mother = Мать
guardian-relation-father = Отец
guardian-relation-guardian = Опекун или попечитель
guardian-relation-other = Другой законный представитель

guardian-kind-pd = Обработка персональных данных
guardian-kind-participation = Участие в программе
guardian-kind-publication = Публикация фотографий и отзывов
guardian-kind-messenger = Связь через мессенджер

guardian-link-unfit = Эта ссылка не подходит: срок вышел или она уже использована. Попросите у куратора новую.
guardian-decide-each = Ответьте, пожалуйста, на каждый вопрос: можно согласиться и можно отказаться.
guardian-is-a-pupil = Эта ссылка для родителей. Перешлите её маме, папе или опекуну: ответить нужно со своего телефона.
guardian-too-young = За ребёнка может отвечать только взрослый: мама, папа или опекун. Перешлите, пожалуйста, ссылку им.
guardian-younger = Год рождения взрослого позже, чем у ребёнка: похоже на опечатку. Проверьте год. Ответить за ребёнка может мама, папа или опекун.
guardian-too-near = За ребёнка обычно отвечает взрослый старше хотя бы на 14 лет. Может ответить другой родитель. Если опекун по закону — вы, покажите документ в школе: куратор запишет согласие с бумаги.
guardian-born-needed = Укажите, пожалуйста, год рождения взрослого.
guardian-born-unclear = Напишите год рождения четырьмя цифрами. Пример: 1985.
guardian-not-linked = Этот взрослый не связан с учеником в программе. Проверьте список представителей.
# $child: first name.
guardian-confirmed = Школа подтвердила, что вы представляете ребёнка: { $child }. Ваши ответы учтены. Передумать можно в любой день: напишите куратору.

# Conversation. $school: name of the school; $child: first name; $class: class or none.
guardian-hello = { $school }. { $class ->
    [none] { $child } хочет участвовать в школьной программе наставничества.
   *[other] { $child }, { $class }, хочет участвовать в школьной программе наставничества.
 } Нужен ваш ответ на 4 вопроса, это 3 минуты. Отказаться можно от любого пункта.
guardian-begin = Кто отвечает?
guardian-begin-me = Я мама, папа или опекун
guardian-begin-other = Это не ко мне
guardian-other-way = Хорошо. Тогда перешлите, пожалуйста, ссылку родителю или напишите куратору.
# $title, $summary: of the consent; $child: first name; $need: one of the two lines below.
guardian-consent = { $child }: { $title }

    { $summary }

    { $need }
guardian-needed = Без этого согласия участвовать нельзя.
guardian-optional-publication = Это по желанию: отказ ни на что не влияет.
guardian-optional-messenger = Это по желанию. Без него сообщения остаются на странице школы.
guardian-agree = Даю согласие
guardian-refuse = Не даю согласие
guardian-full = Полный текст
guardian-relation = Кем вы приходитесь ребёнку?
# Asked once where taking part was refused; may be skipped.
guardian-reason = Хотите сказать, почему? Выберите ответ или напишите своими словами. Это увидит только школа; можно пропустить.
guardian-reason-time = Не хватает времени
guardian-reason-data = Не хотим передавать данные
guardian-reason-unclear = Мало знаем о программе
guardian-reason-wish = Ребёнок не хочет
guardian-reason-later = Не сейчас, может быть позже
guardian-born = В каком году вы родились? Школа проверит, что отвечает взрослый. Год не сохраняется.
guardian-name = Ваши фамилия, имя и отчество полностью? Их увидит только школа, чтобы подтвердить, что вы законный представитель.
guardian-check = Проверьте ответы. Ребёнок: { $child }.
guardian-row-relation = Вы
guardian-row-name = Имя
guardian-row-reason = Почему
guardian-row-born = Год рождения
guardian-row-yes = да
guardian-row-no = нет
guardian-done = Спасибо, ответы записаны. Школа проверит, что вы законный представитель, и сообщит вам. До этого встречи не начнутся. Отозвать согласие можно в любой день: напишите куратору.
guardian-done-refused = Ответы записаны. Без согласия на данные и на участие ребёнок в программе не участвует; на учёбу это не влияет. Решение можно изменить: напишите куратору.
