package commands

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"themeday"
	"themeday/commands/fold"
)

// Limits are how many answers somebody, or a group, is given before the bot falls silent. They hold back answers and no facts: who signs in while his
// group is over its limit is signed in.
type Limits struct {
	Person  int           // answers to one person within the window
	Burst   int           // answers to one person that one group reads within a minute; 0: as many as the others allow
	Group   int           // answers that one group reads within the window
	Window  time.Duration // from the first answer
	Strange time.Duration // how long a stranger hears nothing more in private after an answer
}

// DefaultLimits let fifty people of a group be answered within a minute.
func DefaultLimits() Limits {
	return Limits{Person: 60, Burst: 10, Group: 150, Window: 10 * time.Minute, Strange: time.Hour}
}

// deafAfter is how many times the answers to a person he may send within a window before nothing of his is taken any more; nobody types so fast.
const deafAfter = 5

// counts bounds what the flood gate remembers.
const counts = 1 << 14

// floodGate counts answers and messages, in memory: what it forgets in a new start is answered once more.
type floodGate struct {
	mu   sync.Mutex
	seen map[floodKey]*tally
}

// floodKey is who or what is counted.
type floodKey struct {
	account themeday.Account
	kind    floodKind
	id      string
}

// floodKind is what a count is of.
type floodKind string

// The kinds of counts; all but the last are of answers.
const (
	toPerson   floodKind = "person"
	toGroup    floodKind = "group"
	inGroup    floodKind = "burst"
	toStranger floodKind = "stranger"
	toLocked   floodKind = "locked"
	byPerson   floodKind = "messages"
)

// tally counts from an instant on.
type tally struct {
	since  time.Time
	until  time.Time
	n      int
	signed bool // he signed in while nothing else of his was taken
}

// add counts one more within a window and gives the count; a clock that was set back begins anew.
func (g *floodGate) add(key floodKey, at time.Time, window time.Duration) *tally {
	t, there := g.seen[key]
	if !there || !at.Before(t.until) || t.since.Sub(at) > window {
		if !there {
			g.room(at)
		}
		t = &tally{since: at, until: at.Add(window)}
		g.seen[key] = t
	}
	t.n++
	return t
}

// room keeps the memory bounded: what is over goes first, then what ends first.
func (g *floodGate) room(at time.Time) {
	if g.seen == nil {
		g.seen = map[floodKey]*tally{}
	}
	if len(g.seen) < counts {
		return
	}
	for k, t := range g.seen {
		if !at.Before(t.until) {
			delete(g.seen, k)
		}
	}
	if len(g.seen) < counts {
		return
	}
	keys := slices.SortedFunc(maps.Keys(g.seen), func(a, b floodKey) int { return g.seen[a].until.Compare(g.seen[b].until) })
	for _, k := range keys[:counts/8] { // many at once, so that not every message behind them costs a look at all
		delete(g.seen, k)
	}
}

// deaf tells whether a message is one too many to be taken at all, and what its sender is told: once. The first sign-in among them is taken. A message
// that comes again because it failed is no new one: while the disk is full it comes every minute.
func (r *Router) deaf(ctx context.Context, m themeday.Message, h heard) (themeday.Reply, bool) {
	if r.failed.before(m.ID) {
		return themeday.Reply{}, false
	}
	l := r.Limits
	r.flood.mu.Lock()
	t := r.flood.add(floodKey{m.Account, byPerson, string(m.From.ID)}, m.At, l.Window)
	n, until := t.n, t.until
	signs := n > deafAfter*l.Person && !t.signed && h.name() == signIn.Words[0]
	t.signed = t.signed || signs
	r.flood.mu.Unlock()
	switch most := deafAfter * l.Person; {
	case n <= most || signs:
		return themeday.Reply{}, false
	case n == most+1:
		r.flooded(ctx, m, byPerson, until)
		text := "您发得太快，" + r.hour(until) + "前发来的不再受理，请稍后再发。签到照常算数"
		return themeday.Reply{Text: text, Aside: true, Short: text}, true
	}
	return themeday.Reply{}, true
}

// name is the name of the command that was heard; empty where there is none.
func (h heard) name() string {
	if len(h.command.Words) == 0 {
		return ""
	}
	return h.command.Words[0]
}

