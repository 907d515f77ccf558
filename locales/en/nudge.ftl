# nudge.ftl - friendly words that the house says by itself. $partner: the other side.
nudge-unfinished-answers = You began to answer and stopped. The answers are kept: go on from the same place or leave it as it is.
nudge-unfinished-join = You began to get to know the programme. The answers are kept: go on from the same place or leave it as it is.
nudge-no = No, thanks
nudge-meet = The calendar has had no meeting for a while: { $partner }. It happens when there is much to do. You can choose a time or look at an idea. If you have met, note it here or in «Meetings».
nudge-arrange = Arrange a meeting
