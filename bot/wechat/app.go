package wechat

import (
	"path"
	"strconv"
	"strings"

	"themeday"
)

// The app messages (type 49) that are read.
const (
	appFile      = 6
	appSolitaire = 53 // 接龙
	appQuote     = 57 // a reply that quotes
)

// app is what is read of an app message.
type app struct {
	Kind      int
	Title     string // blanks as they came, since the places of a #接龙 count them
	Structure string // the XML behind a #接龙
	Size      int64
	Attached  string
}

// readApp reads the XML of an app message. What it quotes or forwards lies deeper and is never mistaken for its own words.
func readApp(markup string) (app, bool) {
	const at = "msg/appmsg/"
	found, ok := leaves(markup, at+"title", at+"type", at+"extinfo/solitaire_info", at+"appattach/totallen", at+"appattach/attachid")
	if !ok {
		return app{}, false
	}
	kind, err := strconv.Atoi(strings.TrimSpace(found[at+"type"]))
	return app{
		Kind: kind, Title: found[at+"title"], Structure: strings.TrimSpace(found[at+"extinfo/solitaire_info"]),
		Size: bytesIn(found[at+"appattach/totallen"]), Attached: strings.TrimSpace(found[at+"appattach/attachid"]),
	}, err == nil
}

// takeApp reads an app message into in.
func (in *Incoming) takeApp(raw Raw, body string) Reason {
	a, ok := readApp(unwire(body))
	if !ok {
		if raw.AppMsgType != appFile || raw.MediaID == "" {
			return Broken
		}
		a = app{Kind: appFile} // what it takes to fetch a file stands beside the XML as well
	}
	switch a.Kind {
	case appFile:
		in.Media = fileOf(raw, a)
	case appSolitaire:
		in.Text = tidy(a.Title)
		if chain, err := themeday.ParseSolitaire(a.Title, a.Structure); err == nil {
			in.Chain = &chain
		}
	case appQuote:
		in.Text, in.Quoted = tidy(a.Title), true
	default:
		return Reason("app " + strconv.Itoa(a.Kind))
	}
	return ""
}

func fileOf(raw Raw, a app) Media {
	m := Media{Kind: DocumentMedia, Name: fileName(a.Title), Size: a.Size, MediaID: raw.MediaID, Sealed: raw.EncryFileName, From: raw.FromUserName}
	if m.Name == "" {
		m.Name = fileName(unwire(raw.FileName))
	}
	if m.Name == "" {
		m.Name = "文件"
	}
	if m.Size == 0 {
		m.Size = bytesIn(raw.FileSize)
	}
	if m.MediaID == "" {
		m.MediaID = a.Attached
	}
	return m
}

// maxFileName is how much of a name is kept, in letters.
const maxFileName = 120

// fileName is a file's name as people may be shown it: one line, no folders, its extension kept when it is cut.
func fileName(s string) string {
	s = strings.ReplaceAll(tidy(s), "\n", " ")
	s = strings.TrimSpace(s[strings.LastIndexAny(s, `/\`)+1:])
	if s == "." || s == ".." {
		return ""
	}
	if letters := []rune(s); len(letters) > maxFileName {
		ext := []rune(path.Ext(s))
		if len(ext) > 10 {
			ext = nil
		}
		s = string(letters[:maxFileName-len(ext)]) + string(ext)
	}
	return s
}

// bytesIn reads a size; 0 is unknown.
func bytesIn(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
