package book

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"themeday"
)

// ICS writes the dated months of the plan as a calendar (RFC 5545). An activity keeps its UID for ever and its SEQUENCE grows with every change
// of its date, so that a calendar that is taken over again moves its entries and makes none twice.
func (p Plan) ICS(w io.Writer) error {
	c := &calendar{zone: p.Zone, local: p.Zone.String() == shanghai}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//themeday//themeday//ZH")
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	c.text("X-WR-CALNAME", p.Title)
	if c.local {
		c.line("X-WR-TIMEZONE", shanghai)
		c.shanghai()
	}
	for _, m := range p.Months {
		if m.Activity.Dated() {
			c.event(m, p.Made)
		}
	}
	c.line("END", "VCALENDAR")
	_, err := io.WriteString(w, c.out.String())
	return err
}

// shanghai is the zone whose rules stand in the calendar itself; times of any other are written in UTC, which needs none.
const shanghai = "Asia/Shanghai"

// calendar is a calendar while it is being written.
type calendar struct {
	out   strings.Builder
	zone  *time.Location
	local bool
}

// shanghai writes the zone: eight hours ahead of UTC, without summer time since 1991.
func (c *calendar) shanghai() {
	c.line("BEGIN", "VTIMEZONE")
	c.line("TZID", shanghai)
	c.line("BEGIN", "STANDARD")
	c.line("DTSTART", "19910915T010000")
	c.line("TZOFFSETFROM", "+0800")
	c.line("TZOFFSETTO", "+0800")
	c.line("TZNAME", "CST")
	c.line("END", "STANDARD")
	c.line("END", "VTIMEZONE")
}

func (c *calendar) event(m PlanMonth, made time.Time) {
	a := m.Activity
	c.line("BEGIN", "VEVENT")
	c.line("UID", uid(a.ID))
	c.line("DTSTAMP", utc(made))
	c.line("SEQUENCE", fmt.Sprint(m.Sequence))
	c.time("DTSTART", a.Starts)
	c.time("DTEND", a.Ends)
	topic := ""
	if len(a.Topics) > 0 {
		topic = "：" + a.Topic()
	}
	c.text("SUMMARY", m.Branch+"主题党日"+topic)
	if a.Place != "" {
		c.text("LOCATION", a.Place)
	}
	if said := description(a); said != "" {
		c.text("DESCRIPTION", said)
	}
	status := "TENTATIVE"
	if a.Approved() {
		status = "CONFIRMED"
	}
	c.line("STATUS", status)
	c.line("TRANSP", "OPAQUE")
	c.line("END", "VEVENT")
}

func description(a themeday.Activity) string {
	var said []string
	if len(a.Content) > 0 {
		said = append(said, "内容："+strings.Join(a.Content, "、"))
	}
	if len(a.Agenda) > 0 {
		said = append(said, "议程："+strings.Join(a.Agenda, "；"))
	}
	return strings.Join(said, "\n")
}

// uid is the same for an activity in every export, and of letters that every calendar takes.
func uid(id themeday.ActivityID) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16]) + "@themeday"
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

func (c *calendar) time(name string, t time.Time) {
	if c.local {
		c.line(name+";TZID="+shanghai, t.In(c.zone).Format("20060102T150405"))
		return
	}
	c.line(name, utc(t))
}

// escaped is a text as a property's value.
var escaped = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

func (c *calendar) text(name, value string) { c.line(name, escaped.Replace(plain(value))) }

// line writes a property, folded so that no line is longer than 75 octets and no character is cut.
func (c *calendar) line(name, value string) {
	rest, room := name+":"+value, 75
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.out.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], 74 // the blank is one of the 75
	}
	c.out.WriteString(rest + "\r\n")
}
