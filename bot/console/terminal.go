package console

import (
	"errors"
	"fmt"
	"io"

	"github.com/chzyer/readline"
)

// Terminal gives a terminal's lines, edited with history, and a writer that keeps the line being typed below what is written.
func Terminal() (io.Reader, io.Writer, io.Closer, error) {
	line, err := readline.NewEx(&readline.Config{Prompt: "> "})
	if err != nil {
		return nil, nil, nil, fmt.Errorf("open the terminal: %w", err)
	}
	return &lines{from: line}, line.Stdout(), line, nil
}

// lines is what is typed, as a stream.
type lines struct {
	from *readline.Instance
	rest []byte
}

// Read implements io.Reader; Ctrl-C and Ctrl-D end the stream.
func (l *lines) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		line, err := l.from.Readline()
		if errors.Is(err, readline.ErrInterrupt) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, err
		}
		l.rest = append([]byte(line), '\n')
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}
