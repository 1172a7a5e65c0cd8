package themeday

import "strings"

// guestKinds are as what somebody may be invited to an activity (列席, R14), with the words that are read as each; the first is its name.
// Leaders and the committee come as guests as well (R10): their kinds say so.
var guestKinds = [][]string{
	{"积极分子", "入党积极分子"},
	{"发展对象"},
	{"申请人", "入党申请人"},
	{"团员", "共青团员"},
	{"群众"},
	{"群众代表"},
	{"人大代表"},
	{"政协委员"},
	{"民主党派"},
	{"服务对象"},
	{kindOtherBranch, "其他支部的党员", "其他支部", "其他支部同志", "外支部党员", "外支部", "兄弟支部党员", "兄弟支部", "别的支部党员", "别的支部"},
	{kindLeader, "领导"},
	{kindCommittee, "党委"},
	{kindDelegate, "机关党委代表"},
	{"其他"},
}

// The kinds of guests who may comment on an activity (R27).
const (
	kindLeader    = string(Liaison)
	kindCommittee = string(Committee)
	kindDelegate  = "机关党委委派"
)

// kindOtherBranch is the kind of a member of another branch who comes as a guest (R14).
const kindOtherBranch = "其他支部党员"

// GuestKind reads the kind of a guest; a refusal names all there are.
func GuestKind(word string) (string, error) {
	var all []string
	plain := strings.NewReplacer("其它", "其他", " ", "", "（", "", "）", "", "(", "", ")", "").Replace(word)
	for _, k := range guestKinds {
		for _, w := range k {
			if w == plain {
				return k[0], nil
			}
		}
		all = append(all, k[0])
	}
	if rest, ok := strings.CutPrefix(strings.Replace(word, "其它", "其他", 1), "其他"); ok && strings.TrimSpace(rest) != "" {
		return "其他（" + Shown(strings.Trim(rest, " ：:，,（）()")) + "）", nil
	}
	return "", Refuse(Invalid, R14, "列席身份没有“%s”，请写其中一种：%s", Shown(word), strings.Join(all, "、"))
}

// Comments tells whether guests of a kind comment on the activity (R27).
func (g Guest) Comments() bool {
	return g.Kind == kindLeader || g.Kind == kindCommittee || g.Kind == kindDelegate
}

// Discreet tells whether that he is invited is nothing for a group: where leaders are going is not told in advance.
func (g Guest) Discreet() bool { return g.Comments() }
