package wecom

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Phase is where the transport stands.
type Phase string

// The phases.
const (
	Starting  Phase = "starting"
	Up        Phase = "online"
	Down      Phase = "out of reach" // it comes back by itself
	Refused   Phase = "refused"      // the bot id or the secret is wrong
	TakenOver Phase = "taken over"   // another instance has the connection
)

// Status is what the transport leaves on disk for `doctor`; no names, no secret.
type Status struct {
	Phase       Phase     `json:"phase"`
	Since       time.Time `json:"since"`
	Process     int       `json:"process"`
	LastInbound time.Time `json:"last_inbound,omitzero"`
	Groups      int       `json:"groups"`              // that belong to a branch
	Unclaimed   []string  `json:"unclaimed,omitempty"` // chat ids of groups in which somebody spoke and that belong to none
	Code        int       `json:"code,omitempty"`      // of the last refusal
}

// ReadStatus reads a status file; the zero Status when there is none.
func ReadStatus(file string) (Status, error) {
	var s Status
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read the WeCom status: %w", err)
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return s, fmt.Errorf("the WeCom status %s is damaged; take it away: %w", file, err)
	}
	return s, nil
}

func (t *Transport) keepStatus() {
	if t.opt.StatusFile == "" {
		return
	}
	t.mu.Lock()
	t.status.Groups = len(t.known.Groups)
	data, err := json.Marshal(t.status)
	t.mu.Unlock()
	if err == nil {
		err = replace(t.opt.StatusFile, data)
	}
	if err != nil {
		t.opt.Log.Warn("wecom: status not kept", "err", err)
	}
}

// replace writes a file that its owner alone may read, all of it or nothing.
func replace(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".wecom-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// secretless is an error without the addresses in it: those of files are a key to them.
func secretless(err error) string {
	if err == nil {
		return ""
	}
	words := strings.Fields(err.Error())
	for i, w := range words {
		if strings.Contains(w, "://") {
			words[i] = "…"
		}
	}
	return strings.Join(words, " ")
}
