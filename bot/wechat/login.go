package wechat

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/eatmoreapple/openwechat"
)

// errNobody means that a person has to log in and none is there.
var errNobody = errors.New("WeChat is logged out: log in with `themeday run --login` where somebody can scan the code with the phone")

// login goes on with the stored session (hot), else asks the phone for a confirmation (push), else shows a QR code when a person asks for one.
// Every way has a client of its own, because what one leaves behind misleads the next. A refusal is kept on disk; no login is tried until
// it has cooled down.
func (t *Transport) login(ctx context.Context) (*client, error) {
	if s := t.Status(); t.opt.Now().Before(s.RefusedUntil) {
		return nil, &cooling{Until: s.RefusedUntil.In(t.opt.Zone), Code: s.RefusedCode}
	}
	old, err := loadSession(t.opt.SessionFile)
	if err != nil {
		t.opt.Log.Warn("wechat: no hot login", "err", err)
	}
	if old != nil {
		c, err := t.hot(ctx, old)
		if err == nil || !over(err) {
			return c, err
		}
		if e, end := endOf(err); end && e.Code == retCookie && t.opt.Now().Sub(old.LoggedIn) < soon {
			return nil, t.refuse(err)
		}
		t.opt.Log.Info("wechat: the session is over", "err", secretless(err))
		c, err = t.push(ctx, old)
		if err == nil {
			return c, nil
		}
		if _, end := endOf(err); end || ctx.Err() != nil || openwechat.IsNetworkError(err) {
			return nil, t.refuse(err) // what the network kept from being asked is asked again
		}
		t.opt.Log.Info("wechat: no push login", "err", secretless(err))
	}
	if t.opt.Ask == nil || old != nil {
		t.enter(LoggedOut, "WeChat is logged out; log in with: themeday run --login")
	}
	return t.scan(ctx)
}

// over tells whether a session cannot be gone on with; what the network alone did wrong, or servers that are busy, is not of that kind.
func over(err error) bool {
	_, end := endOf(err)
	switch retOf(err) {
	case 0, retSystem, retLogic, retTooOften:
		return end
	}
	return true
}

// hot goes on with a session.
func (t *Transport) hot(ctx context.Context, old *session) (*client, error) {
	s := *old
	c := t.newClient(&s)
	if err := t.begin(ctx, c); err != nil {
		return nil, fmt.Errorf("hot login: %w", err)
	}
	return c, nil
}

// push asks the phone to confirm, without a code to scan. The servers give new ids.
func (t *Transport) push(ctx context.Context, old *session) (*client, error) {
	s := *old
	s.CheckKey = ""
	c := t.newClient(&s)
	resp, err := guarded(func() (*openwechat.PushLoginResponse, error) { return c.caller.WebWxPushLogin(ctx, old.Login.WxUin) })
	if err != nil {
		return nil, fmt.Errorf("push login: %w", err)
	}
	if err := resp.Err(); err != nil {
		return nil, fmt.Errorf("push login: the servers do not offer it (%s)", resp.Ret)
	}
	t.opt.Show("Confirm the login on the phone.")
	t.enter(Scanning, "WeChat waits for a confirmation on the phone")
	return c, t.confirm(ctx, c, resp.UUID, "1")
}

// scan shows a QR code to a person who asked for it, one at a time.
func (t *Transport) scan(ctx context.Context) (*client, error) {
	for {
		if t.opt.Ask == nil || !t.opt.Ask(ctx) {
			return nil, errNobody
		}
		c := t.newClient(nil)
		uuid, err := guarded(func() (string, error) { return c.caller.GetLoginUUID(ctx) })
		if err != nil {
			return nil, fmt.Errorf("ask for a QR code: %w", err)
		}
		if err := t.showQR(uuid); err != nil {
			return nil, err
		}
		t.enter(Scanning, "")
		err = t.confirm(ctx, c, uuid, "0")
		switch {
		case err == nil:
			return c, nil
		case errors.Is(err, openwechat.ErrLoginTimeout):
			t.opt.Show("The QR code has expired.")
		default:
			return nil, t.refuse(err)
		}
	}
}

// How long a code is waited for, should the servers never say that it has expired, and how many failures in a row are borne meanwhile.
const (
	codeLife      = 10 * time.Minute
	confirmations = 5
)

