package wechat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/eatmoreapple/openwechat"
)

// session is what a login leaves behind and the next start goes on with. It is a key to the account: mode 0600, never in a log.
type session struct {
	ID       string                 `json:"id"` // ours; new whenever the servers gave new ids
	Mode     string                 `json:"mode"`
	LoggedIn time.Time              `json:"logged_in"`
	Domain   string                 `json:"domain"`
	Login    openwechat.LoginInfo   `json:"login"`
	Request  openwechat.BaseRequest `json:"request"`
	SyncKey  *openwechat.SyncKey    `json:"sync_key"`
	CheckKey string                 `json:"check_key"`
	Cookies  []cookie               `json:"cookies"`
}

// loadSession reads a session; none is no error.
func loadSession(path string) (*session, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the WeChat session: %w", err)
	}
	var s session
	if err := json.Unmarshal(data, &s); err != nil || s.ID == "" || s.Domain == "" || len(s.Cookies) == 0 {
		return nil, fmt.Errorf("the WeChat session %s cannot be used: take it away and log in again with `themeday run --login`", path)
	}
	return &s, nil
}

// save writes the session in one piece. A jar that has lost its cookies never replaces a full one.
func (s *session) save(path string) error {
	if len(s.Cookies) == 0 {
		return errors.New("save the WeChat session: it has no cookies")
	}
	data, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("save the WeChat session: %w", err)
	}
	if err := replaceFile(path, data); err != nil {
		return fmt.Errorf("save the WeChat session: %w", err)
	}
	return nil
}

// replaceFile writes a file of mode 0600 so that at every instant either the old or the new one is there, whole.
func replaceFile(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".themeday-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data) // CreateTemp gives mode 0600
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil { // so that the new name survives a power cut; Windows has no such thing
		_ = dir.Sync()
		_ = dir.Close()
	}
	return nil
}
