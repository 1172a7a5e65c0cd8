package storage

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"themeday"
)

// Key seals what only few may read: the reasons of leaves, the words of objections and the answers to them. It stands outside the database.
type Key [32]byte

// NewKey makes a key by chance.
func NewKey(chance io.Reader) (Key, error) {
	var k Key
	if _, err := io.ReadFull(chance, k[:]); err != nil {
		return k, fmt.Errorf("make a key: %w", err)
	}
	return k, nil
}

// ParseKeys reads keys as they are kept: base64 of 32 bytes each, a line or a comma between them. Empty lines and lines after # count nothing.
// Its errors never hold any of the text.
func ParseKeys(text string) ([]Key, error) {
	var keys []Key
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for _, word := range strings.Split(line, ",") {
			word = strings.TrimSpace(word)
			if word == "" {
				continue
			}
			raw, err := base64.StdEncoding.DecodeString(word)
			if err != nil || len(raw) != len(Key{}) {
				return nil, fmt.Errorf("key %d is no base64 of 32 bytes: put back the right one (openssl rand -base64 32 makes a new one)", len(keys)+1)
			}
			keys = append(keys, Key(raw))
		}
	}
	return keys, nil
}

// Text is the key as it is kept.
func (k Key) Text() string { return base64.StdEncoding.EncodeToString(k[:]) }

// ID names a key without telling anything of it; it stands before everything that the key sealed.
func (k Key) ID() string {
	sum := sha256.Sum256(append([]byte("themeday key\x00"), k[:]...))
	return hex.EncodeToString(sum[:4])
}

// String is the id, so that no key is ever printed by mistake.
func (k Key) String() string { return k.ID() }

// GoString is the id as well.
func (k Key) GoString() string { return k.ID() }

// What stands in the place of words that cannot be read.
const (
	Unreadable = "【无法解读：缺密钥】"
	Tampered   = "【无法解读：内容被改动】"
)

// unread tells whether a text stands for words that could not be read, so that to write it back changes nothing.
func unread(text string) bool { return text == Unreadable || text == Tampered }

// errNoKey refuses to keep in the open what belongs sealed.
var errNoKey = themeday.Refuse(themeday.Conflict, themeday.R33, "保密用的密钥不在，这条没有记，免得明文存下来。请告诉机器人的管理员：themeday doctor")

// Option is how a database is opened.
type Option func(*Store)

// Sealed opens a database with keys: the first seals, all of them open. Without a key words are kept in the open as long as none is sealed.
func Sealed(keys ...Key) Option { return func(s *Store) { s.vault = newVault(keys) } }

// vault seals and opens words. The zero vault has no key.
type vault struct {
	ids    []string
	doors  map[string]cipher.AEAD
	marks  [][]byte          // made of each key; mark who has rated by code (outsidemark.go)
	chance io.Reader         // nil: chance itself
	nonces [sha256.Size]byte // made of the first key, which seals
	naming [sha256.Size]byte // made of the first key; gives files names that tell nothing of what is in them
}

func newVault(keys []Key) vault {
	v := vault{doors: map[string]cipher.AEAD{}}
	for _, k := range keys {
		block, err := aes.NewCipher(k[:])
		if err != nil {
			panic(err) // of a key of another length, which there is not
		}
		if v.doors[k.ID()], err = cipher.NewGCM(block); err != nil {
			panic(err)
		}
		mark := sha256.Sum256(append([]byte("themeday mark\x00"), k[:]...))
		v.marks = append(v.marks, mark[:])
		if v.ids = append(v.ids, k.ID()); len(v.ids) == 1 {
			v.nonces = sha256.Sum256(append([]byte("themeday nonce\x00"), k[:]...))
			v.naming = sha256.Sum256(append([]byte("themeday name\x00"), k[:]...))
		}
	}
	return v
}

// markers are what marks are made with: the first makes new ones, all of them find. The last stands for no key.
func (v vault) markers() [][]byte { return append(slices.Clone(v.marks), nil) }

