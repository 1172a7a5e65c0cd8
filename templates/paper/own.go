package paper

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	docx "github.com/lukasjarosch/go-docx"

	"themeday"
	"themeday/templates"
	"themeday/templates/word"
)

// fields are the fields that a committee's own form may name, such as {支部}.
var fields = []struct {
	name string
	fill func(themeday.RecordForm) string
}{
	{"编号", func(f themeday.RecordForm) string { return string(f.Activity) }},
	{"版本", version},
	{"待补", func(f themeday.RecordForm) string { return strings.Join(f.Missing, "、") }},
	{"支部", func(f themeday.RecordForm) string { return f.Branch }},
	{"年月", func(f themeday.RecordForm) string {
		return fmt.Sprintf("%d年%d月", f.Month.Year, int(f.Month.Month))
	}},
	{"主题", func(f themeday.RecordForm) string { return or(strings.Join(f.Topics, "；"), "主题").text }},
	{"内容", func(f themeday.RecordForm) string { return or(strings.Join(f.Content, "、"), "内容").text }},
	{"计划日期", func(f themeday.RecordForm) string { return day(f.Planned) }},
	{"日期", func(f themeday.RecordForm) string { return realDay(f).text }},
	{"时间", func(f themeday.RecordForm) string { return joined(timesOf(f)) }},
	{"时长", func(f themeday.RecordForm) string { return lasted(f).text }},
	{"变更", func(f themeday.RecordForm) string { return joined(orNobody(moves(f))) }},
	{"地点", func(f themeday.RecordForm) string { return or(f.Place, "地点").text }},
	{"现场", func(f themeday.RecordForm) string { return joined(site(f)) }},
	{"主持人", func(f themeday.RecordForm) string { return joined(hosts(f)) }},
	{"记录人", func(f themeday.RecordForm) string { return or(f.Recorder, "记录人").text }},
	{"支委会定题", func(f themeday.RecordForm) string { return step(f, themeday.Deciding, true).text }},
	{"党委审定", func(f themeday.RecordForm) string { return step(f, themeday.Approving, true).text }},
	{"预告", func(f themeday.RecordForm) string { return notice(f).text }},
	{"召集", func(f themeday.RecordForm) string { return step(f, themeday.Convening, false).text }},
	{"应到", func(f themeday.RecordForm) string { return fmt.Sprint(f.Tally.Due) }},
	{"实到", func(f themeday.RecordForm) string { return fmt.Sprint(f.Tally.Present + f.Tally.Remote) }},
	{"到会", func(f themeday.RecordForm) string { return fmt.Sprint(f.Tally.Present) }},
	{"送学", func(f themeday.RecordForm) string { return fmt.Sprint(f.Tally.Remote) }},
	{"请假", func(f themeday.RecordForm) string { return fmt.Sprint(f.Tally.Leave) }},
	{"缺席", func(f themeday.RecordForm) string { return ofHeldForm(f, fmt.Sprint(f.Tally.Absent)) }},
	{"代签", func(f themeday.RecordForm) string { return fmt.Sprint(counted(f, "代签")) }},
	{"迟到", func(f themeday.RecordForm) string { return fmt.Sprint(counted(f, "迟到")) }},
	{"补签", func(f themeday.RecordForm) string { return fmt.Sprint(counted(f, "补签")) }},
	{"出席率", func(f themeday.RecordForm) string { return ofHeldForm(f, fmt.Sprintf("%d%%", f.Tally.RatePercent())) }},
	{"签到方式", ways},
	{"签到名单", roll},
	{"缺席人员", func(f themeday.RecordForm) string { return ofHeldForm(f, joined(absentees(f))) }},
	{"补学", func(f themeday.RecordForm) string { return joined(makeups(f)) }},
	{"列席", func(f themeday.RecordForm) string { return joined(guests(f)) }},
	{"议程", func(f themeday.RecordForm) string { return joined(agenda(f)) }},
	{"讨论", func(f themeday.RecordForm) string { return said(f, themeday.Noted, "讨论发言") }},
	{"共识", func(f themeday.RecordForm) string { return said(f, themeday.Agreed, "共识") }},
	{"任务", func(f themeday.RecordForm) string { return said(f, themeday.Assigned, "议定事项") }},
	{"点评", func(f themeday.RecordForm) string { return joined(comments(f)) }},
	{"测评", func(f themeday.RecordForm) string { return joined(evaluation(f.Evaluation)) }},
	{"总结", func(f themeday.RecordForm) string { return or(f.Summary, "总结").text }},
	{"附件", annexes},
	{"更正", func(f themeday.RecordForm) string { return joined(orNobody(corrections(f))) }},
	{"上报时间", func(f themeday.RecordForm) string { return filed(f).text }},
	{headField, ownHead},
}

// FieldNames are the names of the fields, as they may stand in a committee's own form.
func FieldNames() []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.name)
	}
	return out
}

// docxLock: the library counts runs in variables of its package.
var docxLock sync.Mutex

// OwnFormError is what is wrong with a committee's own Word form.
type OwnFormError struct {
	Chinese string // for whoever asked for the form: short, with the field that does not exist
	err     error
}

// Error is for whoever runs the program.
func (e *OwnFormError) Error() string { return e.err.Error() }

// Unwrap gives the cause.
func (e *OwnFormError) Unwrap() error { return e.err }