// tempered is an answer as far as the limits let it through: the one that reaches a limit says so, those behind it are not said.
func (r *Router) tempered(ctx context.Context, m themeday.Message, h heard, c *Call, reply themeday.Reply) themeday.Reply {
	if reply.Text == "" && len(reply.Files) == 0 && len(reply.Documents) == 0 {
		return reply
	}
	if c.Level == themeday.Nobody && m.Private() {
		if kind, pause := ofStranger(h, reply); pause {
			return r.onceToAStranger(ctx, m, kind, reply)
		}
	}
	read := !m.Private() && (!reply.Aside || !m.From.Friend && reply.Short != "")
	l := r.Limits
	burst := 0
	r.flood.mu.Lock()
	if read && l.Burst > 0 {
		burst = r.flood.add(floodKey{m.Account, inGroup, string(m.From.ID) + " " + string(m.Chat)}, m.At, time.Minute).n
	}
	if burst > l.Burst+1 {
		r.flood.mu.Unlock()
		return themeday.Reply{}
	}
	person := *r.flood.add(floodKey{m.Account, toPerson, string(m.From.ID)}, m.At, l.Window)
	group := tally{}
	if read && person.n <= l.Person+1 {
		group = *r.flood.add(floodKey{m.Account, toGroup, string(m.Chat)}, m.At, l.Window)
	}
	r.flood.mu.Unlock()
	switch {
	case person.n > l.Person+1 || group.n > l.Group+1:
		return themeday.Reply{}
	case person.n == l.Person+1:
		r.flooded(ctx, m, toPerson, person.until)
		return withNotice(reply, "您问得太多，"+r.hour(person.until)+"前不再一一答复。发来的照常办理，之后可发“我的”核对")
	case group.n == l.Group+1:
		r.flooded(ctx, m, toGroup, group.until)
		return withNotice(reply, "本群问答太多，"+r.hour(group.until)+"前不再在群里一一答复。签到、请假等照常算数，要核对请私信我发“我的”")
	case burst > l.Burst:
		return withNotice(reply, "您在群里问得太密，一分钟内不再在群里答复。发来的照常办理，要核对请私信我发“我的”")
	}
	return reply
}

// onceToAStranger answers somebody in private who is not recognised, and then not again for a while.
func (r *Router) onceToAStranger(ctx context.Context, m themeday.Message, kind floodKind, reply themeday.Reply) themeday.Reply {
	r.flood.mu.Lock()
	t := *r.flood.add(floodKey{m.Account, kind, string(m.From.ID)}, m.At, r.Limits.Strange)
	r.flood.mu.Unlock()
	switch {
	case t.n == 1:
		return reply
	case t.n == insistent:
		r.flooded(ctx, m, kind, t.until)
	}
	return themeday.Reply{}
}

// insistent is from how many messages on within the pause the operator hears of a stranger.
const insistent = 20

// ofStranger tells under which count an answer to a stranger falls; false: it is about a code, of which the wrong ones have their own limit, or says that
// he is bound.
func ofStranger(h heard, reply themeday.Reply) (floodKind, bool) {
	coded := h.name() == bind.Words[0] && isDigits(fold.Command(h.line.Rest)) || h.command.Who == Anyone && h.command.Ballot
	of, refused := reply.Data.(map[string]any)
	switch {
	case !coded:
		return toStranger, true
	case refused && of["code"] == string(themeday.Forbidden): // locked, or somebody else's
		return toLocked, true
	}
	return "", false
}

// withNotice puts a word behind an answer, wherever it is read.
func withNotice(reply themeday.Reply, text string) themeday.Reply {
	notice := "\n（" + text + "）"
	reply.Text = strings.TrimPrefix(reply.Text+notice, "\n")
	if reply.Short != "" {
		reply.Short += notice
	}
	return reply
}

func (r *Router) hour(at time.Time) string { return r.Desk.Local(at).Format("15:04") }

// FloodKey is under what the day's floods of a kind are counted, for the doctor.
func FloodKey(kind string) string { return "flood/" + kind }

// FloodKinds are the kinds of floods, with what the operator reads of each.
var FloodKinds = []struct{ Kind, Text string }{
	{string(toPerson), "one person asked more than limits.person_answers"},
	{string(toGroup), "one group asked more than limits.group_answers"},
	{string(toStranger), "a stranger insists in private"},
	{string(toLocked), "a stranger who typed too many wrong codes goes on"},
	{string(byPerson), "one person sent so many messages that some were not taken"},
}

// flooded notes that a limit was reached, and tells the operator.
func (r *Router) flooded(ctx context.Context, m themeday.Message, kind floodKind, until time.Time) {
	r.Log.Warn("limit reached", "of", string(kind), "message", m.ID, "until", until)
	if err := r.Store.Update(ctx, func(tx themeday.Tx) error {
		_, err := tx.CountTry(FloodKey(string(kind)), r.Desk.Day(m.At))
		return err
	}); err != nil {
		r.Log.Error("a flood was not counted", "err", err)
	}
	if r.Flooded == nil {
		return
	}
	for _, k := range FloodKinds {
		if k.Kind == string(kind) {
			r.Flooded(k.Text)
		}
	}
}
