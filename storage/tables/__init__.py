"""All tables; importing this package fills `Base.metadata`."""

from storage.tables.base import Base
from storage.tables.consents import Consent, ConsentText
from storage.tables.news import HelpRequest, NewsItem
from storage.tables.outbox import OutboxRow
from storage.tables.pairs import MatchRun, Meeting, Pair, PairMember
from storage.tables.people import Address, Guardianship, Invitation, Participation, Person
from storage.tables.privacy import DeletionAct
from storage.tables.questionnaires import Answer, Instrument, Response
from storage.tables.schools import JournalEntry, School, SignIn, StoredFile, SystemValue, User
from storage.tables.talks import Conversation, SeenEvent, StreamPlace, WebMessage

__all__ = [
    "Address",
    "Answer",
    "Base",
    "Consent",
    "ConsentText",
    "Conversation",
    "DeletionAct",
    "Guardianship",
    "HelpRequest",
    "Instrument",
    "Invitation",
    "JournalEntry",
    "MatchRun",
    "Meeting",
    "NewsItem",
    "OutboxRow",
    "Pair",
    "PairMember",
    "Participation",
    "Person",
    "Response",
    "School",
    "SeenEvent",
    "SignIn",
    "StoredFile",
    "StreamPlace",
    "SystemValue",
    "User",
    "WebMessage",
]
