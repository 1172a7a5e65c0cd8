package storage

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"themeday"
)

var errNo = errors.New("no")

func add(tx themeday.Tx, name string) error {
	_, err := tx.AddPerson(themeday.Person{Name: name})
	return err
}

func TestAnUpdateThatFailsLeavesNothing(t *testing.T) {
	s := opened(t)
	err := s.Update(context.Background(), func(tx themeday.Tx) error { return errors.Join(add(tx, "张三"), errNo) })
	if !errors.Is(err, errNo) {
		t.Errorf("got %v, want the error of the use case", err)
	}
	same(t, "people", names(seen(t, s, themeday.Tx.People)), []string(nil))
}

func TestAnUpdateThatPanicsLeavesNothingAndGoesOnPanicking(t *testing.T) {
	s := opened(t)
	func() {
		defer func() { same(t, "panic", recover(), "oops") }()
		s.Update(context.Background(), func(tx themeday.Tx) error {
			if err := add(tx, "张三"); err != nil {
				return err
			}
			panic("oops")
		})
	}()
	same(t, "people", names(seen(t, s, themeday.Tx.People)), []string(nil))
	update(t, s, func(tx themeday.Tx) error { return add(tx, "李四") })
}

func TestANestedFailureTakesBackItsOwnAndKeepsTheRest(t *testing.T) {
	s := opened(t)
	update(t, s, func(tx themeday.Tx) error {
		if err := add(tx, "before"); err != nil {
			return err
		}
		failed := tx.Nested(func(tx themeday.Tx) error {
			inner := tx.Nested(func(tx themeday.Tx) error { return add(tx, "kept within what is taken back") })
			return errors.Join(add(tx, "taken back"), inner, errNo)
		})
		if !errors.Is(failed, errNo) || !strings.HasSuffix(failed.Error(), "no") {
			t.Errorf("got %v, want the error of the nested part", failed)
		}
		kept := tx.Nested(func(tx themeday.Tx) error {
			if tx.Nested(func(tx themeday.Tx) error { return errors.Join(add(tx, "deep"), errNo) }) == nil {
				t.Error("a failure deep inside was lost")
			}
			return add(tx, "nested")
		})
		return errors.Join(kept, add(tx, "after"))
	})
	same(t, "people", names(seen(t, s, themeday.Tx.People)), []string{"before", "nested", "after"})
}

func TestANestedPanicThatIsCaughtTakesBackItsOwn(t *testing.T) {
	s := opened(t)
	update(t, s, func(tx themeday.Tx) error {
		func() {
			defer func() { same(t, "panic", recover(), "oops") }()
			tx.Nested(func(tx themeday.Tx) error {
				if err := add(tx, "taken back"); err != nil {
					return err
				}
				panic("oops")
			})
		}()
		return add(tx, "after")
	})
	same(t, "people", names(seen(t, s, themeday.Tx.People)), []string{"after"})
}

func TestAViewRefusesToWriteAndReads(t *testing.T) {
	s := house(t)
	for what, write := range map[string]func(themeday.Tx) error{
		"add":    func(tx themeday.Tx) error { return add(tx, "陌生人") },
		"put":    func(tx themeday.Tx) error { return tx.PutBranch(themeday.Branch{ID: "第三支部"}) },
		"delete": func(tx themeday.Tx) error { return tx.DeleteSignIn(march, zhang) },
		"vote":   func(tx themeday.Tx) error { _, err := tx.Vote(march, zhang); return err },
		"nested": func(tx themeday.Tx) error {
			return tx.Nested(func(tx themeday.Tx) error { return add(tx, "陌生人") })
		},
	} {
		if err := s.View(context.Background(), write); !errors.Is(err, ErrViewOnly) {
			t.Errorf("%s in a View: %v", what, err)
		}
	}
	same(t, "people", names(seen(t, s, themeday.Tx.People)), []string{"张三", "李四", "王强"})
}

func TestAViewKeepsItsPictureWhileOthersWrite(t *testing.T) {
	s := house(t)
	seen(t, s, func(tx themeday.Tx) (int, error) {
		before, err := tx.People()
		if err != nil {
			return 0, err
		}
		update(t, s, func(tx themeday.Tx) error { return add(tx, "新人") })
		after, err := tx.People()
		same(t, "people", names(after), names(before))
		return 0, err
	})
	same(t, "people later", names(seen(t, s, themeday.Tx.People)), []string{"张三", "李四", "王强", "新人"})
}

