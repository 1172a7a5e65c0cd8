package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestTheFakeServesUntilItsInputEnds(t *testing.T) {
	var out bytes.Buffer
	in := strings.NewReader("(zhangsan): 签到\n[wr1] lisi: @bot 签到\nimage (lisi): nowhere.png\ntap x y z\ndance\ndrop\n")
	if err := run([]string{"--listen", "127.0.0.1:0"}, in, &out); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	if !strings.HasPrefix(got, "ws://127.0.0.1:") || strings.Count(got, "no bot hears it") != 2 || !strings.Contains(got, "no such file") || !strings.Contains(got, "no such card") || !strings.Contains(got, "not understood") {
		t.Error(got)
	}
}
