"""All tables; importing this package fills `Base.metadata`."""

from storage.tables.base import Base
from storage.tables.consents import Consent, ConsentText
from storage.tables.directories import Candidacy, DirectoryEntry, Interview, SelectionMark
from storage.tables.news import HelpRequest, NewsItem
from storage.tables.outbox import OutboxRow
from storage.tables.pairs import MatchRun, Meeting, Pair, PairMember
from storage.tables.people import Address, Guardianship, Invitation, Participation, Person
from storage.tables.privacy import DeletionAct
from storage.tables.questionnaires import Answer, Asking, Instrument, InstrumentDraft, Response
from storage.tables.schools import JournalEntry, School, SignIn, StoredFile, SystemValue, User
from storage.tables.talks import Conversation, SeenEvent, StreamPlace, WebMessage

__all__ = [
    "Address",
    "Answer",
    "Asking",
    "Base",
    "Candidacy",
    "Consent",
    "ConsentText",
    "Conversation",
    "DeletionAct",
    "DirectoryEntry",
    "Guardianship",
    "HelpRequest",
    "Instrument",
    "InstrumentDraft",
    "Interview",
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
    "SelectionMark",
    "SignIn",
    "StoredFile",
    "StreamPlace",
    "SystemValue",
    "User",
    "WebMessage",
]
