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
