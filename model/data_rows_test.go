package model_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"

	"github.com/xuri/excelize/v2"
)

// placed are two dimensions, one with a label.
const placed = `[dimension.sector]
elements = ["district", "charter"]
label = "Sector"
[dimension.sector.labels]
charter = "Charter schools"
[dimension.grade]
elements = ["k", "1"]
`

// longRows has a row for each element and year, in no order of elements, with a blank.
const longRows = "year,type,grade,count\n" +
	"2000,district,k,10\n2000,Charter schools,K,20\n2000,charter,1,30\n2000,district,1,40\n" +
	"2001,charter,k,21\n2001,district,k,11\n2001,district,1,41\n2001,charter,1,\n"

// Rows that name their elements fill an array, row-major: district k, district 1, charter k, charter 1.
func TestRowsFillAnArray(t *testing.T) {
	files := fstest.MapFS{"long.csv": {Data: []byte(longRows)}}
	vars, list := readData(t, placed+"[data.students]\nover = [\"sector\", \"grade\"]\nfile = \"long.csv\"\ntime = \"year\"\nvalue = \"count\"\n"+
		"by = { grade = \"grade\", sector = \"type\" }\n", files)
	if len(list) > 0 {
		t.Fatal(list)
	}
	got := fmt.Sprint(vars[0].Series.Points, vars[0].Series.Blank)
	want := "[[{2000 10} {2001 11}] [{2000 40} {2001 41}] [{2000 20} {2001 21}] [{2000 30}]] [[] [] [] [2001]]"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A constant takes its numbers from a file: one, chosen by where, or one an element.
func TestConstantsFromAFile(t *testing.T) {
	files := fstest.MapFS{"seats.csv": {Data: []byte("type,seats,year\ncharter,9000,2024\ndistrict,21000,2024\n")}}
	vars, list := readData(t, placed+`[constant.seats]
over = ["sector"]
value = { file = "seats.csv", column = "seats", by = { sector = "type" } }
[constant.charter_seats]
value = { file = "seats.csv", column = "seats", where = { type = "charter" } }
`, files)
	if len(list) > 0 {
		t.Fatal(list)
	}
	if got := fmt.Sprint(vars[0].Value, vars[1].Value); got != "[21000 9000] [9000]" {
		t.Errorf("%s", got)
	}
}

// A date is the year and the share of it that has gone; 2000 has 366 days.
func TestTimesAreDates(t *testing.T) {
	files := fstest.MapFS{"d.csv": {Data: []byte("when,x\n2000-01-01,1\n2000-07-01,2\n2001-01,3\n")}}
	vars, list := readData(t, "[data.x]\nfile = \"d.csv\"\ntime = \"when\"\nvalue = \"x\"\n", files)
	if len(list) > 0 {
		t.Fatal(list)
	}
	x := 2000 + 182./366
	if got, want := fmt.Sprint(vars[0].Series.Points), fmt.Sprintf("[[{2000 1} {%v 2} {2001 3}]]", x); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// workbook returns a workbook with the sheets' rows; a merged range is "A1:B2" of the first sheet.
func workbook(t *testing.T, merged string, sheets ...[][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, rows := range sheets {
		name := fmt.Sprintf("Sheet%d", i+1)
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		for k, row := range rows {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", k+1), &row); err != nil {
				t.Fatal(err)
			}
			if n, ok := row[0].(float64); ok && n > 30000 {
				if err := f.SetCellStyle(name, fmt.Sprintf("A%d", k+1), fmt.Sprintf("A%d", k+1), date); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if from, to, ok := strings.Cut(merged, ":"); ok {
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A sheet is read like CSV. Excel counts days from the end of 1899: 36526 is 2000-01-01, and 36892 a
// leap year later.
func TestASheetOfAWorkbook(t *testing.T) {
	files := fstest.MapFS{"d.xlsx": {Data: workbook(t, "", [][]any{{"not", "this"}}, [][]any{{"when", "x"}, {36526.0,
		1.5}, {36892.0}, {37257.0, 2}})}}
	vars, list := readData(t, "[data.x]\nfile = \"d.xlsx\"\nsheet = \"Sheet2\"\ntime = \"when\"\nvalue = \"x\"\n",
		files)
	if len(list) > 0 {
		t.Fatal(list)
	}
	if got := fmt.Sprint(vars[0].Series.Points, vars[0].Series.Blank); got != "[[{2000 1.5} {2002 2}]] [[2001]]" {
		t.Errorf("%s", got)
	}
}

// Each mistake has a code, a place and words with the cell.
func TestMistakesInRowsAndSheets(t *testing.T) {
	const data = "[data.x]\nover = [\"sector\"]\nfile = \"x.csv\"\ntime = \"t\"\nvalue = \"v\"\nby = { sector = \"s\" }\n"
	const sheet = "[data.x]\nfile = \"x.xlsx\"\ntime = \"t\"\nvalue = \"v\"\n"
	const value = "[constant.c]\nvalue = { file = \"x.csv\", column = \"v\" }\n"
	rows := [][]any{{"t", "v"}, {2000, 1}, {2001, "much"}}
	for _, c := range []struct {
		tables string
		csv    string
		book   []byte
		want   string
	}{
		{data, "t,s,v\n2000,district,1\n2000,chartr,2\n", nil,
			`dir/x.csv:3:6 unknown-element "chartr" in the column "s" is no element of sector / did you mean charter?`},
		{data, "t,s,v\n2000,district,1\n", nil, `dir/m.toml:18:1 no-rows no row of x.csv is for charter`},
		{data, "t,s,v\n2000,district,1\n2000,district,2\n2000,charter,1\n", nil,
			`dir/x.csv:3:1 times-out-of-order times must increase`},
		{data, "t,s,v,v\n2000,district,1,2\n2000,charter,1,2\n", nil, `bad-csv x.csv has two columns "v"`},
		{strings.Replace(data, "sector = \"s\"", "place = \"s\"", 1), "t,s,v\n2000,district,1\n", nil,
			`bad-value x has no dimension "place"`},
		{strings.Replace(data, "{ sector = \"s\" }", "{}", 1), "t,s,v\n2000,district,1\n", nil,
			`missing-element by names no column for the dimension sector`},
		{"[data.x]\nfile = \"x.csv\"\ntime = \"t\"\nvalue = \"v\"\n", "t,v\n1/7/2024,1\n", nil,
			`dir/x.csv:2:1 not-a-number "1/7/2024" may be one of two days / write dates as 2024-07-01`},
		{"[data.x]\nfile = \"x.csv\"\nsheet = \"A\"\ntime = \"t\"\nvalue = \"v\"\n", "t,v\n1,1\n", nil,
			`x.csv is no workbook`},
		{"[data.x]\nfile = \"x.csv\"\nzero = \"soon\"\ntime = \"t\"\nvalue = \"v\"\n", "t,v\n1,1\n", nil,
			`"soon" is no date`},
		{sheet, "", workbook(t, "", rows),
			`dir/m.toml:14:8 not-a-number x.xlsx, Sheet1!B3: "much" in the column "v" is not a number`},
		{sheet, "", workbook(t, "A2:A3", rows),
			`dir/m.toml:14:8 bad-csv x.xlsx: Sheet1!A2:A3 is a merged cell / unmerge it`},
		{sheet, "", workbook(t, "", rows, rows),
			`the workbook has 2 sheets / name one of them with sheet: "Sheet1", "Sheet2"`},
		{sheet + "sheet = \"Sheet3\"\n", "", workbook(t, "", rows, rows),
			`the workbook has no sheet "Sheet3" / it has "Sheet1", "Sheet2"`},
		{sheet, "", workbook(t, "", [][]any{{"t", "v"}, {2000, 1, 5}}), `Sheet1!C2 stands right of the header`},
		{sheet, "", workbook(t, "", [][]any{}), `no-rows x.xlsx: the sheet "Sheet1" is empty`},
		{value, "v\n1\n2\n", nil, `dir/x.csv:3:1 bad-value this is a second row, and c is one number`},
		{value, "v\n\"3,5\"\n", nil, `dir/x.csv:2:1 not-a-number "3,5" in the column "v" is not a number / write the decimals behind a point: 3.5`},
		{value, "w\n1\n", nil, `unknown-column x.csv has no column "v"`},
		{strings.Replace(value, "[constant.c]\n", "[constant.c]\nover = \"sector\"\n", 1), "v\n1\n", nil,
			`missing-element c is an array, and nothing says which row of x.csv is for which element`},
		{strings.Replace(value, "column = \"v\" }", "column = \"v\" }\nrange = [0, 1]", 1), "v\n7\n", nil,
			`dir/x.csv:2:1 bad-range v (7) is outside the range of c`},
		{"[constant.c]\nvalue = { file = \"x.csv\" }\n", "v\n1\n", nil, `column`},
	} {
		m, list := model.Parse("dir/m.toml", []byte(dataClock+placed+c.tables),
			fstest.MapFS{"x.csv": {Data: []byte(c.csv)}, "x.xlsx": {Data: c.book}})
		if len(list) != 1 {
			t.Errorf("%q: %v, want %s", c.tables, list, c.want)
			continue
		}
		d := list[0]
		line, column := diagnostic.Position(m.Files[d.Span.File], d.Span.Start)
		said := fmt.Sprintf("%s:%d:%d %s %s", d.Span.File, line, column, d.Code, d.Message)
		want, hint, _ := strings.Cut(c.want, " / ")
		if !strings.Contains(said, want) || !strings.Contains(d.Hint, hint) {
			t.Errorf("%s (%s), want %s", said, d.Hint, c.want)
		}
	}
}
