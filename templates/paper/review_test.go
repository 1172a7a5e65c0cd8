package paper

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/templates/word"
)

// halfYear is the review of a year that is still running: January well, February with everything wrong, the others without a date.
func halfYear() themeday.YearReview {
	month := func(m time.Month, day, hour int) time.Time { return time.Date(2026, m, day, hour, 0, 0, 0, zone) }
	r := themeday.YearReview{
		Branch: "第一支部", Year: 2026, Made: month(4, 1, 9), Running: true, Rules: themeday.DefaultRules(), Members: 10,
		Plan:   themeday.ReviewPlan{Filed: true, At: month(1, 20, 9), Due: month(2, 1, 0), Dated: 3},
		Bands:  []themeday.ReviewBand{{From: 100, Below: 101, Members: 7}, {From: 80, Below: 100}, {From: 60, Below: 80, Members: 1}, {From: 0, Below: 60, Members: 2}},
		Guides: 1, Visits: []themeday.ReviewVisit{{Name: "高远", Months: []themeday.YearMonth{{Year: 2026, Month: 1}}}},
		Contents:  []themeday.ReviewContent{{Name: "政治学习", Months: make([]themeday.YearMonth, 2)}, {Name: "志愿服务", Months: make([]themeday.YearMonth, 1)}},
		Strengths: []themeday.Finding{{Rule: themeday.R04, Text: "年度计划按期报机关党委备案"}},
		Problems:  []themeday.Finding{{Rule: themeday.R12, Text: "有1次活动参加人数没有达到党员总数的80%", Months: []themeday.YearMonth{{Year: 2026, Month: 2}}}},
		Sum: themeday.ReviewSum{
			Held: 2, Missed: 1, Attendance: themeday.ReviewAttendance{Due: 20, Present: 15, Remote: 1, Leave: 1, Absent: 3, Guests: 1, Met: true}, MetMonths: 1,
			Ways: themeday.ReviewWays{Self: 10, Chain: 2, Late: 1, Proxy: 1, After: 1, Remote: 1}, Leaders: themeday.ReviewLeaders{Due: 2, Came: 1}, Short: 1, Noticed: 2, NoticedInTime: 1,
			Moves: 1, MovedMonths: 1, DateKept: 1, AllSteps: 1, Evaluation: themeday.ReviewEvaluation{Shown: true, Raters: 14, Satisfied: 11}, Evaluated: 2, Rated: 2, Strikes: 1,
			Filed: 2, FiledOnTime: 1, Makeup: themeday.ReviewMakeup{Owed: 4, Done: 1, Overdue: 3}, Photos: 4, Photographed: 1,
		},
	}
	for i := range r.Months {
		r.Months[i] = themeday.ReviewMonth{Month: themeday.YearMonth{Year: 2026, Month: time.Month(i + 1)}, State: themeday.ReviewOpen}
	}
	r.Months[0] = themeday.ReviewMonth{
		Month: r.Months[0].Month, State: themeday.ReviewHeld, Topics: []string{"学习党章"}, Planned: month(1, 9, 14), Starts: month(1, 9, 14),
		Attendance: themeday.ReviewAttendance{Due: 10, Present: 9, Remote: 1, Guests: 1, Met: true}, Ways: themeday.ReviewWays{Self: 7, Chain: 2, Remote: 1},
		Leaders: themeday.ReviewLeaders{Due: 1, Came: 1}, Lasted: 4 * time.Hour, Noticed: month(1, 4, 9), DaysAhead: 5, NoticedInTime: true, Steps: 9,
		Evaluation: themeday.ReviewEvaluation{Raters: 9, Out: true, Shown: true, Satisfied: 9}, Record: themeday.ReviewRecord{Filed: month(1, 10, 9)}, Photos: 4,
	}
	r.Months[1] = themeday.ReviewMonth{
		Month: r.Months[1].Month, State: themeday.ReviewHeld, Topics: []string{"走访"}, Planned: month(2, 13, 14), Starts: month(2, 27, 14), Moves: 1,
		Attendance: themeday.ReviewAttendance{Due: 10, Present: 6, Leave: 1, Absent: 3}, Ways: themeday.ReviewWays{Self: 3, Late: 1, Proxy: 1, After: 1},
		Leaders: themeday.ReviewLeaders{Due: 1}, Short: true, Lasted: 3*time.Hour + 10*time.Minute, Noticed: month(2, 25, 9), DaysAhead: 2, Steps: 8,
		Evaluation: themeday.ReviewEvaluation{Raters: 5, Out: true, Shown: true, Satisfied: 2, Under: true}, Record: themeday.ReviewRecord{Filed: month(3, 4, 9), DaysLate: 3},
		Makeup: themeday.ReviewMakeup{Owed: 4, Done: 1, Overdue: 3},
	}
	r.Months[2] = themeday.ReviewMonth{Month: r.Months[2].Month, State: themeday.ReviewMissed, Planned: month(3, 13, 14), Starts: month(3, 13, 14)}
	return r
}

