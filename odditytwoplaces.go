package themeday

import (
	"fmt"
	"slices"
	"strings"
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

// twoPlaces: somebody signed in here, and in another branch whose activity went on at the same time. He may have gone from the one to the other.
// Each leader is a question of his own; members of the same two branches are one.
func (w *oddWatcher) twoPlaces(i int) error {
	a := w.read[i].Activity
	here, err := w.thereAt(a)
	if err != nil || len(here) == 0 {
		return err
	}
	for _, o := range w.read {
		if o.Branch == a.Branch || !a.BeginAt().Before(o.EndAt()) || !o.BeginAt().Before(a.EndAt()) {
			continue
		}
		there, err := w.thereAt(o.Activity)
		if err != nil {
			return err
		}
		var members, others []SignIn
		for _, s := range here {
			k := slices.IndexFunc(there, func(x SignIn) bool { return x.Person == s.Person })
			switch {
			case k < 0:
			case w.leaders[s.Person]:
				w.odd(a, "同一位领导在两个支部同时签到", w.placed(a, s), w.placed(o.Activity, there[k]))
			default:
				members, others = append(members, s), append(others, there[k])
			}
		}
		if len(members) > 0 {
			w.odd(a, "同一位同志在两个支部同时签到", w.placed(a, members...), w.placed(o.Activity, others...))
		}
	}
	return nil
}

// oddNames is how many people a question names.
const oddNames = 5

// placed says where and when some signed in: 第一支部3月（3月13日 14:00至18:00）高远14:02签到.
func (w *oddWatcher) placed(a Activity, all ...SignIn) string {
	var who []string
	for i, s := range all {
		if i == oddNames {
			who = append(who, fmt.Sprintf("等%d位", len(all)))
			break
		}
		who = append(who, w.names[s.Person]+w.desk.Local(s.At).Format("15:04"))
	}
	return fmt.Sprintf("%s（%s至%s）%s签到", activityChinese(a.ID), w.clock(a.BeginAt()), w.desk.Local(a.EndAt()).Format("15:04"), strings.Join(who, "、"))
}

// thereAt are the sign-ins of those who were there themselves.
func (w *oddWatcher) thereAt(a Activity) ([]SignIn, error) {
	if all, there := w.came[a.ID]; there {
		return all, nil
	}
	all, err := w.tx.SignIns(a.ID)
	w.came[a.ID] = slices.DeleteFunc(slices.Clone(all), func(s SignIn) bool { return s.How == Remote })
	return w.came[a.ID], err
}
