package commands

import (
	"fmt"
	"slices"
	"strings"

	"themeday"
)

// mostBindings is how many of the newest bindings the long form names.
const mostBindings = 10

// stored is the rest of what is kept of the speaker, a line each (我的 全部): who he is and where, what he was seen doing, and how he is known. What
// names him to a stranger's eye needs that he is certainly he.
func (m *mine) stored(year int) ([]string, error) {
	if !m.whole {
		return nil, nil
	}
	out, err := m.placesHeld()
	if err != nil {
		return nil, err
	}
	if m.Level < themeday.Certain {
		return append(out, "手机号、测评、到其他支部和微信账号：请先用绑定码确认身份再看"), nil
	}
	phone := "手机：没有登记"
	if m.Actor.Phone != "" {
		phone = "手机：" + m.Actor.Phone
	}
	out = append([]string{phone}, out...)
	for _, more := range []func(int) ([]string, error){m.evaluations, m.elsewhereThisYear, m.accounts, m.deeds} {
		lines, err := more(year)
		if err != nil {
			return nil, err
		}
		out = append(out, lines...)
	}
	return out, nil
}

// placesHeld are his places on lists with their offices, those that are over too, and his offices above the branches.
func (m *mine) placesHeld() (out []string, err error) {
	for _, p := range m.places {
		b, err := m.Desk.Branch(m.Tx, p.Branch)
		if err != nil {
			return nil, err
		}
		said := []string{string(p.Category), p.Offices.String()}
		if p.PartyGroup != "" {
			said = append(said, "党小组："+p.PartyGroup)
		}
		if p.Frail {
			said = append(said, "年老体弱")
		}
		said = append(said, fmt.Sprintf("编号%d", p.Number), "群昵称："+p.Card)
		text := b.Name + "：" + strings.Join(said, "、")
		if p.Since != (themeday.Date{}) {
			text += "，" + m.dayYear(p.Since) + "起"
		}
		if p.Until != (themeday.Date{}) {
			text += "，到" + m.dayYear(p.Until.AddDays(-1))
		}
		out = append(out, text)
	}
	if m.Actor.Person.Committee {
		out = append(out, "机关党委成员")
	}
	if m.Actor.Liaison {
		guided, err := themeday.Guided(m.Tx, m.Actor.ID)
		if err != nil {
			return nil, err
		}
		var names []string
		for _, id := range guided {
			b, err := m.Desk.Branch(m.Tx, id)
			if err != nil {
				return nil, err
			}
			names = append(names, b.Name)
		}
		text := "联系领导"
		if len(names) > 0 {
			text += "，联系支部：" + strings.Join(names, "、")
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		out = append(out, "不在任何支部的名单上，也没有职务；按列席人员记")
	}
	return out, nil
}

// evaluations says in which months he took part in the evaluation and in which he did not; how he rated is kept of nobody.
func (m *mine) evaluations(int) ([]string, error) {
	var did, not []string
	for _, a := range m.year {
		if a.Evaluated.IsZero() && a.Result.IsZero() {
			continue
		}
		voted, err := m.Tx.Voted(a.ID, m.Actor.ID)
		if err != nil {
			return nil, err
		}
		if voted {
			did = append(did, m.called(a))
		} else {
			not = append(not, m.called(a))
		}
	}
	if len(did)+len(not) == 0 {
		return nil, nil
	}
	text := "测评：参加 " + whichOrNone(did) + "；没有参加或不再保存 " + whichOrNone(not)
	return []string{text + "。打了几分不记名，查不出来"}, nil
}

func whichOrNone(words []string) string {
	if len(words) == 0 {
		return "无"
	}
	return strings.Join(words, "、")
}

// called names an activity: its month, with the branch where it is not the call's.
func (m *mine) called(a themeday.Activity) string {
	if a.Branch == m.Branch.ID {
		return a.Month.Chinese()
	}
	if name := m.left[a.Branch]; name != "" {
		return name + a.Month.Chinese()
	}
	b, err := m.Desk.Branch(m.Tx, a.Branch)
	if err != nil {
		return string(a.Branch) + a.Month.Chinese()
	}
	return b.Name + a.Month.Chinese()
}

// elsewhereThisYear are the activities of this year where he was invited or signed in as a guest, and what he commented on.
func (m *mine) elsewhereThisYear(year int) (out []string, err error) {
	all, err := m.Tx.AllActivities(themeday.YearMonth{Year: year, Month: 1}, themeday.YearMonth{Year: year, Month: 12})
	if err != nil {
		return nil, err
	}
	var came, said []string
	for _, a := range all {
		if !a.Dated() {
			continue
		}
		text, err := m.asGuestOf(a)
		if err != nil {
			return nil, err
		}
		if text != "" {
			came = append(came, m.called(a)+"（"+text+"）")
		}
		comments, err := m.Tx.Comments(a.ID)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(comments, func(k themeday.Comment) bool { return k.Person == m.Actor.ID }) {
			said = append(said, m.called(a))
		}
	}
	if len(came) > 0 {
		out = append(out, "列席："+strings.Join(came, "、"))
	}
	if len(said) > 0 {
		out = append(out, "写过点评："+strings.Join(said, "、"))
	}
	return out, nil
}

// asGuestOf says as what he was a guest of an activity, and when he signed in; empty where he was none.
func (m *mine) asGuestOf(a themeday.Activity) (string, error) {
	guests, err := m.Tx.Guests(a.ID)
	if err != nil {
		return "", err
	}
	var said []string
	for _, g := range guests {
		if g.Person == m.Actor.ID {
			said = append(said, g.Kind)
		}
	}
	ins, err := m.Tx.SignIns(a.ID)
	for _, s := range ins {
		if s.Person == m.Actor.ID && (s.Guest || len(said) > 0) {
			said = append(said, m.Local(s.At).Format("15:04")+s.Way())
		}
	}
	return strings.Join(said, "，"), err
}

// accounts are the accounts by which he is known, the newest first, and how often a code was issued to him.
func (m *mine) accounts(int) (out []string, err error) {
	all, err := m.Tx.BindingsOf(m.Actor.ID)
	if err != nil {
		return nil, err
	}
	how := map[themeday.Level]string{themeday.Certain: "已确认", themeday.Strong: "凭群昵称", themeday.Assumed: "凭以前用过的名字"}
	slices.SortStableFunc(all, func(a, b themeday.Binding) int { return b.At.Compare(a.At) })
	for i, b := range all {
		if i == mostBindings {
			out = append(out, fmt.Sprintf("更早的绑定还有%d条", len(all)-i))
			break
		}
		name := themeday.Shown(b.Name)
		if name == "" {
			name = "没有名字"
		}
		out = append(out, fmt.Sprintf("绑定：%s起，“%s”，%s", m.When(b.At), name, how[b.Level]))
	}
	codes, err := m.Tx.Codes(m.Actor.ID)
	if len(codes) > 0 {
		out = append(out, fmt.Sprintf("发给您的绑定码：%d次，最近%s", len(codes), m.When(codes[len(codes)-1].Issued)))
	}
	return out, err
}

// deeds is how many entries of the ledger bear his name this year.
func (m *mine) deeds(year int) ([]string, error) {
	all, err := m.Tx.EntriesBy(m.Actor.ID, themeday.Date{Year: year, Month: 1, Day: 1}.Start(m.Zone))
	if len(all) == 0 {
		return nil, err
	}
	return []string{fmt.Sprintf("流水里由您操作的：今年%d条，不能改、不能删", len(all))}, err
}
