package picture

import (
	"bytes"
	"encoding/binary"
	"iter"
)

// orientation reads the one thing of a picture's EXIF that matters: how it has to be turned. 1, upright, when nothing says otherwise.
func orientation(data []byte) int {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		return ofJPEG(data[2:])
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return ofChunks(data[8:], binary.BigEndian, "eXIf")
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return ofChunks(data[12:], binary.LittleEndian, "EXIF")
	}
	return 1
}

// ofJPEG looks for the notes of the camera.
func ofJPEG(data []byte) int {
	const app1 = 0xe1
	for kind, body := range segments(data) {
		if exif, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && kind == app1 {
			return ofTIFF(exif)
		}
	}
	return 1
}

// progressive tells whether a JPEG comes from coarse to fine, so that all of it has to be in memory several times over before it is opened.
func progressive(data []byte) bool {
	const coarseToFine = 0xc2
	if !bytes.HasPrefix(data, []byte("\xff\xd8")) {
		return false
	}
	for kind := range segments(data[2:]) {
		if kind == coarseToFine {
			return true
		}
	}
	return false
}

// segments are what stands in a JPEG before the picture itself, by their kinds.
func segments(data []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		for len(data) >= 4 && data[0] == 0xff {
			const picture = 0xda
			kind, n := data[1], int(binary.BigEndian.Uint16(data[2:]))
			if kind == 0xff { // filling
				data = data[1:]
				continue
			}
			if kind == picture || n < 2 || len(data) < 2+n || !yield(kind, data[4:2+n]) {
				return
			}
			data = data[2+n:]
		}
	}
}

// ofChunks looks through the chunks of a PNG (length, name, data, sum) or a WebP (name, length, data, filled to an even length).
func ofChunks(data []byte, order binary.ByteOrder, name string) int {
	for len(data) >= 8 {
		png := order == binary.ByteOrder(binary.BigEndian)
		kind, length, behind := data[:4], data[4:8], uint64(0)
		if png {
			kind, length, behind = data[4:8], data[:4], 4
		}
		n := uint64(order.Uint32(length))
		if !png {
			behind = n % 2
		}
		if n > uint64(len(data)-8) {
			return 1
		}
		if string(kind) == name {
			return ofTIFF(bytes.TrimPrefix(data[8:8+n], []byte("Exif\x00\x00")))
		}
		data = data[min(8+n+behind, uint64(len(data))):]
	}
	return 1
}

// ofTIFF reads the orientation from the first directory of a TIFF header.
func ofTIFF(data []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	switch {
	case bytes.HasPrefix(data, []byte("II*\x00")):
		order = binary.LittleEndian
	case !bytes.HasPrefix(data, []byte("MM\x00*")):
		return 1
	}
	if len(data) < 8 {
		return 1
	}
	at := uint64(order.Uint32(data[4:]))
	if at+2 > uint64(len(data)) {
		return 1
	}
	const tag, short, entry = 0x0112, 3, 12
	entries := data[at+2:]
	for range order.Uint16(data[at:]) {
		if len(entries) < entry {
			break
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			break
		}
		entries = entries[entry:]
	}
	return 1
}
