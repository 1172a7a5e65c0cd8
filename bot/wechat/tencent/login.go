package tencent

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// qr is a code that waits for a phone.
type qr struct {
	uuid    string
	desktop bool
	asked   time.Time
	state   qrState
	told    bool // that it was scanned
	ticket  string
}

type qrState int

const (
	qrWaiting qrState = iota
	qrScanned
	qrConfirmed
	qrExpired
)

func (s *Server) newQR(desktop bool, state qrState) *qr {
	s.lastID++
	d := digest("uuid", strconv.FormatInt(s.lastID, 10), strconv.FormatInt(s.now().UnixNano(), 10))
	q := &qr{uuid: fmt.Sprintf("%x==", d[:5]), desktop: desktop, asked: s.now(), state: state}
	s.logins[q.uuid], s.lastQR = q, q
	s.notify()
	return q
}

func (s *Server) jslogin(r *http.Request) reply {
	q := r.URL.Query()
	target, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || q.Get("appid") == "" || q.Get("fun") != "new" {
		return script(`window.QRLogin.code = 400; window.QRLogin.uuid = "";`)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	code := s.newQR(target.Query().Get("mod") == "desktop", qrWaiting)
	return script(fmt.Sprintf(`window.QRLogin.code = 200; window.QRLogin.uuid = "%s";`, code.uuid))
}

// picture stands for the code: nobody scans it.
func (s *Server) picture(*http.Request) reply {
	m := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range 64 {
		m.SetGray(i, i, color.Gray{Y: 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		return reply{status: http.StatusInternalServerError}
	}
	return reply{kind: "image/jpeg", body: b.Bytes()}
}

func (s *Server) waitLogin(r *http.Request) reply {
	var q *qr
	s.until(r.Context(), s.loginHold, func() bool {
		q = s.logins[r.URL.Query().Get("uuid")]
		if q != nil && q.state < qrConfirmed && s.now().Sub(q.asked) >= s.qrLife {
			q.state = qrExpired
		}
		return q == nil || q.state >= qrConfirmed || q.state == qrScanned && !q.told
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case q == nil || q.state == qrExpired:
		return script("window.code=400;")
	case q.state == qrConfirmed:
		return script(fmt.Sprintf("window.code=200;\nwindow.redirect_uri=\"%s\";", s.redirect(q)))
	case q.state == qrScanned && !q.told:
		q.told = true
		return script("window.code=201;window.userAvatar = 'data:img/jpg;base64,/9j/4AAQ';")
	}
	return script("window.code=408;")
}

func (s *Server) redirect(q *qr) string {
	v := url.Values{"ticket": {q.ticket}, "uuid": {q.uuid}, "lang": {"zh_CN"}, "scan": {strconv.FormatInt(s.now().Unix(), 10)}}
	if q.desktop {
		v.Set("mod", "desktop")
	}
	return "https://" + s.domain + cgi + "webwxnewloginpage?" + v.Encode()
}

// refusalText is what 1203 comes with.
const refusalText = "为了你的帐号安全，此微信号不能登录网页微信。你可以使用Windows微信或Mac微信在电脑端登录。" +
	"Windows微信下载地址：https://pc.weixin.qq.com  Mac微信下载地址：https://mac.weixin.qq.com"

func (s *Server) newLoginPage(r *http.Request) reply {
	v := r.URL.Query()
	refused := s.strikes(Refused1203, "webwxnewloginpage")
	dropped := s.strikes(Dropped, "webwxnewloginpage")
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.logins[v.Get("uuid")]
	if q == nil || q.state != qrConfirmed || q.ticket == "" || q.ticket != v.Get("ticket") {
		return loginPage(1, "login ticket is invalid", nil)
	}
	q.ticket = "" // good for once
	desktop := q.desktop && v.Get("mod") == "desktop" && r.Header.Get("client-version") != "" && len(r.Header.Get("extspam")) > 100
	if refused || q.desktop && !desktop || !desktop && !s.anyMode {
		return loginPage(1203, refusalText, nil)
	}
	return loginPage(0, "", s.begin(dropped))
}

func loginPage(code int, message string, n *session) reply {
	var b strings.Builder
	fmt.Fprintf(&b, "<error><ret>%d</ret><message>%s</message>", code, message)
	var cookies []*http.Cookie
	if n != nil {
		fmt.Fprintf(&b, "<skey>%s</skey><wxsid>%s</wxsid><wxuin>%d</wxuin><pass_ticket>%s</pass_ticket><isgrayscale>1</isgrayscale>", n.skey, n.sid, n.uin, n.ticket)
		cookies = n.cookies(true)
	}
	b.WriteString("</error>")
	return reply{kind: "text/plain", body: []byte(b.String()), cookies: cookies}
}

func (s *Server) pushLogin(r *http.Request) reply {
	type answer struct {
		Ret  string `json:"ret"`
		Msg  string `json:"msg"`
		UUID string `json:"uuid,omitempty"`
	}
	uin := r.URL.Query().Get("uin")
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.authTicket == "" || cookie(r, "webwx_auth_ticket") != s.authTicket || cookie(r, "wxuin") != uin || uin != strconv.FormatInt(selfUin, 10) {
		return plain(answer{Ret: "1", Msg: "not support push login"})
	}
	q := s.newQR(r.URL.Query().Get("mod") == "desktop", qrScanned)
	q.told = true
	return plain(answer{Ret: "0", Msg: "all ok", UUID: q.uuid})
}

func (s *Server) logout(r *http.Request) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.judge(r, claim{skey: r.URL.Query().Get("skey"), sid: cookie(r, "wxsid")}); code != 0 {
		return ret(code)
	}
	s.end(1100)
	return ret(0)
}

// Scan is a phone that points at the latest code. It says whether there was one that waits.
func (s *Server) Scan() bool { return s.step(qrScanned) }

// Confirm presses 登录 on the phone: of the code scanned, or of the push login that asks.
func (s *Server) Confirm() bool { return s.step(qrConfirmed) }

// ExpireQR lets the latest code run out.
func (s *Server) ExpireQR() bool { return s.step(qrExpired) }

func (s *Server) step(to qrState) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.lastQR
	if q == nil || q.state >= qrConfirmed || to == qrScanned && q.state != qrWaiting {
		return false
	}
	q.state = to
	if to == qrConfirmed {
		d := digest("ticket", q.uuid)
		q.ticket = fmt.Sprintf("A%x@qrticket_0", d[:10])
	}
	s.notify()
	return true
}
