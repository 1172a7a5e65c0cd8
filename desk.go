package themeday

import (
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// Desk is where the use cases are done: the rules, the calendar, the zone and the source of chance that they share.
// Its methods read, decide and write within the one transaction that they are given; now is Cause.At.
type Desk struct {
	Rules    Rules    // that hold now: see At and For
	Book     Rulebook // nil: Rules hold always
	Calendar *Calendar
	Zone     *time.Location
	Fold     func(string) string // brings traditional writing into the simplified one; nil: leaves it
	Rand     io.Reader           // for codes and ballot keys
	Pictures Keeper
	Faces    *Faces     // of the house; nil: none are kept
	Forms    FormKeeper // nil: forms are filed without keeping their bytes
}

// Day is the calendar day of an instant in the desk's zone.
func (d Desk) Day(at time.Time) Date { return DateOf(at, d.Zone) }

// Local is an instant in the desk's zone, for texts.
func (d Desk) Local(at time.Time) time.Time { return at.In(d.Zone) }

// When writes an instant for people: 3月13日 周五 14:30.
func (d Desk) When(at time.Time) string {
	day := d.Day(at)
	return day.Chinese() + " " + day.WeekdayChinese() + " " + at.In(d.Zone).Format("15:04")
}

// WhenFrom writes an instant as seen from another: only the clock when it is the same day.
func (d Desk) WhenFrom(at, now time.Time) string {
	if d.Day(at) == d.Day(now) {
		return at.In(d.Zone).Format("15:04")
	}
	return d.Day(at).Chinese() + at.In(d.Zone).Format(" 15:04")
}

// Deadline writes an instant up to which something may be done; the first instant of a day is 24:00 of the day before.
func (d Desk) Deadline(at time.Time) string {
	if local := at.In(d.Zone); local.Hour() == 0 && local.Minute() == 0 {
		return d.Day(at).AddDays(-1).Chinese() + " 24:00"
	}
	return d.Day(at).Chinese() + at.In(d.Zone).Format(" 15:04")
}

// RosterOf is the branch's roster on the activity's day, by which it is judged (R08, R12).
func (d Desk) RosterOf(tx Tx, a Activity) (BranchRoster, error) {
	return tx.Roster(a.Branch, d.Day(a.Starts))
}

// Tally counts an activity's attendance as the facts stand now (R12).
func (d Desk) Tally(tx Tx, a Activity) (Tally, error) {
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return Tally{}, err
	}
	signins, err := tx.SignIns(a.ID)
	if err != nil {
		return Tally{}, err
	}
	leaves, err := tx.Leaves(a.ID)
	if err != nil {
		return Tally{}, err
	}
	return Count(roster, signins, leaves), nil
}

// Branch gives a branch by its id.
func (d Desk) Branch(tx Tx, id BranchID) (Branch, error) {
	all, err := tx.Branches()
	if err != nil {
		return Branch{}, err
	}
	for _, b := range all {
		if b.ID == id {
			return b, nil
		}
	}
	return Branch{}, Refuse(NotFound, "", "没有这个支部：%s", Shown(string(id)))
}

// random gives n bytes of chance in hex.
func (d Desk) random(n int) (string, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(d.Rand, b); err != nil {
		return "", fmt.Errorf("read randomness: %w", err)
	}
	return hex.EncodeToString(b), nil
}

// digits gives n random decimal digits.
func (d Desk) digits(n int) (string, error) {
	b := make([]byte, 0, n)
	for one := make([]byte, 1); len(b) < n; {
		if _, err := io.ReadFull(d.Rand, one); err != nil {
			return "", fmt.Errorf("read randomness: %w", err)
		}
		if one[0] < 250 {
			b = append(b, '0'+one[0]%10)
		}
	}
	return string(b), nil
}

// putActivity writes an activity and the entry of its change.
func putActivity(tx Tx, c Cause, before, after Activity, why string) error {
	if err := note(tx, c, after.ID, nounActivity, string(after.ID), before, after, why); err != nil {
		return err
	}
	return tx.PutActivity(after)
}
