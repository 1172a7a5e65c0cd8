package themeday

import "strconv"

// fromRoster marks a binding that was imported with the roster: the operator vouches for it, as for the offices in it.
const fromRoster = "roster"

// bindWeCom joins somebody to the user id that his line gives. An id that was another one's is his from now on, and one of his that an earlier
// sheet gave is nobody's; what he bound by a code stays.
func (e *enrolment) bindWeCom(p Person, id string) error {
	if id == "" {
		return nil
	}
	all, err := e.tx.Bindings(WeCom)
	if err != nil {
		return err
	}
	for _, b := range all {
		switch {
		case b.Sighting == SightingID(id) && b.Person == p.ID && b.Level == Certain && b.imported():
			return nil
		case b.Person == p.ID && b.imported() && b.Sighting != SightingID(id):
			if err := e.tx.DropBinding(b); err != nil {
				return err
			}
		case b.Sighting == SightingID(id) && b.Person != p.ID:
			e.note("企业微信账号“%s”原来绑定的是另一位同志，按名册改为%s", Shown(id), p.Name)
		}
	}
	b := Binding{Account: WeCom, Session: WeComSession, Sighting: SightingID(id), Person: p.ID, Level: Certain, Mark: fromRoster, At: e.c.At}
	if err := e.tx.PutBinding(b); err != nil {
		return err
	}
	e.out.Bound++
	return note(e.tx, e.c, "", nounBinding, strconv.FormatInt(int64(p.ID), 10), nil, nil, "")
}

// imported tells whether a binding came with the roster.
func (b Binding) imported() bool { return b.Account == WeCom && b.Mark == fromRoster }
