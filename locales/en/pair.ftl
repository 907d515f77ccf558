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
