package commands

import (
	"testing"
	"time"

	"themeday"
	"themeday/templates/hant"
)

// What the first letter tells must never keep a command from being heard.
func TestNoCommandIsTakenForTalk(t *testing.T) {
	r := New(Router{})
	r.captions.quiet.Store(1)
	at := time.Date(2026, 3, 13, 6, 0, 0, 0, time.UTC)
	for w := range r.byWord {
		for _, text := range []string{w, hant.Convert(w, nil), w + "！", w + " 3月", "🙏" + w} {
			m := themeday.Message{Group: "一支部", Text: text, At: at}
			if r.talk(&m) {
				t.Errorf("%q is taken for talk", text)
			}
		}
	}
	for _, text := range []string{"大家下午好", "好的", "辛苦啦"} {
		m := themeday.Message{Group: "一支部", Text: text, At: at}
		if !r.talk(&m) {
			t.Errorf("%q is read to its end", text)
			continue
		}
		if n := testing.AllocsPerRun(10, func() { _, _ = r.Handle(t.Context(), m) }); n > 0 {
			t.Errorf("%q allocates %v times", text, n)
		}
	}
}

func FuzzTalkIsNoCommand(f *testing.F) {
	for _, s := range []string{"签到", "簽到", "大家好", "乾淨", "到\u200b", "請 假", "评分5"} {
		f.Add(s)
	}
	r := New(Router{})
	r.captions.quiet.Store(1)
	at := time.Date(2026, 3, 13, 6, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		m := themeday.Message{Group: "一支部", Text: s, At: at}
		if !r.talk(&m) {
			return
		}
		if h, ok := r.read(m); ok || h.command.Run != nil {
			t.Errorf("%q is a command and was taken for talk", s)
		}
	})
}
