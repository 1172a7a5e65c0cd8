package themeday

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Where a leader will be is told to no group beforehand (R10, R27): what a secretary typed of him into topic, agenda or place is kept back in all
// that a group reads before the activity begins. Afterwards, and in every document, it stands as it was typed.

// withheldTopic stands for the topics where all of them were kept back.
const withheldTopic = "当日公布"

// ForGroup is an activity as its group may read it at an instant, and the names of the leaders that were kept back from it.
func (d Desk) ForGroup(tx Tx, a Activity, at time.Time) (Activity, []string, error) {
	if a.Dated() && !at.Before(a.BeginAt()) {
		return a, nil, nil
	}
	w, err := d.withholding(tx, a, at)
	if err != nil || len(w.leaders) == 0 {
		return a, nil, err
	}
	had := len(a.Topics)
	a.Topics, a.Agenda, a.Place = w.all(a.Topics), w.all(a.Agenda), w.names(a.Place)
	if had > 0 && len(a.Topics) == 0 {
		a.Topics = []string{withheldTopic}
	}
	slices.Sort(w.found)
	return a, slices.Compact(w.found), nil
}

// withholding knows the leaders' names, and whom of the branch they are not to be taken for.
type withholding struct {
	fold     func(string) string
	leaders  [][]rune
	others   [][]rune      // members who are no leaders: 林海涛 is not 林海
	surnames map[rune]bool // of leaders, of whom one says 林局长
	every    bool          // every place where a name stands is taken for one, and none for a part of a word
	found    []string
}

// withholding gathers the leaders (联系领导) and the committee. Who leads the branch himself and guides none is no leader there: the notice names him
// as its host.
func (d Desk) withholding(tx Tx, a Activity, at time.Time) (*withholding, error) {
	w := &withholding{fold: d.Fold, surnames: map[rune]bool{}}
	if w.fold == nil {
		w.fold = func(s string) string { return s }
	}
	people, err := tx.People()
	if err != nil {
		return w, err
	}
	day := d.Day(at)
	if a.Dated() {
		day = d.Day(a.Starts)
	}
	roster, err := tx.Roster(a.Branch, day)
	if err != nil {
		return w, err
	}
	var leaders []string
	for _, p := range people {
		here, member := roster.Find(p.ID)
		officer := here.Offices.Has(Secretary) || here.Offices.Has(Deputy) || here.Offices.Has(CommitteeMember)
		if !p.Liaison && (!p.Committee || officer) {
			continue
		}
		leaders = append(leaders, p.Name)
		if card := CleanName(here.Card); member && len([]rune(card)) > 1 {
			leaders = append(leaders, card)
		}
	}
	for _, m := range roster {
		if m.Liaison || slices.Contains(leaders, m.Name) && m.Committee {
			continue
		}
		w.others = append(w.others, []rune(w.fold(m.Name)))
	}
	for _, name := range leaders {
		r := []rune(w.fold(name))
		if len(r) < 2 || slices.ContainsFunc(w.others, func(o []rune) bool { return string(o) == string(r) }) {
			continue
		}
		w.leaders = append(w.leaders, r)
		w.surnames[r[0]] = true
	}
	for _, m := range roster { // 林书记 is the branch's own
		if r := []rune(w.fold(m.Name)); len(r) > 0 && !m.Liaison && (m.Offices.Has(Secretary) || m.Offices.Has(Deputy)) {
			delete(w.surnames, r[0])
		}
	}
	slices.SortFunc(w.leaders, func(x, y []rune) int { return len(y) - len(x) })
	return w, nil
}

