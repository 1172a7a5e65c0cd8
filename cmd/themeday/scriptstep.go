package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

const stepForms = "write `[群] 名: text`, `(姓名): text`, wait, restart, relogin, repeat, rename, join, leave, offline or roster"

var (
	inPrivate  = regexp.MustCompile(`^[(（](.+?)[)）][ \t]*[:：](.*)$`)
	inGroup    = regexp.MustCompile(`^\[([^\]]+)\]([^:：]+)[:：](.*)$`)
	whoInGroup = regexp.MustCompile(`^\[([^\]]+)\](.+)$`)
)

// readStep reads what stands after the time of a line.
func readStep(what string) (ScriptStep, error) {
	switch what[0] {
	case '[':
		return readSpeech(inGroup.FindStringSubmatch(what), "`[群名] 群昵称: text`")
	case '(':
		return readPrivate(what)
	}
	if strings.HasPrefix(what, "（") {
		return readPrivate(what)
	}
	word, rest := cutBlank(what)
	rest = bare(rest)
	step := ScriptStep{Verb: StepVerb(word)}
	switch step.Verb {
	case Wait, Restart, Relogin, Repeat:
		if rest != "" {
			return step, fmt.Errorf("%s stands alone on its line: take %s away", word, quote(rest))
		}
		return step, nil
	case Offline:
		return readOffline(rest)
	case Join, Leave, Rename:
		return readMove(step, rest)
	case Import:
		if step.File = rest; rest == "" {
			return step, errors.New("roster names no file: write `roster FILE`, relative to the script")
		}
		return step, nil
	case "config":
		return step, errors.New("config has no time: move it to the beginning and take the time away")
	}
	return step, fmt.Errorf("%s is no step: %s", quote(word), stepForms)
}

func readPrivate(what string) (ScriptStep, error) {
	p := inPrivate.FindStringSubmatch(what)
	if p != nil {
		p = []string{p[0], "", p[1], p[2]}
	}
	return readSpeech(p, "`(姓名): text`")
}

// readSpeech makes the step of a message from its line, group, name and words; form is how it should have been written.
func readSpeech(p []string, form string) (ScriptStep, error) {
	step := ScriptStep{Verb: Say}
	if p == nil {
		return step, fmt.Errorf("a message without speaker or colon: write %s", form)
	}
	step.Group, step.Name = strings.TrimSpace(p[1]), strings.TrimSpace(p[2])
	words := strings.TrimLeft(p[3], " \t")
	switch {
	case step.Name == "" || step.Group == "" && p[1] != "":
		return step, fmt.Errorf("an empty name: write %s", form)
	case strings.TrimSpace(words) == "":
		return step, fmt.Errorf("%s says nothing: write %s, or wait", step.Name, form)
	}
	verb, rest := cutBlank(words)
	switch {
	case (verb == "图片" || verb == "文件") && rest != "":
		step.File, step.Image = rest, verb == "图片"
	case verb == "引用" && rest != "":
		step.Quoted, step.Text = true, unescape(rest)
	default:
		step.Text = unescape(words)
	}
	return step, nil
}

// unescape makes \n a line break and \\ a backslash; every other backslash stays as it is.
func unescape(s string) string { return strings.NewReplacer(`\\`, `\`, `\n`, "\n").Replace(s) }

// readMove reads whom a step lets join, leave or be renamed.
func readMove(step ScriptStep, rest string) (ScriptStep, error) {
	form := string(step.Verb) + " [群] 名"
	p := whoInGroup.FindStringSubmatch(rest)
	if p != nil {
		step.Group, step.Name = strings.TrimSpace(p[1]), strings.TrimSpace(p[2])
	}
	if step.Verb == Rename {
		form += " -> 新名"
		name, to, _ := strings.Cut(step.Name, "->")
		step.Name, step.To = strings.TrimSpace(name), strings.TrimSpace(to)
		if step.To == "" {
			return step, fmt.Errorf("%s does not say what the card becomes: write `%s`", quote(rest), form)
		}
	}
	if step.Group == "" || step.Name == "" {
		return step, fmt.Errorf("%s names no group or nobody in it: write `%s`", quote(rest), form)
	}
	return step, nil
}

func readOffline(rest string) (ScriptStep, error) {
	step := ScriptStep{Verb: Offline}
	days, part, err := readSpan(rest)
	if err != nil {
		return step, err
	}
	step.For = time.Duration(days)*24*time.Hour + part
	if step.For <= 0 || step.For > 30*24*time.Hour {
		return step, fmt.Errorf("out of reach for %s: write more than nothing and at most 30d", quote(rest))
	}
	return step, nil
}
