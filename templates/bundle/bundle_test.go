package bundle_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/quick"
	"time"
	"unicode/utf8"

	"themeday/templates/bundle"
)

var made = time.Date(2026, 3, 31, 20, 0, 1, 5, time.FixedZone("CST", 8*3600))

func says(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func packed(t *testing.T, entries ...bundle.Entry) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := bundle.Pack(&out, made, entries, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestABundleHoldsItsFilesInOrderAndTheirSumsAtTheEnd(t *testing.T) {
	one, two := bundle.Entry{Name: "00-目录.html", Write: says("目录")}, bundle.Entry{Name: "01-计划/计划.ics", Write: says("")}
	z := packed(t, one, two)
	in, err := zip.NewReader(bytes.NewReader(z), int64(len(z)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range in.File {
		names = append(names, f.Name)
		if !f.Modified.Equal(made.Truncate(2*time.Second)) || f.NonUTF8 || f.Name != bundle.Manifest && f.Flags&0x800 == 0 {
			t.Errorf("%s: %v, flags %x", f.Name, f.Modified, f.Flags)
		}
	}
	if got := strings.Join(names, " "); got != "00-目录.html 01-计划/计划.ics SHA256SUMS.txt" {
		t.Error(got)
	}
	sums, err := fs.ReadFile(in, bundle.Manifest)
	if want := fmt.Sprintf("%x  00-目录.html\n%x  01-计划/计划.ics\n", sha256.Sum256([]byte("目录")), sha256.Sum256(nil)); err != nil || string(sums) != want {
		t.Errorf("%s, want %s; %v", sums, want, err)
	}
	if !bytes.Equal(z, packed(t, one, two)) {
		t.Error("the same files are not the same bytes")
	}
}

func TestANameThatLeadsElsewhereIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	for _, name := range []string{"", "/a", "../a", "a/../b", "a//b", `a\b`, "a/", "C:a", "a\nb", "a\u202eb", "nul", "a./b", strings.Repeat("长", 100), "sha256sums.txt", "eins.TXT"} {
		var out bytes.Buffer
		err := bundle.Pack(&out, made, []bundle.Entry{{Name: "Eins.txt", Write: says("")}, {Name: name, Write: says("")}}, nil)
		if err == nil || out.Len() > 0 {
			t.Errorf("%q: %v, %d bytes", name, err, out.Len())
		}
	}
}

func TestAFileThatCannotBeWrittenIsNamed(t *testing.T) {
	full := errors.New("disk full")
	err := bundle.Pack(io.Discard, made, []bundle.Entry{{Name: "a.txt", Write: func(io.Writer) error { return full }}}, nil)
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "a.txt") {
		t.Error(err)
	}
}

func TestWhatSomebodyTypedBecomesANameOnEverySystem(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"第一支部", "第一支部"},
		{"../../etc/passwd", "_._etc_passwd"},
		{`C:\con`, "C__con"},
		{"a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j"},
		{"..", "未命名"},
		{".", "未命名"},
		{"", "未命名"},
		{" 空格. ", "空格"},
		{"一\n二\t三", "一二三"},
		{"\u202egpj.exe\u200b", "gpj.exe"},
		{"NUL", "_NUL"},
		{"com1.txt", "_com1.txt"},
		{"comrade", "comrade"},
		{"\xff\xfe", "未命名"},
		{"-rf", "rf"},
		{"=cmd|'/c calc'!A1", "=cmd_'_c calc'!A1"},
		{strings.Repeat("长", 10_000), strings.Repeat("长", 48)},
	} {
		if got := bundle.Name(c.text); got != c.want {
			t.Errorf("%.40q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestANameIsANameAlready(t *testing.T) {
	if err := quick.Check(func(text string) bool {
		name := bundle.Name(text)
		return name == bundle.Name(name) && fs.ValidPath(name) && name != "." && !strings.Contains(name, "/") && !strings.Contains(name, "..") && utf8.ValidString(name)
	}, nil); err != nil {
		t.Error(err)
	}
}

func TestThePartsTypesArePutInOrderToo(t *testing.T) {
	const head, png, sheet, foot = "<Types>", `<Default Extension="png"/>`, `<Override PartName="/a.xml" ContentType="x"></Override>`, "</Types>"
	document := func(types string) func(io.Writer) error {
		return func(w io.Writer) error {
			z := zip.NewWriter(w)
			f, err := z.Create("[Content_Types].xml")
			if err == nil {
				_, err = io.WriteString(f, types)
			}
			return errors.Join(err, z.Close())
		}
	}
	for _, types := range []string{head + png + sheet + foot, head + sheet + png + foot} {
		var out bytes.Buffer
		if err := bundle.Sorted(&out, document(types)); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := fs.ReadFile(z, "[Content_Types].xml"); err != nil || string(got) != head+png+sheet+foot {
			t.Errorf("%s %v", got, err)
		}
	}
}

func TestAZipIsPutInOrder(t *testing.T) {
	write := func(names ...string) func(io.Writer) error {
		return func(w io.Writer) error {
			z := zip.NewWriter(w)
			for _, n := range names {
				f, err := z.Create(n)
				if err == nil {
					_, err = io.WriteString(f, "text of "+n)
				}
				if err != nil {
					return err
				}
			}
			return z.Close()
		}
	}
	var one, two bytes.Buffer
	if err := errors.Join(bundle.Sorted(&one, write("b", "a", "c")), bundle.Sorted(&two, write("c", "b", "a"))); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
	if err != nil || z.File[0].Name != "a" || !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error(err, "the order of writing shows")
	}
	if text, err := fs.ReadFile(z, "c"); err != nil || string(text) != "text of c" {
		t.Errorf("%q %v", text, err)
	}
}
