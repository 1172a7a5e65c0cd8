package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestTheOperatorPrintsACodeForAnybody(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	config := filepath.Join(dir, configFile)
	start(t, "init", dir)
	start(t, "import", "roster", sheetOf(t, "支部,姓名,职务,类别,手机\n甲支部,赵甲,书记,正式,1390001\n甲支部,张伟,,正式,1390002\n乙支部,钱乙,书记,正式,1390003\n乙支部,张伟,,正式,1390004\n,林海,机关党委,,1390005\n"), "--config", config)
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"code 赵甲", exitDone, "赵甲（甲支部）: "},
		{"code 林海", exitDone, "林海（机关党委）: "},
		{"code 张伟", exitFailed, "有2位同志叫张伟，请写明支部"},
		{"code 张伟 --branch 乙支部", exitDone, "张伟（乙支部）: "},
		{"code 钱乙 --branch 甲支部", exitFailed, "名单上没有“钱乙”"},
		{"code 没有人", exitFailed, "名单上没有“没有人”"},
		{"code", exitUsage, `expected "<name>"`},
	} {
		code, out, errs := start(t, append(strings.Fields(c.args), "--config", config)...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("themeday %s: exit %d, %q %q", c.args, code, out, errs)
		}
	}
	if code, _, errs := start(t, "code", "赵甲", "--db", "nowhere.db"); code != exitFailed || !strings.Contains(errs, "begin with themeday init") {
		t.Error(code, errs)
	}
	_, out, _ := start(t, "code", "林海", "--config", config)
	six := regexp.MustCompile(`\d{6}`).FindString(out)
	if said := chatted(t, config, "(马甲): 绑定 "+six+"\n(马甲): 待审\n"); !strings.Contains(said, "已绑定：林海") || !strings.Contains(said, "没有待审的") {
		t.Error(said)
	}
}
