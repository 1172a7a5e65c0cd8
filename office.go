package themeday

import (
	"slices"
	"strings"
)

// Office is what somebody does in his branch or above the branches (职务).
type Office string

// The offices of the roster. Committee and Liaison stand above the branches, the others belong to one.
const (
	Secretary       Office = "书记"
	Deputy          Office = "副书记"
	CommitteeMember Office = "支委"
	Recorder        Office = "记录员"
	Member          Office = "党员"
	Committee       Office = "机关党委"
	Liaison         Office = "联系领导"
)

// offices are all of them, in the order in which they are offered.
var offices = Offices{Secretary, Deputy, CommitteeMember, Recorder, Member, Committee, Liaison}

// Offices are the offices of one person in one branch, in the order of the sheet.
type Offices []Office

// Has tells whether an office is among them.
func (o Offices) Has(x Office) bool { return slices.Contains(o, x) }

// any tells whether one of them is more than membership.
func (o Offices) any() bool {
	return slices.ContainsFunc(o, func(x Office) bool { return x != Member })
}

// String joins them with 、 as they stand in the sheet.
func (o Offices) String() string {
	words := make([]string, len(o))
	for i, x := range o {
		words[i] = string(x)
	}
	return strings.Join(words, "、")
}

// aboveBranches tells whether somebody holds only offices above the branches, so that he need not belong to one.
func (o Offices) aboveBranches() bool {
	return len(o) > 0 && !slices.ContainsFunc(o, func(x Office) bool { return x != Committee && x != Liaison })
}

// readOffices reads the offices of a cell; unknown is the first word that is none, or empty.
func readOffices(cell string) (found Offices, unknown string) {
	for _, word := range strings.FieldsFunc(cell, betweenOffices) {
		office := Office(sheetWord(word))
		if office == "支部委员" {
			office = CommitteeMember
		}
		switch {
		case !offices.Has(office):
			return nil, word
		case !found.Has(office):
			found = append(found, office)
		}
	}
	return found, ""
}

func betweenOffices(r rune) bool { return strings.ContainsRune("、,，;；/／ \u3000\n", r) }
