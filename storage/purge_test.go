package storage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

// fresh is an activity whose facts are not past their time, when those of march are.
const fresh themeday.ActivityID = "第一支部/2029-02"

// The pictures, by their ids.
var note0a, note0b, note0c = strings.Repeat("0a", 32), strings.Repeat("0b", 32), strings.Repeat("0c", 32)

// threeYearsOn is when everything about march is past its time.
var threeYearsOn = start.AddDate(3, 1, 0)

// aged is a house where of every kind something is old, with a marked word, and something is not. It gives the folder of pictures too.
func aged(t *testing.T) (*Store, Album) {
	t.Helper()
	s := house(t)
	album := s.Album(filepath.Join(t.TempDir(), "pictures"))
	if err := errors.Join(album.write(note0a, []byte("note")), album.write(note0b, []byte("photo too")), album.write(note0c, []byte("study"))); err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx themeday.Tx) error {
		now := threeYearsOn.AddDate(0, 0, -3)
		errs := []error{tx.PutActivity(themeday.Activity{ID: fresh, Branch: first, Month: themeday.YearMonth{Year: 2029, Month: 2}})}
		do := func(all ...error) { errs = append(errs, all...) }
		for i, at := range []time.Time{start, now} {
			word, activity := "旧", march
			if i == 1 {
				word, activity = "新", fresh
			}
			m := themeday.Message{ID: themeday.MessageID(word + "消息"), Account: "wechat", Chat: "@@g", At: at}
			_, took := tx.TakeMessage(m)
			_, tried := tx.CountTry(word+"试", themeday.DateOf(at, time.UTC))
			do(took, tried,
				tx.PutCode(themeday.BindingCode{Hash: word + "码", Person: zhang, Issued: at, Expires: at.AddDate(0, 0, 1)}),
				tx.PutBinding(themeday.Binding{Account: "wechat", Session: word, Sighting: "@" + themeday.SightingID(word), Person: zhang, Name: "张三", Nick: word + "昵称", At: at}),
				tx.PutPost(themeday.Post{Key: word + "发", To: themeday.ToGroup, Branch: first, State: themeday.Sent, Due: at, SentAt: at, Text: word + "正文"}),
				tx.PutPost(themeday.Post{Key: word + "弃", To: themeday.ToGroup, Branch: first, State: themeday.Dropped, Due: at, Planned: at, Expires: at.AddDate(0, 0, 1)}),
				tx.PutPost(themeday.Post{Key: word + "待", To: themeday.ToGroup, Branch: first, State: themeday.Waiting, Due: at}),
				tx.PutLeave(themeday.Leave{Activity: activity, Person: zhang, At: at, Reason: word + "事由", Picture: note0a, State: themeday.LeaveGranted, Decided: at, By: wang}),
				tx.PutLeave(themeday.Leave{Activity: activity, Person: li, At: at, Reason: word + "事由二", State: themeday.LeaveRefused, Refusal: word + "不准", Decided: at, By: wang}),
				tx.PutMakeup(themeday.Makeup{Activity: activity, Person: zhang, State: themeday.MakeupConfirmed, Text: word + "体会", Picture: note0c, Why: word + "退回"}),
				tx.PutMakeup(themeday.Makeup{Activity: activity, Person: li, State: themeday.MakeupHanded, Text: word + "待看"}),
				tx.AddEntry(themeday.Entry{Entered: at, By: wang, Verb: "补学", Branch: first, Activity: activity, Noun: "makeup", Key: string(activity) + "/1", After: []byte(`{"Why":"` + word + `退回"}`)}),
				tx.AddEntry(themeday.Entry{Entered: at, By: wang, Verb: "补学", Branch: first, Activity: activity, Noun: "makeup", Key: string(activity) + "/1", After: []byte(`{"State":"` + word + `确认"}`)}),
				tx.AddEntry(themeday.Entry{Entered: at, By: zhang, Verb: "审定", Branch: first, Noun: "refused", Key: "1/" + word, After: []byte(`{"Rule":"` + word + `拒"}`)}),
				tx.AddLook(themeday.Look{At: at, By: wang, Branch: first, Year: at.Year(), Activity: activity, Person: zhang, What: word + "看"}),
				tx.PutPicture(themeday.Picture{Activity: activity, ID: note0a, Person: zhang, Use: "leave", At: at}),
				tx.PutPicture(themeday.Picture{Activity: activity, ID: note0c, Person: zhang, Use: "makeup", At: at}))
		}
		do(tx.PutPicture(themeday.Picture{Activity: march, ID: note0b, Person: zhang, Use: "leave", At: start}),
			tx.PutPicture(themeday.Picture{Activity: march, ID: note0b, Person: zhang, Use: "activity", At: start}))
		return errors.Join(errs...)
	})
	return s, album
}

