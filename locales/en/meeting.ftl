# meeting.ftl - agreeing on a meeting. Shown to both sides.
# $partner: a name without the surname, or a group's title. $when, $slots: the school's clock.

meeting-kind-m0 = general meeting
meeting-kind-m1 = getting to know each other
meeting-kind-m2 = trial meeting
meeting-kind-m3 = planning meeting
meeting-kind-m4 = regular meeting
meeting-kind-m5 = closing meeting
meeting-kind-m6 = closing event
meeting-kind-flash = single meeting

meeting-offline = Where: { $place }.
meeting-online = Online: { $link }
# The link is shown to the other side once the two have agreed.
meeting-online-hidden = Online. The link comes once you have agreed on the time.
meeting-online-later = Online; the mentor will send the link.
meeting-place-later = Agree on the place separately.

# Choosing.
meeting-which-pair = Whom is the meeting with?
meeting-day = { $number ->
    [1] Which day?
   *[other] One more day to choose from?
}
meeting-time = At what time? { $day }. Press a button or type it, for example 16:20.
# $kind: one of the kinds above. $example: a day that would do, "25.09".
meeting-day-next = Next in order: { $kind }. Which day? Press a button or type a date, for example { $example }.
# $day: "Mon 21.12".
meeting-day-exams = { $day }, exams
meeting-other-kind = A meeting of another kind
meeting-which-kind = What kind of meeting is it?
meeting-row-kind = Meeting
meeting-check-kind = This is the { $kind }.
# $example: today, "25.09". $latest: "23.01.2027".
meeting-day-unclear = The day was not clear. Type it like this: { $example }. Any day from today to { $latest } will do.
meeting-time-typed = At what time? { $day }. Type it, for example 16:20.
meeting-time-unclear = Type the time like this: 16:20. Or press a button.
# Where a start stands in the school's day. $clock: "13:10", $number: of a lesson.
meeting-start-before = { $clock } before lessons
meeting-start-break = { $clock } break after lesson { $number }
meeting-start-after = { $clock } after lesson { $number }
meeting-start-usual = { $clock }
# What the two should know of the time.
meeting-exams = The school has exams or tests on these days. You may still meet; a calmer time may suit better.
meeting-rest-day = That is a day off or a holiday.
meeting-in-lessons = There are lessons at that time.
# Again and again. $days, $skipped: days; $more: how many more there are.
meeting-weekly = Every week
meeting-biweekly = Every two weeks
meeting-once = Once
# $example: a day that would do, "20.12".
meeting-until = Until which day? Press a button or type a date, for example { $example }.
meeting-until-day = Until { $day }
meeting-row-repeat = Repeats
meeting-row-until = Until
meeting-row-until-value = { $until } (meetings: { $count })
meeting-skips = Holidays, days off and exams are left out: { $days }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
 }.
meeting-repeats = { $weeks ->
    [1] And then every week
   *[other] And then every two weeks
 } at the same time, until { $until }. Meetings in all: { $count }.
meeting-repeats-skipping = { $weeks ->
    [1] And then every week
   *[other] And then every two weeks
 } at the same time, until { $until }. Meetings in all: { $count }. Left out: { $skipped }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
 }.
meeting-agreed-series =
    And then at the same time:
    { $slots }
    { $more ->
        [0] Any of them can be moved or called off by itself.
       *[other] And { $more } more, the last one on { $last }. Any of them can be moved or called off by itself.
    }
meeting-more-ahead = And more meetings: { $count }. The last one: { $last }.
# $example: a day that would do, "20.12".
meeting-until-unclear = The day was not clear. Type it like this: { $example }. One more meeting has to fit before it, and your programme has to go on until then.
meeting-until-soon = The next meeting would not fit before that day. Choose a later one.
meeting-until-late = Meetings are not set that far ahead. Choose an earlier day.

# $most: how many starts may be offered.
meeting-more = { $most ->
    [1] Once, or regularly?
   *[other] You can offer up to three times: that makes it easier to agree. Or meet regularly.
}
meeting-more-times = You can offer up to three times: that makes it easier to agree.
meeting-add = Add another time
meeting-enough = That is enough
meeting-format = How will you meet?
meeting-format-offline = In person
meeting-format-online = Online
meeting-place = Where will you meet? Press the button or type a place, for example “Room 214”.
meeting-link = Send the link of the meeting: it begins with https://. Skip this if there is none yet.
# $when: of the meeting.
meeting-link-for = The link for the meeting: { $when }. Send its address, it begins with https://.
meeting-add-link = Add the link
meeting-link-kept = Done. { $partner } will get the link.
# Nobody or not everybody reads of it in time: `meeting-news-late` follows.
meeting-link-only = Done, the link is kept.
meeting-link-new =
    The link for the meeting: { $when }.
    { $partner }, { $kind }.
    { $where }
