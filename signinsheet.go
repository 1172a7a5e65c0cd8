package themeday

import "time"

// SignInSheet is the numbered list that lies on the table (签到册): what is signed there is entered by 纸 and the numbers.
// Everybody at the table can read it, so it tells of nobody's leave or health.
type SignInSheet struct {
	Activity     ActivityID
	Branch       string
	Month        YearMonth
	Topics       []string
	Place        string
	Starts, Ends time.Time // in the desk's zone
	Members      []SheetLine
	Guests       []SheetLine
}

// SheetLine is a line to sign on. Number is the roster's, the one that 纸 understands; a guest who is on no roster has 0.
type SheetLine struct {
	Number     int
	Name       string
	PartyGroup string
	Kind       string // of a guest
}

// SignInSheet draws the list for the table from the roster of the activity's day.
func (d Desk) SignInSheet(tx Tx, a Activity) (SignInSheet, error) {
	if !a.Dated() {
		return SignInSheet{}, Refuse(NotFound, R21, "%s还没有排定主题党日，没有签到册", a.Month.Chinese())
	}
	b, err := d.Branch(tx, a.Branch)
	if err != nil {
		return SignInSheet{}, err
	}
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return SignInSheet{}, err
	}
	guests, err := tx.Guests(a.ID)
	if err != nil {
		return SignInSheet{}, err
	}
	s := SignInSheet{Activity: a.ID, Branch: b.Name, Month: a.Month, Topics: a.Topics, Place: a.Place, Starts: d.Local(a.Starts), Ends: d.Local(a.Ends)}
	for _, c := range roster {
		if c.Counts() {
			s.Members = append(s.Members, SheetLine{Number: c.Number, Name: c.Name, PartyGroup: c.PartyGroup})
			continue
		}
		s.Guests = append(s.Guests, SheetLine{Number: c.Number, Name: c.Name, PartyGroup: c.PartyGroup, Kind: string(c.Category)})
	}
	for _, g := range guests {
		if _, there := roster.Find(g.Person); !there {
			s.Guests = append(s.Guests, SheetLine{Name: g.Name, Kind: g.Kind})
		}
	}
	return s, nil
}
