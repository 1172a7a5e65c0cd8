package commands

import "themeday"

// meant gives the one of a speaker's branches that his words can mean; false where there are several or none. His own record (我的) and what
// he plans are of every branch alike, so that he has to say of which.
func (c *Call) meant(mine []themeday.BranchID) (themeday.BranchID, bool, error) {
	hits, err := c.meanings(mine)
	if err != nil || len(hits) != 1 {
		return "", false, err
	}
	return hits[0], true, nil
}

// meanings are all of those branches that the words can mean.
func (c *Call) meanings(mine []themeday.BranchID) ([]themeday.BranchID, error) {
	var hits []themeday.BranchID
	for _, b := range mine {
		can, err := c.canMean(b)
		if err != nil {
			return nil, err
		}
		if can {
			hits = append(hits, b)
		}
	}
	return hits, nil
}

// canMean tells whether the command has something to do in a branch for who speaks.
func (c *Call) canMean(b themeday.BranchID) (bool, error) {
	switch c.name() {
	case signIn.Words[0]:
		_, err := c.Signable(c.Tx, b, c.Message.At)
		return yes(err)
	case rate.Words[0], rateByWord.Words[0]:
		return c.mayRate(b)
	case commentOn.Words[0]:
		return c.cameTo(b)
	case makeup.Words[0]:
		return c.owes(b)
	case askLeave.Words[0]:
		a, err := c.LeaveTarget(c.Tx, b, c.Cause.By, c.Message.At)
		if c.Month != nil {
			a, err = c.OfMonth(c.Tx, b, *c.Month)
		}
		ok, err := yes(err)
		return ok && a.Dated(), err
	case showActivity.Words[0]:
		_, ok, err := c.Next(c.Tx, b, c.Message.At)
		return ok, err
	}
	return false, nil
}

// yes: a refusal is a no, any other error is one.
func yes(err error) (bool, error) {
	if err != nil && themeday.CodeOf(err) != "" {
		return false, nil
	}
	return err == nil, err
}

// mayRate: he is signed in and the evaluation is open.
func (c *Call) mayRate(b themeday.BranchID) (bool, error) {
	a, err := c.EvaluationOpen(c.Tx, b, c.Message.At)
	if ok, err := yes(err); !ok {
		return false, err
	}
	all, err := c.Tx.SignIns(a.ID)
	for _, s := range all {
		if s.Person == c.Cause.By {
			return true, err
		}
	}
	return false, err
}

// owes: a study is owed to this branch, or handed in and not confirmed.
func (c *Call) owes(b themeday.BranchID) (bool, error) {
	all, err := c.Tx.MakeupsOf(c.Cause.By)
	if err != nil {
		return false, err
	}
	for _, m := range all {
		a, ok, err := c.Tx.Activity(m.Activity)
		if err != nil {
			return false, err
		}
		if ok && a.Branch == b && m.State != themeday.MakeupConfirmed {
			return true, nil
		}
	}
	return false, nil
}

func branchOf(all []themeday.Branch, id themeday.BranchID) themeday.Branch {
	for _, b := range all {
		if b.ID == id {
			return b
		}
	}
	return themeday.Branch{}
}
