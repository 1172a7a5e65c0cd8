package scheduler

import (
	"fmt"
	"strings"

	"themeday"
)

// Explain says in one Chinese sentence why a kind of post comes, with the rule behind it; empty for a kind that is none.
func (p *Planner) Explain(k themeday.Kind) string {
	why, ok := reasons[k]
	if !ok {
		return ""
	}
	text := why.text
	if why.figure != nil {
		text = fmt.Sprintf(text, why.figure(p.Desk.Rules))
	}
	if why.rule == "" {
		return text + "。"
	}
	return text + "（" + why.rule.Clause() + "·" + string(why.rule) + "）。"
}

// ExplainPost says why one post comes; of a violation it names the rule.
func (p *Planner) ExplainPost(post themeday.Post) string {
	word, _, _ := strings.Cut(post.Arg, " ")
	if r := themeday.Rule(word); post.Kind == themeday.Violation && r.Gist() != "" {
		return "没有做到：" + p.Desk.Rules.Asks(r) + "（" + r.Clause() + "·" + string(r) + "）。"
	}
	return p.Explain(post.Kind)
}

// reason is why a kind of post comes; figure is the setting that its text names.
type reason struct {
	rule   themeday.Rule
	text   string
	figure func(themeday.Rules) int
}

var reasons = map[themeday.Kind]reason{
	themeday.PlanMissing:         {rule: themeday.R01, text: "这个月还没有排定主题党日，提醒尽快安排"},
	themeday.FilingDue:           {rule: themeday.R04, text: "年度计划快到报备期限，提醒书记"},
	themeday.PlanFiled:           {rule: themeday.R04, text: "支部报备了年度计划，告诉机关党委"},
	themeday.ApprovalDue:         {rule: themeday.R18, text: "活动还没有审定，审定后才能发预告"},
	themeday.ApprovalAsked:       {rule: themeday.R18, text: "支部报审了活动安排，请机关党委审定"},
	themeday.Approved:            {rule: themeday.R18, text: "机关党委审定了活动安排，告诉书记"},
	themeday.Returned:            {rule: themeday.R18, text: "机关党委退回了活动安排，告诉书记"},
	themeday.DateChanged:         {rule: themeday.R05, text: "预告过的活动改了日期，告诉大家"},
	themeday.ChangeFiled:         {rule: themeday.R05, text: "活动改期，报机关党委备案"},
	themeday.Notice:              {rule: themeday.R06, text: "活动安排审定后，在活动前%d天公示", figure: func(r themeday.Rules) int { return r.NoticeDays }},
	themeday.ForecastPost:        {rule: themeday.R12, text: "活动前按请假情况估算能不能达到%d%%", figure: func(r themeday.Rules) int { return r.QuorumPercent }},
	themeday.Reminder:            {rule: themeday.R06, text: "活动前%d天提醒大家参加", figure: func(r themeday.Rules) int { return r.ReminderDays }},
	themeday.ChecklistPost:       {rule: themeday.R23, text: "会前检查还有没打勾的，提醒书记"},
	themeday.SignInOpen:          {rule: themeday.R18, text: "活动快开始了，召集大家签到"},
	themeday.SignInProgress:      {rule: themeday.R18, text: "有同志签到，合起来报一次"},
	themeday.Attendance:          {rule: themeday.R12, text: "活动开始，通报到会情况，看是否达到%d%%", figure: func(r themeday.Rules) int { return r.QuorumPercent }},
	themeday.Absent:              {rule: themeday.R13, text: "有同志没有请假也没有到会，私下告诉书记"},
	themeday.ClaimsPost:          {rule: themeday.R33, text: "接龙里有人替别人签到，请书记核实"},
	themeday.LeaveAskedPost:      {rule: themeday.R13, text: "有同志请假，请书记决定"},
	themeday.LeaveDecided:        {rule: themeday.R13, text: "书记对请假有了答复，告诉本人"},
	themeday.ProxyTold:           {rule: themeday.R33, text: "有人替您签到，让您知道，可以提出异议"},
	themeday.EvaluationOpened:    {rule: themeday.R25, text: "活动结束，请参加的同志测评"},
	themeday.EvaluationCount:     {rule: themeday.R25, text: "收到测评，只报份数，不报姓名"},
	themeday.EvaluationResult:    {rule: themeday.R25, text: "测评截止，公布结果"},
	themeday.EvaluationRemarks:   {rule: themeday.R25, text: "测评满%d票，把写下的意见私下转给书记，不记名", figure: themeday.Rules.RemarksFrom},
	themeday.EvaluationWithdrawn: {rule: themeday.R25, text: "结束发早了又撤销，告诉大家测评还没有开始"},
	themeday.Corrected:           {rule: themeday.R33, text: "告诉过您的一项记录被撤销了，让您知道"},
	themeday.RecordDuePost:       {rule: themeday.R22, text: "纪实表要在活动结束后%d日内上报，提醒书记", figure: func(r themeday.Rules) int { return r.RecordDays }},
	themeday.RecordOverdue:       {rule: themeday.R22, text: "纪实表过了上报期限还没有报"},
	themeday.RecordFiled:         {rule: themeday.R22, text: "支部上报了纪实表，告诉机关党委"},
	themeday.MakeupDuePost:       {rule: themeday.R20, text: "补学快到期限，提醒本人"},
	themeday.MakeupHandedPost:    {rule: themeday.R20, text: "有同志交来补学，请书记确认"},
	themeday.MakeupDecided:       {rule: themeday.R20, text: "书记看过了补学，告诉本人"},
	themeday.AbsencePost:         {rule: themeday.R32, text: "有同志多次无故缺席，只告诉书记和机关党委"},
	themeday.EvaluationLow:       {rule: themeday.R28, text: "本次主题党日满意率低于%d%%，私下提醒书记", figure: func(r themeday.Rules) int { return r.SatisfactionFloor }},
	themeday.AwardBarred:         {rule: themeday.R28, text: "一年内满意率低于下限达到%d次，支部及其班子成员当年不得评先选优，并限期整改", figure: func(r themeday.Rules) int { return r.Strikes }},
	themeday.AwardRestored:       {rule: themeday.R28, text: "低满意率的记录更正后不再达到次数，评先选优不再受限"},
	themeday.RectifyOpened:       {rule: themeday.R28, text: "机关党委要求支部整改，告诉书记"},
	themeday.RectifyHandedPost:   {rule: themeday.R28, text: "支部交来整改措施，请机关党委复查"},
	themeday.RectifyDecided:      {rule: themeday.R28, text: "机关党委复查了整改，告诉书记"},
	themeday.RectifyDuePost:      {rule: themeday.R28, text: "整改快到期限，提醒书记"},
	themeday.RectifyOverdue:      {rule: themeday.R28, text: "整改过了期限还没有办完"},
	themeday.Violation:           {text: "当月没有开展（第二条·R01）、时间不足半天（第二条·R02）或参加人数不够（第三条·R12），告诉书记和机关党委"},
	themeday.ObjectionRaised:     {rule: themeday.R33, text: "有同志对自己的记录有异议，请书记核对"},
	themeday.ObjectionDue:        {rule: themeday.R33, text: "有异议没有答复，满3天提醒书记，满7天告诉机关党委"},
	themeday.ObjectionAnswered:   {rule: themeday.R33, text: "异议有了答复，告诉本人；书记答复对自己录入的异议，也告诉机关党委"},
	themeday.IdentityDoubt:       {rule: themeday.R33, text: "群里有人的名字不能确认是本人，请书记核对"},
	themeday.CodeIssued:          {rule: themeday.R33, text: "有人在聊天里给机关党委的同志发了绑定码，告诉其他同志，防止冒名"},
	themeday.PictureReused:       {rule: themeday.R33, text: "活动照片和以前用过的一张很像，请书记看一眼"},
	themeday.CommentGiven:        {rule: themeday.R27, text: "到场的领导写了点评，告诉书记"},
	themeday.TopicRequired:       {rule: themeday.R16, text: "机关党委定了必选主题，告诉要列入的支部书记"},
	themeday.TopicDue:            {rule: themeday.R16, text: "必选主题快到列入期限，提醒还没有列入的书记；期限当天合成一条告诉机关党委"},
	themeday.GuidanceDue:         {rule: themeday.R10, text: "季度快结束，还有联系的支部没有到场指导，只告诉联系领导和机关党委"},
	themeday.InspectionFinding:   {rule: themeday.R30, text: "巡查发现了问题，请支部书记整改，只告诉书记"},
	themeday.InspectionHanded:    {rule: themeday.R30, text: "支部交来巡查问题的整改措施，请机关党委复查"},
	themeday.InspectionDecided:   {rule: themeday.R30, text: "机关党委复查了巡查问题，告诉书记"},
	themeday.InspectionDue:       {rule: themeday.R30, text: "巡查问题快到期限或过了期限还没有销号"},
	themeday.InspectionSeed:      {rule: themeday.R30, text: "抽查前先公布种子的承诺，抽取之后谁都能验证"},
	themeday.InspectionDrawn:     {rule: themeday.R30, text: "机关党委抽取了抽查的支部，公布种子和权重供验证"},
	themeday.Digest:              {text: "每天一次，只列要您办、今天又没有另外提醒的事；同一件事没到紧要时%d天内不再说。逐项的依据请发：为什么 情况", figure: func(r themeday.Rules) int { return r.DigestRepeatDays }},
	themeday.Weekly:              {text: "每周一次，说明机器人在正常工作：没有别的消息就是没有要您办的事"},
	themeday.HandoverAsked:       {rule: themeday.R18, text: "支部报请书记移交，请机关党委决定"},
	themeday.HandoverDue:         {rule: themeday.R18, text: "书记移交还没有决定，满3天、7天提醒机关党委"},
	themeday.HandoverTold:        {rule: themeday.R18, text: "书记移交有了进展，告诉交接双方；取消了的，也告诉请示过的机关党委"},
	themeday.HandoverDone:        {rule: themeday.R18, text: "书记移交生效，把没有办完的事列给新书记"},
	themeday.BranchChanged:       {rule: themeday.R08, text: "支部更名、撤销或合并，告诉书记和机关党委其他同志"},
	themeday.CaseChosenPost:      {rule: themeday.R29, text: "机关党委评出了最佳案例，告诉各支部群，也私下告诉它的书记"},
	themeday.CaseWithdrawnPost:   {rule: themeday.R29, text: "机关党委撤下了最佳案例的申报或评选，告诉书记"},
	themeday.GroupPraised:        {rule: themeday.R29, text: "机关党委表扬党小组，只发它的支部群"},
	themeday.ReplyKind:           {text: "有人发了指令，我来回答"},
}
