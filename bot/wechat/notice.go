package wechat

import (
	"regexp"
	"strings"

	"themeday"
)

// Notice is what a system message is about. It only says what to look up anew: the text itself is in the words of its time and holds
// names that people chose, so that nothing is taken from it.
type Notice string

// The kinds of notices.
const (
	NoNotice       Notice = ""
	MembersChanged Notice = "members changed" // joined, left, removed, a card changed, the group dissolved
	GroupRenamed   Notice = "group renamed"
	FriendsChanged Notice = "friends changed" // somebody has become a friend, or is none any more, or refuses messages
	OtherNotice    Notice = "other"
)

// notices are the words by which a notice is known, with no blanks and in small letters: clients set blanks where they like. A name that
// contains such words costs one refresh of the directory, no more.
var notices = []struct {
	kind  Notice
	words []string
}{
	{GroupRenamed, []string{
		"修改群名为", "修改群名為", "修改群名爲", "改群名为", "修改群聊名称", "修改了群名", "changedthegroupname", "changedgroupname", "renamedthegroup",
	}},
	{MembersChanged, []string{
		"加入了群聊", "加入群聊", "加入了群組", "加入群組", "移出了群聊", "移出群聊", "移出了群組", "移出群組", "退出了群聊", "退出群聊", "退出的群聊", "离开了群聊",
		"群聊参与人", "解散", "与群里其他人都不是", "群昵称", "群名片", "群暱稱",
		"tothegroupchat", "toagroupchat", "joinedthegroup", "joinedgroup", "fromthegroupchat", "fromgroupchat", "leftthegroup", "leftgroup",
		"inthisgroupchat", "dissolved", "disbanded", "groupnickname", "aliasinthegroup",
	}},
	{FriendsChanged, []string{
		"现在可以开始聊天", "現在可以開始聊天", "可以开始聊天了", "开启了朋友验证", "開啟了朋友驗證", "好友验证", "被对方拒收", "被對方拒收",
		"asyourwechatcontact", "asawechatcontact", "startchatting", "friendconfirmation", "friendverification", "rejectedbytherecipient", "successfullysentbutrejected",
	}},
}

var markupTag = regexp.MustCompile(`<[^<>]*>`)

// noticeOf tells what a notice is about.
func noticeOf(text string) Notice {
	said := strings.ToLower(strings.Join(strings.Fields(tidy(markupTag.ReplaceAllString(text, ""))), ""))
	for _, n := range notices {
		for _, words := range n.words {
			if strings.Contains(said, words) {
				return n.kind
			}
		}
	}
	return OtherNotice
}

// messageNumber is an id as the servers write it.
var messageNumber = regexp.MustCompile(`^[0-9]{1,20}$`)

// takeNotice reads a system message into in: plain words, or an XML document that tells of a revoked message or holds the words.
func (in *Incoming) takeNotice(body string) Reason {
	text := strings.TrimSpace(unwire(body))
	if !strings.HasPrefix(text, "<sysmsg") && !strings.HasPrefix(text, "<?xml") {
		in.Notice = noticeOf(text)
		return ""
	}
	const plain, template = "sysmsg/sysmsgtemplate/content_template/plain", "sysmsg/sysmsgtemplate/content_template/template"
	found, ok := leaves(text, "sysmsg@type", "sysmsg/revokemsg/msgid", plain, template)
	switch id := strings.TrimSpace(found["sysmsg/revokemsg/msgid"]); {
	case !ok:
		return Broken
	case found["sysmsg@type"] != "revokemsg":
		in.Notice = noticeOf(found[plain] + "\n" + found[template])
	case !messageNumber.MatchString(id):
		return Broken
	default:
		in.Revoked = themeday.MessageID(id)
	}
	return ""
}
