# award.ftl - letters of thanks, diplomas, certificates: words for those who get them. $kind: what it is, $reason: the curator's words.

award-kind-letter = a letter of thanks
award-kind-diploma = a diploma
award-kind-certificate = a certificate
award-told =
    Thank you! The school has made something for you: { $kind }.

    { $reason }

    You can open it, save it and show it to anybody you like.
award-told-plain = Thank you for being with us! The school has made something for you: { $kind }. You can open it, save it and show it to anybody you like.
award-told-family =
    Thank you to your family! The school has made something for you: { $kind }.

    { $reason }

    You can open it and save it.
award-open = Open the document
award-gone = This document cannot be opened now. If you need it, write to the curator.
award-revoked = taken back
