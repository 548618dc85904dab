// Package pack makes text of data, as a page carries it in an element of its own.
package pack

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
)

// Base64 returns data compressed by gzip, in base64 with padding. The same data return
// the same text. It keeps no reference to data.
func Base64(data []byte) (string, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := z.Write(data); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), nil
}
