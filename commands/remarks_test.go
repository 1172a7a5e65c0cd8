package commands

import (
	"encoding/json"
	"strings"
	"testing"

	"themeday"
)

// remarks are the texts in which the secretary of 第一支部 reads what was written on ballots.
func (s *stage) remarks() (out []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.PostsOf(group, themeday.Sent)
		for _, p := range all {
			if p.Kind != themeday.EvaluationRemarks {
				continue
			}
			if p.To != themeday.ToSecretary || p.Text != "" || p.Arg != "" {
				s.t.Errorf("the remarks stand in the post %+v", p)
			}
			r, err := s.planner.Render(tx, p, s.clock("03-14 19:00"))
			if err != nil {
				return err
			}
			if noted, err := json.Marshal(r.Data); err != nil || strings.Contains(string(noted), "看不清") {
				s.t.Errorf("the remarks stand in what is noted of the post: %s, %v", noted, err)
			}
			out = append(out, r.Texts...)
		}
		return err
	})
	return out
}

func TestTheSecretaryReadsRemarksFromFiveBallotsOn(t *testing.T) {
	for _, c := range []struct {
		raters []string
		read   bool
	}{
		{[]string{"张三", "李敏", "陈静", "王强"}, false},
		{[]string{"张三", "李敏", "陈静", "王强", "王五"}, true},
	} {
		t.Run(strings.Join(c.raters, " "), func(t *testing.T) {
			s := newStage(t).held()
			for i, who := range c.raters {
				said := "满意"
				if i == 0 {
					said = "评分 5 4 5 3 投影看不清"
				}
				s.play(line{"03-13 18:05", who, private, said, "已收到"})
			}
			s.until("03-14 19:00")
			got := strings.Join(s.remarks(), "\n")
			if read := strings.Contains(got, "投影看不清"); read != c.read || strings.Contains(got, "张三") {
				t.Errorf("of %d ballots the secretary reads %q", len(c.raters), got)
			}
			s.secret("投影看不清")
		})
	}
}
