# questionnaire.ftl - questionnaires in the conversation. The questions themselves are data (program/instruments_data).

# $title: of the questionnaire. $count: how many questions at most. $minutes: how long it takes.
questionnaire-start = { $title }. { $count ->
    [one] { $count } question
   *[other] { $count } questions
  }, about { $minutes } min. You can leave and go on later.
# $number, $total: of the part. $name: what it is called.
questionnaire-part = Part { $number } of { $total }: { $name }. You can stop and go on later, your answers stay.
# $name: first name of the child a parent is asked about.
questionnaire-child = Please answer about your child: { $name }.
questionnaire-mentee = Please answer about the one you lead: { $name }. Skip whatever you do not know. Only the curator and the school psychologist will see the answers.

questionnaire-fate = The curator and the school's psychologist see the marks, the other side of a pair does not. Who reads words stands under the question. The school's tables hold no names and no groups of fewer than five.

# Invitations. $title: of the questionnaire. $minutes: how long it takes. $name: of the child.
questionnaire-invite = { $title }. It takes about { $minutes } min. You can skip almost every question.
questionnaire-invite-child = { $title }: { $name }. It takes about { $minutes } min. You can skip almost every question.
questionnaire-again = “{ $title }” is still open. If you have no time for it, we will not remind you again.
questionnaire-again-child = “{ $title }” ({ $name }) is still open. If you have no time for it, we will not remind you again.
questionnaire-invite-anonymous = { $title }. The poll is anonymous: nobody will learn who answered what. It takes about { $minutes } min.
questionnaire-again-anonymous = The anonymous poll “{ $title }” is still open. If now is not the time, we will not mention it again.
questionnaire-pair = About your pair: { $partner }. The curator and the school's psychologist will see the answers, the other side will not.
questionnaire-invite-pair = { $title }: { $partner }. Three short questions, less than a minute.
questionnaire-again-pair = { $title }: { $partner }. Three questions are still waiting. If now is not the time, we will not mention them again.
questionnaire-begin = Answer

questionnaire-check = Please check your answers. Is there anything to change?
questionnaire-thanks = Thank you, your answers are saved.
questionnaire-skipped = skipped

# Who reads a free answer, beside the question.
questionnaire-reader-curator = Only the curator will read your answer.
questionnaire-reader-psychologist = Only the curator and the school psychologist will read your answer.
questionnaire-reader-pair = The curator and the other member of the pair will read your answer.

# $low, $high: bounds of the number.
questionnaire-bounds = Write a number from { $low } to { $high }.
questionnaire-range = Write two numbers from { $low } to { $high }, for example: { $low }–{ $high }.
questionnaire-date = Write a date, for example 15.09.2026.
# $limit: how many options may be chosen.
questionnaire-too-many = You can choose at most { $limit }.

# Refusals. $question: the words of the question. $title: of the questionnaire.
questionnaire-needed = This question needs an answer before we go on: “{ $question }”
questionnaire-unknown = The school has no such questionnaire. Write to the curator if you expected it.
questionnaire-not-yours = This questionnaire is not for you at the moment. If that is a mistake, write to the curator.
questionnaire-done-already = You have already filled in “{ $title }”. If something has changed, write to the curator.
questionnaire-no-consent = No consent is in force now, so we do not write the answers down. Consent can be given again under “My data”; the curator can help.
questionnaire-closed = “{ $title }” is closed by now. If there is something to say, write to the curator.
