# pair.ftl - the announcement of a pair.
pair-announce-mentee = { $count ->
    [one] You have a mentor: { $name }.
   *[other] You have mentors: { $name }.
}
pair-announce-mentee-group = You are in the group “{ $title }”. { $count ->
    [one] Its mentor: { $name }.
   *[other] Its mentors: { $name }.
}
pair-announce-mentor = Everything is ready. You help: { $name }.
pair-announce-mentor-group = You lead the group “{ $title }”: { $name }.
pair-announce-guardian-mentee = { $child }: a mentor has been found. It is { $name }.
pair-announce-guardian-mentor = { $child } starts as a mentor. The pair: { $name }.
pair-why = Why this pair: { $reason }.
pair-first-step = The first step is a meeting to get to know each other. Tell about yourself and agree how to meet.
pair-not-sure = If something does not fit, you can say so: press “I need help”.
pair-guardian-next = They will arrange the first meeting themselves. If you have questions, press “I need help”.
pair-closed = { $partner }: your work together in the programme has ended, so the planned meeting will not take place. You can ask the curator any questions.
pair-button-meeting = Arrange a meeting
pair-button-help = I need help
pair-asked = If this pair suits you, press “It suits me”. If not, press “It does not suit”: that happens and is all right. We wait for the answer until { $until }.
pair-guardian-asked = If the pair does not suit your child, say so before { $until }. Press “It does not suit”: only the curator sees the reason.
pair-button-yes = It suits me
pair-button-no = It does not suit
pair-button-fine = All is well
pair-remind = We are waiting for your word about the pair: { $partner }. Yes or no — both answers are good. Until: { $until }.
pair-remind-late = The curator would like to know whether the pair suits you: { $partner }. Both answers are good.
pair-yes-waits = Thank you! As soon as the other side agrees too, you will get a message.
pair-yes-begun = All is well: the pair is at work already.
pair-yes-guardian = Thank you, noted.
pair-started = It suits you both, so you can begin. The pair: { $name }.
pair-started-group = The group “{ $title }” has gathered, so you can begin.
pair-no-why = Why does it not suit? Only the curator sees the answer, the other side does not learn it.
pair-no-why-guardian = Why does the pair not suit? Only the curator sees the answer.
pair-why-not-fit = I think we would not get on
pair-why-not-busy = Too much to do right now
pair-why-not-moving = Moving or changing school
pair-why-not-wish = I would like somebody else
pair-why-not-other = Something else
pair-no-words = You can add a few words. Only the curator reads them.
pair-no-done = Thank you for an honest answer. All is well: the curator will look for another way and write to you. The other side learns only that the pair did not come about.
pair-no-done-guardian = Thank you for the answer. The curator will look for another way. The other side learns only that the pair did not come about.
pair-not-now = The pair has not come about for now. That happens and is nobody's fault. The curator will find another way and write to you.
pair-not-now-guardian = { $child }: the pair has not come about for now. That happens and is nobody's fault. The curator will find another way.
pair-recalled = The message about the pair came too early: the school is still looking into it. Please wait: a new message will come.
pair-recalled-guardian = { $child }: the message about the pair came too early, the school is still looking into it. A new message will come.
pair-not-yours = There is no such pair among yours. Open “My pair” in the menu.
pair-over = Things have changed here. Open “My pair” to see how it is now.
pair-no-late = The pair is at work already. If something is wrong, write to the curator: together you will find a way.
pair-reason-unknown = There is no such reason in the list. Choose one of the list.
