package wecom

import (
	"bytes"
	"context"
	"crypto/md5" // what the network asks for
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"themeday"
	"themeday/bot"
)

// The limits of an upload.
const (
	chunkBytes   = 512 << 10
	mostUploaded = 20 << 20
	leastUpload  = 5
	mostPicture  = 2 << 20 // the smaller of the two that are told
	mostName     = 256
)

// sendable are the pictures that travel as pictures; everything else is a file.
var sendable = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}

// upload brings a file to the network and gives the body of the message that shows it. Nobody has seen anything yet, whatever becomes of it.
func (t *Transport) upload(ctx context.Context, l *link, f themeday.File) (map[string]any, error) {
	data, err := readFile(f.Path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", bot.ErrRefused, err) // to try again is of no use
	}
	kind, name := "file", f.Name
	if ending, picture := sendable[http.DetectContentType(data)]; picture && len(data) <= mostPicture {
		kind = "image"
		if ext := strings.ToLower(filepath.Ext(name)); ext != ending && ext != ".jpeg" {
			name += ending
		}
	}
	id, err := t.uploadAs(ctx, l, kind, shortName(name), data)
	var r *Refusal
	switch {
	case err == nil:
		return map[string]any{"msgtype": kind, kind: map[string]any{"media_id": id}}, nil
	case errors.As(err, &r):
		return nil, fmt.Errorf("upload: %w", outcome(err))
	}
	return nil, fmt.Errorf("%w: upload: %w", bot.ErrOffline, err)
}

// readFile reads a file that is to be sent. Its error names no path: people's names may stand in it.
func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, errors.New("the file cannot be opened")
	}
	defer file.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(file, mostUploaded+1))
	if err != nil || len(data) < leastUpload || len(data) > mostUploaded {
		return nil, fmt.Errorf("the file is none, is empty or is larger than %d MB", mostUploaded>>20)
	}
	return data, nil
}

// shortName is a name of at most 256 bytes that keeps its ending.
func shortName(name string) string {
	ext := filepath.Ext(name)
	if len(ext) > 16 {
		ext = ""
	}
	stem := strings.TrimSuffix(name, ext)
	for len(stem)+len(ext) > mostName {
		_, n := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-n]
	}
	return stem + ext
}

// uploadAs sends a file in chunks, each again when it has to be, and gives its media id.
func (t *Transport) uploadAs(ctx context.Context, l *link, kind, name string, data []byte) (string, error) {
	sum := md5.Sum(data)
	chunks := (len(data) + chunkBytes - 1) / chunkBytes
	begun, err := l.call(ctx, cmdInit, "", map[string]any{
		"type": kind, "filename": name, "total_size": len(data), "total_chunks": chunks, "md5": hex.EncodeToString(sum[:]),
	})
	if err != nil {
		return "", err
	}
	var init struct {
		UploadID string `json:"upload_id"`
	}
	if err := json.Unmarshal(begun.Body, &init); err != nil || init.UploadID == "" {
		return "", errors.New("the network gave no upload id")
	}
	for i := range chunks {
		piece := data[i*chunkBytes : min((i+1)*chunkBytes, len(data))]
		if err := t.chunk(ctx, l, init.UploadID, i, piece); err != nil {
			return "", err
		}
	}
	ended, err := l.call(ctx, cmdFinish, "", map[string]any{"upload_id": init.UploadID})
	if err != nil {
		return "", err
	}
	var done struct {
		MediaID string `json:"media_id"`
	}
	if err := json.Unmarshal(bytes.TrimSpace(ended.Body), &done); err != nil || done.MediaID == "" {
		return "", errors.New("the network gave no media id")
	}
	return done.MediaID, nil
}

// chunk sends one; the network ignores one that it has already.
func (t *Transport) chunk(ctx context.Context, l *link, upload string, i int, piece []byte) error {
	body := map[string]any{"upload_id": upload, "chunk_index": i, "base64_data": base64.StdEncoding.EncodeToString(piece)}
	var err error
	for try := range 3 {
		if try > 0 {
			if werr := t.opt.Wait(ctx, time.Duration(try)*500*time.Millisecond); werr != nil {
				return werr
			}
		}
		if _, err = l.call(ctx, cmdChunk, "", body); err == nil || !l.alive() {
			return err
		}
	}
	return err
}
