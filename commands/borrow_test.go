package commands

import (
	"testing"

	"themeday"
)

func TestAFinishedActivityIsPublishedAndTakenOver(t *testing.T) {
	s := newStage(t).rated(5, 5)
	s.do(func(tx themeday.Tx) error {
		a, _, err := tx.Activity("第一支部/2026-01")
		check(t, err)
		a.Topics, a.Content = []string{"重温入党誓词"}, []string{"党性锻炼"}
		a.Agenda = []string{"王 强 同志领誓", "12人轮流发言", "请林局长讲话，电话13800138000"}
		a.Summary = "成效明显；不足：张三准备的材料太长；下步早些发"
		check(t, tx.PutActivity(a))
		_, err = tx.AddMinute(themeday.Minute{Activity: a.ID, Kind: themeday.Agreed, Text: "每季度一次志愿服务，李敏牵头", At: a.Starts})
		return err
	})
	s.play(
		line{"03-01 09:00", "张三", private, "案例", "由书记来办"},
		line{"03-01 09:00", "张三", group, "案例", ""},
		line{"03-01 09:00", "王强", group, "案例 讲得好", ""},
		line{"03-01 09:00", "王强", private, "案例", "还没有发布的案例"},
		line{"03-01 09:00", "王强", private, "案例 23", "没有案例23"},
		line{"03-01 09:00", "王强", private, "案例 发布 5月", "上报 5月"},
		line{"03-01 09:00", "林海", private, "案例 发布 1月", "由办活动的支部书记发布"},
		line{"03-01 09:01", "王强", private, "案例 发布 1月", "案例1“重温入党誓词” & 某同志领誓 & 若干人轮流发言 & 请某同志讲话，电话（号码略） & !林 & !138 & !某同志同志 & 某同志牵头 & 不足：某同志准备的材料太长 & 案例 收回 1 & !王强 & !张三 & !李敏 & !12"},
		line{"03-01 09:02", "王强", private, "案例 发布 1月", "已发布为案例1"},
		line{"03-01 09:03", "周红", private, "案例 誓词", "案例1“重温入党誓词”（第一支部1月，党性锻炼）被借用0次 & 借用请发"},
		line{"03-01 09:03", "周红", private, "案例 园林", "没有主题或内容是“园林”的案例"},
		line{"03-01 09:03", "周红", private, "案例1", "某同志领誓 & 借用 1 4月"},
		line{"03-01 09:04", "周红", private, "借用", "请写案例编号和月份"},
		line{"03-01 09:04", "周红", group2, "借用 一下会议室", ""},
		line{"03-01 09:04", "周红", private, "借用 1 4月 谢谢", "借用 23"},
		line{"03-01 09:04", "周红", private, "借用 9 4月", "没有案例9"},
		line{"03-01 09:04", "周红", private, "借用 1 13月", "没有13月"},
		line{"03-01 09:04", "周红", private, "借用 1 2月", "已经过去"},
		line{"03-01 09:04", "张三", private, "借用 1 4月", "由书记来办"},
		line{"03-01 09:04", "林海", private, "借用 1 4月", "您不在任何支部的名单上"},
		line{"03-01 09:04", "王强", private, "借用 1 1月", "就是这次主题党日"},
		line{"03-01 09:05", "周红", private, "主题 4月 缅怀先烈", "4月主题"},
		line{"03-01 09:06", "周红", private, "借用 1 4月", "内容、议程写进4月。主题已有，没有改；要换成案例的请发：借用 1 4月 确认"},
		line{"03-01 09:07", "周红", private, "借用 1 4月", "主题已经写好，没有改动 & 确认"},
		line{"03-01 09:08", "周红", private, "借用 1 4月 确认", "主题"},
		line{"03-01 09:09", "周红", private, "案例", "被借用1次"},
		line{"03-01 09:10", "王强", private, "借用 1 5月", "已借用案例1"},
		line{"03-01 09:11", "王强", private, "案例", "被借用1次"},
		line{"03-01 09:12", "何军", private, "案例 收回 1", "已收回"},
		line{"03-01 09:13", "周红", private, "借用 1 6月", "案例1已收回"},
		line{"03-01 09:13", "周红", private, "案例 收回 1", "案例1已收回"},
		line{"03-01 09:14", "王强", private, "案例 发布 1月", "案例2"},
		line{"03-01 09:15", "周红", private, "案例 收回 2", "由发布它的支部书记或机关党委收回"},
		line{"03-01 09:16", "周红", private, "借用2 6月", "已借用案例2"},
		line{"03-01 09:17", "周红", private, "撤销", "借用"},
		line{"03-01 09:18", "王强", private, "案例", "案例2 & 被借用0次"},
		line{"03-01 09:19", "王强", private, "案例 收回 2", "已收回"},
	)
	s.do(func(tx themeday.Tx) error {
		a, _, err := tx.Activity("第二支部/2026-04")
		s.want("topics", a.Topics, "重温入党誓词")
		s.want("agenda", a.Agenda, "某同志领誓", "若干人轮流发言", "请某同志讲话，电话（号码略）")
		return err
	})
}
