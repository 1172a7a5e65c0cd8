package themeday

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// RequiredTopic is a compulsory topic (必选主题) that the committee asks the branches to plan in a month (R16).
type RequiredTopic struct {
	Number    int // the store makes it
	Month     YearMonth
	Text      string
	Branches  []BranchID // none: all branches
	Due       Date       // the last day on which it may be planned in time
	At        time.Time
	By        PersonID
	Withdrawn time.Time // zero: it holds
}

// Holds tells whether the topic was not withdrawn.
func (t RequiredTopic) Holds() bool { return t.Withdrawn.IsZero() }

// For tells whether a branch is to plan it.
func (t RequiredTopic) For(b BranchID) bool {
	return len(t.Branches) == 0 || slices.Contains(t.Branches, b)
}

// TopicMark says that one of an activity's topics plans a compulsory one though it does not name it.
type TopicMark struct {
	Number int // of the compulsory topic
	Topic  string
}

// RequiredState is a compulsory topic and whether a branch has planned it.
type RequiredState struct {
	RequiredTopic
	Planned bool
}

// plain is a text as topics are compared: simplified, half-width, in small letters, without marks and blanks.
func (d Desk) plain(s string) string {
	if d.Fold != nil {
		s = d.Fold(s)
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, halfWidth(s)))
}

// names tells whether topics contain every word of a text.
func (d Desk) names(topics []string, text string) bool {
	said, any := d.plain(strings.Join(topics, "；")), false
	for _, w := range strings.FieldsFunc(halfWidth(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !strings.Contains(said, d.plain(w)) {
			return false
		}
		any = true
	}
	return any
}

// plans tells whether an activity plans a compulsory topic: its topics name it, or one of them was said to be it (R16).
func (d Desk) plans(a Activity, t RequiredTopic) bool {
	return slices.ContainsFunc(a.Compulsory, func(m TopicMark) bool { return m.Number == t.Number }) || d.names(a.Topics, t.Text)
}

// RequiredOf are the compulsory topics that hold for an activity's branch and month, and which of them it plans.
func (d Desk) RequiredOf(tx Tx, a Activity) ([]RequiredState, error) {
	all, err := tx.RequiredTopics(a.Month, a.Month)
	var out []RequiredState
	for _, t := range all {
		if t.Holds() && t.For(a.Branch) {
			out = append(out, RequiredState{t, d.plans(a, t)})
		}
	}
	return out, err
}

// LackingTopics are the compulsory topics that an activity does not plan.
func (d Desk) LackingTopics(tx Tx, a Activity) ([]RequiredTopic, error) {
	all, err := d.RequiredOf(tx, a)
	var out []RequiredTopic
	for _, t := range all {
		if !t.Planned {
			out = append(out, t.RequiredTopic)
		}
	}
	return out, err
}

// TopicKinds says of an activity's topics whether there are compulsory ones (必选) and the branch's own (自选) among them.
func (d Desk) TopicKinds(tx Tx, a Activity) (compulsory, own bool, err error) {
	all, err := d.RequiredOf(tx, a)
	for _, topic := range a.Topics {
		is := slices.ContainsFunc(a.Compulsory, func(m TopicMark) bool { return m.Topic == topic })
		for _, t := range all {
			is = is || d.names([]string{topic}, t.Text)
		}
		compulsory, own = compulsory || is, own || !is
	}
	for _, t := range all { // several topics together may name one
		compulsory = compulsory || t.Planned
	}
	return compulsory, own, err
}

// kindsOf writes which kinds there are: 必选、自选.
func kindsOf(compulsory, own bool) string {
	switch {
	case compulsory && own:
		return "必选、自选"
	case compulsory:
		return "必选"
	case own:
		return "自选"
	}
	return ""
}

// TopicLine says in short which kinds of topics an activity has, and which compulsory ones it lacks.
func (d Desk) TopicLine(tx Tx, a Activity) (string, error) {
	compulsory, own, err := d.TopicKinds(tx, a)
	if err != nil {
		return "", err
	}
	lacking, err := d.LackingTopics(tx, a)
	text := kindsOf(compulsory, own)
	for _, t := range lacking {
		text += yes(text == "", "", "；") + "缺必选：" + t.Text
	}
	return text, err
}

// NotPlanned is a compulsory topic and the branches that have not planned it, in their order.
type NotPlanned struct {
	RequiredTopic
	Open []Branch
	Of   int // branches that are to plan it
}

// RequiredBook are the compulsory topics of some months that hold, with who has not planned them.
func (d Desk) RequiredBook(tx Tx, from, to YearMonth) ([]NotPlanned, error) {
	all, err := tx.RequiredTopics(from, to)
	if err != nil {
		return nil, err
	}
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	var out []NotPlanned
	for _, t := range all {
		if !t.Holds() {
			continue
		}
		n := NotPlanned{RequiredTopic: t}
		for _, b := range branches {
			if !t.For(b.ID) || b.Gone(t.Month.Next().First().AddDays(-1)) {
				continue
			}
			a, err := d.OfMonth(tx, b.ID, t.Month)
			if err != nil {
				return nil, err
			}
			n.Of++
			if !d.plans(a, t) {
				n.Open = append(n.Open, b)
			}
		}
		out = append(out, n)
	}
	return out, nil
}