// sealing is how sealed words look: e1, the id of the key, and nonce and words in base64.
var sealing = regexp.MustCompile(`^e1:([0-9a-f]{8}):([A-Za-z0-9+/]{38,}={0,2})$`)

// keyOf is the id of the key that sealed a text; false where it stands in the open.
func keyOf(stored string) (string, bool) {
	hit := sealing.FindStringSubmatch(stored)
	if hit == nil {
		return "", false
	}
	return hit[1], true
}

// belongs is where sealed words belong: moved to another person's row they cannot be opened.
func belongs(column string, a themeday.ActivityID, p themeday.PersonID) []byte {
	return fmt.Appendf(nil, "%s\x00%s\x00%d", column, a, p)
}

// seal gives words as they are stored; none stay none.
func (v vault) seal(text string, where []byte) string {
	if text == "" {
		return ""
	}
	door := v.doors[v.ids[0]]
	nonce := make([]byte, door.NonceSize(), door.NonceSize()+len(text)+door.Overhead())
	copy(nonce, v.nonce(text, where))
	return "e1:" + v.ids[0] + ":" + base64.StdEncoding.EncodeToString(door.Seal(nonce, nonce, []byte(text), where))
}

// nonce is made by chance, and of the words and where they belong: the same rehearsal, whose chance is the same, leaves the same rows and so the
// same chain, and yet no two words ever have the same nonce.
func (v vault) nonce(text string, where []byte) []byte {
	chance := v.chance
	if chance == nil {
		chance = rand.Reader
	}
	salt := make([]byte, sha256.Size)
	if _, err := io.ReadFull(chance, salt); err != nil {
		panic(err) // of a source that ends, which there is not
	}
	h := hmac.New(sha256.New, v.nonces[:])
	h.Write(digest("nonce 1", salt, where, []byte(text)))
	return h.Sum(nil)
}

// open gives stored words as they were written, or what stands in their place.
func (v vault) open(stored string, where []byte) string {
	id, sealed := keyOf(stored)
	if !sealed {
		return stored
	}
	door, ok := v.doors[id]
	if !ok {
		return Unreadable
	}
	raw, err := base64.StdEncoding.DecodeString(stored[len("e1:")+len(id)+1:])
	if err != nil || len(raw) < door.NonceSize() {
		return Tampered
	}
	text, err := door.Open(nil, raw[:door.NonceSize()], raw[door.NonceSize():], where)
	if err != nil {
		return Tampered
	}
	return string(text)
}

// seal gives words as they are stored in this transaction. Without a key nothing is kept in the open beside what is sealed.
func (t *tx) seal(text string, where []byte) (string, error) {
	if text == "" || len(t.vault.ids) > 0 {
		return t.vault.seal(text, where), nil
	}
	for _, p := range secretPlaces {
		sealed, err := list(t, p.table, func(r row, s *string) error { return r.Scan(s) }, "SELECT "+p.column+" FROM "+p.table+" WHERE "+p.column+" GLOB 'e1:*' LIMIT 9")
		if err != nil {
			return "", err
		}
		for _, s := range sealed {
			if _, ok := keyOf(s); ok {
				return "", errNoKey
			}
		}
	}
	return text, nil
}

// secretPlace is a column that holds sealed words, with what names its row.
type secretPlace struct{ table, column, row string }

// secretPlaces are all of them. Every table has activity and person.
var secretPlaces = []secretPlace{
	{"leaves", "reason", "activity = ? AND person = ? AND 0 = ?"},
	{"leaves", "refusal", "activity = ? AND person = ? AND 0 = ?"},
	{"objections", "text", "activity = ? AND person = ? AND id = ?"},
	{"objections", "answer", "activity = ? AND person = ? AND id = ?"},
}

func (p secretPlace) name() string { return p.table + "." + p.column }

// errUnreadable means that a key is missing.
var errUnreadable = errors.New("a key is missing")
