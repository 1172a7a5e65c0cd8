package templates

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// source is the text of a template file before it is parsed.
type source struct{ path, text string }

// readEmbedded reads every *.md, by name.
func readEmbedded(fsys fs.FS) (map[string]source, error) {
	sources := map[string]source{}
	err := fs.WalkDir(fsys, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		if twin, ok := sources[key(path)]; ok {
			return fmt.Errorf("%s:1: %s has the same name", path, twin.path)
		}
		f, err := fsys.Open(path)
		if err != nil {
			return err
		}
		sources[key(path)], err = readSource(path, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
	}
	return sources, nil
}

// OwnRecordForm is the file in the folder of templates that is a committee's own Word form of the record form (纪实表); export reads it.
const OwnRecordForm = "纪实表.docx"

// override replaces sources by the files of a folder, and refuses what replaces nothing.
func override(sources map[string]source, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("read templates: %w", err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, ".") || name == OwnRecordForm {
			continue
		}
		path := filepath.Join(dir, name)
		if _, ok := sources[key(name)]; !ok || !strings.HasSuffix(name, ".md") {
			return fmt.Errorf("%s:1: replaces no template; there are %s", path, strings.Join(names(sources), ", "))
		}
		if sources[key(name)], err = readRegular(path); err != nil {
			return err
		}
	}
	return nil
}

// readRegular reads a file of the disk, and nothing that would wait for a writer.
func readRegular(path string) (source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return source{}, fmt.Errorf("read template: %w", err)
	}
	if !info.Mode().IsRegular() {
		return source{}, fmt.Errorf("%s:1: is no file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return source{}, fmt.Errorf("read template: %w", err)
	}
	return readSource(path, f)
}

// readSource reads and closes f: at most 64 KB of UTF-8, with or without a byte order mark, lines ended as on any system.
func readSource(path string, f fs.File) (source, error) {
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return source{}, fmt.Errorf("read template %s: %w", path, err)
	}
	if len(b) > maxBytes {
		return source{}, fmt.Errorf("%s:1: is over 64 KB", path)
	}
	text := string(b)
	if !utf8.ValidString(text) {
		return source{}, fmt.Errorf("%s:%d: is not UTF-8", path, invalidLine(text))
	}
	return source{path, newlines.Replace(strings.TrimPrefix(text, "\uFEFF"))}, nil
}

func invalidLine(text string) int {
	line := 1
	for l := range strings.Lines(text) {
		if !utf8.ValidString(l) {
			break
		}
		line++
	}
	return line
}

// located finds the line and what is wrong in an error of text/template.
var located = regexp.MustCompile(`(?s)^(\d+)(?::\d+)?: (?:executing ".*?" )?(.*)$`)

// fault says an error of text/template as path:line: what is wrong.
func fault(path, name string, err error) error {
	if limit, ok := errors.AsType[*limitError](err); ok {
		return fmt.Errorf("%s:%d: %w", path, limit.line, err)
	}
	text := strings.TrimPrefix(err.Error(), "template: "+name+":")
	if m := located.FindStringSubmatch(text); m != nil {
		line, _ := strconv.Atoi(m[1])
		return fmt.Errorf("%s:%d: %s", path, line, m[2])
	}
	return fmt.Errorf("%s:1: %w", path, err)
}
