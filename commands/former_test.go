package commands

import (
	"errors"
	"testing"

	"themeday"
)

func TestWhoHasMovedReadsAndContestsWhatHisOldBranchRecorded(t *testing.T) {
	s := newStage(t).held()
	s.do(s.move("李敏", "第二支部", "03-16"))
	s.play(
		line{"03-17 09:00", "李敏", private, "我的", "第二支部 & 第一支部3月 & 异议 第一支部 3月 情况"},
		line{"03-17 09:01", "李敏", private, "我的 全部", "第一支部3月"},
		line{"03-17 09:02", "李敏", private, "我的 第一支部", "第一支部 & 3月"},
		line{"03-17 09:03", "李敏", private, "名单 第一支部", "不在第一支部的名单上"},
		line{"03-17 09:04", "陈静", private, "我的 第二支部", "不在第二支部的名单上"},
		line{"03-17 09:05", "李敏", private, "异议 3月 我到会了", "对3月记录的异议已转书记"},
		line{"03-17 09:06", "王强", private, "异议 3月 不成立 李敏 核对过签到册", "李敏3月的异议：不成立"},
		line{"03-17 09:07", "李敏", private, "异议 上级 3月 当天有照片", "已请机关党委复核"},
		line{"03-17 09:08", "李敏", private, "异议 第一支部 3月 我带了照片", "对3月记录的异议已转书记"},
	)
}

// move takes somebody off all lists from a day on, and puts him on another branch's.
func (s *stage) move(key string, to themeday.BranchID, day string) func(themeday.Tx) error {
	on := s.desk().Day(s.clock(day + " 09:00"))
	return func(tx themeday.Tx) error {
		all, err := tx.Memberships()
		if err != nil {
			return err
		}
		for _, m := range all {
			if m.Person != s.people[key] || !m.On(on) {
				continue
			}
			there := m
			m.Until = on
			there.Branch, there.Since, there.Number, there.Offices = to, on, 90, themeday.Offices{themeday.Member}
			if err := errors.Join(tx.PutMembership(m), tx.PutMembership(there)); err != nil {
				return err
			}
		}
		return nil
	}
}
