# awards.ftl - letters of thanks, diplomas, certificates: words for those who get them.

awards-kind-letter = a letter of thanks
awards-kind-diploma = a diploma
awards-kind-certificate = a certificate
awards-told =
    Thank you! The school has made something for you: { $kind }.

    { $reason }

    You can open it, save it and show it to anybody you like.
awards-told-plain = Thank you for being with us! The school has made something for you: { $kind }. You can open it, save it and show it to anybody you like.
awards-told-family =
    Thank you to your family! The school has made something for you: { $kind }.

    { $reason }

    You can open it and save it.
awards-open = Open the document
awards-gone = This document cannot be opened now. If you need it, write to the coordinator.
