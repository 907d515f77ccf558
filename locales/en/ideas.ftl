# ideas.ftl - ideas and methods for meetings. $title, $steps: of the idea. $minutes: about how long.
ideas-title = An idea for a meeting
ideas-card = Idea: { $title }

    { $steps }

    About { $minutes } minutes, { $format ->
        [both] in person or online
        [online] good online
       *[offline] better in person
    }.
ideas-take = Take it
ideas-other = Another one
ideas-more = One more idea
ideas-ours = Our ideas
ideas-methods = Methods
ideas-words = Glossary
ideas-arrange = Arrange a meeting
ideas-taken = The idea «{ $title }» is kept for your pair. Agree when to try it.
ideas-taken-diary = The idea «{ $title }» is kept for your pair. After the meeting you can choose it as the topic in the diary.
ideas-ours-none = Your pair has not kept anything yet.
ideas-ours-which = Which idea shall I open?
ideas-none = There is no fitting idea now. Have a look at the methods: short hints for a meeting.
ideas-no-pair = Ideas are chosen for a pair that meets now.
ideas-no-pair-yet = Ideas will be here once there is a pair. Meanwhile you can read about methods and words.
ideas-which-pair = For which pair?
ideas-unknown = This idea is not in the list any more. Open another one.
ideas-methods-which = Methods are ways to spend a meeting. Which one shall I tell you about?
ideas-methods-more = All methods
ideas-method-unknown = There is no such method in the list. Open «Methods».
ideas-method = { $title }

    { $about }
ideas-method-activity = A task together
ideas-method-discussion = A talk
ideas-method-situations = Working on cases
ideas-method-environment = A new place, people
ideas-method-diagnostic = Looking at growth
ideas-method-motivation = Keeping interest
ideas-method-consulting = Advice, explaining
ideas-method-example = Own example
