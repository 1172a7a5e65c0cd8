package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"themeday"
	"themeday/templates/book"
	"themeday/templates/bundle"
	"themeday/templates/paper"
)

// packer lays the files of a branch's evidence into their folders.
type packer struct {
	h     *House
	ctx   context.Context
	tx    themeday.Tx
	e     themeday.Evidence
	at    time.Time
	own   bool
	files []bundle.Entry // behind the index, in their order
	paths map[themeday.EvidenceFile]string
}

// The folders of the zip.
const (
	indexFile    = "00-目录"
	planFolder   = "01-年度计划/"
	ledgerFolder = "02-台账/"
	formFolder   = "03-纪实表/"
	sheetFolder  = "04-签到册/"
	photoFolder  = "05-照片/"
	reviewFolder = "06-述职/"
	factsFolder  = "07-事实/"
)

// gather lists the files and finds out which are not there, before the index is written.
func (p *packer) gather() error {
	for _, part := range []func() error{p.plan, p.ledger, p.forms, p.sheets, p.photos, p.review, p.facts} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// entries are the index and the files.
func (p *packer) entries() []bundle.Entry {
	x := book.Index{
		Title: fmt.Sprintf("%s %d年度主题党日迎检材料", p.e.Branch.Name, p.e.Year), Own: p.own, Evidence: p.e,
		Path: func(f themeday.EvidenceFile) string { return p.paths[f] },
	}
	all := []bundle.Entry{{Name: indexFile + ".html", Write: x.HTML}, {Name: indexFile + ".xlsx", Write: sorted(x.XLSX)}}
	all = append(all, p.files...)
	for i := range all {
		write := all[i].Write
		all[i].Write = func(w io.Writer) error {
			if err := p.ctx.Err(); err != nil {
				return err
			}
			return write(w)
		}
	}
	return all
}

func (p *packer) add(f themeday.EvidenceFile, path string, write func(io.Writer) error) {
	p.paths[f] = path
	p.files = append(p.files, bundle.Entry{Name: path, Write: write})
}

// sorted makes the bytes of a workbook the same every time.
func sorted(write func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error { return bundle.Sorted(w, write) }
}

// named is a file's name that says whose it is.
func (p *packer) named(what string) string {
	return bundle.Name(p.e.Branch.Name) + fmt.Sprintf("%d", p.e.Year) + what
}

func (p *packer) plan() error {
	b, err := p.h.planBook(p.tx, string(p.e.Branch.ID), p.e.Year, p.at)
	p.add(themeday.EvidenceFile{Kind: themeday.PlanFile}, planFolder+p.named("年度计划.xlsx"), sorted(b.XLSX))
	p.add(themeday.EvidenceFile{Kind: themeday.CalendarFile}, planFolder+p.named("年度计划.ics"), b.ICS)
	return err
}

func (p *packer) ledger() error {
	l := book.Ledger{Title: fmt.Sprintf("%s %d年度主题党日台账", p.e.Branch.Name, p.e.Year), Made: p.e.Made, Thumb: thumbs(p.h.Config)}
	var err error
	if l.Head, err = printedHead(p.tx); err != nil {
		return err
	}
	years := func() iter.Seq2[themeday.Yearbook, error] {
		return stoppable(p.ctx, p.h.Desk.Yearbooks(p.tx, []themeday.Branch{p.e.Branch}, p.e.Year, p.at, p.own))
	}
	p.add(themeday.EvidenceFile{Kind: themeday.LedgerFile}, ledgerFolder+p.named("台账.xlsx"), sorted(func(w io.Writer) error { return l.XLSX(w, years()) }))
	p.add(themeday.EvidenceFile{Kind: themeday.LedgerPage}, ledgerFolder+p.named("台账.html"), func(w io.Writer) error { return l.HTML(w, years()) })
	return nil
}

// forms are the record forms: every filed version as it was filed, and a draft where the form as it stands was not filed.
func (p *packer) forms() error {
	for _, a := range p.e.Held {
		form, err := p.h.Desk.RecordFormAt(p.tx, a, p.at)
		if err != nil {
			return err
		}
		all, err := p.tx.FiledForms(a.ID)
		if err != nil {
			return err
		}
		stands := themeday.EvidenceFile{Kind: themeday.FormFile, Month: a.Month}
		for _, f := range all {
			version := stands
			version.Version = f.Version
			if stood := f.Version == form.Version; p.filed(version, f, stood) && stood {
				p.paths[stands] = p.paths[version]
			}
		}
		if p.paths[stands] == "" {
			p.standing(stands, a, form)
		}
	}
	return nil
}

// formPath is where a version of a form lies.
func formPath(m themeday.YearMonth, version int, state string) string {
	return fmt.Sprintf("%s%s-纪实表-第%d版-%s.docx", formFolder, m, max(version, 1), state)
}

// filed puts in a version as it was filed and tells whether its bytes are there; the one that stands is made anew where they are not.
func (p *packer) filed(file themeday.EvidenceFile, f themeday.FiledForm, stands bool) bool {
	if f.SHA256 == "" {
		return false // filed before the bytes were kept
	}
	from, err := p.h.Desk.Forms.FormFile(f.SHA256)
	if err != nil {
		what := fmt.Sprintf("%s上报的纪实表第%d版文件缺失或被改动", file.Month.Chinese(), f.Version)
		if stands {
			what += "，这里是按现有记录重做的"
		}
		p.e.Lacks(themeday.Gap{
			Month: file.Month, Rule: themeday.R33, What: what,
			Do: "从备份找回，或向机关党委要回上报的那一份核对",
		})
		return false
	}
	p.add(file, formPath(file.Month, f.Version, p.h.Desk.Local(f.At).Format("0102")), func(w io.Writer) error { return copyFile(w, from) })
	return true
}

// standing puts in the form as it stands: a draft, or, where the bytes that were filed are gone, one that is made anew and says so.
func (p *packer) standing(file themeday.EvidenceFile, a themeday.Activity, form themeday.RecordForm) {
	state := "草稿"
	if form.Frozen() {
		state = "重做"
		file.Version = form.Version
	}
	p.add(file, formPath(file.Month, form.Version, state), func(w io.Writer) error {
		form, err := p.h.Desk.RecordFormAt(p.tx, a, p.at) // not held: a year's forms are many
		if err != nil {
			return err
		}
		return p.h.writeRecordForm(w, form, ".docx")
	})
	p.paths[themeday.EvidenceFile{Kind: themeday.FormFile, Month: file.Month}] = p.paths[file]
}

func copyFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // it was only read
	_, err = io.Copy(w, f)
	return err
}

