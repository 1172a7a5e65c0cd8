package tencent

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// role is one of the hosts that the servers are spread over.
type role string

const (
	loginRole role = "login.wx.qq.com"
	codeRole  role = "login.weixin.qq.com"
	baseRole  role = ""
	pushRole  role = "webpush."
	fileRole  role = "file."
)

func (s *Server) host(r role) string {
	if r == loginRole || r == codeRole {
		return string(r)
	}
	return string(r) + s.domain
}

// fate is what becomes of an answer.
type fate int

const (
	answered fate = iota
	torn          // the connection is reset instead
	hung          // nothing comes, until the client gives up
)

// reply is an answer on its way.
type reply struct {
	status  int // 0: 200
	kind    string
	body    []byte
	cookies []*http.Cookie
	fate    fate
}

type handler func(*http.Request) reply

const cgi = "/cgi-bin/mmwebwx-bin/"

func (s *Server) routes() http.Handler {
	type door struct {
		role   role
		handle handler
	}
	doors := map[string]door{
		"/jslogin":                   {loginRole, s.jslogin},
		cgi + "login":                {loginRole, s.waitLogin},
		"/qrcode":                    {codeRole, s.picture},
		cgi + "webwxnewloginpage":    {baseRole, s.newLoginPage},
		cgi + "webwxpushloginurl":    {baseRole, s.pushLogin},
		cgi + "webwxinit":            {baseRole, s.webInit},
		cgi + "webwxstatusnotify":    {baseRole, s.statusNotify},
		cgi + "webwxgetcontact":      {baseRole, s.getContact},
		cgi + "webwxbatchgetcontact": {baseRole, s.batchGetContact},
		cgi + "webwxoplog":           {baseRole, s.oplog},
		cgi + "synccheck":            {pushRole, s.syncCheck},
		cgi + "webwxsync":            {baseRole, s.webSync},
		cgi + "webwxsendmsg":         {baseRole, s.send},
		cgi + "webwxsendmsgimg":      {baseRole, s.send},
		cgi + "webwxsendappmsg":      {baseRole, s.send},
		cgi + "webwxsendemoticon":    {baseRole, s.send},
		cgi + "webwxsendvideomsg":    {baseRole, s.send},
		cgi + "webwxrevokemsg":       {baseRole, s.revokeSent},
		cgi + "webwxcheckupload":     {baseRole, s.checkUpload},
		cgi + "webwxuploadmedia":     {fileRole, s.upload},
		cgi + "webwxgetmsgimg":       {baseRole, s.getByMessage},
		cgi + "webwxgetvoice":        {baseRole, s.getByMessage},
		cgi + "webwxgetvideo":        {baseRole, s.getByMessage},
		cgi + "webwxgetmedia":        {fileRole, s.getMedia},
		cgi + "webwxlogout":          {baseRole, s.logout},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.enter() {
			return
		}
		defer s.serve.Done()
		place := r.URL.Path
		if strings.HasPrefix(place, "/qrcode/") {
			place = "/qrcode"
		}
		endpoint := path.Base(place)
		s.count(endpoint, r.Host, r.URL.Query().Get("synckey"))
		body, err := io.ReadAll(r.Body) // whole, else a client that gives up is not noticed
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		d, known := doors[place]
		if !known || hostOnly(r.Host) != s.host(d.role) {
			http.NotFound(w, r)
			return
		}
		answer := s.common(endpoint)
		if answer == nil {
			a := d.handle(r)
			if s.strikes(BrokenJSON, endpoint) {
				a.body = a.body[:len(a.body)/2]
			}
			answer = &a
		}
		s.write(w, r, *answer)
	})
}

// common are the faults that strike before anything is done.
func (s *Server) common(endpoint string) *reply {
	switch {
	case s.strikes(Reset, endpoint):
		return &reply{fate: torn}
	case s.strikes(Hang, endpoint):
		return &reply{fate: hung}
	case s.strikes(HTTP500, endpoint):
		return &reply{status: http.StatusInternalServerError, kind: "text/html", body: []byte("<html>Internal Server Error</html>")}
	}
	return nil
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, a reply) {
	switch a.fate {
	case hung:
		select {
		case <-r.Context().Done():
		case <-s.closed:
		}
		fallthrough
	case torn:
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			tear(conn)
		}
		return
	}
	for _, c := range a.cookies {
		w.Header().Add("Set-Cookie", c.String())
	}
	if a.kind != "" {
		w.Header().Set("Content-Type", a.kind)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	_, _ = w.Write(a.body)
}

func hostOnly(host string) string {
	name, _, _ := strings.Cut(host, ":")
	return name
}

func script(text string) reply { return reply{kind: "text/javascript", body: []byte(text)} }

// plain is an answer in JSON, which the real servers call text/plain.
func plain(v any) reply {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return reply{status: http.StatusInternalServerError}
	}
	return reply{kind: "text/plain", body: b.Bytes()}
}

// baseResponse is in every answer in JSON.
type baseResponse struct {
	Ret    int
	ErrMsg string
}

func ret(code int) reply {
	return plain(struct{ BaseResponse baseResponse }{baseResponse{Ret: code}})
}
