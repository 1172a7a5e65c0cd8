package commands

// The states of March from which tests begin, each said through the router.

// planned: the fixed day is 每月第2个周五 14:00-18:00, so that March meets on the 13th.
func (s *stage) planned() *stage {
	s.t.Helper()
	s.play(line{"03-01 08:00", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "3月13日"},
		line{"03-01 08:05", "王强", private, "主题 3月 学习党章；重温入党誓词", "学习党章"})
	return s
}

// approved: the committee has approved March.
func (s *stage) approved() *stage {
	s.t.Helper()
	s.planned().play(line{"03-01 08:10", "王强", private, "报审 3月", "已报机关党委审定"}, line{"03-01 09:00", "林海", private, "审定 第一支部 3月", "已审定"})
	return s
}

// open: it is 13:30 of the day and sign-in is open.
func (s *stage) open() *stage {
	s.t.Helper()
	s.approved().until("03-13 13:30")
	return s
}

// held: six were there, 李四 and 赵六 and 刘洋 were not; 王强 ended it at 18:00.
func (s *stage) held() *stage {
	s.t.Helper()
	s.open()
	for _, who := range []string{"王强", "李敏", "陈静", "张三", "吴青"} {
		s.play(line{"03-13 13:50", who, group, "签到", ""})
	}
	s.play(line{"03-13 13:55", "王强", group, "送学 王五 上门", "王五"})
	s.until("03-13 14:20")
	s.play(line{"03-13 18:00", "王强", group, "结束", ""})
	s.until("03-13 18:01")
	return s
}
