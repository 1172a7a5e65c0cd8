package wecom

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"themeday"
)

// The limits of what is fetched.
const (
	mostFetched = 20 << 20
	fetchFor    = 45 * time.Second
	fetchTries  = 4
)

// pictureTypes are the pictures that are taken, by what they hold, with the ending of our own name.
var pictureTypes = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/bmp": ".bmp", "image/webp": ".webp"}

// errUnfit means that a file is not wanted, however often it is fetched.
var errUnfit = errors.New("not taken")

// fetchAll brings the files of a callback to this machine.
func (t *Transport) fetchAll(ctx context.Context, it *item, media []medium) {
	ctx = context.WithoutCancel(ctx) // the files lie elsewhere than the connection
	for _, m := range media {
		f, err := t.fetchPatiently(ctx, m)
		if err != nil {
			it.lost, it.why = it.lost+1, err
			continue
		}
		it.got = append(it.got, f)
	}
}

func (t *Transport) fetchPatiently(ctx context.Context, m medium) (f themeday.File, err error) {
	for try := range fetchTries {
		if try > 0 {
			if werr := t.opt.Wait(ctx, time.Second<<try); werr != nil {
				return f, err
			}
		}
		if f, err = t.fetch(ctx, m); err == nil || errors.Is(err, errUnfit) {
			return f, err
		}
	}
	return f, err
}

// fetch brings one file here. Its errors name no address: that is a key to the file.
func (t *Transport) fetch(ctx context.Context, m medium) (themeday.File, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	late, calm := t.after(ctx, fetchFor)
	defer calm()
	go func() {
		select {
		case <-late:
			stop()
		case <-ctx.Done():
		}
	}()
	u, err := url.Parse(m.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return themeday.File{}, fmt.Errorf("%w: its address is none", errUnfit)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return themeday.File{}, fmt.Errorf("%w: its address is none", errUnfit)
	}
	resp, err := t.http.Do(req)
	if err != nil {
		return themeday.File{}, errors.New(secretless(err))
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	if resp.StatusCode != http.StatusOK {
		return themeday.File{}, fmt.Errorf("the storage answered %s", resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, mostFetched+64))
	switch {
	case err != nil:
		return themeday.File{}, errors.New(secretless(err))
	case len(data) > mostFetched+32:
		return themeday.File{}, fmt.Errorf("%w: it is larger than %d MB", errUnfit, mostFetched>>20)
	}
	if data, err = opened(data, m.AESKey); err != nil {
		return themeday.File{}, err
	}
	return t.store(data, nameIn(resp.Header.Get("Content-Disposition")))
}

// store writes what was fetched into a file of ours and looks at what it is.
func (t *Transport) store(data []byte, name string) (out themeday.File, err error) {
	if len(data) == 0 {
		return out, fmt.Errorf("%w: it is empty", errUnfit)
	}
	if t.opt.Files != "" {
		if err := os.MkdirAll(t.opt.Files, 0o700); err != nil {
			return out, err
		}
	}
	ending, picture := pictureTypes[http.DetectContentType(data)]
	if name == "" {
		name = "文件"
		if picture {
			name = "图片"
		}
	}
	f, err := os.CreateTemp(t.opt.Files, "received-*"+ending)
	if err != nil {
		return out, err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return out, err
	}
	return themeday.File{Name: name, Path: f.Name(), Image: picture}, nil
}

// nameIn reads the file's name from a Content-Disposition: form-encoded, or in the extended form. It is for people to read and never a path.
func nameIn(disposition string) string {
	if disposition == "" {
		return ""
	}
	name := ""
	if _, params, err := mime.ParseMediaType(disposition); err == nil {
		name = params["filename"]
	}
	if name == "" {
		_, rest, _ := strings.Cut(disposition, "filename=")
		name, _, _ = strings.Cut(strings.Trim(rest, `" `), ";")
		name = strings.Trim(name, `" `)
	}
	if !strings.Contains(strings.ToLower(disposition), "filename*=") && strings.Contains(name, "%") {
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || themeday.Invisible(r) {
			return -1
		}
		return r
	}, path.Base(strings.ReplaceAll(name, `\`, "/")))
	if name == "." || name == "/" || name == ".." {
		return ""
	}
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[:100])
	}
	return name
}
