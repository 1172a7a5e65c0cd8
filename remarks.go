package themeday

import "fmt"

// RemarksFrom is from how many ballots on the secretary reads what was written on them (R25): among fewer a remark tells who wrote it.
func (r Rules) RemarksFrom() int { return max(r.DimensionBallots, r.ResultBallots, 1) }

// Remarks are what was written on the ballots of an activity whose result is out, in the order of the ballots' random keys: of the branch's own
// raters and of outsiders, each side only from enough ballots on.
func (d Desk) Remarks(tx Tx, a Activity) (own, outside []string, err error) {
	if a.Result.IsZero() {
		return nil, nil, nil
	}
	for _, side := range []struct {
		outside bool
		remarks *[]string
	}{{false, &own}, {true, &outside}} {
		t, remarks, err := d.count(tx, a.ID, side.outside)
		if err != nil {
			return nil, nil, err
		}
		if t.Told(d.For(a).Rules) && t.Raters >= d.For(a).Rules.RemarksFrom() {
			*side.remarks = remarks
		}
	}
	return own, outside, nil
}

// tellRemarks plans a private word to the secretary, if anything was written that he may read.
func (d Desk) tellRemarks(tx Tx, c Cause, a Activity) error {
	own, outside, err := d.Remarks(tx, a)
	if err != nil || len(own)+len(outside) == 0 {
		return err
	}
	key := fmt.Sprintf("%s/%s", EvaluationRemarks, a.ID)
	if a.Undone > 0 {
		key = fmt.Sprintf("%s/u%d", key, a.Undone)
	}
	c.Verb = string(EvaluationRemarks)
	return d.tellSecretary(tx, c, Post{Key: key, Kind: EvaluationRemarks, Branch: a.Branch, Activity: a.ID})
}