// words are the marked words that were anywhere in the file. The hash of an expired code names its seal, and stays there.
var words = []string{"消息", "试", "昵称", "正文", "弃", "事由", "不准", "体会", "退回", "拒", "看"}

// purgeAll purges in steps until nothing is left.
func purgeAll(t *testing.T, s *Store, album Album, most, steps int) []themeday.Purged {
	t.Helper()
	var all []themeday.Purged
	for i := 0; i < steps; i++ {
		var some []themeday.Purged
		update(t, s, func(tx themeday.Tx) (err error) {
			some, err = desk().Purge(tx, themeday.Cause{By: themeday.Bot, At: threeYearsOn, Verb: "purge"}, themeday.DefaultRetention(), most, album.Drop)
			return err
		})
		if len(some) == 0 {
			return all
		}
		all = themeday.AddPurged(all, some)
	}
	return all
}

func upTo(days int) themeday.Date { return desk().Day(threeYearsOn).AddDays(-days - 1) }

// purgedOnce is what is past its time in aged.
var purgedOnce = []themeday.Purged{
	{Kind: themeday.PurgeMessages, Upto: upTo(30), Count: 1},
	{Kind: themeday.PurgeCodes, Upto: upTo(30), Count: 2},
	{Kind: themeday.PurgeBindings, Upto: upTo(365), Count: 1},
	{Kind: themeday.PurgePosts, Upto: upTo(730), Count: 1},
	{Kind: themeday.PurgeDropped, Upto: upTo(730), Count: 1},
	{Kind: themeday.PurgeReasons, Upto: upTo(730), Count: 2 + 2},
	{Kind: themeday.PurgeMakeups, Upto: upTo(730), Count: 1 + 1 + 1},
	{Kind: themeday.PurgeRefused, Upto: upTo(365), Count: 1},
	{Kind: themeday.PurgeLooks, Upto: upTo(1095), Count: 1},
}

func TestWhatIsPastItsTimeStandsNowhereAndTheChainHolds(t *testing.T) {
	for _, most := range []int{1, 2, 1000} {
		s, album := aged(t)
		due := seen(t, s, func(tx themeday.Tx) ([]themeday.Purged, error) {
			return desk().Purgeable(tx, themeday.DefaultRetention(), threeYearsOn)
		})
		got := purgeAll(t, s, album, most, 100)
		if !reflect.DeepEqual(due, purgedOnce) || !reflect.DeepEqual(got, purgedOnce) {
			t.Errorf("in steps of %d: counted\n%+v, purged\n%+v, want\n%+v", most, due, got, purgedOnce)
		}
		if err := s.Clear(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if n := stands(t, s, "旧"+word); n != 0 {
				t.Errorf("旧%s stands %d times in the file, in %v", word, n, holding(t, s, "旧"+word))
			}
			if n := stands(t, s, "新"+word); n == 0 {
				t.Errorf("新%s is gone", word)
			}
		}
		if v := verdict(t, s.Path()); v.Bad != nil || v.Erased != 2 {
			t.Errorf("%+v %+v", v, v.Bad)
		}
		entries := seen(t, s, func(tx themeday.Tx) ([]themeday.Entry, error) { return tx.EntriesAbout("purge", "") })
		if most == 1000 && len(entries) != 1 || len(entries) == 0 || entries[0].By != themeday.Bot {
			t.Errorf("entries of the purge: %+v", entries)
		}
		if again := purgeAll(t, s, album, most, 1); again != nil {
			t.Errorf("purged again: %+v", again)
		}
	}
}

