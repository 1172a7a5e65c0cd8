package templates

import "themeday"

// ObjectionView puts a member's objection before the secretary, or before the deputy and the committee (R33).
type ObjectionView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Member   string              `json:"member"`
	Late     bool                `json:"late"` // raised after the time that the rules give
	Within   string              `json:"-"`    // that time: 24小时
	Above    bool                `json:"-"`    // it went up to the committee, after the branch's
	Answer   string              `json:"-"`
	Text     string              `json:"-"`
	Record   string              `json:"-"` // what is recorded of him now
	Against  string              `json:"-"` // who entered it, when that was not he
	Own      bool                `json:"-"` // and that is the reader himself
	Absent   bool                `json:"-"` // he is not signed in
	Filed    bool                `json:"-"` // the record form is filed
}

// Objection puts a member's objection before the secretary.
func (p *Posts) Objection(v ObjectionView) (string, error) { return p.set.Text("objection", v) }

// ObjectionDueView tells the secretary, later the committee, that an objection was not answered (R33).
type ObjectionDueView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Member   string              `json:"member"`
	Days     int                 `json:"days"`
	Text     string              `json:"-"`
	Becomes  int                 `json:"-"` // days until the committee hears of it
	Above    bool                `json:"-"` // it is the committee's to answer
}

// ObjectionDue tells that an objection was not answered.
func (p *Posts) ObjectionDue(v ObjectionDueView) (string, error) {
	return p.set.Text("objection_due", v)
}

// ObjectionAnsweredView tells a member what became of his objection, and the committee where the judge had entered the thing himself (R33).
type ObjectionAnsweredView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Member   string              `json:"member"`
	Upheld   bool                `json:"upheld"`
	By       string              `json:"-"`
	Text     string              `json:"-"` // what he objected
	Answer   string              `json:"-"`
	Back     bool                `json:"-"` // the sign-in that another entered was taken back
	Above    bool                `json:"-"` // it is the committee's answer, and the last one
}

// ObjectionAnswered tells what became of an objection.
func (p *Posts) ObjectionAnswered(v ObjectionAnsweredView) (string, error) {
	return p.set.Text("objection_answered", v)
}

func objectionSamples() map[string]any {
	h, a := sampleHead(), themeday.ActivityID(sampleActivity)
	return map[string]any{
		"objection":          ObjectionView{Head: h, Activity: a, Member: "张三", Text: "我当天到会了", Record: "缺席", Absent: true, Within: "24小时"},
		"objection_due":      ObjectionDueView{Head: h, Activity: a, Member: "张三", Days: 3, Text: "我当天到会了", Becomes: 7},
		"objection_answered": ObjectionAnsweredView{Head: h, Activity: a, Member: "张三", By: "王强", Upheld: true, Text: "我没有到会", Answer: "核对过签到册", Back: true},
	}
}

// objectionVariants are what the posts about objections say otherwise.
func objectionVariants() map[string]any {
	committee := sampleHead()
	committee.Committee = true
	all := objectionSamples()
	filed, proxy, above := all["objection"].(ObjectionView), all["objection"].(ObjectionView), all["objection"].(ObjectionView)
	filed.Filed = true
	proxy.Text, proxy.Record, proxy.Against, proxy.Own, proxy.Absent, proxy.Late = "我没有到会", "14:00 代签", "王强", true, false, true
	above.Head, above.Text, above.Record, above.Against, above.Absent = committee, "我没有到会", "14:00 代签", "王强", false
	due := all["objection_due"].(ObjectionDueView)
	due.Head, due.Days = committee, 7
	rejected, told := all["objection_answered"].(ObjectionAnsweredView), all["objection_answered"].(ObjectionAnsweredView)
	rejected.Upheld, rejected.Back = false, false
	told.Head, told.Upheld, told.Back = committee, false, false
	whole := replySamples()["mine"].(MineView)
	whole.Whole, whole.More, whole.Coming = true, false, ""
	whole.Stored = []string{"手机：13900000004", "第一支部：正式、党员、党小组：一组、编号4、群昵称：张三", "测评：参加 1月；没有参加或不再保存 无。打了几分不记名，查不出来", "绑定：3月1日 周日 08:10起，“张三”，已确认"}
	whole.Looks = []string{"李敏 3月11日 周三 09:00（台账）"}
	whole.Months = []MineLine{{Month: "1月", State: "请假已准", More: []string{"请假：1月8日 周四 09:00提出，已准（王强）；事由：出差", "异议：我没有请假；王强答复：不成立。有请假条"}}, {Month: "4月", More: []string{"请假：3月8日 周日 09:00提出，待批"}}}
	return map[string]any{
		"mine.whole": whole, "mine.new": MineView{Name: "张三", Branch: "第一支部", Year: 2026, Identity: "凭群昵称认出，3月1日起", More: true},
		"objection.filed": filed, "objection.proxy": proxy, "objection.committee": above, "objection_due.committee": due,
		"objection_answered.rejected": rejected, "objection_answered.committee": told,
	}
}
