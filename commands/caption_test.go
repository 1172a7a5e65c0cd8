package commands

import (
	"context"
	"strings"
	"testing"

	"themeday"
	"themeday/storage"
)

// photos are the photos of a month's activity in words: what, by whom, with which caption, like which.
func (s *stage) photos(month string) []string {
	s.t.Helper()
	var out []string
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Pictures(themeday.ActivityID(group + "/" + month))
		for _, p := range all {
			if p.Use != "activity" {
				continue
			}
			one := strings.TrimPrefix(p.ID, "sha-")
			for name, id := range s.people {
				if id == p.Person {
					one += " " + name
				}
			}
			if p.Caption != "" {
				one += " 「" + p.Caption + "」"
			}
			if p.LikeID != "" {
				one += " = " + string(p.LikeActivity) + " " + strings.TrimPrefix(p.LikeID, "sha-")
			}
			out = append(out, one)
		}
		return err
	})
	return out
}

// sends lets somebody send a photo to the group, and be answered nothing.
func (s *stage) sends(at, who, what string) {
	s.t.Helper()
	s.show(line{at, who, group, what, ""}, true)
}

// says lets somebody say something in the group to which the bot is silent.
func (s *stage) says(at, who, what string) {
	s.t.Helper()
	s.play(line{at, who, group, what, ""})
}

func TestWhatSomebodySaysBehindHisPhotoIsItsCaption(t *testing.T) {
	s := newStage(t).open()
	s.later()
	s.sends("03-13 14:30", "张三", "hall.jpg")
	s.sends("03-13 14:31", "张三", "oath.jpg")
	s.sends("03-13 14:31", "陈静", "desk.jpg")
	s.says("03-13 14:32", "李敏", "拍得好")
	s.says("03-13 14:33", "张三", "重温\n入党誓词 ")
	s.says("03-13 14:34", "张三", "大家都很认真")
	s.says("03-13 14:37", "陈静", "五分钟以后说的")
	s.want("photos", s.photos("2026-03"), "hall.jpg 张三 「重温 入党誓词」", "desk.jpg 陈静", "oath.jpg 张三 「重温 入党誓词」")
}

// later lets the first minutes of the process pass, in which the database is asked about all talk.
func (s *stage) later() {
	s.t.Helper()
	s.says("03-13 14:10", "张三", "早")
}

func TestWhatIsNoCaption(t *testing.T) {
	for name, words := range map[string]string{
		"too long": strings.Repeat("长", 61), "nothing but a sign": "👍👍", "to somebody": "@李四 你来了吗", "a command": "名单", "nothing": " ",
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t).open()
			s.later()
			s.sends("03-13 14:30", "张三", "hall.jpg")
			s.hear(s.message("03-13 14:31", "张三", group, words))
			s.want("photos", s.photos("2026-03"), "hall.jpg 张三")
		})
	}
	t.Run("an answer to another's words", func(t *testing.T) {
		s := newStage(t).open()
		s.later()
		s.sends("03-13 14:30", "张三", "hall.jpg")
		m := s.message("03-13 14:31", "张三", group, "我也这么想")
		m.Quoted = true
		s.hear(m)
		s.says("03-13 14:32", "张三", "这是后面的话")
		s.want("photos", s.photos("2026-03"), "hall.jpg 张三")
	})
}

func TestACommandBetweenPhotoAndCaptionIsNoHindrance(t *testing.T) {
	s := newStage(t).open()
	s.later()
	s.sends("03-13 14:30", "张三", "hall.jpg")
	s.play(line{"03-13 14:31", "张三", group, "签到", ""})
	s.says("03-13 14:32", "张三", "主题党日会场")
	s.want("photos", s.photos("2026-03"), "hall.jpg 张三 「主题党日会场」")
}

func TestACaptionIsTakenOnceHoweverOftenItIsDelivered(t *testing.T) {
	s := newStage(t).open()
	s.later()
	s.sends("03-13 14:30", "张三", "hall.jpg")
	m := s.message("03-13 14:31", "张三", group, "会场")
	s.hear(m)
	s.sends("03-13 14:31", "张三", "oath.jpg")
	s.hear(m)
	s.want("photos", s.photos("2026-03"), "hall.jpg 张三 「会场」", "oath.jpg 张三")
	s.says("03-13 14:32", "张三", "宣誓")
	s.want("photos", s.photos("2026-03"), "hall.jpg 张三 「会场」", "oath.jpg 张三 「宣誓」")
}

func TestACaptionIsTakenAfterARestart(t *testing.T) {
	s := newStage(t).open()
	s.later()
	s.sends("03-13 14:30", "张三", "hall.jpg")
	s.router = New(Router{Store: s.store, Desk: s.router.Desk, Planner: s.planner, Texts: s.router.Texts, Log: s.router.Log, Directory: s.router.Directory})
	s.says("03-13 14:31", "李四", "你们好")
	s.says("03-13 14:33", "张三", "会场")
	s.want("photos", s.photos("2026-03"), "hall.jpg 张三 「会场」")
}

