package storage

import (
	"errors"
	"testing"
	"time"

	"themeday"
)

func TestBindingsComeByTimeAndGoWithTheirPerson(t *testing.T) {
	s := house(t)
	bind := func(session string, id themeday.SightingID, p themeday.PersonID, l themeday.Level, after time.Duration) themeday.Binding {
		return themeday.Binding{Account: "wechat", Session: session, Sighting: id, Person: p, Level: l, Name: "某人", At: start.Add(after)}
	}
	a, b, c := bind("s1", "@a", zhang, themeday.Strong, 3), bind("s2", "@a", zhang, themeday.Certain, 1), bind("s1", "@b", li, themeday.Assumed, 2)
	foreign := a
	foreign.Account = "console"
	read := func(tx themeday.Tx) ([]themeday.Binding, error) { return tx.Bindings("wechat") }
	update(t, s, func(tx themeday.Tx) error {
		for _, x := range []themeday.Binding{a, b, c, foreign} {
			if err := tx.PutBinding(x); err != nil {
				return err
			}
		}
		return nil
	})
	same(t, "bindings", seen(t, s, read), []themeday.Binding{b, c, a})

	a.Level = themeday.Certain
	update(t, s, func(tx themeday.Tx) error { return tx.PutBinding(a) })
	same(t, "after one was raised", seen(t, s, read), []themeday.Binding{b, c, a})

	update(t, s, func(tx themeday.Tx) error { return tx.DropBindings("wechat", zhang) })
	same(t, "after 张三's were dropped", seen(t, s, read), []themeday.Binding{c})
	same(t, "on another account", seen(t, s, func(tx themeday.Tx) ([]themeday.Binding, error) { return tx.Bindings("console") }), []themeday.Binding{foreign})
}

func TestACodeIsFoundByItsHashAndNotedAsUsed(t *testing.T) {
	s := house(t)
	c := themeday.BindingCode{Hash: "5e88", Person: zhang, By: wang, Issued: start, Expires: start.Add(24 * time.Hour)}
	for _, used := range []time.Time{{}, start.Add(time.Minute)} {
		c.Used = used
		update(t, s, func(tx themeday.Tx) error {
			if err := tx.PutCode(c); err != nil {
				return err
			}
			got, ok, err := tx.Code("5e88")
			same(t, "code", []any{got, ok}, []any{c, true})
			return err
		})
	}
	update(t, s, func(tx themeday.Tx) error {
		_, ok, err := tx.Code("0000")
		same(t, "an unknown code is there", ok, false)
		return err
	})
}

func TestACodeCannotBeTriedOutByWhoHasTheFileAlone(t *testing.T) {
	s := reopened(t, house(t), keyNo(t, 1))
	c := themeday.BindingCode{Hash: "5e88", Person: zhang, By: wang, Issued: start, Expires: start.Add(24 * time.Hour)}
	update(t, s, func(tx themeday.Tx) error { return tx.PutCode(c) })
	same(t, "columns with its hash", holding(t, s, c.Hash), []string(nil))
	update(t, s, func(tx themeday.Tx) error {
		got, ok, err := tx.Code(c.Hash)
		same(t, "found", ok, true)
		got.Used = start
		return errors.Join(err, tx.PutCode(got))
	})
	all := seen(t, s, func(tx themeday.Tx) ([]themeday.BindingCode, error) { return tx.Codes(zhang) })
	same(t, "codes", len(all), 1)
	same(t, "used", all[0].Used.Equal(start), true)
	plain := reopened(t, s) // without its key it is not found
	update(t, plain, func(tx themeday.Tx) error {
		_, ok, err := tx.Code(c.Hash)
		same(t, "found without the key", ok, false)
		return err
	})
}

func TestTriesAreCountedByDayAndPerson(t *testing.T) {
	s := opened(t)
	monday := themeday.DateOf(start, time.UTC)
	tuesday := themeday.DateOf(start.AddDate(0, 0, 1), time.UTC)
	update(t, s, func(tx themeday.Tx) error {
		for _, c := range []struct {
			key  string
			on   themeday.Date
			want int
		}{{"@a", monday, 1}, {"@a", monday, 2}, {"@b", monday, 1}, {"@a", tuesday, 1}, {"@a", monday, 3}} {
			n, err := tx.CountTry(c.key, c.on)
			if err != nil {
				return err
			}
			if n != c.want {
				t.Errorf("try of %s on %v counts %d, want %d", c.key, c.on, n, c.want)
			}
		}
		return nil
	})
}

func TestWhatVouchesForAPersonIsListedAndDroppedOneByOne(t *testing.T) {
	s := house(t)
	a := themeday.Binding{Account: "console", Session: "s1", Sighting: "@a", Person: zhang, Level: themeday.Certain, At: start}
	b := themeday.Binding{Account: "wechat", Session: "s1", Sighting: "@a", Person: zhang, Level: themeday.Strong, At: start}
	others := themeday.Binding{Account: "wechat", Session: "s1", Sighting: "@l", Person: li, Level: themeday.Strong, At: start}
	first := themeday.BindingCode{Hash: "02", Person: zhang, By: wang, Issued: start, Expires: start.Add(time.Hour), Used: start.Add(time.Minute)}
	second := themeday.BindingCode{Hash: "01", Person: zhang, Issued: start.Add(time.Second), Expires: start.Add(time.Hour)}
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.PutBinding(b), tx.PutBinding(others), tx.PutBinding(a), tx.PutCode(second), tx.PutCode(first),
			tx.PutCode(themeday.BindingCode{Hash: "03", Person: li, Issued: start}))
	})
	read := func(tx themeday.Tx) ([]themeday.Binding, error) { return tx.BindingsOf(zhang) }
	same(t, "bindings", seen(t, s, read), []themeday.Binding{a, b})
	same(t, "codes", seen(t, s, func(tx themeday.Tx) ([]themeday.BindingCode, error) { return tx.Codes(zhang) }), []themeday.BindingCode{first, second})
	update(t, s, func(tx themeday.Tx) error { return tx.DropBinding(b) })
	same(t, "bindings after one was dropped", seen(t, s, read), []themeday.Binding{a})
	same(t, "another's", seen(t, s, func(tx themeday.Tx) ([]themeday.Binding, error) { return tx.Bindings("wechat") }), []themeday.Binding{others})
	update(t, s, func(tx themeday.Tx) error {
		day := themeday.DateOf(start, time.UTC)
		for _, want := range []int{0, 1} {
			if n, err := tx.Tries("k", day); err != nil || n != want {
				t.Errorf("%d tries, %v, want %d", n, err, want)
			}
			if _, err := tx.CountTry("k", day); err != nil {
				return err
			}
		}
		return nil
	})
}
