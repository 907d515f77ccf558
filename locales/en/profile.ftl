# profile.ftl - what Telegram shows of the bot itself: its name, the words in an empty chat, the words of its page.
# $school: the school's name.
profile-name = Mentor · { $school }
profile-name-many = Mentor
profile-description =
    Hello! This is the bot of the mentoring programme: { $school }.

    Here people find a mentor, arrange meetings and can ask for help.

    Press “Start”. You can stop answering and go on at any moment.
profile-description-many =
    Hello! This is the bot of a school's mentoring programme.

    Here people find a mentor, arrange meetings and can ask for help.

    Press “Start”. You can stop answering and go on at any moment.
profile-short = Mentoring at school: find a mentor, arrange a meeting, ask for help.
