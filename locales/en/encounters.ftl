# encounters.ftl - meetings outside of pairs: one-off, events of rounds, trial meetings, questions to mentors.

encounters-event = A one-off meeting
encounters-title = One-off meetings
encounters-which = One-off meetings and questions. What would you like?
encounters-part-signup = Sign up for a meeting
encounters-part-mine = My sign-ups
encounters-part-question = Ask a question
encounters-part-request = I need one meeting
encounters-part-talks = My questions and answers
encounters-part-topics = Answer questions
encounters-part-offer = Offer a topic
encounters-later = One-off meetings open once the school has the application and the consent. If it has, write to the curator.
encounters-list = Which meetings there are
encounters-none = No meetings are open now. You can ask for one meeting this week.
encounters-choose = Which meeting would you like to join?
encounters-button = { $when } – { $topic }
encounters-card =
    «{ $topic }»
    { $when }, { $minutes } min
    { $who }
    { $where }
encounters-host = Led by { $name }.
encounters-host-you = You lead this meeting.
encounters-host-school = Held by the school.
encounters-with = With: { $names }.
encounters-online-later = Online, the link will come later.
encounters-place-later = The place will be told separately.
encounters-free = { $count ->
    [one] { $count } seat is free.
   *[other] { $count } seats are free.
}
encounters-full = No seats now. You can join the queue: a message will come if a seat is free.
encounters-sign-up = Sign up
encounters-wait = Join the queue
encounters-sure = Sign up?
encounters-yes = Yes
encounters-no = Not now
encounters-another-time = Fine. You can sign up any time before it begins.
encounters-signed-up = Done, the seat is yours. I will remind you. If plans change, press «I cannot come»; no reason is needed.
encounters-in-queue = You are in the queue. A message will come if a seat is free.
encounters-waiting-already = You are in the queue for this meeting already.
encounters-seat-came =
    A seat is free, and it is yours now: «{ $topic }».
    { $when }, { $minutes } min
    { $who }
    { $where }
    If you cannot make it any more, press «I cannot come».
encounters-coming =
    «{ $topic }»: { $when }, { $minutes } min
    { $who }
    { $where }
encounters-soon =
    A reminder: «{ $topic }», { $when }.
    { $who }
    { $where }
encounters-you-lead =
    The curator asks you to lead a meeting: «{ $topic }».
    { $when }, { $minutes } min
    { $where }
    Sign-up is open. If you cannot, press «I cannot come».
encounters-mine-none = No sign-ups yet.
encounters-mine-proposed =
    The curator has your offer: «{ $topic }».
    { $when }, { $minutes } min
    { $where }
encounters-mine-waiting =
    You are in the queue: «{ $topic }».
    { $when }, { $minutes } min
    { $who }
encounters-leave-sure = Cancel: «{ $topic }», { $when }? No reason is needed.
encounters-leave-all = Cancel the meeting for everybody: «{ $topic }», { $when }? No reason is needed.
encounters-leave-yes = Yes, cancel
encounters-leave-no = Keep it
encounters-left = Done, cancelled. It happens.
encounters-left-before = This is cancelled already.
encounters-changed = Changes to the meeting «{ $topic }».
encounters-changed-topic = The topic is now «{ $now }». It was «{ $was }».
encounters-changed-time = New time: { $now }. It was { $was }.
encounters-changed-where = { $now }
encounters-changed-about = { $now }
encounters-span = { $when }, { $minutes } min
encounters-called-off = The meeting is off: «{ $topic }», { $when }. Plans changed, it happens.

