package themeday

// Rule is the id of a rule of the regulation, R01 to R33.
type Rule string

// The rules, in the order of the regulation. Each is explained by Rule.Gist.
const (
	R01 Rule = "R01"
	R02 Rule = "R02"
	R03 Rule = "R03"
	R04 Rule = "R04"
	R05 Rule = "R05"
	R06 Rule = "R06"
	R07 Rule = "R07"
	R08 Rule = "R08"
	R09 Rule = "R09"
	R10 Rule = "R10"
	R11 Rule = "R11"
	R12 Rule = "R12"
	R13 Rule = "R13"
	R14 Rule = "R14"
	R15 Rule = "R15"
	R16 Rule = "R16"
	R17 Rule = "R17"
	R18 Rule = "R18"
	R19 Rule = "R19"
	R20 Rule = "R20"
	R21 Rule = "R21"
	R22 Rule = "R22"
	R23 Rule = "R23"
	R24 Rule = "R24"
	R25 Rule = "R25"
	R26 Rule = "R26"
	R27 Rule = "R27"
	R28 Rule = "R28"
	R29 Rule = "R29"
	R30 Rule = "R30"
	R31 Rule = "R31"
	R32 Rule = "R32"
	R33 Rule = "R33"
)

// clauses holds, for each rule, its clause in the regulation and what it asks, in words a member understands.
var clauses = map[Rule]struct{ clause, gist string }{
	R01: {"第二条", "主题党日每月开展一次"},
	R02: {"第二条", "每次活动不少于半天"},
	R03: {"第二条", "每月固定一天作为主题党日"},
	R04: {"第二条", "年度计划报机关党委备案"},
	R05: {"第二条", "改期要说明原因并报备，且须在当月完成"},
	R06: {"第二条", "提前5天公示活动安排"},
	R07: {"第二条", "不影响业务工作和群众办事"},
	R08: {"第三条", "覆盖支部全体党员"},
	R09: {"第三条", "领导干部以普通党员身份参加所在支部活动"},
	R10: {"第三条", "领导干部联系指导分管单位支部"},
	R11: {"第三条", "指定专人负责记录"},
	R12: {"第三条", "参加人数达到党员总数的80%以上"},
	R13: {"第三条", "不能参加的应书面请假，材料由支部保存"},
	R14: {"第三条", "可吸收积极分子、发展对象、团员、群众代表参加"},
	R15: {"第三条", "年老体弱的可采取适当方式参加"},
	R16: {"第四条", "以政治学习和党性锻炼为规定内容，必选加自选"},
	R17: {"第五条", "做到四个结合"},
	R18: {"第六条", "九个步骤按顺序进行，一步不少"},
	R19: {"第六条", "一般由书记主持，特殊情况可委托副书记、支委"},
	R20: {"第六条", "请假和缺席的应补学"},
	R21: {"第六条", "建立台账，签到册、图片等记录详实"},
	R22: {"第六条", "活动结束后2日内上报纪实表"},
	R23: {"第六条", "现场悬挂党旗、佩戴党员徽章"},
	R24: {"第六条", "与三会一课、组织生活会结合"},
	R25: {"第七条", "活动后当即开展测评"},
	R26: {"第七条", "适当扩大参评面"},
	R27: {"第七条", "联系领导现场点评"},
	R28: {"第七条", "年内三次以上满意率低于60%的不得评先选优"},
	R29: {"第七条", "适时评选最佳案例"},
	R30: {"第八条", "定期巡查、随机抽查"},
	R31: {"第八条", "纳入年度述职评议考核"},
	R32: {"第八条", "无正当理由或长期不参加的要批评教育"},
	R33: {"第八条", "不得弄虚作假，记录不得私改"},
}

// Clause is the rule's clause in the regulation, such as 第二条; the id itself for an unknown rule.
func (r Rule) Clause() string {
	if c, ok := clauses[r]; ok {
		return c.clause
	}
	return string(r)
}

// Gist is what the rule asks, in a few Chinese words; empty for an unknown rule.
func (r Rule) Gist() string { return clauses[r].gist }
