package tencent

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"path"
	"slices"
	"strconv"
	"time"
)

type sendRequest struct {
	BaseRequest baseRequest
	Msg         struct {
		Type                              int
		Content, FromUserName, ToUserName string
		LocalID, ClientMsgId              string
		MediaId, EMoticonMd5, Signature   string
	}
}

type sendAnswer struct {
	BaseResponse   baseResponse
	MsgID, LocalID string
}

// kinds are what the doors for sending carry.
var kinds = map[string]string{
	"webwxsendmsg": "text", "webwxsendmsgimg": "image", "webwxsendappmsg": "file", "webwxsendemoticon": "emoticon", "webwxsendvideomsg": "video",
}

func (s *Server) send(r *http.Request) reply {
	endpoint := path.Base(r.URL.Path)
	var in sendRequest
	if json.NewDecoder(r.Body).Decode(&in) != nil {
		return ret(1)
	}
	c := in.BaseRequest.claim()
	c.ticket = r.URL.Query().Get("pass_ticket")
	often := s.strikes(TooOften, endpoint)
	lost, slow := s.strikes(LostAnswer, endpoint), s.strikes(SlowAnswer, endpoint)
	s.mu.Lock()
	out, code := Sent{}, s.judge(r, c)
	if code == 0 {
		out, code = s.post(in, kinds[endpoint], often)
	}
	s.notify()
	s.mu.Unlock()
	if code == 0 && s.onSent != nil {
		s.onSent(out)
	}
	a := plain(sendAnswer{BaseResponse: baseResponse{Ret: code}, MsgID: out.MsgID, LocalID: in.Msg.LocalID})
	switch {
	case code == 0 && lost:
		a.fate = torn
	case code == 0 && slow:
		a.fate = hung
	}
	return a
}

// post accepts what is sent, or says why not. s.mu is held.
func (s *Server) post(in sendRequest, kind string, often bool) (Sent, int) {
	m := in.Msg
	out := Sent{At: s.now(), ClientID: m.ClientMsgId, Kind: kind}
	out.To, out.Group = s.world.find(s.epoch, m.ToUserName)
	out.Ret = s.permit(m.FromUserName, out, often)
	switch kind {
	case "text":
		out.Text = m.Content
	case "file":
		var app struct {
			Title    string `xml:"title"`
			AttachID string `xml:"appattach>attachid"`
		}
		if xml.Unmarshal([]byte(m.Content), &app) != nil {
			out.Ret = 1
		}
		out.FileName, m.MediaId = app.Title, app.AttachID
	}
	if kind == "image" || kind == "file" || kind == "video" {
		file, uploaded := s.media[m.MediaId]
		if !uploaded && out.Ret == 0 {
			out.Ret = 1
		}
		out.Data = file.data
	}
	if out.Ret != 0 {
		s.denied = append(s.denied, out)
		return out, out.Ret
	}
	s.lastID += 7_919
	out.MsgID = strconv.FormatInt(s.lastID, 10)
	s.world.touch(out.To)
	s.sent = append(s.sent, out)
	return out, 0
}

// permit tells whether the account may send there, now. s.mu is held.
func (s *Server) permit(from string, out Sent, often bool) int {
	now := s.now()
	if s.rateN > 0 {
		s.sendings = slices.DeleteFunc(s.sendings, func(at time.Time) bool { return now.Sub(at) >= s.ratePer })
		often = often || len(s.sendings) >= s.rateN
		s.sendings = append(s.sendings, now)
	}
	p := s.world.people[out.To]
	switch {
	case often:
		return 1205
	case from != s.world.userName(s.epoch, s.world.self.Name) || out.To == "":
		return 1 // a name of another session
	case p != nil && !out.Group && !p.Friend && !p.Official:
		return 1204
	}
	return 0
}

// revokeSent takes back what the bot sent, within two minutes.
func (s *Server) revokeSent(r *http.Request) reply {
	var in struct {
		BaseRequest                       baseRequest
		ClientMsgId, SvrMsgId, ToUserName string
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil {
		return ret(1)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.judge(r, in.BaseRequest.claim()); code != 0 {
		return ret(code)
	}
	to, _ := s.world.find(s.epoch, in.ToUserName)
	for i := range s.sent {
		if m := &s.sent[i]; m.MsgID == in.SvrMsgId && m.To == to && s.now().Sub(m.At) <= 2*time.Minute {
			m.Revoked = true
			s.notify()
			return ret(0)
		}
	}
	return ret(1)
}
