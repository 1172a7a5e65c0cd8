package tencent

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// contact is a person or a group as it travels. Uin, OwnerUin and ChatRoomId are 0 nowadays.
type contact struct {
	Uin             int64
	UserName        string
	NickName        string
	HeadImgUrl      string
	ContactFlag     int
	MemberCount     int
	MemberList      []contact
	RemarkName      string
	Sex             int
	Signature       string
	VerifyFlag      int
	OwnerUin        int
	StarFriend      int
	AttrStatus      int64
	Statues         int
	SnsFlag         int
	DisplayName     string
	ChatRoomId      int
	KeyWord         string
	EncryChatRoomId string
	IsOwner         int
}

// personContact renders a person. s.mu is held.
func (s *Server) personContact(p *Person) contact {
	c := contact{
		UserName: s.world.userName(s.epoch, p.Name), NickName: wireName(p.NickName), RemarkName: wireName(p.RemarkName),
		AttrStatus: p.AttrStatus, KeyWord: p.KeyWord, MemberList: []contact{},
	}
	c.HeadImgUrl = cgi + "webwxgeticon?seq=0&username=" + c.UserName
	if p.Friend || p == s.world.self {
		c.ContactFlag = 3
	} else {
		c.RemarkName = ""
	}
	if p.Official {
		c.VerifyFlag = 24
	}
	return c
}

// groupContact renders a group, with its members where the call gives them. s.mu is held.
func (s *Server) groupContact(g *Group, members bool) contact {
	c := contact{
		UserName: s.world.userName(s.epoch, g.Name), NickName: wireName(g.Title), MemberList: []contact{},
		EncryChatRoomId: roomID(s.epoch, g.Name), KeyWord: "",
	}
	c.HeadImgUrl = cgi + "webwxgetheadimg?seq=0&username=" + c.UserName
	if g.Saved {
		c.ContactFlag = 3
	}
	if !members {
		c.EncryChatRoomId = ""
		return c
	}
	for _, m := range append([]Member{{s.world.self.Name, g.Card}}, g.Members...) {
		p := s.world.person(m.Name)
		c.MemberList = append(c.MemberList, contact{
			UserName: s.world.userName(s.epoch, p.Name), NickName: wireName(p.NickName), DisplayName: wireName(m.Card),
			AttrStatus: p.AttrStatus, KeyWord: p.KeyWord,
		})
	}
	c.MemberCount = len(c.MemberList)
	return c
}

// chatContact renders a chat by its name. s.mu is held.
func (s *Server) chatContact(name string, members bool) (contact, bool) {
	switch {
	case name == "filehelper":
		return contact{UserName: name, NickName: "文件传输助手", ContactFlag: 1, MemberList: []contact{}}, true
	case s.world.groups[name] != nil:
		return s.groupContact(s.world.groups[name], members), true
	case s.world.people[name] != nil || name == s.world.self.Name:
		return s.personContact(s.world.person(name)), true
	}
	return contact{}, false
}

// wireName escapes a name as the servers do: HTML, and emoji as spans.
func wireName(name string) string { return spans(escape(name)) }

