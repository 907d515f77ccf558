# guide.ftl - short explanations: kinds of mentoring, forms, words.
guide-which = What would you like to know about?
guide-section-model = Kinds of mentoring
guide-section-form = Who supports whom
guide-section-glossary = Words of the programme
guide-what-model = Which kind?
guide-what-form = Which form?
guide-what-glossary = Which word?
guide-card = { $title }. { $about }
guide-card-plus = { $title }. { $about }

    What it is good for: { $plus }
guide-more = More about mentoring
guide-unknown = This explanation is no longer there. Write «guide» to see the list.

# How pairs are matched. $what: things that count, the most important first.
guide-section-matching = How pairs are matched
guide-matching = The programme compares questionnaires and suggests pairs; the curator decides. What counts: { $what }. No participant sees points or the answers of others. If a pair does not suit you, tell the curator: that is all right.
# $said, $next: things that count.
guide-counts-and = { $said }; { $next }
guide-counts-request = what help is wanted and what the mentor helps with
guide-counts-subject = subjects in common
guide-counts-schedule = hours when both are free
guide-counts-interest = interests in common
guide-counts-wish = who was named in the questionnaire
guide-counts-prefer = who chose whom after the group meeting
guide-counts-kind = what mentor is wished for
guide-counts-format = how it is easier to meet
guide-counts-age = the age the mentor is used to working with
guide-counts-elder = that the mentor is not younger
guide-counts-class = that the classes differ
guide-counts-language = a language in common
guide-counts-wait = who has been waiting longer
