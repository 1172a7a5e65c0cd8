package templates

// CaseLine is a nomination in 最佳案例: with its figures for the committee, without for a secretary.
type CaseLine struct {
	Branch, Month, Topic, State string
	Highlights, Words           string
	Rate, Attendance, After     string
	Number, Borrowed            int
	Choose                      string // the command that chooses it; empty where it is none's to choose
}

// CasesView answers 最佳案例: the year's nominations of all branches for the committee, of his own for a secretary.
type CasesView struct {
	Year      int
	Branch    string // the secretary's
	Committee bool
	Quota     string
	Items     []CaseLine
}

// Cases answers 最佳案例.
func (p *Posts) Cases(v CasesView) (string, error) { return p.set.Text("cases", v) }

// SharedLine is a published activity in 案例.
type SharedLine struct {
	Number, Borrowed              int
	Topic, Branch, Month, Content string
	Best                          bool // it was chosen as a best case
}

// SharedListView answers 案例.
type SharedListView struct{ Items []SharedLine }

// Shared answers 案例.
func (p *Posts) Shared(v SharedListView) (string, error) { return p.set.Text("shared", v) }

// SharedView answers 案例 23, and 案例 发布 with what went out.
type SharedView struct {
	SharedLine
	Agenda, Agreed []string
	Short          string
	Next           string // a month for which it could be taken over
	Published      bool   // just now, by who asks
}

// SharedOne answers 案例 23.
func (p *Posts) SharedOne(v SharedView) (string, error) { return p.set.Text("shared_one", v) }
