// Package templates turns Markdown templates into the texts of the chat.
//
// A file goes through text/template, whose values are escaped, and then through Chat, which takes the Markdown marks away.
package templates

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template"
)

// Set is the templates of the program, each tried with a sample; it may be used by several goroutines.
type Set struct {
	files map[string]file
}

// file is one template and where it came from.
type file struct {
	path string // as the operator knows it
	tmpl *template.Template
}

// Load reads every *.md of embedded, each replaced by the file of the same name in overrideDir unless that is empty.
// A template is named for its file, with or without .md, and tried with samples[name] and every samples[name.variant]: each has to say
// something. What is wrong is told as path:line.
// Files whose names begin with a dot are not looked at.
func Load(embedded fs.FS, overrideDir string, samples map[string]any) (*Set, error) {
	sources, err := readEmbedded(embedded)
	if err != nil {
		return nil, err
	}
	if overrideDir != "" {
		if err := override(sources, overrideDir); err != nil {
			return nil, err
		}
	}
	return parseAll(sources, byTemplate(samples))
}

// byTemplate sorts samples by the template that they are for, in the order of their names.
func byTemplate(samples map[string]any) map[string][]any {
	out := make(map[string][]any, len(samples))
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		template, _, _ := strings.Cut(key(name), ".")
		out[template] = append(out[template], samples[name])
	}
	return out
}

// parseAll parses and tries the sources in the order of their names, so that the first error is always the same one.
func parseAll(sources map[string]source, samples map[string][]any) (*Set, error) {
	s := &Set{files: make(map[string]file, len(sources))}
	for _, name := range names(sources) {
		f, err := parseFile(name, sources[name])
		if err != nil {
			return nil, err
		}
		s.files[name] = f
		if err := s.try(name, samples[name]); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// try fills a template with its samples. One that says nothing would silence a step of the month.
func (s *Set) try(name string, samples []any) error {
	if len(samples) == 0 {
		_, err := s.Text(name, nil)
		return err
	}
	for _, sample := range samples {
		text, err := s.Text(name, sample)
		if err != nil {
			return err
		}
		if strings.TrimSpace(text) == "" {
			return fmt.Errorf("%s:1: says nothing (tried with %T): write at least a word for every case", s.files[name].path, sample)
		}
	}
	return nil
}

func parseFile(name string, src source) (file, error) {
	t, err := template.New(name).Option("missingkey=error").Funcs(funcs()).Parse(src.text)
	if err != nil {
		return file{}, fault(src.path, name, err)
	}
	guard(t)
	return file{path: src.path, tmpl: t}, nil
}

// Text is the chat text of the named template, filled with data; an error names the template's file and line.
func (s *Set) Text(name string, data any) (string, error) {
	f, ok := s.files[key(name)]
	if !ok {
		return "", fmt.Errorf("templates: there is no template %q", name)
	}
	var w limitedWriter
	if err := f.tmpl.Execute(&w, data); err != nil {
		return "", fault(f.path, f.tmpl.Name(), err)
	}
	return Chat(w.out.Bytes()), nil
}

// key is the name of a template: its file's, without folder and ending.
func key(name string) string { return strings.TrimSuffix(path.Base(name), ".md") }

func names(sources map[string]source) []string {
	var list []string
	for name := range sources {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
