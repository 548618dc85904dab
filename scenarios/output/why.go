package output

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"weir/scenarios"
	"weir/scenarios/explain/say"
	"weir/scenarios/words"
)

// WriteWhy writes the explanations of a comparison as table, csv or json; a table has lines of
// columns characters. An unknown format is taken as table.
func WriteWhy(w io.Writer, cmp *scenarios.Comparison, format string, columns int) error {
	b := bufio.NewWriter(w)
	switch format {
	case "csv":
		writeWhyCSV(b, cmp)
	case "json":
		return writeWhyJSON(w, cmp)
	default:
		if cmp.Set.Name != "" {
			fmt.Fprintln(b, cmp.Set.Name)
		}
		teller := say.New(cmp)
		for _, e := range cmp.Why {
			writeExplanation(b, teller, e, columns)
		}
		fmt.Fprintln(b)
		fmt.Fprintln(b, Wrap(howExplained(cmp), columns))
	}
	return b.Flush()
}

// writeExplanation writes the sentences and the parts of one explanation.
func writeExplanation(w io.Writer, teller *say.Teller, e *scenarios.Explanation, columns int) {
	fmt.Fprintf(w, "\n%s\n", e.Scenario.Label)
	for _, s := range e.Sentences {
		fmt.Fprintln(w, Wrap(s.String(), columns))
	}
	if len(e.Time) == 0 {
		return
	}
	t := whyTable{w: w, q: teller.Amounts(e), columns: columns, futures: e.Futures}
	t.head("by decision", e.Decisions.How)
	for _, p := range e.Decisions.Parts {
		t.part(p)
	}
	t.pairs(e.Decisions)
	t.head("by way", e.Channels.How)
	for _, p := range e.Channels.Parts {
		t.part(p)
	}
	if r := e.Channels.Rest; r != nil {
		t.part(*r)
	}
	if len(e.Loops) > 0 {
		t.head("by loop", "the difference less that without the loop; these do not add up")
		shown := 0
		for _, l := range e.Loops {
			if !t.q.Negligible(l.Amount) {
				t.row([]string{l.Label}, "", l.Amount, l.Range, l.Clear)
				shown++
			}
		}
		if shown == 0 {
			fmt.Fprintln(w, "    none of the loops that were cut would be seen")
		}
	}
}

// A whyTable writes parts as lines of a label, an amount and a range.
type whyTable struct {
	w       io.Writer
	q       say.Amounts
	columns int
	futures int
}

// head writes how a list of parts was made.
func (t whyTable) head(name, how string) {
	fmt.Fprintln(t.w, "  "+strings.ReplaceAll(Wrap(name+" ("+how+")", t.columns-2), "\n", "\n  "))
}

// part writes a part with its amount and its range over the futures; a mark says that its sign is
// not clear.
func (t whyTable) part(p scenarios.Part) {
	tail := ""
	if p.Way != "" {
		tail = " (" + p.Way + ")"
	}
	t.row([]string{p.Label}, tail, p.Amount, p.Range, p.Clear)
}

// widths of the columns with the amount and its range.
const amountWidth, rangeWidth = 12, 20

// row writes one amount. Several labels share the room for them.
func (t whyTable) row(labels []string, tail string, amount float64, r [2]float64, clear bool) {
	room := max(20, t.columns-4-amountWidth-rangeWidth-2)
	each := (room - utf8.RuneCountInString(tail) - 3*(len(labels)-1)) / len(labels)
	for i, l := range labels {
		if utf8.RuneCountInString(l) > each {
			labels[i] = Fit(l, each)
		}
	}
	line := "    " + Fit(strings.Join(labels, " + ")+tail, room) + padded(t.q.Signed(amount), amountWidth)
	if t.futures > 0 {
		line += padded(t.q.SignedRange(r), rangeWidth)
		if !clear {
			line += " ?"
		}
	}
	fmt.Fprintln(t.w, line)
}

// padded returns text with spaces before it, to n characters.
func padded(text string, n int) string {
	return strings.Repeat(" ", max(1, n-utf8.RuneCountInString(text))) + text
}

// mostPairs is how many synergies a table lists.
const mostPairs = 3

// pairs writes the largest synergies that would be seen.
func (t whyTable) pairs(s scenarios.Split) {
	label := map[string]string{}
	for _, p := range s.Parts {
		label[p.ID] = p.Label
	}
	for i, p := range s.Synergies {
		if i < mostPairs && !t.q.Negligible(p.Amount) {
			if i == 0 {
				fmt.Fprintln(t.w, "  two together, beyond the sum of each alone (in the parts above, half each)")
			}
			t.row([]string{label[p.A], label[p.B]}, "", p.Amount, p.Range, p.Clear)
		}
	}
}

// howExplained says in which futures parts were computed, and how to read them.
func howExplained(cmp *scenarios.Comparison) string {
	most, excluded := 0, 0
	for _, e := range cmp.Why {
		most, excluded = max(most, e.Futures), max(excluded, e.Excluded)
	}
	text := "Parts by decision and by way each add up to the difference (Shapley values)."
	if most == 0 {
		return text + " They are of one run, with every constant at its own value."
	}
	text += fmt.Sprintf(" They are those of the middle of %s of the %s; ranges go from the 10th to the 90th percentile. "+
		"A part with ? has the other sign in more than one of ten.", words.Count(most, "future"),
		words.Grouped(float64(cmp.Uncertainty.Counted)))
	if excluded > 0 {
		text += fmt.Sprintf(" %s in which a run broke down %s left out.", words.Count(excluded, "future"),
			words.Verb(excluded, "is", "are"))
	}
	return text
}

// writeWhyCSV writes the parts over time, a row per part and time.
func writeWhyCSV(w io.Writer, cmp *scenarios.Comparison) {
	fmt.Fprintln(w, "scenario,outcome,by,part,time,amount")
	for _, e := range cmp.Why {
		rows := func(by string, p scenarios.Part) {
			for i, t := range e.Time {
				fmt.Fprintf(w, "%s,%s,%s,%s,%s,%s\n", csvField(e.Scenario.ID), csvField(e.Outcome.ID), by,
					csvField(p.ID),
					strconv.FormatFloat(t, 'g', -1, 64), strconv.FormatFloat(p.Over[i], 'g', -1, 64))
			}
		}
		for _, p := range e.Decisions.Parts {
			rows("decision", p)
		}
		for _, p := range e.Channels.Parts {
			rows("channel", p)
		}
		if r := e.Channels.Rest; r != nil {
			rows("channel", *r)
		}
	}
}

// A whyFile is what weir explain SET writes as JSON.
type whyFile struct {
	Set     string `json:"set"`
	Hash    string `json:"set_hash"`
	Model   string `json:"model_hash"`
	Version string `json:"weir"`
	Centre  string `json:"centre"`
	Futures int    `json:"futures"` // of the set; each explanation says in how many of them it is
	Why     []why  `json:"why"`
}

// writeWhyJSON writes the explanations as they are; a number that is not finite is never in them.
func writeWhyJSON(w io.Writer, cmp *scenarios.Comparison) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	futures := 0
	if cmp.Uncertainty != nil {
		futures = cmp.Uncertainty.Counted
	}
	return e.Encode(whyFile{cmp.Set.Name, cmp.Set.Hash, cmp.Set.Model.Hash, cmp.Version, string(cmp.Centre), futures,
		whys(cmp)})
}