meeting-link-not-now = A link can be added to an online meeting that is agreed. Open “Meetings”: everything agreed is there.
meeting-link-unclear = A link begins with https://, for example https://vk.com/call/join/abc. You can also skip it.
meeting-check = Please check before sending. { $partner } will see this.
meeting-row-day = Day { $number }
meeting-row-time = Time { $number }
meeting-row-format = How
meeting-row-place = Place
meeting-row-link = Link
meeting-row-none = none yet

# What the other side gets, and what is answered.
meeting-proposed =
    { $partner } suggests a meeting: { $kind }.
    { $slots }
    { $where }
    Choose a time or suggest another.
meeting-move-proposed =
    { $partner } suggests moving the meeting ({ $kind }). It was: { $was }.
    { $slots }
    { $where }
    Choose a time or suggest another.
meeting-fits = Suits me: { $slot }
meeting-other-time = Suggest another time
meeting-move = Move it
meeting-cannot = I cannot come
meeting-withdraw = Take the suggestion back
meeting-pick-time = Choose a time
meeting-to-calendar = To my calendar
meeting-sent = Sent. { $partner } will answer, and the time will come here.
# $when: the message itself goes out then, because of the reader's hours.
meeting-sent-later = Sent. It is not the best time now, so the message will arrive later: { $when }. { $partner } will answer, and the time will come here.
# The other side asked for silence.
meeting-kept-silent = The suggestion is kept. There is a pause in messages there, so an answer may take a while: { $partner }. Something urgent is better passed on by the curator.
# The message would come after the last of the offered times.
meeting-kept-late = The suggestion is kept, but the message will not arrive before that time: { $partner }. Choose a later time or agree in person.
# Below an answer: whom the bot cannot tell of it in time. $names: people. $more: further ones.
meeting-news-late = The bot cannot tell them in time: { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
 }. Please tell them in person or through the school.
# The other side has no messenger or closed it to us.
meeting-kept-only = The suggestion is kept, but no message can be delivered now. Not reached: { $partner }. Write to the curator, who will help.
meeting-waiting =
    The suggestion waits for an answer. From: { $partner }.
    { $slots }
meeting-agreed =
    The meeting is set: { $when }.
    { $partner }, { $kind }.
    { $where }
    I will remind you in advance.
meeting-coming =
    { $when }: { $kind }, { $partner }.
    { $where }
meeting-none = No meeting is set yet. With: { $partner }. Next in order: { $kind }.
# $button: one of the labels above; in a list of several pairs.
meeting-button-of = { $button }: { $partner }
# In a list of several meetings of one pair.
meeting-button-on = { $button }: { $day }
meeting-two-lines =
    { $first }
    { $second }
meeting-child-ahead =
    { $child }: { $when }, with { $partner }.
    { $where }
meeting-child-online = Online.
meeting-child-somewhere = They arrange the place themselves.
meeting-child-none = { $child }: no meeting is arranged yet.
meeting-of-child = Your child and the other side arrange their meetings themselves. If something worries you, write to the curator.
meeting-no-pair = You have no pair yet. Once the curator confirms it, a message will come and you can agree on a meeting.

# Not coming.
meeting-cancel-sure = There will be no meeting: { $when }. Is that right? You need not give a reason.
meeting-cancel-offer-sure = Take the suggestion to meet back?
meeting-absent-sure = Tell the mentor that you will not be there: { $when }? You need not give a reason.
meeting-cancel-yes = Yes, call it off
meeting-cancel-no = Keep it
meeting-cancel-one = Call off only this one
# $count: of the series, this one among them.
meeting-cancel-all = This one and all later ones ({ $count })
meeting-series-off = These meetings will not take place: { $first } and later ones until { $last }, { $count } in all. Plans have changed, that happens. You can choose another time.
meeting-absent-yes = Yes, I will not come
meeting-kept = All right, everything stays as it was.
meeting-note-add = Add a few words
meeting-cancel-note = Write a few words. Only { $partner } will see them.
meeting-cancel-done = Done. { $partner } will be told. You can choose another time at once.
# Nobody or not everybody reads of it in time: `meeting-news-late` follows.
meeting-cancel-only = Done, it is called off. You can choose another time at once.
meeting-absent-only = Done, it is noted that you will not come.
meeting-cancel-before = This meeting was called off already. You can choose another time.
meeting-absent-done = Done. { $partner } will be told.
meeting-cancelled = There will be no meeting: { $when }. Plans change, that happens. You can choose another time.
meeting-withdrawn = { $partner } takes the suggestion to meet back. You can suggest a time of your own.
meeting-absent = { $partner } cannot come: { $when }. The meeting stays.
# $when: of the meeting that was called off, or to which one will not come.
meeting-note = { $partner } writes about the meeting ({ $when }): { $words }
meeting-note-done = Done, your words were sent.
meeting-note-held-back = The words themselves were not passed on: they hold a phone, a link or something better talked over with a grown-up of the school. Nobody will ask for a reason.
meeting-note-late = No words can be added to this meeting any more: they were sent, or its time has passed.
meeting-lapsed = The suggested times have passed, no meeting was agreed for them. You can suggest another. With: { $partner }.