func (p *packer) sheets() error {
	for _, a := range p.e.Held {
		p.add(themeday.EvidenceFile{Kind: themeday.SheetFile, Month: a.Month}, sheetFolder+a.Month.String()+".docx", func(w io.Writer) error {
			s, err := p.h.Desk.SignInSheet(p.tx, a)
			if err != nil {
				return err
			}
			return paper.SignInSheetWord(w, s)
		})
	}
	return nil
}

// photos are the kept pictures of the activities; one that is gone is a gap.
func (p *packer) photos() error {
	shown := photosOf(p.h.Config)
	for _, photo := range p.e.Photos {
		if _, err := shown(photo.ID); err != nil {
			p.e.Lacks(themeday.Gap{
				Month: photo.Month, Rule: themeday.R21, What: fmt.Sprintf("%s照片%d的文件缺失", photo.Month.Chinese(), photo.N), Do: "从备份找回图片文件夹，或请提供人再给一份",
			})
			continue
		}
		name := fmt.Sprintf("%02d", photo.N)
		if photo.Caption != "" {
			name += "-" + bundle.Name(photo.Caption)
		}
		p.add(photo.File(), photoFolder+photo.Month.String()+"/"+name+".jpg", func(w io.Writer) error {
			data, err := shown(photo.ID) // not held: a year's photos are many
			if err == nil {
				_, err = w.Write(data)
			}
			return err
		})
	}
	return nil
}

// review is the yearly review.
func (p *packer) review() error {
	p.add(themeday.EvidenceFile{Kind: themeday.ReviewFile}, reviewFolder+p.named("述职报告.docx"), func(w io.Writer) error {
		return p.h.writeReview(p.tx, w, p.e.Branch.ID, p.e.Year, p.at, ".docx")
	})
	return nil
}

// facts are those of the year, for programs. Where so few rated that their figures would tell of a single one, they hold the number alone.
func (p *packer) facts() error {
	facts, err := p.h.factsOf(p.tx, func(a themeday.Activity) bool { return a.Branch == p.e.Branch.ID && a.Month.Year == p.e.Year })
	for i := range facts.Activities {
		if e := facts.Activities[i].Evaluation; e != nil && e.Raters < p.h.Desk.Rules.ResultBallots {
			e.Satisfied, e.RatePercent = nil, nil
		}
	}
	p.add(themeday.EvidenceFile{Kind: themeday.FactsFile}, factsFolder+"facts.json", facts.write)
	return err
}
