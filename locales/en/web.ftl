# web.ftl - pages that a participant opens without an account.

web-product = Nastavnik
web-skip = Skip to content
web-error = Error:
web-optional = (optional)
web-other-language = Русский

web-demo-note = Demo. All data is invented, no message leaves this computer.
web-demo-people = All participants

web-unfit-title = This link does not work
web-unfit = This link does not work: it has expired, has been used, or was not copied completely.
web-unfit-what = Nothing is wrong with you or your phone. Check that the whole address was copied, or ask the curator of the programme at school for a new link.
web-busy-title = Too often
web-busy = Too many requests in a row. Please wait a minute and reload the page. Nothing is lost.

web-chat-title = Mentoring programme chat
# $who: «Аня К., 8А».
web-chat-you = you: { $who }
web-chat-log = Messages
web-chat-mine = You:
web-chat-ours = Bot:
web-chat-label = Message
web-chat-hint = Write an answer
web-chat-send = Send
web-chat-menu = Menu
web-chat-help = I need help
web-chat-refresh = Refresh
web-chat-sending = Sending…
web-chat-failed = No connection. The message was not sent; it is still in the field. Please try again.
web-chat-slow = Too fast. Please wait a few seconds and send it again.
web-chat-empty = Your talk with the programme's bot will be here. It is a program, not a person.
web-chat-start = Start

web-join-title = Mentoring programme
# $name: of the curator.
web-join-curator = Invited by the curator: { $name }
web-join-about-any = A mentor helps you settle in, get on with a subject or find what you like doing. You can find a mentor or become one.
web-join-about-mentee = You are invited to find a mentor, who helps you settle in, get on with a subject or find what you like doing.
web-join-about-mentor = You are invited to become a mentor and help someone with what you know and can do.
web-join-bot = A bot will answer: a program, not a person. A few questions, about five minutes. You can stop at any moment.
web-join-where = Where is it easier for you?
web-join-telegram = Telegram
web-join-vk = VK
web-join-web = Chat here, on this site
web-join-web-anew = Start a new chat on this site
web-join-web-note = Nothing to install.
web-join-continue = Continue the chat you started
web-join-continue-note = A chat was started in this browser. If that was not you, start a new one.
web-join-nothing-kept = The school writes nothing down about you until you answer the questions.

web-consent-title = A parent's consents
web-consent-child = Child:
# $count: purposes.
web-consent-about = The child would like to join the school mentoring programme. Here { $count ->
    [one] is { $count } separate question.
   *[other] are { $count } separate questions.
 } You may answer each with yes or no. The legal texts are in Russian.
web-consent-free = If the name or the class is not yours, just close the page: nothing has been written down.
web-consent-required = Needed for taking part. Without it the child does not take part; this does not affect school work.
web-consent-optional = Optional. Refusing changes nothing.
web-consent-full = Full text
web-consent-version = Version { $version }.
web-consent-yes = I consent
web-consent-no = I do not consent
web-consent-who = Who is answering
web-consent-who-note = Only the school sees your name, to check that you are the legal representative.
web-consent-next = After you send this, the class teacher or the curator checks that you are the legal representative. No meetings start before that.
web-consent-send = Send the answers
web-consent-wrong = Please check your answers
# $title: of the consent.
web-consent-choose = choose one of the two answers.
web-consent-choose-relation = choose what you are to the child.
web-field-born = Year of birth
web-consent-born-note = The school checks that an adult answers. The year is not kept.
web-consent-reason = If you do not agree
web-consent-reason-note = Would you like to say why? Only the school will see it. You need not answer.
web-consent-reason-words = Or in your own words
web-consent-talk = The same questions can be answered in a messenger, or right here on the page: as you prefer.
web-field-last-name = Surname
web-field-first-name = First name
web-field-middle-name = Patronymic
web-field-phone = Phone
web-field-relation = What you are to the child
web-field-decide-pd = Personal data
web-field-decide-participation = Taking part
web-field-decide-publication = Publishing
web-field-decide-messenger = Messenger

