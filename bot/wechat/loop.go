package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/eatmoreapple/openwechat"

	"themeday"
)

// take hands one message to the house.
type take func(context.Context, themeday.Message) error

// Run logs in and receives until ctx ends. When a person has to do something it says so once and waits for ctx to end: it never tries a
// login again by itself.
func (t *Transport) Run(ctx context.Context, hand func(context.Context, themeday.Message) error) error {
	defer t.closeIdle()
	for {
		c, err := t.loginPatiently(ctx)
		if err == nil {
			err = t.serve(ctx, c, hand)
		}
		t.forget()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, errNobody) && t.opt.Ask == nil && !t.everLoggedIn() {
			t.enter(LoggedOut, "")
			return err // there is nothing that could come back by itself
		}
		if t.opt.Ask == nil || t.Status().Phase == Refused || errors.Is(err, errNobody) {
			t.opt.Show(secretless(err))
			t.opt.Log.Error("wechat: a person has to do something", "err", secretless(err))
			if t.Status().Phase != Refused {
				t.enter(LoggedOut, "WeChat is logged out; log in with: themeday run --login")
			}
			<-ctx.Done()
			return ctx.Err()
		}
		t.opt.Show(secretless(err))
	}
}

// closeIdle leaves no connection behind, nor the goroutines that hold it.
func (t *Transport) closeIdle() {
	if idle, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		idle.CloseIdleConnections()
	}
}

// everLoggedIn tells whether there is a session on disk, good or not.
func (t *Transport) everLoggedIn() bool {
	_, err := os.Stat(t.opt.SessionFile)
	return err == nil
}

// loginPatiently tries again what only the network kept from succeeding.
func (t *Transport) loginPatiently(ctx context.Context) (*client, error) {
	for fails := 0; ; fails++ {
		c, err := t.login(ctx)
		var hot *cooling
		switch {
		case err == nil, ctx.Err() != nil, errors.Is(err, errNobody), over(err):
			return c, err
		case errors.As(err, &hot):
			t.enter(Refused, "")
			return c, err
		case !openwechat.IsNetworkError(err) && fails > 5 && !t.everLoggedIn(): // a session waits until the servers are sensible again
			return c, err
		}
		t.enter(Down, "")
		t.opt.Log.Warn("wechat: login tried again later", "err", secretless(err))
		if err := t.opt.Wait(ctx, t.backoff(fails)); err != nil {
			return nil, err
		}
	}
}

// backoff is the pause after so many failures: 1 s to 5 min, by chance a third more.
func (t *Transport) backoff(fails int) time.Duration {
	d := min(time.Second<<min(fails, 9), 5*time.Minute)
	return d + t.jitter(d/3)
}

// jitter is a span up to d, by chance.
func (t *Transport) jitter(d time.Duration) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return time.Duration(t.opt.Rand.Int64N(int64(d) + 1))
}

// serve receives over one login until it ends, which is an error.
func (t *Transport) serve(ctx context.Context, c *client, hand take) error {
	t.mu.Lock()
	t.client, t.people = c, newDirectory(c.s.ID)
	t.status.LastInbound = t.opt.Now()
	t.mu.Unlock()
	t.enter(Opening, "")
	if err := t.open(ctx, c); err != nil {
		return t.finish(c, err)
	}
	t.enter(Up, "")
	return t.finish(c, t.poll(ctx, c, hand))
}

// finish judges an end: one that comes right after a login is a refusal of the account.
func (t *Transport) finish(c *client, err error) error {
	e, end := endOf(err)
	if end && (e.Code == retForbidden || e.Code == retCookie) && t.opt.Now().Sub(c.s.LoggedIn) < soon {
		return t.refuse(err)
	}
	if end {
		t.enter(LoggedOut, "WeChat is logged out; log in with: themeday run --login")
	}
	return err
}

// forget drops the login, so that nothing is sent over it any more.
func (t *Transport) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.client = nil
	if p := t.status.Phase; p == Up || p == Deaf || p == Opening {
		t.status.Phase, t.status.Since = Down, t.opt.Now()
	}
}

// quick is faster than any honest answer to a long poll.
const quick = 500 * time.Millisecond

