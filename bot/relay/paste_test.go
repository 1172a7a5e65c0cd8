package relay

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPastedChatIsReadHoweverItWasCopied(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	now := time.Date(2026, 3, 13, 14, 10, 0, 0, zone)
	known := func(name string) bool {
		return slices.Contains([]string{"张三", "李四", "老赵", "Wang Wei"}, name)
	}
	for _, c := range []struct {
		name, pasted string
		want         []string
	}{
		{"a line a message", "张三: 签到\n李四：请假 发烧", []string{"张三 签到", "李四 请假 发烧"}},
		{"names above their texts", "张三:\n签到\n\n李四:\n请假\n事由：发烧\n", []string{"张三 签到", "李四 请假\n事由：发烧"}},
		{"names with times", "张三 14:02\n签到\nWang Wei 2026/3/13 14:03\n到\n", []string{"张三 签到 14:02", "Wang Wei 到 14:03"}},
		{"a date in Chinese", "李四 2026年3月12日 09:00:05\n好\n", []string{"李四 好 09:00"}},
		{"a colon in the text", "张三:\n时间：明天\n", []string{"张三 时间：明天"}},
		{"a time that lies ahead is now", "张三 23:59\n签到\n", []string{"张三 签到 14:10"}},
		{"nobody's", "路人: 签到\n", []string{"?"}},
		{"a #接龙 of several lines", "张三:\n#接龙\n签到\n\n1. 张三\n2. 李四", []string{"张三 #接龙\n签到\n\n1. 张三\n2. 李四"}},
	} {
		p := paste{known: known, zone: zone, now: now}
		var got []string
		show := func(all []Said) {
			for _, s := range all {
				line := s.Name + " " + s.Text
				if !s.At.IsZero() {
					line += s.At.Format(" 15:04")
				}
				got = append(got, line)
			}
		}
		for _, line := range strings.Split(c.pasted, "\n") {
			done, understood := p.line(line)
			show(done)
			if !understood {
				got = append(got, "?")
			}
		}
		show(p.flush())
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
