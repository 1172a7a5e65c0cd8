package themeday_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// house is the module path of go.mod.
const house = "themeday"

// room is a folder of Go files and what it may import. A name that ends in /* stands for every folder below
// that has no row of its own; "*" permits everything.
type room struct {
	name  string
	floor int
	rooms []string // rooms of this house, "." being the root package
	libs  []string // module paths of others, each with all that lies below it
}

// rooms is the table of docs/design.md. A folder that is not in it is not part of the house.
var rooms = []room{
	{name: ".", floor: 0},
	{name: "storage", floor: 1, rooms: []string{".", "storage/picture"}, libs: []string{"gorm.io", "github.com/glebarez"}},
	{name: "storage/archive", floor: 1, libs: []string{"filippo.io/age"}},     // one file of a database and what lies beside it
	{name: "storage/picture", floor: 1, libs: []string{"golang.org/x/image"}}, // what is done to pictures, without knowing of anything else here
	{name: "templates", floor: 1, rooms: []string{"."}, libs: documents},
	{name: "templates/*", floor: 1, rooms: []string{".", "templates"}, libs: documents},
	{name: "templates/word", floor: 1},   // Word documents, of nothing but the standard library
	{name: "templates/bundle", floor: 1}, // folders of documents as one file, of nothing but the standard library
	{name: "templates/paper", floor: 1, rooms: []string{".", "templates", "templates/word"}, libs: documents},
	{name: "bot", floor: 1, rooms: []string{"."}},
	{name: "bot/*", floor: 2, rooms: []string{".", "bot"}},
	{name: "bot/console", floor: 2, rooms: []string{".", "bot"}, libs: []string{"github.com/chzyer/readline"}},
	{name: "bot/web", floor: 2, rooms: []string{".", "bot", "templates"}},
	{name: "bot/wechat", floor: 2, rooms: []string{".", "bot"}, libs: []string{openwechat, "github.com/mdp/qrterminal", "rsc.io/qr", "golang.org/x/text"}},
	{name: "bot/wecom", floor: 2, rooms: []string{".", "bot"}, libs: []string{websocket}},
	{name: "bot/wecom/fakewecom", floor: 2, libs: []string{websocket}}, // the fake of the server, for tests and for development
	{name: "cmd/fakewecom", floor: 3, rooms: []string{"bot/wecom/fakewecom"}},
	{name: "bot/wechat/tencent", floor: 2, rooms: []string{".", "bot"}}, // the fake of the servers, for tests and for development
	{name: "cmd/faketencent", floor: 3, rooms: []string{"bot/wechat/tencent"}},
	{name: "commands", floor: 2, rooms: []string{".", "templates", "commands/*"}, libs: []string{"golang.org/x/text"}},
	{name: "commands/*", floor: 2, rooms: []string{".", "templates", "commands/*"}, libs: []string{"golang.org/x/text"}},
	{name: "scheduler", floor: 2, rooms: []string{".", "templates"}, libs: []string{"github.com/robfig/cron"}},
	{name: "cmd/themeday", floor: 3, rooms: []string{"*"}, libs: []string{"*"}},
	{name: "cmd/themeday/*", floor: 3, rooms: []string{"*"}, libs: []string{"*"}},
}

// documents are the libraries that read and write what people file, and that know where a text may be split.
var documents = []string{
	"github.com/yuin/goldmark", "github.com/xuri/excelize", "github.com/lukasjarosch/go-docx",
	"github.com/rivo/uniseg", "golang.org/x/text",
}

// openwechat is known to one room only, so that the day it breaks one folder is rewritten; not even cmd may import it.
const openwechat = "github.com/eatmoreapple/openwechat"

// websocket is the library of the long connection.
const websocket = "github.com/coder/websocket"

// topFolders are the folders that the top level may show, besides those that .gitignore names.
var topFolders = []string{"bot", "cmd", "commands", "docs", "scheduler", "storage", "templates", "testdata", ".ci", ".git", ".github"}

// forbidden is a function of the standard library that only some rooms may name.
type forbidden struct {
	pkg, names string   // names are separated by spaces
	allowed    []string // rooms as in the table
	instead    string
}

