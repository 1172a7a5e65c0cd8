package book

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"themeday"
)

// Index is the table of contents of a year's evidence (迎检): gaps first, then clause → evidence → file.
type Index struct {
	Title    string // such as 第一支部 2026年度主题党日迎检材料
	Own      bool   // the branch's own copy, with the reasons of leaves in its ledger
	Evidence themeday.Evidence
	// Path is where a file lies, with slashes, seen from the index; empty where it is not there.
	Path func(themeday.EvidenceFile) string
}

// remark says what is in the bundle and what is not.
func (x Index) remark() string {
	if x.Own {
		return "本册为支部留存本，台账内含请假事由，不得外传。"
	}
	return "本册不含请假事由和请假条，由支部保存备查；测评只有合计，没有单张选票。"
}

// summary is the first line that an inspector reads.
func (x Index) summary() string {
	shown, none := 0, 0
	for _, c := range x.Evidence.Clauses {
		shown += boolInt(len(c.Items) > 0)
		none += boolInt(c.Note == themeday.NoRecord)
	}
	return fmt.Sprintf("开展活动%d次；缺口%d项；%d条要求中%d条有证据，%d条本系统暂无记录", len(x.Evidence.Held), len(x.Evidence.Gaps), len(x.Evidence.Clauses), shown, none)
}

func clause(r themeday.Rule) string { return r.Clause() + " " + string(r) + " " + r.Gist() }

func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

// indexColumns are those of the sheet.
func indexColumns() []themeday.Column {
	text, prose := themeday.CellText, themeday.CellProse
	return []themeday.Column{{Name: "状态", Kind: text}, {Name: "月份", Kind: text}, {Name: "条款", Kind: prose}, {Name: "证据", Kind: prose}, {Name: "文件", Kind: prose}}
}

// XLSX writes the index as a sheet.
func (x Index) XLSX(w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	s, err := newSheet(f, styles, 0, "迎检目录", x.Title, indexColumns())
	if err != nil {
		return err
	}
	for _, row := range x.rows() {
		if err := s.add(row); err != nil {
			return err
		}
	}
	if err := s.finish(x.Evidence.Made); err != nil {
		return err
	}
	return f.Write(w)
}

func (x Index) rows() [][]any {
	var rows [][]any
	for _, g := range x.Evidence.Gaps {
		rows = append(rows, []any{"缺口", g.Of(), clause(g.Rule), g.What + "。" + g.Do, nil})
	}
	for _, c := range x.Evidence.Clauses {
		for _, i := range c.Items {
			rows = append(rows, []any{"有" + boolWord(i.Short, "，不达标"), i.Of(), clause(c.Rule), strings.Join(full(i.What, i.Figure, when(i.When)), "，"), strings.Join(x.paths(i.Files), "\n")})
		}
		if c.Note != "" {
			state := "无"
			if c.Note == themeday.NoRecord {
				state = "暂无记录"
			}
			rows = append(rows, []any{state, "全年", clause(c.Rule), c.Note, nil})
		}
	}
	return rows
}

func boolWord(is bool, word string) string {
	if is {
		return word
	}
	return ""
}

func (x Index) paths(links []themeday.EvidenceLink) []string {
	var out []string
	for _, l := range links {
		if p := x.Path(l.File); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

func full(parts ...string) []string {
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

var indexPage = template.Must(template.ParseFS(pages, "index.html"))

// What the page reads.
type (
	indexView struct {
		Title, Made, Summary, Remark string
		Gaps                         []indexGap
		Sections                     []indexSection
	}
	indexGap struct{ Of, Rule, Clause, What, Do string }
	// indexSection holds the rules of one section of the regulation.
	indexSection struct {
		Name  string
		Rules []indexRule
	}
	indexRule struct {
		Rule, Gist, Note string
		Gaps             int
		Items            []indexItem
	}
	indexItem struct {
		Of, What, Figure, When string
		Short                  bool
		Links                  []indexLink
	}
	indexLink struct{ Name, Href string }
)

// HTML writes the index for print, A4, and for reading on a phone. Its links lead to the files beside it.
func (x Index) HTML(w io.Writer) error {
	v := indexView{Title: plain(x.Title), Made: when(x.Evidence.Made), Summary: x.summary(), Remark: x.remark()}
	for _, g := range x.Evidence.Gaps {
		v.Gaps = append(v.Gaps, indexGap{Of: g.Of(), Rule: string(g.Rule), Clause: g.Rule.Clause() + " " + g.Rule.Gist(), What: plain(g.What), Do: plain(g.Do)})
	}
	for _, c := range x.Evidence.Clauses {
		if n := len(v.Sections); n == 0 || v.Sections[n-1].Name != c.Rule.Clause() {
			v.Sections = append(v.Sections, indexSection{Name: c.Rule.Clause()})
		}
		s := &v.Sections[len(v.Sections)-1]
		s.Rules = append(s.Rules, x.rule(c))
	}
	return indexPage.Execute(w, v)
}

func (x Index) rule(c themeday.ClauseEvidence) indexRule {
	out := indexRule{Rule: string(c.Rule), Gist: c.Rule.Gist(), Note: c.Note, Gaps: c.Gaps}
	for _, i := range c.Items {
		item := indexItem{Of: i.Of(), What: plain(i.What), Figure: plain(i.Figure), When: when(i.When), Short: i.Short}
		for _, l := range i.Files {
			if href := x.href(l); href != "" {
				item.Links = append(item.Links, indexLink{Name: l.String(), Href: href})
			}
		}
		out.Items = append(out.Items, item)
	}
	return out
}

// href is the address of a file beside the page.
func (x Index) href(l themeday.EvidenceLink) string {
	path := x.Path(l.File)
	if path == "" {
		return ""
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	href := strings.Join(parts, "/")
	if l.Part > 0 {
		href += fmt.Sprintf("#part-%d", l.Part)
	}
	return href
}
