package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"weir/scenarios/results"
)

// A table is a published output: columns over time.
type table []column

type column struct {
	name, key string // key: folded
	points    []point
}

// A point has, besides its numbers, half a unit of the last digit that was printed.
type point struct{ time, slack, value, half float64 }

func (t table) find(key string) (column, bool) {
	for _, c := range t {
		if c.key == key {
			return c, true
		}
	}
	return column{}, false
}

// near is the point at a time, up to what printing the times has cost.
func (c column) near(p point) (point, bool) {
	i := sort.Search(len(c.points), func(i int) bool { return c.points[i].time >= p.time })
	best := -1
	for _, k := range []int{i - 1, i} {
		if k >= 0 && k < len(c.points) && (best < 0 || math.Abs(c.points[k].time-p.time) < math.Abs(c.points[best].time-p.time)) {
			best = k
		}
	}
	if best < 0 {
		return point{}, false
	}
	allowed := math.Max(1e-6*math.Max(1, math.Abs(p.time)), math.Max(p.slack, c.points[best].slack)*1.01)
	return c.points[best], math.Abs(c.points[best].time-p.time) <= allowed
}

var (
	printed  = regexp.MustCompile(`^\s*[+-]?\d*\.(\d+)(?:[eE]([+-]?\d+))?\s*$`)
	thousand = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d*)?([eE][+-]?\d+)?$`)
	runName  = regexp.MustCompile(`\s:\s[^\]]*$`)
)

const vensimNA = -649037107316853453566312041152512.0 // -2^109

func isNA(x float64) bool { return math.IsNaN(x) || x < 0 && math.Abs(x-vensimNA) <= 1e-4*-vensimNA }

// readNumber reads a cell; ok is false for a blank one and for text.
func readNumber(text string) (x float64, ok bool) {
	t := strings.TrimSpace(strings.Trim(strings.TrimSpace(text), `"`))
	switch strings.ToLower(t) {
	case "":
		return 0, false
	case ":na:":
		return vensimNA, true
	case "na", "n/a", "#n/a", "nan", "?", "-nan", "nan(ind)", "-nan(ind)":
		return math.NaN(), true
	case "∞", "+∞":
		return math.Inf(1), true
	case "-∞":
		return math.Inf(-1), true
	}
	t = strings.ReplaceAll(t, "−", "-")
	if thousand.MatchString(t) {
		t = strings.ReplaceAll(t, ",", "")
	}
	x, err := strconv.ParseFloat(t, 64)
	return x, err == nil && !strings.ContainsAny(t, "_xX")
}

// halfUnit is half a unit of the last digit of a number printed with a point.
func halfUnit(text string) float64 {
	m := printed.FindStringSubmatch(strings.Trim(strings.TrimSpace(text), `"`))
	if m == nil {
		return 0
	}
	exponent, _ := strconv.Atoi(m[2])
	return 0.5 * math.Pow(10, float64(exponent-len(m[1])))
}

// readTable reads commas or tabs, time down the rows or across, or Vensim's .dat.
func readTable(file string) (table, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	if !utf8.ValidString(text) {
		runes := make([]rune, len(raw))
		for i, b := range raw {
			runes[i] = rune(b)
		}
		text = string(runes)
	}
	text = strings.Trim(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n\x00\x1a")
	if looksDat(text) {
		return readDat(text), nil
	}
	head, _, _ := strings.Cut(text, "\n")
	separator := ','
	if strings.Contains(head, "\t") {
		separator = '\t'
	} else if strings.Contains(head, ";") && !strings.Contains(head, ",") {
		separator = ';'
	}
	rows, err := cells(text, separator)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
	}
	return tableOf(rows)
}

func looksDat(text string) bool {
	lines := strings.SplitN(text, "\n", 3)
	if len(lines) < 2 || strings.Contains(strings.TrimSpace(lines[0]), "\t") {
		return false
	}
	fields := strings.Split(lines[1], "\t")
	if _, is := readNumber(lines[0]); len(fields) != 2 || is {
		return false
	}
	_, ok1 := readNumber(fields[0])
	_, ok2 := readNumber(fields[1])
	return ok1 && ok2
}

func readDat(text string) table {
	var t table
	var now column
	for _, line := range strings.Split(text, "\n") {
		fields := strings.Split(line, "\t")
		when, isTime := readNumber(fields[0])
		switch {
		case strings.TrimSpace(line) == "":
		case isTime && len(fields) > 1:
			if x, ok := readNumber(fields[1]); ok {
				now.points = append(now.points, point{when, halfUnit(fields[0]), x, halfUnit(fields[1])})
			}
		default:
			t = t.add(now)
			now = column{name: strings.TrimSpace(line)}
		}
	}
	return t.add(now)
}

// add adds a column; of two of one name, the one with more points stays.
func (t table) add(c column) table {
	if c.key = results.Fold(c.name); c.key == "" {
		return t
	}
	for i := range t {
		if t[i].key == c.key {
			if len(c.points) > len(t[i].points) {
				t[i] = c
			}
			return t
		}
	}
	return append(t, c)
}

func cells(text string, separator rune) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
	all, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, row := range all {
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			rows = append(rows, row)
		}
	}
	if len(rows) < 2 {
		return nil, fmt.Errorf("there are no rows")
	}
	return rows, nil
}

func tableOf(rows [][]string) (table, error) {
	head := rows[0]
	for len(head) > 1 && strings.TrimSpace(head[len(head)-1]) == "" {
		head = head[:len(head)-1]
	}
	across := len(head) > 1
	for _, h := range head[1:] {
		_, is := readNumber(h)
		across = across && is
	}
	at := func(row []string, i int) string {
		if i < len(row) {
			return row[i]
		}
		return ""
	}
	var t table
	put := func(c *column, when, value string) {
		x, ok1 := readNumber(when)
		y, ok2 := readNumber(value)
		if ok1 && ok2 {
			c.points = append(c.points, point{x, halfUnit(when), y, halfUnit(value)})
		}
	}
	if across {
		for _, row := range rows[1:] {
			c := column{name: row[0]}
			for i, h := range head[1:] {
				put(&c, h, at(row, i+1))
			}
			t = append(t, c)
		}
	} else {
		clock := 0
		for i, h := range head {
			if results.Fold(h) == "time" {
				clock = i
				break
			}
		}
		for i, h := range head {
			if i == clock {
				continue
			}
			c := column{name: h}
			for _, row := range rows[1:] {
				put(&c, at(row, clock), at(row, i))
			}
			t = append(t, c)
		}
	}
	var out table
	for _, c := range withoutRun(t) {
		out = out.add(c)
	}
	return out, nil
}

// withoutRun takes the name of the run off the columns, if all of them end with it.
func withoutRun(t table) table {
	tails := map[string]bool{}
	for _, c := range t {
		tails[runName.FindString(c.name)] = true
	}
	if len(tails) != 1 || tails[""] {
		return t
	}
	for i := range t {
		t[i].name = runName.ReplaceAllString(t[i].name, "")
	}
	return t
}
