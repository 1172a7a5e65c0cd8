package storage

import (
	"context"
	"strings"
	"testing"
)

func TestADatabaseThatIsLaidOutAnewIsNotTakenForWhole(t *testing.T) {
	for _, c := range []struct {
		named string
		deeds []string
	}{
		{"table signins", []string{
			"ALTER TABLE signins RENAME COLUMN person TO p", "ALTER TABLE signins RENAME COLUMN entered_by TO person", "ALTER TABLE signins RENAME COLUMN p TO entered_by",
		}},
		{"trigger t", []string{"CREATE TRIGGER t AFTER INSERT ON signins BEGIN UPDATE signins SET how = 'self'; END"}},
		{"index posts_planned", []string{"DROP INDEX posts_planned"}},
		{"view v", []string{"CREATE VIEW v AS SELECT 1"}},
	} {
		s := house(t)
		for _, one := range c.deeds {
			if err := s.writer.Exec(one).Error; err != nil {
				t.Fatalf("%s: %v", one, err)
			}
		}
		v, err := Verify(context.Background(), s.Path(), "")
		if err != nil || v.Bad == nil || !strings.Contains(v.Bad.What, c.named) {
			t.Errorf("%s: %+v, %v; want %q named", c.deeds, v.Bad, err, c.named)
		}
	}
}
