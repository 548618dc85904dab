package foreign

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"weir/model/document"
)

// VensimFunctions returns the meaning of each function of Vensim, sorted by name.
func VensimFunctions() []document.ImportFunction {
	var out []document.ImportFunction
	for i := range Table {
		if r := &Table[i]; r.Vensim != "" {
			out = append(out, r.record(r.Vensim))
		}
	}
	return sorted(out)
}

// XMILEFunctions returns the meaning of each function that XMILE files may have, sorted
// by name.
func XMILEFunctions() []document.ImportFunction {
	var out []document.ImportFunction
	add := func(name string, r *Row) {
		// Rows that read the same to a reader are listed once.
		f := r.record(strings.ToUpper(name))
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	for i := range Table {
		r := &Table[i]
		for _, name := range r.xmileNames() {
			if r.By == AnyTool {
				add(name, r)
			}
		}
		// Names of Vensim count in XMILE files where neither the standard nor Stella has one like
		// it.
		if name := Fold(r.Vensim); name != "" && ownXMILE(name, AnyTool) == nil {
			add(name, r)
		}
	}
	return sorted(out)
}

// sorted sorts a list by name in place and returns it. Rows of one name stay in the order of the
// table.
func sorted(list []document.ImportFunction) []document.ImportFunction {
	slices.SortStableFunc(list, func(a, b document.ImportFunction) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// record is the row under one of its names, with letters for arguments.
// The name is ZIDZ(a, b), for example; with any number of arguments it ends with "…)".
func (r *Row) record(name string) document.ImportFunction {
	letters := strings.Split("abcdefghi", "")[:max(r.Most, r.Least)]
	called := name + "(" + strings.Join(letters, ", ") + ")"
	if r.Most < 0 {
		called = strings.TrimSuffix(called, ")") + ", …)"
	}
	f := document.ImportFunction{Name: called, Formula: r.formula(), Differs: cmp.Or(r.Differs, r.Note)}
	if r.Grade == document.Unsupported {
		f.Formula = "not supported"
		if r.Most < 0 {
			f.Name = name
		}
	}
	f.Formula = places().ReplaceAllStringFunc(f.Formula, func(place string) string {
		n, _ := strconv.Atoi(place[1:])
		return letters[n-1]
	})
	return f
}

// places are the places of arguments in a meaning: $1 to $9.
var places = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$[1-9]`) })

// formula is the row's meaning with all arguments.
// It is empty for a row that says nothing.
func (r *Row) formula() string {
	if r.Says != "" || len(r.Means) == 0 {
		return r.Says
	}
	return r.Means[len(r.Means)-1].String()
}
