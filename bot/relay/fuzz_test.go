package relay

import (
	"strings"
	"testing"
	"time"
)

// FuzzPaste reads any text as pasted chat: only names of the list speak, nothing that was said is longer than what was pasted, and no message lies ahead.
func FuzzPaste(f *testing.F) {
	for _, s := range []string{
		"张三: 签到\n李四：请假 发烧", "张三 14:05\n签到\n\n李四 2026年3月13日 14:06\n到", "张三:\n#接龙\n\n1. 张三\n2. 李四", "没有人: 签到", "张三: 李四: 签到", "张三 9999-99-99 25:61\n签到", "\u202e张三: 签到", "张三\u200b: 签到", "[第一支部] 张三: 到", strings.Repeat("张三: 到\n", 300), "\xff\xfe: x",
	} {
		f.Add(s)
	}
	now := time.Date(2026, 3, 13, 14, 30, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		p := paste{known: func(name string) bool { return name == "张三" || name == "李四" }, zone: time.UTC, now: now}
		var said []Said
		for line := range strings.Lines(text) {
			done, _ := p.line(strings.TrimSuffix(line, "\n"))
			said = append(said, done...)
		}
		length := 0
		for _, s := range append(said, p.flush()...) {
			if s.Name != "张三" && s.Name != "李四" || s.Own || s.Text == "" {
				t.Errorf("%q is said by %q", s.Text, s.Name)
			}
			if s.At.After(now) {
				t.Errorf("%q was said at %v", s.Text, s.At)
			}
			length += len(s.Text)
		}
		if length > len(text) {
			t.Errorf("%d bytes were said of %d", length, len(text))
		}
	})
}
