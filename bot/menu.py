"""What a person can start: flows by name, words and commands that open them, the home menu."""

from __future__ import annotations

from functools import cache

from actions.care_staff import STAFF_CHAT
from bot.flows import (
    basics,
    consent,
    encounters,
    encounters_after,
    encounters_pool,
    feedback,
    gathering,
    goals,
    guardian,
    guide,
    help,
    ideas,
    join,
    link,
    meeting,
    meeting_after,
    meeting_calendar,
    meeting_met,
    pair,
    pair_wishes,
    pause,
    plan,
    plan_done,
    plan_draft,
    privacy,
    questionnaire,
    relay,
    story,
    tasks,
    training,
    year,
)
from bot.talk import Flow
from bot.turn import Turn
from locales import Texts
from program.names import folded
from program.outgoing import Choice
from program.roles import NOT_JOINED
from program.text import Text

FLOWS: dict[str, Flow] = {
    "start": basics.start,
    "menu": basics.menu,
    "commands": basics.commands,
    "stop": basics.stop,
    "help": help.help_me,
    "help-more": help.help_more,
    "care-take": help.care_take,
    "curator": help.to_curator,
    "my-pair": basics.my_pair,
    "pair-yes": pair.yes,
    "pair-no": pair.no,
    "pair-more": pair_wishes.more,
    "pair-pause": pair_wishes.pause,
    "pair-resume": pair_wishes.resume,
    "pair-replace": pair_wishes.replace,
    "pair-longer": pair_wishes.longer,
    "pair-shorter": pair_wishes.shorter,
    "pair-end": pair_wishes.end,
    "pair-agree": pair_wishes.agree_on_end,
    "privacy": privacy.known,
    "privacy-who": privacy.who_sees,
    "privacy-fix": privacy.fix,
    "privacy-withdraw": privacy.withdraw,
    "privacy-erase": privacy.erase,
    "consent-renew": consent.renew,
    "language": basics.language,
    "settings": link.settings,
    "link": link.link,
    "aloud": link.aloud,
    "linked": link.linked,
    "join": join.join,
    "intake": join.intake,
    "guardian": guardian.guardian,
    "guide": guide.guide,
    "questionnaire": questionnaire.questionnaire,
    "training": training.training,
    "training-read": training.training_read,
    "feedback": feedback.feedback,
    "feedback-start": feedback.feedback_start,
    "meeting": meeting.meeting,
    "meeting-reply": meeting.meeting_reply,
    "meeting-other": meeting.meeting_other,
    "meeting-cancel": meeting.meeting_cancel,
    "meeting-cancel-note": meeting.meeting_note,
    "gathering": gathering.gathering,
    "calendar": meeting_calendar.calendar,
    "calendar-change": meeting_calendar.calendar_change,
    "meeting-link": meeting.meeting_link,
    "meeting-met": meeting_met.met,
    "meeting-outcome": meeting_after.meeting_outcome,
    "meeting-came": meeting_after.meeting_came,
    "meeting-diary": meeting_after.diary,
    "meeting-step": meeting_after.diary_step,
    "meeting-length": meeting_after.diary_length,
    "meeting-notes": meeting_after.diary_read,
    "encounters": encounters.encounters,
    "encounter": encounters.encounter,
    "encounter-wishes": encounters.encounter_wishes,
    "encounter-leave": encounters.encounter_leave,
    "encounter-offer": encounters.encounter_offer,
    "encounter-came": encounters_after.encounter_came,
    "encounter-feedback": encounters_after.encounter_feedback,
    "encounter-words": encounters_after.encounter_words,
    "pool-ask": encounters_pool.pool_ask,
    "pool-topics": encounters_pool.pool_topics,
    "pool-take": encounters_pool.pool_take,
    "pool-answer": encounters_pool.pool_answer,
    "pool-more": encounters_pool.pool_more,
    "pool-done": encounters_pool.pool_done,
    "pool-back": encounters_pool.pool_back,
    "pool-meet": encounters_pool.pool_meet,
    "pool-mine": encounters_pool.pool_mine,
    "plan": plan.plan,
    "plan-more": plan.more,
    "plan-read": plan.read,
    "plan-draft": plan_draft.draft,
    "plan-change": plan_draft.change,
    "plan-event": plan_draft.event,
    "plan-send": plan.send,
    "plan-agree": plan.agree,
    "plan-propose": plan.propose,
    "plan-wish": plan.wish,
    "plan-done": plan_done.done,
    "plan-undo": plan_done.undo,
    "plan-fact": plan_done.fact,
    "plan-result": plan.result,
    "goal": goals.goal,
    "goal-look": goals.look,
    "achievement": goals.achievement,
    "diploma": goals.diploma,
    "project": goals.project,
    "hours": goals.hours,
    "idea": ideas.idea,
    "idea-take": ideas.idea_take,
    "ideas-ours": ideas.ours,
    "methods": ideas.methods,
    "my-meetings": meeting.my_meetings,
    "year-say": year.year_say,
    "pause": pause.pause,
    "go-on": pause.go_on,
    "tasks": tasks.tasks,
    "task": tasks.task,
    "relay": relay.relay,
    "relay-read": relay.relay_read,
    "relay-mute": relay.relay_mute,
    "relay-loud": relay.relay_loud,
    "relay-report": relay.relay_report,
    "story": story.story,
    "stories": story.mine,
    "story-recall": story.recall,
}

TO_CURATOR = Choice(Text("menu-curator"), "f:curator")

