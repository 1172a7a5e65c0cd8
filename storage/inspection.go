package storage

import (
	"slices"

	"themeday"
)

const (
	inspectionColumns  = "number, branch, party_group, month, way, draw, held_on, author, at, text"
	findingColumns     = "number, branch, party_group, month, inspection, kind, text, author, at, due, state, rectification"
	findingStepColumns = "number, seq, state, text, author, at"
	drawColumns        = "number, commitment, committed_at, committed_by, seed, head, head_seq, drawn_on, drawn_at, drawn_by"
	candidateColumns   = "draw, seq, branch, weight, since, place"
)

// Inspections come by number; with an empty branch all of them.
func (t *tx) Inspections(b themeday.BranchID) ([]themeday.Inspection, error) {
	return list(t, "inspections", func(r row, i *themeday.Inspection) error {
		return r.Scan(&i.Number, &i.Branch, &i.PartyGroup, fromText(&i.Month), &i.Way, &i.Draw, fromText(&i.On), &i.By, when(&i.At), &i.Text)
	}, "SELECT "+inspectionColumns+" FROM inspections WHERE ? IN ('', branch) ORDER BY number", b)
}

func (t *tx) PutInspection(i themeday.Inspection) error {
	return t.put("inspections", inspectionColumns, i.Number, i.Branch, i.PartyGroup, i.Month.String(), i.Way, i.Draw, dayText(i.On), i.By, at(i.At), i.Text)
}

// Findings come by number, each with its steps in order; with an empty branch all of them.
func (t *tx) Findings(b themeday.BranchID) ([]themeday.Found, error) {
	return remember(t, "findings", b, func() ([]themeday.Found, error) { return t.readFindings(b) })
}

func (t *tx) readFindings(b themeday.BranchID) ([]themeday.Found, error) {
	all, err := list(t, "findings", func(r row, f *themeday.Found) error {
		return r.Scan(&f.Number, &f.Branch, &f.PartyGroup, fromText(&f.Month), &f.Inspection, &f.Kind, &f.Text, &f.By, when(&f.At), when(&f.Due), &f.State, &f.Rectification)
	}, "SELECT "+findingColumns+" FROM findings WHERE ? IN ('', branch) ORDER BY number", b)
	if err != nil || len(all) == 0 {
		return all, err
	}
	type numbered struct {
		number int
		themeday.FindingStep
	}
	steps, err := list(t, "finding_steps", func(r row, s *numbered) error {
		return r.Scan(&s.number, &s.To, &s.Text, &s.By, when(&s.At))
	}, "SELECT s.number, s.state, s.text, s.author, s.at FROM finding_steps s JOIN findings f ON f.number = s.number WHERE ? IN ('', f.branch) ORDER BY s.number, s.seq", b)
	at := map[int]int{}
	for i, f := range all {
		at[f.Number] = i
	}
	for _, s := range steps {
		f := &all[at[s.number]]
		f.Steps = append(f.Steps, s.FindingStep)
	}
	for i := range all {
		all[i].Steps = slices.Clip(all[i].Steps) // several may hold them
	}
	return all, err
}

func (t *tx) PutFinding(f themeday.Found) error {
	if err := t.put("findings", findingColumns, f.Number, f.Branch, f.PartyGroup, f.Month.String(), f.Inspection, f.Kind, f.Text, f.By, at(f.At), at(f.Due), f.State, f.Rectification); err != nil {
		return err
	}
	for i, s := range f.Steps {
		if err := t.put("finding_steps", findingStepColumns, f.Number, i+1, s.To, s.Text, s.By, at(s.At)); err != nil {
			return err
		}
	}
	t.forgetAll("findings")
	return nil
}

// Draws come by number, each with its candidates in order.
func (t *tx) Draws() ([]themeday.Draw, error) {
	all, err := list(t, "draws", func(r row, d *themeday.Draw) error {
		return r.Scan(&d.Number, &d.Commitment, when(&d.Committed), &d.CommittedBy, &d.Seed, &d.Head, &d.HeadSeq, fromText(&d.On), when(&d.Drawn), &d.By)
	}, "SELECT "+drawColumns+" FROM draws ORDER BY number")
	if err != nil || len(all) == 0 {
		return all, err
	}
	type numbered struct {
		draw int
		themeday.Candidate
	}
	candidates, err := list(t, "draw_candidates", func(r row, c *numbered) error {
		return r.Scan(&c.draw, &c.Branch, &c.Weight, fromText(&c.Since), &c.Place)
	}, "SELECT draw, branch, weight, since, place FROM draw_candidates ORDER BY draw, seq")
	for _, c := range candidates {
		for i := range all {
			if all[i].Number == c.draw {
				all[i].Candidates = append(all[i].Candidates, c.Candidate)
			}
		}
	}
	return all, err
}

func (t *tx) PutDraw(d themeday.Draw) error {
	if err := t.put("draws", drawColumns, d.Number, d.Commitment, at(d.Committed), d.CommittedBy, d.Seed, d.Head, d.HeadSeq, dayText(d.On), at(d.Drawn), d.By); err != nil {
		return err
	}
	for i, c := range d.Candidates {
		if err := t.put("draw_candidates", candidateColumns, d.Number, i+1, c.Branch, c.Weight, dayText(c.Since), c.Place); err != nil {
			return err
		}
	}
	return nil
}
