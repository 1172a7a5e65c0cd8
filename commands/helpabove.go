package commands

import "themeday/templates"

// helpAbove is what the committee types of the commands that stand in the secretary's list, in the order of its help.
var helpAbove = []templates.HelpLine{
	{Type: "情况", Help: "看各支部的例外；看一个支部：情况 第一支部"},
	{Type: "整改", Help: "看各支部的整改；整改 第一支部 通过，整改 第一支部 退回 事由，整改 第一支部 30天 事由"},
	{Type: "移交", Help: "看等机关党委决定的书记移交；移交 同意 第一支部，移交 不同意 第一支部 事由"},
	{Type: "异议 第一支部 %s 张三 成立 说明", Help: "答复报到机关党委的异议；也可写：不成立"},
	{Type: "最佳案例", Help: "看全年申报；最佳案例 选 第一支部 %s 评语，最佳案例 撤 第一支部 %s 事由"},
	{Type: "案例", Help: "看各支部发布的案例；案例 收回 23"},
	{Type: "体检", Help: "把各支部的全年计划先过一遍；看一个支部：体检 第一支部"},
	{Type: "台账", Help: "要各支部的全年台账；要一个支部的：台账 第一支部"},
	{Type: "绑定码 张三", Help: "给任何支部的同志发绑定码；有同名的写支部：绑定码 第一支部 张三"},
	{Type: "负担 第一支部 %s", Help: "看一个支部一个月发了多少消息、请大家发了多少"},
	{Type: "进度 第一支部 %s", Help: "看一个支部的进度；写上支部还可看：下一步、年度计划、计划、结合、纪实表、签到册、述职、迎检、党小组"},
}
