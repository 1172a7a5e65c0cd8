package fakewecom

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"
)

// Media is a file that a bot uploaded.
type Media struct {
	Kind, Name string
	Data       []byte

	at time.Time
}

type upload struct {
	kind, name, md5 string
	size, chunks    int
	parts           map[int][]byte
	at              time.Time
}

const chunkBytes = 512 << 10

var mostOf = map[string]int{"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "file": 20 << 20}

func (s *Server) uploadInit(f frame) (map[string]any, int, string) {
	var b struct {
		Type   string `json:"type"`
		Name   string `json:"filename"`
		Size   int    `json:"total_size"`
		Chunks int    `json:"total_chunks"`
		MD5    string `json:"md5"`
	}
	if json.Unmarshal(f.Body, &b) != nil {
		return nil, 40058, "no body"
	}
	most, known := mostOf[b.Type]
	switch {
	case !known:
		return nil, 40004, "type"
	case b.Name == "" || len(b.Name) > 256:
		return nil, 40058, "filename"
	case b.Size < 5 || b.Size > most:
		return nil, 40058, "total_size"
	case b.Chunks < 1 || b.Chunks > 100:
		return nil, 40058, "total_chunks"
	}
	id := s.id("up")
	s.uploads[id] = &upload{kind: b.Type, name: b.Name, md5: b.MD5, size: b.Size, chunks: b.Chunks, parts: map[int][]byte{}, at: s.Now()}
	return map[string]any{"upload_id": id}, 0, "ok"
}

func (s *Server) uploadChunk(f frame) (int, string) {
	var b struct {
		ID    string `json:"upload_id"`
		Index int    `json:"chunk_index"`
		Data  string `json:"base64_data"`
	}
	if json.Unmarshal(f.Body, &b) != nil {
		return 40058, "no body"
	}
	u := s.uploads[b.ID]
	if u == nil || s.Now().Sub(u.at) > 30*time.Minute {
		return 40058, "upload_id"
	}
	data, err := base64.StdEncoding.DecodeString(b.Data)
	if err != nil || len(data) == 0 || len(data) > chunkBytes || b.Index < 0 || b.Index >= u.chunks {
		return 40058, "chunk"
	}
	if _, again := u.parts[b.Index]; !again {
		u.parts[b.Index] = data
	}
	return 0, "ok"
}

func (s *Server) uploadFinish(f frame) (map[string]any, int, string) {
	var b struct {
		ID string `json:"upload_id"`
	}
	if json.Unmarshal(f.Body, &b) != nil {
		return nil, 40058, "no body"
	}
	u := s.uploads[b.ID]
	if u == nil || s.Now().Sub(u.at) > 30*time.Minute || len(u.parts) != u.chunks {
		return nil, 40058, "upload_id: not complete"
	}
	var all bytes.Buffer
	for i := range u.chunks {
		all.Write(u.parts[i])
	}
	sum := md5.Sum(all.Bytes())
	if all.Len() != u.size || u.md5 != "" && u.md5 != hex.EncodeToString(sum[:]) {
		return nil, 40058, "size or md5"
	}
	if kind := http.DetectContentType(all.Bytes()); u.kind == "image" && kind != "image/png" && kind != "image/jpeg" && kind != "image/gif" {
		return nil, 40009, "invalid image"
	}
	delete(s.uploads, b.ID)
	id := s.id("media")
	s.media[id] = Media{Kind: u.kind, Name: u.name, Data: all.Bytes(), at: s.Now()}
	return map[string]any{"type": u.kind, "media_id": id, "created_at": s.Now().Unix()}, 0, "ok"
}
