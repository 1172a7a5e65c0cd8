package wechat

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/eatmoreapple/openwechat"

	"themeday"
)

// directory is what the account sees of groups and people in one session, copied into plain values.
type directory struct {
	session string
	friends map[string]themeday.Sighting
	public  map[string]bool // official accounts
	groups  map[string]*group
	asked   time.Time // last call for details, of any group
	stale   bool      // the contact list has to be read again
	listed  time.Time // when it was read
	shown   *snapshot
}

// group is a group as last read.
type group struct {
	id, name, room string
	saved          bool // to the contacts on the phone: only then it is always listed
	members        map[string]themeday.Sighting
	read           time.Time
	forced         bool // something changed in it
	renamed        bool // it may have become one that matters, or one that does not
}

// The paces of reading: one call for details in 5 s, a group and the contact list once in 30 min unless they changed.
const (
	detailPace   = 5 * time.Second
	refreshPace  = 30 * time.Minute
	detailsACall = 40
)

func newDirectory(session string) *directory {
	return &directory{session: session, friends: map[string]themeday.Sighting{}, public: map[string]bool{}, groups: map[string]*group{}}
}

// snapshot is a directory at one instant. It implements themeday.Directory.
type snapshot struct {
	session string
	groups  []themeday.GroupSeen
	friends []themeday.Sighting
}

// Session implements themeday.Directory.
func (s *snapshot) Session() string { return s.session }

// Groups implements themeday.Directory.
func (s *snapshot) Groups() []themeday.GroupSeen { return s.groups }

// Friends implements themeday.Directory.
func (s *snapshot) Friends() []themeday.Sighting { return s.friends }

// snapshot gives the directory as it stands; a group that was not read yet is not in it.
func (d *directory) snapshot() *snapshot {
	if d.shown != nil {
		return d.shown
	}
	s := &snapshot{session: d.session}
	for _, id := range slices.Sorted(maps.Keys(d.groups)) {
		g := d.groups[id]
		if len(g.members) == 0 {
			continue
		}
		seen := themeday.GroupSeen{Chat: themeday.ChatID(g.id), Name: g.name}
		for _, m := range slices.Sorted(maps.Keys(g.members)) {
			seen.Members = append(seen.Members, g.members[m])
		}
		s.groups = append(s.groups, seen)
	}
	for _, id := range slices.Sorted(maps.Keys(d.friends)) {
		s.friends = append(s.friends, d.friends[id])
	}
	d.shown = s
	return s
}

// open reads the directory of a new login, before anything is sent over it.
func (t *Transport) open(ctx context.Context, c *client) error {
	for fails := 0; ; fails++ {
		err := t.readContacts(ctx, c)
		if err == nil {
			err = t.readWanted(ctx, c)
		}
		if err == nil || ctx.Err() != nil {
			return err
		}
		if e, end := endOf(err); end {
			return e
		}
		if retOf(err) == retTooOften && fails > 2 {
			return nil // what is missing comes later, gently
		}
		t.opt.Log.Warn("wechat: the directory is read again later", "err", secretless(err))
		if err := t.opt.Wait(ctx, t.backoff(fails+2)); err != nil {
			return err
		}
	}
}

