package themeday

import "fmt"

// caseWaits is how many days a nomination waits for a choice: later it is none of the news any more.
const caseWaits = 90

// loadCases notes the nominations on which the committee has not decided, where their quarter has room left (R29).
func (w *waiter) loadCases() error {
	all, err := w.tx.Cases()
	w.cases = map[BranchID][]Case{}
	full := map[Quarter]bool{}
	for _, k := range all {
		q := k.Month().Quarter()
		if _, known := full[q]; err == nil && !known {
			var most, chosen int
			most, chosen, err = w.d.CaseQuota(w.tx, q, w.at)
			full[q] = chosen >= most
		}
		if k.State == CaseNominated && !full[q] && w.at.Before(k.Nominated.AddDate(0, 0, caseWaits)) {
			w.cases[k.Branch()] = append(w.cases[k.Branch()], k)
		}
	}
	return err
}

// nominated are the branch's best cases that the committee may choose. There is no haste.
func (w *waiter) nominated() error {
	for _, k := range w.cases[w.branch.ID] {
		m := k.Month().Chinese()
		w.add(Pending{
			Key: fmt.Sprintf("case/%s/%d", k.Activity, k.Nominated.Unix()), Activity: k.Activity, What: m + "主题党日申报了最佳案例，等评选", Rule: R29, Since: k.Nominated, Committee: true, Calm: true,
			Above: fmt.Sprintf("最佳案例 选 %s %s 评语（看申报发：最佳案例 %d）", w.branch.Name, m, k.Month().Year),
			Facts: []string{w.when(k.Nominated) + "申报，亮点：" + Shown(k.Highlights), fmt.Sprintf("评满当季名额或过%d天就不再列", caseWaits)},
		})
	}
	return nil
}
