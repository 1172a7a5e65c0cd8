package themeday

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// peopleFigure is a number of people, ballots or points, or a share of them; 30分钟 and 第一人 are none.
var peopleFigure = regexp.MustCompile(`(?:\d+(?:\.\d+)?|[一二三四五六七八九十百两兩]{2,})\s*(?:多|余|餘|来|來)?\s*(?:个|個)?\s*(?:人次|人|名|位|票|分[钟鐘]?|%|％)|百分之[一二三四五六七八九十百零\d]+`)

// rankWords are of ratings and rankings, which no group hears.
var rankWords = []string{"满意率", "滿意率", "排名", "票"}

// withoutPeople is a text in which nobody is named and nobody is counted.
func withoutPeople(text string, names []string) string {
	for _, n := range names {
		text = strings.ReplaceAll(text, n, "某同志")
	}
	return peopleFigure.ReplaceAllStringFunc(text, func(s string) string {
		switch {
		case strings.HasSuffix(s, "钟") || strings.HasSuffix(s, "鐘"):
			return s
		case strings.ContainsAny(s, "%％分") || strings.HasPrefix(s, "百分之"):
			return "若干"
		case strings.HasSuffix(s, "人") || strings.HasSuffix(s, "人次"):
			return "若干人"
		}
		_, size := lastRune(s)
		return "若干" + s[len(s)-size:]
	})
}

func lastRune(s string) (rune, int) {
	r := []rune(s)
	last := r[len(r)-1]
	return last, len(string(last))
}

// namesAround are the names that words about an activity could hold: of the branch's members on its day and now, its guests, leaders and the
// committee; the longest first.
func (d Desk) namesAround(tx Tx, at time.Time, a Activity) ([]string, error) {
	var names []string
	add := func(words ...string) {
		for _, w := range words {
			if len([]rune(w)) > 1 {
				names = append(names, w)
			}
		}
	}
	then, err := d.RosterOf(tx, a)
	if err != nil {
		return nil, err
	}
	now, err := tx.Roster(a.Branch, d.Day(at))
	if err != nil {
		return nil, err
	}
	for _, who := range append(then, now...) {
		add(who.Name, CleanName(who.Card))
	}
	guests, err := tx.Guests(a.ID)
	if err != nil {
		return nil, err
	}
	for _, g := range guests {
		add(g.Name)
	}
	people, err := tx.People()
	for _, p := range people {
		if p.Committee || p.Liaison {
			add(p.Name)
		}
	}
	slices.SortFunc(names, func(x, y string) int {
		if len(x) != len(y) {
			return len(y) - len(x)
		}
		return strings.Compare(x, y)
	})
	return slices.Compact(names), err
}

// WithoutPeople are words about an activity in which nobody is named and nobody is counted.
func (d Desk) WithoutPeople(tx Tx, a Activity, at time.Time, texts ...string) ([]string, error) {
	names, err := d.namesAround(tx, at, a)
	var out []string
	for _, t := range texts {
		out = append(out, withoutPeople(t, names))
	}
	return out, err
}

// fitForGroups refuses words about a case for all groups that name a member or tell of ratings.
func (d Desk) fitForGroups(tx Tx, c Cause, a Activity, words string) error {
	names, err := d.namesAround(tx, c.At, a)
	if err != nil {
		return err
	}
	for _, n := range names {
		if strings.Contains(words, n) {
			return Refuse(Invalid, R29, "评语会发到各支部群，不写同志姓名（%s），请换个说法再发一次", n)
		}
	}
	return noRatings("评语会发到各支部群", words)
}

// noRatings refuses words for a group that tell of ratings or rankings.
func noRatings(what, words string) error {
	for _, w := range rankWords {
		if strings.Contains(words, w) {
			return Refuse(Invalid, R29, "%s，不写%s等测评数字，请换个说法再发一次", what, w)
		}
	}
	if hit := peopleFigure.FindString(words); strings.ContainsAny(hit, "%％") || strings.HasPrefix(hit, "百分之") {
		return Refuse(Invalid, R29, "%s，不写%s等测评数字，请换个说法再发一次", what, hit)
	}
	return nil
}
