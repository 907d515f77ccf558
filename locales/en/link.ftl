# link.ftl - one person in several messengers.

link-settings = What shall we set?
link-back = Settings
link-aloud = Answers in the text, too
link-aloud-on = Done. The answers on offer will stand in the text, too, with numbers.
link-aloud-off = Done. The answers on offer stay on the buttons.
link-language = Language
link-another = Another messenger
link-code = Open the link where you want to go on, or send the code { $code } to the bot there. It works for { $minutes } minutes and only once. Show it to nobody: it opens your conversation.
link-open = Go on elsewhere
link-done = Good to see you here. You can write here as well; everything goes on from the same place.
link-late = This code works no more. Write “link” in your first chat to get a new one.
link-taken = This chat is already used by somebody else, so it cannot be linked. If that is a mistake, the curator, { $curator }, can help.
link-elsewhere = One more chat now belongs to your conversation: { $channel ->
    [telegram] Telegram
    [vk] VK
   *[other] a page in the browser
 }. If this was not you, write to the curator.
link-closed = Your participation has been stopped, so another chat cannot be linked. Write to the curator.
link-card-begun = Somebody has already begun with this card in another chat. If it was you, go on there. If not, write to the curator.
