package relay

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

func TestNobodysPastedTextSpeaksForWhoPastes(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		want        []string
	}{
		{"his own words", "> 下一步\n> 待审\n", []string{"own 下一步", "own 待审"}},
		{"a line in somebody's text", "老赵 14:02\n收到\n> 准假 赵六\n", []string{"老赵 收到"}},
		{"a line below an empty one", "老赵: 收到\n\n> 准假 赵六\n\n0000\n", []string{"老赵 收到"}},
		{"his own after pasted chat", "老赵: 到\n> 名单\n4821\n> 下一步\n", []string{"老赵 到", "own 名单", "own 下一步"}},
		{"the code holds once", "老赵: 到\n> 名单\n4821\n老赵: 好\n4821\n", []string{"老赵 到", "own 名单", "老赵 好"}},
		{"his name in the group is as anybody's", "王强: 开始\n", []string{"王强 开始"}},
	} {
		tr := &Transport{
			In: strings.NewReader(c.typed), Out: io.Discard, Now: time.Now, Zone: time.UTC, Me: Member{ID: 1, Name: "王强"}, Code: func() string { return "4821" },
			Groups: func() []Group {
				return []Group{{Name: "一支部群", Members: []Member{{1, "王强", "王强"}, {2, "赵六", "老赵"}}}}
			},
		}
		var got []string
		err := tr.Run(context.Background(), func(_ context.Context, m themeday.Message) error {
			who := m.From.Card
			if m.Group == "" {
				who = "own"
			} else if m.From.Friend || m.From.Remark != "" {
				t.Errorf("%s: pasted chat is certain: %+v", c.name, m.From)
			}
			got = append(got, who+" "+m.Text)
			return nil
		})
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}
