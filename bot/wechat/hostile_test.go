package wechat

import (
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"themeday/bot"
	"themeday/bot/wechat/tencent"
)

func TestHostileAnswersEndNoSessionAndLoseNothing(t *testing.T) {
	list := regexp.MustCompile(`"(AddMsgList|ContactList|MemberList)":\[`)
	instead := func(body string) func(string) string { return func(string) string { return body } }
	swap := func(old, changed string) func(string) string {
		return func(body string) string { return strings.ReplaceAll(body, old, changed) }
	}
	for _, c := range []struct {
		name     string
		endpoint string
		change   func(body string) string
		passes   bool // it does not keep anything from working
	}{
		{"nulls among messages", "webwxsync", func(b string) string { return list.ReplaceAllString(b, `"$1":[null,`) + " " }, true},
		{"a message of another shape", "webwxsync", func(b string) string {
			b = strings.Replace(b, `"AddMsgList":[`, `"AddMsgList":[{"MsgId":7,"FileSize":true},5,[],{},`, 1)
			return strings.ReplaceAll(strings.ReplaceAll(b, ",]", "]"), ",,", ",")
		}, true},
		{"no key", "webwxsync", swap(`"SyncKey":{`, `"SyncKey":null,"X":{`), false},
		{"a key without a list", "webwxsync", swap(`"List":[`, `"List":null,"X":[`), false},
		{"a key whose count is wrong", "webwxsync", swap(`"Count":`, `"Count":77,"X":`), true},
		{"null", "webwxsync", instead("null"), false},
		{"a list", "webwxsync", instead("[]"), false},
		{"nothing", "webwxsync", instead(""), false},
		{"an unknown code", "webwxsync", instead(`{"BaseResponse":{"Ret":-1}}`), false},
		{"nothing", "synccheck", instead(""), false},
		{"no numbers", "synccheck", instead(`window.synccheck={retcode:"x",selector:"y"}`), false},
		{"an unknown selector", "synccheck", instead(`window.synccheck={retcode:"0",selector:"99"}`), true},
		{"an unknown code", "synccheck", instead(`window.synccheck={retcode:"7",selector:"0"}`), false},
		{"no list of messages", "webwxsync", swap(`"AddMsgList":[]`, `"AddMsgList":null`), true},
		{"nulls among groups", "webwxbatchgetcontact", func(b string) string { return fix(list.ReplaceAllString(b, `"$1":[null,`)) }, true},
		{"null", "webwxbatchgetcontact", instead("null"), true},
	} {
		t.Run(c.endpoint+" "+c.name, func(t *testing.T) {
			s := newStage(t)
			tr := s.transport(true)
			s.online(tr)
			s.server.Forget()
			began := s.passed()
			s.twistWith(func(endpoint, body string) string {
				if endpoint != c.endpoint {
					return body
				}
				return fix(c.change(body))
			})
			s.server.Say(branchGroup, "张三", "签到")
			if c.passes {
				s.hears("[第一支部] 张三: 签到")
			} else {
				s.until("ten minutes", func() bool { return s.passed()-began > 10*time.Minute })
				if n := len(s.server.Calls()); n > 60 {
					t.Errorf("%d requests in %v", n, s.passed()-began)
				}
			}
			s.twistWith(nil)
			s.hears("[第一支部] 张三: 签到")
			s.until("online", func() bool { return tr.State() == bot.Online })
		})
	}
}

// fix mends what putting something before the first of a list breaks when the list is empty.
func fix(body string) string { return strings.ReplaceAll(body, ",]", "]") }

func TestAHostileBeginningIsTriedAgain(t *testing.T) {
	for _, c := range []struct{ name, endpoint, body string }{
		{"no account", "webwxinit", `{"BaseResponse":{"Ret":0},"User":null,"SyncKey":{"Count":1,"List":[{"Key":1,"Val":1}]}}`},
		{"null", "webwxinit", `null`},
		{"busy", "webwxinit", `{"BaseResponse":{"Ret":-1}}`},
		{"no contacts", "webwxgetcontact", `{"MemberList":"none"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t)
			s.online(s.transport(true))()
			s.server.Forget()
			s.twistWith(func(endpoint, body string) string {
				if endpoint == c.endpoint {
					return c.body
				}
				return body
			})
			tr := s.transport(false)
			s.running(tr)
			began := s.passed()
			s.until("ten minutes", func() bool { return s.passed()-began > 10*time.Minute })
			if n := len(s.server.Calls()); n > 60 || s.server.Requests()["webwxpushloginurl"] > 0 {
				t.Errorf("%d requests, %v", n, s.server.Requests())
			}
			s.twistWith(nil)
			s.until("online", func() bool { return tr.State() == bot.Online })
		})
	}
}

func TestAContactListThatNeverEndsIsLeft(t *testing.T) {
	s := newStage(t)
	page := 0
	s.twistWith(func(endpoint, body string) string {
		if endpoint != "webwxgetcontact" {
			return body
		}
		page++
		return regexp.MustCompile(`"Seq":\d+`).ReplaceAllString(body, []string{`"Seq":1`, `"Seq":2`}[page%2])
	})
	s.online(s.transport(true))
	if n := s.server.Requests()["webwxgetcontact"]; n > maxPages {
		t.Errorf("%d pages", n)
	}
}

func TestTheSameNewsForEverDoNotSpin(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	s.server.Say(branchGroup, "张三", "签到")
	s.hears("[第一支部] 张三: 签到")
	var stuck string
	s.twistWith(func(endpoint, body string) string {
		switch {
		case endpoint == "synccheck":
			return `window.synccheck={retcode:"0",selector:"2"}`
		case endpoint == "webwxsync" && stuck == "" && strings.Contains(body, "MsgId"):
			stuck = body
		}
		if endpoint == "webwxsync" && stuck != "" {
			return stuck
		}
		return body
	})
	s.server.Say(branchGroup, "李四", "到")
	s.server.Forget()
	began := s.passed()
	s.until("ten minutes", func() bool { return s.passed()-began > 10*time.Minute })
	if n := len(s.server.Calls()); n > 300 {
		t.Errorf("%d requests", n)
	}
	s.hears("[第一支部] 张三: 签到", "[第一支部] 李四: 到")
}

func TestTheNetworkDownForTenMinutesCostsFewRequestsAndTheLogHoldsNoSecret(t *testing.T) {
	for _, f := range []tencent.Fault{tencent.Down, tencent.Reset, tencent.HTTP500} {
		t.Run(string(f), func(t *testing.T) {
			s := newStage(t)
			tr := s.transport(true)
			s.online(tr)
			s.server.Forget()
			began := s.passed()
			s.server.Fault(f, tencent.Always)
			_ = tr.Send(t.Context(), bot.Outgoing{Chat: s.chat(branchGroup), Text: "请假条"})
			s.until("ten minutes", func() bool { return s.passed()-began > 10*time.Minute })
			if n := len(s.server.Calls()); n >= 60 {
				t.Errorf("%d requests", n)
			}
			for _, secret := range []string{"skey", "pass_ticket", "wxsid", "data_ticket", "sid=", "请假", "@@", s.dir} {
				if strings.Contains(s.log.String(), secret) {
					t.Errorf("the log holds %q:\n%s", secret, s.log)
				}
			}
		})
	}
}

func TestAnAnswerThatIsTooLongIsAnError(t *testing.T) {
	endless := &bounded{ReadCloser: io.NopCloser(strings.NewReader("一二三四五")), left: 7}
	if got, err := io.ReadAll(endless); err == nil || len(got) != 7 {
		t.Errorf("read %q, %v", got, err)
	}
}
