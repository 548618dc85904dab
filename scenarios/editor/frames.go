package editor

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// Bounds of a message. A document of the largest size that weir reads, in which every byte is
// escaped, fits in.
const (
	maxMessage = 64 << 20 // bytes of a body
	maxHeader  = 4 << 10  // bytes of the header lines
)

// frames are the messages of the protocol: header lines, an empty line, and a body of the length that
// the header gives. It is a channel.Channel. The library's own framing makes room for any length that
// a header claims.
type frames struct {
	in  *bufio.Reader
	mu  sync.Mutex // of out
	out io.Writer
	end func()
}

// Send writes one message.
func (f *frames) Send(body []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, err := fmt.Fprintf(f.out, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

// Recv returns the next message, or io.EOF after the last one. A header that makes no sense is an
// error: nobody knows where the next message begins.
func (f *frames) Recv() ([]byte, error) {
	length, read := -1, 0
	for {
		line, err := f.in.ReadSlice('\n')
		read += len(line)
		switch {
		case errors.Is(err, io.EOF) && read == 0:
			return nil, io.EOF
		case err != nil:
			return nil, fmt.Errorf("a message ends in its header: %v", err)
		case read > maxHeader:
			return nil, errors.New("the header of a message is too long")
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			break
		}
		name, value, found := strings.Cut(text, ":")
		if !found {
			return nil, fmt.Errorf("%.40q is no header line", text)
		}
		if strings.EqualFold(name, "content-length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || length < 0 || length > maxMessage {
				return nil, fmt.Errorf("a message cannot be %.20q bytes long; the most is %d", strings.TrimSpace(value), maxMessage)
			}
		}
	}
	if length < 0 {
		return nil, errors.New("a message has no Content-Length")
	}
	return f.body(length)
}

// body reads a message as it comes, so that a claimed length takes no memory before its bytes do.
func (f *frames) body(length int) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(f.in, int64(length)))
	if err == nil && len(body) < length {
		err = io.ErrUnexpectedEOF
	}
	return body, err
}

// Close ends the reading, if the input can be ended.
func (f *frames) Close() error {
	f.end()
	return nil
}