// poll asks for news until the session ends. Errors and answers that come too fast are paced.
func (t *Transport) poll(ctx context.Context, c *client, hand take) error {
	fails, idle := 0, 0
	for ctx.Err() == nil {
		asked := t.opt.Now()
		news, err := t.check(ctx, c)
		taken := 0
		if err == nil && news {
			taken, err = t.sync(ctx, c, hand)
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			if e, end := endOf(err); end {
				return e
			}
			fails++
			if fails > 1 {
				t.enter(Down, "")
			}
			t.opt.Log.Warn("wechat: tried again later", "fails", fails, "err", secretless(err))
			if err := t.opt.Wait(ctx, t.backoff(fails-1)); err != nil {
				return err
			}
			continue
		}
		fails = 0
		t.enter(t.hearing(), "")
		if idle++; taken > 0 || t.opt.Now().Sub(asked) >= quick {
			idle = 0
		}
		if idle > 1 { // it answers at once that there is something, and there is nothing
			if err := t.opt.Wait(ctx, min(time.Duration(idle)*quick, 10*time.Second)); err != nil {
				return err
			}
		}
		t.tellHealth()
		t.refreshStale(ctx, c)
		t.keepAlive(ctx, c)
	}
	return ctx.Err()
}

// healthPause is how often a line of the log, and the status on disk, say how the session is.
const healthPause = 10 * time.Minute

func (t *Transport) tellHealth() {
	now := t.opt.Now()
	t.mu.Lock()
	due := now.Sub(t.healthAt) >= healthPause
	if due {
		t.healthAt = now
	}
	s := t.status
	t.mu.Unlock()
	if !due {
		return
	}
	if names, err := t.wanted(); err == nil {
		t.countGroups(names) // a roster may have been imported since
	} else {
		t.keepStatus()
	}
	t.opt.Log.Info("wechat health", "phase", string(s.Phase), "silent_for", now.Sub(s.LastInbound).Round(time.Second).String(), "groups", s.Groups,
		"groups_in_doubt", len(s.Unsaved), "requests", t.requests.Load())
}

// check asks whether there is something new; it holds up to 25 s.
func (t *Transport) check(ctx context.Context, c *client) (bool, error) {
	resp, err := guarded(func() (*openwechat.SyncCheckResponse, error) {
		return c.caller.SyncCheck(ctx, &openwechat.CallerSyncCheckOptions{
			BaseRequest: &c.s.Request, LoginInfo: &c.s.Login,
			WebInitResponse: &openwechat.WebInitResponse{SyncKey: sound(c.s.SyncKey)},
		})
	})
	if err != nil {
		return false, fmt.Errorf("synccheck: %w", err)
	}
	if err := resp.Err(); err != nil {
		return false, fmt.Errorf("synccheck: %w", err)
	}
	return resp.Selector != openwechat.SelectorNormal, nil
}

// sound is a key whose count is that of its list, by which the library indexes.
func sound(k *openwechat.SyncKey) *openwechat.SyncKey {
	return &openwechat.SyncKey{Count: len(k.List), List: k.List}
}

// sync fetches what is new and hands it over. The servers deliver everything after our SyncKey; it moves on, on disk too, only when all of
// it has been taken, so that a process killed at any instant is told again, and takes what it knows already only once by its id.
func (t *Transport) sync(ctx context.Context, c *client, hand take) (int, error) {
	resp, err := c.fetchNews(ctx)
	if err != nil {
		return 0, fmt.Errorf("webwxsync: %w", err)
	}
	var all []themeday.Message
	var failed error
	for _, doc := range resp.AddMsgList {
		var m *openwechat.Message
		if err := json.Unmarshal(doc, &m); err != nil || m == nil {
			t.opt.Log.Warn("wechat: a message that cannot be read is left out", "bytes", len(doc))
			continue
		}
		out, ours, err := t.receive(ctx, c, m)
		if err != nil {
			failed = err // what came before it is taken; the rest comes again
			break
		}
		if ours {
			all = append(all, out)
		}
	}
	if err := errors.Join(t.handAll(ctx, all, hand), failed); err != nil {
		return 0, err
	}
	if resp.ModChatRoomMemberCount > 0 || resp.ModContactCount > 0 {
		t.contactsChanged()
	}
	moved := keyText(c.s.SyncKey) != keyText(resp.SyncKey)
	c.s.SyncKey = sound(resp.SyncKey)
	c.s.CheckKey = keyText(&resp.SyncCheckKey)
	c.trip.setCheckKey(c.s.CheckKey)
	if err := t.keep(c); err != nil {
		t.opt.Log.Error("wechat: the session is not kept; messages will come again after a restart", "err", err)
	}
	if !moved {
		return 0, nil // the same again is no news
	}
	return len(resp.AddMsgList), nil
}

