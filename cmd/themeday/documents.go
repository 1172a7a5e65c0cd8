package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"themeday"
	"themeday/storage"
	"themeday/templates/book"
	"themeday/templates/bundle"
	"themeday/templates/paper"
)

// documentsBeside is the folder of the documents that were asked for in the chat; they lie there until they are sent, and a day longer.
func documentsBeside(database string) string {
	return strings.TrimSuffix(database, filepath.Ext(database)) + "-documents"
}

// mostSent is the largest file that a chat takes.
const mostSent = 20 << 20

// withDocuments makes the documents that an answer promises. One that cannot be made takes the place of the answer with a word why.
func (h *House) withDocuments(ctx context.Context, m themeday.Message, r themeday.Reply, now time.Time) themeday.Reply {
	for _, d := range r.Documents {
		f, err := h.makeDocument(ctx, m.ID, d, now)
		var refusal *themeday.Error
		switch {
		case errors.As(err, &refusal):
			return themeday.Reply{Text: refusal.Error(), Aside: r.Aside, Short: r.Short}
		case err != nil:
			h.Log.Error("document not made", "message", m.ID, "kind", d.Kind, "err", err)
			return themeday.Reply{Text: "文件没有做成，已记下。请稍后再要一次，还不行请告诉管理员", Aside: r.Aside, Short: r.Short}
		}
		r.Files = append(r.Files, f)
	}
	return r
}

// makeDocument writes a document into the folder of documents. What two people ask for at once lies apart: their copies may differ.
func (h *House) makeDocument(ctx context.Context, asked themeday.MessageID, d themeday.Document, now time.Time) (themeday.File, error) {
	var f themeday.File
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		name, write, err := h.document(ctx, tx, d, now)
		if err != nil {
			return err
		}
		dir := documentsBeside(h.Config.Database)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make the folder of documents: %w", err)
		}
		name = fileName(name)
		f = themeday.File{Name: name, Path: filepath.Join(dir, fmt.Sprintf("%x-%s", sha256.Sum256([]byte(asked)), name))}
		return streamFile(f.Path, write)
	})
	if err != nil {
		return f, err
	}
	st, err := os.Stat(f.Path)
	if err == nil && st.Size() > mostSent {
		err = errors.Join(os.Remove(f.Path), themeday.Refuse(themeday.Invalid, themeday.R21,
			"文件有%d兆，超过微信的%d兆，发不出去。请管理员在机器上导出：themeday export %s", st.Size()>>20, mostSent>>20, d.Kind))
	}
	return f, err
}

// document gives a document's name and what writes it.
func (h *House) document(ctx context.Context, tx themeday.Tx, d themeday.Document, now time.Time) (string, func(io.Writer) error, error) {
	branches, title, err := h.branchesOf(tx, string(d.Branch))
	if err != nil {
		return "", nil, err
	}
	title = strings.TrimSpace(title)
	if title == "" {
		title = "各支部"
	}
	switch d.Kind {
	case themeday.RecordDocument:
		return h.recordDocument(tx, d.Activity)
	case themeday.SheetDocument:
		return h.sheetDocument(tx, d.Activity)
	case themeday.LedgerDocument:
		l := book.Ledger{Title: fmt.Sprintf("%s%d年度主题党日台账", title, d.Year), Several: d.Branch == "", Made: h.Desk.Local(now), Thumb: thumbs(h.Config)}
		years := h.Desk.Yearbooks(tx, branches, d.Year, now, d.Own)
		return l.Title + ".xlsx", func(w io.Writer) error { return l.XLSX(w, stoppable(ctx, years)) }, nil
	case themeday.ReviewDocument:
		return fmt.Sprintf("%s%d年度主题党日述职报告.docx", title, d.Year), func(w io.Writer) error { return h.writeReview(tx, w, d.Branch, d.Year, now, ".docx") }, nil
	case themeday.EvidenceDocument:
		return fmt.Sprintf("%s%d年度主题党日迎检材料.zip", title, d.Year), func(w io.Writer) error {
			return h.writeEvidence(ctx, tx, w, d.Branch, d.Year, now, d.Own, nil)
		}, nil
	case themeday.PlanDocument, themeday.DatesDocument:
		p, err := h.planBook(tx, string(d.Branch), d.Year, now)
		name := fmt.Sprintf("%s%d年度主题党日计划", title, d.Year)
		if d.Kind == themeday.DatesDocument {
			return name + ".ics", p.ICS, err
		}
		return name + ".xlsx", p.XLSX, err
	}
	return "", nil, fmt.Errorf("no document of kind %q", d.Kind)
}

