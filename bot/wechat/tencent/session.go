package tencent

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// selfUin is the number of the account; it does not change.
const selfUin = 1_234_567_890

// session is what one login leads to.
type session struct {
	uin                              int64
	sid, skey, ticket, data, authent string
	domain                           string
	life                             time.Duration
	expires                          time.Time
	base                             int             // events before it are of no concern to this session
	stamp                            int             // of the answers of webwxsync
	issued                           map[string]bool // the keys that synccheck may be asked with
	taken                            int             // the event up to which the client has acknowledged
	first                            bool            // webwxinit has been answered
}

// begin starts a session; its names are new. s.mu is held.
func (s *Server) begin(dropped bool) *session {
	from := len(s.events)
	if s.keepMiss {
		from = s.kept
	}
	s.end(1101)
	s.epoch++
	secret := func(of string) string {
		d := digest(of, strconv.Itoa(s.epoch), strconv.FormatInt(s.now().UnixNano(), 10))
		return fmt.Sprintf("%x", d[:12])
	}
	s.authTicket = "CIsB" + secret("auth")
	n := &session{
		uin: selfUin, sid: secret("sid"), skey: "@crypt_" + secret("skey"), ticket: secret("ticket") + "%2B", data: "gS" + secret("data"), authent: s.authTicket,
		domain: s.domain, life: s.life, expires: s.now().Add(s.life), base: from, taken: from, issued: map[string]bool{},
	}
	s.session = n
	if dropped {
		s.dropAfter(n)
	}
	s.notify()
	return n
}

// dropAfter ends the session by 1102 when the time that the fault names has passed.
func (s *Server) dropAfter(n *session) {
	s.timers = append(s.timers, time.AfterFunc(s.dropIn, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.session == n {
			s.end(1102)
		}
	}))
}

// end closes the session, whose number then stands for that refusal. s.mu is held.
func (s *Server) end(code int) {
	if s.session == nil {
		return
	}
	s.old[s.session.sid] = code
	s.kept = s.session.taken
	s.session = nil
	s.notify()
}

// EndSession ends the session, as a phone that logs out (1100), another login (1101) or a sanction (1102) does.
func (s *Server) EndSession(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end(code)
}

// NewSession ends the session by 1101; whoever logs in next meets new UserNames and EncryChatRoomIds.
func (s *Server) NewSession() { s.EndSession(1101) }

// Online tells whether there is a session that has been initialised.
func (s *Server) Online() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.session != nil && s.session.first
}

// cookies are those of the login, or those that an answer of webwxsync renews. Their dates are of the wall's clock.
func (n *session) cookies(login bool) []*http.Cookie {
	expires := time.Now().Add(n.life)
	c := func(name, value, domain string) *http.Cookie {
		return &http.Cookie{Name: name, Value: value, Domain: domain, Path: "/", Expires: expires, Secure: true}
	}
	list := []*http.Cookie{
		c("wxuin", strconv.FormatInt(n.uin, 10), n.domain), c("wxsid", n.sid, n.domain),
		c("wxloadtime", strconv.FormatInt(time.Now().Unix(), 10), n.domain), c("webwx_data_ticket", n.data, ".qq.com"),
	}
	if login {
		long := time.Now().Add(365 * 24 * time.Hour)
		list = append(list, c("mm_lang", "zh_CN", n.domain))
		for name, value := range map[string]string{"webwxuvid": n.sid + n.data, "webwx_auth_ticket": n.authent} {
			kept := c(name, value, n.domain)
			kept.Expires = long
			list = append(list, kept)
		}
	}
	return list
}

func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// claim is by what a request says that it belongs to a session; what is empty is not claimed, but for the skey.
type claim struct{ uin, sid, skey, ticket string }

// judge returns 0 for a request of the session of now, else what it is told. s.mu is held.
func (s *Server) judge(r *http.Request, c claim) int {
	n := s.session
	if n != nil && !s.now().Before(n.expires) {
		s.end(1102)
		n = nil
	}
	switch {
	case n == nil || c.sid != n.sid:
		if code, was := s.old[c.sid]; was {
			return code
		}
		return 1102
	case cookie(r, "wxsid") != n.sid || cookie(r, "wxuin") != strconv.FormatInt(n.uin, 10):
		return 1102
	case c.uin != "" && c.uin != strconv.FormatInt(n.uin, 10), c.skey != n.skey:
		return 1101
	case c.ticket != "" && c.ticket != "pass_ticket" && !sameTicket(c.ticket, n.ticket): // the library sends that word with videos
		return -14
	}
	return 0
}

// sameTicket compares tickets, unescaped or not, as clients send both.
func sameTicket(got, want string) bool {
	plain, err := url.QueryUnescape(want)
	return got == want || err == nil && got == plain
}
