package wechat

import (
	"context"
	"crypto/md5" // what the servers ask for
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/eatmoreapple/openwechat"

	"themeday"
	"themeday/bot"
)

// sendFor is how long a send may take before its outcome counts as unknown.
const sendFor = 30 * time.Second

// maxUpload is the largest file that is sent.
const maxUpload = 20 << 20

// Send says one thing in one chat: the text, then the files. What certainly did not go out wraps bot.ErrOffline or bot.ErrRefused, a chat
// that takes too much bot.ErrTooOften; everything else that is no success is bot.ErrUnknown and must not be repeated.
func (t *Transport) Send(ctx context.Context, out bot.Outgoing) error {
	t.mu.Lock()
	c, here := t.client, t.people.has(string(out.Chat))
	t.mu.Unlock()
	switch {
	case c == nil || t.State() != bot.Online:
		return fmt.Errorf("not logged in: %w", bot.ErrOffline)
	case !here:
		return fmt.Errorf("no such chat in this session: %w", bot.ErrRefused)
	}
	if out.Text != "" {
		if err := t.sendText(ctx, c, string(out.Chat), out.Text); err != nil {
			return err
		}
	}
	for i, f := range out.Files {
		if err := t.sendFile(ctx, c, string(out.Chat), f); err != nil {
			if i > 0 || out.Text != "" {
				return fmt.Errorf("%w: a part of it went out: %w", bot.ErrUnknown, err)
			}
			return err
		}
	}
	return nil
}

// has tells whether a chat is of this session.
func (d *directory) has(id string) bool {
	_, friend := d.friends[id]
	_, group := d.groups[id]
	return friend || group || id == openwechat.FileHelper
}

func (t *Transport) sendText(ctx context.Context, c *client, to, text string) error {
	msg := openwechat.NewTextSendMessage(text, c.self.UserName, to)
	return t.sending(ctx, c, text, func(ctx context.Context) (*openwechat.SentMessage, error) {
		return c.caller.WebWxSendMsg(ctx, &openwechat.CallerWebWxSendMsgOptions{LoginInfo: &c.s.Login, BaseRequest: &c.s.Request, Message: msg})
	})
}

// sending makes one send and words its outcome.
func (t *Transport) sending(ctx context.Context, c *client, text string, send func(context.Context) (*openwechat.SentMessage, error)) error {
	ctx, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	ctx, left := watchLeaving(ctx)
	sent, err := guarded(func() (*openwechat.SentMessage, error) { return send(ctx) })
	if err != nil {
		return t.outcome(err, left)
	}
	t.remember(sent.MsgId, text)
	return nil
}

// outcome says what an error of a send means.
func (t *Transport) outcome(err error, left *atomic.Bool) error {
	safe := errors.New(secretless(err))
	switch ret := retOf(err); {
	case ret == retTooOften:
		return fmt.Errorf("%w: %w", bot.ErrTooOften, safe)
	case ret == retPhoneOut, ret == retElsewhere, ret == retCookie:
		t.enter(Down, "") // the next poll finds out for good
		return fmt.Errorf("%w: %w", bot.ErrOffline, safe)
	case ret != 0:
		return fmt.Errorf("%w: %w", bot.ErrRefused, safe)
	case !left.Load():
		return fmt.Errorf("%w: %w", bot.ErrOffline, safe)
	}
	return fmt.Errorf("%w: %w", bot.ErrUnknown, safe)
}

// remember keeps what we said for a while: the servers may tell it to us again as the phone's.
func (t *Transport) remember(id, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.opt.Now()
	for k, at := range t.said {
		if now.Sub(at) > 10*time.Minute {
			delete(t.said, k)
		}
	}
	words, _ := unquote(tidy(text)) // as Read gives what comes back
	t.said["id "+id], t.said["text "+words] = now, now
}

// ours tells whether a message of the account itself is what the bot said.
func (t *Transport) ours(id, text string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, byID := t.said["id "+id]
	_, byText := t.said["text "+text]
	return byID || byText
}

