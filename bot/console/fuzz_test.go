package console

import (
	"strings"
	"testing"
	"time"
)

// FuzzMessage reads any line as something typed: it is refused in words, or somebody says it somewhere.
func FuzzMessage(f *testing.F) {
	for _, s := range []string{"[第一支部] 张三: 签到", "(张三): 下一步", "（张三）下一步", "[] 张三: 到", "[a] : x", "()", "[[a]] b: c", `(张三): 一\n二`, "\u202e[a] b: c", "\xff"} {
		f.Add(s)
	}
	now := time.Date(2026, 3, 13, 14, 30, 0, 0, time.UTC)
	tr := &Transport{Now: func() time.Time { return now }}
	f.Fuzz(func(t *testing.T, line string) {
		m, err := tr.message(line)
		if err != nil {
			return
		}
		if m.From.Card == "" || m.Chat == "" || m.ID == "" || strings.Contains(m.Text, `\n`) || len(m.Text) > len(line) {
			t.Errorf("%q is %+v", line, m)
		}
	})
}
