package diff

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"regexp"
	"strings"
	"testing"
)

// The page's policy allows its own style sheet, by the hash of what a browser sees, and
// nothing else.
func TestPolicyKnowsTheStyleByItsHash(t *testing.T) {
	var out bytes.Buffer
	if err := new(Difference).WritePage(&out, "test"); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	sheet := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)
	policy := regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)
	if sheet == nil || policy == nil {
		t.Fatal("the page has no style sheet or no policy")
	}
	sum := sha256.Sum256([]byte(sheet[1]))
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	if got := html.UnescapeString(policy[1]); got != want {
		t.Errorf("the policy is %q, want %q", got, want)
	}
	if strings.Contains(page, `style="`) {
		t.Error("the page has a style in an attribute, which its policy forbids")
	}
}