// readContacts reads the contact list: friends with their remarks, official accounts, saved groups.
func (t *Transport) readContacts(ctx context.Context, c *client) error {
	all, err := guarded(func() (openwechat.Members, error) { return c.contacts(ctx) })
	if err != nil {
		return fmt.Errorf("read the contacts: %w", err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.people
	d.listed, d.stale, d.shown = t.opt.Now(), false, nil
	friends := map[string]themeday.Sighting{}
	for _, u := range all {
		if u == nil {
			continue
		}
		switch {
		case isGroup(u.UserName):
			d.seen(u).saved = true
		case u.VerifyFlag != 0:
			d.public[u.UserName] = true
		case strings.HasPrefix(u.UserName, "@"):
			friends[u.UserName] = friend(u)
		}
	}
	d.friends = friends
	for _, u := range c.recent {
		if u != nil && isGroup(u.UserName) {
			d.seen(u)
		}
	}
	return nil
}

// maxPages bounds the contact list, which comes in pages of some thousand.
const maxPages = 40

// contacts reads the contact list page by page. The library's own way asks on for as long as the servers name another page.
func (c *client) contacts(ctx context.Context) (openwechat.Members, error) {
	var all openwechat.Members
	for page, seq := 0, int64(0); page < maxPages; page++ {
		list, next, err := c.contactPage(ctx, seq)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if next <= seq {
			break
		}
		seq = next
	}
	return all, nil
}

func (c *client) contactPage(ctx context.Context, seq int64) (openwechat.Members, int64, error) {
	resp, err := c.caller.Client.WebWxGetContact(ctx, c.s.Login.SKey, seq)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	var page openwechat.WebWxContactResponse
	if err := json.NewDecoder(resp.Body).Decode(&page); err != nil {
		return nil, 0, err
	}
	return page.MemberList, page.Seq, page.BaseResponse.Err()
}

func isGroup(id string) bool { return strings.HasPrefix(id, "@@") }

// friend is a contact who is a friend of the account.
func friend(u *openwechat.User) themeday.Sighting {
	nick := Text(u.NickName)
	return themeday.Sighting{ID: themeday.SightingID(u.UserName), Card: nick, Nick: nick, Remark: Text(u.RemarkName), Friend: true, Mark: u.KeyWord}
}

// seen notes a group by its id and name.
func (d *directory) seen(u *openwechat.User) *group {
	g := d.groups[u.UserName]
	if g == nil {
		g = &group{id: u.UserName}
		d.groups[u.UserName] = g
	}
	if u.NickName != "" {
		g.name = Text(u.NickName)
	}
	g.room = cmp.Or(u.EncryChatRoomId, g.room)
	return g
}

// readWanted reads the members of the groups that matter, forty groups a call.
func (t *Transport) readWanted(ctx context.Context, c *client) error {
	names, err := t.wanted()
	if err != nil {
		return err
	}
	t.mu.Lock()
	var todo []string
	for id, g := range t.people.groups {
		if names[g.name] && g.read.IsZero() {
			todo = append(todo, id)
		}
	}
	t.mu.Unlock()
	slices.Sort(todo)
	for batch := range slices.Chunk(todo, detailsACall) {
		if err := t.readGroups(ctx, c, batch); err != nil {
			return err
		}
	}
	t.countGroups(names)
	return nil
}

// wanted are the names of the groups that matter.
func (t *Transport) wanted() (map[string]bool, error) {
	names := map[string]bool{}
	if t.opt.Wanted == nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		for _, g := range t.people.groups {
			names[g.name] = true
		}
		return names, nil
	}
	all, err := t.opt.Wanted()
	for _, n := range all {
		names[n] = true
	}
	return names, err
}

// details asks for groups or people, not more than one call in five seconds.
func (t *Transport) details(ctx context.Context, c *client, ask openwechat.Members) (openwechat.Members, error) {
	t.mu.Lock()
	pause := t.people.asked.Add(detailPace).Sub(t.opt.Now())
	t.mu.Unlock()
	if pause > 0 {
		if err := t.opt.Wait(ctx, pause); err != nil {
			return nil, err
		}
	}
	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.people.asked = t.opt.Now()
	}()
	return guarded(func() (openwechat.Members, error) { return c.caller.WebWxBatchGetContact(ctx, ask, &c.s.Request) })
}

// readGroups reads groups with their members.
func (t *Transport) readGroups(ctx context.Context, c *client, ids []string) error {
	t.mu.Lock()
	ask := make(openwechat.Members, 0, len(ids))
	for _, id := range ids {
		room := ""
		if g := t.people.groups[id]; g != nil {
			room = g.room
		}
		ask = append(ask, &openwechat.User{UserName: id, EncryChatRoomId: room})
	}
	t.mu.Unlock()
	all, err := t.details(ctx, c, ask)
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		return fmt.Errorf("read groups: %w", err)
	}
	for _, u := range all {
		if u != nil && isGroup(u.UserName) {
			t.people.fill(u, t.opt.Now())
		}
	}
	return nil
}

// fill takes a group's members over. The card is copied as it stands: the library's own Detail would overwrite it.
func (d *directory) fill(u *openwechat.User, at time.Time) {
	g := d.seen(u)
	g.read, g.forced, g.renamed, d.shown = at, false, false, nil
	if len(u.MemberList) == 0 {
		return
	}
	g.members = make(map[string]themeday.Sighting, len(u.MemberList))
	for _, m := range u.MemberList {
		if m == nil || m.UserName == "" {
			continue
		}
		s := themeday.Sighting{ID: themeday.SightingID(m.UserName), Nick: Text(m.NickName), Card: cmp.Or(Text(m.DisplayName), Text(m.NickName)), Mark: m.KeyWord}
		if f, ok := d.friends[m.UserName]; ok {
			s.Friend, s.Remark = true, f.Remark
		}
		g.members[m.UserName] = s
	}
}

