package storage

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"themeday"
)

// The waiting posts that are remembered are those that stand in the database, whatever was written, taken back in part or as a whole.
func TestWaitingPostsAreThoseThatStandInTheDatabase(t *testing.T) {
	s := house(t)
	keys := []string{"k1", "k2", "k3", "k4"}
	states := []themeday.PostState{themeday.Waiting, themeday.Waiting, themeday.Sent, themeday.Dropped}
	failed := errors.New("taken back")
	write := func(r *rapid.T, tx themeday.Tx) error {
		p := themeday.Post{
			Key: rapid.SampledFrom(keys).Draw(r, "key"), Branch: first, Kind: themeday.Notice, To: themeday.ToGroup,
			State: rapid.SampledFrom(states).Draw(r, "state"), Due: start.Add(time.Duration(rapid.IntRange(0, 2).Draw(r, "due")) * time.Hour).Local(),
			Text: "通知",
		}
		return tx.PutPost(p)
	}
	rapid.Check(t, func(r *rapid.T) {
		err := s.Update(context.Background(), func(tx themeday.Tx) error {
			_, err := tx.PostsOf(first, themeday.Waiting)
			for range rapid.IntRange(0, 3).Draw(r, "writes") {
				err = errors.Join(err, write(r, tx))
			}
			nested := tx.Nested(func(tx themeday.Tx) error {
				err := write(r, tx)
				if rapid.Bool().Draw(r, "nested fails") {
					return failed
				}
				return err
			})
			if nested != nil && !errors.Is(nested, failed) {
				return nested
			}
			_, again := tx.PostsOf(first, themeday.Waiting)
			if rapid.Bool().Draw(r, "fails") {
				return failed
			}
			return errors.Join(err, again)
		})
		if err != nil && !errors.Is(err, failed) {
			t.Fatal(err)
		}
		var remembered []themeday.Post
		update(t, s, func(tx themeday.Tx) (err error) {
			remembered, err = tx.PostsOf(first, themeday.Waiting)
			return err
		})
		stored := seen(t, s, func(tx themeday.Tx) ([]themeday.Post, error) { return tx.PostsOf(first, themeday.Waiting) })
		if !slices.Equal(remembered, stored) {
			r.Fatalf("remembered %v, stored %v", remembered, stored)
		}
	})
}

func TestAnInstantIsReadAsTimeParseDoes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		said := time.Unix(rapid.Int64Range(-1e10, 1e11).Draw(r, "seconds"), rapid.Int64Range(0, 999999999).Draw(r, "nanoseconds")).UTC()
		text := atText(said)
		if got, err := instant(text); err != nil || !got.Equal(said) || got.Location() != time.UTC {
			r.Fatalf("%s read as %v, %v", text, got, err)
		}
		spoilt := []byte(text)
		spoilt[rapid.IntRange(0, len(spoilt)-1).Draw(r, "where")] = rapid.Byte().Draw(r, "what")
		got, err := instant(string(spoilt))
		want, wantErr := time.Parse(instantLayout, string(spoilt))
		if !got.Equal(want) || (err == nil) != (wantErr == nil) {
			r.Fatalf("%q read as %v, %v; time.Parse says %v, %v", spoilt, got, err, want, wantErr)
		}
	})
}
