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
guardian-name = Ваши фамилия, имя и отчество полностью? Их увидит только школа, чтобы подтвердить, что вы законный представитель.
guardian-check = Проверьте ответы. Ребёнок: { $child }.
guardian-row-relation = Вы
guardian-row-name = Имя
guardian-row-yes = да
guardian-row-no = нет
guardian-done = Спасибо, ответы записаны. Школа проверит, что вы законный представитель, и сообщит вам. До этого встречи не начнутся. Отозвать согласие можно в любой день: напишите куратору.
guardian-done-refused = Ответы записаны. Без согласия на данные и на участие ребёнок в программе не участвует; на учёбу это не влияет. Решение можно изменить: напишите куратору.
