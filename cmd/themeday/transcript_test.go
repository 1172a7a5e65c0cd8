package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
)

var (
	shanghai = time.FixedZone("CST", 8*60*60)
	nineUTC  = time.Date(2026, 3, 8, 1, 0, 0, 500, time.UTC) // nine o'clock in Shanghai
)

func TestATranscriptShowsWhoSaidWhatWhere(t *testing.T) {
	photo := []themeday.File{{Name: "photo.jpg", Path: "in/photo.jpg", Image: true}, {Name: "a.docx", Path: "in/a.docx"}}
	for _, c := range []struct {
		name        string
		write       func(*Transcript)
		plain, json string
	}{
		{
			"a post in a group",
			func(tr *Transcript) {
				tr.Out(nineUTC, bot.Outgoing{Chat: "@@1", Name: "第一支部", Text: "通知 <3月> & 更多", Kind: "notice", Data: map[string]any{"days_ahead": 5, "activity": "第一支部/2026-03"}})
			},
			"2026-03-08 09:00 → [第一支部] 通知 <3月> & 更多\n",
			`{"at":"2026-03-08T09:00:00+08:00","dir":"out","chat":"第一支部","private":false,"text":"通知 <3月> & 更多","files":[],"kind":"notice","data":{"activity":"第一支部/2026-03","days_ahead":5}}` + "\n",
		},
		{
			"a private post of several lines with a file",
			func(tr *Transcript) {
				tr.Out(nineUTC, bot.Outgoing{Chat: "@1", Private: true, Name: "王强", Text: "一\n\n二\n", Kind: "reply", Files: photo[1:]})
			},
			"2026-03-08 09:00 → (王强) 一\n\n  二\n  〔文件 a.docx〕\n",
			`{"at":"2026-03-08T09:00:00+08:00","dir":"out","chat":"王强","private":true,"text":"一\n\n二\n","files":[{"name":"a.docx","path":"in/a.docx"}],"kind":"reply","data":{}}` + "\n",
		},
		{
			"a member in the group",
			func(tr *Transcript) { tr.In(nineUTC, "第一支部", "张三", "签到", nil) },
			"2026-03-08 09:00 ← [第一支部] 张三: 签到\n",
			`{"at":"2026-03-08T09:00:00+08:00","dir":"in","chat":"第一支部","private":false,"from":"张三","text":"签到","files":[]}` + "\n",
		},
		{
			"a member in private",
			func(tr *Transcript) { tr.In(nineUTC, "", "王强", "年度计划 2026\n一月", nil) },
			"2026-03-08 09:00 ← (王强): 年度计划 2026\n  一月\n",
			`{"at":"2026-03-08T09:00:00+08:00","dir":"in","chat":"王强","private":true,"text":"年度计划 2026\n一月","files":[]}` + "\n",
		},
		{
			"files without a word",
			func(tr *Transcript) { tr.In(nineUTC, "第一支部", "张三", "", photo) },
			"2026-03-08 09:00 ← [第一支部] 张三:\n  〔文件 photo.jpg〕\n  〔文件 a.docx〕\n",
			`{"at":"2026-03-08T09:00:00+08:00","dir":"in","chat":"第一支部","private":false,"from":"张三","text":"","files":[{"name":"photo.jpg","path":"in/photo.jpg"},{"name":"a.docx","path":"in/a.docx"}]}` + "\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, form := range []struct {
				json bool
				want string
			}{{false, c.plain}, {true, c.json}} {
				var out strings.Builder
				tr := &Transcript{Writer: &out, JSON: form.json, Zone: shanghai}
				c.write(tr)
				if out.String() != form.want || tr.Err() != nil {
					t.Errorf("got\n%swant\n%serror %v", out.String(), form.want, tr.Err())
				}
			}
		})
	}
}

// fullDisk takes some writes and then no more.
type fullDisk struct{ room int }

var errFull = errors.New("no space left")

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.room--; d.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestATranscriptStopsAtTheFirstErrorAndTellsIt(t *testing.T) {
	for _, asJSON := range []bool{false, true} {
		disk := &fullDisk{room: 1}
		tr := &Transcript{Writer: disk, JSON: asJSON, Zone: shanghai}
		for range 4 {
			tr.In(nineUTC, "第一支部", "张三", "签到", nil)
		}
		if !errors.Is(tr.Err(), errFull) || disk.room != -1 {
			t.Errorf("json %v: error %v, room %d", asJSON, tr.Err(), disk.room)
		}
	}
}
