package bot

import (
	"testing"
	"time"

	"themeday"
)

func TestAClockThatIsSetBackAndForwardSilencesNobodyAndRepeatsNothing(t *testing.T) {
	st := newStage(t)
	right := st.now
	st.Pace = Pace{Min: 5 * time.Second, Max: 5 * time.Second}
	st.plan("at noon")
	st.now = right.AddDate(0, 1, 0) // a month ahead: what was due is of no use any more
	st.plan("of next month")
	st.deliver()
	st.heard("一支部群: of next month")
	st.stands("at noon", themeday.Dropped, themeday.ExpiredNote)

	st.now = right
	st.plan("later", func(p *themeday.Post) { p.Due = right.Add(time.Minute) })
	st.deliver()
	st.now = right.Add(time.Minute)
	st.deliver()
	st.heard("一支部群: of next month", "一支部群: later")
	for _, d := range []time.Duration{-time.Hour, time.Minute, 31 * 24 * time.Hour} {
		st.now = right.Add(d)
		st.deliver()
	}
	st.heard("一支部群: of next month", "一支部群: later")
	st.logged("the clock was set back")
}
