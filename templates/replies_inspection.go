package templates

// Draw answers 抽查 3.
func (p *Posts) Draw(v DrawView) (string, error) { return p.set.Text("draw", v) }

// DrawCheck answers 抽查 验证: every figure, and whether they agree.
func (p *Posts) DrawCheck(v DrawView) (string, error) { return p.set.Text("draw_check", v) }

// CheckCardView is what an inspector takes along.
type CheckCardView struct {
	Branch, FixedDay, When, Place, Topic string
	Last                                 string
	Open                                 []string // steps that are not done
	Due                                  []string // findings and rectifications
	Questions                            []OddLine
}

// CheckCard writes a check card.
func (p *Posts) CheckCard(v CheckCardView) (string, error) { return p.set.Text("check_card", v) }

// OddLine is a question, with the two things to hold side by side.
type OddLine struct{ What, This, That string }

// OddCount is how many questions there are about a branch.
type OddCount struct {
	Branch string
	Count  int
}

// OdditiesView answers 疑点: of one branch its questions, of all how many there are.
type OdditiesView struct {
	Branch string
	Items  []OddLine
	All    bool
	Counts []OddCount
}

// Oddities answers 疑点.
func (p *Posts) Oddities(v OdditiesView) (string, error) { return p.set.Text("oddities", v) }

// FindingLine is a finding in 巡查.
type FindingLine struct {
	Branch, Kind, Target, Text, State, Last string
	Number, Overdue, Rectification          int
	Steps                                   []string
}

// InspectionsView answers 巡查, and 整改 with what the branch has to answer.
type InspectionsView struct {
	Await     []string // branches that a draw named and where nobody went
	Findings  []FindingLine
	Close     int // the number of a finding whose measures wait for who asks
	Answer    int // the number of a finding that waits for who asks
	Committee bool
}

// Inspections answers 巡查.
func (p *Posts) Inspections(v InspectionsView) (string, error) { return p.set.Text("inspections", v) }
