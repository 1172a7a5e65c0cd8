package storage

import (
	"context"
	"errors"
	"testing"

	"themeday"
)

// look gives the names of the people and the topics of March, as the writer sees them.
func look(t *testing.T, s *Store) (people, topics []string) {
	t.Helper()
	update(t, s, func(tx themeday.Tx) error {
		all, err := tx.People()
		people = names(all)
		a, _, err2 := tx.Activity(march)
		topics = a.Topics
		return errors.Join(err, err2)
	})
	return people, topics
}

// rewrite adds somebody and gives March a topic.
func rewrite(tx themeday.Tx, name string) error {
	_, err := tx.AddPerson(themeday.Person{Name: name})
	a, _, err2 := tx.Activity(march)
	a.Topics = []string{name + "的题"}
	return errors.Join(err, err2, tx.PutActivity(a))
}

func TestWhatIsRememberedIsNotWhatWasTakenBack(t *testing.T) {
	s := house(t)
	look(t, s)
	failed := errors.New("taken back")
	err := s.Update(context.Background(), func(tx themeday.Tx) error {
		if err := rewrite(tx, "赵六"); err != nil {
			return err
		}
		people, err := tx.People()
		same(t, "people within the transaction", names(people), []string{"张三", "李四", "王强", "赵六"})
		return errors.Join(err, failed)
	})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	people, topics := look(t, s)
	same(t, "people", people, []string{"张三", "李四", "王强"})
	same(t, "topics", len(topics), 0)
	update(t, s, func(tx themeday.Tx) error {
		if err := tx.Nested(func(tx themeday.Tx) error { return errors.Join(rewrite(tx, "赵六"), failed) }); !errors.Is(err, failed) {
			return err
		}
		_, err := tx.People()
		return err
	})
	people, topics = look(t, s)
	same(t, "people after a nested one", people, []string{"张三", "李四", "王强"})
	same(t, "topics after a nested one", len(topics), 0)
}

func TestWhatAnotherProcessWritesIsSeen(t *testing.T) {
	s := house(t)
	look(t, s)
	other, err := Open(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	update(t, other, func(tx themeday.Tx) error { return rewrite(tx, "赵六") })
	people, topics := look(t, s)
	same(t, "people", people, []string{"张三", "李四", "王强", "赵六"})
	same(t, "topics", topics, []string{"赵六的题"})
}

func TestWhatIsRememberedIsNobodysToChange(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error { return rewrite(tx, "赵六") })
	update(t, s, func(tx themeday.Tx) error {
		people, err := tx.People()
		_ = append(people, themeday.Person{Name: "别人"}) // the lists of the house are shared; what is put behind one is not
		changes, err2 := tx.Changes(march)
		_ = append(changes, themeday.DateChange{})
		a, _, err3 := tx.Activity(march)
		a.Topics[0] = "别的"
		return errors.Join(err, err2, err3)
	})
	people, topics := look(t, s)
	same(t, "people", people, []string{"张三", "李四", "王强", "赵六"})
	same(t, "topics", topics, []string{"赵六的题"})
}
