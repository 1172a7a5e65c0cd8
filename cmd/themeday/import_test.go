package main

import (
	"path/filepath"
	"strings"
	"testing"
)

const columns = "支部,姓名,职务,类别,手机,联系支部\n"

// imported imports one sheet after another into a new database and gives what the last import says.
func imported(t *testing.T, sheets ...string) (said, db string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "d.db")
	for _, sheet := range sheets {
		code, out, errs := start(t, "import", "roster", sheetOf(t, columns+sheet), "--db", db)
		said = out + errs
		if code != exitDone && !strings.Contains(errs, "nothing was imported") {
			t.Fatal(code, errs)
		}
	}
	return said, db
}

func TestAnImportSaysWhoIsTakenForWhomAndWhoGainsOrLosesAnOffice(t *testing.T) {
	const one, two = "甲支部,赵甲,书记,正式,13900000001,\n", "乙支部,钱乙,书记,正式,13900000002,\n"
	const hai, guide = ",林海,机关党委,,13900000020,\n", ",孙丙,联系领导,,13900000030,甲支部\n"
	for _, c := range []struct {
		what   string
		sheets []string
		want   string // parts with & between them; ! in front: not
	}{
		{"the committee of the first sheet", []string{one + hai}, "林海 成为机关党委 & 2 new people"},
		{"a second time nothing", []string{one + hai, one + hai}, "!成为 & !注意 & 0 new people, 0 places on a roster added or changed, 0 left"},
		{"a sheet of members alone changes no such office", []string{one + hai + guide, one}, "!不再是 & !成为"},
		{"nor where it names him as a member", []string{one + hai, one + "甲支部,林海,党员,正式,13900000020,\n"}, "!不再是 & 0 new people"},
		{"who is no longer named", []string{one + hai + guide, one + guide}, "林海 不再是机关党委 & 现在没有机关党委 & !孙丙"},
		{"who is named for something else", []string{one + hai + guide, one + hai + ",孙丙,机关党委,,13900000030,\n"}, "孙丙 成为机关党委 & 孙丙 不再是联系领导 & !林海"},
		{"a secretary with a new number", []string{one, strings.Replace(one, "139", "138", 1)}, "赵甲的手机号换了 & 按同一人处理 & 0 new people & 0 left"},
		{"a number that was not known", []string{"甲支部,赵甲,书记,正式,,\n", one}, "!注意 & 0 new people"},
		{"one of the committee with a new number", []string{one + hai, one + strings.Replace(hai, "139", "138", 1)}, "林海的手机号换了 & 0 new people & !不再是"},
		{"one of the committee who joins a branch, without numbers", []string{one + ",林海,机关党委,,,\n", one + ",林海,机关党委,,,\n甲支部,林海,党员,正式,,\n"}, "0 new people"},
		{"namesakes in two branches without numbers are two", []string{"甲支部,张伟,书记,正式,,\n", two + "乙支部,张伟,党员,正式,,\n"}, "按两人处理；若是一人请填相同的手机号 & 2 new people"},
		{"with an equal number they are one", []string{"甲支部,张伟,书记,正式,13900000009,\n", two + "乙支部,张伟,党员,正式,13900000009,\n"}, "!按两人 & 1 new people"},
		{"with different numbers they are two", []string{"甲支部,张伟,书记,正式,13900000009,\n", two + "乙支部,张伟,党员,正式,13900000008,\n"}, "按两人处理 & 2 new people"},
		{"two known ones in one sheet without numbers", []string{"甲支部,张伟,书记,正式,,\n", two + "乙支部,张伟,党员,正式,,\n", "甲支部,张伟,书记,正式,,\n" + two + "乙支部,张伟,党员,正式,,\n"}, "“张伟”在系统里是2位同志 & 请在这几行填手机 & nothing was imported"},
		{"and with numbers", []string{"甲支部,张伟,书记,正式,,\n", two + "乙支部,张伟,党员,正式,,\n", "甲支部,张伟,书记,正式,13900000008,\n" + two + "乙支部,张伟,党员,正式,13900000009,\n"}, "0 new people"},
		{"who left and comes back", []string{one + "甲支部,李丁,党员,正式,,\n", one, one + "甲支部,李丁,党员,正式,,\n"}, "0 new people & !注意"},
	} {
		said, _ := imported(t, c.sheets...)
		for _, part := range strings.Split(c.want, " & ") {
			word, banned := strings.CutPrefix(part, "!")
			if strings.Contains(said, word) == banned {
				t.Errorf("%s: %q, want %q", c.what, said, part)
			}
		}
	}
}

func TestADryRunNamesTheOfficesToo(t *testing.T) {
	code, out, errs := start(t, "import", "roster", "--dry-run", sheetOf(t, smallRoster), "--db", filepath.Join(t.TempDir(), "d.db"))
	if code != exitDone || !strings.Contains(out, "注意：林海 成为机关党委") {
		t.Error(code, out, errs)
	}
}
