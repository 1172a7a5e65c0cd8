package themeday

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// ChainDone is the outcome of a #接龙.
type ChainDone struct {
	Activity Activity
	SignedIn bool
	Leave    bool   // he asked for leave in it
	NoReason bool   // he did so without a reason
	NeedCode bool   // his own line does not sign him in: the day's code is asked (R33)
	Claims   int    // lines typed for others, new ones
	LeaveFor *Leave // what was asked
}

// maxStrangers is how many names that are on no roster one #接龙 can put before the secretary.
const maxStrangers = 20

// TakeChain reads a #接龙 sent by who (R18 ⑤): his own line signs him in or asks for leave; a line for somebody else is a claim that the
// secretary sees, no sign-in. A line that is not understood is neither. Everybody's own message counts, so that forks keep the union: a line
// missing in a later copy undoes nothing.
func (d Desk) TakeChain(tx Tx, c Cause, b BranchID, who Comrade, chain Chain) (ChainDone, error) {
	a, err := d.Signable(tx, b, c.At)
	out := ChainDone{Activity: a}
	if err != nil {
		return out, err
	}
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return out, err
	}
	own, others := d.sort(roster, who, chain)
	if own != nil {
		if err := d.ownLine(tx, c, b, who, *own, &out); err != nil {
			return out, err
		}
		if own.Status == ChainRemark || out.NeedCode {
			others = append(others, who.Name) // the secretary sees it, as he sees what others type
		}
	}
	strangers := 0
	for _, name := range others {
		if _, err := roster.Named(name); CodeOf(err) == NotFound {
			if strangers++; strangers > maxStrangers {
				continue
			}
		}
		if err := d.claim(tx, c, a, roster, name, &out); err != nil {
			return out, err
		}
	}
	if out.Claims == 0 {
		return out, nil
	}
	return out, d.gatherClaims(tx, c, a)
}

// sort tells the sender's own line from the others for whom lines say that they have come. Of several lines of his own the last holds, since
// what is added stands below. Where no line names him, the last one is his if it names nobody.
func (d Desk) sort(roster BranchRoster, who Comrade, chain Chain) (own *ChainEntry, others []string) {
	known, seen := namesOf(roster, who), map[string]bool{}
	for i, item := range chain.Items {
		e := readItem(item.Text, known)
		named := append([]string{e.Name}, e.With...)
		switch last := i == len(chain.Items)-1; {
		case slices.ContainsFunc(named, func(n string) bool { return d.isHim(roster, who, n) }), e.Name == "" && last && len(e.For) == 0 && own == nil:
			own = &e
		}
		if e.Status != ChainIn && e.Status != ChainRemark {
			continue
		}
		for _, name := range append(named, e.For...) {
			if name != "" && !seen[name] && (slices.Contains(e.For, name) || !d.isHim(roster, who, name)) {
				others = append(others, name)
			}
			seen[name] = true
		}
	}
	return own, others
}

// namesOf is what people of the branch are called. A card that is itself a word of coming names nobody.
func namesOf(roster BranchRoster, who Comrade) nameBook {
	names := map[string]bool{}
	for _, c := range append(BranchRoster{who}, roster...) {
		for _, name := range []string{c.Name, CleanName(c.Card)} {
			if utf8.RuneCountInString(name) > 1 && !understood(name) {
				names[name] = true
			}
		}
		names[c.Name] = c.Name != ""
	}
	return func(name string) bool { return names[name] }
}

func (d Desk) isHim(roster BranchRoster, who Comrade, name string) bool {
	if name == "" {
		return false
	}
	if found, err := roster.Named(name); err == nil {
		return found.ID == who.ID
	}
	return name == who.Name || name == who.Card || name == CleanName(who.Card)
}

// ownLine does what the sender's own line says. A request for leave that came in an earlier copy is not made again.
func (d Desk) ownLine(tx Tx, c Cause, b BranchID, who Comrade, e ChainEntry, out *ChainDone) error {
	if e.Status == ChainUnclear {
		return nil
	}
	if e.Status == ChainLeave {
		if e.Reason == "" {
			out.Leave, out.NoReason = true, true
			return nil
		}
		if old, there, err := d.leaveOf(tx, out.Activity.ID, who.ID); err != nil || there && old.Reason == e.Reason {
			return err
		}
		l, err := d.AskLeave(tx, c, out.Activity, who, e.Reason, "")
		if CodeOf(err) == Conflict {
			return nil
		}
		out.Leave, out.LeaveFor = err == nil, &l
		return err
	}
	if e.Status == ChainRemark {
		return nil
	}
	if out.Activity.Code != "" {
		_, in, err := d.signedIn(tx, out.Activity.ID, who.ID)
		out.NeedCode = !in
		return err
	}
	done, err := d.SignInSelf(tx, c, b, who, ByChain, "")
	if err == nil {
		out.SignedIn = out.SignedIn || !done.Again
		out.Activity = done.Activity
	}
	return err
}

// claim notes that a line was typed for somebody who has not signed in himself; once a name.
func (d Desk) claim(tx Tx, c Cause, a Activity, roster BranchRoster, name string, out *ChainDone) error {
	name = CleanName(name)
	if found, err := roster.Named(name); err == nil {
		name = found.Name
		if _, in, err := d.signedIn(tx, a.ID, found.ID); err != nil || in {
			return err
		}
	}
	claims, err := tx.Claims(a.ID)
	if err != nil {
		return err
	}
	for _, k := range claims {
		if k.Name == name && d.stillClaims(a, k) {
			return nil
		}
	}
	k := Claim{Activity: a.ID, Name: name, By: c.By, At: c.At}
	out.Claims++
	if err := note(tx, c, a.ID, nounClaim, string(a.ID)+"/"+name, nil, k, ""); err != nil {
		return err
	}
	return tx.PutClaim(k)
}

// stillClaims: what was typed before a day was moved says nothing about the new one.
func (d Desk) stillClaims(a Activity, k Claim) bool {
	return !k.At.Before(a.SignInOpens(d.For(a).Rules))
}

// gatherClaims tells the secretary of claims, gathered until attendance is reported.
func (d Desk) gatherClaims(tx Tx, c Cause, a Activity) error {
	posts, err := tx.ActivityPosts(a.ID, ClaimsPost)
	if err != nil {
		return err
	}
	for _, p := range posts {
		if p.State == Waiting {
			return nil
		}
	}
	due := c.At.Add(3 * d.Rules.ProgressAfter)
	p := Post{Key: fmt.Sprintf("%s/%s/%d", ClaimsPost, a.ID, len(posts)+1), Kind: ClaimsPost, Branch: a.Branch, Activity: a.ID, To: ToSecretary, Due: due, Expires: a.EndAt()}
	return tx.PutPost(d.post(c, p))
}

// OpenClaims are the claims about people who have not signed in since.
func (d Desk) OpenClaims(tx Tx, a Activity) ([]Claim, error) {
	claims, err := tx.Claims(a.ID)
	if err != nil {
		return nil, err
	}
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return nil, err
	}
	var open []Claim
	for _, k := range claims {
		if !d.stillClaims(a, k) {
			continue
		}
		if found, err := roster.Named(k.Name); err == nil {
			if _, in, err := d.signedIn(tx, a.ID, found.ID); err != nil {
				return nil, err
			} else if in {
				continue
			}
		}
		open = append(open, k)
	}
	return open, nil
}
