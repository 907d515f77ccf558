# heard.ftl - something came in that a program cannot read.
heard-sticker = Stickers cannot be read here. Answer with a button or in words.
heard-voice = Voice messages cannot be heard here. Answer with a button or in words.
heard-photo = Photos are not kept here. Answer with a button or in words.
heard-file = Files are not kept here. Answer with a button or in words.
heard-other = That kind of message cannot be read here. Answer with a button or in words.
heard-empty = The message is empty. Answer with a button or in words.
# Words came together with something that is not taken; the words go on as an answer.
heard-photo-beside = The photo was not received: only words are read here.
heard-voice-beside = The voice message was not received: only words are read here.
heard-file-beside = The file was not received: only words are read here.
heard-other-beside = The attachment was not received: only words are read here.
heard-sticker-beside = The picture was not received: only words are read here.
# The first words of somebody who came by a link. $words: as they were typed.
heard-first-words = You wrote: “{ $words }”. If this is a question, you can ask the curator.
