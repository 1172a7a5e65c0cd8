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
	"net/http"
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
	files := make([]uploaded, len(out.Files))
	for i, f := range out.Files { // nothing goes to the chat before all of it is on the servers
		var err error
		if files[i], err = t.uploadFile(ctx, c, string(out.Chat), f); err != nil {
			return err
		}
	}
	if out.Text != "" {
		if err := t.sendText(ctx, c, string(out.Chat), out.Text); err != nil {
			return err
		}
	}
	for i, f := range files {
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
	t.remember("text " + heardAs(text)) // before it goes: what comes back may overtake the answer, and comes when the answer is lost
	msg := openwechat.NewTextSendMessage(text, c.self.UserName, to)
	return t.sending(ctx, func(ctx context.Context) (*openwechat.SentMessage, error) {
		return c.caller.WebWxSendMsg(ctx, &openwechat.CallerWebWxSendMsgOptions{LoginInfo: &c.s.Login, BaseRequest: &c.s.Request, Message: msg})
	})
}

// sending makes one send and words its outcome.
func (t *Transport) sending(ctx context.Context, send func(context.Context) (*openwechat.SentMessage, error)) error {
	ctx, cancel := context.WithTimeout(ctx, t.sendIn)
	defer cancel()
	ctx, left := watchLeaving(ctx)
	sent, err := guarded(func() (*openwechat.SentMessage, error) { return send(ctx) })
	if err != nil {
		return t.outcome(err, left)
	}
	t.remember("id " + sent.MsgId)
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
func (t *Transport) remember(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.opt.Now()
	for k, at := range t.said {
		if now.Sub(at) > saidFor {
			delete(t.said, k)
		}
	}
	t.said[what] = now
}

// saidFor is how long what we said is remembered.
const saidFor = 10 * time.Minute

// heardAs is a text of ours as Read gives it when it comes back.
func heardAs(text string) string {
	words, _ := unquote(tidy(text))
	return words
}

// ours tells whether a message of the account itself is what the bot said.
func (t *Transport) ours(id, text string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, what := range []string{"id " + id, "text " + text} {
		if at, ok := t.said[what]; ok && t.opt.Now().Sub(at) <= saidFor {
			return true
		}
	}
	return false
}

// sendable are the pictures that travel as pictures, by what they hold; everything else is a file.
var sendable = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/bmp": ".bmp"}

// uploadFor is how long an upload may take.
const uploadFor = 3 * time.Minute

// uploaded is a file that the servers have and nobody has seen yet.
type uploaded struct {
	name    string
	size    int64
	picture bool
	*openwechat.UploadResponse
}

// uploadFile brings a file to the servers.
func (t *Transport) uploadFile(ctx context.Context, c *client, to string, f themeday.File) (uploaded, error) {
	file, size, err := openFile(f.Path)
	if err != nil {
		return uploaded{}, fmt.Errorf("%w: %w", bot.ErrRefused, err) // to try again is of no use
	}
	defer file.Close() //nolint:errcheck // it was only read
	ending, picture := pictureIn(file)
	if picture && !strings.EqualFold(filepath.Ext(f.Name), ending) && !strings.EqualFold(filepath.Ext(f.Name), ".jpeg") {
		f.Name += ending // by which the library tells that it is one
	}
	uploading, cancel := context.WithTimeout(ctx, uploadFor)
	defer cancel()
	up, err := t.upload(uploading, c, to, f.Name, file, size)
	if err != nil {
		return uploaded{}, t.outcome(fmt.Errorf("upload: %w", err), new(atomic.Bool))
	}
	return uploaded{name: f.Name, size: size, picture: picture, UploadResponse: up}, nil
}

// sendFile sends an uploaded file under its name, or as a picture.
func (t *Transport) sendFile(ctx context.Context, c *client, to string, up uploaded) error {
	return t.sending(ctx, func(ctx context.Context) (*openwechat.SentMessage, error) {
		if up.picture {
			return c.sendPicture(ctx, to, up.UploadResponse)
		}
		msg := openwechat.NewSendMessage(openwechat.AppMessage, attachment(up.name, up.size, up.MediaId), c.self.UserName, to, "")
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

// openFile opens a file that is to be sent. Its error names no path: people's names may stand in it.
func openFile(path string) (*os.File, int64, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, errors.New("the file cannot be opened")
	}
	st, err := file.Stat()
	if err != nil || !st.Mode().IsRegular() || st.Size() == 0 || st.Size() > maxUpload {
		_ = file.Close()
		return nil, 0, fmt.Errorf("the file is none, is empty or is larger than %d MB", maxUpload>>20)
	}
	return file, st.Size(), nil
}

// pictureIn tells whether a file is a picture that travels as one, and the ending that goes with it.
func pictureIn(file io.ReaderAt) (ending string, ok bool) {
	head := make([]byte, 512)
	n, _ := file.ReadAt(head, 0) // a short file gives EOF
	ending, ok = sendable[http.DetectContentType(head[:n])]
	return ending, ok
}

// upload brings a file to the servers under the name that people shall see.
func (t *Transport) upload(ctx context.Context, c *client, to, name string, file *os.File, size int64) (*openwechat.UploadResponse, error) {
	sum := md5.New()
	if _, err := io.Copy(sum, file); err != nil {
		return nil, err
	}
	return guarded(func() (*openwechat.UploadResponse, error) {
		resp, err := c.caller.Client.WebWxUploadMediaByChunk(ctx, file, &openwechat.ClientWebWxUploadMediaByChunkOptions{
			FromUserName: c.self.UserName, ToUserName: to, BaseRequest: &c.s.Request, LoginInfo: &c.s.Login, Filename: name,
			FileMD5: hex.EncodeToString(sum.Sum(nil)), FileSize: size, LastModifiedDate: t.opt.Now(),
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