var forbiddens = []forbidden{
	{"time", "Now Since Until", []string{"bot/*", "cmd/*"}, "let the instant come in as an argument"},
	{"time", "Sleep", []string{"bot", "bot/*", "cmd/*"}, "return when to look next; nothing sleeps while holding a post"},
	{"os", "Exit", []string{"cmd/*"}, "return an error"},
	{"log", "Fatal Fatalf Fatalln", []string{"cmd/*"}, "return an error"},
}

func TestEveryRoomImportsOnlyWhatItMay(t *testing.T) {
	faults, files := inspect(os.DirFS("."))
	if files == 0 {
		t.Fatal("no Go file was read: the test does not run in the root of the repository")
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

func TestTheTableOfRoomsRunsDownhill(t *testing.T) {
	floors := map[string]int{}
	for _, r := range rooms {
		floors[r.name] = r.floor
	}
	for _, r := range rooms {
		for _, below := range r.rooms {
			floor, known := floors[below]
			sameHousehold := firstFolder(below) == firstFolder(r.name)
			if below != "*" && (!known || floor > r.floor || floor == r.floor && !sameHousehold) {
				t.Errorf("%s (floor %d) may import %s (floor %d, in the table: %v)", r.name, r.floor, below, floor, known)
			}
		}
	}
}

func TestAFaultPlantedInTheHouseIsNamed(t *testing.T) {
	for _, c := range []struct{ name, file, source, want string }{
		{"a rule that knows the database", "quorum.go", `package themeday; import _ "themeday/storage"`, "quorum.go imports themeday/storage"},
		{"a rule that knows gorm", "quorum.go", `package themeday; import _ "gorm.io/gorm"`, "quorum.go imports gorm.io/gorm"},
		{"storage that asks a command", "storage/a.go", `package storage; import _ "themeday/commands"`, "storage/a.go imports themeday/commands"},
		{"strangers of floor 1", "bot/a.go", `package bot; import _ "themeday/storage"`, "bot/a.go imports themeday/storage"},
		{"strangers of floor 2", "scheduler/a.go", `package scheduler; import _ "themeday/commands"`, "scheduler/a.go imports themeday/commands"},
		{"one transport that knows another", "bot/web/a.go", `package web; import _ "themeday/bot/wechat"`, "bot/web/a.go imports themeday/bot/wechat"},
		{"a transport that writes pages", "bot/console/a.go", `package console; import _ "themeday/templates"`, "bot/console/a.go imports themeday/templates"},
		{"openwechat in another transport", "bot/console/a.go", `package console; import _ "github.com/eatmoreapple/openwechat"`, "bot/wechat alone"},
		{"openwechat in the program", "cmd/themeday/a.go", `package main; import _ "github.com/eatmoreapple/openwechat"`, "bot/wechat alone"},
		{"gorm outside storage", "commands/a.go", `package commands; import _ "gorm.io/gorm"`, "commands/a.go imports gorm.io/gorm"},
		{"a library whose name only begins alike", "scheduler/a.go", `package scheduler; import _ "github.com/robfig/cronjob"`, "scheduler/a.go imports github.com/robfig/cronjob"},
		{"cgo", "clock.go", `package themeday; import "C"`, "clock.go imports C"},
		{"the program as a library", "templates/a.go", `package templates; import _ "themeday/cmd/themeday"`, "templates/a.go imports themeday/cmd/themeday"},
		{"a parent that asks its sub-room", "templates/a.go", `package templates; import _ "themeday/templates/sheet"`, "templates/a.go imports themeday/templates/sheet"},
		{"an import of no known room", "cmd/themeday/a.go", `package main; import _ "themeday/utils"`, "themeday/utils, which is no room of the house"},
		{"a file in no known room", "storage/rows/a.go", `package rows`, "storage/rows is no room of the house"},
		{"a folder too many", "pkg/readme.txt", `hello`, "top-level folder pkg"},
		{"an init function", "commands/a.go", `package commands; func init() {}`, "commands/a.go:1 declares init"},
		{"a rule that reads the clock", "a.go", `package themeday; import "time"; var Now = time.Now`, "a.go:1 names time.Now"},
		{"a clock under another name", "scheduler/a.go", `package scheduler; import wall "time"; var d = wall.Since(t)`, "scheduler/a.go:1 names time.Since"},
		{"a sender that reads the clock", "bot/a.go", `package bot; import "time"; var now = time.Now()`, "bot/a.go:1 names time.Now"},
		{"a schedule that sleeps", "scheduler/a.go", `package scheduler; import "time"; func f() { time.Sleep(1) }`, "scheduler/a.go:1 names time.Sleep"},
		{"a transport that ends the program", "bot/web/a.go", `package web; import "os"; func f() { os.Exit(1) }`, "bot/web/a.go:1 names os.Exit"},
		{"a file that is not Go", "a.go", `package`, "a.go"},
	} {
		t.Run(c.name, func(t *testing.T) {
			faults, _ := inspect(fstest.MapFS{c.file: {Data: []byte(c.source)}})
			if len(faults) != 1 || !strings.Contains(faults[0], c.want) {
				t.Errorf("got %q, want one fault with %q", faults, c.want)
			}
		})
	}
}

func TestAHouseInOrderHasNoFault(t *testing.T) {
	faults, files := inspect(fstest.MapFS{
		".gitignore":              {Data: []byte("demo-out/\n*.db\n")},
		"demo-out/chat.txt":       {Data: []byte("hello")},
		"clause.go":               {Data: []byte(`package themeday; import "time"; func (c Clause) init(at time.Time) {}`)},
		"clause_test.go":          {Data: []byte(`package themeday; import ("time"; _ "themeday/storage"); var _ = time.Now; func init() {}`)},
		"testdata/a.go":           {Data: []byte(`not Go at all`)},
		"storage/open.go":         {Data: []byte(`package storage; import (_ "database/sql"; _ "github.com/glebarez/go-sqlite"; _ "gorm.io/gorm/logger"; _ "themeday")`)},
		"templates/chat.go":       {Data: []byte(`package templates; import (_ "github.com/yuin/goldmark/ast"; _ "themeday")`)},
		"templates/sheet/read.go": {Data: []byte(`package sheet; import (_ "github.com/xuri/excelize/v2"; _ "themeday/templates")`)},
		"bot/wechat/a.go":         {Data: []byte(`package wechat; import (_ "github.com/eatmoreapple/openwechat"; _ "themeday/bot"; "time"); var now = time.Now()`)},
		"bot/web/a.go":            {Data: []byte(`package web; import (_ "themeday/bot"; _ "themeday/templates")`)},
		"commands/router.go":      {Data: []byte(`package commands; import (_ "themeday"; _ "themeday/commands/fold"; _ "themeday/templates")`)},
		"commands/fold/a.go":      {Data: []byte(`package fold; import _ "golang.org/x/text/width"`)},
		"scheduler/tick.go":       {Data: []byte(`package scheduler; import (_ "github.com/robfig/cron/v3"; _ "themeday/templates")`)},
		"cmd/themeday/main.go":    {Data: []byte(`package main; import ("os"; _ "github.com/alecthomas/kong"; _ "themeday/bot/wechat"; _ "themeday/storage"); func main() { os.Exit(0) }`)},
	})
	if len(faults) != 0 || files != 10 {
		t.Errorf("read %d files, want 10; faults %q", files, faults)
	}
}

// inspect reads every Go file of the house but its tests and says what stands where it may not.
func inspect(tree fs.FS) (faults []string, files int) {
	ignored, _ := fs.ReadFile(tree, ".gitignore")
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || name == ".":
			return err
		case d.IsDir():
			return enter(name, string(ignored), &faults)
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
			files++
			faults = append(faults, inspectFile(tree, name)...)
		}
		return nil
	})
	if err != nil {
		faults = append(faults, err.Error())
	}
	return faults, files
}

