package tencent

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// media is what can be fetched, or sent once it has been uploaded.
type media struct {
	data []byte
	kind string
}

// getByMessage gives the picture, the film or the voice of a message.
func (s *Server) getByMessage(r *http.Request) reply {
	v := r.URL.Query()
	id := v.Get("MsgID") + v.Get("msgid")
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.judge(r, claim{skey: v.Get("skey"), sid: cookie(r, "wxsid")}) != 0 {
		return reply{status: http.StatusFound} // nothing in it: the real ones answer so
	}
	if strings.HasSuffix(r.URL.Path, "video") && r.Header.Get("Range") == "" {
		return reply{}
	}
	m, ok := s.media[id]
	if !ok {
		return reply{}
	}
	return reply{kind: m.kind, body: m.data}
}

// getMedia gives a file.
func (s *Server) getMedia(r *http.Request) reply {
	v := r.URL.Query()
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.session
	if s.judge(r, s.cookieClaim(r, v.Get("pass_ticket"))) != 0 || cookie(r, "webwx_data_ticket") != n.data || v.Get("webwx_data_ticket") != n.data ||
		v.Get("fromuser") != strconv.FormatInt(n.uin, 10) {
		return reply{status: http.StatusForbidden}
	}
	m, ok := s.media[v.Get("mediaid")]
	if name, _ := s.world.find(s.epoch, v.Get("sender")); !ok || name == "" {
		return reply{status: http.StatusNotFound}
	}
	return reply{kind: m.kind, body: m.data}
}

// cookieClaim is that of a request that has no skey. s.mu is held.
func (s *Server) cookieClaim(r *http.Request, ticket string) claim {
	c := claim{sid: cookie(r, "wxsid"), ticket: ticket}
	if s.session != nil {
		c.skey = s.session.skey
	}
	return c
}

// checkUpload is asked before what is large is uploaded.
func (s *Server) checkUpload(r *http.Request) reply {
	var in struct {
		BaseRequest       baseRequest
		FileMd5, FileName string
		FileSize          int64
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil {
		return ret(1)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.judge(r, in.BaseRequest.claim()); code != 0 {
		return ret(code)
	}
	a := struct {
		BaseResponse                              baseResponse
		MediaId, AESKey, Signature, EncryFileName string
	}{Signature: "sig" + in.FileMd5, AESKey: "aes" + in.FileMd5}
	if id := mediaID(in.FileMd5); s.media[id].data != nil {
		a.MediaId, a.AESKey = id, ""
	}
	return plain(a)
}

func mediaID(sum string) string { return "@crypt_upload_" + sum }

const largest = 64 << 20

type uploadAnswer struct {
	BaseResponse      baseResponse
	MediaId           string
	StartPos          int64
	CDNThumbImgHeight int
	CDNThumbImgWidth  int
	EncryFileName     string
}

// upload takes a file, whole or in chunks; the last one's answer names it.
func (s *Server) upload(r *http.Request) reply {
	refuse := func(code int) reply { return plain(uploadAnswer{BaseResponse: baseResponse{Ret: code}}) }
	var in struct {
		BaseRequest   baseRequest
		ClientMediaId int64
		TotalLen      int64
		FileMd5       string
		FromUserName  string
		ToUserName    string
	}
	if r.ParseMultipartForm(largest) != nil || json.Unmarshal([]byte(r.FormValue("uploadmediarequest")), &in) != nil {
		return refuse(1)
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	file, _, err := r.FormFile("filename")
	if err != nil {
		return refuse(1)
	}
	part, err := io.ReadAll(file)
	_ = file.Close()
	if err != nil {
		return refuse(1)
	}
	c := in.BaseRequest.claim()
	c.ticket = r.FormValue("pass_ticket")
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := s.judge(r, c); code != 0 {
		return refuse(code)
	}
	if n := s.session; cookie(r, "webwx_data_ticket") != n.data || r.FormValue("webwx_data_ticket") != n.data {
		return refuse(1102)
	}
	if to, _ := s.world.find(s.epoch, in.ToUserName); to == "" {
		return refuse(1)
	}
	data, last, code := s.collect(fmt.Sprint(in.FileMd5, in.ClientMediaId), r, part)
	switch {
	case code != 0:
		return refuse(code)
	case !last:
		return plain(uploadAnswer{StartPos: int64(len(data))})
	}
	sum := md5.Sum(data)
	if int64(len(data)) != in.TotalLen || hex.EncodeToString(sum[:]) != in.FileMd5 || len(data) > largest {
		return refuse(1)
	}
	id := mediaID(in.FileMd5)
	s.media[id] = media{data: data, kind: http.DetectContentType(data)}
	return plain(uploadAnswer{MediaId: id, StartPos: in.TotalLen, CDNThumbImgHeight: 100, CDNThumbImgWidth: 100})
}

// collect puts the chunks of a file together; they come in order. s.mu is held.
func (s *Server) collect(key string, r *http.Request, part []byte) (data []byte, last bool, code int) {
	if r.FormValue("chunks") == "" {
		return part, true, 0
	}
	chunks, err1 := strconv.Atoi(r.FormValue("chunks"))
	chunk, err2 := strconv.Atoi(r.FormValue("chunk"))
	if err1 != nil || err2 != nil || chunk < 0 || chunk >= chunks || chunk > 0 && s.uploads[key] == nil {
		return nil, false, 1
	}
	if chunk == 0 {
		s.uploads[key] = []byte{}
	}
	s.uploads[key] = append(s.uploads[key], part...)
	data = s.uploads[key]
	if last = chunk == chunks-1; last {
		delete(s.uploads, key)
	}
	return data, last, 0
}