// confirm waits until a code was scanned and confirmed on the phone, and begins the session that comes of it.
func (t *Transport) confirm(ctx context.Context, c *client, uuid, tip string) error {
	begun, fails := t.opt.Now(), 0
	for {
		asked := t.opt.Now()
		if asked.Sub(begun) >= codeLife {
			return openwechat.ErrLoginTimeout
		}
		resp, err := guarded(func() (openwechat.CheckLoginResponse, error) { return c.caller.CheckLogin(ctx, uuid, tip) })
		var code openwechat.LoginCode
		if err == nil {
			code, err = resp.Code()
		}
		if err == nil && code == openwechat.LoginCodeSuccess {
			_, err = resp.RedirectURL()
		}
		if err != nil && ctx.Err() == nil && fails < confirmations { // the code in somebody's hand is still good
			fails++
			if err := t.opt.Wait(ctx, t.backoff(fails-1)); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return fmt.Errorf("wait for the confirmation: %w", err)
		}
		tip, fails = "0", 0
		switch code {
		case openwechat.LoginCodeSuccess:
			return t.enterSession(ctx, c, resp)
		case openwechat.LoginCodeScanned:
			t.opt.Show("Scanned. Confirm the login on the phone.")
		case openwechat.LoginCodeTimeout:
			return openwechat.ErrLoginTimeout
		}
		if t.opt.Now().Sub(asked) < time.Second { // it should hold the question for 25 s
			if err := t.opt.Wait(ctx, time.Second); err != nil {
				return err
			}
		}
	}
}

// enterSession takes the session that a confirmed login gives.
func (t *Transport) enterSession(ctx context.Context, c *client, resp openwechat.CheckLoginResponse) error {
	path, err := resp.RedirectURL()
	if err != nil {
		return fmt.Errorf("enter the session: %w", err)
	}
	info, err := guarded(func() (*openwechat.LoginInfo, error) { return c.caller.GetLoginInfo(ctx, path) })
	if ret, numeric := strconv.Atoi(c.trip.lastRet()); err != nil && numeric == nil && ret != 0 {
		return &ended{Code: ret}
	}
	if err != nil {
		return fmt.Errorf("enter the session: %w", err)
	}
	if info.WxSid == "" || info.SKey == "" {
		return errors.New("enter the session: the servers named none")
	}
	id, err := newID()
	if err != nil {
		return err
	}
	c.s = &session{
		ID: id, Mode: "desktop", LoggedIn: t.opt.Now(), Domain: string(c.caller.Client.Domain), Login: *info,
		Request: openwechat.BaseRequest{Uin: info.WxUin, Sid: info.WxSid, Skey: info.SKey, DeviceID: openwechat.GetRandomDeviceId()},
	}
	if t.opt.Web {
		c.s.Mode = "web"
	}
	c.trip.setCheckKey("")
	return t.begin(ctx, c)
}

// begin opens a session with the servers, tells the phone, and keeps it on disk.
func (t *Transport) begin(ctx context.Context, c *client) error {
	resp, err := guarded(func() (*openwechat.WebInitResponse, error) { return c.caller.WebInit(ctx, &c.s.Request) })
	if err != nil {
		return fmt.Errorf("begin the session: %w", err)
	}
	if resp.User == nil || resp.User.UserName == "" {
		return errors.New("begin the session: the servers named no account")
	}
	if c.s.SyncKey == nil {
		c.s.SyncKey = resp.SyncKey
	}
	if c.s.SyncKey == nil {
		return errors.New("begin the session: the servers gave no key")
	}
	c.self, c.recent = resp.User, resp.ContactList
	_, err = guarded(func() (struct{}, error) {
		return struct{}{}, c.caller.WebWxStatusNotify(ctx, &openwechat.CallerWebWxStatusNotifyOptions{
			BaseRequest: &c.s.Request, LoginInfo: &c.s.Login,
			WebInitResponse: &openwechat.WebInitResponse{User: c.self},
		})
	})
	if _, end := endOf(err); end {
		return err
	}
	if err != nil {
		t.opt.Log.Debug("wechat: the phone was not told", "err", secretless(err))
	}
	return t.keep(c)
}

// keep writes the session as it stands. Only what has been taken in is behind its SyncKey.
func (t *Transport) keep(c *client) error {
	now := t.opt.Now()
	if cookies := c.jar.list(now); len(cookies) > 0 { // a full jar is never replaced by an empty one
		c.s.Cookies = cookies
	}
	return c.s.save(t.opt.SessionFile)
}

// refuse notes a refusal of the account, from which it has to cool down, and gives the error on.
func (t *Transport) refuse(err error) error {
	e, end := endOf(err)
	if !end {
		return err
	}
	t.mu.Lock()
	t.status.RefusedUntil, t.status.RefusedCode = t.opt.Now().Add(coolDown), e.Code
	t.mu.Unlock()
	t.keepStatus()
	t.enter(Refused, fmt.Sprintf("WeChat refused the account (%d); no login is tried for 24 hours; go on with: themeday relay", e.Code))
	return err
}

// newID names a session.
func newID() (string, error) {
	b := make([]byte, 8)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("name the session: %w", err)
	}
	return hex.EncodeToString(b), nil
}
