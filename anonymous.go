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

// longFigure may be a telephone's number or an identity card's, written in one or in groups; 2025-2026 is none.
var longFigure = regexp.MustCompile(`\p{Nd}{3,}(?:[-－—–_ 　]\p{Nd}{3,})*[XxＸｘ]?|[零〇幺一二三四五六七八九]{7,}`)

var digitRune, years = regexp.MustCompile(`\p{Nd}`), regexp.MustCompile(`^20\d\d\D20\d\d$`)

// isNumber tells whether a long figure has seven digits and is no span of years.
func isNumber(s string) bool {
	n := len(digitRune.FindAllString(s, -1))
	return (n >= 7 || n == 0) && !years.MatchString(s)
}

// withoutNumbers is a text without numbers of telephones and cards.
func withoutNumbers(text string) string {
	return longFigure.ReplaceAllStringFunc(text, func(s string) string {
		if isNumber(s) {
			return "（号码略）"
		}
		return s
	})
}

// anybody finds these people wherever they are named: with blanks between, with a title, and by surname and title.
func anybody(names []string, fold func(string) string) *withholding {
	w := &withholding{fold: fold, surnames: map[rune]bool{}, every: true}
	if fold == nil {
		w.fold = func(s string) string { return s }
	}
	for _, n := range names {
		r := []rune(w.fold(n))
		w.leaders, w.surnames[r[0]] = append(w.leaders, r), true
	}
	return w
}

// withoutPeople is a text in which nobody is named, nobody is counted and no number of anybody stands.
func withoutPeople(text string, names []string, fold func(string) string) string {
	text = anybody(names, fold).names(withoutNumbers(text))
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
	then, err := d.RosterOf(tx, a)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, who := range then {
		names = append(names, who.Name, CleanName(who.Card))
	}
	guests, err := tx.Guests(a.ID)
	if err != nil {
		return nil, err
	}
	for _, g := range guests {
		names = append(names, g.Name)
	}
	return d.namesIn(tx, at, a.Branch, names...)
}

// namesIn are more names together with those of a branch's members now, of the leaders and of the committee; the longest first.
func (d Desk) namesIn(tx Tx, at time.Time, b BranchID, names ...string) ([]string, error) {
	now, err := tx.Roster(b, d.Day(at))
	if err != nil {
		return nil, err
	}
	for _, who := range now {
		names = append(names, who.Name, CleanName(who.Card))
	}
	people, err := tx.People()
	for _, p := range people {
		if p.Committee || p.Liaison {
			names = append(names, p.Name)
		}
	}
	names = slices.DeleteFunc(names, func(n string) bool { return len([]rune(n)) < 2 })
	slices.SortFunc(names, func(x, y string) int {
		if len(x) != len(y) {
			return len(y) - len(x)
		}
		return strings.Compare(x, y)
	})
	return slices.Compact(names), err
}

// WithoutPeople are words about an activity in which nobody is named, nobody is counted and no number of anybody stands.
func (d Desk) WithoutPeople(tx Tx, a Activity, at time.Time, texts ...string) ([]string, error) {
	names, err := d.namesAround(tx, at, a)
	var out []string
	for _, t := range texts {
		out = append(out, withoutPeople(t, names, d.Fold))
	}
	return out, err
}

// fitForGroups refuses words about a case for all groups that name a member, give a number of his or tell of ratings.
func (d Desk) fitForGroups(tx Tx, c Cause, a Activity, words string) error {
	names, err := d.namesAround(tx, c.At, a)
	if err != nil {
		return err
	}
	return d.namesNobody("评语会发到各支部群", words, names)
}

// namesNobody refuses words for groups with a name, a number of a telephone or a card, or ratings.
func (d Desk) namesNobody(what, words string, names []string) error {
	w := anybody(names, d.Fold)
	if w.spans([]rune(words)); len(w.found) > 0 {
		return Refuse(Invalid, R29, "%s，不写同志姓名（%s），请换个说法再发一次", what, w.found[0])
	}
	if slices.ContainsFunc(longFigure.FindAllString(words, -1), isNumber) {
		return Refuse(Invalid, R29, "%s，不写电话、证件等号码，请去掉号码再发一次", what)
	}
	return noRatings(what, words)
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
