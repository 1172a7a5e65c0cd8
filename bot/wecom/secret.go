package wecom

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// keyIn reads the key of a file: 32 bytes in base64, with or without padding, in the standard or the URL alphabet.
func keyIn(aeskey string) ([]byte, error) {
	text := strings.NewReplacer("-", "+", "_", "/", "\n", "", " ", "").Replace(strings.TrimSpace(aeskey))
	key, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil, errors.New("the key of a file is no base64")
	}
	if len(key) != 32 {
		return nil, fmt.Errorf("the key of a file has %d bytes instead of 32", len(key))
	}
	return key, nil
}

// opened decrypts a file: AES-256-CBC whose first vector is the beginning of the key, padded to a multiple of 32.
func opened(data []byte, aeskey string) ([]byte, error) {
	if strings.TrimSpace(aeskey) == "" {
		return data, nil
	}
	key, err := keyIn(aeskey)
	if err != nil {
		return nil, err
	}
	if len(data) == 0 || len(data)%aes.BlockSize != 0 {
		return nil, fmt.Errorf("an encrypted file of %d bytes is no whole one", len(data))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	plain := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, key[:aes.BlockSize]).CryptBlocks(plain, data)
	pad := int(plain[len(plain)-1])
	if pad < 1 || pad > 32 || pad > len(plain) {
		return nil, errors.New("the padding of a file is wrong: another key, or it is damaged")
	}
	for _, b := range plain[len(plain)-pad:] {
		if int(b) != pad {
			return nil, errors.New("the padding of a file is wrong: another key, or it is damaged")
		}
	}
	return plain[:len(plain)-pad], nil
}
