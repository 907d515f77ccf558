# guardian.ftl - the adult who acts for a child: page of consents, conversation, notices.

guardian-relation-mother = Mother
guardian-relation-father = Father
guardian-relation-guardian = Guardian or custodian
guardian-relation-other = Another legal representative

guardian-kind-pd = Processing of personal data
guardian-kind-participation = Taking part in the programme
guardian-kind-publication = Publishing photos and reviews
guardian-kind-messenger = Contact by messenger

guardian-link-unfit = This link does not work: it has expired or has been used. Please ask the curator for a new one.
guardian-decide-each = Please answer every question: you may agree and you may refuse.
guardian-is-a-pupil = This link is for parents. Send it to your mother, father or guardian: they answer from their own phone.
guardian-too-young = Only an adult can answer for a child: a mother, a father or a guardian. Please pass the link on to them.
guardian-younger = The adult’s year of birth is later than the child’s: it looks like a slip. Please check the year. A mother, father or guardian can answer for the child.
guardian-too-near = Usually an adult at least 14 years older answers for a child. The other parent may answer. If you are the guardian by law, please show the paper at school: the curator will enter the consent from paper.
guardian-born-needed = Please give the adult’s year of birth.
guardian-born-unclear = Write the year of birth with four digits. Example: 1985.
guardian-not-linked = This adult is not linked to the pupil in the programme. Please check the list of representatives.
# $child: first name.
guardian-confirmed = The school has confirmed that you act for { $child }. Your answers now count. You can change your mind any day: write to the curator.

# Conversation. $school: name of the school; $child: first name; $class: class or none.
guardian-hello = { $school }. { $class ->
    [none] { $child } would like to join the school mentoring programme.
   *[other] { $child }, { $class }, would like to join the school mentoring programme.
 } We need your answer to 4 questions, about 3 minutes. You may refuse any of them.
guardian-begin = Who is answering?
guardian-begin-me = I am the mother, father or guardian
guardian-begin-other = This is not for me
guardian-other-way = All right. Please pass the link on to a parent or write to the curator.
# $title, $summary: of the consent; $child: first name; $need: one of the two lines below.
guardian-consent = { $child }: { $title }

    { $summary }

    { $need }
guardian-needed = Taking part is not possible without this consent.
guardian-optional-publication = This is optional: refusing changes nothing.
guardian-optional-messenger = It is up to you. Without it messages stay on the school’s page.
guardian-agree = I consent
guardian-refuse = I do not consent
guardian-full = Full text
guardian-relation = What are you to the child?
guardian-reason = Would you like to say why? Choose an answer or write in your own words. Only the school will see it; you may skip this.
guardian-reason-time = Not enough time
guardian-reason-data = We do not want to pass on data
guardian-reason-unclear = We know too little about the programme
guardian-reason-wish = The child does not want to
guardian-reason-later = Not now, perhaps later
guardian-born = In which year were you born? The school checks that an adult answers. The year is not kept.
guardian-name = Your surname, first name and patronymic in full? Only the school sees it, to confirm that you are the legal representative.
guardian-check = Please check your answers. Child: { $child }.
guardian-row-relation = You are
guardian-row-name = Name
guardian-row-reason = Why
guardian-row-born = Year of birth
guardian-row-yes = yes
guardian-row-no = no
guardian-done = Thank you, your answers are saved. The school will check that you are the legal representative and let you know. No meetings start before that. You can withdraw a consent any day: write to the curator.
guardian-done-refused = Your answers are saved. Without consent to data and to taking part the child does not take part; this does not affect school work. You can change the decision: write to the curator.
