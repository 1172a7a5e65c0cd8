package themeday

import (
	"fmt"
	"strings"
	"time"
)

// guestKinds says as what the guests of an activity came (R14).
func (g *evidenceGatherer) guestKinds(y *yearMonth, guests []Guest) string {
	kinds := map[PersonID]string{}
	for _, one := range guests {
		kinds[one.Person] = one.Kind
	}
	var order []string
	counts := map[string]int{}
	for _, s := range y.signins {
		c, here := y.roster.Find(s.Person)
		if here && c.Counts() {
			continue
		}
		kind := kinds[s.Person]
		if kind == "" {
			kind = string(c.Category)
		}
		if counts[kind]++; counts[kind] == 1 && kind != "" {
			order = append(order, kind)
		}
	}
	var out []string
	for _, k := range order {
		out = append(out, fmt.Sprintf("%s%d", k, counts[k]))
	}
	if len(out) == 0 {
		return ""
	}
	return "（" + strings.Join(out, "、") + "）"
}

// leaders are those of the branch who came as its members, those who came to guide it, and what they said (R09, R10, R27).
func (g *evidenceGatherer) leaders(y *yearMonth) error {
	g.notes[R09] = "名单上没有领导干部"
	members, came, guides := 0, 0, map[PersonID]bool{}
	in := map[PersonID]bool{}
	for _, s := range y.signins {
		in[s.Person] = true
	}
	for _, c := range y.roster.Members() {
		if c.aboveKind() != "" {
			members++
			came += boolInt(in[c.ID])
		}
	}
	comments, err := g.tx.Comments(y.ID)
	for _, k := range comments {
		in[k.Person] = true
	}
	for p := range in {
		if _, here := y.roster.Find(p); !here && g.liaison[p] {
			guides[p] = true
		}
	}
	m, files := y.Month, []EvidenceLink{formOf(y.Month), inLedger(partLeaders)}
	if members > 0 {
		g.item(R09, m, "领导干部以普通党员身份参加", time.Time{}, fmt.Sprintf("%d人，到会%d人", members, came), files...)
	}
	if n := len(guides); n > 0 {
		g.visited[m.Quarter().N-1] += n
		g.item(R10, m, "联系领导到场指导", time.Time{}, fmt.Sprintf("%d人", n), files...)
	}
	if n := len(comments); n > 0 {
		g.item(R27, m, "领导点评", comments[0].At, fmt.Sprintf("%d条", n), files...)
	} else if len(guides) > 0 && err == nil {
		g.gap(R27, m, "请到场领导点评，由书记代录："+commentForm(y), "%s有联系领导到场，没有点评记录", y.label)
	}
	return err
}

func commentForm(y *yearMonth) string {
	form := "点评 " + y.label + " 姓名 内容"
	if !y.Filed.IsZero() {
		form = "更正 " + y.label + " 点评 姓名 内容"
	}
	return form
}

// guidance is whether leaders who guide the branch came in every quarter that is over (R10).
func (g *evidenceGatherer) guidance() error {
	all, err := g.tx.Guides()
	guided := false
	for _, one := range all {
		guided = guided || one.Branch == g.book.Branch.ID
	}
	g.notes[R27] = "本年没有领导点评"
	if !guided {
		g.notes[R10] = "名册上没有登记联系本支部的领导"
		return err
	}
	g.notes[R10] = "本年没有联系领导到场的记录"
	want := g.desk.Rules.GuideVisits
	for n := 1; n <= 4; n++ {
		q := Quarter{g.book.Year, n}
		if g.visited[n-1] < want && g.desk.Day(g.at).After(q.Last()) && g.heldIn(q) {
			g.gap(R10, YearMonth{}, "到过场的附书面材料；以后每季度提前请联系领导选定一次活动", "%s联系领导到场%d次，要求%d次", q.Chinese(), g.visited[n-1], want)
		}
	}
	return err
}

// heldIn tells whether anything was held in a quarter.
func (g *evidenceGatherer) heldIn(q Quarter) bool {
	for _, h := range g.held {
		if h.Month.Quarter() == q {
			return true
		}
	}
	return false
}
