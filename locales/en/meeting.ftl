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
meeting-online-later = Online; the mentor will send the link.
meeting-place-later = Agree on the place separately.

# Choosing.
meeting-which-pair = Whom is the meeting with?
meeting-day = { $number ->
    [1] Which day?
   *[other] One more day to choose from?
}
meeting-time = At what time? { $day }.
meeting-more = You can offer up to three times: that makes it easier to agree.
meeting-add = Add another time
meeting-enough = That is enough
meeting-format = How will you meet?
meeting-format-offline = In person
meeting-format-online = Online
meeting-place = Where will you meet? Press the button or type a place, for example “Room 214”.
meeting-link = Send the link of the meeting: it begins with https://. Skip this if there is none yet.
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
# The other side has no messenger or closed it to us.
meeting-kept-only = The suggestion is kept, but no message can be delivered now. Not reached: { $partner }. Write to the curator, who will help.
meeting-waiting =
    The suggestion was sent, there is no answer yet. Waiting for: { $partner }.
    { $slots }
meeting-agreed =
    The meeting is set: { $when }.
    { $partner }, { $kind }.
    { $where }
    I will remind you in advance.
meeting-coming =
    { $when }: { $kind }, { $partner }.
    { $where }
meeting-none = No meeting is set yet. With: { $partner }.
# $button: one of the labels above; in a list of several pairs.
meeting-button-of = { $button }: { $partner }
meeting-no-pair = You have no pair yet. Once the curator confirms it, a message will come and you can agree on a meeting.

# Not coming.
meeting-cancel-sure = There will be no meeting: { $when }. Is that right? You need not give a reason.
meeting-cancel-offer-sure = Take the suggestion to meet back?
meeting-absent-sure = Tell the mentor that you will not be there: { $when }? You need not give a reason.
meeting-cancel-yes = Yes, call it off
meeting-cancel-no = Keep it
meeting-absent-yes = Yes, I will not come
meeting-kept = All right, everything stays as it was.
meeting-cancel-note = You can add a few words. Only { $partner } will see them.
meeting-cancel-done = Done. { $partner } will be told. You can choose another time at once.
meeting-cancel-before = This meeting was called off already. You can choose another time.
meeting-absent-done = Done. { $partner } will be told.
meeting-cancelled = There will be no meeting: { $when }. Plans change, that happens. You can choose another time.
meeting-withdrawn = { $partner } takes the suggestion to meet back. You can suggest a time of your own.
meeting-absent = { $partner } cannot come: { $when }. The meeting stays.
meeting-note = { $partner } writes: { $words }
meeting-lapsed = The suggested times have passed without an answer. You can suggest another. With: { $partner }.

# After the meeting.
meeting-outcome-which = Did the meeting take place?
meeting-outcome-held = Noted: the meeting took place. Now a few short questions about it.
meeting-outcome-moved = Noted: you moved the meeting. Choose a new time when you are ready.
meeting-outcome-missed = Noted: the meeting did not take place. That happens. You can choose another time.
meeting-outcome-said =
    Noted already: { $outcome ->
        [held] the meeting took place
        [moved] the meeting was moved
       *[missed] the meeting did not take place
    }. If that is not so, write to the curator.

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
meeting-slot-past = This time has passed. Open “Meetings” and choose another.
meeting-slot-stale = This suggestion has changed. Open “Meetings” to see the new time.
meeting-own-slot = This is your own suggestion. The other side confirms it.
meeting-agreed-already = The time of the meeting is chosen already. Open “Meetings” to move it.
meeting-over = This meeting is closed. Open “Meetings” to choose a new time.
meeting-began = This meeting has begun. Later, say whether it took place.
meeting-not-yet = The meeting has not begun. You can answer after it starts.
meeting-no-times = The school's timetable has no times for meetings. Write to the curator.

# The calendar feed: read on a lock screen, so no names.
meeting-feed = Meetings with my mentor
meeting-event-mentee = Meeting with my mentor
meeting-event-mentor = Meeting with my mentee
meeting-event-group = Mentoring group meeting