// enter returns fs.SkipDir for a folder that holds no Go of ours, and notes a top-level folder that may not be there.
func enter(name, ignored string, faults *[]string) error {
	base, top := path.Base(name), !strings.Contains(name, "/")
	switch {
	case top && slices.Contains(strings.Fields(ignored), name+"/"):
		return fs.SkipDir
	case top && !slices.Contains(topFolders, name):
		*faults = append(*faults, fmt.Sprintf("top-level folder %s: the top level shows %s and no other", name, strings.Join(topFolders, " ")))
		return fs.SkipDir
	case base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_"):
		return fs.SkipDir
	}
	return nil
}

func inspectFile(tree fs.FS, name string) (faults []string) {
	here, known := roomOf(path.Dir(name))
	if !known {
		return []string{fmt.Sprintf("%s: %s is no room of the house; %s", name, path.Dir(name), wayOut())}
	}
	source, err := fs.ReadFile(tree, name)
	if err != nil {
		return []string{err.Error()}
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	for _, spec := range file.Imports {
		if imported, _ := strconv.Unquote(spec.Path.Value); !here.mayImport(imported) {
			faults = append(faults, fmt.Sprintf("%s imports %s", name, here.refusal(imported)))
		}
	}
	return append(faults, inspectWords(set, file, path.Dir(name))...)
}

// inspectWords finds the functions that a file may not declare or name.
func inspectWords(set *token.FileSet, file *ast.File, dir string) (faults []string) {
	note := func(at token.Pos, what string) {
		p := set.Position(at)
		faults = append(faults, fmt.Sprintf("%s:%d %s", p.Filename, p.Line, what))
	}
	packages := packageNames(file)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				note(n.Pos(), "declares init: let cmd or a constructor do it where it can be seen")
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				if instead := refuseWord(packages[x.Name], n.Sel.Name, dir); instead != "" {
					note(n.Pos(), fmt.Sprintf("names %s.%s: %s", packages[x.Name], n.Sel.Name, instead))
				}
			}
		}
		return true
	})
	return faults
}

