// Package console is the transport of `themeday chat`: lines typed into a terminal in, what the bot says out.
// Whoever types says who speaks, and is believed: names are certain here.
package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"themeday"
	"themeday/bot"
)

// Transport reads `[群名] 姓名: 文字` and `(姓名): 文字`, a line each; \n in a text is a line break.
type Transport struct {
	In    io.Reader
	Out   io.Writer
	Now   bot.Clock
	Names func() (groups []string, people []string) // the groups and people of the house, for the directory

	mu sync.Mutex
	n  int
}

var (
	groupLine   = regexp.MustCompile(`^\[([^\]]+)\]\s*([^:：]+)[:：]\s*(.*)$`)
	privateLine = regexp.MustCompile(`^[(（]([^)）]+)[)）]\s*[:：]?\s*(.*)$`)
)

// Account is console.
func (t *Transport) Account() themeday.Account { return "console" }

// State is always online.
func (t *Transport) State() bot.State { return bot.Online }

// Directory shows every group and person of the house; the ids are the names and never change.
func (t *Transport) Directory() themeday.Directory {
	groups, people := t.Names()
	return directory{groups: groups, people: people}
}

// Run reads lines until the input or ctx ends. A line that is none is explained on the output.
func (t *Transport) Run(ctx context.Context, take func(context.Context, themeday.Message) error) error {
	lines := bufio.NewScanner(t.In)
	lines.Buffer(make([]byte, 64<<10), 1<<20)
	for lines.Scan() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m, err := t.message(line)
		if err != nil {
			fmt.Fprintln(t.Out, err) //nolint:errcheck // a terminal
			continue
		}
		if err := take(ctx, m); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the console: %w", err)
	}
	return nil
}

var errForm = errors.New("请这样写：[群名] 姓名: 文字，或 (姓名): 文字")

func (t *Transport) message(line string) (themeday.Message, error) {
	t.mu.Lock()
	t.n++
	n := t.n
	t.mu.Unlock()
	at := t.Now()
	m := themeday.Message{ID: themeday.MessageID(fmt.Sprintf("%d-%d", at.UnixNano(), n)), Account: t.Account(), At: at}
	name := ""
	if p := groupLine.FindStringSubmatch(line); p != nil {
		m.Group, name, m.Text = p[1], strings.TrimSpace(p[2]), p[3]
		m.Chat = themeday.ChatID("[" + p[1] + "]")
	} else if p := privateLine.FindStringSubmatch(line); p != nil {
		name, m.Text = strings.TrimSpace(p[1]), p[2]
		m.Chat = themeday.ChatID(name)
	} else {
		return m, errForm
	}
	m.Text = strings.ReplaceAll(m.Text, `\n`, "\n")
	m.From = friend(name)
	return m, nil
}

func friend(name string) themeday.Sighting {
	return themeday.Sighting{ID: themeday.SightingID(name), Card: name, Nick: name, Remark: name, Friend: true, Stable: true}
}

// Send prints what the bot says.
func (t *Transport) Send(_ context.Context, out bot.Outgoing) error {
	where := "[" + out.Name + "]"
	if out.Private {
		where = "(" + out.Name + ")"
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err := fmt.Fprintf(t.Out, "%s → %s %s\n", t.Now().Format("15:04"), where, strings.ReplaceAll(out.Text, "\n", "\n  "))
	for _, f := range out.Files {
		_, err = fmt.Fprintf(t.Out, "  〔文件 %s〕%s\n", f.Name, f.Path)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", bot.ErrUnknown, err)
	}
	return nil
}

type directory struct{ groups, people []string }

func (d directory) Session() string { return "console" }

func (d directory) Groups() []themeday.GroupSeen {
	var out []themeday.GroupSeen
	for _, g := range d.groups {
		out = append(out, themeday.GroupSeen{Chat: themeday.ChatID("[" + g + "]"), Name: g})
	}
	return out
}

func (d directory) Friends() []themeday.Sighting {
	var out []themeday.Sighting
	for _, p := range d.people {
		out = append(out, friend(p))
	}
	return out
}