// all are texts without what is kept back; one of which nothing is left is left out.
func (w *withholding) all(texts []string) []string {
	var out []string
	for _, t := range texts {
		if t = w.clauses(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

const (
	clauseMarks = "，,；;。、：:\n（）()"
	openMarks   = "（("
	closeMarks  = "）)"
)

// visitWords say that somebody comes: a clause with a leader's name and one of them is left out whole.
var visitWords = []string{"到会", "到场", "出席", "莅临", "光临", "指导", "点评", "视察", "调研", "列席", "参加", "慰问", "督导", "检查", "讲话", "前来", "来到", "邀请", "讲党课", "讲课", "讲授", "授课", "宣讲", "作报告", "做报告", "联系领导"}

// clauses leaves out the clauses that tell of a leader's visit, and his name in the others.
func (w *withholding) clauses(text string) string {
	if len(w.spans([]rune(text))) == 0 {
		return text
	}
	var kept []string // clause, mark, clause, mark …
	var one []rune
	end := func(mark string) {
		clause := string(one)
		one = nil
		visit := len(w.spans([]rune(clause))) > 0 && slices.ContainsFunc(visitWords, func(v string) bool { return strings.Contains(w.fold(clause), v) })
		if visit {
			clause = ""
			switch n := len(kept); { // with it goes the mark before it, or the pair around it
			case n == 0 || kept[n-1] == "" || strings.Contains(closeMarks, kept[n-1]):
			case !strings.Contains(openMarks, kept[n-1]):
				kept = kept[:n-1]
			case mark != "" && strings.Contains(closeMarks, mark):
				kept, mark = kept[:n-1], ""
			default:
				mark = ""
			}
		}
		kept = append(kept, clause, mark)
	}
	for _, r := range text {
		if strings.ContainsRune(clauseMarks, r) {
			end(string(r))
			continue
		}
		one = append(one, r)
	}
	end("")
	return strings.Trim(w.names(strings.Join(kept, "")), " ，,；;、：:\n")
}

// names writes 某同志 for a leader.
func (w *withholding) names(text string) string {
	runes := []rune(text)
	var out []rune
	from := 0
	for _, s := range w.spans(runes) {
		out = append(append(out, runes[from:s.from]...), []rune("某同志")...)
		from = s.to
	}
	return string(append(out, runes[from:]...))
}

type nameSpan struct{ from, to int }

// titles stand before or behind a name, or behind a surname alone.
var titles = []string{"党委书记", "副书记", "书记", "副局长", "局长", "副处长", "处长", "副主任", "主任", "副部长", "部长", "科长", "副院长", "院长", "副校长", "校长", "厅长", "司长", "县长", "市长", "区长", "镇长", "总经理", "董事长", "委员", "同志", "联系领导", "领导"}

// spans are where leaders are named, with their titles.
func (w *withholding) spans(text []rune) []nameSpan {
	folded := []rune(w.fold(string(text)))
	if len(folded) != len(text) {
		folded = text // no rune for rune: look at it as it was written
	}
	var out []nameSpan
	for i := 0; i < len(folded); {
		if n := matchAny(w.others, folded, i); n > 0 && n >= matchAny(w.leaders, folded, i) {
			i += n
			continue
		}
		n := matchAny(w.leaders, folded, i)
		if n > 0 && (w.every || n > 2 || asName(folded, i, i+n)) {
			s := nameSpan{i - titleBefore(folded[:i]), i + n}
			s.to += titleBehind(folded[s.to:])
			w.found = append(w.found, string(text[i:i+n]))
			out, i = append(out, s), s.to
			continue
		}
		if t := titleBehind(folded[i+1:]); n == 0 && w.surnames[folded[i]] && t > 1 && asName(folded, i, len(folded)) && !commonTitle(folded[i+1:]) {
			w.found = append(w.found, string(text[i:i+1+t]))
			out, i = append(out, nameSpan{i, i + 1 + t}), i+1+t
			continue
		}
		i++
	}
	return out
}

// commonTitle: 高领导 and 向委员 are more often words than people.
func commonTitle(behind []rune) bool {
	s := strings.TrimLeft(string(behind), blanks)
	return slices.ContainsFunc([]string{"领导", "委员", "同志"}, func(t string) bool { return strings.HasPrefix(s, t) })
}

// blanks may stand between the characters of a name, and between it and a title.
const blanks = " 　·"

// matchAny is how many runes of a text from a place on are one of some names, blanks between the characters counted in; 0 for none.
func matchAny(names [][]rune, text []rune, at int) int {
	most := 0
	for _, name := range names {
		i := at
		for k, r := range name {
			for k > 0 && i < len(text) && strings.ContainsRune(blanks, text[i]) {
				i++
			}
			if i >= len(text) || text[i] != r {
				i = at
				break
			}
			i++
		}
		most = max(most, i-at)
	}
	return most
}

// titleBehind is how many characters of titles a text begins with, and titleBefore with how many it ends.
func titleBehind(text []rune) int {
	s := strings.TrimLeft(string(text), blanks)
	for _, t := range titles {
		if rest, ok := strings.CutPrefix(s, t); ok {
			n := len(text) - len([]rune(rest))
			return n + titleBehind(text[n:])
		}
	}
	return 0
}

func titleBefore(text []rune) int {
	s := strings.TrimRight(string(text), blanks)
	for _, t := range titles {
		if rest, ok := strings.CutSuffix(s, t); ok {
			n := len([]rune(rest))
			return len(text) - n + titleBefore(text[:n])
		}
	}
	return 0
}

const (
	beforeNames = "请邀由迎见听跟随同与和及陪让是为给向对记任长导志委席授师员"
	behindNames = "讲到来参出点指带授作主宣将同书局处部副一"
)

// asName tells whether two characters are somebody's name and no part of a word: 志存高远, 坚定政治方向. What may be a name is taken for one.
func asName(text []rune, from, to int) bool {
	if from == 0 || !unicode.Is(unicode.Han, text[from-1]) || strings.ContainsRune(beforeNames, text[from-1]) {
		return true
	}
	return to < len(text) && strings.ContainsRune(behindNames, text[to])
}
