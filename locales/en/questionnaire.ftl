# questionnaire.ftl - questionnaires in the conversation. The questions themselves are data (program/instruments_data).

# $title: of the questionnaire. $count: how many questions at most. $minutes: how long it takes.
questionnaire-start = { $title }. { $count ->
    [one] { $count } question
   *[other] { $count } questions
  }, about { $minutes } min. You can leave and go on later.
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
# $limit: how many options may be chosen.
questionnaire-too-many = You can choose at most { $limit }.

# Refusals. $question: the words of the question. $title: of the questionnaire.
questionnaire-needed = This question needs an answer before we go on: “{ $question }”
questionnaire-unknown = The school has no such questionnaire. Write to the curator if you expected it.
questionnaire-not-yours = This questionnaire is not for you at the moment. If that is a mistake, write to the curator.
questionnaire-done-already = You have already filled in “{ $title }”. If something has changed, write to the curator.
