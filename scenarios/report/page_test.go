package report

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"weir/model"
	"weir/scenarios"
	"weir/scenarios/report/internal/fixture"
	"weir/scenarios/report/internal/wire"
)

// page renders with a stand-in for the script, so that these tests need no Node.
func rendered(t *testing.T, c *scenarios.Comparison) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, c, scripts{own: "void 0"}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSameComparisonSameBytes(t *testing.T) {
	first := rendered(t, fixture.MadeUp())
	for range 3 {
		if rendered(t, fixture.MadeUp()) != first {
			t.Fatal("the same comparison gave another page")
		}
	}
}

func TestNothingComesFromOutside(t *testing.T) {
	text := rendered(t, fixture.MadeUp())
	for _, m := range regexp.MustCompile(`https?://[^"'\s<]*`).FindAllString(text, -1) {
		if m != "http://www.w3.org/2000/svg" {
			t.Errorf("the page names %s", m)
		}
	}
	for _, bad := range []string{"@import", "url(http", "<link", "<iframe", "src=", "ZgotmplZ"} {
		if strings.Contains(text, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func TestPolicyKnowsTheScriptByItsHash(t *testing.T) {
	text := rendered(t, fixture.MadeUp())
	scripts := regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllStringSubmatch(text, -1)
	if len(scripts) != 1 {
		t.Fatalf("%d scripts that run, want 1", len(scripts))
	}
	sum := sha256.Sum256([]byte(scripts[0][1]))
	hash := base64.StdEncoding.EncodeToString(sum[:])
	policy := regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(text)
	if policy == nil || !strings.Contains(strings.NewReplacer("&#39;", "'", "&#43;", "+").Replace(policy[1]), "script-src 'sha256-"+hash+"'") {
		t.Errorf("policy %q does not know %s", policy, hash)
	}
	if !strings.Contains(policy[1], "default-src &#39;none&#39;") || strings.Contains(policy[1], "unsafe-inline") || strings.Contains(text, ` style="`) {
		t.Errorf("policy %q lets in more than its own", policy[1])
	}
}

func TestEveryTextIsOnlyText(t *testing.T) {
	c := fixture.MadeUp()
	fixture.BreakDown(c)
	fixture.MakeEvil(c)
	text := rendered(t, c)
	if n := strings.Count(strings.ToLower(text), "<script"); n != 6 {
		t.Errorf("%d script elements, want the data, the findings, the charts, their looks, the walk and the script", n)
	}
	if strings.Contains(text, "<script>alert") || strings.Contains(text, "ZgotmplZ") {
		t.Error("a name got through as markup")
	}
	if n := strings.Count(text, "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"); n < 30 {
		t.Errorf("the name is shown %d times only", n)
	}
	island := regexp.MustCompile(`(?s)id="data">(.*?)</script>`).FindStringSubmatch(text)
	var data wire.Page
	if err := json.Unmarshal([]byte(island[1]), &data); err != nil {
		t.Fatalf("the data do not read: %v", err)
	}
	if got := findingsOf(t, text).Figures[0].Lines[1].Name; got != fixture.Evil {
		t.Errorf("the scenario's name reads %q", got)
	}
	for _, d := range data.Downloads {
		if strings.ContainsAny(d.Name, "<>/\\ ") {
			t.Errorf("a file would be called %q", d.Name)
		}
	}
}

// findingsOf returns the numbers that a page carries compressed.
func findingsOf(t *testing.T, page string) wire.Findings {
	t.Helper()
	island := regexp.MustCompile(`id="findings">(.*?)</script>`).FindStringSubmatch(page)
	packed, err := base64.StdEncoding.DecodeString(html.UnescapeString(island[1]))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	var f wire.Findings
	if err := json.NewDecoder(z).Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

// A string that the page prints and this test does not poison would go untested: the
// comparison's text fields are counted.
func TestEvilReachesTheFieldsOfASet(t *testing.T) {
	want := map[reflect.Type]int{
		reflect.TypeFor[scenarios.Intervention](): 7, reflect.TypeFor[scenarios.Scenario](): 3,
		reflect.TypeFor[scenarios.Chart](): 5, reflect.TypeFor[scenarios.Lever](): 5, reflect.TypeFor[model.Source](): 4,
	}
	for typ, n := range want {
		got := 0
		for i := range typ.NumField() {
			if typ.Field(i).Type.Kind() == reflect.String {
				got++
			}
		}
		if got != n {
			t.Errorf("%s has %d texts, makeEvil was written for %d", typ, got, n)
		}
	}
}

func TestWithoutAssetsOneLineSaysWhatToDo(t *testing.T) {
	if Available() == nil {
		t.Skip("the web assets are built in: nothing to say")
	}
	var out bytes.Buffer
	err := Write(&out, fixture.MadeUp())
	if err == nil || out.Len() > 0 || !strings.Contains(err.Error(), "make web") || strings.Contains(err.Error(), "\n") {
		t.Errorf("Write wrote %d bytes and said %v", out.Len(), err)
	}
}

func TestPageSaysWhatItMustSay(t *testing.T) {
	text := rendered(t, fixture.MadeUp())
	for what, want := range map[string]string{
		"a scale without zero":         "The scale does not start at zero.",
		"who decides":                  ">charter boards<",
		"a lever's end":                "from 2027, at once, until 2040",
		"a lever's ramp":               "from 2027, in full after 2 years",
		"a caution":                    "Caution: takes experienced teachers out of classrooms at first",
		"what is assumed":              `<tr class="assumed">`,
		"assumed in words":             "assumed: nobody has measured this",
		"the fit":                      "off by 1.3% on average (14 recorded points), at worst 3.1% too low in 2013",
		"that fit is not proof":        "The fit does not prove the feedback.",
		"a reversal":                   "until early 2033 ",
		"worse before better":          "on average 80 over 2 years",
		"the step":                     "1/8 year",
		"the hashes":                   "SHA-256 fedcba9876543210",
		"one scale for a quantity":     `<div class="row">`,
		"a table behind the chart":     `id="numbers-chart-1"`,
		"static pictures":              `<svg class="static"`,
		"the version":                  "weir test",
		"that no range was computed":   "The range around it has not been computed",
		"collapsed levers of two sets": "Shared special-education co-op and Cuts",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s: the page does not say %q", what, want)
		}
	}
}

func TestPolicyAllowsNothingElse(t *testing.T) {
	got := policy{scripts: []string{"x"}, style: "y", runs: true, images: true}.String()
	if strings.Contains(got, "http") || strings.Contains(got, "'unsafe-eval'") || strings.Contains(got, "unsafe-inline") || strings.Contains(got, "*") {
		t.Errorf("policy %q", got)
	}
	plain := policy{scripts: []string{"x"}, style: "y"}.String()
	for _, word := range []string{"wasm", "worker", "unsafe", "blob"} {
		if strings.Contains(plain, word) {
			t.Errorf("a page in which no model runs allows %s: %q", word, plain)
		}
	}
}

// The parts that others wrote keep their licences: they are cut off the script and shown,
// and the hash is that of the code alone. A script without such parts shows none.
func TestLicencesAreOnThePage(t *testing.T) {
	if Available() != nil {
		t.Skip("NOT TESTED: the web assets are not built in")
	}
	text, err := os.ReadFile("web/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Dependencies map[string]string }
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	code, err := scriptsOf("page.js")
	if err != nil || strings.Contains(code.library, "Apache License") {
		t.Fatalf("the licences are in the code (%v)", err)
	}
	for _, want := range []string{"echarts ", "The Apache Software Foundation", "Apache License", "zrender ", "Baidu", "BSD", "Mike Bostock", "tslib "} {
		if !strings.Contains(code.licences, want) {
			t.Errorf("%q is not in the licences", want)
		}
	}
	for name := range manifest.Dependencies {
		if !strings.Contains(code.licences, name+" ") {
			t.Errorf("%q is not in the licences", name)
		}
	}
	var out bytes.Buffer
	if err := write(&out, fixture.MadeUp(), scripts{own: "void 0", licences: "A licence <b>"}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `<details class="licences">`) || !strings.Contains(out.String(), "A licence &lt;b&gt;") {
		t.Error("the page does not show the licences")
	}
}