func TestUpdatesOfSeveralAtOnceComeOneAfterTheOther(t *testing.T) {
	s := opened(t)
	other, err := Open(s.Path()) // another program on the same file
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	day := themeday.DateOf(start, start.Location())
	done := make(chan error)
	for _, store := range []*Store{s, s, other, other} {
		go func() {
			var errs []error
			for range 25 {
				errs = append(errs, store.Update(context.Background(), func(tx themeday.Tx) error { _, err := tx.CountTry("k", day); return err }))
			}
			done <- errors.Join(errs...)
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	update(t, s, func(tx themeday.Tx) error {
		n, err := tx.CountTry("k", day)
		same(t, "tries", n, 101)
		return err
	})
}

func TestAnUpdateWhoseCallerGaveUpWritesNothing(t *testing.T) {
	s := opened(t)
	var ctx context.Context
	for range 200 { // the roll-back of database/sql comes before the commit in some rounds, after it in others
		var giveUp context.CancelFunc
		ctx, giveUp = context.WithCancel(context.Background())
		err := s.Update(ctx, func(tx themeday.Tx) error {
			err := add(tx, "张三")
			giveUp()
			for range 50 {
				runtime.Gosched()
			}
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("given up in the middle: %v", err)
		}
	}
	if err := s.Update(ctx, func(tx themeday.Tx) error { return add(tx, "李四") }); !errors.Is(err, context.Canceled) {
		t.Errorf("given up before: %v", err)
	}
	update(t, s, func(tx themeday.Tx) error { return add(tx, "王强") })
	same(t, "people", names(seen(t, s, themeday.Tx.People)), []string{"王强"})
}

func TestACommitThatIsRefusedLeavesNothingAndTheStoreGoesOn(t *testing.T) {
	s := house(t)
	err := s.Update(context.Background(), func(tx themeday.Tx) error {
		return errors.Join(add(tx, "陌生人"), tx.PutSignIn(themeday.SignIn{Activity: "第九支部/2026-03", Person: zhang, At: start}))
	})
	if err == nil || !strings.Contains(err.Error(), "a branch, person or activity that is not recorded") {
		t.Errorf("a sign-in to an activity that is not there: %v", err)
	}
	update(t, s, func(tx themeday.Tx) error { return add(tx, "新人") })
	same(t, "people", names(seen(t, s, themeday.Tx.People)), []string{"张三", "李四", "王强", "新人"})
}

func TestFactsMayBeWrittenBeforeWhatTheyReferTo(t *testing.T) {
	s := house(t)
	const april = themeday.ActivityID("第一支部/2026-04")
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(
			tx.PutChange(themeday.DateChange{Activity: april, Version: 1, To: start.AddDate(0, 1, 0), Why: "场地"}),
			tx.PutActivity(themeday.Activity{ID: april, Branch: first, Month: themeday.YearMonth{Year: 2026, Month: 4}}))
	})
}

func TestATransactionIsNotUsedAfterItsEnd(t *testing.T) {
	s := opened(t)
	var kept themeday.Tx
	update(t, s, func(tx themeday.Tx) error { kept = tx; return nil })
	if _, err := kept.People(); !errors.Is(err, ErrTxOver) {
		t.Errorf("got %v, want %v", err, ErrTxOver)
	}
}

func TestALockedDatabaseSaysSo(t *testing.T) {
	s := opened(t)
	impatient := map[string][]string{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(20)"}}
	update(t, s, func(themeday.Tx) error {
		db, err := connect(s.Path(), impatient, 1)
		if err != nil {
			return err
		}
		other := &Store{path: s.Path(), writer: db, turn: make(chan struct{}, 1)}
		defer other.Close()
		if err := other.Update(context.Background(), func(themeday.Tx) error { return nil }); !errors.Is(err, ErrLocked) {
			t.Errorf("got %v, want %v", err, ErrLocked)
		}
		return nil
	})
}

func TestErrorsTellWhatWasDoneAndNoValue(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		b := themeday.Ballot{Activity: march, Key: "k1", Remark: "秘密"}
		if err := tx.AddBallot(b); err != nil {
			return err
		}
		err := tx.Nested(func(tx themeday.Tx) error { return tx.AddBallot(b) })
		if err == nil || !strings.HasPrefix(err.Error(), "write ballots: ") || strings.Contains(err.Error(), "秘密") {
			t.Errorf("the same key a second time: %v", err)
		}
		if err := tx.Nested(func(tx themeday.Tx) error { return tx.PutPerson(themeday.Person{Name: "无号"}) }); err == nil {
			t.Error("a person without an id was put")
		}
		return nil
	})
}