// countGroups keeps, for the doctor, how many of the wanted groups are there and which are missing or not saved.
func (t *Transport) countGroups(names map[string]bool) {
	t.mu.Lock()
	found := map[string]int{}
	var unsaved []string
	for _, g := range t.people.groups {
		if names[g.name] && len(g.members) > 0 {
			found[g.name]++
			if !g.saved {
				unsaved = append(unsaved, g.name)
			}
		}
	}
	for n := range names {
		if found[n] != 1 {
			unsaved = append(unsaved, n)
		}
	}
	slices.Sort(unsaved)
	t.status.Groups, t.status.Unsaved = len(found), slices.Compact(unsaved)
	missing := len(t.status.Unsaved)
	t.mu.Unlock()
	t.keepStatus()
	if missing > 0 {
		t.opt.Log.Warn("wechat: groups missing, doubtful or not saved to the contacts; see themeday doctor", "groups", missing)
	}
}

// contactsChanged lets the contact list be read again.
func (t *Transport) contactsChanged() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.people.stale = true
}

// groupChanged lets one group be read again at once.
func (t *Transport) groupChanged(id string, renamed bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if g := t.people.groups[id]; g != nil {
		g.forced, g.renamed = true, g.renamed || renamed
	}
}

// refreshStale reads again, gently, what has changed or grown old: one thing at a time.
func (t *Transport) refreshStale(ctx context.Context, c *client) {
	now := t.opt.Now()
	t.mu.Lock()
	list := t.people.stale && now.Sub(t.people.listed) >= refreshPace
	calm := now.Sub(t.people.asked) >= detailPace
	t.mu.Unlock()
	var err error
	switch id := t.oldest(now); {
	case list:
		if err = t.readContacts(ctx, c); err == nil {
			err = t.readWanted(ctx, c)
		}
	case calm && id != "":
		err = t.readGroups(ctx, c, []string{id})
		t.calmDown(id, now)
		if names, err := t.wanted(); err == nil {
			t.countGroups(names)
		}
	}
	if err != nil {
		t.opt.Log.Debug("wechat: the directory stays as it is", "err", secretless(err))
	}
}

// calmDown keeps a group that could not be read from being asked for again at once.
func (t *Transport) calmDown(id string, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if g := t.people.groups[id]; g != nil && g.read.Before(at) {
		g.forced, g.renamed, g.read = false, false, at
	}
}

// oldest is a wanted group that has to be read: one that changed, else one that was read long ago.
func (t *Transport) oldest(now time.Time) string {
	names, err := t.wanted()
	if err != nil {
		return ""
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	best := ""
	for _, id := range slices.Sorted(maps.Keys(t.people.groups)) {
		g := t.people.groups[id]
		switch {
		case g.renamed:
			return id
		case !names[g.name]:
		case g.forced:
			return id
		case now.Sub(g.read) >= refreshPace && (best == "" || g.read.Before(t.people.groups[best].read)):
			best = id
		}
	}
	return best
}

// errUnread means that a group could not be read yet; its message has to come again.
var errUnread = errors.New("a group that could not be read yet")

// groupOf gives a group by its id, reading it when nobody has yet; false for one that does not matter.
func (t *Transport) groupOf(ctx context.Context, c *client, id string) (*group, bool, error) {
	names, err := t.wanted()
	if err != nil {
		return nil, false, err
	}
	g := t.known(id)
	if g == nil || names[g.name] && len(g.members) == 0 {
		if g != nil && t.opt.Now().Sub(g.read) < refreshPace {
			return nil, false, nil // it was asked for and has no members to tell
		}
		if err := t.readGroups(ctx, c, []string{id}); err != nil {
			return nil, false, fmt.Errorf("%w: %w", errUnread, err)
		}
		if g = t.known(id); g == nil {
			t.mu.Lock()
			t.people.seen(&openwechat.User{UserName: id}).read = t.opt.Now()
			t.mu.Unlock()
			return nil, false, nil
		}
		if names[g.name] {
			t.countGroups(names)
		}
	}
	return g, names[g.name] && len(g.members) > 0, nil
}

// known is a copy of a group's heading with its members; nil for none.
func (t *Transport) known(id string) *group {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := t.people.groups[id]
	if g == nil {
		return nil
	}
	out := *g
	return &out
}

// memberOf gives who wrote in a group. Somebody unknown makes it read again, not more often than every half hour: who joins is announced.
func (t *Transport) memberOf(ctx context.Context, c *client, g *group, id string) themeday.Sighting {
	if s, ok := g.members[id]; ok {
		return s
	}
	if t.opt.Now().Sub(g.read) >= refreshPace || g.forced {
		if err := t.readGroups(ctx, c, []string{g.id}); err == nil {
			if again := t.known(g.id); again != nil {
				if s, ok := again.members[id]; ok {
					return s
				}
			}
		}
	}
	return themeday.Sighting{ID: themeday.SightingID(id)}
}
