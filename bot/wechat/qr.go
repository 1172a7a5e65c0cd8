package wechat

import (
	"fmt"
	"strings"

	"github.com/mdp/qrterminal/v3"
	"rsc.io/qr"
)

// showQR shows the code that a login is scanned by, in half-block characters and, where a file is named, as a PNG.
func (t *Transport) showQR(uuid string) error {
	link := "https://login.weixin.qq.com/l/" + uuid
	var b strings.Builder
	qrterminal.GenerateHalfBlock(link, qrterminal.L, &b)
	b.WriteString("Scan it with the WeChat of the bot's account; it is good for about five minutes.")
	if t.opt.QRFile != "" {
		code, err := qr.Encode(link, qr.L)
		if err != nil {
			return fmt.Errorf("draw the QR code: %w", err)
		}
		if err := replaceFile(t.opt.QRFile, code.PNG()); err != nil {
			return fmt.Errorf("write the QR code: %w", err)
		}
		b.WriteString("\nThe same as a picture: " + t.opt.QRFile)
	}
	t.opt.Show(b.String())
	return nil
}
