package wechat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/eatmoreapple/openwechat"

	"themeday"
)

// maxFetch is the largest picture or file that is fetched.
const maxFetch = 20 << 20

// pictureTypes are the pictures that are taken, by what they hold and not by what they are called, with the ending of our own name.
var pictureTypes = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/bmp": ".bmp", "image/webp": ".webp"}

// fetch brings the picture or file of a message to this machine, under a name of ours; tried twice.
func (t *Transport) fetch(ctx context.Context, c *client, in Incoming) ([]themeday.File, error) {
	if in.Media.Kind != ImageMedia && in.Media.Kind != DocumentMedia {
		return nil, nil
	}
	if in.Media.Size > maxFetch {
		return nil, fmt.Errorf("it has %d bytes, more than %d MB", in.Media.Size, maxFetch>>20)
	}
	f, err := t.fetchOnce(ctx, c, in)
	if err != nil && ctx.Err() == nil {
		f, err = t.fetchOnce(ctx, c, in)
	}
	if err != nil {
		return nil, err
	}
	return []themeday.File{f}, nil
}

func (t *Transport) fetchOnce(ctx context.Context, c *client, in Incoming) (themeday.File, error) {
	resp, err := guarded(func() (*http.Response, error) {
		if in.Media.Kind == ImageMedia {
			return c.caller.Client.WebWxGetMsgImg(ctx, &openwechat.Message{MsgId: string(in.ID)}, &c.s.Login)
		}
		asked := &openwechat.Message{MsgId: string(in.ID), FromUserName: in.Media.From, MediaId: in.Media.MediaID, EncryFileName: in.Media.Sealed}
		return c.caller.Client.WebWxGetMedia(ctx, asked, &c.s.Login)
	})
	if err != nil {
		return themeday.File{}, err
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	if resp.StatusCode != http.StatusOK {
		return themeday.File{}, fmt.Errorf("the servers answered %s", resp.Status)
	}
	return t.store(in, resp.Body)
}

// store writes what was fetched into a file of ours and looks at what it is.
func (t *Transport) store(in Incoming, body io.Reader) (out themeday.File, err error) {
	if t.opt.Files != "" {
		if err := os.MkdirAll(t.opt.Files, 0o700); err != nil {
			return out, err
		}
	}
	data, err := io.ReadAll(io.LimitReader(body, maxFetch+1))
	switch {
	case err != nil:
		return out, err
	case len(data) == 0:
		return out, errors.New("it is empty")
	case len(data) > maxFetch:
		return out, fmt.Errorf("it is larger than %d MB", maxFetch>>20)
	}
	ending, picture := pictureTypes[http.DetectContentType(data)]
	if in.Media.Kind == ImageMedia && !picture {
		return out, errors.New("it is no picture")
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
	return themeday.File{Name: in.Media.Name, Path: f.Name(), Image: picture}, nil
}
