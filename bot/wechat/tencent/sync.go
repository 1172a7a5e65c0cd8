package tencent

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

type syncItem struct{ Key, Val int64 }

type syncKey struct {
	Count int
	List  []syncItem
}

// String is the form in which synccheck is asked.
func (k syncKey) String() string {
	parts := make([]string, len(k.List))
	for i, item := range k.List {
		parts[i] = fmt.Sprintf("%d_%d", item.Key, item.Val)
	}
	return strings.Join(parts, "|")
}

// messageKey is the item that counts messages; its numbers begin at zeroth.
const (
	messageKey = 2
	zeroth     = 700_000_000
)

// key is the SyncKey of whoever has taken that many events.
func (n *session) key(taken int) syncKey {
	list := []syncItem{{1, 600_000_001}, {messageKey, zeroth + int64(taken)}, {3, zeroth + int64(n.base)}, {1000, 1_700_000_000}}
	return syncKey{Count: len(list), List: list}
}

// check is the SyncCheckKey that goes with it.
func (n *session) check(taken int) syncKey {
	k := n.key(taken)
	k.List = append(k.List, syncItem{201, 1_700_000_000 + int64(n.stamp)}, syncItem{203, 1_700_000_000})
	k.Count = len(k.List)
	return k
}

// clamp tells how many events the holder of a key has taken.
func (n *session) clamp(val int64, all int) int {
	return min(max(int(val-zeroth), n.base), all)
}

func (s *Server) syncCheck(r *http.Request) reply {
	v := r.URL.Query()
	for f, code := range map[Fault]string{Check1100: "1100", Check1101: "1101", Check1102: "1102"} {
		if s.strikes(f, "synccheck") {
			return checked(code, "0")
		}
	}
	if s.strikes(EmptyNews, "synccheck") {
		return checked("0", "2")
	}
	var key int64
	for item := range strings.SplitSeq(v.Get("synckey"), "|") {
		if val, ok := strings.CutPrefix(item, strconv.Itoa(messageKey)+"_"); ok {
			key, _ = strconv.ParseInt(val, 10, 64)
		}
	}
	code, selector := 0, "0"
	s.until(r.Context(), s.hold, func() bool {
		code, selector = s.judge(r, claim{uin: v.Get("uin"), sid: v.Get("sid"), skey: v.Get("skey")}), "0"
		if code != 0 {
			return true
		}
		taken := s.session.clamp(key, len(s.events))
		s.acknowledge(taken)
		switch {
		case s.on(Deaf, "synccheck"):
		case taken < len(s.events):
			selector = s.selector(taken)
		case !s.session.issued[v.Get("synckey")]: // the stale key: told of news that there are none of
			selector = "2"
		}
		return selector != "0"
	})
	return checked(strconv.Itoa(code), selector)
}

func checked(code, selector string) reply {
	return script(fmt.Sprintf(`window.synccheck={retcode:"%s",selector:"%s"}`, code, selector))
}

// selector tells of what kind the news are. s.mu is held.
func (s *Server) selector(taken int) string {
	kind := "4"
	for _, e := range s.events[taken:] {
		if e.mod == "" {
			return "2"
		}
		if s.world.groups[e.mod] != nil {
			kind = "7"
		}
	}
	return kind
}

// acknowledge notes how far the client has come. s.mu is held.
func (s *Server) acknowledge(taken int) {
	if taken > s.session.taken {
		s.session.taken = taken
		s.notify()
	}
}

type syncAnswer struct {
	BaseResponse           baseResponse
	AddMsgCount            int
	AddMsgList             []message
	ModContactCount        int
	ModContactList         []contact
	DelContactCount        int
	DelContactList         []contact
	ModChatRoomMemberCount int
	ModChatRoomMemberList  []contact
	ContinueFlag           int
	SyncKey                *syncKey `json:",omitempty"`
	SKey                   string
	SyncCheckKey           *syncKey `json:",omitempty"`
}

func (s *Server) webSync(r *http.Request) reply {
	var in struct {
		BaseRequest baseRequest
		SyncKey     *syncKey
	}
	a := syncAnswer{AddMsgList: []message{}, ModContactList: []contact{}, DelContactList: []contact{}, ModChatRoomMemberList: []contact{}}
	refuse := func(code int) reply {
		a.BaseResponse.Ret, a.SyncKey, a.SyncCheckKey = code, &syncKey{List: []syncItem{}}, &syncKey{List: []syncItem{}}
		return plain(a)
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.SyncKey == nil {
		return refuse(1)
	}
	noKey, twice := s.strikes(NoSyncKey, "webwxsync"), s.strikes(Duplicates, "webwxsync")
	deaf, stale := s.strikes(Deaf, "webwxsync"), s.strikes(NoRenewal, "webwxsync")
	c := in.BaseRequest.claim()
	c.ticket = r.URL.Query().Get("pass_ticket")
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.judge(r, c); code != 0 {
		return refuse(code)
	}
	if noKey {
		return plain(a)
	}
	n, taken := s.session, -1
	for _, item := range in.SyncKey.List {
		if item.Key == messageKey {
			taken = n.clamp(item.Val, len(s.events))
		}
	}
	if taken < 0 {
		return refuse(1)
	}
	s.acknowledge(taken)
	to := min(taken+s.batch, len(s.events))
	if deaf {
		to = taken
	}
	for _, e := range s.events[taken:to] {
		s.deliver(e, &a)
	}
	if twice {
		a.AddMsgList = append(a.AddMsgList, a.AddMsgList...)
	}
	if to < len(s.events) && !deaf {
		a.ContinueFlag = 1
	}
	a.AddMsgCount, a.ModContactCount = len(a.AddMsgList), len(a.ModContactList)
	n.stamp++
	key, check := n.key(to), n.check(to)
	delete(n.issued, key.String()) // good for synccheck between webwxinit and the first webwxsync only
	a.SyncKey, a.SyncCheckKey, a.SKey = &key, &check, ""
	n.issued[check.String()] = true
	out := plain(a)
	if !stale {
		n.expires = s.now().Add(n.life)
		out.cookies = n.cookies(false)
	}
	return out
}

func (s *Server) deliver(e *event, a *syncAnswer) {
	if e.mod == "" {
		a.AddMsgList = append(a.AddMsgList, s.render(e))
		return
	}
	if c, ok := s.chatContact(e.mod, true); ok {
		a.ModContactList = append(a.ModContactList, c)
	}
}