// recordDocument is the form as it was filed, or as it stands where it was corrected since or not filed yet.
func (h *House) recordDocument(tx themeday.Tx, id themeday.ActivityID) (string, func(io.Writer) error, error) {
	a, err := activityNamed(tx, string(id))
	if err != nil {
		return "", nil, err
	}
	form, err := h.Desk.RecordForm(tx, a)
	if err != nil {
		return "", nil, err
	}
	name := themeday.FormName(form.Branch, form.Month, max(form.Version, 1))
	last, ok, err := h.Desk.LastFiled(tx, id)
	if err != nil || !ok || last.Version != form.Version || last.SHA256 == "" {
		if form.Version == 0 {
			name = strings.Replace(name, "（第1版）", "（草稿）", 1)
		}
		return name, func(w io.Writer) error { return h.writeRecordForm(w, form, ".docx") }, err
	}
	return name, func(w io.Writer) error {
		filed, err := readFile(h.Desk.Forms.FormFile(last.SHA256), formLimit)
		if err == nil {
			_, err = w.Write(filed)
		}
		return err
	}, nil
}

func (h *House) sheetDocument(tx themeday.Tx, id themeday.ActivityID) (string, func(io.Writer) error, error) {
	a, err := activityNamed(tx, string(id))
	if err != nil {
		return "", nil, err
	}
	sheet, err := h.Desk.SignInSheet(tx, a)
	name := fmt.Sprintf("%s%d年%s签到册.docx", sheet.Branch, a.Month.Year, a.Month.Chinese())
	return name, func(w io.Writer) error { return paper.SignInSheetWord(w, sheet) }, err
}

// fileName makes a document's name fit for every system, whatever the branch is called.
func fileName(name string) string {
	ending := filepath.Ext(name)
	return bundle.Name(strings.TrimSuffix(name, ending)) + ending
}

// forms keeps record forms as they are filed. It implements themeday.FormKeeper.
type forms struct{ house *House }

// filedBeside is the folder of filed forms that belongs to a database file.
func filedBeside(database string) string {
	return strings.TrimSuffix(database, filepath.Ext(database)) + "-filed"
}

func (f *forms) folder() storage.Forms {
	return storage.Forms{Dir: filedBeside(f.house.Config.Database)}
}

// KeepForm implements themeday.FormKeeper. A committee's own layout that cannot be filled keeps nobody from filing: the built-in one takes
// its place, and the operator hears of it.
func (f *forms) KeepForm(form themeday.RecordForm) (string, error) {
	var out bytes.Buffer
	if err := f.house.writeRecordForm(&out, form, ".docx"); err != nil {
		f.house.Log.Error("the committee's own record form cannot be filled; the built-in one is filed", "activity", form.Activity, "err", err)
		out.Reset()
		if err := paper.RecordFormWord(&out, form, photosOf(f.house.Config)); err != nil {
			return "", err
		}
	}
	return f.folder().Keep(out.Bytes())
}

// FormFile implements themeday.FormKeeper.
func (f *forms) FormFile(sha256 string) string { return f.folder().File(sha256) }

// dropOldDocuments takes away what was sent, or not, more than a day ago.
func (h *House) dropOldDocuments(now time.Time) {
	dir := documentsBeside(h.Config.Database)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // nobody has asked for any yet
	}
	for _, e := range entries {
		if st, err := e.Info(); err == nil && now.Sub(st.ModTime()) > 24*time.Hour {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}
