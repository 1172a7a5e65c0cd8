package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// markedWord is a word that was said to the bot, and the files beside it, or what it writes out, that may hold it; where is empty: nothing may.
type markedWord struct{ what, word, where string }

// The files of a scene in which words may stand: the database, what is made of it as it is, and the copies that are a branch's own.
const (
	inDatabase = `^d\.db|^backup\.tar\.gz/themeday\.db|^new/d\.db`
	inOwn      = `^own\.|^own-|^d-documents/.*含请假事由` // what the secretary asked for in the chat lies there for a day
	inRecord   = `^record\.|^d-filed/|^backup\.tar\.gz/filed/|^new/d-filed/|^evidence\.zip/|^review\.`
)

// markedWords are what the script below says. A phone and a name are of 孙丽花, whom the script speaks of.
var markedWords = []markedWord{
	{"a reason of leave", "膝盖半月板镜检", inOwn},
	{"a reason given in the group", "群里说漏的结石", inOwn},
	{"a reason of a leave that was cancelled", "老父住院陪床", ``},
	{"why a leave was refused", "表决缺不得人", inOwn},
	{"an objection", "记账错得离谱", inOwn},
	{"its answer", "查过签到册了", inOwn},
	{"a remark of a ballot", "会上念稿太久", inDatabase + "|" + inOwn + "|" + inRecord},
	{"a remark of an outsider", "外人嫌场地冷", ``},
	{"a study that made up", "补看章程感触深", inDatabase + "|" + inOwn},
	{"a phone", "13877776666", inDatabase},
	{"a code of an outsider that was used", "99667142", ``},
	{"a code of an outsider that was not", "26464222", ``},
	{"a wrong code", "48151623", ``},
	{"what somebody said to the bot alone", "悄悄话不要外传", ``},
	{"what somebody said in the group", "群里随口闲聊", ``},
}

// markedMonth is a month with all of it, a crash at awkward moments, and a new session.
const markedMonth = `roster marked.csv
2026-03-01 08:00 (王强): 固定日 每月第2个周五 14:00-18:00 党员活动室
+1m (王强): 主题 3月 学习党章
+1m (王强): 报审 3月
+1m restart
+1m (林海): 审定 第一支部 3月
+1m (王强): 邀评 3月 服务对象 3
2026-03-09 10:00 (孙丽花): 请假 膝盖半月板镜检
+1m (孙丽花): 图片 note.png
+1m repeat
+1m restart
+1m (王强): 准假 孙丽花
+1m [一支部群] 高峰: 请假 群里说漏的结石
+1m (李四): 请假 老父住院陪床
+1m (李四): 销假
+1m (王强): 不准 高峰 表决缺不得人
+1m (李四): 悄悄话不要外传
+1m [一支部群] 陈静: 群里随口闲聊
2026-03-12 16:00 relogin
2026-03-13 13:40 [一支部群] 王强: 签到
+0m [一支部群] 陈静: 签到
+0m [一支部群] 李四: 签到
+0m [一支部群] 马云: 签到
+20m [一支部群] 王强: 开始
+10m [一支部群] 陈静: 图片 note.png
+10m [一支部群] 陈静: 共识 每月走访一户
2026-03-13 18:01 (陈静): 评分 5 4 5 5 会上念稿太久
+1m (李四): 评分 3 3 4 4
+1m (马云): 满意
+1m restart
+1m (访客甲): 评分 99667142 5 4 5 5 外人嫌场地冷
+1m (访客乙): 满意 48151623
+1m (访客乙): 绑定 481516
2026-03-14 19:00 (孙丽花): 异议 3月 记账错得离谱
+1m (王强): 驳回异议 孙丽花 查过签到册了
+1m (王强): 异议 1 驳回 查过签到册了
+1m (孙丽花): 补学 补看章程感触深
+1m (王强): 补学 过 孙丽花
+1m (王强): 总结 3月 成效：人人发言；不足：讨论偏短；下步：提前发材料
+1m (王强): 上报 3月
+1m (孙丽花): 我的 全部
+1m (王强): 台账 2026
2026-03-16 09:00 (王强): 情况
2026-03-31 20:00 (王强): 进度 3月
`

const markedRoster = "支部,姓名,职务,类别,手机,群名\n第一支部,王强,书记,正式,13900000001,一支部群\n第一支部,陈静,记录员,正式,,一支部群\n第一支部,李四,,正式,,一支部群\n" +
	"第一支部,高峰,,正式,,一支部群\n第一支部,马云,,正式,,一支部群\n第一支部,孙丽花,,正式,13877776666,一支部群\n,林海,机关党委,,13900000020,\n"

// markedNames stand in no log.
var markedNames = []string{"王强", "陈静", "李四", "高峰", "马云", "孙丽花", "林海", "访客"}

