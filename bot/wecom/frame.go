package wecom

import (
	"encoding/json"
	"fmt"
)

// The commands of the long connection.
const (
	cmdSubscribe = "aibot_subscribe"
	cmdPing      = "ping"
	cmdRespond   = "aibot_respond_msg"
	cmdWelcome   = "aibot_respond_welcome_msg"
	cmdUpdate    = "aibot_respond_update_msg"
	cmdSend      = "aibot_send_msg"
	cmdInit      = "aibot_upload_media_init"
	cmdChunk     = "aibot_upload_media_chunk"
	cmdFinish    = "aibot_upload_media_finish"
	cmdMessage   = "aibot_msg_callback"
	cmdEvent     = "aibot_event_callback"
)

// frame is what goes either way. An answer has no command and a code.
type frame struct {
	Cmd     string          `json:"cmd,omitempty"`
	Headers frameHeaders    `json:"headers"`
	Body    json.RawMessage `json:"body,omitempty"`
	Code    *int            `json:"errcode,omitempty"`
	Text    string          `json:"errmsg,omitempty"`
}

type frameHeaders struct {
	ReqID string `json:"req_id"`
}

// readFrame reads a frame as the network writes it.
func readFrame(data []byte) (frame, error) {
	var f frame
	if err := json.Unmarshal(mended(data), &f); err != nil {
		return f, fmt.Errorf("a frame that is no JSON: %w", err)
	}
	return f, nil
}

// mended takes bare control characters out of a frame: invalid in JSON, and yet they come. A line break or tab within a text stays one.
func mended(data []byte) []byte {
	clean := true
	for _, b := range data {
		if b < ' ' {
			clean = false
			break
		}
	}
	if clean {
		return data
	}
	out := make([]byte, 0, len(data)+16)
	quoted, escaped := false, false
	for _, b := range data {
		switch {
		case b >= ' ':
			out = append(out, b)
		case b == '\n' && quoted:
			out = append(out, '\\', 'n')
		case b == '\t' && quoted:
			out = append(out, '\\', 't')
		case b == '\n', b == '\t':
			out = append(out, b)
		default:
			continue
		}
		switch {
		case escaped:
			escaped = false
		case b == '\\' && quoted:
			escaped = true
		case b == '"':
			quoted = !quoted
		}
	}
	return out
}
