package main

import (
	"fmt"
	"slices"
	"strings"

	"themeday"
	"themeday/commands/fold"
)

// alike notes different names of a roster that are easily taken for each other (王强 and 王強): the bot never does, people do.
func alike(r themeday.Roster) []string {
	names := map[string][]string{}
	var order []string
	for _, l := range r.Lines {
		look := fold.Skeleton(l.Name)
		if names[look] == nil {
			order = append(order, look)
		}
		if !slices.Contains(names[look], l.Name) {
			names[look] = append(names[look], l.Name)
		}
	}
	var notes []string
	for _, look := range order {
		if len(names[look]) > 1 {
			notes = append(notes, fmt.Sprintf("%s 看着相像，按不同的人处理；若是一人请改成一样的写法", strings.Join(names[look], "、")))
		}
	}
	return notes
}
