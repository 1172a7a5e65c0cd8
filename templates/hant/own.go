package hant

// own are the words of the house that go before the dictionary's, which takes 准 and 签 for their rarer meanings where they stand alone and
// reads words across the end of ours.
var own = map[string]string{
	"准": "准", "不准": "不准", // to grant; 标准 and 准时 are words of the dictionary
	"签": "簽", "上签": "上簽", "下签": "下簽", "发签": "發簽", "更签": "更簽", // to sign; 抽签 and 标签 are words of the dictionary
	"结束": "結束", // 结束发早了 holds no 束发
	"接龙": "接龍", // 接龙里 holds no 龙里
}
