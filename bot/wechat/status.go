package wechat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Phase is where the transport stands.
type Phase string

// The phases.
const (
	Starting  Phase = "starting"
	LoggedOut Phase = "logged out" // a person has to log in
	Scanning  Phase = "waiting for scan"
	Opening   Phase = "opening" // logged in, the directory is being read
	Up        Phase = "online"
	Down      Phase = "out of reach" // it comes back by itself
	Deaf      Phase = "deaf"         // sends work, but nothing has arrived for long
	Refused   Phase = "refused"      // cooling down after a refusal
)

// Status is what the transport leaves on disk for `doctor` and for the next start; no names.
type Status struct {
	Phase        Phase     `json:"phase"`
	Since        time.Time `json:"since"`
	Process      int       `json:"process"`
	LastInbound  time.Time `json:"last_inbound,omitzero"`
	Groups       int       `json:"groups"`                 // of the wanted ones, found
	Unsaved      []string  `json:"unsaved,omitempty"`      // wanted groups that are not saved to the contacts, or missing
	RefusedUntil time.Time `json:"refused_until,omitzero"` // no login before
	RefusedCode  int       `json:"refused_code,omitempty"` // 1203, 1102 …
	Requests     int64     `json:"requests"`               // to the servers, by this process
	KeptAliveAt  time.Time `json:"kept_alive_at,omitzero"` // last line to the file helper
}

// statusFile is where a session's status lies.
func statusFile(sessionFile string) string { return sessionFile + ".status" }

// ReadStatus reads the status beside a session file; the zero Status when there is none.
func ReadStatus(sessionFile string) (Status, error) {
	var s Status
	data, err := os.ReadFile(statusFile(sessionFile))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read the WeChat status: %w", err)
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return s, fmt.Errorf("the WeChat status %s is damaged; take it away: %w", statusFile(sessionFile), err)
	}
	return s, nil
}

// writeStatus keeps a status.
func writeStatus(sessionFile string, s Status) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return replaceFile(statusFile(sessionFile), data)
}
