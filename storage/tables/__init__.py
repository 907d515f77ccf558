"""All tables; importing this package fills `Base.metadata`."""

from storage.tables.accounts import RecoveryCode, SecondStep, StaffInvitation
from storage.tables.ballots import Ballot
from storage.tables.base import Base
from storage.tables.bulk import BulkChange, BulkChangeLine
from storage.tables.care import CareNote, HelpRequest, StaffChat
from storage.tables.comparisons import Comparison
from storage.tables.consents import Consent, ConsentText
from storage.tables.directories import Candidacy, DirectoryEntry, Interview, SelectionMark
from storage.tables.encounters import Encounter, Impression, PoolQuestion, PoolWord, Seat
from storage.tables.exports import ExportJob, ExportPart, SchoolKeys, TownNumbers, TownSchool
from storage.tables.group_changes import GroupChange
from storage.tables.ideas import PairIdea, SchoolIdea
from storage.tables.mailings import Mailing
from storage.tables.meetings import Attendance, Gathering, Invitee, MeetingNote
from storage.tables.news import NewsIdea, NewsItem, NewsStory, Takedown
from storage.tables.outbox import OutboxRow
from storage.tables.packs import PackFile, PackJob
from storage.tables.pairs import Ban, MatchRun, Meeting, Pair, PairAnswer, PairMember, PairRequest
from storage.tables.partners import Partner, PartnerDeed, PartnerPerson
from storage.tables.people import Address, Guardianship, Invitation, Participation, Person
from storage.tables.plan_words import PlanFact, PlanWord
from storage.tables.plans import (
    Achievement,
    Goal,
    GoalMark,
    MentorHours,
    Plan,
    PlanAcknowledgement,
    PlanAmendment,
    PlanItem,
    PlanVersion,
    Project,
)
from storage.tables.privacy import DeletionAct
from storage.tables.public_page import PublicEdition
from storage.tables.questionnaires import Answer, Asking, Instrument, InstrumentDraft, Response
from storage.tables.relay import RelayAddressee, RelayMessage, RelayReader
from storage.tables.roadmap import RoadmapEvent, RoadmapProof, RoadmapStage
from storage.tables.saved_views import SavedView
from storage.tables.school_papers import SchoolPaper, SchoolPaperVersion
from storage.tables.school_year import ErasedCount, YearLine, YearTurn, YearWord
from storage.tables.schools import JournalEntry, School, SignIn, StoredFile, SystemValue, User
from storage.tables.talks import Conversation, SeenEvent, StreamPlace, WebMessage
from storage.tables.templates import IssuedPaper, OwnTemplate
from storage.tables.worries import PairWorry

__all__ = [
    "Achievement",
    "Address",
    "Answer",
    "Asking",
    "Attendance",
    "Ballot",
    "Ban",
    "Base",
    "BulkChange",
    "BulkChangeLine",
    "Candidacy",
    "CareNote",
    "Comparison",
    "Consent",
    "ConsentText",
    "Conversation",
    "DeletionAct",
    "DirectoryEntry",
    "Encounter",
    "ErasedCount",
    "ExportJob",
    "ExportPart",
    "Gathering",
    "Goal",
    "GoalMark",
    "GroupChange",
    "Guardianship",
    "HelpRequest",
    "Impression",
    "Instrument",
    "InstrumentDraft",
    "Interview",
    "Invitation",
    "Invitee",
    "IssuedPaper",
    "JournalEntry",
    "Mailing",
    "MatchRun",
    "Meeting",
    "MeetingNote",
    "MentorHours",
    "NewsIdea",
    "NewsItem",
    "NewsStory",
    "OutboxRow",
    "OwnTemplate",
    "PackFile",
    "PackJob",
    "Pair",
    "PairAnswer",
    "PairIdea",
    "PairMember",
    "PairRequest",
    "PairWorry",
    "Participation",
    "Partner",
    "PartnerDeed",
    "PartnerPerson",
    "Person",
    "Plan",
    "PlanAcknowledgement",
    "PlanAmendment",
    "PlanFact",
    "PlanItem",
    "PlanVersion",
    "PlanWord",
    "PoolQuestion",
    "PoolWord",
    "Project",
    "PublicEdition",
    "RecoveryCode",
    "RelayAddressee",
    "RelayMessage",
    "RelayReader",
    "Response",
    "RoadmapEvent",
    "RoadmapProof",
    "RoadmapStage",
    "SavedView",
    "School",
    "SchoolIdea",
    "SchoolKeys",
    "SchoolPaper",
    "SchoolPaperVersion",
    "Seat",
    "SecondStep",
    "SeenEvent",
    "SelectionMark",
    "SignIn",
    "StaffChat",
    "StaffInvitation",
    "StoredFile",
    "StreamPlace",
    "SystemValue",
    "Takedown",
    "TownNumbers",
    "TownSchool",
    "User",
    "WebMessage",
    "YearLine",
    "YearTurn",
    "YearWord",
]
