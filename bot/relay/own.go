package relay

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
)

// ownWords finds the words of who pastes, `> 文字`. A text that is pasted may hold such a line too, put there by somebody who wants his
// rights: once chat was pasted, a code that is shown and that nobody can have written before must be typed.
type ownWords struct {
	code func() string

	pasted bool   // chat came since he was last sure to type himself
	held   string // his words, if the code is typed
	asked  string // the code that was shown
}

// line takes a line that is his own, or the code to one; either his words or a question is given.
func (w *ownWords) line(line string) (said, question string, is bool) {
	line = strings.TrimSpace(line)
	held, asked := w.held, w.asked
	w.held, w.asked = "", ""
	if asked != "" && line == asked {
		w.pasted = false
		return held, "", true
	}
	own, is := strings.CutPrefix(line, ">")
	own = strings.TrimSpace(own)
	if !is || own == "" {
		return "", "", false
	}
	if !w.pasted {
		return own, "", true
	}
	w.held, w.asked = own, w.draw()
	return "", fmt.Sprintf("“%s”跟在贴来的消息后面，还没有办。是您自己说的请输入 %s，不是的不用理", own, w.asked), true
}

// chat takes a line of anybody's.
func (w *ownWords) chat(line string) {
	w.pasted = w.pasted || strings.TrimSpace(line) != ""
}

func (w *ownWords) draw() string {
	if w.code != nil {
		return w.code()
	}
	n, err := rand.Int(rand.Reader, big.NewInt(10_000))
	if err != nil {
		panic(err) // the system's source of chance never fails
	}
	return fmt.Sprintf("%04d", n)
}
