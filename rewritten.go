package themeday

import "slices"

// decidedLast is when the topics were set last before they were approved, and by whom: topics that came back and were set anew were decided
// anew (step ①). Without a trace of it, it is the first time.
func decidedLast(a Activity, entries []Entry) StepDone {
	decided, approved := a.Steps[Deciding-1], a.Steps[Approving-1].At
	if decided.At.IsZero() {
		return decided
	}
	for _, e := range entries {
		if e.Noun != nounActivity || !approved.IsZero() && e.Entered.After(approved) {
			continue
		}
		before, after, ok := bothOf[Activity](e)
		if ok && len(after.Topics) > 0 && (e.Verb == "主题" || !slices.Equal(before.Topics, after.Topics)) {
			decided = StepDone{At: e.Entered, By: e.By}
		}
	}
	return decided
}

// summedLast is when the summary that stands was written, and by whom.
func summedLast(a Activity, entries []Entry) StepDone {
	summed := a.Steps[Summing-1]
	for _, e := range entries {
		if e.Noun != nounActivity {
			continue
		}
		if before, after, ok := bothOf[Activity](e); ok && before.Summary != after.Summary && after.Summary == a.Summary {
			summed = StepDone{At: e.Entered, By: e.By}
		}
	}
	return summed
}
