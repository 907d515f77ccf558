# menu.ftl - the constant menu: at most six entries.
menu-join = I want to take part
menu-pair = My pair
menu-meetings = Meetings
menu-help = I need help
menu-curator = Write to the curator
menu-privacy = My data
menu-commands = Help
menu-tasks = Tasks
