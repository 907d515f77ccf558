# basics.ftl - greeting, help, a word to the curator, one's pair, privacy.
basics-hello = Hello! This is the mentoring programme of { $school }. I am a program, not a person. Here people find a mentor, agree on meetings and get reminders. The curator is { $curator } and answers in working hours.
basics-hello-again = Hello, { $name }! Choose what to do next.
basics-bad-link = This link does not fit: it was used already, is out of date or was mistyped. The curator, { $curator }, can give you a new one.
basics-menu = Choose what to do next.
basics-commands = What you can write or press:
# One line each; whoever reads sees only what is theirs.
basics-can-tasks = “Tasks” - what waits for the school
basics-can-pair = “My pair” - who is in it and what comes next
basics-can-child = “My pair” - whom your child meets
basics-can-plan = “Plan” - the goal and the steps of the pair
basics-can-meetings = “Meetings” - your next meetings
basics-can-write = “Write” - a letter to the other side
basics-can-story = “Story” - tell something of your own in the school's news
basics-can-privacy = “My data” - what the school knows and who sees it
basics-can-pause = “Pause” - the bot does not write first, “Stop” - leave the programme
basics-can-cancel = “Back”, “Skip”, “Cancel” - while questions are open
# Nothing is open, and somebody wants to stop.
basics-stop = There are several ways. Pause: the bot does not write first, your place stays. Take back the consent: taking part ends, the data go in 30 days. Delete the data: taking part ends at once. The school keeps only numbers without a name. The bot asks once more before each step.
basics-stop-stranger = You do not take part yet, so there is nothing to leave. If you do not write, the address of this chat is deleted in 7 days.
basics-commands-stranger = To join the programme, open the link or QR code from the school or press “I want to take part”. You can ask the curator a question.
basics-parent-waits = Your answers are kept. The school is checking that you act for the child; then the child will get a pair, and a message will come here.
basics-parent-none = The child does not take part in the programme now. The curator will answer your questions.
basics-no-place = You are not in the programme yet.
basics-pair-mentee = { $form }. { $count ->
    [one] Your mentor: { $partner }.
   *[other] Your mentors: { $partner }.
 }
basics-pair-mentor = { $form }. { $count ->
    [one] Your mentee: { $partner }.
   *[other] Your mentees: { $partner }.
 }
basics-pair-offered-mentee = { $form }. You are offered a mentor: { $partner }. Does this pair suit you?
basics-pair-offered-mentor = { $form }. You are asked to help: { $partner }. Does this pair suit you?
basics-pair-paused-mentee = { $form }. { $count ->
    [one] Your mentor: { $partner }. You are having a break now.
   *[other] Your mentors: { $partner }. You are having a break now.
 }
basics-pair-paused-mentor = { $form }. { $count ->
    [one] Your mentee: { $partner }. You are having a break now.
   *[other] Your mentees: { $partner }. You are having a break now.
 }
basics-pair-more = Break, change, dates
# $partner: the other side, or the title of a group.
basics-pair-open = Open: { $partner }
# To a parent. $child: first name of the child.
basics-child-pair = { $child }: { $form }. In the pair: { $partner }. They arrange their meetings themselves. If something is not right, you can ask for a change: only the curator sees the reason.
basics-child-replace = Ask for a change: { $partner }
basics-child-asked = { $child }: { $form }. A pair is suggested: { $partner }. You can answer in the message about it.
basics-child-waits = { $child }: { $form }. There is no pair now. When there is one, a message comes to you as well.
basics-arrange = Arrange a meeting
basics-place-registered = { $form }. The curator has your application.
basics-place-consent-pending = { $form }. We wait for a parent’s consent and the school’s confirmation.
basics-place-in-base = { $form }. A questionnaire is left: write “Questionnaire”.
basics-place-searching = { $form }. We are looking for your pair; days so far: { $days }. The curator will write here.
basics-place-paired = { $form }. The pair is decided, a message will come soon.
basics-place-finished = { $form }. The programme is finished. Thank you!
basics-place-declined = { $form }. Taking part has ended.
basics-place-paused = { $form }. Taking part is paused. To go on, write to the curator.
basics-place-withdrawn = { $form }. The consent was withdrawn, taking part has stopped.
basics-place-archived = { $form }. Last school year.
basics-language = Which language shall we speak?
basics-russian = Русский
basics-english = English
basics-language-set = Done, the language is chosen.
