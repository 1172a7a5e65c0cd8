// Faketencent runs the fake of the servers of Web WeChat by hand, for development:
//
//	faketencent --listen 127.0.0.1:8888 --ca ca.pem
//	HTTPS_PROXY=http://127.0.0.1:8888 SSL_CERT_FILE=ca.pem themeday run --login
//
// and then, a line each: scan, confirm, expire, [群] 名: 文字, (名): 文字, image [群] 名: path, file [群] 名: path, newsession, end 1102,
// fault NAME [times] [endpoint…], heal, requests. \n in a text is a line break; the account's own name speaks from its own phone.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"themeday/bot/wechat/tencent"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	flags := flag.NewFlagSet("faketencent", flag.ContinueOnError)
	listen := flags.String("listen", "127.0.0.1:8888", "address of the proxy, for HTTPS_PROXY")
	ca := flags.String("ca", "faketencent-ca.pem", "file for the certificate, for SSL_CERT_FILE")
	file := flags.String("world", "", "JSON file of the people and groups; without it, one of each")
	if err := flags.Parse(args); err != nil {
		return err
	}
	world, err := readWorld(*file)
	if err != nil {
		return err
	}
	s := tencent.New(tencent.WithListen(*listen), tencent.WithWorld(world), tencent.WithMissed(), tencent.OnSent(func(m tencent.Sent) { show(out, m) }))
	if err := s.Start(); err != nil {
		return err
	}
	defer s.Close()
	if err := s.WriteCA(*ca); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "HTTPS_PROXY=%s SSL_CERT_FILE=%s\n", s.ProxyURL(), *ca)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if answer := obey(s, strings.TrimSpace(lines.Text())); answer != "" {
			_, _ = fmt.Fprintln(out, answer)
		}
	}
	return lines.Err()
}

func readWorld(file string) (w tencent.World, err error) {
	if file == "" {
		return tencent.World{
			People: []tencent.Person{{Name: "张三", Friend: true}},
			Groups: []tencent.Group{{Name: "第一支部", Saved: true, Members: []tencent.Member{{Name: "张三", Card: "张三"}, {Name: "李四", Card: "李四"}}}},
		}, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return w, err
	}
	return w, json.Unmarshal(data, &w)
}

func show(out io.Writer, m tencent.Sent) {
	to, what := "("+m.To+")", m.Text
	if m.Group {
		to = "[" + m.To + "]"
	}
	if m.Kind != "text" {
		what = fmt.Sprintf("%s %s, %d bytes", m.Kind, m.FileName, len(m.Data))
	}
	_, _ = fmt.Fprintf(out, "%s %s <- %s\n", m.At.Format("15:04:05"), to, what)
}

var said = regexp.MustCompile(`^(?:(image|file)\s+)?(?:\[([^\]]+)\]\s*([^:：]+)|[(（]([^)）]+)[)）])\s*[:：]\s*(.*)$`)

// obey does what a line says and answers where there is something to answer.
func obey(s *tencent.Server, line string) string {
	if m := said.FindStringSubmatch(line); m != nil {
		return say(s, m[1], m[2], strings.TrimSpace(m[3]+m[4]), strings.ReplaceAll(m[5], `\n`, "\n"))
	}
	words := strings.Fields(line)
	if len(words) == 0 {
		return ""
	}
	switch words[0] {
	case "scan":
		return yes(s.Scan(), "no code waits")
	case "confirm":
		return yes(s.Confirm(), "no code waits")
	case "expire":
		return yes(s.ExpireQR(), "no code waits")
	case "newsession":
		s.NewSession()
	case "end":
		code, err := strconv.Atoi(words[len(words)-1])
		if err != nil {
			return "end 1100, 1101 or 1102"
		}
		s.EndSession(code)
	case "heal":
		s.Heal()
	case "fault":
		return fault(s, words[1:])
	case "requests":
		return fmt.Sprint(s.Requests())
	default:
		return "not understood: scan, confirm, expire, [群] 名: 文字, (名): 文字, image [群] 名: path, file [群] 名: path, newsession, end CODE, fault NAME [times] [endpoint], heal, requests"
	}
	return "done"
}

func yes(done bool, otherwise string) string {
	if done {
		return "done"
	}
	return otherwise
}

func say(s *tencent.Server, kind, group, who, text string) string {
	if !s.Has(group, who) {
		return fmt.Sprintf("nobody is called %s there", who)
	}
	if kind == "" {
		if group == "" {
			s.SayPrivate(who, text)
		} else {
			s.Say(group, who, text)
		}
		return ""
	}
	data, err := os.ReadFile(text)
	if err != nil {
		return err.Error()
	}
	if kind == "image" {
		s.SendImage(group, who, data)
	} else {
		s.SendFile(group, who, filepath.Base(text), data)
	}
	return ""
}

func fault(s *tencent.Server, words []string) string {
	if len(words) == 0 || !slices.Contains(tencent.Faults, tencent.Fault(words[0])) {
		return fmt.Sprint("faults: ", tencent.Faults)
	}
	times, endpoints := tencent.Always, words[1:]
	if len(endpoints) > 0 {
		if n, err := strconv.Atoi(endpoints[0]); err == nil {
			times, endpoints = n, endpoints[1:]
		}
	}
	s.Fault(tencent.Fault(words[0]), times, endpoints...)
	return "done"
}
