package commands

import (
	"strings"
	"testing"

	"themeday"
)

// enlist imports a sheet, a row a line with | between the cells, and gives its notes.
func (s *stage) enlist(at, rows string) string {
	s.t.Helper()
	var sheet []themeday.SheetRow
	for i, line := range strings.Split("支部|姓名|职务|类别\n"+rows, "\n") {
		sheet = append(sheet, themeday.SheetRow{Line: i + 1, Cells: strings.Split(line, "|")})
	}
	r, bad := themeday.ReadRoster(sheet)
	if len(bad) > 0 {
		s.t.Fatal(bad)
	}
	var done themeday.Enrolled
	s.do(func(tx themeday.Tx) (err error) {
		done, err = s.desk().Enrol(tx, themeday.Cause{At: s.clock(at)}, r, nil)
		return err
	})
	return strings.Join(done.Notes, "\n")
}

func TestAGuestDoesNotBecomeTheSecretaryWhoBearsHisName(t *testing.T) {
	s := newStage(t).approved()
	s.puppet()
	s.play(
		line{"03-02 09:00", "王强", private, "列席 3月 新书记 群众代表", "列席"},
		line{"03-02 09:01", "王强", private, "绑定码 新书记", "书记不能发绑定码"},
		line{"03-02 09:02", "林海", private, "绑定码 第一支部 新书记", "新书记（列席）的绑定码"},
	)
	code := sixDigits.FindString(s.last.Text)
	s.play(line{"03-02 09:03", "马甲", private, "绑定 " + code, "已绑定：新书记"})
	notes := s.enlist("03-03 09:00", "第四支部|新书记|书记|正式")
	if !strings.Contains(notes, "新书记") || !strings.Contains(notes, "按两人处理") {
		t.Errorf("the import notes %q", notes)
	}
	s.play(
		line{"03-03 09:01", "马甲", private, "固定日 第四支部 每月15日 14:00-18:00 会议室", "不在第四支部的名单上"},
		line{"03-03 09:01", "马甲", private, "名单 第四支部", "不在第四支部的名单上"},
	)
}

func TestWhoGainsAnOfficeIsVouchedForAnew(t *testing.T) {
	for _, c := range []struct {
		by, ask, after string
		dropped        bool
	}{
		{"周红", "绑定码 刘洋", "还没有认出您", true},
		{"林海", "绑定码 第二支部 刘洋", "固定日", false},
	} {
		t.Run(c.by, func(t *testing.T) {
			s := newStage(t)
			s.puppet()
			s.play(line{"03-02 09:00", c.by, private, c.ask, "刘洋 & 的绑定码"})
			s.play(line{"03-02 09:01", "马甲", private, "绑定 " + sixDigits.FindString(s.last.Text), "已绑定：刘洋"})
			s.play(line{"03-02 09:02", c.by, private, c.ask, "刘洋 & 的绑定码"})
			open := sixDigits.FindString(s.last.Text)
			same := s.enlist("03-02 10:00", "第二支部|周红|书记|正式\n第二支部|吴青||正式\n第二支部|刘洋||正式")
			if strings.Contains(same, "绑定") {
				t.Errorf("a sheet that changes nothing notes %q", same)
			}
			s.play(line{"03-02 10:01", "马甲", private, "我的", "刘洋"})
			notes := s.enlist("03-02 10:02", "第二支部|周红||正式\n第二支部|吴青||正式\n第二支部|刘洋|书记|正式")
			if strings.Contains(notes, "刘洋有了新的职务，原来的绑定不再算数") != c.dropped {
				t.Errorf("vouched for by %s: the import notes %q", c.by, notes)
			}
			s.play(line{"03-02 10:03", "马甲", private, "下一步", c.after})
			if c.dropped {
				s.play(line{"03-02 10:04", "马甲", private, "绑定 " + open, "已失效"})
			}
		})
	}
}
