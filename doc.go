// Package themeday holds the words and rules of a Party branch's monthly theme day (黨支部主題黨日) and the use cases around it.
//
// The words, as code and texts use them:
//
//	branch 支部 · party group 党小组 · committee 机关党委 · secretary 书记 · deputy 副书记 · committee member 支委
//	recorder 记录员 · liaison leader 联系领导 · guest 列席 · comrade 同志 · roster 名单
//	activity 主题党日 · fixed day 固定日 · filing 备案 · notice 预告 · sign-in 签到 · leave 请假 · make-up 补学
//	evaluation 测评 · ballot 票 · minutes 记录 · record form 纪实表 · ledger 台账 · entry 台账的一条
//
// Where to look: the rules by their ids in clause.go, their figures in rules.go, dates in date.go, fixedday.go and deadlines.go, the nine
// steps in step.go; each use case is a method of Desk in the file of its noun. Everything here takes the present instant as an argument
// and reads and writes through the Store declared in store.go.
package themeday