// news is an answer of webwxsync, whose messages are read one by one: the library gives up all of them for one that it cannot read.
type news struct {
	ModChatRoomMemberCount int
	ModContactCount        int
	SyncCheckKey           openwechat.SyncKey
	SyncKey                *openwechat.SyncKey
	BaseResponse           openwechat.BaseResponse
	AddMsgList             []json.RawMessage
}

// fetchNews asks for what came after our SyncKey.
func (c *client) fetchNews(ctx context.Context) (news, error) {
	return guarded(func() (news, error) {
		var n news
		resp, err := c.caller.Client.WebWxSync(ctx, &openwechat.ClientWebWxSyncOptions{
			BaseRequest: &c.s.Request, LoginInfo: &c.s.Login,
			WebInitResponse: &openwechat.WebInitResponse{SyncKey: sound(c.s.SyncKey)},
		})
		if err != nil {
			return n, err
		}
		defer resp.Body.Close() //nolint:errcheck // it was only read
		if err := json.NewDecoder(resp.Body).Decode(&n); err != nil {
			return n, err
		}
		if err := n.BaseResponse.Err(); err != nil {
			return n, err
		}
		if n.SyncKey == nil || len(n.SyncKey.List) == 0 {
			return n, errors.New("an answer without a key")
		}
		return n, nil
	})
}

// keyText writes a key as synccheck wants it: 1_707|2_708.
func keyText(k *openwechat.SyncKey) string {
	parts := make([]string, len(k.List))
	for i, item := range k.List {
		parts[i] = fmt.Sprintf("%d_%d", item.Key, item.Val)
	}
	return strings.Join(parts, "|")
}

// The silences after which a session is taken for deaf: sends work, and nothing arrives.
const (
	deafAfter       = 6 * time.Hour
	deafAfterOnADay = 20 * time.Minute // while an activity is near
)

// The hours of the day in which groups speak and the account may write to itself.
const (
	morning = 8
	evening = 22
)

// hearing is Up, or Deaf when nothing has arrived for too long; by night silence means nothing. Only while an activity is near is it worth an
// alert: many groups say nothing for days.
func (t *Transport) hearing() Phase {
	now := t.opt.Now()
	local, active := now.In(t.opt.Zone), t.opt.Active(now)
	today := time.Date(local.Year(), local.Month(), local.Day(), morning, 0, 0, 0, t.opt.Zone)
	t.mu.Lock()
	if !active {
		t.near = time.Time{}
	} else if t.near.IsZero() {
		t.near = now
	}
	last := t.status.LastInbound
	silent := now.Sub(later(last, today))
	night := local.Hour() < morning || local.Hour() >= evening
	missed := !night && active && now.Sub(later(last, t.near)) >= deafAfterOnADay
	tell := missed && !t.warned.Equal(last)
	if tell {
		t.warned = last
	}
	t.mu.Unlock()
	if night || silent < deafAfter && !missed {
		return Up
	}
	if tell {
		t.opt.Alert("WeChat has been silent for long: the session may be deaf; send the bot a word from another phone, and log in again if it does not answer")
	}
	return Deaf
}

// keepAlive sends a line to the account's own file helper every two to four hours by day, and one before the night: a session whose cookies
// were not renewed for twelve hours dies.
func (t *Transport) keepAlive(ctx context.Context, c *client) {
	now := t.opt.Now()
	last := later(later(c.begun, c.jar.lastRenewed()), t.Status().KeptAliveAt)
	hour, pause := now.In(t.opt.Zone).Hour(), 2*time.Hour+c.quiet
	if hour == evening-1 {
		pause = 40*time.Minute + c.quiet/12
	}
	if now.Sub(last) < pause || hour < morning || hour >= evening {
		return
	}
	c.quiet = t.jitter(2 * time.Hour)
	t.mu.Lock()
	t.status.KeptAliveAt = now
	t.mu.Unlock()
	if err := t.sendText(ctx, c, openwechat.FileHelper, "themeday "+now.In(t.opt.Zone).Format("15:04")); err != nil {
		t.opt.Log.Debug("wechat: not kept alive", "err", secretless(err))
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// secretless is an error without the address it was about: skey and pass_ticket stand in it.
func secretless(err error) string {
	text := err.Error()
	for {
		from := strings.Index(text, "https://")
		if from < 0 {
			return text
		}
		to := strings.IndexAny(text[from:], "\" \n")
		if to < 0 {
			to = len(text) - from
		}
		text = text[:from] + "…" + text[from+to:]
	}
}