func TestTheFactsThatTheRegulationAsksForStay(t *testing.T) {
	s, album := aged(t)
	purgeAll(t, s, album, 1000, 10)
	leaves := seen(t, s, func(tx themeday.Tx) ([]themeday.Leave, error) { return tx.Leaves(march) })
	if len(leaves) != 2 || leaves[0].State != themeday.LeaveGranted || leaves[0].By != wang || !leaves[0].At.Equal(start) || !leaves[0].NoLongerKept() ||
		leaves[1].State != themeday.LeaveRefused || leaves[1].Refusal != "" {
		t.Errorf("%+v", leaves)
	}
	makeups := seen(t, s, func(tx themeday.Tx) ([]themeday.Makeup, error) { return tx.Makeups(march) })
	if len(makeups) != 2 || makeups[0].State != themeday.MakeupConfirmed || makeups[0].Text != "" || makeups[1].Text != "旧待看" {
		t.Errorf("%+v", makeups)
	}
	sent, there, err := postOf(t, s, "旧发")
	if !there || err != nil || sent.State != themeday.Sent || !sent.SentAt.Equal(start) || sent.Text != "" {
		t.Errorf("a post that was sent: %+v", sent)
	}
	if waiting, there, _ := postOf(t, s, "旧待"); !there || waiting.State != themeday.Waiting {
		t.Error("a post that waits is gone")
	}
	for id, want := range map[string]bool{note0a: true, note0b: true, note0c: true} { // the first and the last are used for a fresh activity too, the other for a photo
		if _, err := read(filepath.Join(album.Dir, id)); (err == nil) != want {
			t.Errorf("picture %s: %v", id, err)
		}
	}
}

func postOf(t *testing.T, s *Store, key string) (p themeday.Post, there bool, err error) {
	t.Helper()
	err = s.View(context.Background(), func(tx themeday.Tx) (err error) {
		p, there, err = tx.Post(key)
		return err
	})
	return p, there, err
}

func TestAPictureThatNothingUsesAnyMoreGoesWithItsUse(t *testing.T) {
	s, album := aged(t)
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.DeletePicture(themeday.Picture{Activity: fresh, ID: note0a, Person: zhang, Use: "leave"}),
			tx.DeletePicture(themeday.Picture{Activity: fresh, ID: note0c, Person: zhang, Use: "makeup"}))
	})
	if err := album.Drop(note0c); err != nil { // killed between the file and the commit
		t.Fatal(err)
	}
	purgeAll(t, s, album, 1000, 10)
	left, err := filepath.Glob(filepath.Join(album.Dir, "*"))
	if err != nil || len(left) != 1 || filepath.Base(left[0]) != note0b {
		t.Errorf("left: %v %v", left, err)
	}
}

func TestAPurgeThatWasKilledHalfWayGoesOn(t *testing.T) {
	s, album := aged(t)
	done := purgeAll(t, s, album, 2, 3)
	path := s.Path()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, path); v.Bad != nil {
		t.Error("half way the chain does not hold:", v.Bad.What)
	}
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	album.store = s
	failed := errors.New("the disk is full")
	err = s.Update(context.Background(), func(tx themeday.Tx) error {
		_, err := desk().Purge(tx, themeday.Cause{At: threeYearsOn}, themeday.DefaultRetention(), 1000, func(string) error { return failed })
		return errors.Join(err, failed)
	})
	if !errors.Is(err, failed) {
		t.Error(err)
	}
	if all := themeday.AddPurged(done, purgeAll(t, s, album, 1000, 10)); !reflect.DeepEqual(all, purgedOnce) {
		t.Errorf("%+v", all)
	}
	at, what, there, err := func() (at time.Time, what []themeday.Purged, there bool, err error) {
		err = s.View(context.Background(), func(tx themeday.Tx) error {
			at, what, there, err = desk().LastPurge(tx)
			return err
		})
		return at, what, there, err
	}()
	if !there || err != nil || !at.Equal(threeYearsOn) || !reflect.DeepEqual(what, purgedOnce) {
		t.Errorf("the ledger tells of %+v at %v (%v)", what, at, err)
	}
}

