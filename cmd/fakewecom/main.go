// Fakewecom runs the fake of WeCom's server by hand, for development:
//
//	fakewecom --listen 127.0.0.1:8899
//	THEMEDAY_WECOM_BOT_ID=bot THEMEDAY_WECOM_SECRET=secret themeday run     # with wecom.endpoint: ws://127.0.0.1:8899
//
// and then, a line each: [chat id] user: text, (user): text, image (user): path, quote [chat id] user: path, enter user, tap TASK user KEY [OPTION…],
// drop, away, back, nopush, nocards. \n in a text is a line break; in a group write the @ yourself. Chat ids of groups begin with wr.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"themeday/bot/wecom/fakewecom"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	flags := flag.NewFlagSet("fakewecom", flag.ContinueOnError)
	listen := flags.String("listen", "127.0.0.1:8899", "address of the server")
	bot := flags.String("bot", "bot", "bot id")
	secret := flags.String("secret", "secret", "its secret")
	if err := flags.Parse(args); err != nil {
		return err
	}
	s := fakewecom.New(*bot, *secret)
	s.OnSent = func(m fakewecom.Sent) { show(out, m) }
	if err := s.Start(*listen); err != nil {
		return err
	}
	defer s.Close()
	_, _ = fmt.Fprintln(out, s.URL())
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if answer := obey(s, strings.TrimSpace(lines.Text())); answer != "" {
			_, _ = fmt.Fprintln(out, answer)
		}
	}
	return lines.Err()
}

func show(out io.Writer, m fakewecom.Sent) {
	said := fmt.Sprintf("%s %s <- %s %s%s", m.At.Format("15:04:05"), m.Chat, m.Kind, m.Text, m.Media.Name)
	if m.Card != nil {
		for _, o := range append(m.Card.Buttons, m.Card.Options...) {
			said += fmt.Sprintf("\n  tap %s USER %s: %s", m.TaskID, o.Key, o.Text)
		}
	}
	_, _ = fmt.Fprintln(out, said)
}

var spoken = regexp.MustCompile(`^(?:(image|file|quote)\s+)?(?:\[([^\]]+)\]\s*([^:]+)|\(([^)]+)\))\s*:\s*(.*)$`)

// obey does what a line says and answers where there is something to answer.
func obey(s *fakewecom.Server, line string) string {
	if m := spoken.FindStringSubmatch(line); m != nil {
		return say(s, m[1], fakewecom.Said{Group: m[2], From: strings.TrimSpace(m[3] + m[4])}, strings.ReplaceAll(m[5], `\n`, "\n"))
	}
	words := strings.Fields(line)
	switch {
	case len(words) == 0:
		return ""
	case words[0] == "enter" && len(words) == 2:
		s.Enter(words[1])
	case words[0] == "tap" && len(words) >= 4:
		if s.Tap(words[1], words[2], words[3], words[4:]...) == "" {
			return "no such card, or no bot"
		}
	case words[0] == "drop":
		s.Drop()
	case words[0] == "away":
		s.Away(true)
	case words[0] == "back":
		s.Away(false)
	case words[0] == "nopush":
		s.NoPush(true)
	case words[0] == "nocards":
		s.NoCards(true)
	default:
		return "not understood: [chat id] user: text, (user): text, image (user): path, quote [chat id] user: path, enter user, tap TASK user KEY [OPTION…], drop, away, back, nopush, nocards"
	}
	return "done"
}

func say(s *fakewecom.Server, kind string, said fakewecom.Said, text string) string {
	said.Body = fakewecom.Text(text)
	if kind != "" {
		data, err := os.ReadFile(text)
		if err != nil {
			return err.Error()
		}
		what := kind
		if kind == "quote" {
			what = "image"
		}
		file := s.File(what, filepath.Base(text), data, fakewecom.Padded)
		if said.Body = file; kind == "quote" {
			said.Body, said.Quote = fakewecom.Text("@bot"), file
		}
	}
	if s.Say(said) == "" {
		return "no bot hears it"
	}
	return ""
}