# After the meeting.
meeting-outcome-which = Did the meeting take place?
meeting-outcome-held = Noted: the meeting took place. Now a few short questions about it.
meeting-outcome-moved = Noted: you moved the meeting. Choose a new time when you are ready.
meeting-outcome-missed = Noted: the meeting did not take place. That happens. You can choose another time.
# Of a pair that is over: no other time can be chosen.
meeting-outcome-over = Noted. Thank you!
meeting-outcome-said =
    Noted already: { $outcome ->
        [held] the meeting took place
        [moved] the meeting was moved
       *[missed] the meeting did not take place
    }. If that is not so, write to the curator.
meeting-outcome-differs =
    Noted already: { $outcome ->
        [held] the meeting took place
        [moved] the meeting was moved
       *[missed] the meeting did not take place
    }. The curator will see that your answer is another one.

# A meeting that nobody planned, noted afterwards. $example: a day that would do, “12.09”.
meeting-met = We have met
meeting-met-day = When did you meet? With: { $partner }. Press a button or type a date, for example { $example }.
meeting-met-earlier = Earlier
# $since: the first day that can be noted.
meeting-met-which = On which day? A meeting can be noted from { $since } on.
meeting-met-unclear = That day could not be understood. Type a date like this: { $example }. A day from { $since } to today will do.
meeting-met-kept = The meeting is noted: { $when }. Now a few short questions about the meeting.
# That day has a meeting already.
meeting-met-stands = That day has a meeting already: { $when }.
meeting-met-planned = A meeting is arranged for that day and is still ahead. It can be noted once it has begun.
# To the other side.
meeting-met-told = { $partner } has noted that you met: { $when }. The meeting will be in the history of the pair.
meeting-met-not = We did not meet

# Who came (groups).
meeting-came = Who was there?
# $names: of those who said before that they cannot come.
meeting-came-but = Who was there? These had said that they could not come: { $names }.
meeting-came-all = Everybody
meeting-came-some = Somebody was not
meeting-absent-who = Who was not there? Tick.
meeting-came-change = Correct who was there
meeting-came-kept = Noted who was there.

# The diary: a mentor's line, read by both sides and the school.
meeting-topic-acquaint = Getting to know
meeting-topic-study = Study
meeting-topic-project = Project
meeting-topic-career = Choosing a profession
meeting-topic-art_sport = Arts, sports
meeting-topic-friends = Friends, class
meeting-topic-confidence = Confidence
meeting-topic-plan = Plan and goals
meeting-topic-talk = A talk
meeting-method-m_activity = Did something together
meeting-method-m_discussion = Discussed
meeting-method-m_situations = Worked on situations
meeting-method-m_environment = New place, people
meeting-method-m_diagnostic = Looked at what works
meeting-method-m_motivation = Looked for interest
meeting-method-m_consulting = Advice, explanations
meeting-method-m_example = Own example
meeting-diary-offer = The meeting of { $when }, { $partner }. It can go into the diary in two taps.
meeting-diary-write = Write in the diary
meeting-diary-read = Diary of meetings
meeting-diary-topic = Diary: { $when }. What was the meeting about? Press a button or type. Readers: { $partner }, the curator and the head of the school; it also stands in “My data”.
meeting-diary-method = What did you do?
meeting-diary-many = Several of these
meeting-diary-methods = Tick everything you did.
meeting-diary-kept = Noted, { $minutes } minutes. You can add the next step or correct the length.
meeting-diary-step-add = Next step
meeting-diary-length-change = Another length
meeting-diary-step = What comes next? One sentence is enough.
# $example: a day that would do, "25.09".
meeting-diary-when = By which day? You can type a date, for example { $example }.
# $day: a weekday and a day.
meeting-diary-next = For the meeting: { $day }
meeting-diary-week = In a week
meeting-diary-no-day = No date
meeting-diary-step-kept = The next step is noted.
meeting-diary-length = How many minutes did the meeting take? Press a button or type a number.
meeting-minutes = { $minutes } min
meeting-diary-length-kept = Noted: { $minutes } minutes.
meeting-diary-empty = The diary is empty so far.
# $has: step or no. $day: of the next step, or none.
meeting-diary-line = { $when }, { $minutes } min. { $topic }{ $methods ->
    [none] {""}
   *[other] . Methods: { $methods }
 }.{ $has ->
    [step] {" "}Next: { $step }
   *[no] {""}
 }{ $day ->
    [none] {""}
   *[other] {" "}(by { $day })
 }

