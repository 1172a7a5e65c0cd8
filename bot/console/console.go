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
	"time"

	"themeday"
	"themeday/bot"
)

// Transport reads `[群名] 姓名: 文字` and `(姓名): 文字`, a line each; \n in a text is a line break.
type Transport struct {
	In    io.Reader
	Out   io.Writer
	Now   bot.Clock
	Zone  *time.Location                            // of the times that are shown; nil: the clock's
	Names func() (groups []string, people []string) // the groups and people of the house, for the directory

	mu sync.Mutex
	n  int
}

var _ bot.Transport = (*Transport)(nil)

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

// Run reads lines until the input or ctx ends, or take fails: nothing could deliver the line again but whoever typed it.
// A line that is none is explained on the output; an empty one and one that begins with # are passed over.
func (t *Transport) Run(ctx context.Context, take func(context.Context, themeday.Message) error) error {
	in := bufio.NewReaderSize(t.In, 64<<10)
	for number := 1; ; number++ {
		typed, long, err := readLine(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the console: %w", err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if long {
			if err := t.print(tooLong); err != nil {
				return err
			}
			continue
		}
		line := strings.TrimSpace(strings.TrimPrefix(typed, "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m, err := t.message(line)
		if err != nil {
			if err := t.print(err.Error()); err != nil {
				return err
			}
			continue
		}
		if err := take(ctx, m); err != nil {
			return fmt.Errorf("line %d of the input was not taken, and none behind it was read: give them again from that line on when this is mended: %w", number, err)
		}
	}
}

const (
	longest = 1 << 20 // bytes of a line
	tooLong = "这一行超过1兆，没有收，请分几条发"
)

// readLine reads a line, the last one with or without its end; of one that is too long nothing is kept. io.EOF comes alone.
func readLine(in *bufio.Reader) (line string, long bool, err error) {
	var kept []byte
	for {
		piece, err := in.ReadSlice('\n')
		if long = long || len(kept)+len(piece) > longest; long {
			kept = nil
		} else {
			kept = append(kept, piece...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && (long || len(kept) > 0):
			return string(kept), long, nil
		}
		return string(kept), long, err
	}
}

var errForm = errors.New("请这样写：[群名] 姓名: 文字，或 (姓名): 文字")

func (t *Transport) message(line string) (themeday.Message, error) {
	t.mu.Lock()
	t.n++
	n := t.n
	t.mu.Unlock()
	at := t.Now()
	m := themeday.Message{ID: themeday.MessageID(fmt.Sprintf("%d-%d", at.UnixNano(), n)), Account: t.Account(), At: at}
	var name string
	if p := groupLine.FindStringSubmatch(line); p != nil {
		m.Group, name, m.Text = strings.TrimSpace(p[1]), strings.TrimSpace(p[2]), p[3]
		m.Chat = chat(m.Group)
		if m.Group == "" {
			return m, errForm
		}
	} else if p := privateLine.FindStringSubmatch(line); p != nil {
		name, m.Text = strings.TrimSpace(p[1]), p[2]
		m.Chat = themeday.ChatID(name)
	}
	if name == "" {
		return m, errForm
	}
	m.Text = strings.ReplaceAll(m.Text, `\n`, "\n")
	m.From = friend(name)
	return m, nil
}

// chat is the id of a group; the brackets keep it apart from a person's.
func chat(group string) themeday.ChatID { return themeday.ChatID("[" + group + "]") }

func friend(name string) themeday.Sighting {
	return themeday.Sighting{ID: themeday.SightingID(name), Card: name, Nick: name, Remark: name, Friend: true, Stable: true}
}

// Send prints what the bot says.
func (t *Transport) Send(_ context.Context, out bot.Outgoing) error {
	where := "[" + out.Name + "]"
	if out.Private {
		where = "(" + out.Name + ")"
	}
	said := fmt.Sprintf("%s → %s %s", t.shown(t.Now()), where, strings.ReplaceAll(out.Text, "\n", "\n  "))
	for _, f := range out.Files {
		said += fmt.Sprintf("\n  〔文件 %s〕%s", f.Name, f.Path)
	}
	if err := t.print(said); err != nil {
		return fmt.Errorf("%w: %w", bot.ErrUnknown, err)
	}
	return nil
}

// shown is an instant as the console shows it: in its zone, or as the clock gives it where none is set.
func (t *Transport) shown(at time.Time) string {
	if t.Zone != nil {
		at = at.In(t.Zone)
	}
	return at.Format("15:04")
}

// print writes a whole line at once, so that nothing of another gets into it.
func (t *Transport) print(line string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := io.WriteString(t.Out, line+"\n"); err != nil {
		return fmt.Errorf("write to the console: %w", err)
	}
	return nil
}

type directory struct{ groups, people []string }

func (d directory) Session() string { return "console" }

func (d directory) Groups() []themeday.GroupSeen {
	var out []themeday.GroupSeen
	for _, g := range d.groups {
		out = append(out, themeday.GroupSeen{Chat: chat(g), Name: g, Unlisted: true})
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
