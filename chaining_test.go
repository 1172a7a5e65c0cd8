package themeday

import (
	"reflect"
	"testing"
)

func TestTheSendersOwnLineAndThoseForOthers(t *testing.T) {
	zhang, li := Comrade{Person: Person{ID: 1, Name: "张三"}}, Comrade{Person: Person{ID: 2, Name: "李四"}}
	zhang.Card, li.Card = "三哥", "到"
	roster := BranchRoster{zhang, li, {Person: Person{ID: 3, Name: "王五"}}}
	for _, row := range []struct {
		said   string
		own    ChainStatus // of 张三, who sends it; empty when it has no line of his
		others []string
	}{
		{"1. 张三", ChainIn, nil},
		{"1. 三哥 到", ChainIn, nil},
		{"1. 李四\n2. 张三", ChainIn, []string{"李四"}},
		{"1. 张三 ❌", ChainUnclear, nil},
		{"1. 张三晚到\n2. 李四 ？\n3. 王五 不去", ChainUnclear, nil},
		{"1. 张三 请假 发烧\n2. 王五 请假 发烧", ChainLeave, nil},
		{"1. 李四\n2. 到", ChainIn, []string{"李四"}}, // the last line names nobody
		{"1. 到\n2. 李四", "", []string{"李四"}},      // somebody else's, further up
		{"1. 李四\n2. 谢谢", ChainUnclear, []string{"李四"}},
		{"1. 张三 请假 发烧\n2. 到", ChainLeave, nil}, // he is named, so the last line is not his
		{"1. 张三\n2. 张三 请假 发烧", ChainLeave, nil},
		{"1. 张三 待定\n2. 张三 到", ChainIn, nil},
		{"1. 张三、李四", ChainIn, []string{"李四"}},
		{"1. 李四、张三", ChainIn, []string{"李四"}},
		{"1. 张三 代李四", ChainIn, []string{"李四"}},
		{"1. 李四（张三代签）", "", []string{"李四"}},
		{"1. 李四 代张三", "", []string{"李四", "张三"}}, // that he is spoken for is no word of his own
		{"1. 张三\n1. 李四\n2. 李四\n3.", ChainIn, []string{"李四"}},
		{"1. 张三\n李四\n王五", ChainIn, []string{"李四", "王五"}},
		{"1. 陈七", "", []string{"陈七"}},
		{"1. 張三", "", []string{"張三"}},
		{"", "", nil},
	} {
		chain, err := ParseChain("#接龙\n签到\n\n" + row.said)
		if err != nil {
			t.Fatal(err)
		}
		own, others := Desk{}.sort(roster, zhang, chain)
		var status ChainStatus
		if own != nil {
			status = own.Status
		}
		if status != row.own || !reflect.DeepEqual(others, row.others) {
			t.Errorf("%q: his own line %q, others %q, want %q, %q", row.said, status, others, row.own, row.others)
		}
	}
}
