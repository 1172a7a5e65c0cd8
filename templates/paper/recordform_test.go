package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday"
)

var update = flag.Bool("update", false, "write the golden files anew")

var zone = time.FixedZone("CST", 8*3600)

func at(day, hour, minute int) time.Time {
	return time.Date(2026, time.March, day, hour, minute, 0, 0, zone)
}

// march is a filed form with one of everything.
func march() themeday.RecordForm {
	f := themeday.RecordForm{
		Activity: "第一支部/2026-03", Branch: "第一支部", Month: themeday.YearMonth{Year: 2026, Month: time.March}, Over: true,
		Topics: []string{"学习党章", "重温入党誓词"}, Compulsory: true, Own: true, Links: []themeday.FormTag{{Name: "两学一做", Ticked: true}, {Name: "中心工作"}}, Meetings: []themeday.FormTag{{Name: "党员大会", Ticked: true}, {Name: "组织生活会"}},
		Content: []string{"政治学习"}, Agenda: []string{"重温誓词", "交流讨论"}, Place: "党员活动室",
		Planned: at(13, 14, 0), Starts: at(20, 14, 0), Ends: at(20, 18, 0), Began: at(20, 14, 1), Ended: at(20, 18, 6),
		Moves:     []themeday.DateChange{{From: at(13, 14, 0), To: at(20, 14, 0), Why: "会场另有安排", At: at(9, 10, 0)}},
		Checklist: []themeday.CheckedItem{{Item: "党旗", Ticked: true}, {Item: "徽章"}},
		Host:      "李敏", HostOffice: "副书记", HostWhy: "书记外出开会", Recorder: "陈静", DaysAhead: 4, NoticeLate: true, PlanFiled: at(1, 9, 30),
		Tally: themeday.Tally{Due: 6, Present: 3, Remote: 1, Leave: 1, Absent: 1, Guests: 1},
		Members: []themeday.FormMember{
			{Number: 1, Name: "王强", Category: themeday.Formal, Standing: themeday.StandsPresent, How: themeday.Self, At: at(20, 13, 40)},
			{Number: 2, Name: "李敏", Category: themeday.Formal, Standing: themeday.StandsPresent, How: themeday.Proxy, At: at(20, 13, 50), EnteredBy: "王强"},
			{Number: 3, Name: "陈静", Category: themeday.Formal, Standing: themeday.StandsPresent, How: themeday.Late, At: at(20, 14, 1), Entered: at(21, 9, 0), Afterwards: true, EnteredBy: "王强"},
			{Number: 4, Name: "赵国栋", Category: themeday.Formal, Standing: themeday.StandsRemote, How: themeday.Remote, At: at(20, 13, 0), EnteredBy: "王强", Way: "上门送学"},
			{
				Number: 5, Name: "孙丽", Category: themeday.Formal, Standing: themeday.StandsLeave,
				Leave:  &themeday.FormLeave{Number: "03-01", State: themeday.LeaveGranted, Asked: at(18, 20, 0), Decided: at(18, 21, 0), By: "王强"},
				Makeup: &themeday.FormMakeup{State: themeday.MakeupConfirmed, Decided: at(25, 9, 0), By: "王强"},
			},
			{
				Number: 6, Name: "许宁", Category: themeday.Probationary, Standing: themeday.StandsAbsent,
				Makeup: &themeday.FormMakeup{State: themeday.MakeupOwed, Due: at(35, 0, 0)},
			},
		},
		Guests: []themeday.FormGuest{{Name: "高翔", Kind: "积极分子", Came: true, How: themeday.Self, At: at(20, 13, 46)}, {Name: "周红", Kind: "群众"}},
		Minutes: []themeday.FormMinute{
			{Kind: themeday.Noted, Text: "王强谈体会", Speaker: "陈静", At: at(20, 14, 40)},
			{Kind: themeday.Noted, Text: "李敏谈体会", Speaker: "陈静", At: at(22, 14, 50), Later: true},
			{Kind: themeday.Assigned, Text: "郑涛 月底前联系社区", Speaker: "王强", At: at(20, 15, 50)},
		},
		Comments: []themeday.FormComment{{
			Name: "陈国华", Office: "联系领导", At: at(20, 17, 50), Dictated: "王强",
			Parts: []themeday.CommentPart{{Text: "总的不错"}, {Name: "优点", Text: "准备充分"}, {Name: "不足", Text: "时间紧"}},
		}},
		Evaluation: themeday.FormEvaluation{Result: at(21, 18, 6), Participants: 5, Raters: 5, Shown: true, Satisfied: 4, RatePercent: 80, Means: []float64{4.2, 4, 4.5, 3.9}, Shares: []int{80, 80, 100, 60}, SatisfiedFrom: 4},
		Summary:    "成效：人人发言", Photos: []themeday.FormPhoto{{ID: "16e8d711ed25aa", By: "陈静", At: at(20, 15, 10), Caption: "重温入党誓词"}},
		Due: at(23, 0, 0), Filed: at(24, 9, 0), FiledBy: "王强", DaysLate: 2, Version: 2, Filings: []themeday.FormFiling{{Version: 1, At: at(24, 9, 0), By: "王强"}},
		Corrections: []themeday.Correction{{Version: 2, At: at(25, 9, 0), By: "王强", What: "孙丽的补学：待确认→已补学"}},
		Missing:     []string{"徽章", "共识", "第二张照片"},
	}
	for i := range f.Steps {
		f.Steps[i] = themeday.StepTaken{At: at(2+i, 9, 0), By: "王强"}
	}
	return f
}

