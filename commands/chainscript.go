package commands

import (
	"strings"

	"themeday"
	"themeday/commands/fold"
)

// inOurScript writes the names in a #接龙 as the roster has them, where somebody typed them in the other script: 吳十 for 吴十. What is itself
// a name of the branch stays.
func (c *Call) inOurScript(chain themeday.Chain) themeday.Chain {
	ours := map[string]bool{}
	var known []string
	for _, one := range append(themeday.BranchRoster{c.Actor}, c.Roster...) {
		for _, name := range []string{one.Name, themeday.CleanName(one.Card)} {
			if len([]rune(name)) > 1 && !ours[name] {
				ours[name] = true
				known = append(known, name)
			}
		}
	}
	items := make([]themeday.ChainItem, len(chain.Items))
	for i, item := range chain.Items {
		plain := fold.Simplify(item.Text)
		for _, name := range known {
			if !strings.Contains(item.Text, name) && strings.Contains(plain, fold.Simplify(name)) {
				item.Text = respell(item.Text, name, ours)
			}
		}
		items[i] = item
	}
	chain.Items = items
	return chain
}

// respell writes a name as given where a text has it in the other script.
func respell(text, name string, ours map[string]bool) string {
	letters, wanted, n := []rune(text), fold.Simplify(name), len([]rune(name))
	for i := 0; i+n <= len(letters); i++ {
		if said := string(letters[i : i+n]); !ours[said] && fold.Simplify(said) == wanted {
			return string(letters[:i]) + name + string(letters[i+n:])
		}
	}
	return text
}
