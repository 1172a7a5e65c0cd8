package paper

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"themeday"
)

func attendanceRows(f themeday.RecordForm) []row {
	t := f.Tally
	met := "未达标"
	if f.QuorumMet {
		met = "达标"
	}
	three := func(a, x, b, y, c, z string) row {
		return cells(label(a), mid(x), label(b), mid(y), label(c), mid(z))
	}
	if !f.Held() { // nobody was there: nobody is absent
		said := "活动未开始"
		if f.NotHeld() {
			said = "未开展"
		}
		return []row{
			three("应到", people(t.Due), "到会", "—", "送学", "—"),
			three("请假", "—", "缺席", "—", "出席率", "—　"+said),
			wide("签到方式", text("没有签到")), wide("缺席人员", notHeldLeaves(f)...), wide("补学安排", text("—")), wide("列席和领导", guests(f)...),
		}
	}
	rows := []row{
		three("应到", people(t.Due), "到会", people(t.Present), "送学", people(t.Remote)),
		three("请假", people(t.Leave), "缺席", people(t.Absent), "出席率", fmt.Sprintf("%d%%　%s", t.RatePercent(), met)),
		wide("签到方式", text(ways(f))),
		wide("缺席人员", absentees(f)...),
		wide("补学安排", makeups(f)...),
		wide("列席和领导", guests(f)...),
	}
	if !f.Over {
		rows = append(rows, wide("说明", text("活动未结束，人数为目前情况，未签到的暂列缺席。")))
	}
	return rows
}

// notHeldLeaves are the leaves that were asked all the same.
func notHeldLeaves(f themeday.RecordForm) []line {
	out := []line{text("没有人签到，不列缺席")}
	for _, l := range absentees(f) {
		if !strings.HasSuffix(l.text, "未请假") {
			out = append(out, l)
		}
	}
	return out
}

func mid(s string) cell { return cell{right: 2, centred: true, lines: []line{text(s)}} }

func people(n int) string { return strconv.Itoa(n) + "人" }

// ways counts the members by how they were signed in; those that others entered and late ones are named even when there are none (R33).
func ways(f themeday.RecordForm) string {
	n := map[string]int{}
	for _, m := range f.Members {
		if m.How != "" {
			n[wayOf(m)]++
		}
	}
	var out []string
	for _, way := range []string{"本人", "接龙", "迟到", "代签", "补签", "纸质", "送学", "转贴"} {
		if n[way] > 0 || way == "迟到" || way == "代签" || way == "补签" {
			out = append(out, way+people(n[way]))
		}
	}
	return strings.Join(out, "，")
}

// wayOf names how a member was signed in; a late one is 迟到 by his own word and 补签 by another's.
func wayOf(m themeday.FormMember) string {
	switch {
	case m.How == themeday.Late && m.EnteredBy == "":
		return "迟到"
	case m.How == themeday.Late:
		return "补签"
	}
	return m.How.Chinese()
}

func absentees(f themeday.RecordForm) []line {
	var out []line
	for _, m := range f.Members {
		switch m.Standing {
		case themeday.StandsLeave:
			out = append(out, text(m.Name+"：请假，"+leave(m.Leave)))
		case themeday.StandsAbsent:
			if m.Leave == nil || m.Leave.State == themeday.LeaveCancelled {
				out = append(out, text(m.Name+"：缺席，未请假"))
			} else {
				out = append(out, text(m.Name+"：缺席，"+leave(m.Leave)))
			}
		}
	}
	return orNobody(out)
}

func orNobody(lines []line) []line {
	if len(lines) == 0 {
		return []line{text("无")}
	}
	return lines
}

func leave(l *themeday.FormLeave) string {
	s := stamp(l.Asked) + "提出"
	if l.Number != "" {
		s = "请假条" + l.Number + "，" + s
	}
	if l.Late {
		s += "（开始后）"
	}
	if l.Decided.IsZero() {
		return s + "，待批"
	}
	return s + "，" + stamp(l.Decided) + l.State.Chinese() + "（" + l.By + "）"
}

func makeups(f themeday.RecordForm) []line {
	var out []line
	for _, m := range f.Members {
		switch {
		case m.Makeup != nil:
			out = append(out, text(m.Name+"："+makeup(m.Makeup)))
		case f.Lacks(m.Name + "的补学"):
			out = append(out, lacking(m.Name+"的补学"))
		}
	}
	return orNobody(out)
}

func makeup(k *themeday.FormMakeup) string {
	s := k.State.Chinese()
	switch k.State {
	case themeday.MakeupConfirmed:
		return s + "，" + stamp(k.Decided) + "确认（" + k.By + "）"
	case themeday.MakeupHanded:
		s += "，" + stamp(k.Handed) + "交"
	}
	return s + "，限" + deadline(k.Due)
}

// signed is when somebody signed in; of one who was written down afterwards nobody noted when he came, and it is when he was written down.
func signed(at, entered time.Time, afterwards bool) string {
	if afterwards {
		return stamp(entered) + " 补录"
	}
	return clock(at)
}

func guests(f themeday.RecordForm) []line {
	var out []line
	for _, g := range f.Guests {
		kind := g.Kind
		if g.Leader {
			kind = "联系领导"
		}
		s := g.Name
		if kind != "" {
			s += "（" + kind + "）"
		}
		if g.Came {
			s += "　" + signed(g.At, g.Entered, g.Afterwards) + yes(g.Afterwards, "", "签到")
		} else {
			s += "　未签到"
		}
		out = append(out, text(s))
	}
	return orNobody(out)
}
