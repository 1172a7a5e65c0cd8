package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

// TestFiftyBranchesInAYearComeOutAsReckoned plays a year of fifty branches, with leaders, moves, returns, changes, low ratings and inspections,
// and holds its figures against those reckoned in another way from what was done (fiftyreckoned_test.go).
func TestFiftyBranchesInAYearComeOutAsReckoned(t *testing.T) {
	if testing.Short() {
		t.Skip("a year of fifty branches takes its time")
	}
	y := newFiftyYear()
	was := debug.SetGCPercent(400) // a long play, and little of it is kept
	p := y.play(t)
	debug.SetGCPercent(was)
	for name, check := range map[string]func(*testing.T, fiftyPlayed){
		"nobody is refused but who votes twice":               y.checkRefusals,
		"attendance, leave, make-up study and forms":          y.checkFacts,
		"every date has one notice":                           y.checkNotices,
		"who is barred from awards":                           y.checkAwards,
		"yearly plans and changes of date":                    y.checkFilings,
		"the ranking":                                         y.checkRanking,
		"leaders":                                             y.checkLeaders,
		"who owes what at the year's end":                     y.checkSituation,
		"absence lists":                                       y.checkAbsences,
		"late forms and broken rules":                         y.checkLate,
		"the committee hears of them once a day":              y.checkOnceADay,
		"groups read nothing of reasons, ratings and absence": y.checkGroups,
		"no post twice":                                       y.checkOnce,
	} {
		t.Run(name, func(t *testing.T) { check(t, p) })
	}
}

// fiftyPlayed is what came of the year.
type fiftyPlayed struct {
	lines []Line
	facts map[string]ActivityFacts
	sent  int // posts that the database knows as sent
}

