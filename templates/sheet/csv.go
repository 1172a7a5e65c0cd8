package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// readCSV reads a text table whatever of the usual encodings and separators it has.
func readCSV(data []byte, progress func(done int)) ([]Row, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	t := table{progress: progress}
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord = separator(text), -1
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return t.all()
		}
		if err != nil {
			return nil, misquoted(err)
		}
		line, _ := in.FieldPos(0)
		if err := t.add(Row{Line: line, Cells: cells}); err != nil {
			return nil, err
		}
	}
}

func misquoted(err error) error {
	var at *csv.ParseError
	if !errors.As(err, &at) {
		return err
	}
	return fmt.Errorf("line %d: a quotation mark (\") is missing or out of place; mend it, or save the table as .xlsx", at.StartLine)
}

// decode gives the text of a file in UTF-8, UTF-16 with a byte order mark, or GB18030 (of which GBK is a part), with \n at the ends of lines.
func decode(data []byte) (string, error) {
	text, err := string(bytes.TrimPrefix(data, []byte("\ufeff"))), error(nil)
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().String(text)
	case !utf8.ValidString(text):
		text, err = simplifiedchinese.GB18030.NewDecoder().String(text)
	}
	if err != nil || strings.ContainsAny(text, "\x00\ufffd") {
		return "", errors.New("this is no text in UTF-8, UTF-16 or GB18030; save the table as .xlsx, or as CSV in UTF-8")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), nil
}

// separator is the mark that stands most often outside quotes in the first lines: comma, tab or semicolon.
func separator(text string) rune {
	counts, quoted, lines := map[rune]int{}, false, 0
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\n':
			if lines++; lines == 20 {
				return most(counts)
			}
		default:
			counts[r]++
		}
	}
	return most(counts)
}

func most(counts map[rune]int) rune {
	best := ','
	for _, r := range "\t;" {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}
