package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
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
		var own *paper.OwnFormError
		if errors.As(err, &own) {
			h.Log.Error("the committee's own record form cannot be filled", "message", m.ID, "err", err)
			err = unfilled(err)
		}
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
		return h.recordDocument(tx, d.Activity, now)
	case themeday.SheetDocument:
		return h.sheetDocument(tx, d.Activity)
	case themeday.LedgerDocument:
		l := book.Ledger{Title: ledgerTitle(title, d.Year, d.Own), Several: d.Branch == "", Made: h.Desk.Local(now), Thumb: thumbs(h.Config)}
		if l.Head, err = printedHead(tx); err != nil {
			return "", nil, err
		}
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

// ledgerTitle tells a branch's own ledger, which holds reasons, from the one that the committee sees.
func ledgerTitle(whose string, year int, own bool) string {
	title := fmt.Sprintf("%s%d年度主题党日台账", whose, year)
	if own {
		title += "（支部留存，含请假事由）"
	}
	return title
}

// recordDocument is the form as it was filed, or, where it was not filed yet or was corrected since, a draft as it stands.
func (h *House) recordDocument(tx themeday.Tx, id themeday.ActivityID, now time.Time) (string, func(io.Writer) error, error) {
	a, err := activityNamed(tx, string(id))
	if err != nil {
		return "", nil, err
	}
	form, err := h.Desk.RecordFormAt(tx, a, now)
	if err != nil {
		return "", nil, err
	}
	last, ok, err := h.Desk.LastFiled(tx, id)
	if err != nil || !ok || last.Version != form.Version || last.SHA256 == "" {
		return form.FileName(), func(w io.Writer) error { return h.writeRecordForm(w, form, ".docx") }, err
	}
	return form.FileName(), func(w io.Writer) error {
		filed, err := h.filedForms().Read(last.SHA256)
		if errors.Is(err, storage.ErrAltered) {
			h.Log.Error("a filed form is gone or was changed from outside", "activity", id, "version", last.Version)
			return themeday.Refuse(themeday.Conflict, themeday.R33, "存档的%s第%d版纪实表文件缺失或被改动，没有发。请告诉机器人的管理员从备份找回", a.Month.Chinese(), last.Version)
		}
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

func (f *forms) folder() storage.Forms { return f.house.filedForms() }

// filedForms are the forms of the database as they were filed.
func (h *House) filedForms() storage.Forms { return storage.Forms{Dir: filedBeside(h.Config.Database)} }

// KeepForm implements themeday.FormKeeper. What keeps it from being written is the operator's to mend, and whoever files it hears that
// nothing was filed: a form in another layout than the committee's own would be no form to it.
func (f *forms) KeepForm(form themeday.RecordForm) (string, error) {
	var out bytes.Buffer
	if err := f.house.writeRecordForm(&out, form, ".docx"); err != nil {
		f.house.Log.Error("the record form cannot be written", "activity", form.Activity, "err", err)
		return "", unfilled(err)
	}
	sum, err := f.folder().Keep(out.Bytes())
	if err != nil {
		f.house.Log.Error("the record form cannot be kept", "activity", form.Activity, "err", err)
		return "", themeday.Refuse(themeday.Conflict, themeday.R22, "机器的磁盘写不进去，没有上报。请告诉机器人的管理员，再发一次")
	}
	return sum, nil
}

// unfilled tells somebody in the chat why a record form could not be written, and who mends it.
func unfilled(err error) error {
	var own *paper.OwnFormError
	if errors.As(err, &own) {
		return themeday.Refuse(themeday.Conflict, themeday.R22, "纪实表的模板有误（%s），没有做成。请告诉机器人的管理员改好模板，再发一次", own.Chinese)
	}
	return themeday.Refuse(themeday.Conflict, themeday.R22, "纪实表没有做成。请告诉机器人的管理员，再发一次")
}

// FormFile implements themeday.FormKeeper.
func (f *forms) FormFile(sha256 string) (string, error) {
	_, err := f.folder().Read(sha256)
	return f.folder().File(sha256), err
}

// takeAway takes away documents that were sent, or could not be: a branch's own ledger holds reasons, and nobody looks for it here.
func (h *House) takeAway(files []themeday.File) {
	for _, f := range files {
		if filepath.Dir(f.Path) != documentsBeside(h.Config.Database) {
			continue
		}
		if err := os.Remove(f.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			h.Log.Warn("a document that was sent is still in its folder", "err", errors.Unwrap(err))
		}
	}
}

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
