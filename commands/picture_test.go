package commands

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"themeday"
)

// album keeps pictures by their names: hall@2.jpg is hall.jpg compressed again, and looks the same. What ends in .txt is no picture.
type album struct{}

func (a album) KeepNote(path string) (themeday.Kept, error) { return a.Keep(path) }

func (album) Keep(path string) (themeday.Kept, error) {
	if strings.HasSuffix(path, ".txt") {
		return themeday.Kept{}, themeday.Refuse(themeday.Invalid, "", "这个文件不是照片，没有收，请发JPG或PNG照片")
	}
	name, _, _ := strings.Cut(path, "@")
	look := sha256.Sum256([]byte(strings.TrimSuffix(name, ".jpg")))
	return themeday.Kept{ID: "sha-" + path, Received: "raw-" + path, Look: hex.EncodeToString(append(look[:], make([]byte, 32)...))}, nil
}

// show sends a file and compares what is heard.
func (s *stage) show(l line, image bool) {
	s.t.Helper()
	s.router.Desk.Pictures = album{}
	m := s.message(l.at, l.who, l.where, "")
	m.Files = []themeday.File{{Name: l.says, Path: l.says, Image: image}}
	if r := s.hear(m); compare(r, l) != "" {
		s.t.Errorf("%s shows %s: %s; heard %q", l.who, l.says, compare(r, l), r.Text)
	}
}

func TestAPictureOfTheNoteAsksForLeave(t *testing.T) {
	s := newStage(t).approved()
	s.until("03-08 09:01")
	s.play(line{"03-10 09:00", "张三", private, "请假", "请假条拍照发来"})
	s.show(line{"03-10 09:01", "张三", private, "note.jpg", "请假条已收到"}, true)
	s.want("leaves", s.leaves(), "张三 asked")
}

func TestAPictureIsStudyForWhoOwesOne(t *testing.T) {
	s := newStage(t).held()
	s.show(line{"03-20 09:01", "赵六", private, "notes.jpg", "补学笔记已收到"}, true)
	s.want("owed", s.makeupsOf("赵六"), "handed")
}

func TestAPictureOfTheDayIsKeptFromTheGroup(t *testing.T) {
	s := newStage(t).open()
	s.show(line{"03-13 14:01", "张三", group, "hall.jpg", ""}, true)
	s.show(line{"03-13 14:01", "路人", group, "advert.jpg", ""}, true)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Pictures("第一支部/2026-03")
		if len(all) != 1 || all[0].Use != "activity" {
			t.Errorf("pictures %+v", all)
		}
		return err
	})
}

func TestAPictureThatCannotBeTakenIsAnswered(t *testing.T) {
	s := newStage(t).approved()
	s.show(line{"03-10 09:01", "路人", private, "note.jpg", "还没有认出您"}, true)
	s.show(line{"03-10 09:01", "吴青", private, "note.jpg", "您在几个支部"}, true)
	s.show(line{"03-10 09:01", "张三", private, "note.pdf", "请发照片"}, false)
	s.show(line{"03-10 09:01", "张三", group, "note.pdf", ""}, false)
	s.want("leaves", s.leaves())
}

func TestAPictureAfterABareRequestIsTheNote(t *testing.T) {
	s := newStage(t).held()
	s.play(line{"04-01 09:00", "王强", private, "主题 4月 学习党章", "学习党章"})
	s.show(line{"04-01 09:00", "张三", private, "note.jpg", "不知道是做什么用的"}, true)
	s.play(line{"04-01 09:01", "赵六", private, "请假", "请假条拍照发来"}, line{"04-01 09:01", "张三", private, "请假", "请假条拍照发来"})
	s.show(line{"04-01 09:40", "赵六", private, "note.jpg", "4月主题党日的请假"}, true)
	s.show(line{"04-01 09:40", "张三", private, "note.jpg", "4月主题党日的请假"}, true)
	s.want("owed", s.makeupsOf("赵六"), "owed")
	s.show(line{"04-01 11:00", "李四", private, "note.jpg", "还没有认出您"}, true)
}
