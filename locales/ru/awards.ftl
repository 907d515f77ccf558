# awards.ftl - letters of thanks, diplomas, certificates: pages of the admin and words for those who get them.

awards-family = Семье { $name }
awards-family-of = Семья: { $name }
awards-erased = данные удалены

## To participants. $kind: what it is, $reason: the curator's words
awards-kind-letter = благодарственное письмо
awards-kind-diploma = грамота
awards-kind-certificate = сертификат
awards-told =
    Спасибо вам! Школа подготовила документ: { $kind }.

    { $reason }

    Его можно открыть, сохранить и показать, кому захотите.
    .ty =
        Спасибо тебе! Школа подготовила документ: { $kind }.

        { $reason }

        Его можно открыть, сохранить и показать, кому захочешь.
awards-told-plain =
    Спасибо, что вы с нами! Школа подготовила документ: { $kind }. Его можно открыть, сохранить и показать, кому захотите.
    .ty = Спасибо, что ты с нами! Школа подготовила документ: { $kind }. Его можно открыть, сохранить и показать, кому захочешь.
awards-told-family =
    Спасибо вашей семье! Школа подготовила документ: { $kind }.

    { $reason }

    Его можно открыть и сохранить.
awards-open = Открыть документ

## Refusals
awards-nobody = Выберите, кому.
awards-reason-missing = Напишите, за что: эти слова будут в документе.
awards-none-left = Печатать нечего: документы отозваны или данные людей удалены.
awards-gone = Этот документ сейчас недоступен. Если он нужен, напишите куратору.
awards-why-missing = Напишите, почему документ отзывается: это увидят только сотрудники.
