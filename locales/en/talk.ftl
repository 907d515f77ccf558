# talk.ftl - what the conversation engine says around the questions of a flow.
talk-progress = Question { $number } of { $total }
talk-progress-most = Question { $number } of { $total } at most
talk-scale = 1 is { $low }, 10 is { $high }. Press a button or type a number.
talk-many = You may choose several. Tick what fits and press “Done”.
talk-many-limit = { $limit ->
    [one] You may choose { $limit } answer. Tick it and press “Done”.
   *[other] You may choose up to { $limit } answers. Tick them and press “Done”.
  }
talk-ticked = ✓ { $label }
talk-more = Other answers
talk-numbers = Press the buttons or type the numbers: 1, 3.
talk-done = Done ({ $count })
talk-back = Back
talk-skip = Skip
talk-stop = Leave
talk-resume = Go on
talk-forget = Delete the answers
talk-send = Send
talk-change = Change an answer
talk-check-row = { $number }. { $name }: { $value }
talk-change-which = Which answer do you want to change?
talk-left = Your answers are saved. You can go on any day.
talk-left-empty = All right, we are out. You can go on any day.
talk-kept = The other answers stay as they were.
# $number: may be typed in place of the button.
talk-option = { $number } - { $label }
talk-option-ways = Answer by a button or a number. You may also write: { $back ->
    [yes] “back”,{" "}
   *[no] {""}
 }{ $skip ->
    [yes] “skip”,{" "}
   *[no] {""}
 }“leave”.
talk-forgotten = Done. The answers are deleted.
talk-no-way-back = This is the first question.
talk-must-answer = This question needs an answer.
talk-choose-one = Choose at least one answer.
talk-limit-reached = { $limit } are chosen already. Untick one to tick another.
talk-saved = Already saved.
talk-stale = That button belongs to an earlier question. Here is where we are now.
talk-closed = That message no longer waits for an answer. Choose what to do next.
talk-where-were-we = Back to the question.
talk-unknown = I am a program and do not understand everything. Choose from the menu or write to the curator.
talk-guess = I am a program and do not understand everything. Nobody has received these words. Perhaps a button helps:
talk-feeling = If things are hard now, somebody at school will listen: the buttons below lead there. I am a program, and nobody has read these words.
talk-leaving = A pause or leaving
talk-thanks = You are welcome! The word “menu” shows what can be done here.
talk-fine = Fine. If there are buttons above, please answer with a button: words do not count as the answer.
talk-nothing-open = No question is open now. Choose what to do next.
talk-offer-person = If it does not work, ask the curator for help.
talk-private = The next question is about personal data. It opens on the school’s protected page.
talk-private-open = Open the page
talk-private-done = Thank you, noted. You can go on here or in the messenger.
talk-no-tasks = Tasks are shown here to staff whose chat is linked to the admin. You can write to the curator about anything.
talk-tasks-code = Your school asks your role for a code when signing in. Sign in to the admin on the website and switch the code on, then tasks will be here again.
talk-defect = Something broke on our side. Your answers are safe. Try again a little later or write to the curator.