// packageNames maps the names by which a file calls its imports to the imports' paths.
func packageNames(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		if spec.Name != nil {
			names[spec.Name.Name] = imported
		} else {
			names[path.Base(imported)] = imported
		}
	}
	return names
}

// refuseWord returns what to do instead of naming pkg.name in dir, or nothing where that is allowed.
func refuseWord(pkg, name, dir string) string {
	for _, f := range forbiddens {
		if f.pkg == pkg && slices.Contains(strings.Fields(f.names), name) && !matchesAny(f.allowed, dir) {
			return f.instead
		}
	}
	return ""
}

// roomOf finds the row for a folder: its own, else the one of the nearest folder above that ends in /*.
func roomOf(dir string) (room, bool) {
	for _, r := range rooms {
		if r.name == dir {
			return r, true
		}
	}
	for above := path.Dir(dir); above != "."; above = path.Dir(above) {
		for _, r := range rooms {
			if r.name == above+"/*" {
				return r, true
			}
		}
	}
	return room{}, false
}

func (r room) mayImport(imported string) bool {
	if dir, ours := folderOf(imported); ours {
		_, known := roomOf(dir)
		return known && matchesAny(r.rooms, dir)
	}
	if below(imported, openwechat) && r.name != "bot/wechat" || imported == "C" {
		return false
	}
	isStandard := !strings.Contains(strings.Split(imported, "/")[0], ".")
	return isStandard || slices.ContainsFunc(r.libs, func(lib string) bool { return lib == "*" || below(imported, lib) })
}

func (r room) refusal(imported string) string {
	dir, ours := folderOf(imported)
	if ours {
		if _, known := roomOf(dir); !known {
			return fmt.Sprintf("%s, which is no room of the house; %s", imported, wayOut())
		}
	}
	if below(imported, openwechat) {
		return imported + ": bot/wechat alone knows it"
	}
	return fmt.Sprintf("%s: %s (floor %d) may import the standard library, the rooms %v and the libraries %v", imported, r.name, r.floor, r.rooms, r.libs)
}

// folderOf turns an import path of this house into its folder.
func folderOf(imported string) (dir string, ours bool) {
	if imported == house {
		return ".", true
	}
	return strings.CutPrefix(imported, house+"/")
}

func matchesAny(patterns []string, dir string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		folder, all := strings.CutSuffix(p, "/*")
		return p == "*" || p == dir || all && strings.HasPrefix(dir, folder+"/")
	})
}

// below says whether an import is that module or a package in it.
func below(imported, module string) bool {
	return imported == module || strings.HasPrefix(imported, module+"/")
}

func firstFolder(name string) string { return strings.Split(name, "/")[0] }

func wayOut() string {
	names := make([]string, len(rooms))
	for i, r := range rooms {
		names[i] = r.name
	}
	return "put the file into one of " + strings.Join(names, ", ") + ", or add a row to the table in arch_test.go and say why"
}