# Offering a topic.
encounters-offer-topic = What is the meeting about? One sentence, for example «How to choose a profession».
encounters-offer-topic-adults = What could you tell teachers about? One sentence, for example «Editing short videos».
encounters-offer-about = You may add a few words: for whom, what to bring. Or skip.
encounters-day = On which day?
encounters-format = How will it be held?
encounters-place = Where? For example «Room 214». Or skip.
encounters-offer-seats = How many people may come?
encounters-offer-whom = Who is it for?
encounters-whom-all = Everybody
encounters-whom-pupil = Pupils
encounters-whom-teacher = Teachers
encounters-offer-check = Please check. The curator sees it first.
encounters-offered = Sent to the curator. A message will come when sign-up opens.
encounters-offer-open = Sign-up for your meeting is open: «{ $topic }».
encounters-offer-not = The meeting «{ $topic }» will not take place for now. The curator will say how to do it better.
encounters-row-topic = Topic
encounters-row-about = More
encounters-row-day = Day
encounters-row-time = Time
encounters-row-seats = Seats
encounters-row-whom = For whom
encounters-row-question = Question
encounters-row-request = Request

# An event of rounds.
encounters-wishes = Who would you like to talk to? Up to { $count }. Only the school sees the names.
encounters-wishes-later = Who leads the talks will be known later.
encounters-wishes-kept = Noted. We will do what we can.
encounters-card-head = «{ $topic }», { $when }. Your card:
encounters-card-line = Round { $number }: table { $table }, { $name }
encounters-card-rest = Round { $number }: a rest

# Afterwards.
encounters-who-came-ask = The meeting «{ $topic }», { $when }. Who was there?
encounters-who-came-do = Note it
encounters-who-came = «{ $topic }». Tick who was there. If nobody, skip.
encounters-came-kept = Noted, thank you.
encounters-ask-feedback = The meeting «{ $topic }», { $when }. How was it? A few short questions.
encounters-ask-words = The meeting «{ $topic }», { $when }. { $who } A couple of questions about whom you talked to. Only the curator sees the answers.
encounters-feedback-about = «{ $topic }», { $when }.
encounters-met = Did the meeting take place? With: { $name }.
encounters-met-yes = Yes
encounters-met-no = No
encounters-not-met = It happens. If you would like another time, write to the curator.
encounters-words-intro = Only the curator sees the answers. Those they are about will not be shown them.
encounters-word = { $name }: would you like to work together?
encounters-word-prefer = Yes, I would
encounters-word-neutral = All right, if it is decided so
encounters-word-avoid = Rather somebody else
encounters-words-kept = Thank you, noted.

# Trial meetings.
encounters-trial-topic = Getting acquainted
encounters-trial =
    The curator suggests getting acquainted: { $when }, { $minutes } min
    { $who }
    { $where }
    It is just a talk and binds nobody. If you cannot, press «I cannot come».

# Topics: the same as in the questionnaires.
encounters-topic-study = A school subject
encounters-topic-exam = An exam or olympiad
encounters-topic-project = A project
encounters-topic-friends = Making friends
encounters-topic-adapt = A new school or class
encounters-topic-career = Choosing a profession
encounters-topic-art-sport = Arts and sport
encounters-topic-confidence = Self-confidence
encounters-topic-digital = Digital skills
encounters-topic-talk = Just to talk

# Questions and requests.
encounters-ask-question-topic = What is the question about?
encounters-ask-request-topic = What do you need help with?
encounters-ask-question-words = Write your question, up to { $limit } characters. Somebody close to this topic will answer and will not see your surname or contacts. The curator sees the talk.
encounters-ask-request-words = Write what help you need and when it suits you this week, up to { $limit } characters.
encounters-ask-check = Please check before sending.
encounters-question-sent = The question is sent. The answer will come here. If nobody answers in three days, the curator will help.
encounters-question-waits = The question is kept. Nobody is on duty for this topic now; the curator will see it.
encounters-request-sent = The request is sent. A message will come here when a person and a time are found. The curator sees it, too.
encounters-pupil = { $name }, grade { $grade }
encounters-question-new =
    { $kind ->
        [request] One meeting is needed
       *[question] A new question
    }: { $topic }. From { $name }.
encounters-question-for-you = The curator asks you to help: { $topic }. From { $name }.
encounters-take = I will help
encounters-taken-by-you = Thank you! It is yours now.
encounters-answer = Answer
encounters-answer-words = Write the answer. Whoever asked and the curator will read it. No phones or links, please.
encounters-answer-sent = The answer is sent. Thank you!
encounters-question-answer =
    { $name } answers:
    { $words }
