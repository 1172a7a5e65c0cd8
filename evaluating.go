package themeday

import "time"

// EvaluationOpen gives the activity that can be rated now; a refusal says from when or that it is over (R25).
func (d Desk) EvaluationOpen(tx Tx, b BranchID, at time.Time) (Activity, error) {
	a, ok, err := d.Last(tx, b, at)
	switch {
	case err != nil:
		return a, err
	case !ok || !a.Done(SigningIn):
		return a, Refuse(TooEarly, R25, "现在没有测评。活动结束后在群里通知")
	case d.For(a).Rules.NoEvaluation:
		return a, Refuse(Forbidden, R25, "按现行规定不安排测评，不用评分")
	case !a.Over(at):
		return a, Refuse(TooEarly, R25, "活动结束后开始测评，请到时再评")
	case !at.Before(a.ClosesAt(d.For(a).Rules)):
		return a, Refuse(TooLate, R25, "%s主题党日的测评已于%s截止", a.Month.Chinese(), d.WhenFrom(a.ClosesAt(d.For(a).Rules), at))
	}
	return a, nil
}

// Rate takes a ballot (评分, R25): from who took part, one each, final. Who rated and what was said are kept apart. By known he is found again who
// has rated by an outsider's code before: see Scene.KnownAs.
func (d Desk) Rate(tx Tx, c Cause, m Message, b BranchID, who Comrade, s Scores, remark string, known ...string) (Activity, error) {
	a, err := d.EvaluationOpen(tx, b, c.At)
	if err != nil {
		return a, err
	}
	if err := s.Valid(); err != nil {
		return a, err
	}
	if _, in, err := d.signedIn(tx, a.ID, who.ID); err != nil {
		return a, err
	} else if !in {
		return a, Refuse(Forbidden, R25, "测评由参加活动的同志进行，您没有签到记录。到场了请书记补签")
	}
	if rated, err := tx.OutsideRated(a.ID, outsideSpeaker(who.ID, m, known)...); err != nil { // he was signed in afterwards
		return a, err
	} else if rated {
		return a, ratedByCode(a)
	}
	if a, err = d.Settle(tx, a, c.At); err != nil {
		return a, err
	}
	first, err := tx.Vote(a.ID, who.ID)
	if err != nil {
		return a, err
	}
	if !first {
		return a, Refuse(Conflict, R25, "您已经测评过。一人一票，不记名，交了不能改")
	}
	return d.cast(tx, a, Ballot{Scores: s, Remark: remark})
}

// cast writes a ballot. No entry tells of it: the ledger's order, times and people, held against the ballots, would tell whose is whose.
func (d Desk) cast(tx Tx, a Activity, b Ballot) (Activity, error) {
	var err error
	if b.Key, err = d.random(16); err != nil {
		return a, err
	}
	b.Activity = a.ID
	if err := tx.AddBallot(b); err != nil {
		return a, err
	}
	if !a.Done(Evaluating) {
		a.complete(Evaluating, opened(a), Bot)
		return a, tx.PutActivity(a)
	}
	return a, nil
}

// opened is when the evaluation was opened: what the first ballot completes bears no time of its own.
func opened(a Activity) time.Time {
	if !a.Evaluated.IsZero() {
		return a.Evaluated
	}
	return a.EndAt()
}

// Evaluate counts the ballots of the branch's own raters, who took part: members and signed-in guests. The rate by which the branch is judged
// (the 60 % of R28) is theirs alone; invited outsiders stand apart (R26, Outside).
func (d Desk) Evaluate(tx Tx, a ActivityID) (EvaluationTally, []string, error) {
	return d.count(tx, a, false)
}

// Outside counts the ballots of invited outsiders (R26).
func (d Desk) Outside(tx Tx, a ActivityID) (EvaluationTally, error) {
	t, _, err := d.count(tx, a, true)
	return t, err
}

