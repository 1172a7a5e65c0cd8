package commands

import (
	"strings"

	"themeday"
	"themeday/commands/fold"
)

// person cuts a name off the front and finds it on the roster.
func (c *Call) person() (themeday.Comrade, string, error) {
	name, rest := cutWord(c.Args)
	if name == "" {
		return themeday.Comrade{}, "", c.usage()
	}
	who, err := c.called(name)
	if err != nil {
		return who, rest, err
	}
	if second, _ := cutWord(rest); second != "" && c.names(second) {
		return who, rest, themeday.Refuse(themeday.Invalid, "", "一次只写一位同志，请分开发：%s", c.form())
	}
	return who, rest, nil
}

// called finds who is called so on the roster, written in either script.
func (c *Call) called(name string) (themeday.Comrade, error) {
	name = themeday.CleanName(name)
	who, err := c.Roster.Named(name)
	if err == nil || themeday.CodeOf(err) != themeday.NotFound {
		return who, err
	}
	var hits []themeday.Comrade
	for _, one := range c.Roster {
		if fold.Command(one.Name) == fold.Command(name) {
			hits = append(hits, one)
		}
	}
	if len(hits) == 1 {
		return hits[0], nil
	}
	return who, err
}

// usage is the refusal that shows how the command is typed.
func (c *Call) usage() error {
	return themeday.Refuse(themeday.Invalid, "", "请这样写：%s", c.form())
}

// form is the command as it is typed, for the month that was named or this one.
func (c *Call) form() string {
	m := c.Day(c.Message.At).MonthOf()
	if c.Month != nil {
		m = *c.Month
	}
	return strings.ReplaceAll(c.Command.Usage, "%s", m.Chinese())
}

// comma joins names for a sentence.
func names(cs []themeday.Comrade) string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = c.Name
	}
	return strings.Join(out, "、")
}