web-consent-done-title = Your answers are saved
web-consent-done-said = Your answers
web-consent-said-yes = consent given
web-consent-said-no = refused
web-consent-done-next = What happens next
web-consent-done-wait = The class teacher or the curator checks that you are the child's legal representative. Then your answers take effect and a pair is looked for.
web-consent-done-confirmed = The school has confirmed that you are the legal representative. Your answers are in effect.
web-consent-done-refused = Without consent to data and to taking part the child does not take part. This does not affect school work. If you change your mind, open the same link again.
web-consent-done-withdraw = You can withdraw a consent any day: tell the curator, write to them from the chat, or write to the school.
# $name: of the curator.
web-consent-done-curator = Curator of the programme: { $name }.
web-consent-done-stay = Stay in touch
web-consent-done-stay-refused = You can write to the curator from here. It is not obligatory.
web-consent-done-stay-why = The news about the child's pair comes here. You can also write to the curator from here. It is not obligatory.

web-demo-title = Demo of the mentoring programme
web-demo-about = Choose whom to play. The chat opens in a new tab: be a pupil in one tab and the curator in another.
web-demo-clock = Clock of the programme
# $now: a moment in words.
web-demo-now = Now at school: { $now }
web-demo-hour = +1 hour
web-demo-day = +1 day
web-demo-week = +1 week
web-demo-clock-note = Reminders and polls arrive when the clock reaches their time.
web-demo-admin = The curator's office
# $login, $password: of the demo account.
web-demo-login = Login: { $login }, password: { $password }
web-demo-others = Other members of staff have the same password; each sees what is theirs:
web-demo-open = Open the office
web-demo-way = Where to begin
web-demo-way-1 = Below, among the new people, open the invitation of a pupil of class 5–8 and answer the bot.
web-demo-way-2 = A page for the parent appears in the chat. Open it and answer for the parent.
web-demo-way-3 = In the curator's office, under «Сегодня», confirm the parent. The pupil gets a short questionnaire.
web-demo-way-4 = A mentor joins the same way: a pupil of class 10–11 or a teacher. They have to be admitted.
web-demo-way-5 = In «Подбор пар» press «Подобрать пары», approve and announce. Move the clock by an hour: the news arrives. In both chats press «It suits me».
web-demo-way-6 = Arrange a meeting in the chat and move the clock: reminders, the question whether you met and a short poll arrive.
web-demo-way-7 = How pairs live is there to be seen: in the office open «Пары», «Встречи», «Программы пар» and «Переписка». Here, among mentees and mentors, those are marked who have met already.
web-demo-bring = Let them join by themselves
web-demo-bring-note = Everybody you have not played answers the bot, parents agree, mentors are admitted. Only the pairs remain to be made.
web-demo-people-title = Participants
web-demo-new-tab = (in a new tab)
web-demo-nobody = The participants are getting ready. Reload the page in a few seconds.
web-demo-role-mentor = Mentors
web-demo-role-mentee = Mentees
web-demo-role-both = Both mentors and mentees
web-demo-role-guardian = Parents
web-demo-role-visitor = New people
web-demo-role-other = Other participants
web-demo-invited = invited, the questions are still ahead
web-demo-lively = have met already
web-demo-bad-step = The clock moves forward by 1 minute to 60 days, for example PT1H, P1D, P7D.
# Instead of news that were taken down.
web-news-gone = The school has taken this piece of news down.
# $n: its number in the message.
web-chat-photo = Photo { $n }
web-demo-begin-title = Your own school
web-demo-begin-about = The invented people and all you have done here will be deleted for good. Data of your own school, if there are any, stay untouched. Then the program asks for the school's name and a password.
web-demo-begin = Clear and begin
web-demo-turning = The program turns to your school
web-demo-turning-about = This usually takes a few seconds. If you see the sign-in page and have no password yet, open the link printed where the program was started.
web-demo-turning-open = Open now
