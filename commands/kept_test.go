package commands

import (
	"strings"
	"testing"

	"themeday"
)

// inGroup are all words that groups could read, posts and answers.
func (s *stage) inGroup() string { return strings.Join(s.public, "\n") }

func TestALeaderWhomTheSecretaryNamesIsNotAnnouncedToTheGroup(t *testing.T) {
	s := newStage(t).approved()
	id := themeday.ActivityOf(group, march)
	s.do(func(tx themeday.Tx) error {
		a, _, err := tx.Activity(id)
		check(t, err)
		a.Topics = []string{"学习党章", "局长林海到会讲话", "张三领学"}
		return tx.PutActivity(a)
	})
	s.play(
		line{"03-07 09:00", "王强", private, "议程 3月 1.重温誓词 2.林海点评 3.林海同志领学 4.张三总结", "议程已记下，共4项 & 写了领导同志（林海） & 不在群里预告（第三条·R10）"},
		line{"03-07 09:01", "王强", group, "议程 3月 1.重温誓词 2.林海点评 3.林海同志领学 4.张三总结", "私:写了领导同志"},
		line{"03-07 09:02", "张三", group, "活动", "学习党章；张三领学 & 某同志领学 & !林海"},
		line{"03-07 09:03", "张三", private, "活动", "!林海"},
		line{"03-07 09:04", "王强", private, "活动", "局长林海到会讲话 & 林海点评"},
		line{"03-07 09:05", "王强", group, "年度计划 2026", "张三领学 & !林海"},
		line{"03-07 09:06", "王强", group, "进度", "学习党章；张三领学 & !林海"},
		line{"03-07 09:06", "王强", private, "进度", "局长林海到会讲话"},
	)
	s.until("03-13 14:29")
	if said := s.inGroup(); strings.Contains(said, "林海") || !strings.Contains(said, "主题：学习党章；张三领学") || !strings.Contains(said, "1. 重温誓词\n2. 某同志领学\n3. 张三总结") {
		t.Errorf("the group read:\n%s", said)
	}
	s.play(line{"03-13 15:00", "张三", group, "活动 3月", "局长林海到会讲话"}) // it has begun
}

func TestTheTopicIsAnsweredWithAWarningAboutLeaders(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"02-20 09:00", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "3月"},
		line{"02-20 09:01", "王强", private, "主题 3月 学习党章；林海讲党课", "写了领导同志（林海）"},
		line{"02-20 09:01", "王强", group, "主题 3月 学习党章；林海讲党课", "私:写了领导同志（林海）"},
		line{"02-20 09:02", "王强", private, "主题 3月 学习党章；张三讲党课", "!领导同志"},
		line{"02-20 09:03", "王强", private, "主题 3月 学习党章；何軍讲党课", "写了领导同志（何軍）"},
	)
	if strings.Contains(s.inGroup(), "林海") {
		t.Errorf("the group read %s", s.inGroup())
	}
}

func TestALeaderOfTheBranchItselfIsKeptBackAndItsOwnOfficersAreNot(t *testing.T) {
	s := newStage(t).planned()
	s.do(func(tx themeday.Tx) error { // 吴青 is a leader and an ordinary member; 王强, the secretary, is of the committee too
		people, err := tx.People()
		check(t, err)
		for _, p := range people {
			p.Liaison, p.Committee = p.ID == s.people["吴青"], p.Committee || p.ID == s.people["王强"]
			check(t, tx.PutPerson(p))
		}
		return nil
	})
	s.play(
		line{"03-01 09:00", "王强", private, "主题 3月 学习党章；吴青同志讲党课", "写了领导同志（吴青）"},
		line{"03-01 09:01", "张三", group, "活动 3月", "学习党章 & !某同志 & !吴青"},
		line{"03-01 09:01", "王强", private, "主题 3月 联系领导 吴 青 同志讲党课、学习党章", "写了领导同志（吴 青）"},
		line{"03-01 09:01", "张三", group, "活动 3月", "学习党章 & !联系 & !同志"},
		line{"03-01 09:02", "王强", private, "主题 3月 学习党章；王强讲党课、张三领学", "!领导同志"},
		line{"03-01 09:03", "张三", group, "活动 3月", "王强讲党课、张三领学"},
		line{"03-01 09:04", "王强", private, "主题 3月 学习党章，山青水秀吴青山", "!领导同志"}, // two characters in a word are not his name
	)
}
