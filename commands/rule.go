package commands

import "themeday"

// ruleOf is the rule that a command serves, where it is not one of the nine steps themselves: a refusal by office names it.
var ruleOf = map[string]themeday.Rule{
	"固定日": themeday.R03, "年度计划": themeday.R04, "计划": themeday.R04, "体检": themeday.R04, "备案": themeday.R04, "改期": themeday.R05, "忙时": themeday.R07,
	"移交": themeday.R08, "支部": themeday.R08, "名单": themeday.R08, "党小组": themeday.R08, "领导": themeday.R10, "记录员": themeday.R11, "预测": themeday.R12,
	"准假": themeday.R13, "不准": themeday.R13, "列席": themeday.R14, "送学": themeday.R15, "主题": themeday.R16, "内容": themeday.R16,
	"必选主题": themeday.R16, "主题菜单": themeday.R16, "结合": themeday.R17, "委托主持": themeday.R19, "补学": themeday.R20,
	"台账": themeday.R21, "迎检": themeday.R21, "签到册": themeday.R21, "上报": themeday.R22, "纪实表": themeday.R22, "检查": themeday.R23,
	"邀评": themeday.R26, "点评": themeday.R27, "评先": themeday.R28, "排名": themeday.R28, "整改": themeday.R28,
	"最佳案例": themeday.R29, "案例": themeday.R29, "借用": themeday.R29, "表扬": themeday.R29, "抽查": themeday.R30, "巡查": themeday.R30, "疑点": themeday.R30,
	"述职": themeday.R31, "情况": themeday.R31, "负担": themeday.R31, "绑定码": themeday.R33, "绑定群": themeday.R33, "更正": themeday.R33, "代签": themeday.R33, "补签": themeday.R33, "异议": themeday.R33,
}

// rule is the rule that the call's command serves; the nine steps where it serves no other.
func (c *Call) rule() themeday.Rule {
	if r, ok := ruleOf[c.name()]; ok {
		return r
	}
	return themeday.R18
}