func photo(string) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 20)), nil)
	return b.Bytes(), err
}

func inWord(t *testing.T, f themeday.RecordForm) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := RecordFormWord(&out, f, photo); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// texts are the paragraphs of a document, cells of a row joined by |.
func texts(t *testing.T, document []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	d := xml.NewDecoder(f)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			b.Write(token)
		case xml.StartElement:
			switch token.Name.Local {
			case "br":
				b.WriteString(" / ")
			case "drawing":
				b.WriteString("[图]")
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "tc":
				b.WriteString("| ")
			case "p":
				b.WriteString(" ")
			case "tr":
				b.WriteString("\n")
			}
		}
	}
}

func TestTheRecordFormSaysWhatTheFactsAre(t *testing.T) {
	got := texts(t, inWord(t, march()))
	golden := filepath.Join("testdata", "recordform.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWordAndPrintSayTheSame(t *testing.T) {
	var page bytes.Buffer
	if err := RecordFormHTML(&page, march(), photo); err != nil {
		t.Fatal(err)
	}
	said := texts(t, inWord(t, march()))
	for _, line := range strings.FieldsFunc(said, func(r rune) bool { return strings.ContainsRune("|\n", r) }) {
		for _, text := range strings.Split(strings.TrimSpace(line), " ") {
			if text != "" && text != "[图]" && !strings.Contains(page.String(), text) {
				t.Errorf("the page does not say %q", text)
			}
		}
	}
	if strings.Contains(page.String(), "<script") || strings.Contains(page.String(), "http:") || strings.Contains(page.String(), "https:") {
		t.Error("the page holds a script or looks elsewhere")
	}
}

func TestTheSameFormIsTheSameBytes(t *testing.T) {
	if !bytes.Equal(inWord(t, march()), inWord(t, march())) {
		t.Error("the bytes differ")
	}
}

func TestAnEmptyFormSaysWhatIsMissingAndInventsNothing(t *testing.T) {
	f := themeday.RecordForm{Activity: "第一支部/2026-03", Branch: "第一支部", Month: march().Month, Starts: at(13, 14, 0), Ends: at(13, 18, 0), Checklist: []themeday.CheckedItem{{Item: "党旗"}}}
	said := texts(t, inWord(t, f))
	for _, name := range []string{"主题", "内容", "地点", "党旗", "主持人", "记录人", "实际开始时间", "实际结束时间", "时长", "支委会定主题", "机关党委审定", "公示预告", "召集会议", "议程", "讨论发言", "共识", "议定事项", "测评", "总结"} {
		if !strings.Contains(said, "【缺："+name+"】") {
			t.Errorf("it does not say that %s is missing:\n%s", name, said)
		}
	}
	if !strings.Contains(said, "草稿") {
		t.Error("it does not say that it is a draft")
	}
}

func TestAnActivityThatWasNotHeldHasNoDateNoRateAndNobodyAbsent(t *testing.T) {
	f := march()
	f.Tally = themeday.Tally{Due: 6, Leave: 1, Absent: 5}
	f.Guests, f.Steps[themeday.SigningIn-1] = nil, themeday.StepTaken{}
	for i := range f.Members {
		m := &f.Members[i]
		m.How, m.At, m.Entered, m.Afterwards, m.EnteredBy, m.Way, m.Makeup = "", time.Time{}, time.Time{}, false, "", "", nil
		if m.Leave == nil {
			m.Standing = themeday.StandsAbsent
		}
	}
	said := texts(t, inWord(t, f))
	for _, want := range []string{"实际日期 | 【缺：实际日期】未开展", "出席率 | —　未开展", "没有人签到，不列缺席", "孙丽：请假，请假条03-01"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
	for _, invented := range []string{"| 0%", "未达标", "未请假", "3月20日 周五 |", "| 缺席 | "} {
		if strings.Contains(strings.ReplaceAll(said, "缺席 | —", ""), invented) {
			t.Errorf("%q is invented:\n%s", invented, said)
		}
	}
	f.Over = false
	if said := texts(t, inWord(t, f)); strings.Contains(said, "未开展") || !strings.Contains(said, "出席率 | —　活动未开始") {
		t.Errorf("it may still be held:\n%s", said)
	}
}

func TestUntilAVersionIsFiledItIsADraft(t *testing.T) {
	filings := []themeday.FormFiling{{Version: 1, At: at(14, 9, 41), By: "王强"}, {Version: 2, At: at(14, 18, 0), By: "机器人"}}
	for _, c := range []struct {
		name          string
		version       int
		filed         []themeday.FormFiling
		heading, file string
	}{
		{"never filed", 0, nil, "第1版（草稿，未上报）", "第一支部2026年3月主题党日纪实表第1版（草稿，未上报）.docx"},
		{"filed", 1, filings[:1], "第1版 3月14日 09:41 上报", "第一支部2026年3月主题党日纪实表（第1版）.docx"},
		{"corrected since", 2, filings[:1], "第2版（草稿，未上报）；已有第1版 3月14日 09:41 上报", "第一支部2026年3月主题党日纪实表第2版（草稿，未上报）.docx"},
		{"filed again", 2, filings, "第1版 3月14日 09:41、第2版 3月14日 18:00 上报", "第一支部2026年3月主题党日纪实表（第2版）.docx"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := march()
			f.Version, f.Filings = c.version, c.filed
			if got := version(f); got != c.heading {
				t.Errorf("heading %q, want %q", got, c.heading)
			}
			if got := f.FileName(); got != c.file {
				t.Errorf("file %q, want %q", got, c.file)
			}
		})
	}
	f := march()
	f.Filings, f.DaysLate = filings, 0
	if got, want := filed(f).text, "第1版 3月14日 09:41（王强）、第2版 3月14日 18:00（机器人），限3月22日 24:00，按时"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNothingOfTheEvaluationIsToldBeforeItsResult(t *testing.T) {
	for _, c := range []struct {
		name string
		e    themeday.FormEvaluation
		want string
	}{
		{"open", themeday.FormEvaluation{Participants: 9, Raters: 4, Closes: at(21, 18, 0)}, "应参测9人，发出9份，收回4份，有效4份，3月21日 18:00截止，结果未出。"},
		{"too few ballots", themeday.FormEvaluation{Participants: 9, Raters: 2, Result: at(21, 18, 0)}, "应参测9人，发出9份，收回2份，有效2份。份数太少，为保证不记名，结果不列。"},
		{"no means from a few", themeday.FormEvaluation{Participants: 9, Raters: 4, Result: at(21, 18, 0), Shown: true, Satisfied: 3, RatePercent: 75, SatisfiedFrom: 4}, "应参测9人，发出9份，收回4份，有效4份，满意3份，满意率75%。\n份数较少，各项平均分不列。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := joined(evaluation(c.e)); !strings.HasPrefix(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestOutsidersStandApartInTheForm(t *testing.T) {
	figures := func(raters, satisfied, percent int) *themeday.RateFigures {
		return &themeday.RateFigures{Raters: raters, Satisfied: satisfied, RatePercent: percent}
	}
	e := themeday.FormEvaluation{Participants: 9, Raters: 5, Result: at(21, 18, 0), Shown: true, Satisfied: 4, RatePercent: 80, SatisfiedFrom: 4, Outside: figures(4, 3, 75), Together: figures(9, 7, 77)}
	own := "应参测9人，发出9份，收回5份，有效5份，满意4份，满意率80%。\n份数较少，各项平均分不列。\n"
	formula := "\n满意＝四项平均4分以上；满意率＝满意÷参加测评。"
	if got, want := joined(evaluation(e)), own+"扩大参评另列：收回4份，满意3份，满意率75%。合计：收回9份，满意7份，满意率77%。"+formula; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	e.Raters, e.Shown, e.Together = 2, false, nil
	if got, want := joined(evaluation(e)), "应参测9人，发出9份，收回2份，有效2份。份数太少，为保证不记名，结果不列。\n扩大参评另列：收回4份，满意3份，满意率75%。"+formula; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestHostileTextStaysTextInTheForm(t *testing.T) {
	hostile := "<script>alert(1)</script>=cmd|'/C calc'!A0\u202e\x00" + strings.Repeat("长", 10000) + "{支部}"
	f := march()
	f.Topics, f.Summary, f.Place, f.Minutes[0].Text, f.Members[0].Name = []string{hostile}, hostile, hostile, hostile, hostile
	f.Photos[0].Caption = hostile
	said := texts(t, inWord(t, f))
	var page bytes.Buffer
	if err := RecordFormHTML(&page, f, photo); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(said, "<script>alert(1)</script>=cmd|'/C calc'!A0长长"); n != 6 {
		t.Errorf("Word shows it %d times, want 6", n)
	}
	if n := strings.Count(page.String(), "&lt;script&gt;alert(1)&lt;/script&gt;"); n != 6 || strings.Contains(page.String(), "<script") {
		t.Errorf("the page shows it %d times, want 6, and never as a script", n)
	}
	for _, bad := range []string{"\u202e", "\x00"} {
		if strings.Contains(said, bad) || strings.Contains(page.String(), bad) {
			t.Errorf("%q went through", bad)
		}
	}
}

func TestAPhotoThatCannotBeReadIsSaidSo(t *testing.T) {
	for name, photos := range map[string]Photos{
		"gone":         func(string) ([]byte, error) { return nil, os.ErrNotExist },
		"no picture":   func(string) ([]byte, error) { return []byte("<svg>"), nil },
		"nothing left": func(string) ([]byte, error) { return nil, nil },
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := RecordFormWord(&out, march(), photos); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(texts(t, out.Bytes()), "【缺：图片文件】") {
				t.Error("it is not said")
			}
		})
	}
}

func TestTheNumbersOfTheSheetAreThoseOfTheRoster(t *testing.T) {
	s := themeday.SignInSheet{
		Branch: "第一支部", Month: march().Month, Topics: []string{"学习党章"}, Place: "党员活动室", Starts: at(13, 14, 0), Ends: at(13, 18, 0),
		Members: []themeday.SheetLine{{Number: 1, Name: "王强", PartyGroup: "第一小组"}, {Number: 7, Name: "李敏"}},
		Guests:  []themeday.SheetLine{{Number: 9, Name: "周红", Kind: "团员"}, {Name: "高翔", Kind: "积极分子"}},
	}
	var out bytes.Buffer
	if err := SignInSheetWord(&out, s); err != nil {
		t.Fatal(err)
	}
	said := texts(t, out.Bytes())
	for _, want := range []string{"1 | 王强 | 第一小组 |  |  | \n", "7 | 李敏 |  |  |  | \n", "9 | 周红 | 团员 |  |  | \n", " | 高翔 | 积极分子 |  |  | \n", "应到2人", "2026年3月13日 周五 14:00—18:00　党员活动室　学习党章"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
}
