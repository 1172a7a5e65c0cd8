package themeday

import (
	"strings"
	"testing"
)

func TestWhatIsTooLongIsRefusedPolitelyWithItsLimit(t *testing.T) {
	long := func(n int) string { return strings.Repeat("党", n) }
	var d Desk
	var none Tx
	var c Cause
	for _, row := range []struct {
		what string
		try  func(n int) error
		most int
	}{
		{"地点", func(n int) error { _, _, err := d.SetFixedDay(none, c, "", FixedDay{Place: long(n)}); return err }, 50},
		{"主题", func(n int) error {
			_, err := d.SetTopics(none, c, Activity{}, []string{long(n - 4), "学党章"})
			return err
		}, 200},
		{"内容", func(n int) error { _, err := d.SetContent(none, c, Activity{}, []string{long(n)}); return err }, 200},
		{"议程", func(n int) error { _, err := d.SetAgenda(none, c, Activity{}, []string{long(n)}); return err }, 1000},
		{"记录", func(n int) error { _, err := d.Write(none, c, Activity{}, Noted, long(n)); return err }, 1000},
		{"总结", func(n int) error { _, err := d.Summarise(none, c, Activity{}, long(n)); return err }, 1000},
		{"请假事由", func(n int) error {
			_, err := d.AskLeave(none, c, Activity{Version: 1}, Comrade{}, long(n), "")
			return err
		}, 200},
		{"代签事由", func(n int) error { _, err := d.SignInProxy(none, c, Activity{}, Comrade{}, long(n), false); return err }, 200},
		{"退回事由", func(n int) error { _, err := d.SendBack(none, c, Activity{}, long(n)); return err }, 200},
		{"委托事由", func(n int) error { _, err := d.Delegate(none, c, Activity{}, Comrade{}, long(n)); return err }, 200},
		{"忙时事由", func(n int) error { return d.KeepClear(none, c, Blackout{Why: long(n)}) }, 200},
	} {
		err := row.try(row.most + 1)
		if CodeOf(err) != Invalid || !strings.Contains(err.Error(), "最多") || !strings.Contains(err.Error(), row.what) {
			t.Errorf("%s with %d characters: %v", row.what, row.most+1, err)
		}
	}
	if err := tooLong(R13, "请假事由", long(200), reasonMost); err != nil {
		t.Error(err)
	}
}