// pictures are the endings that travel as pictures; everything else is a file.
var pictures = map[string]bool{".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".bmp": true}

// sendFile sends a picture, or a file under its name. Nothing has gone to the chat before the upload is done.
func (t *Transport) sendFile(ctx context.Context, c *client, to string, f themeday.File) error {
	up, size, err := t.upload(ctx, c, to, f)
	if e, end := endOf(err); end {
		return fmt.Errorf("%w: %w", bot.ErrOffline, e)
	}
	if err != nil {
		return fmt.Errorf("%w: upload: %w", bot.ErrOffline, errors.New(secretless(err)))
	}
	return t.sending(ctx, c, f.Name, func(ctx context.Context) (*openwechat.SentMessage, error) {
		if f.Image || pictures[strings.ToLower(filepath.Ext(f.Name))] {
			return c.sendPicture(ctx, to, up)
		}
		msg := openwechat.NewSendMessage(openwechat.AppMessage, attachment(f.Name, size, up.MediaId), c.self.UserName, to, "")
		msg.Signature = up.Signature
		return c.caller.WebWxSendAppMsg(ctx, msg, &c.s.Request)
	})
}

// sendPicture sends an uploaded picture. The library's own way uploads a file of the system by its whole path.
func (c *client) sendPicture(ctx context.Context, to string, up *openwechat.UploadResponse) (*openwechat.SentMessage, error) {
	msg := openwechat.NewMediaSendMessage(openwechat.MsgTypeImage, c.self.UserName, to, up.MediaId)
	resp, err := c.caller.Client.WebWxSendMsgImg(ctx, &openwechat.ClientWebWxSendMsgOptions{LoginInfo: &c.s.Login, BaseRequest: &c.s.Request, Message: msg})
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	parser := openwechat.MessageResponseParser{Reader: resp.Body}
	return parser.SentMessage(msg)
}

// upload brings a file to the servers under the name that people shall see.
func (t *Transport) upload(ctx context.Context, c *client, to string, f themeday.File) (*openwechat.UploadResponse, int64, error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, 0, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	st, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	if st.Size() == 0 || st.Size() > maxUpload {
		return nil, 0, fmt.Errorf("a file of %d bytes cannot be sent", st.Size())
	}
	sum := md5.New()
	if _, err := io.Copy(sum, file); err != nil {
		return nil, 0, err
	}
	up, err := guarded(func() (*openwechat.UploadResponse, error) {
		resp, err := c.caller.Client.WebWxUploadMediaByChunk(ctx, file, &openwechat.ClientWebWxUploadMediaByChunkOptions{
			FromUserName: c.self.UserName, ToUserName: to, BaseRequest: &c.s.Request, LoginInfo: &c.s.Login, Filename: f.Name,
			FileMD5: hex.EncodeToString(sum.Sum(nil)), FileSize: st.Size(), LastModifiedDate: st.ModTime(),
		})
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close() //nolint:errcheck // it was only read
		var up openwechat.UploadResponse
		if err := json.NewDecoder(resp.Body).Decode(&up); err != nil {
			return nil, err
		}
		if err := up.BaseResponse.Err(); err != nil {
			return nil, err
		}
		if up.MediaId == "" {
			return nil, errors.New("the servers gave no media id")
		}
		return &up, nil
	})
	return up, st.Size(), err
}

// attachment is the app message that carries an uploaded file.
func attachment(name string, size int64, media string) string {
	esc := func(s string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
		return b.String()
	}
	return fmt.Sprintf("<appmsg appid='wxeb7ec651dd0aefa9' sdkver=''><title>%s</title><des></des><action></action><type>6</type><content></content><url></url><lowurl></lowurl>"+
		"<appattach><totallen>%d</totallen><attachid>%s</attachid><fileext>%s</fileext></appattach><extinfo></extinfo></appmsg>",
		esc(name), size, esc(media), esc(strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), ".")))
}
