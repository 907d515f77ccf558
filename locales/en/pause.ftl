# pause.ftl - "pause" and "resume": whether the bot writes unasked.
pause-button = Pause messages
pause-how-long = How long should the pause be? The bot will not write on its own: no reminders, no news. It still answers your words at once.
# $n: weeks.
pause-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
 }
pause-september = Until 1 September
pause-open = Until I write "resume"
pause-no = No pause
pause-kept = All right, everything stays as it was.
# $until: a date, or none; $curator: name.
pause-done = { $until ->
    [none] The pause has begun. It ends when you write "resume".
   *[other] The pause has begun. On { $until } the bot asks once whether to go on.
 } Your place and your agreed meetings stay. To cancel a meeting, open "Meetings" or write to the curator ({ $curator }).
pause-stranger = The bot never writes first to somebody who is not in the programme yet.
pause-is-over = The pause is over. Shall reminders and news come again? Until you answer, the bot stays silent.
pause-go-on = Go on
pause-longer = Pause again
pause-none = There is no pause: reminders and news come as usual.
# $missed: messages.
pause-ended = { $missed ->
    [0] Good to see you. Reminders and news come again.
   *[other] Good to see you. Reminders and news come again. Messages not sent during the pause: { $missed }. See "Meetings" for what matters now.
 }
pause-meetings = Meetings