# Words work in every channel; commands are Telegram's form of the same. Source: ux.md 1.2.
COMMANDS = {
    "start": "start", "начать": "start", "старт": "start",
    "menu": "menu", "меню": "menu",
    "help": "commands", "помощь": "commands", "что ты умеешь": "commands",
    "guide": "guide", "что такое": "guide", "словарь": "guide", "что такое наставничество": "guide",
    "материалы": "training", "materials": "training", "training": "training",
    "idea": "idea", "идея": "idea", "идеи": "idea", "идея для встречи": "idea", "методы": "methods", "methods": "methods",
    "анкета": "intake", "questionnaire": "intake",
    "sos": "help", "мне нужна помощь": "help",
    "contact": "curator", "написать куратору": "curator", "куратор": "curator",
    "meeting": "my-meetings", "встреча": "my-meetings", "встречи": "my-meetings", "мои встречи": "my-meetings",
    "oneoff": "encounters", "разовые встречи": "encounters",
    "mymentor": "my-pair", "моя пара": "my-pair", "мой наставник": "my-pair",
    "write": "relay", "переписка": "relay", "написать наставнику": "relay", "написать подопечному": "relay",
    "plan": "plan", "план": "plan", "наш план": "plan", "мой план": "plan", "программа": "plan",
    "privacy": "privacy", "мои данные": "privacy",
    "settings": "settings", "настройки": "settings", "language": "language", "язык": "language",
    "pause": "pause", "пауза": "pause", "resume": "go-on", "продолжить": "go-on", "continue": "go-on",
    "link": "link", "другой мессенджер": "link", "связать": "link",
    "story": "story", "предложить новость": "story", "рассказать": "story", "мои рассказы": "stories",
    "tasks": "tasks", "задачи": "tasks", "мои задачи": "tasks",
}  # fmt: skip

GREETINGS = frozenset(
    {
        "привет", "здравствуйте", "здравствуй", "добрый день", "добрый вечер", "доброе утро", "хай", "ку", "да", "ок",
        "hi", "hello", "hey", "yes", "ok", "+",
    }
)  # fmt: skip

# Behind Telegram's «/» button, in this order; described in locales/*/command.ftl. Source: ux.md 1.2.
# For somebody of whom nothing is known yet; each chat's own list: bot/commands.py.
LISTED = (
    "start",
    "sos",
    "menu",
    "meeting",
    "mymentor",
    "help",
    "privacy",
    "contact",
    "cancel",
    "pause",
    "settings",
)

# Words that act on the open question.
CONTROLS = {
    "back": "back", "назад": "back",
    "skip": "skip", "пропустить": "skip",
    "done": "done", "готово": "done",
    "cancel": "stop", "отмена": "stop", "выйти": "stop", "стоп": "stop", "stop": "stop",
    "позже": "stop",
}  # fmt: skip


# With nothing to leave these mean the programme itself.
STOPS = ("стоп", "stop")


def stops(text: str) -> bool:
    return _bare(text) in STOPS


def command(text: str) -> str | None:
    """The flow that typed words open, or None."""
    return COMMANDS.get(_bare(text))


def greets(text: str) -> bool:
    """Words that say nothing but hello."""
    return _bare(text) in GREETINGS


def says_hello(text: str) -> bool:
    """A greeting proper; «да» and «ок» said to nothing are none."""
    return greets(text) and _bare(text) not in ("да", "ок", "yes", "ok", "+")


def control(text: str) -> str | None:
    return CONTROLS.get(_bare(text))


def _bare(text: str) -> str:
    words = folded(text)
    if words.startswith("/"):
        words = words[1:].split("@")[0].split(" ")[0]
    return words.strip(" .!?")


PAIR = Choice(Text("menu-pair"), "f:my-pair")
MEETINGS = Choice(Text("menu-meetings"), "f:my-meetings")
HELP = Choice(Text("menu-help"), "f:help")
PRIVACY = Choice(Text("menu-privacy"), "f:privacy")
ALL_COMMANDS = Choice(Text("menu-commands"), "f:commands")

VISITOR_HOME = (Choice(Text("menu-join"), "f:join"), HELP, TO_CURATOR, PRIVACY, ALL_COMMANDS)
HOME = (PAIR, MEETINGS, HELP, TO_CURATOR, PRIVACY, ALL_COMMANDS)

TASKS = Choice(Text("menu-tasks"), "f:tasks")
# In the chat of a member of staff; «Мои данные» stand under «Помощь» there.
STAFF_HOME = (TASKS, *(one for one in HOME if one is not PRIVACY))


async def home(turn: Turn) -> tuple[Choice, ...]:
    """The constant menu: at most six entries, always in the same order. Source: ux.md B5."""
    if turn.person.preferences.get(STAFF_CHAT):
        return STAFF_HOME
    # Whoever has only opened a card has not joined yet: the way to it stands in their menu.
    joined = turn.person.state not in NOT_JOINED
    return HOME if joined else VISITOR_HOME


def pressed_home(turn: Turn, text: str) -> str | None:
    """The flow of a home entry whose label was sent as words (Telegram's lower keyboard does that)."""
    words = turn.words
    return _home_words(words.language, words.familiar).get(folded(text))


@cache
def _home_words(language: str, familiar: bool) -> dict[str, str]:
    """The flows of the home entries by their labels as this reader sees them."""
    words = Texts(language, familiar=familiar)
    entries = (*HOME, *VISITOR_HOME, TASKS)
    return {folded(words(one.label)): one.data.removeprefix("f:") for one in reversed(entries)}