func (d Desk) count(tx Tx, a ActivityID, outside bool) (EvaluationTally, []string, error) {
	var t EvaluationTally
	ballots, err := tx.Ballots(a)
	if err != nil {
		return t, nil, err
	}
	judged, there, err := tx.Activity(a)
	if err != nil {
		return t, nil, err
	}
	if there {
		d = d.For(judged)
	}
	var remarks []string
	for _, b := range ballots {
		if b.Outside != outside {
			continue
		}
		t.Add(b.Scores, d.Rules.SatisfiedFrom)
		if b.Remark != "" {
			remarks = append(remarks, b.Remark)
		}
	}
	return t, remarks, nil
}

// openEvaluation notes that the group was told to rate; it closes a day later (R25).
func (d Desk) openEvaluation(tx Tx, a Activity, at time.Time) error {
	a, err := d.Settle(tx, a, at)
	if err != nil {
		return err
	}
	before := a
	a.Evaluated = at
	a.Closes = at.Add(d.For(a).Rules.EvaluationOpen)
	return putActivity(tx, Cause{By: Bot, At: at, Verb: string(EvaluationOpened), Branch: a.Branch}, before, a, "")
}

// closeEvaluation notes that the result was told, and of the ballots their number alone.
func (d Desk) closeEvaluation(tx Tx, a Activity, at time.Time) error {
	c := Cause{By: Bot, At: at, Verb: verbEvaluation, Branch: a.Branch}
	raters, err := tx.Voters(a.ID)
	if err != nil {
		return err
	}
	outside, err := d.Outside(tx, a.ID)
	if err != nil {
		return err
	}
	if outside.Raters > 0 {
		if err := tx.DropOutsideMarks(a.ID); err != nil {
			return err
		}
	}
	if err := d.countOnly(tx, a, outside); err != nil {
		return err
	}
	ballots := struct {
		Raters  int
		Outside int `json:",omitempty"`
	}{raters, outside.Raters}
	if err := note(tx, c, a.ID, nounEvaluation, string(a.ID), nil, ballots, ""); err != nil {
		return err
	}
	before := a
	a.Result = at
	a.complete(Evaluating, opened(a), Bot)
	c.Verb = string(EvaluationResult)
	if err := putActivity(tx, c, before, a, ""); err != nil || a.Filed.IsZero() {
		return err
	}
	err = tx.Nested(func(tx Tx) error {
		_, _, err := d.freeze(tx, c, a) // the form was filed before the result was known, on the word that it would follow
		return err
	})
	if CodeOf(err) != "" {
		return nil // it could not be written: what was corrected waits for the secretary to file it
	}
	return err
}

// countOnly keeps of too few ballots their number alone, which is all that is told of them: one ballot, or few of one mind, would be known by
// who voted.
func (d Desk) countOnly(tx Tx, a Activity, outside EvaluationTally) error {
	own, _, err := d.Evaluate(tx, a.ID)
	if err != nil {
		return err
	}
	for _, side := range []struct {
		tally   EvaluationTally
		outside bool
	}{{own, false}, {outside, true}} {
		if side.tally.Raters == 0 || side.tally.Told(d.For(a).Rules) {
			continue
		}
		if err := tx.CountBallots(a.ID, side.outside); err != nil {
			return err
		}
	}
	return nil
}

// verbEvaluation is what the entry of an evaluation's end is called.
const verbEvaluation = "测评"

// AfterSent draws the consequences of a post that went out: the steps that are the bot's own (R18 ③ ④ ⑥, the opening of ⑧).
func (d Desk) AfterSent(tx Tx, p Post, at time.Time) error {
	switch p.Kind {
	case Notice, SignInOpen, Attendance, EvaluationOpened, EvaluationResult:
	default:
		return nil
	}
	a, ok, err := tx.Activity(p.Activity)
	if err != nil || !ok {
		return err
	}
	var s Step
	switch p.Kind {
	case Notice:
		s = Noticing
	case SignInOpen:
		s = Convening
	case Attendance:
		s = Reporting
	case EvaluationOpened:
		return d.openEvaluation(tx, a, at)
	case EvaluationResult:
		return d.evaluationClosed(tx, a, at)
	default:
		return nil
	}
	before := a
	a.complete(s, at, Bot)
	if s == Reporting {
		a.complete(Convening, at, Bot)
	}
	return putActivity(tx, Cause{By: Bot, At: at, Verb: string(p.Kind), Branch: a.Branch}, before, a, "")
}