encounters-question-more =
    { $name } writes:
    { $words }
encounters-ask-more = Ask more
encounters-settled = Thanks, all is clear
encounters-more-words = What would you like to add? Up to 600 characters.
encounters-kept-safe = These words did not go to other participants: only the adults of the school will read them.
encounters-more-sent = Sent. The answer will come here.
encounters-question-done = Fine, the question is closed.
encounters-give-back = I have no time
encounters-given-back = Fine. Somebody else will answer.
encounters-offer-time = Offer a time
encounters-meet-check = Please check. { $name } will see it.
encounters-meet-made = The meeting is set and the message is sent. I will remind you.
encounters-request-met =
    There is a person and a time: { $when }, { $minutes } min
    { $who }
    { $where }
    If you cannot, press «I cannot come».
encounters-school = the curator
encounters-topics = On which topics may questions be sent to you? If it is not the time, skip.
encounters-topics-adults = Adults ask questions, too. On which topics may they be sent to you? If it is not the time, skip.
encounters-topics-kept = Noted. Questions on these topics will come here. Answer when it suits you.
encounters-topics-none = Fine, no questions will come.
encounters-talks = Which question shall we open?
encounters-talks-none = There are no open questions.
encounters-talk-label = { $day } – { $topic }
encounters-talk-head = { $topic }
encounters-talk-you = You: { $words }
encounters-talk-other = { $name }: { $words }
encounters-talk-open = No answer yet.
encounters-talk-taken = The answer is being written.
encounters-talk-answered = There is an answer. You can ask more or close the question.

# Refusals: what is so, and what to do.
encounters-unknown = There is no such meeting among yours. Open «One-off meetings».
encounters-not-in-programme = One-off meetings are for participants. Press «I want to take part» or write to the curator.
encounters-no-consent = The consent to take part is needed first. «My data» shows how it stands.
encounters-not-admitted = This needs a mentor's admission. Write to the curator, who will say what to do.
encounters-for-others = This meeting is for other participants. See the others in «One-off meetings».
encounters-own = You lead this meeting.
encounters-closed = Sign-up for this meeting is closed. See the others in «One-off meetings».
encounters-began = This meeting has begun already.
encounters-not-yet = This meeting has not begun yet. Come back to this afterwards.
encounters-said = This was noted already. If it is not right, write to the curator.
encounters-past = This time has passed. Please choose another.
encounters-topic-wrong = The topic is one sentence, up to { $limit } characters.
encounters-seats-taken = Seats taken: { $count }, there cannot be fewer. Keep at least { $count }, or first ask somebody who signed up to press «I cannot come».
encounters-numbers-wrong = There may be 1 to { $most } seats, and 5 minutes to 8 hours.
encounters-rounds-wrong = There may be 1 to { $most } rounds.
encounters-nobody = There is no such participant in this school.
encounters-nobody-met = It is not known yet whom this is about. If this is a mistake, write to the curator.
encounters-no-contacts = Phones, e-mail and links are not needed here: the talk goes through the bot, which is safer. Take them out and send it again.
encounters-no-address = A home address is not needed here: the curator helps to agree on a place. Take it out and send it again.
encounters-no-insult = It seems that some word may hurt. It happens when a lot has built up. Say the same in another way and send it again.
encounters-words-short = Please write a little more, { $least } characters at least.
encounters-words-length = Between { $least } and { $most } characters are needed here.
encounters-questions-many = You have { $count } open questions already. Wait for an answer or close one in «My questions and answers».
encounters-topic-unknown = There is no such topic. Choose from the list.
encounters-taken = Somebody else will answer this already. Thank you!
encounters-not-for-you = This question is not on your list. If this is a mistake, write to the curator.
encounters-question-unknown = There is no such question.
encounters-question-closed = This question is closed already. You can ask a new one.