func reviewWord(t *testing.T, r themeday.YearReview) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := ReviewWord(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func reviewHTML(t *testing.T, r themeday.YearReview) string {
	t.Helper()
	var out bytes.Buffer
	if err := ReviewHTML(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTheReviewSaysWhatTheFiguresAre(t *testing.T) {
	got := texts(t, reviewWord(t, halfYear()))
	golden := filepath.Join("testdata", "review.txt")
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

func TestTheReviewIsTheSameInWordAndInPrint(t *testing.T) {
	r := halfYear()
	said, page := texts(t, reviewWord(t, r)), reviewHTML(t, r)
	for _, want := range []string{
		"第一支部2026年度主题党日述职报告", "截至2026年4月1日 09:00（本年度尚未结束", "一、总体情况", "二、逐月情况", "三、出席与补学", "四、测评", "五、按期与变更", "六、领导参加与指导",
		"七、存在的问题", "八、下一步打算", "【待填：下一步打算】", "支部书记签字", "机关党委意见", "出席率＝（到会＋送学）÷应到", "满意率＝满意票÷收回份数", "按期率＝已做到的项数÷可判断的项数",
		"高远（1月）", "3小时10分，不足半天", "3月4日，逾期3天", "2天，逾期", "有1次活动参加人数没有达到党员总数的80%：2月（第三条）",
	} {
		if !strings.Contains(said, want) || !strings.Contains(page, want) {
			t.Errorf("%q is not in both", want)
		}
	}
	if !bytes.Equal(reviewWord(t, r), reviewWord(t, r)) {
		t.Error("the same review is not the same bytes")
	}
	if r.Running = false; !strings.Contains(reviewHTML(t, r), "统计期间：2026年1月1日至12月31日") {
		t.Error("a year that is over is not told to be")
	}
}

func TestAMonthWithoutFiguresIsAGapAndNoZero(t *testing.T) {
	r := halfYear()
	page, document := reviewHTML(t, r), reviewWord(t, r)
	for _, want := range []string{
		"各月出席率：1月100%，2月60%，3月无数据，4月无数据", "各月满意率：1月100%，2月40%，3月无数据", "各月按期率：1月100%，2月0%，3月无数据", "；规定下限80%",
	} {
		if strings.Count(page, want) != 2 { // for the screen reader and for the pointer
			t.Errorf("%q stands there %d times", want, strings.Count(page, want))
		}
	}
	if n := strings.Count(page, `<rect class="bar`) - 2*2; n != 6 { // less the keys of two graphs
		t.Errorf("%d columns are drawn, want two in each of three", n)
	}
	z, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/charts/chart1.xml")
	if err != nil {
		t.Fatal(err)
	}
	chart, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if values := `<c:ptCount val="12"/><c:pt idx="0"><c:v>100</c:v></c:pt><c:pt idx="1"><c:v>60</c:v></c:pt></c:numLit>`; !strings.Contains(string(chart), values) {
		t.Errorf("%s is not in %s", values, chart)
	}
}

func TestHostileTextStaysTextInTheReview(t *testing.T) {
	r := halfYear()
	hostile := `<script>alert(1)</script>"'{{.}}` + "\u202e反\x00" + strings.Repeat("长", 10_000)
	r.Branch, r.Months[0].Topics, r.Contents[0].Name, r.Visits[0].Name = "一\u202e<b>", []string{hostile}, hostile, hostile
	page := reviewHTML(t, r)
	said := texts(t, reviewWord(t, r))
	long := strings.Repeat("长", 10_000)
	if strings.Contains(page, "<script") || strings.Contains(page, "<b>") || strings.Contains(page, "\u202e") || !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;") || !strings.Contains(page, long) {
		t.Error("the page holds markup or lacks the text")
	}
	if !strings.Contains(said, `<script>alert(1)</script>"'{{.}}反`+long) || strings.Contains(said, "\u202e") {
		t.Error("the document lacks the text or turns its direction")
	}
}

func TestAReviewOfNothingIsStillADocument(t *testing.T) {
	r := themeday.YearReview{Branch: "新支部", Year: 2026, Rules: themeday.DefaultRules(), Made: at(1, 9, 0)}
	for i := range r.Months {
		r.Months[i] = themeday.ReviewMonth{Month: themeday.YearMonth{Year: 2026, Month: time.Month(i + 1)}, State: themeday.ReviewOpen}
	}
	page := reviewHTML(t, r)
	for _, want := range []string{"没有可以公布的测评结果", "没有发现违反规定的情形", "没有登记联系指导本支部的领导"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	reviewWord(t, r)
}

func TestMonthsThatFollowOneAnotherAreDrawnTogether(t *testing.T) {
	for want, list := range map[string][]time.Month{
		"3月": {3}, "3月、4月": {3, 4}, "3月至5月": {3, 4, 5}, "1月、3月至6月、8月、9月": {1, 3, 4, 5, 6, 8, 9}, "": {},
	} {
		var all []themeday.YearMonth
		for _, m := range list {
			all = append(all, themeday.YearMonth{Year: 2026, Month: m})
		}
		if got := months(all); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Everything of a graph lies within its view box.
func TestAGraphStaysWithinItsBox(t *testing.T) {
	g := (&graph{title: "率", values: "率", names: []string{"1月", "2月", "3月"}, percents: []int{0, 100, unknown}, limit: 80, limitName: "下限"}).html()
	for _, b := range g.Bars {
		if b.Known && (b.Height < 0 || b.Y < 20 || b.Above < 24 || b.Y+b.Height != svgBottom || b.X < svgLeft || b.X+b.Width > svgRight) {
			t.Errorf("%+v", b)
		}
	}
	if g.Bars[2].Known || !g.Bars[0].Low || g.Bars[1].Low {
		t.Errorf("%+v", g.Bars)
	}
	if word.Clean(g.Alt) != "率：1月0%，2月100%，3月无数据；下限80%" {
		t.Error(g.Alt)
	}
}

// kept tells of every paragraph of a document whether it stays on the page of the next one.
func kept(t *testing.T, document []byte) map[string]bool {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, p := range strings.Split(string(whole), "<w:p>") {
		_, text, there := strings.Cut(p, `<w:t xml:space="preserve">`)
		if text, _, _ = strings.Cut(text, "<"); there {
			out[strings.TrimLeft(text, "　")] = strings.Contains(p, "<w:keepNext/>")
		}
	}
	return out
}

func TestSignaturesStandWithTheSectionBeforeThemAndCommentsWithTheirHead(t *testing.T) {
	r := halfYear()
	r.Comments = []themeday.ReviewComment{{Month: r.Months[0].Month, Name: "高远", Parts: []themeday.CommentPart{{Text: "总的不错"}}}}
	stays := kept(t, reviewWord(t, r))
	for text, want := range map[string]bool{"领导点评1条：": true, "1月高远：总的不错": false, "【待填：下一步打算】": true, "【待填：对存在问题的整改措施、责任人和时限】": true, "支部书记签字": true} {
		if got, there := stays[text]; !there || got != want {
			t.Errorf("%s: stays with what follows %v, want %v", text, got, want)
		}
	}
}

func TestTheCaptionOfAGraphSaysWhatHollowColumnsAre(t *testing.T) {
	low := graph{title: "各月出席率", values: "出席率", names: []string{"1月"}, percents: []int{50}, limit: 80, limitName: "规定下限"}
	if got, want := low.word().Title, "各月出席率（空心柱：低于规定下限80%）"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	free := graph{title: "各月按期率", names: []string{"1月"}, percents: []int{50}}
	if got, want := free.word().Title, "各月按期率"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