func TestOfEverybodyTheLastSessionIsRemembered(t *testing.T) {
	s := house(t)
	old := func(session, sighting string, who themeday.PersonID, days int) themeday.Binding {
		return themeday.Binding{Account: "wechat", Session: session, Sighting: themeday.SightingID(sighting), Person: who, Name: fmt.Sprint(who), Nick: sighting, At: start.AddDate(0, 0, days)}
	}
	update(t, s, func(tx themeday.Tx) error {
		var errs []error
		for _, b := range []themeday.Binding{
			old("s1", "@a", zhang, 0), old("s2", "@b", zhang, 1), old("s2", "@c", zhang, 2), // 张三 was seen twice in s2
			old("s1", "@d", li, 0), // 李四 never again
			old("s1", "@e", wang, 0), old("s3", "@f", wang, 1000),
			{Account: "console", Session: "s1", Sighting: "张三", Person: zhang, At: start},
		} {
			errs = append(errs, tx.PutBinding(b))
		}
		return errors.Join(errs...)
	})
	purgeAll(t, s, s.Album(t.TempDir()), 1000, 10)
	var left []string
	for _, b := range slices.Concat(seen(t, s, func(tx themeday.Tx) ([]themeday.Binding, error) { return tx.Bindings("wechat") }),
		seen(t, s, func(tx themeday.Tx) ([]themeday.Binding, error) { return tx.Bindings("console") })) {
		left = append(left, string(b.Sighting))
	}
	same(t, "bindings", left, []string{"@d", "@b", "@c", "@f", "张三"})
	if v := verdict(t, s.Path()); v.Bad != nil {
		t.Error(v.Bad.What)
	}
}

func TestAPostThatWasDroppedKeepsItsKeyUntilItCannotBePlannedAgain(t *testing.T) {
	s := house(t)
	old := start
	update(t, s, func(tx themeday.Tx) error {
		late := threeYearsOn
		var errs []error
		for _, p := range []themeday.Post{
			{Key: "gone", State: themeday.Dropped, Due: old, Planned: old, Expires: old},
			{Key: "expires later", State: themeday.Dropped, Due: old, Planned: old, Expires: late},
			{Key: "was put off", State: themeday.Dropped, Due: late, Planned: old, Expires: old},
			{Key: "may have gone out", State: themeday.Dropped, Due: old, SentAt: old},
			{Key: "went out in part", State: themeday.Dropped, Due: old, Said: 1},
			{Key: "sent", State: themeday.Sent, Due: old},
			{Key: "failed", State: themeday.Failed, Due: old},
			{Key: "unknown", State: themeday.Unknown, Due: old},
		} {
			p.To = themeday.ToGroup
			errs = append(errs, tx.PutPost(p))
		}
		return errors.Join(errs...)
	})
	purgeAll(t, s, s.Album(t.TempDir()), 1000, 10)
	left := seen(t, s, func(tx themeday.Tx) (map[string]themeday.Post, error) {
		return tx.PostsByKey([]string{"gone", "expires later", "was put off", "may have gone out", "went out in part", "sent", "failed", "unknown"})
	})
	if _, there := left["gone"]; there || len(left) != 7 {
		t.Errorf("left: %v", left)
	}
}

func TestAReasonWhoseKeyIsLostIsPurgedAllTheSame(t *testing.T) {
	s := house(t)
	s.UseKeys(Key{1})
	update(t, s, func(tx themeday.Tx) error {
		return tx.PutLeave(themeday.Leave{Activity: march, Person: zhang, At: start, Reason: "膝盖手术", State: themeday.LeaveGranted})
	})
	s.UseKeys(Key{2})
	if got := purgeAll(t, s, s.Album(t.TempDir()), 1000, 10); len(got) != 1 || got[0].Kind != themeday.PurgeReasons {
		t.Errorf("%+v", got)
	}
	have, err := s.Secrets(context.Background())
	if err != nil || have.Sealed != 0 || !have.Unclean {
		t.Errorf("%+v %v", have, err)
	}
}
