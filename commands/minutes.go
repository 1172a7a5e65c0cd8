package commands

import (
	"fmt"

	"themeday"
)

var note = Command{
	Words: []string{"记录"}, Usage: "记录 大家谈了学习体会", Help: "记一条讨论发言", Who: Writer, Everyday: true, Run: writer(themeday.Noted),
}

var agree = Command{
	Words: []string{"共识"}, Usage: "共识 每季度一次志愿服务", Help: "记一条共识", Who: Writer, Everyday: true, Run: writer(themeday.Agreed),
}

var assign = Command{
	Words: []string{"任务"}, Usage: "任务 李四 月底前联系社区", Help: "记一项任务：谁、做什么、何时完成", Who: Writer, Everyday: true, Run: writer(themeday.Assigned),
}

var summarise = Command{
	Words: []string{"总结"}, Usage: "总结 %s 成效……不足……下步……", Help: "写总结，测评开始后写", Who: Host, Month: true, Behind: true, Everyday: true, Run: runSummarise,
}

var undo = Command{
	Words: []string{"撤销"}, Usage: "撤销", Help: "撤回自己10分钟内的上一步", Who: Member, Bare: true, NoBranch: true, Run: runUndo,
}

// writer runs the verb of one kind of line.
func writer(kind themeday.MinuteKind) func(*Call) (themeday.Reply, error) {
	return func(c *Call) (themeday.Reply, error) {
		a, err := c.current(c.Tx, c.Branch.ID, c.Message.At)
		if err != nil {
			return themeday.Reply{}, err
		}
		if _, err := c.Write(c.Tx, c.Cause, a, kind, c.Args); err != nil {
			return themeday.Reply{}, err
		}
		if !c.Message.Private() {
			return themeday.Reply{}, nil // what is noted in the meeting needs no answer each time; 进度 shows it
		}
		return say(fmt.Sprintf("已记：%s（%s）", kind, c.WhenFrom(c.Message.At, c.Message.At))), nil
	}
}

func runSummarise(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Held)
	if err != nil {
		return themeday.Reply{}, err
	}
	if a, err = c.Summarise(c.Tx, c.Cause, a, c.Args); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return say(fmt.Sprintf("%s总结已记下。九个步骤齐了，请发：上报 %s", c.month(a.Month), c.month(a.Month))), nil
}

func runUndo(c *Call) (themeday.Reply, error) {
	u, err := c.Undo(c.Tx, c.Cause)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	text := "已撤销：" + u.What
	if u.Private && !c.Message.Private() {
		text = "已撤销上一步"
	}
	if u.Count > 1 {
		text += fmt.Sprintf("（%d条）", u.Count)
	}
	return say(text + "，撤销本身已记录"), nil
}
