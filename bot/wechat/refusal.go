package wechat

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/eatmoreapple/openwechat"
)

// The codes in which the servers refuse.
const (
	retSystem    = -1 // the servers' own trouble
	retLogic     = -2
	retPhoneOut  = 1100 // logged out on the phone
	retElsewhere = 1101 // logged in elsewhere
	retCookie    = 1102 // cookies are void, or a sanction
	retForbidden = 1203 // the account may not use Web WeChat
	retNotHim    = 1204 // not to this person
	retTooOften  = 1205
)

// ended means that the session is over; Code says why.
type ended struct{ Code int }

// Error says what happened and what to do about it.
func (e *ended) Error() string {
	switch e.Code {
	case retPhoneOut:
		return "1100: logged out on the phone; log in again with `themeday run --login`"
	case retElsewhere:
		return "1101: the account logged in elsewhere, or the session is too old; log in again with `themeday run --login`"
	case retCookie:
		return "1102: the servers no longer accept this session; log in again with `themeday run --login`, not more than once a day"
	case retForbidden:
		return "1203: this account may not use the desktop door of WeChat: it lacks a real name or a bank card, is too new, or was seen in an unusual place; " +
			"confirm the account on the phone, wait a day, or go on with `themeday relay`"
	}
	return fmt.Sprintf("%d: the servers ended the session", e.Code)
}

// endOf tells whether an error of a call means that the session is over.
func endOf(err error) (*ended, bool) {
	var e *ended
	if errors.As(err, &e) {
		return e, true
	}
	var ret openwechat.Ret
	if errors.As(err, &ret) {
		switch int(ret) {
		case retPhoneOut, retElsewhere, retCookie, retForbidden:
			return &ended{Code: int(ret)}, true
		}
	}
	return nil, false
}

// retOf is the code in an error of the servers; 0 when there is none.
func retOf(err error) int {
	var ret openwechat.Ret
	if errors.As(err, &ret) {
		return int(ret)
	}
	return 0
}

// coolDown is how long no login is tried after a refusal: the servers ban accounts that go on trying.
const coolDown = 24 * time.Hour

// soon is how fast after a login an end is a refusal of the account rather than of the session.
const soon = time.Minute

// cooling is returned by a login that is not tried because of an earlier refusal.
type cooling struct {
	Until time.Time
	Code  int
}

// Error says until when, and how to go on meanwhile.
func (c *cooling) Error() string {
	return "WeChat refused this account (" + strconv.Itoa(c.Code) + "): no login is tried before " + c.Until.Format("2006-01-02 15:04 MST") +
		", more tries would only prolong the ban; go on with `themeday relay` meanwhile"
}
