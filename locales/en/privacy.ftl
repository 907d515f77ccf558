# privacy.ftl - “My data”: what is known, who sees it, corrections, taking back, erasure. $child: first name, or none.

privacy-whom = Whom is it about?
privacy-me = Me
privacy-not-yours = These data are shown only to the person and to a confirmed parent. The curator will answer your questions.
privacy-say-who = First press “I want to take part” and answer whether it is you: the link may have got to somebody else. The data are shown after that.
privacy-visitor = So far the school knows only the address of this chat. If you do not join within 7 days, it is deleted.
privacy-known = { $child ->
    [none] What the school knows. Name: { $name }. Class: { $class }.
   *[other] What the school knows about the child: { $name }. Class: { $class }.
 } Birth date: { $born ->
    [yes] kept
   *[no] none
 }. Phone: { $phone ->
    [yes] kept
   *[no] none
 }. E-mail: { $email ->
    [yes] kept
   *[no] none
 }.
privacy-counts = Questionnaires filled in: { $answered }. Meetings held: { $meetings }. Messages to the curator: { $asked }.
privacy-consent-line = { $kind }: { $state }
privacy-consent-line-until = { $kind }: { $state }, until { $day }
privacy-state-not_requested = not asked
privacy-state-waiting = waits for an answer or the school’s confirmation
privacy-state-given = valid
privacy-state-kept = only until the data are erased
privacy-state-stopped = stopped together with taking part
privacy-state-refused = refused
privacy-state-withdrawn = taken back
privacy-state-expired = ran out
privacy-until = { $until ->
    [none] Kept while you take part and for 30 days after the end of the school year.
   *[other] The data will be erased: { $until }.
 }
privacy-who-button = Who sees the data
privacy-download-button = Download everything
privacy-fix-button = Correct
privacy-withdraw-button = Take a consent back
privacy-erase-button = Erase the data
privacy-who = The data are seen by the curator ({ $curator }), the head and the school's psychologist. A class teacher sees the own class. Marks in questionnaires and the words of a call for help are read by the curator and the psychologist only. Parents of a pupil see that a questionnaire is filled in, not the answers.
privacy-who-pair = Your pair sees name, class, request, interests, the plan and the diary of your meetings, neither phone nor questionnaires. A wish for the plan and words about the result are read by the mentor and the curator, a pupil's by the parents too. Other members of a group see neither them nor the goals.
privacy-who-letters = What a pair writes through the bot may be read at school by the curator. The psychologist reads it only when something is worrying. Each reading is noted.
privacy-who-child = The child's data are seen by the curator ({ $curator }), the head and the school's psychologist. A class teacher sees the own class. Marks in questionnaires and the words of a call for help are read by the curator and the psychologist only. You see which questionnaires are filled in, not the answers: that is between the child and the school.
privacy-who-child-pair = The child's pair sees name, class, request, interests, the plan and the diary of meetings. The wish for the plan and the words about the result are read by the mentor, the curator and you. Other children of a group see neither them nor the goals.
privacy-fix-what = What should be corrected?
privacy-fix-phone = Phone
privacy-fix-email = E-mail
privacy-fix-other = Something else
privacy-fix-new-phone = The new phone number? For example +7 900 000-00-00.
privacy-fix-new-email = The new e-mail address? For example name@example.ru.
privacy-fix-words = Write what is wrong and what is right. The curator reads it.
privacy-email-unclear = This does not look like an e-mail address. For example name@example.ru.
privacy-fixed = Done, it is written down.
privacy-fix-sent = Passed on to the curator, who will correct it and answer.
privacy-fix-card = { $child ->
    [none] Asks to correct the data: { $words }
   *[other] Asks to correct the data of the child ({ $child }): { $words }
 }
privacy-withdraw-nothing = There is nothing to take back: no consent is valid.
privacy-withdraw-what = { $child ->
    [none] What should be taken back?
   *[other] { $child }: what should be taken back?
 }
privacy-withdraw-all = Taking part and data
privacy-withdraw-participation = Taking part
privacy-withdraw-publication = Photos and comments only
privacy-withdraw-messenger = Messenger only
privacy-keep = Change nothing
privacy-withdraw-sure-all = All messages and meetings stop at once, the pair ends its work. After 30 days the data are erased; until then the consent can be given again. School and marks are not affected.
privacy-withdraw-sure-publication = There will be no new photos and comments, the curator will remove the published ones. Taking part goes on.
privacy-withdraw-sure-messenger = We no longer write to the messenger: everything will be in the chat on the school’s site. Taking part goes on.
privacy-withdraw-do = Take the consent back
privacy-withdrawn-all = The consent is taken back. There will be no more messages and meetings. The data will be erased on { $day }. If you change your mind, the consent can be given again.
privacy-withdrawn-part = The consent is taken back. Everything else stays as it is.
privacy-kept = All right, everything stays as it is.
privacy-erase-first = { $child ->
    [none] Name, phone, chat and everything written in words will be erased. Only numbers without a name stay. Taking part stops at once, the data are erased after 10 days.
   *[other] { $child }: name, phone, chat and everything written in words will be erased. Only numbers without a name stay. Taking part stops at once, the data are erased after 10 days.
 }
