# command.ftl - what stands beside each command behind Telegram's “/” button.
command-start = Where to begin
command-sos = I need help
command-menu = Main menu
command-meeting = Meetings
command-mymentor = My pair
command-help = What you can write
command-privacy = My data
command-contact = Write to the curator
command-cancel = Leave the questions, answers are kept
command-settings = Language
command-pause = Pause: the bot does not write first
command-tasks = Tasks: what waits for a decision
command-plan = The plan of your pair
command-write = Write to your pair
command-idea = An idea for a meeting
command-training = Materials for mentors
