# relay.ftl - writing to each other through the bot. $partner: a first name or a group; $name: a first name.

relay-write-mentee = Write to the mentor
relay-write-mentor = Write to the mentee
relay-write-group = Write to the group
relay-answer = Answer
relay-more = Write more
relay-again = Write anew
relay-mute = Quiet till morning
relay-loud = Send at once again
relay-report = Something is wrong
relay-read = All messages
relay-read-of = Messages: { $partner }
relay-who = Who reads this

relay-me = You
relay-group = the group
relay-group-named = the group “{ $title }”

relay-rules = To: { $partner }. You write through the bot: the other side sees neither phone nor page, only the first name and the message.
relay-rules-school = At school the curator ({ $curator }) can read this. The psychologist reads it only when something is worrying or somebody has complained. Each such reading is noted. Parents, the head and teachers do not read it.
relay-rules-held = { $held ->
    [yes] Messages with a phone, a link, a card number or a hurtful word may be looked at by the curator first. Words that sound as if somebody were unwell or in danger go at once to the grown-ups of the school, not to the other side.
   *[no] Words that sound as if somebody were unwell or in danger go at once to the grown-ups of the school, not to the other side.
 }
relay-rules-final = What is sent cannot be changed or deleted. { $photos ->
    [off] Photos, voice and files are not passed on here.
   *[other] A photo can be added on the school's page; voice and files are not passed on.
 } Messages are kept while the pair works and 30 days longer. If the grown-ups of the school are still dealing with a complaint or a worry in them, they are kept until that is done.
relay-rules-kept = Your message is kept; it has not been sent yet. Above you can read who may see it. If that is fine, press “I see”.
relay-understood = I see
relay-not-now-button = Not now
relay-not-now-said = All right. You can come back any time from “My pair”.
relay-who-reads = You write to each other through the bot. At school the curator can read it, the psychologist only when something is worrying.

relay-whom = To whom?
relay-whom-kept = Your message is kept. Who is it for?
relay-words = To: { $partner }. Write your message.
relay-words-again = Write it in another way.
relay-found-phone = There seems to be a phone number. You can agree on a meeting right in the bot, without numbers.
relay-found-card = There seems to be a card number. No money is needed here: neither transfers nor cards.
relay-found-email = There seems to be an e-mail address. You can write to each other right here.
relay-found-nick = There seems to be a name or page in another messenger. You can write to each other right here.
relay-found-link = There seems to be a link. The curator first looks where it leads.
relay-found-address = There seems to be a home address. Better meet at school or where the curator knows.
relay-found-insult = Some word may hurt. That happens when things pile up. The same can be said in another way.
relay-sure-hold = Change the message or let the curator look at it? It will be passed on or given back.
relay-sure-warn = Change the message or send it as it is?
relay-change = Change
relay-to-curator = To the curator
relay-send-so = Send it so
relay-drop = Do not send
relay-dropped = All right, nothing was sent.

# Words for the other side outside letters: a place, a topic, a next step, a link. Said at once instead of holding them.
relay-here-phone = It looks as if there is a phone number. The other side will see these words, so numbers are not written here. Please write without it.
relay-here-card = It looks as if there is a card number. No money is needed in the programme. Please write without it.
relay-here-email = It looks as if there is an e-mail address. You can write to each other through the bot. Please write without it.
relay-here-nick = It looks as if there is a nickname or a page in another messenger. You can write to each other through the bot. Please write without it.
relay-here-link = It looks as if there is a link. A link can be sent as a message through the bot: the curator looks where it leads. Please write without it here.
relay-here-address = It looks as if there is a home address. It is better to meet at school or where the curator knows about it. Please write without it.
relay-here-insult = It seems that some word may hurt. It happens when a lot has built up. Please say the same in another way.
relay-here-meeting-link = A link to a video meeting is needed here: Sferum, VK Calls, Telemost, Zoom, Tolk, Jazz and the like. Another site has to be put on the school's list by the curator first.

relay-photo = Add a photo
relay-photo-how = A photo can be added on the school's page.
relay-photo-in = (photo) { $words }
relay-photo-title = A photo for your messages
relay-photo-lead = To: { $partner }. One photo, JPEG or PNG, up to 5 MB. The place and time of the shot are removed.
relay-photo-held = The curator looks at the photo first.
relay-photo-file = Photo
relay-photo-words = A few words, if you like
relay-photo-send = Send
relay-photo-back = Back to the chat
relay-photo-kept = The words are still here to copy
relay-photo-none = Choose a photo.
relay-photo-lost = The photo was not kept: nobody sees it.
relay-photo-off = At this school photos are not passed on by the bot. You can show them when you meet.

relay-sent = Sent. To: { $partner }.
relay-sent-later = Sent. To: { $partner }. It is not the best time now, so it will arrive later: { $when }.
relay-sent-silent = Sent. To: { $partner }. There is a pause in messages there, so an answer may take a while. Something urgent is better passed on by the curator.
relay-held = The curator has the message and will pass it on or give it back with a word. To: { $partner }, not seen yet.
relay-care = This message was not sent to the other side: only the grown-ups of the school see it. If the bot has got it wrong, you can write it in another way or tell the curator.

relay-incoming = { $name } writes through the bot:
relay-incoming-group = { $name } writes, { $group }:
relay-incoming-part = { $name } writes through the bot (part { $number } of { $of }):
relay-incoming-photo = A photo through the bot. From: { $name }.
relay-released = The curator has looked at the message and passed it on.
relay-returned = The curator has given the message back: it was not sent. You can write it in another way.
relay-note = The curator's words: { $words }

relay-all = Messages. { $partner }.
relay-empty = Nothing here yet. { $partner }.
relay-closed-now = Nothing can be written here now, but it can be read.
relay-line-sent = { $name }, { $when }: { $words }
relay-line-held = { $name }, { $when } (with the curator): { $words }
relay-line-returned = { $name }, { $when } (given back): { $words }
relay-state-sent = sent
relay-state-held = with the curator
relay-state-returned = given back
relay-state-care = passed to the grown-ups of the school

relay-muted = All right: messages of this pair will come in the morning, { $when }. The other side will not know.
relay-loud-again = All right, messages come at once again.

relay-report-what = The curator and the psychologist will look at this message. Its author will not know about the complaint. You may add a few words.
relay-report-sent = Thank you for telling us. The grown-ups of the school will look at the message and get in touch with you.
relay-card = Complaint about message { $id } in a pair's correspondence (section “Переписка”). Words: { $words }
relay-bubble-old = Message deleted: the time for keeping it is over.

relay-none = There is nobody to write to yet: no pair is at work. You can write to the curator any time.
# Below it, where letters of a pair that is over are still kept.
relay-none-kept = You can still read the earlier messages.
relay-not-yours = These messages are not yours or are gone. If something is wrong, write to the curator.
relay-off = At this school messages through the bot are off. A meeting can be agreed on in “My pair”, the curator passes on the rest.
relay-not-begun = The pair has not begun yet. You can write as soon as both sides agree.
relay-paused = Messages are paused now. It says nothing about anybody: sometimes the school needs time. You can write to the curator any time.
relay-over = This pair has ended, there are no new messages. The curator can help to pass something on.
relay-unreachable = Messages of the bot do not reach the other side now. The curator sees that and can pass on what matters.
relay-many = Many messages have been written this hour: let the other side read them. You can go on a little later.
relay-length = A message has from one to { $limit } characters. A long one can be divided.
relay-decided = This message has been decided on already.
relay-not-now = It cannot be passed on: the pair is not at work, or its author or the person it was written to is not in it now. You can give it back.