privacy-erase-go-on = Go on
privacy-erase-sure = The data cannot be brought back later. Erase them?
privacy-erase-do = Yes, erase the data
privacy-erase-asked = Written down. Taking part is stopped, the data will be erased on { $day }. Until then you may change your mind.
privacy-erase-child = Only grown-ups can have data erased for good. Shall we pass your wish on to your parents and the curator? You can stop taking part without them: “My data”, “Take a consent back”.
privacy-erase-pass = Pass the wish on
privacy-erase-card = A wish to erase the data. The pupil is below 14: a parent or guardian decides. Confirmed parents have been written to; if there are none, please get in touch with the family.
privacy-erase-passed = { $knows ->
    [both] Your wish has been passed on to your parents and the curator. A grown-up will tell you what they decide. Until then everything stays as it is.
   *[curator] Your wish has been passed on to the curator, who will talk with your parents. Until then everything stays as it is.
 }
privacy-bubble-erased = This message was removed: it held data of a person that the school no longer keeps.
privacy-page-title = Data as a file
privacy-page-lead = { $name }. Here is everything the programme keeps. The link works until { $until } and only for you: do not pass it on.
privacy-page-button = Download the archive
privacy-page-what = In the archive: a page to read, a table and a file for programs (JSON).
privacy-file-title = What the mentoring programme keeps about you
privacy-file-child = What the mentoring programme keeps about the child
privacy-file-child-note = The child’s answers and letters to the curator are not shown: they are between the child and the school. You only see that a questionnaire was filled in.
privacy-section-person = Person
privacy-section-channels = Where you are in touch with us
privacy-section-places = Taking part
privacy-section-consents = Consents
privacy-section-questionnaires = Questionnaires
privacy-section-pairs = Pairs and groups
privacy-section-plans = Plan, goal, achievements
privacy-section-ideas = Ideas taken for meetings
privacy-section-meetings = Meetings
privacy-section-gatherings = Meetings of the whole programme
privacy-section-diary = Diary of meetings
privacy-section-encounters = One-off meetings
privacy-section-questions = Questions and answers
privacy-section-requests = Messages to the curator
privacy-section-awards = Letters of thanks and certificates
privacy-section-partners = Partners of the school
privacy-partner-of = You came to the programme from a partner
privacy-partner-contact = You are the contact of the partner “{ $name }”
privacy-section-training = Training and admission
privacy-section-selection = Interviews
privacy-section-asked = Answers and wishes about a pair
privacy-section-year = Answers about the new school year
privacy-section-letters = My words in the messages of my pair
privacy-section-messages = Messages of the programme
privacy-section-left-out = What is not in the file
privacy-section-guardians = Parents and children
privacy-field-name = Name
privacy-field-cases = The name in Russian cases, as the school wrote it
privacy-field-born = Birth date
privacy-field-gender = Gender
privacy-gender-female = female
privacy-gender-male = male
privacy-field-mentor = Wish about the mentor
privacy-same-gender = of the same gender
privacy-field-class = Class
privacy-field-position = Position
privacy-field-workplace = Place of work or study
privacy-field-phone = Phone
privacy-field-email = E-mail
privacy-field-language = Language
privacy-field-joined = In the programme since
privacy-field-erase = Will be erased
privacy-filled-on = filled in on { $day }
privacy-filled-anonymous = noted as answered; the answers are kept without names, and nobody knows whose is whose
privacy-filled-paper = from paper
privacy-interview = Interview on { $day }
privacy-interview-admit = admitted
privacy-interview-reserve = in reserve
privacy-interview-refuse = not admitted
privacy-criterion-motivation = Motivation
privacy-criterion-respect = Kindness and respect
privacy-criterion-listening = Listening
privacy-criterion-steadiness = Steadiness in a difficult situation
privacy-criterion-responsibility = Responsibility and time
privacy-criterion-experience = Experience with such requests
privacy-criterion-boundaries = Knowing the limits of the role
privacy-criterion-learning = Readiness to learn
privacy-left-notes = Notes of those who held the interview
privacy-left-impressions = What others told the curator in confidence
privacy-left-letters = Messages that others wrote to you
privacy-left-staff-cards = Observation cards of the staff
privacy-left-care-notes = Closed notes of the school's psychologist, if there are any
privacy-left-journal = The journal of what the staff did
privacy-left-why = They hold data of other people (Federal Law 152-FZ, article 14, part 8). The curator will tell you what in them is about you.
privacy-withdrawn-line = { $kind }: taken back on { $day }
privacy-given-line = { $kind }: given on { $day }
privacy-refused-line = { $kind }: refused on { $day }

# Published news that show or name the person. $titles: in quotation marks; $more: how many are not named.
privacy-news = Photos or the name in news: { $titles }{ $more ->
    [0] .
   *[other]  and { $more } more.
 }
privacy-news-out = published
privacy-news-leaving = the school is taking it down
privacy-news-gone = the school has taken it down
privacy-section-news = News
privacy-section-stories = Stories for the news
