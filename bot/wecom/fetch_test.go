package wecom

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday/bot/wecom/fakewecom"
)

func sealed(key, plain []byte, block int) []byte {
	pad := block - len(plain)%block
	plain = append(slices.Clone(plain), bytes.Repeat([]byte{byte(pad)}, pad)...)
	b, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	cipher.NewCBCEncrypter(b, key[:16]).CryptBlocks(plain, plain)
	return plain
}

func TestAFileIsOpenedWithItsKeyInEveryForm(t *testing.T) {
	key := []byte("\xfb\xff\xfe0123456789abcdef0123456789abc")
	std := base64.StdEncoding.EncodeToString(key)
	for _, c := range []struct {
		name, key string
		size      int
	}{
		{"padded", std, 5},
		{"without padding", strings.TrimRight(std, "="), 5},
		{"in the URL alphabet", base64.URLEncoding.EncodeToString(key), 5},
		{"in the URL alphabet without padding", base64.RawURLEncoding.EncodeToString(key), 5},
		{"a pad of 1", std, 31},
		{"a pad of 17", std, 15},
		{"a pad of 32", std, 32},
		{"a long one", std, 100_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			plain := bytes.Repeat([]byte{'x'}, c.size)
			got, err := opened(sealed(key, plain, 32), c.key)
			if err != nil || !bytes.Equal(got, plain) {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		})
	}
	if _, err := opened(sealed(key, []byte("x"), 32), base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{1}, 32))); err == nil {
		t.Error("another key opens it")
	}
	for _, bad := range []string{"???", "c2hvcnQ="} {
		if _, err := opened(make([]byte, 32), bad); err == nil {
			t.Errorf("%q is a key", bad)
		}
	}
	if _, err := opened(make([]byte, 33), std); err == nil {
		t.Error("half a block is a file")
	}
}

func TestTheNameOfAFileIsReadFromItsHeader(t *testing.T) {
	for _, c := range []struct{ header, want string }{
		{`attachment; filename="PC+D%26T.docx"`, "PC D&T.docx"},
		{`attachment; filename*=UTF-8''%E5%BF%83%E5%BE%97.docx`, "心得.docx"},
		{`attachment; filename=%E5%BF%83%E5%BE%97.docx`, "心得.docx"},
		{`attachment; filename="../../etc/passwd"`, "passwd"},
		{`attachment; filename="a\b.txt"`, "b.txt"},
		{`attachment; filename="evil` + "\u202e" + `txt.exe"`, "eviltxt.exe"},
		{"", ""},
	} {
		if got := nameIn(c.header); got != c.want {
			t.Errorf("%q: %q, want %q", c.header, got, c.want)
		}
	}
}

func TestAFileThatCannotBeFetchedIsTriedAgainAndItsLossIsTold(t *testing.T) {
	for _, c := range []struct {
		name  string
		fails int
		heard int
		told  int
	}{{"a moment's trouble", 2, 2, 0}, {"gone for good", 99, 1, 1}} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t).online()
			body := s.server.File("image", "", pixels(t), fakewecom.Padded)
			s.server.LoseFiles(c.fails)
			s.server.Say(fakewecom.Said{From: "u", Body: body})
			s.server.Say(fakewecom.Said{From: "last", Body: fakewecom.Text("完")})
			s.until("everything is handled", func() bool { s.clock.advance(time.Second); return len(s.messages()) == c.heard })
			s.until("the loss is told", func() bool { return len(s.texts("u")) == c.told })
			s.mu.Lock()
			defer s.mu.Unlock()
			if strings.Contains(s.log.String(), "sign=secret") {
				t.Error("the address of a file stands in the log")
			}
		})
	}
}