func (s *Server) webInit(r *http.Request) reply {
	var in struct{ BaseRequest baseRequest }
	if json.NewDecoder(r.Body).Decode(&in) != nil {
		return ret(1)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	type initAnswer struct {
		BaseResponse                                     baseResponse
		Count                                            int
		ContactList                                      []contact
		SyncKey                                          syncKey
		User                                             *contact
		ChatSet, SKey                                    string
		ClientVersion                                    int64
		SystemTime                                       int64
		GrayScale, InviteStartCount, MPSubscribeMsgCount int
		MPSubscribeMsgList                               []struct{}
		ClickReportInterval                              int
	}
	if code := s.judge(r, in.BaseRequest.claim()); code != 0 {
		return plain(initAnswer{BaseResponse: baseResponse{Ret: code}, ContactList: []contact{}, SyncKey: syncKey{List: []syncItem{}}})
	}
	n := s.session
	self := s.personContact(s.world.self)
	a := initAnswer{
		SyncKey: n.key(len(s.events)), User: &self, SKey: n.skey, ClientVersion: 654_312_448, SystemTime: s.now().Unix(),
		GrayScale: 1, InviteStartCount: 40, ClickReportInterval: 600_000, MPSubscribeMsgList: []struct{}{},
	}
	self.Uin = n.uin
	set := []string{}
	for i, name := range append(slices.Clone(s.world.recent), "filehelper") {
		if c, ok := s.chatContact(name, true); ok && i < 25 {
			c.EncryChatRoomId = "" // told by webwxbatchgetcontact alone
			a.ContactList, set = append(a.ContactList, c), append(set, c.UserName)
		}
	}
	a.Count, a.ChatSet = len(a.ContactList), strings.Join(set, ",")+","
	n.issued[a.SyncKey.String()], n.first = true, true
	s.notify()
	return plain(a)
}

func (s *Server) statusNotify(r *http.Request) reply {
	var in struct {
		BaseRequest baseRequest
		Code        int
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil {
		return ret(1)
	}
	c := in.BaseRequest.claim()
	c.ticket = r.URL.Query().Get("pass_ticket")
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.judge(r, c); code != 0 {
		return ret(code)
	}
	if in.Code == 3 { // the phone answers with its chats
		s.add(&event{kind: 51, own: true, chat: s.world.self.Name, notify: 4, names: slices.Clone(s.world.recent)})
	}
	return ret(0)
}

func (s *Server) getContact(r *http.Request) reply {
	v := r.URL.Query()
	from, _ := strconv.Atoi(v.Get("seq"))
	s.mu.Lock()
	defer s.mu.Unlock()
	type answer struct {
		BaseResponse baseResponse
		MemberCount  int
		MemberList   []contact
		Seq          int
	}
	if code := s.judge(r, claim{skey: v.Get("skey"), sid: cookie(r, "wxsid")}); code != 0 {
		return plain(answer{BaseResponse: baseResponse{Ret: code}, MemberList: []contact{}})
	}
	all := []contact{s.personContact(s.world.self)}
	for _, name := range s.world.names {
		if p := s.world.people[name]; p.Friend || p.Official {
			all = append(all, s.personContact(p))
		}
	}
	for _, name := range s.world.rooms {
		if g := s.world.groups[name]; g.Saved {
			all = append(all, s.groupContact(g, false))
		}
	}
	from = min(max(from, 0), len(all))
	to := min(from+s.page, len(all))
	a := answer{MemberList: append([]contact{}, all[from:to]...), MemberCount: to - from}
	if to < len(all) {
		a.Seq = to
	}
	return plain(a)
}

func (s *Server) batchGetContact(r *http.Request) reply {
	var in struct {
		BaseRequest baseRequest
		Count       int
		List        []struct{ UserName, EncryChatRoomId string }
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || len(in.List) > 50 || in.Count != len(in.List) {
		return ret(1)
	}
	if s.strikes(Crowded, "webwxbatchgetcontact") {
		return ret(1205)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.judge(r, in.BaseRequest.claim()); code != 0 {
		return ret(code)
	}
	list := []contact{}
	for _, asked := range in.List {
		name, _ := s.world.find(s.epoch, asked.UserName)
		if c, ok := s.chatContact(name, true); ok {
			list = append(list, c)
		}
	}
	return plain(struct {
		BaseResponse baseResponse
		Count        int
		ContactList  []contact
	}{Count: len(list), ContactList: list})
}

// oplog sets a friend's remark.
func (s *Server) oplog(r *http.Request) reply {
	var in struct {
		BaseRequest          baseRequest
		CmdId                int
		UserName, RemarkName string
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil {
		return ret(1)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.judge(r, in.BaseRequest.claim()); code != 0 {
		return ret(code)
	}
	name, _ := s.world.find(s.epoch, in.UserName)
	if p := s.world.people[name]; p != nil && p.Friend && in.CmdId == 2 {
		p.RemarkName = in.RemarkName
	}
	return ret(0)
}

// baseRequest is in every question in JSON.
type baseRequest struct {
	Uin                 json.Number
	Sid, Skey, DeviceID string
}

func (b baseRequest) claim() claim { return claim{uin: b.Uin.String(), sid: b.Sid, skey: b.Skey} }
