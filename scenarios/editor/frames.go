package editor

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Bounds of a message. A document of the largest size that weir reads, in which every byte is
// escaped, fits in.
const (
	maxMessage = 64 << 20 // bytes of a body
	maxHeader  = 4 << 10  // bytes of the header lines
)

// frames are the messages of the protocol: header lines, an empty line, and a body of the length
// that the header gives. It is a channel.Channel. The library's own framing makes room for any
// length that a header claims.
//
// Reading ends with the message exit, as it does where the input ends. The library must not be
// stopped in any other way: its reader panics if a message comes after its Stop.
type frames struct {
	in    *bufio.Reader
	mu    sync.Mutex // of out
	out   io.Writer
	end   func()
	ended atomic.Bool
	asked atomic.Bool // the editor has said shutdown
}

// Send writes one message, whole: answers and notifications are sent by several goroutines.
func (f *frames) Send(body []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, err := fmt.Fprintf(f.out, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

// Recv returns the next message, or io.EOF after the last one.
func (f *frames) Recv() ([]byte, error) {
	if f.ended.Load() {
		return nil, io.EOF
	}
	length, err := f.header()
	if err != nil {
		return nil, err
	}
	body, err := f.body(length)
	// Methods are read here for these two alone; the body of an edit is not parsed twice.
	if len(body) < longestFarewell {
		var m struct {
			Method string `json:"method"`
		}
		_ = json.Unmarshal(body, &m) // a mistake in it is the library's to report
		f.asked.Store(f.asked.Load() || m.Method == "shutdown")
		f.ended.Store(f.ended.Load() || m.Method == "exit")
	}
	return body, err
}

// longestFarewell bounds the messages that may be shutdown or exit, in bytes: they have no
// parameters.
const longestFarewell = 512

// header reads the header lines, and returns the length of the body. A header that makes no sense
// is an error: nobody knows where the next message begins.
func (f *frames) header() (length int, err error) {
	length, read := -1, 0
	for {
		line, err := f.in.ReadSlice('\n')
		read += len(line)
		switch {
		case errors.Is(err, io.EOF) && read == 0:
			return 0, io.EOF
		case err != nil:
			return 0, fmt.Errorf("a message ends in its header: %v", err)
		case read > maxHeader:
			return 0, errors.New("the header of a message is too long")
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			break
		}
		name, value, found := strings.Cut(text, ":")
		if !found {
			return 0, fmt.Errorf("%.40q is no header line", text)
		}
		if strings.EqualFold(name, "content-length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || length < 0 || length > maxMessage {
				return 0, fmt.Errorf("a message cannot be %.20q bytes long; the most is %d",
					strings.TrimSpace(value), maxMessage)
			}
		}
	}
	if length < 0 {
		return 0, errors.New("a message has no Content-Length")
	}
	return length, nil
}

// body reads a message as it comes, so that a claimed length takes no memory before its bytes do.
func (f *frames) body(length int) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(f.in, int64(length)))
	if err == nil && len(body) < length {
		err = io.ErrUnexpectedEOF
	}
	return body, err
}

// Close ends the reading: now, if the input can be ended while it is read, or else after the next
// message.
func (f *frames) Close() error {
	f.ended.Store(true)
	f.end()
	return nil
}
