package main

// benchSize is how much is measured.
type benchSize struct {
	saturated, offered, alone, groups int // messages of a storm, of each shape
	chatter                           int
	routed                            int // how often a text is routed
	branches                          int // that are planned, and all have their notices due at once
	spread, few                       int // branches of the house whose day is looked through, and of the small one that it is compared with
	looks                             int // empty ones
	starts                            []benchStarted
	books, months, members            int // the ledger: branches, months of a year, sign-ins a month
}

// benchStarted is a house whose start is measured.
type benchStarted struct {
	name              string
	branches, members int
	within            float64 // ms to the first answer; 0: no target
	idle              float64 // MB; 0: no target
}

var fullSize = benchSize{
	saturated: 2560, offered: 1000, alone: 300, groups: 1200, chatter: 10_000, routed: 50_000,
	branches: 10_000, spread: 3_300, few: 33, looks: 200,
	starts: []benchStarted{{"one-branch", 1, 30, 0, 26}, {"20000-members", 667, 30, 100, 0}, {"10000-branches", 10_000, 30, 2000, 150}},
	books:  100, months: 12, members: 50,
}

var quickSize = benchSize{
	saturated: 64, offered: 20, alone: 10, groups: 32, chatter: 200, routed: 2_000,
	branches: 42, spread: 42, few: 21, looks: 10,
	starts: []benchStarted{{"one-branch", 1, 30, 0, 26}, {"20000-members", 4, 30, 100, 0}, {"10000-branches", 8, 30, 2000, 150}},
	books:  3, months: 12, members: 10,
}