// FillOwnForm fills a committee's own Word form, whose fields stand in braces. Its error is an *OwnFormError and names a field that does not
// exist.
func FillOwnForm(form []byte, f themeday.RecordForm) ([]byte, error) {
	out, err := fillOwnForm(form, f)
	var own *OwnFormError
	if err != nil && !errors.As(err, &own) {
		err = &OwnFormError{Chinese: "文件打不开", err: err}
	}
	return out, err
}

func fillOwnForm(form []byte, f themeday.RecordForm) (out []byte, err error) {
	docxLock.Lock()
	defer docxLock.Unlock()
	defer func() {
		if fault := recover(); fault != nil { // the library panics over files that are none
			out, err = nil, fmt.Errorf("%s cannot be read as a Word form: %v", templates.OwnRecordForm, fault)
		}
	}()
	form, pictures, err := apart(form)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read as a Word form: %w", templates.OwnRecordForm, err)
	}
	if err := fewBraces(form); err != nil {
		return nil, err
	}
	d, err := docx.OpenBytes(form)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read as a Word form: %w", templates.OwnRecordForm, err)
	}
	named, err := d.GetPlaceHoldersList()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", templates.OwnRecordForm, err)
	}
	values, err := fieldValues(named, f)
	if err != nil {
		return nil, err
	}
	_, headed := values[headField]
	if err := d.ReplaceAll(values); err != nil {
		return nil, fmt.Errorf("fill %s: %w", templates.OwnRecordForm, err)
	}
	var filled bytes.Buffer
	if err := d.Write(&filled); err != nil {
		return nil, fmt.Errorf("fill %s: %w", templates.OwnRecordForm, err)
	}
	if headed || f.Head.Hash == "" {
		return whole(filled.Bytes(), pictures, "")
	}
	return whole(filled.Bytes(), pictures, "制表时"+ownHead(f)+"。")
}

// mostBraces is more than any form has; the library takes the square of their number.
const mostBraces = 2000

// fewBraces refuses a form of so many fields that it would never be filled, and names of files that lead out of it.
func fewBraces(form []byte) error {
	z, err := zip.NewReader(bytes.NewReader(form), int64(len(form)))
	if err != nil {
		return fmt.Errorf("%s cannot be read as a Word form: %w", templates.OwnRecordForm, err)
	}
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "/") || strings.Contains(f.Name, "..") {
			return fmt.Errorf("%s is no Word form: it holds a file called %q", templates.OwnRecordForm, f.Name)
		}
		if !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		part, err := f.Open()
		if err != nil {
			return fmt.Errorf("%s cannot be read as a Word form: %w", templates.OwnRecordForm, err)
		}
		text, err := io.ReadAll(io.LimitReader(part, mostUnpacked))
		if closing := part.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return fmt.Errorf("%s cannot be read as a Word form: %w", templates.OwnRecordForm, err)
		}
		if n := bytes.Count(text, []byte("{")); n > mostBraces {
			return &OwnFormError{Chinese: "栏目太多", err: fmt.Errorf("%s holds %d braces; a form has at most %d", templates.OwnRecordForm, n, mostBraces)}
		}
	}
	return nil
}

// fieldValues gives the value of every field that the form names.
func fieldValues(named []string, f themeday.RecordForm) (docx.PlaceholderMap, error) {
	values := docx.PlaceholderMap{}
	var unknown []string
	for _, n := range named {
		name := strings.Trim(n, "{}")
		i := slices.IndexFunc(fields, func(x struct {
			name string
			fill func(themeday.RecordForm) string
		},
		) bool {
			return x.name == name
		})
		if i < 0 {
			if !slices.Contains(unknown, n) {
				unknown = append(unknown, n)
			}
			continue
		}
		values[name] = harmless.Replace(word.Clean(fields[i].fill(f)))
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return nil, &OwnFormError{
			Chinese: "没有这样的栏目：" + themeday.Shown(strings.Join(unknown, "")),
			err:     fmt.Errorf("%s names fields that do not exist: %s; there are {%s}", templates.OwnRecordForm, strings.Join(unknown, " "), strings.Join(FieldNames(), "} {")),
		}
	}
	return values, nil
}

// harmless keeps what somebody typed from being taken for a field.
var harmless = strings.NewReplacer("{", "｛", "}", "｝")

func joined(lines []line) string { return joinedBy("\n", lines) }

func joinedBy(between string, lines []line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.text)
	}
	return strings.Join(out, between)
}

func said(f themeday.RecordForm, kind themeday.MinuteKind, name string) string {
	var out []line
	for _, m := range f.Said(kind) {
		out = append(out, text(m.Text+"（"+m.Speaker+" "+joinedBy(" ", written(m))+"）"))
	}
	if len(out) == 0 {
		out = append(out, lacking(name))
	}
	return joined(out)
}

// roll is everybody who signed in, with how where it was not by himself.
func roll(f themeday.RecordForm) string {
	var out []string
	for _, m := range f.Members {
		switch m.How {
		case "":
		case themeday.Self, themeday.ByChain:
			out = append(out, m.Name)
		default:
			out = append(out, m.Name+"（"+howOf(m)+"）")
		}
	}
	if len(out) == 0 {
		return lacking("签到").text
	}
	return strings.Join(out, "、")
}

// ofHeldForm is what is told only of an activity at which somebody was.
func ofHeldForm(f themeday.RecordForm, s string) string {
	if f.Held() {
		return s
	}
	return "—"
}

func counted(f themeday.RecordForm, way string) int {
	n := 0
	for _, m := range f.Members {
		if m.How != "" && wayOf(m) == way {
			n++
		}
	}
	return n
}
