package scheduler

import (
	"fmt"
	"testing"
	"time"

	"themeday"
)

// unapprovedIn puts a dated activity of March into branches that are there or not; each is a name and its days of March.
func (s *stage) unapprovedIn(at string, branches map[themeday.BranchID]int) {
	s.t.Helper()
	s.do(at, func(tx themeday.Tx, now time.Time) error {
		for _, b := range []themeday.BranchID{first, "第二支部", "第三支部"} {
			day, ok := branches[b]
			if !ok {
				continue
			}
			if err := tx.PutBranch(themeday.Branch{ID: b, Name: string(b), Group: string(b)}); err != nil {
				return err
			}
			m := themeday.YearMonth{Year: 2026, Month: time.March}
			starts := themeday.Date{Year: 2026, Month: time.March, Day: day}.At(14*60, shanghai)
			if err := tx.PutActivity(themeday.Activity{ID: themeday.ActivityOf(b, m), Branch: b, Month: m, Version: 1, Topics: []string{"学习党章"}, Starts: starts, Ends: starts.Add(4 * time.Hour)}); err != nil {
				return err
			}
		}
		return s.planner.Daily(tx, now)
	})
}

// approvalsTold are the words to the committee, a line each: when, to whom, of which activities.
func (s *stage) approvalsTold(until string) (out []string) {
	for _, w := range s.run(until) {
		if w.kind != themeday.ApprovalDue || w.to == string(themeday.ToSecretary) {
			continue
		}
		line := fmt.Sprintf("%s %s: %v", w.at.In(shanghai).Format("01-02 15:04"), w.to, w.data["activity"])
		all, _ := w.data["activities"].([]any)
		for _, a := range all {
			line += fmt.Sprintf(" %v", a.(map[string]any)["activity"])
		}
		out = append(out, line)
	}
	return out
}

func TestTheCommitteeIsToldOnceADayOfAllBranchesThatWait(t *testing.T) {
	s := newStage(t)
	s.unapprovedIn("2026-03-01 09:00", map[themeday.BranchID]int{first: 13, "第二支部": 13, "第三支部": 14})
	// 8 and 6 days before; what is not submitted is named from 8 days before on.
	compare(t, s.approvalsTold("2026-03-12 23:59"), `
		03-05 09:00 陈明: 第一支部/2026-03 第一支部/2026-03 第二支部/2026-03
		03-06 09:00 陈明: 第三支部/2026-03 第一支部/2026-03 第二支部/2026-03 第三支部/2026-03
		03-07 09:00 陈明: 第一支部/2026-03 第一支部/2026-03 第二支部/2026-03 第三支部/2026-03
		03-08 09:00 陈明: 第三支部/2026-03 第一支部/2026-03 第二支部/2026-03 第三支部/2026-03`)
}

func TestOfOneBranchTheCommitteeIsToldAsBefore(t *testing.T) {
	s := newStage(t)
	s.unapprovedIn("2026-03-01 09:00", map[themeday.BranchID]int{first: 13})
	compare(t, s.approvalsTold("2026-03-12 23:59"), `
		03-05 09:00 陈明: 第一支部/2026-03
		03-07 09:00 陈明: 第一支部/2026-03`)
}

func TestWhoLeadsTheBranchAndWhoHasLeftTheCommitteeAreNotTold(t *testing.T) {
	s := newStage(t)
	s.unapprovedIn("2026-03-01 09:00", map[themeday.BranchID]int{first: 13})
	s.do("2026-03-01 10:00", func(tx themeday.Tx, at time.Time) error {
		for name, committee := range map[string]bool{"陈明": false, "王强": true} {
			if err := tx.PutPerson(themeday.Person{ID: s.people[name], Name: name, Committee: committee}); err != nil {
				return err
			}
		}
		return s.planner.Plan(tx, first, at)
	})
	compare(t, s.approvalsTold("2026-03-12 23:59"), ``)
}

func TestWhatIsApprovedFallsOutAndALateWordGivesWayToTodays(t *testing.T) {
	s := newStage(t)
	s.unapprovedIn("2026-03-01 09:00", map[themeday.BranchID]int{first: 13, "第二支部": 14})
	s.do("2026-03-06 12:00", func(tx themeday.Tx, at time.Time) error { // nothing could be sent since the 4th: both days' words are due
		for day, want := range map[string]bool{"2026-03-05": false, "2026-03-06": true} {
			p, ok, err := tx.Post(fmt.Sprintf("approval.due/committee/%s/%d", day, s.people["陈明"]))
			if err != nil || !ok {
				t.Fatalf("%s: %v, %v", day, ok, err)
			}
			r, err := s.planner.Render(tx, p, at)
			if err != nil {
				return err
			}
			if got := len(r.Texts) > 0; got != want {
				t.Errorf("%s: said %v, want %v (%s)", day, got, want, r.Why)
			}
		}
		return nil
	})
	s.do("2026-03-06 13:00", func(tx themeday.Tx, at time.Time) error {
		all, err := tx.AllActivities(themeday.YearMonth{Year: 2026, Month: time.March}, themeday.YearMonth{Year: 2026, Month: time.March})
		for _, a := range all {
			a.Steps[themeday.Approving-1] = themeday.StepDone{At: at, By: s.people["陈明"]}
			if err := tx.PutActivity(a); err != nil {
				return err
			}
		}
		return err
	})
	compare(t, s.approvalsTold("2026-03-12 23:59"), ``)
}
