package wechat

import (
	"context"
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
			t.opt.Show(err.Error())
			t.opt.Log.Error("wechat: a person has to do something", "err", err)
			if t.Status().Phase != Refused {
				t.enter(LoggedOut, "WeChat is logged out; log in with: themeday run --login")
			}
			<-ctx.Done()
			return ctx.Err()
		}
		t.opt.Show(err.Error())
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
		case !openwechat.IsNetworkError(err) && fails > 5:
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
	t.mu.Lock()
	defer t.mu.Unlock()
	return d + time.Duration(t.opt.Rand.Int64N(int64(d)/3+1))
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
	if _, end := endOf(err); end && t.opt.Now().Sub(c.s.LoggedIn) < soon {
		return t.refuse(err)
	}
	if _, end := endOf(err); end {
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
	t.keepStatus()
	t.opt.Log.Info("wechat health", "phase", string(s.Phase), "silent_for", now.Sub(s.LastInbound).Round(time.Second).String(), "groups", s.Groups,
		"groups_in_doubt", len(s.Unsaved), "requests", t.requests.Load())
}

// check asks whether there is something new; it holds up to 25 s.
func (t *Transport) check(ctx context.Context, c *client) (bool, error) {
	resp, err := guarded(func() (*openwechat.SyncCheckResponse, error) {
		return c.caller.SyncCheck(ctx, &openwechat.CallerSyncCheckOptions{BaseRequest: &c.s.Request, LoginInfo: &c.s.Login,
			WebInitResponse: &openwechat.WebInitResponse{SyncKey: sound(c.s.SyncKey)}})
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
	resp, err := guarded(func() (*openwechat.WebWxSyncResponse, error) {
		return c.caller.WebWxSync(ctx, &openwechat.CallerWebWxSyncOptions{BaseRequest: &c.s.Request, LoginInfo: &c.s.Login,
			WebInitResponse: &openwechat.WebInitResponse{SyncKey: sound(c.s.SyncKey)}})
	})
	if err != nil {
		return 0, fmt.Errorf("webwxsync: %w", err)
	}
	if err := resp.BaseResponse.Err(); err != nil {
		return 0, fmt.Errorf("webwxsync: %w", err)
	}
	if resp.SyncKey == nil || len(resp.SyncKey.List) == 0 {
		return 0, errors.New("webwxsync: an answer without a key")
	}
	for _, m := range resp.AddMsgList {
		if m == nil {
			continue
		}
		if err := t.receive(ctx, c, m, hand); err != nil {
			return 0, err
		}
	}
	if resp.ModChatRoomMemberCount > 0 || resp.ModContactCount > 0 {
		t.contactsChanged()
	}
	c.s.SyncKey = sound(resp.SyncKey)
	c.s.CheckKey = keyText(&resp.SyncCheckKey)
	c.trip.setCheckKey(c.s.CheckKey)
	if err := t.keep(c); err != nil {
		t.opt.Log.Error("wechat: the session is not kept; messages will come again after a restart", "err", err)
	}
	return len(resp.AddMsgList), nil
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

// hearing is Up, or Deaf when nothing has arrived for too long; by night silence means nothing.
func (t *Transport) hearing() Phase {
	now := t.opt.Now()
	last := t.Status().LastInbound
	hour := now.In(t.opt.Zone).Hour()
	limit := deafAfter
	if t.opt.Active(now) {
		limit = deafAfterOnADay
	}
	if now.Sub(last) < limit || hour < 8 || hour >= 22 {
		return Up
	}
	if t.Status().Phase != Deaf {
		t.opt.Alert("WeChat has been silent for long: the session may be deaf; send the bot a word from another phone, and log in again if it does not answer")
	}
	return Deaf
}

// keepAlive sends a line to the account's own file helper every two to four hours by day: a quiet session dies after twelve.
func (t *Transport) keepAlive(ctx context.Context, c *client) {
	now := t.opt.Now()
	last := later(later(c.begun, c.jar.lastRenewed()), t.Status().KeptAliveAt)
	hour := now.In(t.opt.Zone).Hour()
	t.mu.Lock()
	pause := 2*time.Hour + time.Duration(t.opt.Rand.Int64N(int64(2*time.Hour)))
	t.mu.Unlock()
	if now.Sub(last) < pause || hour < 8 || hour >= 22 {
		return
	}
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
