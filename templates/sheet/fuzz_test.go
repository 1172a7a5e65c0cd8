package sheet

import (
	"testing"

	"themeday"
)

// FuzzReadRoster reads any bytes as a roster: nothing panics, and what is accepted has no name twice in a branch.
func FuzzReadRoster(f *testing.F) {
	for _, seed := range []string{
		roster,
		"\ufeff" + roster,
		"支部;姓名;联系支部\n一支部;王强;\n;赵敏;一支部\n",
		"支部\t姓名\n一支部\t\"王\n强\"\n",
		"支部,姓名\n一支部,王强\n一支部,王 强\n",
		"\xff\xfe\x2f\x65\xe8\x90,\x00\xd3\x59\x0d\x54\n\x00",
		"\xd6\xa7\xb2\xbf,\xd0\xd5\xc3\xfb\n\xd2\xbb,\xcd\xf5\xc7\xbf\n",
		"職務,支部,姓名,手機,群名\n書記,一,王强,+86 138,甲\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := readCSV(data, func(int) {})
		if err != nil {
			return
		}
		r, bad := themeday.ReadRoster(rows)
		if len(bad) > 0 != (len(r.Lines) == 0) {
			t.Fatalf("%d faults and %d lines", len(bad), len(r.Lines))
		}
		type place struct{ branch, name string }
		seen, branched := map[place]int{}, 0
		for _, l := range r.Lines {
			if l.Branch == "" {
				continue
			}
			branched++
			p := place{l.Branch, l.Name}
			if first, ok := seen[p]; ok {
				t.Fatalf("%q stands in %q on lines %d and %d", l.Name, l.Branch, first, l.Line)
			}
			seen[p] = l.Line
		}
		members := 0
		for _, p := range r.People() {
			members += len(p.Memberships)
		}
		if members != branched {
			t.Fatalf("%d lines in branches became %d memberships", branched, members)
		}
	})
}
