package themeday

func (f *formFiller) evaluation() error {
	t, _, err := f.d.Evaluate(f.tx, f.a.ID)
	if err != nil {
		return err
	}
	r := f.d.Rules
	e := FormEvaluation{
		Opened: f.local(f.a.Evaluated), Closes: f.local(f.a.Closes), Result: f.local(f.a.Result), Raters: t.Raters,
		Participants: f.form.Tally.Present + f.form.Tally.Remote + f.form.Tally.Guests, SatisfiedFrom: r.SatisfiedFrom,
	}
	if e.Shown = !f.a.Result.IsZero() && t.Told(r); e.Shown {
		e.Satisfied, e.RatePercent = t.Satisfied, t.RatePercent()
		if t.Raters >= r.DimensionBallots {
			means := t.Means()
			e.Means = means[:]
			if e.Shares, err = f.shares(t.Raters); err != nil {
				return err
			}
		}
	}
	if !f.a.Result.IsZero() {
		outside, err := f.d.Outside(f.tx, f.a.ID)
		if err != nil {
			return err
		}
		e.Outside, e.Together = OutsideShown(t, outside, r)
	}
	f.form.Evaluation = e
	return nil
}

// shares are the dimensions' shares of ballots that are satisfied with them, in whole percent, rounded down.
func (f *formFiller) shares(raters int) ([]int, error) {
	ballots, err := f.tx.Ballots(f.a.ID)
	out := make([]int, len(Dimensions))
	for _, b := range ballots {
		for i, score := range b.Scores {
			out[i] += boolInt(!b.Outside && score >= f.d.Rules.SatisfiedFrom)
		}
	}
	for i, n := range out {
		out[i] = Percent(n, raters)
	}
	return out, err
}

func (f *formFiller) filing() error {
	due := f.d.RecordDueAt(f.a)
	f.form.Due = f.local(due)
	if f.a.Filed.IsZero() {
		return nil
	}
	f.form.Filed, f.form.FiledBy = f.local(f.a.Filed), f.name(f.a.FiledBy)
	f.form.DaysLate = RecordOverdueDays(f.a.Filed, due, f.d.Zone)
	all, err := f.d.filings(f.tx, f.a)
	if err != nil {
		return err
	}
	for _, one := range all {
		f.form.Filings = append(f.form.Filings, FormFiling{Version: one.Version, At: f.local(one.At), By: f.name(one.By)})
	}
	k := corrector{d: f.d, tx: f.tx, a: f.a, roster: f.roster, name: f.name}
	f.form.Corrections, f.form.Version, err = k.corrections(f.said)
	return err
}

// head is that of the ledger as it is committed: what is printed with it proves all entries up to it.
func (f *formFiller) head() (err error) {
	f.form.Head, err = f.tx.Head()
	return err
}
