care-stranger = We are here. You can talk to an adult right now.
care-contacts = { $who ->
    [reach] { $closed ->
        [yes] The school's curator: { $curator }, { $contact }, in working hours.{" "}
       *[no] The school's curator: { $curator }, { $contact }.{" "}
    }
    [name] The school's curator: { $curator }.{" "}
   *[none] {""}
}Helpline for children, teenagers and parents: { $line }{ $hours ->
    [always] , round the clock
    [some] {" "}({ $from })
    [local] {" "}({ $from }), at other times 8-800-2000-122
   *[unsaid] {""}
}. The call is free, you need not give your name. If there is danger right now: 112, round the clock.
care-ask = We are here. What is it about? Choose anything, a message goes to the adults of the school at once.
care-about-talk = I want to talk
care-about-meeting = Something happened at a meeting
care-about-hurt = Somebody is hurting me
care-about-other = Something else
care-sent = Thank you for telling us. { $when }
care-read-now = The school's curator and psychologist have it now. If nobody answers in { $minutes } min, one more adult is called.
care-read-rings = The school's adults have got a message. It is outside working hours, so they may not see it at once. { $more ->
    [yes] If nobody answers in { $minutes } min, one more adult is called.{" "}
   *[no] {""}
}At the latest it is read when the school opens: { $opens }.
care-read-morning = The school is closed now. Your message is kept and is read when it opens: { $opens }. There is no need to wait: you can talk to an adult at once, by phone.
care-apart = Take a break from meetings and letters with your pair for now? The other side will only learn that there is a break.
care-apart-yes = Yes, a break
care-apart-no = No, not needed
care-apart-done = The break has begun: no meetings and letters for now.
care-apart-asked = The curator will know that you would rather not meet the group for now.
care-words = If you like, write what happened. Only the school's curator and psychologist will read it.
care-added = Passed on to the curator and the psychologist. Thank you for telling us.
care-near = An adult of the school will get in touch. You can write at any time.
care-heard = Thank you for writing about this. Perhaps things are hard right now. There are adults near you: the school's curator and psychologist will see these words. If the bot got it wrong, there is nothing you need to do.
care-heard-stranger = Perhaps things are hard right now. You can talk to an adult at once. If the bot got it wrong, there is nothing you need to do.
care-held = Only the school's curator and psychologist will read these words, nobody else. You can answer the question in another way or leave it.
care-read = The school has read your message. Somebody will get in touch soon.
care-curator-words = { $who ->
    [name] Write your message. Only the curator, { $curator }, and the school's psychologist will read it.
   *[none] Write your message. Only the curator and the school's psychologist will read it.
}
care-curator-sent = Passed on to the curator. The answer comes in working hours.
care-alert = An adult is needed: call for help no. { $number } came at { $at }. Who and what: “Help” in the school's admin.
care-alert-again = Nobody has taken call for help no. { $number } for { $minutes } min. Who and what: “Help” in the school's admin.
care-alert-morning = Call for help no. { $number } still waits for an adult: { $since }. Who and what: “Help” in the school's admin.
care-alert-take = I take it
care-alert-open = Open “Help”
care-take-done = Call no. { $number } is yours. Note what was done in “Help”.
care-taken-already = Another adult has taken this call.
care-closed = This call is closed already.
care-unknown = There is no such call.
care-not-yours = Only for adults of the school who answer calls.
care-action-needed = Write what was done.
care-code-unfit = The code does not fit: it is too old or has been used. The bot gives a new one: “Settings”, “Another messenger”.
care-notes-closed = Only the psychologist reads these notes.
care-note-length = A note may not be empty nor longer than { $limit } characters.
