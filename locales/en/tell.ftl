# tell.ftl - a story for the school's news, proposed by somebody of the programme.

# Buttons.
tell-tell = Suggest a story of your own
tell-photo = Add a photo
tell-mine = My stories
tell-more = Tell another story
tell-recall = Take the story back
tell-named-yes = Yes, with my name
tell-named-no = Rather without
tell-send = Send to the curator
tell-drop = Do not send
tell-recall-yes = Take it back
tell-recall-no = Leave it

# The conversation. $curator: name. $least, $most: characters.
tell-hello = Here you can suggest news about mentoring: what worked, what you learned, what you would like to share. At first only the curator ({ $curator }) reads it. The school decides what is published and may edit the words before.
tell-words = Write your story, up to { $most } characters. Better not name others by surname: that needs their consent.
tell-short = That is very short. Write a little more, at least { $least } characters.
tell-named = May the news name you? With a name it is published only if there is a consent to publication.
# $words: the story. $named: yes or no.
tell-sure = Your story:

    { $words }

    { $named ->
        [yes] It may carry the name.
       *[no] Without a name.
    }
tell-dropped = All right, nothing was sent.
tell-kept = Thank you, the curator has your story. The bot writes when the school has decided. A photo can be added: the school's page takes it. Until there is a decision, you may take the story back.

# Own stories. $words: their beginning. $state: another text.
tell-line = "{ $words }": { $state }.
tell-state-new = waits for the curator
tell-state-taken = being prepared
tell-state-published = published
tell-state-declined = not in the news
tell-none = No stories yet.
tell-more-how = If something in a story needs correcting, take it back and write it anew.
tell-recall-sure = Take the story back? It is deleted with its photo, the curator sees it no more.
tell-recalled = The story is deleted.
tell-stays = The story stays with the curator.

# What the school decided. $title: of the news item. $words: of the curator.
tell-published = Your story is in the school's news: "{ $title }". Thank you!
tell-declined = Thank you for the story. It did not go into the school's news this time, but it is good that you shared it.
tell-declined-words = Thank you for the story. It did not go into the school's news this time. The curator writes: { $words }

# The page of the photo. $megabytes: the largest file.
tell-photo-title = A photo for the story
tell-photo-lead = Only the curator sees the photo. It can be published if everybody to be seen on it has a consent to publication.
tell-photo-again = There is a photo already; a new one takes its place.
tell-photo-which = Photo
tell-photo-limits = JPG or PNG, up to { $megabytes } MB. Place and time of the shot are removed.
tell-photo-send = Add
tell-photo-kept = The photo is with the story now.
tell-photo-none = No photo was chosen. Choose one and press again.

# Refusals. $least, $most: characters.
tell-not-here = News are suggested by those who take part. Write to the curator for advice.
tell-many = The curator has several of your stories already. You can send another when those are decided.
tell-length = A story has { $least } to { $most } characters.
tell-decided = This story is not here any more: it was decided or taken back.
