package themeday

import (
	"fmt"
	"slices"
)

// loadLeaders notes who is a leader: his own attendance and his visits are what the regulation asks for (R09, R10).
func (w *oddWatcher) loadLeaders() error {
	people, err := w.tx.People()
	w.leaders, w.came = map[PersonID]bool{}, map[ActivityID][]SignIn{}
	for _, p := range people {
		w.leaders[p.ID] = p.Liaison || p.Committee
	}
	return err
}

// twoPlaces: a leader signed in here, and in another branch whose activity went on at the same time. He may have gone from the one to the other.
func (w *oddWatcher) twoPlaces(i int) error {
	a := w.read[i].Activity
	here, err := w.leadersAt(a)
	if err != nil || len(here) == 0 {
		return err
	}
	for _, o := range w.read {
		if o.Branch == a.Branch || !a.BeginAt().Before(o.EndAt()) || !o.BeginAt().Before(a.EndAt()) {
			continue
		}
		there, err := w.leadersAt(o.Activity)
		if err != nil {
			return err
		}
		for _, s := range here {
			if k := slices.IndexFunc(there, func(x SignIn) bool { return x.Person == s.Person }); k >= 0 {
				w.odd(a, "同一位领导在两个支部同时签到", w.placed(a, s), w.placed(o.Activity, there[k]))
			}
		}
	}
	return nil
}

// placed says where and when a leader signed in: 第一支部3月（3月13日 14:00至18:00）高远14:02签到.
func (w *oddWatcher) placed(a Activity, s SignIn) string {
	return fmt.Sprintf("%s（%s至%s）%s%s签到", activityChinese(a.ID), w.clock(a.BeginAt()), w.desk.Local(a.EndAt()).Format("15:04"), w.names[s.Person], w.desk.Local(s.At).Format("15:04"))
}

// leadersAt are the sign-ins of leaders who were there themselves.
func (w *oddWatcher) leadersAt(a Activity) ([]SignIn, error) {
	if all, there := w.came[a.ID]; there {
		return all, nil
	}
	all, err := w.tx.SignIns(a.ID)
	w.came[a.ID] = slices.DeleteFunc(slices.Clone(all), func(s SignIn) bool { return !w.leaders[s.Person] || s.How == Remote })
	return w.came[a.ID], err
}
