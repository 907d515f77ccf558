# gathering.ftl - meetings of the whole programme: the first one (m0) and the last one (m6).

gathering-invited =
    You are invited: { $kind }.
    { $when }, { $minutes } minutes.
    { $where }
    Can you come?
gathering-moved =
    Changed: { $kind }.
    { $when }, { $minutes } minutes.
    { $where }
    Can you come?
gathering-soon =
    Reminder. { $when }: { $kind }.
    { $where }
gathering-coming-up =
    { $when } — { $kind }.
    { $where }
gathering-off = It will not take place: { $kind }, { $when }. If there is a new day, a message will come.
gathering-coming = I will come
gathering-cannot = I cannot come
gathering-coming-kept = Good, see you there. There will be a reminder.
gathering-cannot-kept = Fine, passed on. No reason is needed.

gathering-state-planned = ahead
gathering-state-held = was held
gathering-state-cancelled = called off
gathering-state-came = was there
gathering-state-absent = was not there

# Refusals.
gathering-unknown = There is no such general meeting. Open “Meetings” in the menu.
gathering-began = This meeting has begun already.
gathering-past = The day and the hour have to lie ahead.
# $most: minutes.
gathering-minutes-odd = The length is from 10 to { $most } minutes.
gathering-no-place = Write where the meeting is.
gathering-no-link = An online meeting needs a link that begins with https://.
gathering-nobody = There is nobody to invite: those chosen have no consents that hold, or are not in the programme.
