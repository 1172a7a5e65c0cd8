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

// errUnfit means that what somebody sent is not wanted, however often it is fetched.
var errUnfit = errors.New("not taken")

// fetchTries is how often a sync comes again for a picture or file that cannot be fetched, before the message is taken without it.
const fetchTries = 4

// fetchPatiently fetches, and lets the sync come again when only the way there failed. Its error means that.
func (t *Transport) fetchPatiently(ctx context.Context, c *client, in Incoming) ([]themeday.File, error) {
	files, err := t.fetch(ctx, c, in)
	if err == nil {
		delete(t.missed, in.ID)
		return files, nil
	}
	if e, end := endOf(err); end {
		return nil, e
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	t.missed[in.ID]++
	if !errors.Is(err, errUnfit) && t.missed[in.ID] <= fetchTries {
		return nil, fmt.Errorf("a file was not fetched: %w", err)
	}
	delete(t.missed, in.ID)
	t.opt.Log.Warn("wechat: a message is taken without its file", "message", in.ID, "err", secretless(err))
	return nil, nil
}

// fetch brings the picture or file of a message to this machine, under a name of ours.
func (t *Transport) fetch(ctx context.Context, c *client, in Incoming) ([]themeday.File, error) {
	if in.Media.Kind != ImageMedia && in.Media.Kind != DocumentMedia {
		return nil, nil
	}
	if in.Media.Size > maxFetch {
		return nil, fmt.Errorf("%w: it has %d bytes, more than %d MB", errUnfit, in.Media.Size, maxFetch>>20)
	}
	f, err := t.fetchOnce(ctx, c, in)
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
		return out, fmt.Errorf("%w: it is larger than %d MB", errUnfit, maxFetch>>20)
	}
	ending, picture := pictureTypes[http.DetectContentType(data)]
	if in.Media.Kind == ImageMedia && !picture {
		return out, fmt.Errorf("%w: it is no picture", errUnfit)
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
