# answer.ftl - an answer could not be read: what to do, with an example.
answer-choose = Press a button or type a number from 1 to { $last }.
answer-choose-many = Press the buttons or type numbers from 1 to { $last } with commas, for example: 1, 2.
answer-empty = Please answer in words.
answer-too-long = That is { $length } characters; { $limit } fit. Please write less.
answer-number = Type a number from { $low } to { $high }, for example: { $low }.
answer-name = Write the name in letters, for example: Anna.
answer-last-name = Write the last name in letters, for example: Kotova.
answer-middle-name = Write the patronymic in letters, for example: Sergeevna.
answer-full-name = Write the last and first name, for example: Kotova Anna.
answer-class = Write the class, for example: 8А.
answer-date = Write the date like this: 05.03.2012.
answer-phone = Write the whole number, for example: 8 912 345-67-89.