// play plays the year as a script.
func (y *fiftyYear) play(t *testing.T) fiftyPlayed {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"before.csv": y.sheet(0), "after.csv": y.sheet(1), "year.txt": y.script()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	player, err := readScriptFile(filepath.Join(dir, "year.txt"), "")
	if err != nil {
		t.Fatal(err)
	}
	player.Log, player.Config.Database = slog.New(slog.DiscardHandler), "" // one of its own
	var out, facts bytes.Buffer
	p := fiftyPlayed{facts: map[string]ActivityFacts{}}
	player.Done = func(h *House) error {
		if err := h.WriteFacts(context.Background(), &facts, "", ""); err != nil {
			return err
		}
		return h.Store.View(context.Background(), func(tx themeday.Tx) (err error) {
			p.sent, err = fiftySent(tx)
			return err
		})
	}
	if err := rehearse(context.Background(), player, &out, true, ""); err != nil {
		t.Fatal(err)
	}
	p.lines = lines(t, out.Bytes())
	var all Facts
	if err := json.Unmarshal(facts.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	for _, a := range all.Activities {
		p.facts[string(a.ID)] = a
	}
	return p
}

func fiftySent(tx themeday.Tx) (int, error) {
	branches, err := tx.Branches()
	if err != nil {
		return 0, err
	}
	n := 0
	for _, b := range append(branches, themeday.Branch{}) {
		all, err := tx.PostsOf(b.ID, themeday.Sent)
		if err != nil {
			return 0, err
		}
		n += len(all)
	}
	return n, nil
}

// posts are what the bot said of its own accord, of one kind.
func (p fiftyPlayed) posts(kind string) []Line {
	return slices.DeleteFunc(slices.Clone(p.lines), func(l Line) bool { return l.Dir != "out" || l.Kind != kind })
}

// answer is what was answered to one of the committee's questions at the year's end.
func (p fiftyPlayed) answer(question string) (text string, data map[string]any) {
	found := false
	for _, l := range p.lines {
		switch {
		case l.Dir == "in":
			found = l.Text == question
		case found && l.Kind == "reply":
			text += l.Text + "\n"
			if d, ok := l.Data.(map[string]any); ok && len(d) > 0 {
				data = d
			}
		}
	}
	return text, data
}

// figureOf is a figure of a post as text.
func figureOf(l Line, key string) string {
	data, _ := l.Data.(map[string]any)
	if v, there := data[key]; there {
		return fmt.Sprint(v)
	}
	return ""
}

// agree compares two lists in any order, and shows what is in one alone.
func agree(t *testing.T, what string, got, want []string) {
	t.Helper()
	count := map[string]int{}
	for _, g := range got {
		count[g]++
	}
	for _, w := range want {
		count[w]--
	}
	shown := 0
	for _, k := range slices.Sorted(maps.Keys(count)) {
		if n := count[k]; n != 0 && shown < 12 {
			shown++
			t.Errorf("%s: %q %s", what, k, map[bool]string{true: "is too much", false: "is missing"}[n > 0])
		}
	}
}

func (y *fiftyYear) checkRefusals(t *testing.T, p fiftyPlayed) {
	var last Line
	twice, shown := 0, 0
	for _, l := range p.lines {
		if l.Dir == "in" {
			last = l
			continue
		}
		switch code := figureOf(l, "code"); {
		case l.Kind != "reply" || code == "":
		case last.Text == "不满意" && figureOf(l, "rule") == "R25":
			twice++
		default:
			if shown++; shown < 40 {
				t.Errorf("%s %s: %q is refused: %s", last.At, last.Chat, last.Text, l.Text)
			}
		}
	}
	if twice != y.twice {
		t.Errorf("%d second ballots are refused, want %d", twice, y.twice)
	}
}

func (y *fiftyYear) checkFacts(t *testing.T, p fiftyPlayed) {
	for _, did := range y.all() {
		f, there := p.facts[did.id()]
		if !there {
			t.Errorf("no facts of %s", did.id())
			continue
		}
		agree(t, did.id(), fiftyFound(f), did.facts())
	}
}

// rated is the result; of too few ballots only their number is kept.
func (did *fiftyDid) rated() string {
	if len(did.ballots) > 0 && !did.counts() {
		return fmt.Sprintf("rated by %d", len(did.ballots))
	}
	return fmt.Sprintf("rated %d of %d", did.satisfied(), len(did.ballots))
}

// facts are an activity's facts, a line each.
func (did *fiftyDid) facts() []string {
	out := []string{
		fmt.Sprintf("%d members", len(did.due())), "starts " + did.starts.Format(time.RFC3339), "ended " + did.ended.Format(time.RFC3339),
		did.rated(), fmt.Sprintf("%d changes", len(did.moves)),
		"due " + onDay(did.ended, 3, 0, 0).Format(time.RFC3339), "topics " + did.topics + "；重温入党誓词",
	}
	if !did.filed.IsZero() {
		out = append(out, "filed "+did.filed.Format("01-02 15:04"))
	}
	for p, how := range did.in {
		out = append(out, p.name+" "+how)
	}
	for p := range did.guests {
		out = append(out, p.name+" guest")
	}
	for p, state := range did.leave {
		out = append(out, p.name+" leave "+state)
	}
	for name, state := range did.makeups() {
		out = append(out, name+" makeup "+state)
	}
	return out
}

// fiftyFound are exported facts in the same words.
func fiftyFound(f ActivityFacts) []string {
	at := func(t *time.Time, layout string) string {
		if t == nil {
			return ""
		}
		return t.In(fiftyZone).Format(layout)
	}
	out := []string{
		fmt.Sprintf("%d members", f.Members), "starts " + at(f.Starts, time.RFC3339), "ended " + at(f.Ended, time.RFC3339), fmt.Sprintf("%d changes", len(f.Changes)),
		"due " + at(f.Record.Due, time.RFC3339), "topics " + strings.Join(f.Topics, "；"),
	}
	if f.Record.FiledAt != nil {
		out = append(out, "filed "+at(f.Record.FiledAt, "01-02 15:04"))
	}
	if e := f.Evaluation; e != nil && e.Satisfied != nil {
		out = append(out, fmt.Sprintf("rated %d of %d", *e.Satisfied, e.Raters))
	} else if e != nil {
		out = append(out, fmt.Sprintf("rated by %d", e.Raters))
	}
	for _, s := range f.SignIns {
		out = append(out, s.Name+" "+string(s.How))
	}
	for _, s := range f.Guests {
		out = append(out, s.Name+" guest")
	}
	for _, l := range f.Leaves {
		out = append(out, l.Name+" leave "+l.State)
	}
	for _, m := range f.Makeups {
		out = append(out, m.Name+" makeup "+m.State)
	}
	return out
}

func (y *fiftyYear) checkNotices(t *testing.T, p fiftyPlayed) {
	var got, want []string
	for _, l := range p.posts("notice") {
		starts, err := time.Parse(time.RFC3339, figureOf(l, "starts"))
		if err != nil || strings.HasPrefix(l.At, "2027") {
			continue
		}
		got = append(got, l.Chat+" "+starts.In(fiftyZone).Format("01-02")+" at "+clock(l))
	}
	for _, did := range y.all() {
		for _, n := range did.notices() {
			want = append(want, fiftyBranch(did.b)+" "+n.starts.Format("01-02")+" at "+n.at.Format("2006-01-02 15:04"))
		}
	}
	agree(t, "notice", got, want)
}

func (y *fiftyYear) checkAwards(t *testing.T, p fiftyPlayed) {
	_, data := p.answer("评先 2026")
	var got, want []string
	for _, one := range data["branches"].([]any) {
		l := one.(map[string]any)
		got = append(got, fmt.Sprintf("%v %v %v", l["branch"], l["state"], l["strikes"]))
	}
	for b := range fifty {
		n := y.strikes(b)
		want = append(want, fmt.Sprintf("%s %s %d", fiftyBranch(b), map[bool]string{true: "不能评", false: "可评"}[n >= 3], n))
	}
	agree(t, "评先", got, want)
	y.checkStrikes(t, p)
}

// checkStrikes: a private word after the first and second low result, the bar from the third on, to secretary and committee.
func (y *fiftyYear) checkStrikes(t *testing.T, p fiftyPlayed) {
	var got, want []string
	for _, kind := range []string{"evaluation.low", "award.barred"} {
		for _, l := range p.posts(kind) {
			got = append(got, fmt.Sprintf("%s %s %s", kind, chat(l), figureOf(l, "strikes")))
		}
	}
	for b := range fifty {
		n := 0
		for m := 1; m <= 12; m++ {
			if !y.did[b][m].low() {
				continue
			}
			n++
			kind, hearers := "evaluation.low", []*fiftyMember{y.secretary(b)}
			if n >= 3 {
				kind, hearers = "award.barred", append(hearers, y.committee[:]...)
			}
			for _, who := range hearers {
				want = append(want, fmt.Sprintf("%s (%s) %d", kind, who.name, n))
			}
		}
	}
	agree(t, "strike", got, want)
}

func (y *fiftyYear) checkFilings(t *testing.T, p fiftyPlayed) {
	text, _ := p.answer("备案 2026")
	for b := range fifty {
		if want := y.filingLine(b); !slices.ContainsFunc(strings.Split(text, "\n"), func(l string) bool { return strings.HasSuffix(l, want) }) {
			t.Errorf("备案 lacks %q", want)
		}
	}
	changes := 0
	for _, did := range y.all() {
		changes += len(did.moves)
	}
	if got := len(p.posts("change.filed")); got != 2*changes {
		t.Errorf("%d changes filed with the committee, want %d", got, 2*changes)
	}
}

func (y *fiftyYear) checkRanking(t *testing.T, p fiftyPlayed) {
	_, data := p.answer("排名 2026")
	want, few := y.ranking()
	got, _ := data["ranked"].([]any)
	if len(got) != len(want) {
		t.Fatalf("%d are ranked, want %d", len(got), len(want))
	}
	places := max(1, len(want)/10)
	for i, one := range got {
		l, w := one.(map[string]any), want[i]
		recommended := places > 0 && !w.barred && w.always
		if recommended {
			places--
		}
		is := fmt.Sprintf("%v %v %v/%v %v %v %v", l["branch"], l["lower_percent"], l["satisfied"], l["raters"], l["attendance_percent"], l["barred"], l["recommended"])
		if should := fmt.Sprintf("%s %.1f %d/%d %d %v %v", w.branch, 100*w.lower, w.satisfied, w.raters, w.attendance, w.barred, recommended); is != should {
			t.Errorf("place %d is %s, want %s", i+1, is, should)
		}
	}
	if rest, _ := data["few"].([]any); len(rest) != len(few) {
		t.Errorf("%d have too few ballots, want %d", len(rest), len(few))
	}
}

func (y *fiftyYear) checkLeaders(t *testing.T, p fiftyPlayed) {
	text, _ := p.answer("领导 2026")
	for _, want := range y.leaderLines() {
		if !strings.Contains(text, want) {
			t.Errorf("领导 lacks %q:\n%s", want, text)
		}
	}
}

func (y *fiftyYear) checkSituation(t *testing.T, p fiftyPlayed) {
	var drawn, got []string
	for _, l := range p.posts("inspection.drawn") {
		branches, _ := l.Data.(map[string]any)["branches"].([]any)
		for _, one := range branches {
			if b := one.(map[string]any); b["place"] != nil && fmt.Sprint(b["place"]) != "0" {
				drawn = append(drawn, fmt.Sprint(b["branch"]))
			}
		}
	}
	if len(drawn) != 3 {
		t.Errorf("drawn are %v", drawn)
	}
	_, data := p.answer("情况")
	items, _ := data["items"].([]any)
	for _, one := range items {
		l := one.(map[string]any)
		got = append(got, fmt.Sprintf("%v：%v", l["branch"], l["what"]))
	}
	agree(t, "情况", got, y.waiting(drawn))
}

func (y *fiftyYear) checkAbsences(t *testing.T, p fiftyPlayed) {
	var got, want []string
	for _, l := range p.posts("absence") {
		members, _ := l.Data.(map[string]any)["members"].([]any)
		for _, one := range members {
			m := one.(map[string]any)
			got = append(got, fmt.Sprintf("%s %s %v %v %v", chat(l), figureOf(l, "activity"), m["name"], m["in_row"], m["in_year"]))
		}
	}
	listed := y.absences()
	for _, did := range y.all() {
		for i, hearer := range []*fiftyMember{y.secretary(did.b), y.committee[0], y.committee[1]} {
			if i > 0 && !onDay(did.ended, 10, 9, 0).Before(fiftyAsked) {
				continue
			}
			for name, c := range listed[did.id()] {
				want = append(want, fmt.Sprintf("(%s) %s %s %d %d", hearer.name, did.id(), name, c.row, c.year))
			}
		}
	}
	agree(t, "absence", got, want)
}

// apart takes a word to the committee about several branches for one about each.
func apart(all []Line) (out []Line) {
	for _, l := range all {
		data, _ := l.Data.(map[string]any)
		items, _ := data["items"].([]any)
		if len(items) == 0 {
			out = append(out, l)
		}
		for _, one := range items {
			l.Data = one
			out = append(out, l)
		}
	}
	return out
}

// checkOnceADay: of overdue forms and months without a date the committee hears once a day, of broken rules twice at most.
func (y *fiftyYear) checkOnceADay(t *testing.T, p fiftyPlayed) {
	times := map[string]int{}
	for kind, most := range map[string]int{"record.overdue": 1, "plan.missing": 1, "rectify.overdue": 1, "violation": 2, "approval.due": 1} {
		for _, l := range p.posts(kind) {
			for _, who := range y.committee[:2] {
				if l.Private && l.Chat == who.name {
					at := fmt.Sprintf("%s %s %s", kind, who.name, l.At[:len("2026-03-01")])
					if times[at]++; times[at] > most {
						t.Errorf("%s: %d posts", at, times[at])
					}
				}
			}
		}
	}
}

func (y *fiftyYear) checkLate(t *testing.T, p fiftyPlayed) {
	var got, want []string
	for _, kind := range []string{"record.overdue", "violation"} {
		for _, l := range apart(p.posts(kind)) {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s%s %s%s", kind, chat(l), figureOf(l, "activity"), figureOf(l, "month"), figureOf(l, "rule"), figureOf(l, "days"))))
		}
	}
	told := func(did *fiftyDid, kind, about, what string) {
		for _, who := range []*fiftyMember{y.secretary(did.b), y.committee[0], y.committee[1]} {
			want = append(want, fmt.Sprintf("%s (%s) %s %s", kind, who.name, about, what))
		}
	}
	for _, did := range y.all() {
		for n := 1; n <= 7; n++ {
			if at := onDay(did.ended, 2+n, 9, 0); at.Before(fiftyAsked) && (did.filed.IsZero() || at.Before(did.filed)) {
				told(did, "record.overdue", did.id(), fmt.Sprint(n))
			}
		}
		if did.came(true)*5 < len(did.due())*4 {
			told(did, "violation", did.id(), "R12")
		}
		if did.ended.Sub(did.starts) < 4*time.Hour {
			told(did, "violation", did.id(), "R02")
		}
	}
	told(y.did[26][11], "violation", "2026-11", "R01")
	agree(t, "late", got, want)
}

func (y *fiftyYear) checkGroups(t *testing.T, p fiftyPlayed) {
	listed := y.absences()
	var truants []string
	for _, who := range y.people {
		if who.truant {
			truants = append(truants, who.name)
		}
	}
	for _, l := range p.lines {
		if l.Dir != "out" || l.Private {
			continue
		}
		bad := slices.DeleteFunc(slices.Clone(truants), func(word string) bool { return !strings.Contains(l.Text, word) })
		for name := range listed[figureOf(l, "activity")] {
			if strings.Contains(l.Text, name) {
				bad = append(bad, name)
			}
		}
		bad = append(bad, fiftySecret.FindAllString(l.Text, -1)...)
		if len(bad) > 0 {
			t.Errorf("%s %s reads %v: %s", l.At, chat(l), bad, l.Text)
		}
	}
	if len(truants) == 0 || len(y.secrets) < 500 {
		t.Errorf("%d truants and %d secrets are too few to tell", len(truants), len(y.secrets))
	}
}

func (y *fiftyYear) checkOnce(t *testing.T, p fiftyPlayed) {
	said := 0
	for _, l := range p.lines {
		if l.Dir == "out" && l.Kind != "reply" {
			said++
		}
	}
	if said != p.sent {
		t.Errorf("%d posts were said, %d are noted as sent, each under a key of its own", said, p.sent)
	}
}
