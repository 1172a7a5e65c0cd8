package storage

import (
	"context"
	"errors"
	"testing"
)

func TestAMarkThatIsMadeDuringACleaningOutlivesIt(t *testing.T) {
	s, ctx := house(t), context.Background()
	unclean := func() bool {
		t.Helper()
		all, err := s.Secrets(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return all.Unclean
	}
	mark := func() {
		t.Helper()
		if err := s.writer.Exec("UPDATE secrets SET unclean = 1").Error; err != nil {
			t.Fatal(err)
		}
	}
	mark()
	own, dirty, err := s.markOwn(ctx)
	if err != nil || !dirty || !unclean() {
		t.Fatal(dirty, err)
	}
	mark() // somebody is erased while the file is written anew
	if err := s.unmark(ctx, own); !errors.Is(err, errUnswept) || !unclean() {
		t.Errorf("%v; the mark is there: %v", err, unclean())
	}
	if err := s.clean(ctx); err != nil || unclean() {
		t.Errorf("the next cleaning: %v; the mark is there: %v", err, unclean())
	}
	if _, dirty, err := s.markOwn(ctx); err != nil || dirty {
		t.Errorf("a clean file is marked: %v, %v", dirty, err)
	}
}
