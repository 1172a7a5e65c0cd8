package tencent_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eatmoreapple/openwechat"

	"themeday/bot/wechat/tencent"
)

const (
	quick = 30 * time.Millisecond // of the long polls, where nothing is to come
	self  = "主题党日小助手"
	group = "第一支部"
)

func village() tencent.World {
	return tencent.World{
		People: []tencent.Person{
			{Name: "张三", NickName: "老张😀", RemarkName: "张三", Friend: true},
			{Name: "李四"},
			{Name: "公众号", Official: true},
		},
		Groups: []tencent.Group{
			{Name: group, Saved: true, Members: []tencent.Member{{Name: "张三", Card: "张三"}, {Name: "李四"}, {Name: "王五", Card: "王<五>"}}},
			{Name: "没存的群", Members: []tencent.Member{{Name: "李四"}}},
		},
	}
}

// phone is one client of the real library, and what it knows of its session.
type phone struct {
	t      *testing.T
	server *tencent.Server
	caller *openwechat.Caller
	info   *openwechat.LoginInfo
	req    *openwechat.BaseRequest
	world  *openwechat.WebInitResponse
	keys   bool // it asks with SyncCheckKey, as the library does not
}

func start(t *testing.T, options ...tencent.Option) *tencent.Server {
	t.Helper()
	options = append([]tencent.Option{tencent.WithWorld(village()), tencent.WithHold(quick), tencent.WithLoginHold(quick)}, options...)
	s := tencent.New(options...)
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func client(t *testing.T, s *tencent.Server, mode openwechat.BotPreparer) *phone {
	t.Helper()
	bot := openwechat.New(t.Context())
	mode.Prepare(bot)
	transport := s.Transport()
	t.Cleanup(transport.CloseIdleConnections)
	bot.Caller.Client.HTTPClient().Transport = transport
	bot.Caller.Client.MaxRetryTimes = 1
	return &phone{t: t, server: s, caller: bot.Caller, keys: true}
}

func (p *phone) code(uuid string) string {
	p.t.Helper()
	answer, err := p.caller.CheckLogin(p.t.Context(), uuid, "0")
	if err != nil {
		p.t.Fatal(err)
	}
	code, err := answer.Code()
	if err != nil {
		p.t.Fatal(err)
	}
	return string(code)
}

// scan goes through all of a QR login up to webwxnewloginpage.
func (p *phone) scan() error {
	p.t.Helper()
	uuid, err := p.caller.GetLoginUUID(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	p.server.Scan()
	p.server.Confirm()
	return p.redirect(uuid)
}

func (p *phone) redirect(uuid string) error {
	answer, err := p.caller.CheckLogin(p.t.Context(), uuid, "0")
	if err != nil {
		return err
	}
	to, err := answer.RedirectURL()
	if err != nil {
		return err
	}
	if p.info, err = p.caller.GetLoginInfo(p.t.Context(), to); err != nil {
		return err
	}
	p.req = &openwechat.BaseRequest{Uin: p.info.WxUin, Sid: p.info.WxSid, Skey: p.info.SKey, DeviceID: "e123456789012345"}
	return nil
}

func (p *phone) init() {
	p.t.Helper()
	var err error
	if p.world, err = p.caller.WebInit(p.t.Context(), p.req); err != nil {
		p.t.Fatal(err)
	}
	if err = p.caller.WebWxStatusNotify(p.t.Context(), &openwechat.CallerWebWxStatusNotifyOptions{BaseRequest: p.req, WebInitResponse: p.world, LoginInfo: p.info}); err != nil {
		p.t.Fatal(err)
	}
}

func login(t *testing.T, s *tencent.Server) *phone {
	t.Helper()
	p := client(t, s, openwechat.Desktop)
	if err := p.scan(); err != nil {
		t.Fatal(err)
	}
	p.init()
	p.drain() // the phone's status
	return p
}

func (p *phone) check() (string, error) {
	got, err := p.caller.SyncCheck(p.t.Context(), &openwechat.CallerSyncCheckOptions{BaseRequest: p.req, WebInitResponse: p.world, LoginInfo: p.info})
	if err != nil {
		return "", err
	}
	return got.RetCode + "/" + string(got.Selector), nil
}

func (p *phone) mustCheck() string {
	p.t.Helper()
	got, err := p.check()
	if err != nil {
		p.t.Fatal(err)
	}
	return got
}

// fetch is webwxsync without taking what came: the SyncKey stays.
func (p *phone) fetch() (*openwechat.WebWxSyncResponse, error) {
	world := *p.world
	if world.SyncKey.List[len(world.SyncKey.List)-1].Key == 203 { // a SyncCheckKey
		world.SyncKey = &openwechat.SyncKey{Count: 4, List: world.SyncKey.List[:4]}
	}
	return p.caller.WebWxSync(p.t.Context(), &openwechat.CallerWebWxSyncOptions{BaseRequest: p.req, WebInitResponse: &world, LoginInfo: p.info})
}

func (p *phone) take() *openwechat.WebWxSyncResponse {
	p.t.Helper()
	got, err := p.fetch()
	if err != nil {
		p.t.Fatal(err)
	}
	if got.BaseResponse.Ret != 0 {
		p.t.Fatalf("webwxsync: %d", got.BaseResponse.Ret)
	}
	p.world.SyncKey = got.SyncKey
	if p.keys {
		p.world.SyncKey = &got.SyncCheckKey
	}
	return got
}

// drain takes messages until there are no more.
func (p *phone) drain() (all []*openwechat.Message) {
	p.t.Helper()
	for {
		got := p.take()
		all = append(all, got.AddMsgList...)
		if got.ContinueFlag == 0 {
			return all
		}
	}
}

func (p *phone) text(to, text string) (*openwechat.SentMessage, error) {
	return p.caller.WebWxSendMsg(p.t.Context(), &openwechat.CallerWebWxSendMsgOptions{
		LoginInfo: p.info, BaseRequest: p.req, Message: openwechat.NewTextSendMessage(text, p.world.User.UserName, p.server.UserName(to)),
	})
}

func TestACodeIsWaitedForScannedAndConfirmed(t *testing.T) {
	s := start(t)
	p := client(t, s, openwechat.Desktop)
	uuid, err := p.caller.GetLoginUUID(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	steps := []string{p.code(uuid)}
	s.Scan()
	steps = append(steps, p.code(uuid), p.code(uuid))
	s.Confirm()
	steps = append(steps, p.code(uuid))
	if got := strings.Join(steps, " "); got != "408 201 408 200" {
		t.Errorf("codes %s", got)
	}
	if err := p.redirect(uuid); err != nil || p.info.WxUin == 0 || p.info.SKey == "" || p.info.PassTicket == "" {
		t.Errorf("login %+v, %v", p.info, err)
	}
	if err := p.redirect(uuid); err == nil {
		t.Error("a ticket was good twice")
	}
}

func TestACodeExpires(t *testing.T) {
	now := time.Date(2026, 10, 16, 9, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	s := start(t, tencent.WithClock(func() time.Time { mu.Lock(); defer mu.Unlock(); return now }))
	p := client(t, s, openwechat.Desktop)
	one, _ := p.caller.GetLoginUUID(t.Context())
	s.ExpireQR()
	two, _ := p.caller.GetLoginUUID(t.Context())
	if got := p.code(one) + " " + p.code(two) + " " + p.code("nobody's"); got != "400 408 400" {
		t.Errorf("codes %s", got)
	}
	mu.Lock()
	now = now.Add(5 * time.Minute)
	mu.Unlock()
	if got := p.code(two); got != "400" {
		t.Errorf("after five minutes: %s", got)
	}
	if s.Confirm() {
		t.Error("an expired code was confirmed")
	}
}

func TestLoginsAreRefused(t *testing.T) {
	s := start(t)
	if err := client(t, s, openwechat.Normal).scan(); err == nil || !strings.Contains(err.Error(), "不能登录网页微信") {
		t.Errorf("by the browser's door: %v", err)
	}
	s.Fault(tencent.Refused1203, 1)
	if err := client(t, s, openwechat.Desktop).scan(); err == nil || !strings.Contains(err.Error(), "不能登录网页微信") {
		t.Errorf("refused: %v", err)
	}
	if err := client(t, s, openwechat.Desktop).scan(); err != nil {
		t.Errorf("after that: %v", err)
	}
	open := start(t, tencent.WithNormalMode(), tencent.WithDomain("wx2.qq.com"))
	p := client(t, open, openwechat.Normal)
	if err := p.scan(); err != nil || p.caller.Client.Domain != "wx2.qq.com" {
		t.Errorf("where it may: %v at %s", err, p.caller.Client.Domain)
	}
	p.init()
	if _, err := p.check(); err != nil {
		t.Error(err)
	}
}

func TestALoginIsDroppedByASanction(t *testing.T) {
	s := start(t, tencent.WithHold(time.Minute))
	s.DropAfter(quick)
	p := client(t, s, openwechat.Desktop)
	if err := p.scan(); err != nil {
		t.Fatal(err)
	}
	if got := p.mustCheckWithoutWorld(); got != "1102/0" {
		t.Errorf("synccheck %s", got)
	}
}

func (p *phone) mustCheckWithoutWorld() string {
	p.t.Helper()
	p.world = &openwechat.WebInitResponse{SyncKey: &openwechat.SyncKey{}}
	for {
		if got := p.mustCheck(); got != "0/2" {
			return got
		}
	}
}

func TestContactsShowFriendsAndSavedGroupsPageByPage(t *testing.T) {
	s := start(t, tencent.WithPage(2))
	p := login(t, s)
	members, err := p.caller.WebWxGetContact(t.Context(), p.info)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range members {
		names = append(names, m.NickName+"="+m.RemarkName)
		if m.Uin != 0 || len(m.MemberList) != 0 {
			t.Errorf("%s tells too much", m.NickName)
		}
	}
	want := self + "= 老张<span class=\"emoji emoji1f600\"></span>=张三 公众号= " + group + "="
	if got := strings.Join(names, " "); got != want {
		t.Errorf("contacts %q,\nwant %q", got, want)
	}
	if n := s.Requests()["webwxgetcontact"]; n != 2 {
		t.Errorf("%d pages, want 2", n)
	}
	details, err := p.caller.WebWxBatchGetContact(t.Context(), openwechat.Members{{UserName: s.UserName(group)}}, p.req)
	if err != nil || len(details) != 1 {
		t.Fatalf("%d details, %v", len(details), err)
	}
	var cards []string
	for _, m := range details[0].MemberList {
		cards = append(cards, m.NickName+"="+m.DisplayName)
	}
	want = self + "= 老张<span class=\"emoji emoji1f600\"></span>=张三 李四= 王五=王&lt;五&gt;"
	if got := strings.Join(cards, " "); got != want || details[0].EncryChatRoomId == "" {
		t.Errorf("members %q,\nwant %q", got, want)
	}
	many := slices.Repeat(openwechat.Members{{UserName: s.UserName("张三")}}, 51)
	if _, err := p.caller.WebWxBatchGetContact(t.Context(), many, p.req); err == nil {
		t.Error("51 were told")
	}
	s.Fault(tencent.Crowded, 1)
	if _, err := p.caller.WebWxBatchGetContact(t.Context(), many[:1], p.req); !errors.Is(err, openwechat.Ret(1205)) {
		t.Errorf("asked too often: %v", err)
	}
}

func TestEverySortOfMessageArrives(t *testing.T) {
	s := start(t)
	p := login(t, s)
	if got := p.mustCheck(); got != "0/0" {
		t.Fatalf("before anything was said: %s", got)
	}
	for _, row := range []struct {
		name    string
		say     func() string
		msgType openwechat.MessageType
		sub     openwechat.AppMessageType
		sender  string
		content string
	}{
		{"a text", func() string { return s.Say(group, "张三", "请假:\n事由 <b>&😀") }, 1, 0, "张三", "请假:<br/>事由 &lt;b&gt;&amp;😀"},
		{"emoji as spans", func() string {
			s.EmojiSpans(true)
			defer s.EmojiSpans(false)
			return s.Say(group, "张三", "好🇨🇳")
		}, 1, 0, "张三", `好<span class="emoji emoji1f1e81f1f3"></span>`},
		{"the own phone", func() string { return s.Phone(group, "签到") }, 1, 0, "", "签到"},
		{"a sticker", func() string { return s.Sticker(group, "李四") }, 47, 0, "李四", `&lt;msg&gt;&lt;emoji md5="00" len="3" /&gt;&lt;/msg&gt;`},
		{"a notice", func() string { return s.Notice(group, "  收到红包，请在手机上查看 ") }, 10000, 0, "", "  收到红包，请在手机上查看 "},
		{"in private", func() string { return s.SayPrivate("张三", "绑定 123456") }, 1, 0, "", "绑定 123456"},
	} {
		id := row.say()
		if got := p.mustCheck(); got != "0/2" {
			t.Errorf("%s: synccheck %s", row.name, got)
		}
		all := p.drain()
		if len(all) != 1 || all[0].MsgId != id || all[0].MsgType != row.msgType || all[0].AppMsgType != row.sub {
			t.Errorf("%s: %+v", row.name, all)
			continue
		}
		want := row.content
		if row.sender != "" {
			want = s.UserName(row.sender) + ":<br/>" + want
		}
		if all[0].Content != want {
			t.Errorf("%s: content %q, want %q", row.name, all[0].Content, want)
		}
	}
}

// app is what a 49 holds, once a client has undone the servers' escapes.
type app struct {
	Title string `xml:"appmsg>title"`
	Type  int    `xml:"appmsg>type"`
	Info  string `xml:"appmsg>extinfo>solitaire_info"`
	Quote string `xml:"appmsg>refermsg>content"`
}

func unpack(t *testing.T, m *openwechat.Message) app {
	t.Helper()
	_, content, _ := strings.Cut(m.Content, ":<br/>")
	content = html.UnescapeString(strings.ReplaceAll(content, "<br/>", "\n"))
	var a app
	if err := xml.Unmarshal([]byte(content), &a); err != nil {
		t.Fatalf("%v in %q", err, content)
	}
	return a
}

func TestAppMessagesCarryTheirXML(t *testing.T) {
	s := start(t)
	p := login(t, s)
	chain := tencent.Chain{
		Header: "6月主题党日𠮷", Example: "张三 到", Tail: "以上",
		Items: []tencent.ChainItem{{By: "张三", Text: "张三 <到>", Seconds: 1_772_000_000}, {By: "李四", Text: "张三 <到>"}, {By: "王五", Text: "到", Literal: true}},
	}
	s.SendChain(group, "王五", chain)
	s.SendQuote(group, "李四", "同意\n&", "请确认", "张三")
	all := p.drain()
	if len(all) != 2 || all[0].AppMsgType != 53 || all[1].AppMsgType != 57 {
		t.Fatalf("%v", all)
	}
	got := unpack(t, all[0])
	if got.Title != chain.Text() || !strings.HasPrefix(got.Title, "#接龙\n6月主题党日𠮷\n例 张三 到\n\n1. 张三 <到>\n2. ") || !strings.HasSuffix(got.Title, "\n3. 到\n\n以上") {
		t.Errorf("title %q", got.Title)
	}
	want := "<solitaire><tt>4-8</tt><ex>15-4</ex><tl>47-2</tl><content><i><u>" + tencent.Wxid("张三") + "</u><t>1772000000</t><r>24-6</r></i><i><u>" +
		tencent.Wxid("李四") + "</u><r>24-6</r></i><i><u>" + tencent.Wxid("王五") + "</u><c>到</c></i></content></solitaire>"
	if got.Info != want {
		t.Errorf("structure\n%s, want\n%s", got.Info, want)
	}
	if got := unpack(t, all[1]); got.Title != "同意\n&" || got.Quote != "请确认" {
		t.Errorf("quotation %+v", got)
	}
}

func TestPicturesAndFilesAreFetched(t *testing.T) {
	s := start(t)
	p := login(t, s)
	picture, paper := []byte("\x89PNG\r\n\x1a\n假条"), []byte("签到表")
	s.SendImage(group, "张三", picture)
	s.SendFile(group, "张三", "六月 签到.xlsx", paper)
	all := p.drain()
	if len(all) != 2 || all[1].FileName != "六月 签到.xlsx" || all[1].FileSize != "9" || all[1].AppMsgType != 6 {
		t.Fatalf("%+v", all)
	}
	body := func(r *http.Response, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Body.Close() }()
		b, _ := io.ReadAll(r.Body)
		return b
	}
	if got := body(p.caller.Client.WebWxGetMsgImg(t.Context(), all[0], p.info)); !bytes.Equal(got, picture) {
		t.Errorf("picture %q", got)
	}
	if got := body(p.caller.Client.WebWxGetMedia(t.Context(), all[1], p.info)); !bytes.Equal(got, paper) {
		t.Errorf("file %q", got)
	}
}

func TestSendsAreRecordedOrRefused(t *testing.T) {
	s := start(t)
	p := login(t, s)
	sent, err := p.text(group, "通知\n<签到>")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = p.text("张三", "好"); err != nil {
		t.Error(err)
	}
	if _, err = p.text("filehelper", "还在"); err != nil {
		t.Error(err)
	}
	if _, err = p.text("李四", "好"); !errors.Is(err, openwechat.Ret(1204)) {
		t.Errorf("to no friend: %v", err)
	}
	s.Fault(tencent.TooOften, 1)
	if _, err = p.text(group, "太快"); !errors.Is(err, openwechat.Ret(1205)) {
		t.Errorf("too often: %v", err)
	}
	if err = p.caller.WebWxRevokeMsg(t.Context(), sent, p.req); err != nil {
		t.Error(err)
	}
	all := s.Sent()
	if len(all) != 3 || all[0].Text != "通知\n<签到>" || all[0].To != group || !all[0].Group || !all[0].Revoked || all[0].MsgID != sent.MsgId || all[1].To != "张三" || all[2].To != "filehelper" {
		t.Errorf("%+v", all)
	}
	if denied := s.Denied(); len(denied) != 2 || denied[0].Ret != 1204 || denied[1].Ret != 1205 {
		t.Errorf("%+v", denied)
	}
}

func TestPicturesAndFilesAreUploadedInChunks(t *testing.T) {
	s := start(t)
	p := login(t, s)
	name := filepath.Join(t.TempDir(), "六月 总结.docx")
	large := bytes.Repeat([]byte("主题党日"), 100_000)
	if err := os.WriteFile(name, large, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	options := openwechat.CallerUploadMediaCommonOptions{FromUserName: p.world.User.UserName, ToUserName: s.UserName(group), BaseRequest: p.req, LoginInfo: p.info}
	if _, err := p.caller.WebWxSendFile(t.Context(), f, (*openwechat.CallerWebWxSendFileOptions)(&options)); err != nil {
		t.Fatal(err)
	}
	picture := []byte("\x89PNG\r\n\x1a\n码")
	if _, err := p.caller.WebWxSendImageMsg(t.Context(), bytes.NewReader(picture), (*openwechat.CallerWebWxSendImageMsgOptions)(&options)); err != nil {
		t.Fatal(err)
	}
	all := s.Sent()
	if len(all) != 2 || all[0].Kind != "file" || all[0].FileName != "六月 总结.docx" || !bytes.Equal(all[0].Data, large) || all[1].Kind != "image" || !bytes.Equal(all[1].Data, picture) {
		t.Errorf("%d sent: %.200v", len(all), all)
	}
	if n := s.Requests()["webwxuploadmedia"]; n != 4 {
		t.Errorf("%d uploads, want 3 chunks and 1", n)
	}
}

func TestMessagesComeAgainUntilTheirKeyIsGivenBack(t *testing.T) {
	s := start(t, tencent.WithBatch(2))
	p := login(t, s)
	for _, text := range []string{"一", "二", "三"} {
		s.Say(group, "张三", text)
	}
	for range 2 {
		if got, err := p.fetch(); err != nil || len(got.AddMsgList) != 2 || got.ContinueFlag != 1 {
			t.Fatalf("%v, %v", got, err)
		}
	}
	if got := p.drain(); len(got) != 3 {
		t.Errorf("%d messages", len(got))
	}
	if got := p.drain(); len(got) != 0 {
		t.Errorf("%d messages twice", len(got))
	}
	if !s.WaitTaken(t.Context()) {
		t.Error("not taken")
	}
}

func TestTheStaleKeySpins(t *testing.T) {
	s := start(t, tencent.WithHold(time.Hour))
	p := login(t, s)
	p.keys = false // as the library does
	for range 3 {
		p.take()
		if got := p.mustCheck(); got != "0/2" {
			t.Errorf("with SyncKey: %s", got)
		}
	}
}

func TestALongPollEndsWhenSomebodySpeaks(t *testing.T) {
	s := start(t, tencent.WithHold(time.Hour))
	p := login(t, s)
	before := s.Requests()["synccheck"]
	got := make(chan string)
	go func() {
		answer, err := p.check()
		got <- answer + errorText(err)
	}()
	if !s.WaitRequests(t.Context(), "synccheck", before+1) {
		t.Fatal("nobody asked")
	}
	s.Say(group, "张三", "签到")
	if answer := <-got; answer != "0/2" {
		t.Error(answer)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestANewSessionHasNewNames(t *testing.T) {
	s := start(t)
	p := login(t, s)
	was := s.UserName(group)
	s.NewSession()
	if got := p.mustCheck(); got != "1101/0" {
		t.Errorf("the old session: %s", got)
	}
	if _, err := p.text(group, "喂"); !errors.Is(err, openwechat.Ret(1101)) {
		t.Errorf("the old session: %v", err)
	}
	s.Say(group, "张三", "没人听见")
	q := login(t, s)
	if got := q.drain(); len(got) != 0 {
		t.Errorf("heard %d", len(got))
	}
	if s.UserName(group) == was {
		t.Error("the group is called as before")
	}
	stale := openwechat.NewTextSendMessage("喂", q.world.User.UserName, was)
	if _, err := q.caller.WebWxSendMsg(t.Context(), &openwechat.CallerWebWxSendMsgOptions{LoginInfo: q.info, BaseRequest: q.req, Message: stale}); err == nil {
		t.Error("a name of the old session was good")
	}
}

func TestCookiesAreAsked(t *testing.T) {
	s := start(t)
	p := login(t, s)
	jar := p.caller.Client.Jar()
	for _, host := range []string{"wx.qq.com", "webpush.wx.qq.com", "file.wx.qq.com"} {
		have := map[string]bool{}
		for _, c := range jar.Cookies(&url.URL{Scheme: "https", Host: host, Path: "/"}) {
			have[c.Name] = true
		}
		if !have["wxsid"] || !have["wxuin"] || !have["webwx_data_ticket"] {
			t.Errorf("%s gets %v", host, have)
		}
	}
	p.caller.Client.SetCookieJar(openwechat.NewJar())
	if got := p.mustCheck(); got != "1102/0" {
		t.Errorf("without cookies: %s", got)
	}
}

func TestASessionThatIsNotRenewedDies(t *testing.T) {
	now := time.Date(2026, 10, 16, 9, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	pass := func(d time.Duration) { mu.Lock(); now = now.Add(d); mu.Unlock() }
	s := start(t, tencent.WithClock(func() time.Time { mu.Lock(); defer mu.Unlock(); return now }))
	p := login(t, s)
	pass(11 * time.Hour)
	p.drain()
	pass(11 * time.Hour)
	if got := p.mustCheck(); got != "0/0" {
		t.Errorf("renewed: %s", got)
	}
	s.Fault(tencent.NoRenewal, tencent.Always)
	p.drain()
	pass(time.Hour)
	if got := p.mustCheck(); got != "1102/0" {
		t.Errorf("not renewed: %s", got)
	}
}

func TestAPushIsConfirmedOnThePhone(t *testing.T) {
	s := start(t)
	p := login(t, s)
	s.EndSession(1100)
	push, err := p.caller.WebWxPushLogin(t.Context(), p.info.WxUin)
	if err != nil || push.Err() != nil {
		t.Fatalf("%+v, %v", push, err)
	}
	if got := p.code(push.UUID); got != "408" {
		t.Errorf("before the phone said yes: %s", got)
	}
	s.Confirm()
	if err := p.redirect(push.UUID); err != nil {
		t.Fatal(err)
	}
	p.init()
	if got := s.Online(); !got {
		t.Error("not online")
	}
	other := client(t, s, openwechat.Desktop)
	other.caller.Client.Domain = "wx.qq.com"
	if push, err := other.caller.WebWxPushLogin(t.Context(), p.info.WxUin); err != nil || push.Err() == nil {
		t.Errorf("without cookies: %+v, %v", push, err)
	}
}

func TestALogoutEndsTheSession(t *testing.T) {
	s := start(t)
	p := login(t, s)
	if err := p.caller.Logout(t.Context(), p.info); err != nil {
		t.Fatal(err)
	}
	if got := p.mustCheck(); got != "1100/0" {
		t.Error(got)
	}
}

func TestTheWorldChanges(t *testing.T) {
	s := start(t)
	p := login(t, s)
	s.RenameCard(group, "李四", "李四（书记）")
	if got := p.mustCheck(); got != "0/7" {
		t.Errorf("a card: %s", got)
	}
	if got := p.take(); got.ModContactCount != 1 || len(got.AddMsgList) != 0 {
		t.Errorf("a card: %+v", got)
	}
	s.Join(group, tencent.Member{Name: "赵六"}, "张三")
	s.RenameGroup(group, "一支部", "张三")
	s.English(true)
	s.Remove(group, "赵六", false)
	id := s.Say(group, "李四", "错了")
	s.Revoke(id)
	s.PhoneStatus(group)
	var got []string
	for _, m := range p.drain() {
		_, content, cut := strings.Cut(m.Content, ":<br/>")
		if !cut {
			content = m.Content
		}
		got = append(got, content)
	}
	for i, want := range []string{`"张三"邀请"赵六"加入了群聊`, `"张三"修改群名为“一支部”`, `You removed "赵六" from the group chat`, "错了", "&lt;sysmsg type=\"revokemsg\"&gt;", "&lt;msg&gt;"} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Fatalf("%d: %q, want %s", i, got, want)
		}
	}
	if !strings.Contains(got[4], "&lt;msgid&gt;"+id+"&lt;/msgid&gt;") || !strings.Contains(got[4], "has recalled a message") {
		t.Errorf("revoked: %s", got[4])
	}
}

func TestFaultsOfTheNetwork(t *testing.T) {
	s := start(t)
	p := login(t, s)
	patient := p.caller.Client.HTTPClient().Timeout
	for _, f := range []tencent.Fault{tencent.Down, tencent.Reset, tencent.Hang, tencent.HTTP500, tencent.BrokenJSON} {
		s.Fault(f, tencent.Always)
		if f == tencent.Hang {
			p.caller.Client.HTTPClient().Timeout = quick
		}
		if got, err := p.check(); err == nil {
			t.Errorf("%s: synccheck %s", f, got)
		}
		if _, err := p.fetch(); err == nil {
			t.Errorf("%s: webwxsync answered", f)
		}
		p.caller.Client.HTTPClient().Timeout = patient
		s.Heal()
		if got := p.mustCheck(); got != "0/0" {
			t.Errorf("after %s: %s", f, got)
		}
	}
	if n := s.Requests()["dial"]; n < 2 {
		t.Errorf("%d dials were refused, want 2 or more", n)
	}
	s.Fault(tencent.HTTP500, 1, "webwxsync")
	if _, err := p.check(); err != nil {
		t.Errorf("another endpoint: %v", err)
	}
	if _, err := p.fetch(); err == nil {
		t.Error("webwxsync answered")
	}
	if _, err := p.fetch(); err != nil {
		t.Errorf("the second time: %v", err)
	}
}

func TestFaultsOfTheSync(t *testing.T) {
	s := start(t)
	p := login(t, s)
	for f, want := range map[tencent.Fault]string{tencent.Check1100: "1100/0", tencent.Check1101: "1101/0", tencent.Check1102: "1102/0", tencent.EmptyNews: "0/2"} {
		s.Fault(f, 1)
		if got := p.mustCheck() + " " + p.mustCheck(); got != want+" 0/0" {
			t.Errorf("%s: %s", f, got)
		}
	}
	id := s.Say(group, "张三", "签到")
	s.Fault(tencent.NoSyncKey, 1)
	if got, err := p.fetch(); err != nil || got.SyncKey != nil || len(got.AddMsgList) != 0 {
		t.Errorf("without SyncKey: %+v, %v", got, err)
	}
	s.Fault(tencent.Duplicates, 1)
	if got := p.drain(); len(got) != 2 || got[0].MsgId != id || got[1].MsgId != id {
		t.Errorf("twice: %v", got)
	}
	s.Again(id)
	if got := p.drain(); len(got) != 1 || got[0].MsgId != id {
		t.Errorf("again: %v", got)
	}
	s.Fault(tencent.Deaf, tencent.Always)
	s.Say(group, "张三", "喂")
	if got := p.mustCheck(); got != "0/0" || len(p.drain()) != 0 {
		t.Errorf("deaf: %s", got)
	}
	if _, err := p.text(group, "在"); err != nil {
		t.Errorf("deaf: %v", err)
	}
	s.Heal()
	if got := p.drain(); len(got) != 1 {
		t.Errorf("healed: %v", got)
	}
}

func TestASendIsAcceptedWhoseAnswerIsLost(t *testing.T) {
	s := start(t)
	p := login(t, s)
	s.Fault(tencent.LostAnswer, 1)
	if _, err := p.text(group, "一"); err == nil {
		t.Error("answered")
	}
	s.Fault(tencent.SlowAnswer, 1)
	ctx, giveUp := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() {
		message := openwechat.NewTextSendMessage("二", p.world.User.UserName, s.UserName(group))
		_, err := p.caller.WebWxSendMsg(ctx, &openwechat.CallerWebWxSendMsgOptions{LoginInfo: p.info, BaseRequest: p.req, Message: message})
		failed <- err
	}()
	all, ok := s.WaitSent(t.Context(), 2)
	giveUp()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("slow: %v", err)
	}
	if !ok || len(all) != 2 || all[0].Text != "一" || all[1].Text != "二" {
		t.Errorf("sent %+v", all)
	}
}

func TestTheServersCountHowOftenOneSends(t *testing.T) {
	s := start(t, tencent.WithRate(2, time.Hour))
	p := login(t, s)
	for i, want := range []error{nil, nil, openwechat.Ret(1205)} {
		if _, err := p.text(group, "好"); !errors.Is(err, want) {
			t.Errorf("send %d: %v", i, err)
		}
	}
}

func TestTheProxyIsTencentForAnyProgram(t *testing.T) {
	s := start(t)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := s.WriteCA(ca); err != nil {
		t.Fatal(err)
	}
	proxy, err := url.Parse(s.ProxyURL())
	if err != nil {
		t.Fatal(err)
	}
	p := client(t, s, openwechat.Desktop)
	direct := s.Transport()
	through := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: direct.TLSClientConfig, ForceAttemptHTTP2: true}
	t.Cleanup(through.CloseIdleConnections)
	p.caller.Client.HTTPClient().Transport = through
	if err := p.scan(); err != nil {
		t.Fatal(err)
	}
	p.init()
	p.drain()
	s.Say(group, "张三", "签到")
	if got := p.drain(); len(got) != 1 {
		t.Errorf("%v", got)
	}
	if r, err := (&http.Client{Transport: through}).Get("https://example.com/"); err == nil {
		_ = r.Body.Close()
		t.Error("the proxy leads elsewhere")
	}
	s.Fault(tencent.Down, tencent.Always)
	if _, err := p.check(); err == nil {
		t.Error("the proxy is up")
	}
	if pem, err := os.ReadFile(ca); err != nil || !bytes.Contains(pem, []byte("BEGIN CERTIFICATE")) {
		t.Errorf("%s, %v", pem, err)
	}
}

func TestNothingIsLeftAfterClose(t *testing.T) {
	before := runtime.NumGoroutine()
	s := tencent.New(tencent.WithWorld(village()), tencent.WithHold(time.Hour), tencent.WithLoginHold(time.Hour))
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	transport := s.Transport()
	c := &http.Client{Transport: transport}
	var polls sync.WaitGroup
	s.Fault(tencent.Hang, tencent.Always, "webwxsync")
	for range 4 {
		for _, path := range []string{"https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxsync", "https://login.wx.qq.com/jslogin"} {
			polls.Go(func() {
				if r, err := c.Get(path); err == nil {
					_ = r.Body.Close()
				}
			})
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s.WaitRequests(ctx, "webwxsync", 4)
	s.Close()
	s.Close()
	polls.Wait()
	transport.CloseIdleConnections()
	for range 10_000_000 { // the runtime lets the last ones go in its own time
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
