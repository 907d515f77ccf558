# feedback.ftl - the poll after a meeting. $partner: the other side. $when: day and time of the meeting.
feedback-invite = Meeting: { $partner }, { $when }. How did it go? A few short questions, less than a minute.
feedback-answer = Answer
feedback-about = Meeting: { $partner }, { $when }.
feedback-thanks = Thank you, your answer is saved.
feedback-told = Thank you. The curator will see this and get in touch with you.

# Refusals.
feedback-not-yours = This meeting is not one of yours.
feedback-not-held = Nobody has said yet that this meeting took place.
feedback-done = Your answer about this meeting is already saved. Thank you!
feedback-closed = The poll about this meeting is closed: more than a week has passed. If something matters, write to the curator.
