package wecom

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"themeday/bot"
)

// The codes of the network that mean something to us.
const (
	codeBadReq     = 846605 // req_id: old, used, of another connection
	codeStreamOver = 846608
	codeUnserved   = 846609 // not subscribed, although the socket is open
	codeNoChat     = 93006
	codeOften      = 45009
	codeCrowded    = 45033
	codeBusy       = -1
	codeOverlap    = 6000
	codeMsgType    = 40008
	codeParameter  = 40058
	codeTask       = 42014 // the task id was used before
	codeMedia      = 40007
	codeDevice     = 600039 // the device does not support this kind of message
)

// credentials are the codes of a subscription that another try does not help.
var credentials = map[int]bool{853000: true, 93019: true, 40001: true, 40013: true}

// fault are the codes that do not concern the chat: of a moment, or of what was sent.
var fault = map[int]bool{codeUnserved: true, codeBusy: true, codeOverlap: true, codeMsgType: true, codeParameter: true, codeTask: true, codeMedia: true, codeDevice: true}

// Refusal is an answer with a code.
type Refusal struct {
	Code int
	Text string
}

// Error implements error.
func (r *Refusal) Error() string {
	return fmt.Sprintf("refused by WeCom: %d %s", r.Code, clip(r.Text, 120))
}

func clip(s string, most int) string {
	if runes := []rune(strings.TrimSpace(s)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return strings.TrimSpace(s)
}

// codeOf is the refusal of an answer; nil for none.
func codeOf(f frame) error {
	if f.Code == nil || *f.Code == 0 {
		return nil
	}
	return &Refusal{Code: *f.Code, Text: f.Text}
}

// refusedWith tells whether an error is a refusal with one of some codes.
func refusedWith(err error, codes ...int) bool {
	var r *Refusal
	if !errors.As(err, &r) {
		return false
	}
	for _, c := range codes {
		if r.Code == c {
			return true
		}
	}
	return false
}

// outcome words an error of a call for the sender.
func outcome(err error) error {
	var r *Refusal
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNotSent), errors.Is(err, errPaced):
		return fmt.Errorf("%w: %w", bot.ErrOffline, err)
	case errors.Is(err, errNoAnswer):
		return fmt.Errorf("%w: %w", bot.ErrUnknown, err)
	case !errors.As(err, &r):
		return err
	}
	switch r.Code {
	case codeUnserved, codeOften, codeCrowded, codeBusy, codeOverlap:
		return fmt.Errorf("%w: %w", bot.ErrOffline, err) // nothing went out, and it may soon
	}
	return fmt.Errorf("%w: %w", bot.ErrRefused, err)
}

// refusedPause is how long the bot keeps away after so many refusals of its id or secret: to hammer would get the enterprise into trouble.
func refusedPause(times int) time.Duration {
	pauses := []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute}
	return pauses[min(times, len(pauses))-1]
}
