# year.ftl - the end of a school year: what participants are asked.

# $partner: the name of the other side.
year-ask-pair-mentee = The school year is coming to its end. Would you like to go on with the same mentor ({ $partner }) next year? Any answer is fine.
year-ask-pair-mentor = The school year is coming to its end. Would you like to go on in this pair ({ $partner }) next year? Any answer is fine.
year-ask-mentor = A mentor has helped you. Would you like to be a mentor yourself next year? The curator will teach you how. You may say no: nothing changes by that.
year-ask-again = Thank you for being a mentor this year. Would you like to be one next year, too?
year-ask-alumnus = You are leaving school, congratulations! Would you like to stay with us and help younger pupils? If not, the school erases your data in the programme at the usual time.
year-say-pair-yes = Yes, let us go on
year-say-pair-no = No, thank you
year-say-mentor-yes = Yes, I would
year-say-mentor-again = I would rather have a mentor again
year-say-mentor-no = No, thank you
year-say-again-yes = Yes, I would
year-say-again-no = Not this time
year-say-alumnus-yes = Yes, I stay
year-say-alumnus-no = No, thank you
year-thanks-pair-yes = Great, we have noted it. When everybody in the pair has answered, the curator decides and you will be told.
year-thanks-pair-no = Thank you for an honest answer. The pair ends this year calmly, and we will not ask again.
year-thanks-mentor-yes = Great! In autumn the curator will tell you how to begin.
year-thanks-mentor-again = Fine, next year we will look for a mentor for you again.
year-thanks-mentor-no = Thank you for your answer. We will not ask again. If you change your mind, write to the curator.
year-thanks-again-yes = Thank you! In autumn the curator will tell you whom you could help.
year-thanks-again-no = Thank you for everything you have done. We will not ask again.
year-thanks-alumnus-yes = We are glad that you stay. In autumn we will ask for your consent for the new year.
year-thanks-alumnus-no = Thank you for being with us. Good luck! We will not ask again.
year-said-no = Your “no” is noted. You may change your mind: just write to the curator.
year-not-yours = This question is not open now.
year-word-late = The new school year has begun, this question is closed. If something has changed, write to the curator.
year-closed-mentee = The school year is over, and so is the work of your pair ({ $partner }). Thank you for every meeting. Have a good summer!
year-closed-mentor = The school year is over, and so is the work of your pair ({ $partner }). Thank you for your time and warmth.
year-continued-mentee = Everything stays as it is: your mentor ({ $partner }) is with you next school year, too.
year-continued-mentor = Your pair ({ $partner }) goes on next school year. In autumn, sketch a new programme together.
