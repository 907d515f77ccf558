# join.ftl - joining the programme.
join-begin = A few short questions, about two minutes. You can leave and go on later.
join-is-it-you = { $class ->
    [none] The school’s list has { $name }. Is that you?
   *[other] The school’s list has { $name }, { $class }. Is that you?
}
join-yes-me = Yes, that is me
join-not-me-button = No, not me
join-link-used = Somebody else has joined by this link already. The curator can give you a new one.
join-not-me = All right. The link was for somebody else. The curator can give you yours.
join-category = What are you to the school?
join-side = How do you want to take part?
join-side-mentee = I need a mentor
join-side-mentor = I can be a mentor
join-side-both = Both
join-form-mentee = Who could be your mentor?
join-form-mentor = Whom would you like to help?
join-no-place = The school’s programme does not take people in this role now. Write to the curator to learn how you can take part.
join-age = How old are you? By law this decides who gives consent.
join-consent = { $title }

    { $summary }
join-agree = I consent
join-refuse = I do not
join-full-text = Full text
join-refused = All right. Without this consent it is not possible to take part, so nothing was written down. You can change your mind any day.
join-first-name = What is your first name?
join-class = Which class are you in?
join-full-name = Write your last, first and middle name. The curator and the school’s papers will show it.
join-workplace = Where do you study or work? Write the organisation and your position.
join-ask-parent = Noted. Now a parent’s consent is needed. Send them this page: it explains everything. A message will come when the school has confirmed it.
join-parent-page = Page for the parent
join-done = Thank you, you are in the programme’s base.
join-in-base = The consent is here and the school has confirmed it. A short questionnaire is left: pairs are found by it.
join-intake-start = Fill in the questionnaire
join-waits = The questionnaire opens when the school has confirmed the consent. A message will come.
join-last-name = Write your last name. Only the school will see it.
join-birth-date = Write your birth date, for example: 05.03.2012. Only the school will see it.
join-birth-date-odd = By this date it is { $years ->
    [one] { $years } year
   *[other] { $years } years
 }. Check the year and write the birth date again, for example: 05.03.2012.
join-nothing-missing = The questionnaire is filled in already. If something has changed, write to the curator.
join-complete = Done! { $admit ->
    [yes] First the curator will talk to you about being a mentor, then find your pair.
   *[no] Now the curator will find your pair.
 } A message will come here.

# Whom one would work with, as short buttons.
join-with-uch-uch-mentee = A senior pupil
join-with-uch-uch-mentor = Help a younger pupil
join-with-uchit-uchit-mentee = An experienced teacher
join-with-uchit-uchit-mentor = Help a colleague
join-with-uchit-uch-mentee = A teacher
join-with-uchit-uch-mentor = Help a pupil
join-with-stud-uch-mentee = A student
join-with-stud-uch-mentor = Help a pupil
join-with-rab-uch-mentee = A specialist at work
join-with-rab-uch-mentor = Help a pupil
join-with-rab-stud-mentee = A specialist at work
join-with-rab-stud-mentor = Help a student
join-with-stud-stud-mentee = A student
join-with-stud-stud-mentor = Help a student
join-with-prep-stud-mentee = A lecturer
join-with-prep-stud-mentor = Help a student
join-with-spec-uch-mentee = A specialist
join-with-spec-uch-mentor = Help a pupil
join-with-vyp-uch-mentee = A former pupil
join-with-vyp-uch-mentor = Help a pupil
join-with-rod-uch-mentee = A parent
join-with-rod-uch-mentor = Help a pupil
join-with-ruk-uchit-mentee = A head
join-with-ruk-uchit-mentor = Help a teacher
join-with-vuz-uchit-mentee = A university teacher
join-with-vuz-uchit-mentor = Help a young teacher
join-with-partner-uchit-mentee = A partner
join-with-partner-uchit-mentor = Help a teacher
join-age-mentor = a mentor
join-age-mentee = a mentee
join-age-between = between { $low } and { $high } years old
join-age-from = { $low } years old or older
join-age-to = { $high } years old or younger
join-age-other = To be { $side } here one is { $range }. The curator, { $curator }, knows what else you can do in the programme.
join-age-no = This role is for those { $range }. The curator knows what else you can do: press «Write to the curator».
join-left = The school has noted that you are no longer there. If this is a mistake, write to the curator.