// counting is a store that counts how often it is written to.
type counting struct {
	*storage.Store
	updates int
}

func (c *counting) Update(ctx context.Context, do func(themeday.Tx) error) error {
	c.updates++
	return c.Store.Update(ctx, do)
}

func TestOrdinaryTalkDoesNotReachTheDatabase(t *testing.T) {
	s := newStage(t).open()
	s.later()
	store := &counting{Store: s.store}
	s.router.Store = store
	for range 20 {
		s.says("03-13 14:30", "张三", "今天天气不错")
	}
	if store.updates != 0 {
		t.Errorf("the database was asked %d times", store.updates)
	}
	s.sends("03-13 14:31", "李敏", "hall.jpg")
	s.says("03-13 14:32", "李敏", "会场")
	s.says("03-13 14:33", "李敏", "散会后聚餐")
	if store.updates != 2 {
		t.Errorf("the database was asked %d times, want twice", store.updates)
	}
}

func TestOfTalkThatIsNoCaptionNothingIsKept(t *testing.T) {
	s := newStage(t).open()
	m := s.message("03-13 14:30", "张三", group, "今天天气不错") // the process is young: the database is asked
	s.hear(m)
	s.do(func(tx themeday.Tx) error {
		fresh, err := tx.TakeMessage(m)
		if !fresh {
			t.Error("the message is noted as handled")
		}
		return err
	})
}

func TestHisOwnPhotoAndCaptionCanBeTakenBack(t *testing.T) {
	s := newStage(t).open()
	s.later()
	s.sends("03-13 14:30", "张三", "hall.jpg")
	s.says("03-13 14:31", "张三", "会场")
	s.play(line{"03-13 14:32", "张三", group, "撤销", "图说"})
	s.want("photos", s.photos("2026-03"), "hall.jpg 张三")
	s.play(line{"03-13 14:33", "张三", group, "撤销", "图片"})
	s.want("photos", s.photos("2026-03"))
	s.play(line{"03-13 14:34", "张三", group, "撤销", "没有可撤销的操作"})
}

func TestAPhotoThatWasUsedBeforeIsAskedAboutOnce(t *testing.T) {
	s := newStage(t).held()
	s.sends("03-13 18:40", "张三", "hall.jpg")
	s.sends("03-13 18:41", "李敏", "hall.jpg")
	s.sends("03-13 18:42", "李敏", "hall@2.jpg") // another file that looks the same: no question within one activity
	s.want("photos of March", s.photos("2026-03"), "hall.jpg 张三", "hall@2.jpg 李敏")
	s.play(
		line{"04-01 08:00", "王强", private, "主题 4月 学习党章", "学习党章"},
		line{"04-01 08:01", "王强", private, "内容 4月 政治学习 党性锻炼", "政治学习"},
		line{"04-01 08:02", "王强", private, "报审 4月", "已报机关党委审定"},
		line{"04-01 09:00", "林海", private, "审定 第一支部 4月", "已审定"},
	)
	s.until("04-10 14:30")
	s.sends("04-10 14:40", "赵六", "hall@3.jpg")
	s.sends("04-10 14:41", "王强", "hall.jpg")
	s.sends("04-10 14:42", "王强", "hall.jpg")
	s.sends("04-10 14:43", "王强", "flag.jpg")
	s.want("photos of April", s.photos("2026-04"), "hall@3.jpg 赵六 = 第一支部/2026-03 hall.jpg", "hall.jpg 王强 = 第一支部/2026-03 hall.jpg", "flag.jpg 王强")
	var asked []string
	s.do(func(tx themeday.Tx) error {
		all, err := tx.ActivityPosts("第一支部/2026-04", themeday.PictureReused)
		for _, p := range all {
			r, err := s.planner.Render(tx, p, s.clock("04-10 14:45"))
			check(t, err)
			asked = append(asked, string(p.To)+" "+strings.Join(r.Texts, "|"))
		}
		return err
	})
	want := []string{
		"secretary 请看一眼：赵六4月10日 14:40发的活动照片，和3月主题党日的一张很像。\n发错了的，请本人在14:50前在群里发：撤销\n确要再用的不必处理，台账里会注明。",
		"secretary 请看一眼：王强4月10日 14:41发的活动照片，和3月主题党日的一张很像。\n发错了的，请本人在14:51前在群里发：撤销\n确要再用的不必处理，台账里会注明。",
	}
	s.want("questions", asked, want...)
}

func TestWhatIsNoPictureIsRefusedInWords(t *testing.T) {
	s := newStage(t).open()
	s.show(line{"03-13 14:30", "张三", group, "virus.txt", "私:不是照片"}, true)
	s.show(line{"03-13 14:30", "李四", group, "virus.txt", "私:不是照片"}, true)
	if s.last.Short != s.last.Text {
		t.Errorf("the group hears %q", s.last.Short)
	}
	s.want("photos", s.photos("2026-03"))
}
