package wechat

import "testing"

func TestAnEmojiIsTheCodePointsOfItsRow(t *testing.T) {
	for hex, want := range map[string]string{
		"1f44d": "👍", "1F44D": "👍", "26a1": "⚡", "2764fe0f": "❤\ufe0f", "203c": "‼", "3297": "㊗", "303d": "〽",
		"a9": "©", "ae": "®", "00a9": "©",
		"1f1e81f1f3": "🇨🇳", "1f1ec1f1e7": "🇬🇧", "1f44d1f3fb": "👍🏻", "270c1f3fd": "✌🏽",
		"2320e3": "#⃣", "2a20e3": "*⃣", "3020e3": "0⃣", "3120e3": "1⃣", "3920e3": "9⃣", "31fe0f20e3": "1\ufe0f⃣",
		"1f468200d1f469": "👨\u200d👩", "1f3f4e0067e0062e007f": "🏴\U000e0067\U000e0062\U000e007f",
		"e415": "\ue415", // of the phones before Unicode had emoji
	} {
		if got := emoji(hex); got != want {
			t.Errorf("%s gives %+q, want %+q", hex, got, want)
		}
	}
}

func TestWhatIsNoEmojiIsDropped(t *testing.T) {
	for _, hex := range []string{
		"", "zz", "1f44g", "d83d", "dfff", "d83ddc4d", "110000", "fffd", "ffff", "1fffe", "0", "3c", "26", "23", "31", "41", "0a", "7f", "80", "-1", "+1f44d", "0x1f44d", "1f44d ",
		"1f44d1", "ffffffff1f44d", "123456789012345678901234567890123456789012345678901234567890123456789",
	} {
		if got := emoji(hex); got != "" {
			t.Errorf("%q gives %+q", hex, got)
		}
	}
}
