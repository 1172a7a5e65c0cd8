package wechat

import "testing"

func TestANoticeIsKnownInBothLanguagesWhateverItsBlanks(t *testing.T) {
	for text, want := range map[string]Notice{
		`"李佳芮"邀请"桔小秘、Bruce"加入了群聊`:                                           MembersChanged,
		`" <span class="emoji emoji1f338"></span>卷卷卷"邀请"Hou$e"加入了群聊 `:       MembersChanged,
		`你邀请"方二二"加入了 群聊  `:                                                  MembersChanged,
		`"张三"邀请你和"李四"加入了群聊`:                                                 MembersChanged,
		`"张三"邀请你加入了群聊，群聊参与人还有：李四、王五`:                                        MembersChanged,
		`" 李四"通过扫描"张三"分享的二维码加入群聊`:                                           MembersChanged,
		`你将"李四"移出了群聊`:                                                       MembersChanged,
		`你被"张三"移出群聊`:                                                        MembersChanged,
		`"李四"退出了群聊`:                                                         MembersChanged,
		`你无法在已退出的群聊中发送消息`:                                                   MembersChanged,
		`该群聊已被解散`:                                                           MembersChanged,
		`"李四"修改了群昵称`:                                                        MembersChanged,
		`"李四"与群里其他人都不是微信朋友关系，请注意隐私安全`:                                       MembersChanged,
		`"李卓桓.PreAngel" invited "Bruce LEE" to the group chat`:              MembersChanged,
		`You've invited "李卓桓、Bruce LEE" to the group chat   `:               MembersChanged,
		`李卓桓 invited you to a group chat with Bruce`:                        MembersChanged,
		`" Bruce LEE" joined the group chat via the QR Code shared by "张三"`: MembersChanged,
		`You removed "Bruce LEE" from the group chat`:                       MembersChanged,
		"You were removed from the group\u00a0chat by \"张三\"":               MembersChanged,
		`"luyuchao"修改群名为“北辰党支部”`:                                            GroupRenamed,
		` 你修改群名为 “第二党支部” `:                                                  GroupRenamed,
		`"李卓桓" changed the group name to "第二党支部"`:                           GroupRenamed,
		`You changed the group  name to “x”`:                                GroupRenamed,
		`你已添加了张三，现在可以开始聊天了。`:                                                FriendsChanged,
		`You have added 张三 as your WeChat contact. Start chatting!`:         FriendsChanged,
		`张三开启了朋友验证，你还不是他（她）朋友。请先发送朋友验证请求，对方验证通过后，才能聊天。<a href="weixin://findfriend/verifycontact">发送朋友验证</a>`: FriendsChanged,
		`消息已发出，但被对方拒收了。`: FriendsChanged,
		`收到红包，请在手机上查看`:   OtherNotice,
		`"张三" 拍了拍我`:      OtherNotice,
		`位置共享已经结束`:       OtherNotice,
		`群主已启用“群聊邀请确认”`:  OtherNotice,
		``: OtherNotice,
	} {
		in, ok := Read(Raw{MsgID: "1", MsgType: 10000, FromUserName: "@@g", ToUserName: "@me", Content: text}, "@me")
		if !ok || in.Notice != want || in.Chat != "@@g" || in.Sender != "" || in.Text != "" || in.Revoked != "" {
			t.Errorf("%s: got %+v %v, want %q", text, in, ok, want)
		}
	}
}

func TestARevokedMessageIsNamed(t *testing.T) {
	const revoke = `&lt;sysmsg type="revokemsg"&gt;<br/>&lt;revokemsg&gt;&lt;session&gt;10635087412@chatroom&lt;/session&gt;&lt;oldmsgid&gt;1088798387&lt;/oldmsgid&gt;&lt;msgid&gt;7032570294236529159&lt;/msgid&gt;&lt;replacemsg&gt;&lt;![CDATA["施嘉威<span class="emoji emoji1f47e"></span>" 撤回了一条消息]]&gt;&lt;/replacemsg&gt;&lt;/revokemsg&gt;&lt;/sysmsg&gt;`
	for _, raw := range []Raw{
		{MsgType: 10002, FromUserName: "@@g", ToUserName: "@me", Content: anna + ":<br/>" + revoke},
		{MsgType: 10002, FromUserName: "@@g", ToUserName: "@me", Content: revoke},
		{MsgType: 10002, FromUserName: "@me", ToUserName: "@@g", Content: revoke},
		{MsgType: 10002, FromUserName: "@b", ToUserName: "@me", Content: revoke},
		{MsgType: 10000, FromUserName: "@@g", ToUserName: "@me", Content: revoke},
	} {
		raw.MsgID = "9"
		in, ok := Read(raw, "@me")
		if !ok || in.ID != "9" || in.Revoked != "7032570294236529159" || in.Notice != NoNotice || in.Text != "" || in.Chat == "@me" {
			t.Errorf("%+v: got %+v %v", raw, in, ok)
		}
	}
}

func TestAnotherSystemDocumentIsANoticeOrBroken(t *testing.T) {
	for _, c := range []struct {
		doc    string
		notice Notice
		reason Reason
	}{
		{`<sysmsg type="sysmsgtemplate"><sysmsgtemplate><content_template type="tmpl_type_profile"><plain><![CDATA[]]></plain><template><![CDATA["$username$"邀请"$names$"加入了群聊]]></template></content_template></sysmsgtemplate></sysmsg>`, MembersChanged, ""},
		{`<sysmsg type="pat"><pat><template>拍了拍</template></pat></sysmsg>`, OtherNotice, ""},
		{`<sysmsg type="revokemsg"><revokemsg><msgid></msgid></revokemsg></sysmsg>`, "", Broken},
		{`<sysmsg type="revokemsg"><revokemsg><msgid>1; drop</msgid></revokemsg></sysmsg>`, "", Broken},
		{`<sysmsg type="revokemsg"><revokemsg><msgid>1`, "", Broken},
		{`<sysmsg><!DOCTYPE x></sysmsg>`, "", Broken},
	} {
		in, _ := Read(Raw{MsgID: "1", MsgType: 10002, FromUserName: "@@g", Content: wire(c.doc)}, "@me")
		if in.Notice != c.notice || in.Ignored != c.reason || in.Revoked != "" {
			t.Errorf("%s: got %+v", c.doc, in)
		}
	}
}