# Refusals: what is so, and what to do.
meeting-not-yours = There is no such meeting among yours. Open “Meetings” in the menu.
meeting-pair-closed = This pair is not at work now, so no meeting can be set. If that is a mistake, write to the curator.
meeting-open-already = A meeting is being agreed on already. Open “Meetings” to see the time, answer or move it.
meeting-group-by-mentor = The mentor sets the times of the group's meetings. Write to the mentor or the curator.
# $most: how many starts may be offered.
meeting-slots-wrong = { $most ->
    [1] Choose one time for a group.
   *[other] Choose one to { $most } different times.
}
meeting-slot-soon = That is too soon: the other side needs at least two hours to answer. Type a later time.
meeting-slot-far = Meetings are not set that far ahead. Choose a day within four months.
meeting-slot-hours = Meetings are between 7:00 and 21:00. Type another time.
meeting-slot-busy = There is another meeting at that time: yours or the other side's. Write another time.
meeting-slot-taken = There is another meeting at that time: yours or the other side's. Choose or suggest another: “Meetings” in the menu.
meeting-slot-twice = This time is chosen already. Type another one.
meeting-unknown = The school has no such meeting. Reload the page.
meeting-met-ahead-of = That day has not come yet. Open “Meetings”: there a meeting can be arranged.
meeting-met-old = A meeting can be noted from { $since } on. Write to the curator about an earlier one.
meeting-not-held = This meeting is not marked as held. Mark it in “Meetings” first.
meeting-diary-by-mentor = The mentor keeps the diary of a pair. You can read it in “Meetings”.
meeting-diary-late = More than a month has passed, so this meeting can no longer be written into the diary. It stays noted as held and stands in the reports.
meeting-diary-first = First note what the meeting was about.
meeting-diary-odd = This line could not be kept. Open “Meetings” and try once more.
meeting-diary-step-day = The next step needs a day from today to half a year ahead.
meeting-slot-past = This time has passed. Open “Meetings” and choose another.
meeting-slot-stale = This suggestion has changed. Open “Meetings” to see the new time.
meeting-own-slot = This is your own suggestion. The other side confirms it.
meeting-agreed-already = The time of the meeting is chosen already. Open “Meetings” to move it.
meeting-over = This meeting is closed. Open “Meetings” to choose a new time.
meeting-began = This meeting has begun. Later, say whether it took place.
meeting-not-yet = The meeting has not begun. You can answer after it starts.
meeting-no-times = The school's timetable has no times for meetings. Write to the curator.

# The calendar feed: read on a lock screen, so no names; a mentor of several people reads first names.
meeting-feed = Meetings with my mentor
meeting-event-mentee = Meeting with my mentor
meeting-event-mentor = Meeting with my mentee
# Where a mentor leads several people. $name: first name.
meeting-event-mentor-of = Meeting: { $name }
meeting-event-m0 = General meeting of the programme
meeting-event-m6 = Closing event of the programme
meeting-event-group = Mentoring group meeting

# One's own calendar.
meeting-calendar-button = Calendar of meetings
meeting-calendar-about = You can see your meetings in the calendar of your phone. There are no names in it; whoever leads several people sees first names. The address is secret: it shows when and where meetings are. If somebody else has seen it, change it.
meeting-calendar-change = Change the address
meeting-calendar-sure = The old address will stop working wherever it was added. Change it?
meeting-calendar-yes = Yes, change it
meeting-calendar-no = Keep it
meeting-calendar-changed = Done, the old address shows nothing any more. The new one is behind the button.
