package themeday

import (
	"context"
	"time"
)

// Store keeps the facts. Update runs one use case in one transaction: all of it or nothing; View only reads.
type Store interface {
	View(ctx context.Context, do func(Tx) error) error
	Update(ctx context.Context, do func(Tx) error) error
}

// Tx is a transaction of a Store. Lists come in a fixed order; a bool says whether the thing was there; Put writes or replaces.
// Times are given and returned in UTC.
type Tx interface {
	// Nested runs do in a savepoint: its error takes back what it did and nothing else.
	Nested(do func(Tx) error) error

	// TakeMessage notes a message as handled, without its text, and tells whether it is new.
	TakeMessage(m Message) (bool, error)
	// SetAside marks a handled message as one that the bot could not cope with.
	SetAside(m Message, why string) error

	Branches() ([]Branch, error)              // in order of import
	PutBranch(Branch) error                   // its former names too
	Handovers(b BranchID) ([]Handover, error) // by number; of all branches with an empty one
	PutHandover(Handover) error               // by branch, number
	People() ([]Person, error)                // by id
	AddPerson(Person) (PersonID, error)       // makes the id
	PutPerson(Person) error
	Erase(PersonID) (Erasure, error) // what names him or tells of him, everywhere
	// Purge takes away up to so many of what is past its time, and gives the pictures that nothing uses any more.
	Purge(c Cutoff, most int) (n int, unused []string, err error)
	Purgeable(c Cutoff) (int, error)    // how many there are
	Memberships() ([]Membership, error) // all that ever were, by branch, number
	PutMembership(Membership) error     // by branch, person, since
	Roster(b BranchID, on Date) (BranchRoster, error)
	Guides() ([]Guide, error)
	PutGuides(p PersonID, branches []BranchID) error

	Bindings(a Account) ([]Binding, error)    // by time
	PutBinding(Binding) error                 // by account, session, sighting
	BindingsOf(p PersonID) ([]Binding, error) // on all accounts, by account, time
	DropBindings(a Account, p PersonID) error
	DropBinding(Binding) error // by account, session, sighting
	PutCode(BindingCode) error
	Codes(p PersonID) ([]BindingCode, error) // by when they were issued
	Code(hash string) (BindingCode, bool, error)
	// CountTry adds one to what somebody tried on a day and returns the count.
	CountTry(key string, on Date) (int, error)
	// Tries tells how often something was tried on a day.
	Tries(key string, on Date) (int, error)

	FixedDay(b BranchID) (FixedDay, bool, error)
	PutFixedDay(b BranchID, f FixedDay, at time.Time) error
	DeleteFixedDay(b BranchID) error
	Filings(year int) ([]Filing, error)
	FilingsOf(BranchID) ([]Filing, error) // by year
	PutFiling(Filing) error
	PlanVersions(b BranchID, year int) ([]PlanVersion, error) // by version
	PutPlanVersion(PlanVersion) error                         // by branch, year, version
	// RequiredTopics are those of some months, both ends included, withdrawn ones too, by month and number.
	RequiredTopics(from, to YearMonth) ([]RequiredTopic, error)
	PutRequiredTopic(RequiredTopic) (number int, err error) // a number of 0 makes a new one
	MenuTopics() ([]MenuTopic, error)                       // in the order in which they were added
	PutMenuTopic(MenuTopic) error                           // by category, text
	DeleteMenuTopic(MenuTopic) error                        // by the same
	Blackouts(b BranchID) ([]Blackout, error)
	PutBlackout(Blackout) error
	DeleteBlackout(Blackout) error // by branch and days

	Activity(id ActivityID) (Activity, bool, error)
	Activities(b BranchID, from, to YearMonth) ([]Activity, error) // both ends included, by month
	AllActivities(from, to YearMonth) ([]Activity, error)          // of all branches, by month and branch order
	PutActivity(Activity) error
	Changes(id ActivityID) ([]DateChange, error)
	PutChange(DateChange) error

	SignIns(id ActivityID) ([]SignIn, error) // by time entered
	PutSignIn(SignIn) error
	DeleteSignIn(id ActivityID, p PersonID) error
	Leaves(id ActivityID) ([]Leave, error) // by time asked
	PutLeave(Leave) error
	Guests(id ActivityID) ([]Guest, error)
	PutGuest(Guest) error
	DeleteGuest(id ActivityID, p PersonID) error
	Comments(id ActivityID) ([]Comment, error) // by time, person
	PutComment(Comment) error                  // by activity, person
	DeleteComment(id ActivityID, p PersonID) error
	Claims(id ActivityID) ([]Claim, error)
	PutClaim(Claim) error // by activity, name
	Checks(id ActivityID) ([]Check, error)
	PutCheck(Check) error
	DeleteCheck(id ActivityID, item string) error
	Minutes(id ActivityID) ([]Minute, error)   // by seq
	AddMinute(m Minute) (seq int64, err error) // a Seq of 0 makes a new one
	DeleteMinute(id ActivityID, seq int64) error
	Pictures(id ActivityID) ([]Picture, error)
	PicturesOf(use string) ([]Picture, error)      // of all activities of all branches, by time
	PutPicture(Picture) error                      // by activity, id, person, use
	DeletePicture(Picture) error                   // by the same
	FiledForms(id ActivityID) ([]FiledForm, error) // by version
	PutFiledForm(FiledForm) error
	AddObjection(Objection) error    // makes the id
	AnswerObjection(Objection) error // by id: its state and answer
	Objections(b BranchID) ([]Objection, error)

	// AddLook notes that somebody was shown reasons of leaves.
	AddLook(Look) error
	Looks(b BranchID, year int) ([]Look, error) // in the order in which they happened

	Makeups(id ActivityID) ([]Makeup, error)
	MakeupsOf(p PersonID) ([]Makeup, error)
	PutMakeup(Makeup) error
	DeleteMakeup(id ActivityID, p PersonID) error

	// Vote notes that a person took part in an evaluation and tells whether it was the first time. It keeps no time and no order.
	Vote(id ActivityID, p PersonID) (bool, error)
	Voters(id ActivityID) (int, error)
	Voted(id ActivityID, p PersonID) (bool, error)
	// AddBallot keeps a ballot apart from who gave it.
	AddBallot(Ballot) error
	Ballots(id ActivityID) ([]Ballot, error) // in order of their random keys
	// CountBallots leaves of the members' ballots (and of who voted), or of the outsiders', their number alone.
	CountBallots(id ActivityID, outside bool) error

	// OutsideCodes are an activity's codes for outsiders, by hash.
	OutsideCodes(id ActivityID) ([]OutsideCode, error)
	OutsideCode(hash string) (OutsideCode, bool, error)
	// PutOutsideCodes replaces all of an activity's codes. It keeps no time and no order.
	PutOutsideCodes(id ActivityID, all []OutsideCode) error
	OutsideSalt() (string, error) // empty until it was put
	PutOutsideSalt(salt string) error
	// OutsideRated tells whether one of these speakers has rated an activity by code.
	OutsideRated(id ActivityID, who ...string) (bool, error)
	// MarkOutside keeps that they have, as a keyed hash. It keeps no time and no order.
	MarkOutside(id ActivityID, who ...string) error
	DropOutsideMarks(id ActivityID) error // when nobody can rate any more

	Bars(b BranchID) ([]Bar, error)                     // by year, version
	PutBar(Bar) error                                   // by branch, year, version
	Rectifications(b BranchID) ([]Rectification, error) // by number
	PutRectification(Rectification) error               // by branch, number; steps are only ever added

	Cases() ([]Case, error) // of all branches, by activity
	Case(id ActivityID) (Case, bool, error)
	PutCase(Case) error
	SharedActivities() ([]SharedActivity, error) // by number, withdrawn ones too
	PutSharedActivity(SharedActivity) error      // without its borrowings
	PutBorrowing(Borrowing) error
	DeleteBorrowing(Borrowing) error      // by number and activity
	Praises(b BranchID) ([]Praise, error) // by number
	PutPraise(Praise) error

	// Inspections, Findings are a branch's, or all with an empty one, by number.
	Inspections(b BranchID) ([]Inspection, error)
	PutInspection(Inspection) error
	Findings(b BranchID) ([]Found, error)
	PutFinding(Found) error // by number; steps are only ever added
	Draws() ([]Draw, error) // by number
	PutDraw(Draw) error     // by number

	AddEntry(Entry) error
	Head() (Head, error)         // of the ledger's chain, as it is committed
	HeadAt(h Head) (bool, error) // whether the chain ever had it
	// LastEntry is the last one up to a number, or of all with 0.
	LastEntry(upTo int64) (Entry, bool, error)
	// NotedSince tells whether anything was entered about an activity after an instant, but for some nouns.
	NotedSince(id ActivityID, after time.Time, but ...string) (bool, error)
	// BranchesNoted are the branches of the entries after one, the empty one for what concerns no single branch.
	BranchesNoted(after int64) ([]BranchID, error)
	// EntriesBy are the entries that a person made from an instant on, oldest first.
	EntriesBy(p PersonID, from time.Time) ([]Entry, error)
	// EntriesAbout are the entries of one kind of fact whose keys begin with a text, oldest first.
	EntriesAbout(noun, prefix string) ([]Entry, error)
	// ActivityEntries are the entries about an activity, oldest first.
	ActivityEntries(id ActivityID) ([]Entry, error)
	// LaterEntry tells whether anything happened to a fact after an entry.
	LaterEntry(noun, key string, after int64) (bool, error)

	Post(key string) (Post, bool, error)
	PutPost(Post) error
	MarkPost(Post) error                                     // writes how a post that stands stands now: its due time, state, tries, parts said, when it went out, text, note
	PostsOf(b BranchID, states ...PostState) ([]Post, error) // by due time, key
	// Waits tells whether an activity has a planned post of a kind.
	Waits(b BranchID, a ActivityID, k Kind) (bool, error)
	ActivityPosts(id ActivityID, kind Kind) ([]Post, error) // by due time, key
	DuePosts(at time.Time, limit int) ([]Post, error)       // planned ones due by at, by priority, due, key
	NextDue() (at time.Time, ok bool, err error)            // of the planned ones
	PostsByKey(keys []string) (map[string]Post, error)      // those that are there
	PlannedPosts(until time.Time) ([]Post, error)           // by due time, key
	StuckPosts() ([]Post, error)                            // sending or unknown
	// PostsBetween are a branch's posts due from an instant on and before another, in any state, by due time, key; an empty branch is those of no
	// single one.
	PostsBetween(b BranchID, from, until time.Time) ([]Post, error)
	WordsBetween(b BranchID, from, until time.Time) ([]Post, error) // like PostsBetween, only those to persons that went out or wait
	// CountSent tells how many posts went to groups from an instant on and before another, for the budget of the pace.
	CountSent(since, until time.Time) (int, error)
	DropPlanned(activity ActivityID, keep map[string]bool, why string) error
}
