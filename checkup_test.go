package themeday

import (
	"testing"
	"time"
)

// The holidays of 2026: 1–3 January, 15–23 February (14 and 28 February are worked), 4–6 April, 1–5 May (9 May is worked), 19–21 June,
// 25–27 September, 1–7 October (20 September and 10 October are worked).
func TestAPlanIsHeldAgainstTheCalendar(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	calendar, err := NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	d := Desk{Rules: DefaultRules(), Calendar: calendar, Zone: zone}
	first := FixedDay{Kind: NthDay, N: 1, From: 14 * 60, To: 18 * 60}
	last := FixedDay{Kind: LastDay, From: 14 * 60, To: 18 * 60}
	for _, c := range []struct {
		name  string
		fixed FixedDay
		day   Date
		rules []Rule
	}{
		{"a plain Friday", FixedDay{}, Date{2026, time.March, 13}, nil},
		{"on National Day, whose notice falls into mid-autumn", FixedDay{}, Date{2026, time.October, 1}, []Rule{R03, R06}},
		{"moved off the first of May, whose notice falls into it", first, Date{2026, time.May, 6}, []Rule{R03, R06}},
		{"a Saturday that is worked", FixedDay{}, Date{2026, time.May, 9}, []Rule{R03, R06}},
		{"a plain Saturday", FixedDay{}, Date{2026, time.March, 14}, nil},
		{"five days after a holiday", FixedDay{}, Date{2026, time.October, 12}, []Rule{R06}},
		{"six days after a holiday", FixedDay{}, Date{2026, time.October, 13}, nil},
		{"the last day of the month", last, Date{2026, time.March, 31}, []Rule{R05}},
		{"a Friday with a weekend behind it", FixedDay{}, Date{2026, time.May, 29}, []Rule{R05}},
		{"the last day but one", FixedDay{}, Date{2026, time.March, 30}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &ward{desk: d, at: Date{2026, time.January, 5}.Start(zone), year: 2026}
			a := Activity{Month: c.day.MonthOf(), Starts: c.day.At(14*60, zone), Ends: c.day.At(18*60, zone)}
			var r BranchRisks
			w.holiday(&r, c.fixed, c.fixed != FixedDay{}, a)
			w.room(&r, []Activity{a})
			w.noticed(&r, a)
			var got []Rule
			for _, risk := range r.Risks {
				got = append(got, risk.Rule)
			}
			if len(got) != len(c.rules) {
				t.Fatalf("risks %+v, want %v", r.Risks, c.rules)
			}
			for i := range got {
				if got[i] != c.rules[i] {
					t.Errorf("risks %+v, want %v", r.Risks, c.rules)
				}
			}
		})
	}
}

func TestAFiledPlanSaysWhatChangedSince(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	d := Desk{Zone: zone}
	at := func(day, hour int) time.Time { return time.Date(2026, time.March, day, hour, 0, 0, 0, zone) }
	march := FiledMonth{Month: YearMonth{2026, time.March}, Starts: at(13, 14), Ends: at(13, 18), Place: "活动室"}
	with := func(change func(*FiledMonth)) FiledMonth { m := march; change(&m); return m }
	for _, c := range []struct {
		now  FiledMonth
		said string
	}{
		{march, ""},
		{with(func(m *FiledMonth) { m.Starts, m.Ends = at(20, 14), at(20, 18) }), "由3月13日 周五 14:00改到3月20日 周五 14:00"},
		{with(func(m *FiledMonth) { m.Ends = at(13, 19) }), "结束时间改到19:00"},
		{with(func(m *FiledMonth) { m.Place, m.Topics = "会议室", []string{"学习党章"} }), "地点改为会议室，主题定为学习党章"},
	} {
		if got := d.monthSince(c.now, march); got != c.said {
			t.Errorf("%+v: %q, want %q", c.now, got, c.said)
		}
	}
	if got := d.monthSince(march, FiledMonth{}); got != "排定3月13日 周五 14:00" {
		t.Errorf("a new month: %q", got)
	}
}