func TestMarkedWordsStandNowhereButWhereTheyBelong(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays a month and exports everything")
	}
	s := newScene(t)
	scripts := t.TempDir()
	for name, text := range map[string]string{"marked.csv": markedRoster, "s.txt": markedMonth, "note.png": string(picture(t))} {
		if err := os.WriteFile(filepath.Join(scripts, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	logged := s.playsMarked(filepath.Join(scripts, "s.txt"))
	key, err := os.ReadFile(s.path("d.key"))
	if err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer // by commands that tell the operator how things stand
	for _, args := range [][]string{
		{"verify"},
		{"verify", "--json"},
		{"purge", "--dry-run"},
		{"posts"},
		{"version"},
		{"export", "ledger", "-o", s.path("all.html")},
		{"export", "ledger", "-o", s.path("all.xlsx")},
		{"export", "ledger", "--branch", "第一支部", "-o", s.path("own.html")},
		{"export", "ledger", "--branch", "第一支部", "-o", s.path("own.xlsx")},
		{"export", "evidence", "-o", s.path("evidence.zip")},
		{"export", "evidence", "--own", "-o", s.path("own-evidence.zip")},
		{"export", "record", "--activity", "第一支部/2026-03", "-o", s.path("record.html")},
		{"export", "record", "--activity", "第一支部/2026-03", "-o", s.path("record.docx")},
		{"export", "review", "-o", s.path("review.html")},
		{"export", "facts", "-o", s.path("facts.json")},
		{"export", "plan", "-o", s.path("plan.xlsx")},
		{"export", "signin-sheet", "--activity", "第一支部/2026-03", "-o", s.path("sheet.docx")},
		{"backup", s.path("backup.tar.gz")},
		{"backup", "--verify", s.path("backup.tar.gz")},
		{"restore", s.path("backup.tar.gz"), "--db", s.path("new/d.db")},
		{"agenda"},
		{"agenda", "--json"},
		{"doctor"},
	} {
		if args[0] == "restore" {
			if err := os.Mkdir(s.path("new"), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		code, out, errs := s.run("2026-04-02 12:00", args...)
		if code != exitDone && args[0] != "doctor" { // which has something to mend: nobody guides the branch
			t.Errorf("%s: exit %d: %s", strings.Join(args, " "), code, errs)
		}
		told.WriteString(out + errs)
		logged += errs
	}
	s.write("bad.yaml", "database: d.db\nrules: {quorum_percent: 400}\n")
	for _, args := range [][]string{{"doctor", "--config", s.path("bad.yaml")}, {"verify", "--head", "zz"}, {"export", "record", "--activity", "第一支部/2031-01", "-o", s.path("none.docx")}, {"restore", s.path("d.db"), "--force"}} {
		_, out, errs := s.run("2026-04-02 12:00", args...)
		told.WriteString(out + errs)
	}
	for _, m := range markedWords {
		if strings.Contains(logged, m.word) || strings.Contains(told.String(), m.word) {
			t.Errorf("%s is told to the operator or the log", m.what)
		}
	}
	for _, name := range markedNames {
		if strings.Contains(logged, name) {
			t.Errorf("the log names %s", name)
		}
	}
	s.searchMarked(key)
	if out := s.does("2026-04-02 12:00", "key", "rotate"); strings.Contains(out, keyOfFile(key)) {
		t.Error("a key is printed")
	}
	s.searchMarked(key)
}

// playsMarked plays a script in the scene's database with a log that tells everything, and gives the log.
func (s *scene) playsMarked(script string) string {
	s.t.Helper()
	player, err := readScriptFile(script, s.path(configFile))
	if err != nil {
		s.t.Fatal(err)
	}
	var log, chat bytes.Buffer
	player.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	player.Config.Database = s.path("d.db")
	if err := rehearse(context.Background(), player, &chat, false, ""); err != nil {
		s.t.Fatal(err)
	}
	for _, heard := range []string{"事由：膝盖半月板镜检", "请假条已收到", "评分码", "异议", "外人嫌场地冷", "补学", "已上报"} { // or the test proves nothing
		if !strings.Contains(chat.String(), heard) {
			s.t.Errorf("nobody heard %q in\n%s", heard, &chat)
		}
	}
	return log.String()
}

// searchMarked looks through every file of the scene, into whatever is packed in it.
func (s *scene) searchMarked(key []byte) {
	s.t.Helper()
	found := map[string]bool{}
	for name, data := range s.unpacked() {
		for _, m := range markedWords {
			if !bytes.Contains(data, []byte(m.word)) {
				continue
			}
			if m.where == "" || !regexp.MustCompile(m.where).MatchString(name) {
				s.t.Errorf("%s stands in %s", m.what, name)
			}
			found[m.what] = true
		}
		if bytes.Contains(data, []byte(keyOfFile(key))) && name != "d.key" {
			s.t.Errorf("the key stands in %s", name)
		}
	}
	for _, m := range markedWords {
		if m.where != "" && !found[m.what] {
			s.t.Errorf("%s stands nowhere: the test does not see into the files", m.what)
		}
	}
}

func keyOfFile(file []byte) string {
	lines := strings.Split(strings.TrimSpace(string(file)), "\n")
	return lines[len(lines)-1]
}

// unpacked are the files of the scene by their names, those in archives behind the archive's. Others must not be able to read any but those of the test.
func (s *scene) unpacked(ofTheTest ...string) map[string][]byte {
	s.t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(s.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		st, err := e.Info()
		if err != nil || path == s.dir {
			return err
		}
		name, _ := filepath.Rel(s.dir, path)
		if st.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" && !slices.Contains(ofTheTest, name) {
			s.t.Errorf("others may read %s (mode %o)", name, st.Mode().Perm())
		}
		if e.IsDir() {
			return nil
		}
		data, err := os.ReadFile(path)
		unpackInto(s.t, all, name, data)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// unpackInto adds a file, and what is in it when it is an archive.
func unpackInto(t *testing.T, all map[string][]byte, name string, data []byte) {
	t.Helper()
	all[filepath.ToSlash(name)] = data
	inside := func(of string, r io.Reader, err error) {
		t.Helper()
		var b []byte
		if err == nil {
			b, err = io.ReadAll(r)
		}
		if err != nil {
			t.Fatalf("%s in %s: %v", of, name, err)
		}
		unpackInto(t, all, name+"/"+of, b)
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			inside(f.Name, r, err)
		}
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		g, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		r := tar.NewReader(g)
		for h, err := r.Next(); err == nil; h, err = r.Next() {
			inside(h.Name, r, nil)
		}
	}
}
