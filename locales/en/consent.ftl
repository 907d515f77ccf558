# consent.ftl - how consents live on: they run out, are renewed, taken back. $child: first name, or none: the reader.

consent-not-yours = Somebody else gives this consent. The curator will answer your questions.
consent-renew = Answer now
consent-give-again = Give the consent again
consent-decide = Decide now
consent-runs-out = { $child ->
    [none] Your consent to take part is valid until { $day }. Please answer once more so that nothing stops: the questions are the same, it takes 2 minutes. You may also refuse.
   *[other] { $child }: the consent to take part is valid until { $day }. Please answer once more so that meetings go on: the questions are the same, it takes 2 minutes. You may also refuse.
 }
consent-runs-out-optional = { $child ->
    [none] The consent to publish photos and comments is valid until { $day }. You may renew it or do nothing: taking part does not depend on it.
   *[other] { $child }: the consent to publish photos and comments is valid until { $day }. You may renew it or do nothing: taking part does not depend on it.
 }
consent-ran-out = { $child ->
    [none] The consent to take part ended on { $day }, so taking part is paused. To go on, answer the same questions. If you do not want to, nothing needs to be done.
   *[other] { $child }: the consent to take part ended on { $day }, so taking part is paused. To go on, answer the same questions. If you do not want to, nothing needs to be done.
 }
consent-own-14 = From the age of 14 the school asks the pupil as well. Please answer the questions: it takes 2 minutes.
consent-own-18 = Happy birthday! From 18 on you give the consent to take part yourself. Please answer the questions: it takes 2 minutes. Until then taking part is paused.
# The curator reminds of a first consent. $child: first name.
consent-remind-own = To take part in the mentoring programme, your consent is needed. The questions take 2 minutes. You may also say no.
consent-remind-child = { $child }: to take part in the mentoring programme, a parent's consent is needed. The questions take 2 minutes. You may also say no: it changes nothing at school.
consent-remind-page = To take part, a parent's consent is needed. Send them this page: everything is explained there. Paper works too: the curator has the form.

consent-own-question = { $title }

    { $summary }

    { $need }
consent-needed = Taking part is not possible without this consent.
consent-optional = This is up to you: refusing changes nothing.
consent-agree = I agree
consent-refuse = I do not agree
consent-full = Full text
consent-nothing-to-renew = Nothing needs to be confirmed now: all answers are there.
consent-refusal-reason = Would you like to say why? It helps the school, but you do not have to.
consent-check = { $child ->
    [none] Please check your answers.
   *[other] Please check your answers. Child: { $child }.
 }
consent-renewed = Thank you, your answers are saved. The consent is valid.
consent-renewed-waits = Thank you, your answers are saved. Taking part begins or goes on once everybody whose consent is needed has answered.
consent-renewed-refused = Your answers are saved. Without the consent taking part is paused; school and marks are not affected. You can change your mind any day: “My data”.
consent-stopped-by-child = { $child } no longer takes part in the programme: that was the child’s own decision. School is not affected. After 30 days the data are erased; until then the child can come back in their own chat: “My data”. The curator is there to talk about it.
consent-child-wants-erasure = { $child } asks for the data in the programme to be erased. Below 14 a parent decides: they can be erased, or everything stays as it is. The curator is there to talk about it.
consent-stopped-by-parent = Taking part was stopped by your parents’ decision. It does not affect school. If you would like to talk about it, write to the curator.
consent-messenger-last = Messages of the programme no longer come here. It goes on in the chat on the school’s site: open it and keep the link, it is yours alone. Paper works too, without the internet: tell the curator.
consent-messenger-open = Open the chat on the site
consent-pair-ended = One of your pairs has finished its work. You did well. Everything else stays as it is. The curator will answer your questions.
consent-pair-ended-meeting = The meeting on { $when } will not take place: this pair has finished its work. You did well. Everything else stays as it is. The curator will answer your questions.
consent-group-paused = The group’s work is paused, planned meetings are called off for now. The bot will write when it can go on. The curator will answer your questions.
consent-group-resumed = The group’s work can go on.
consent-group-aside = While a consent is missing, the group’s invitations do not come here. The place in the group is kept. The curator will answer your questions.
consent-group-back = All consents are there: the group is waiting for you.
consent-pair-paused = The pair’s work is paused, planned meetings are called off for now. The bot will write when it can go on. The curator will answer your questions.
consent-pair-resumed = { $partner }: the pair’s work can go on. Arrange a meeting when it suits you.
